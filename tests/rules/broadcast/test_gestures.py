from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.debounce import ChatterReported, Clean, NoiseReported, Pressed, Released, StuckReported
from kiosk.rules.broadcast.gestures import (
    Asked,
    Event,
    Gesture,
    Handling,
    Hands,
    Incomplete,
    Limits,
    State,
    Style,
    TalkBegan,
    TalkEnd,
    TalkEnded,
    handlings,
    turn,
)
from kiosk.rules.broadcast.panel import Button, ButtonAction, Hold, Together

PANEL = {
    "promo": Handling(Style.PRESS),
    "evacuate": Handling(Style.HOLD),
    "alarm": Handling(Style.CHORD, "reset"),
    "reset": Handling(Style.PARTNER),
    "talk": Handling(Style.TALK),
    "latch": Handling(Style.LATCH),
}
LATER_S = 1000.0


def made(*events: Clean, until_s: float = LATER_S, ticks_s: Sequence[float] = ()) -> list[Gesture]:
    """The gestures that come of clean events in the order of their moments."""
    hands = Hands(PANEL, Limits(hold_s=3.0, together_s=1.0))
    told: list[Gesture] = []
    for moment in sorted([*events, *ticks_s], key=lambda one: one if isinstance(one, float) else one.mono_s):
        told += hands.pass_to(moment) if isinstance(moment, float) else hands.feed(moment)
    return told + list(hands.pass_to(until_s))


def held(button: str, at_s: float, for_s: float) -> tuple[Clean, Clean]:
    return Pressed(button, at_s), Released(button, at_s + for_s)


@pytest.mark.parametrize(("style", "state", "event"), list(product(Style, State, Event)))
def test_every_style_has_an_answer_to_every_event_in_every_state(style: Style, state: State, event: Event) -> None:
    after, act = turn(style, state, event)

    if event is Event.LOST:
        assert after is State.UP
    if event is Event.RELEASE:
        assert after is state or after in (State.UP, State.LATCHED)
    if state is State.SPENT:
        assert act.value == "nothing"


def test_a_button_acts_the_moment_it_is_pressed_and_not_again() -> None:
    assert made(*held("promo", 1.0, 8.0)) == [Asked("promo", Style.PRESS, 1.0)]


def test_two_presses_ask_twice() -> None:
    assert made(*held("promo", 1.0, 0.1), *held("promo", 1.3, 0.1)) == [
        Asked("promo", Style.PRESS, 1.0),
        Asked("promo", Style.PRESS, 1.3),
    ]


def test_a_guarded_button_acts_once_it_was_held_for_three_seconds_and_only_once() -> None:
    assert made(*held("evacuate", 1.0, 9.5)) == [Asked("evacuate", Style.HOLD, 4.0)]


def test_a_guarded_button_that_is_let_go_too_soon_does_nothing_but_is_told() -> None:
    assert made(*held("evacuate", 1.0, 2.9)) == [Incomplete("evacuate", Style.HOLD, 3.9)]


def test_a_guarded_button_pressed_twice_for_two_seconds_was_not_held_for_three() -> None:
    assert not any(isinstance(one, Asked) for one in made(*held("evacuate", 1.0, 2.0), *held("evacuate", 3.1, 2.0)))


@pytest.mark.parametrize(("alarm_s", "reset_s"), [(1.0, 1.4), (1.4, 1.0)], ids=["guarded first", "guarded last"])
def test_two_buttons_pressed_together_ask_for_the_guarded_one_alone(alarm_s: float, reset_s: float) -> None:
    gestures = made(*held("alarm", alarm_s, 2.0), *held("reset", reset_s, 2.0))

    assert gestures == [Asked("alarm", Style.CHORD, 1.4)]


def test_two_buttons_pressed_one_after_the_other_are_not_pressed_together() -> None:
    gestures = made(*held("alarm", 1.0, 5.0), *held("reset", 2.5, 0.3))

    assert gestures == [Incomplete("alarm", Style.CHORD, 2.0), Asked("reset", Style.PARTNER, 2.8)]


def test_a_button_that_guards_another_still_has_its_own_work() -> None:
    assert made(*held("reset", 1.0, 0.2)) == [Asked("reset", Style.PARTNER, 1.2)]
    assert made(*held("reset", 1.0, 5.0)) == [Asked("reset", Style.PARTNER, 2.0)]


def test_a_button_under_a_leaning_poster_does_not_help_a_careless_hand_to_an_evacuation() -> None:
    gestures = made(Pressed("reset", 1.0), *held("alarm", 30.0, 0.5))

    assert Asked("alarm", Style.CHORD, 30.0) not in gestures


@pytest.mark.rule("B16")
def test_the_microphone_is_open_exactly_while_its_button_is_held() -> None:
    assert made(*held("talk", 1.0, 4.0)) == [TalkBegan("talk", 1.0), TalkEnded("talk", TalkEnd.LET_GO, 5.0)]


@pytest.mark.rule("B16")
def test_a_latched_microphone_is_open_until_its_button_is_pressed_again() -> None:
    assert made(*held("latch", 1.0, 0.2), *held("latch", 9.0, 0.2)) == [
        TalkBegan("latch", 1.0),
        TalkEnded("latch", TalkEnd.PRESSED_AGAIN, 9.0),
    ]


@pytest.mark.rule("B16")
def test_a_talk_that_was_ended_otherwise_is_not_ended_again_by_letting_go() -> None:
    hands = Hands(PANEL)
    hands.feed(Pressed("talk", 1.0))
    hands.close("talk", 61.0)

    assert hands.feed(Released("talk", 70.0)) == ()
    assert hands.feed(Pressed("talk", 80.0)) == (TalkBegan("talk", 80.0),)


@pytest.mark.rule("B16")
def test_after_a_talk_that_was_ended_otherwise_a_latching_button_begins_anew() -> None:
    hands = Hands(PANEL)
    for event in held("latch", 1.0, 0.2):
        hands.feed(event)
    hands.close("latch", 61.0)

    assert hands.feed(Pressed("latch", 70.0)) == (TalkBegan("latch", 70.0),)


def test_closing_the_talk_of_a_button_that_nobody_pressed_changes_nothing() -> None:
    hands = Hands(PANEL)
    hands.close("talk", 1.0)

    assert hands.state("talk") is State.UP


@pytest.mark.rule("B16")
@pytest.mark.parametrize("button", ["talk", "latch"])
def test_a_contact_that_cannot_be_trusted_closes_the_microphone(button: str) -> None:
    lost = made(Pressed(button, 1.0), Released(button, 2.0, let_go=False), ChatterReported(button, 2.0))

    assert lost == [TalkBegan(button, 1.0), TalkEnded(button, TalkEnd.LOST, 2.0)]


@pytest.mark.rule("B16")
def test_a_latched_microphone_is_closed_when_its_buttons_wire_goes_bad() -> None:
    gestures = made(*held("latch", 1.0, 0.2), ChatterReported("latch", 5.0))

    assert gestures[1:] == [TalkEnded("latch", TalkEnd.LOST, 5.0)]


@pytest.mark.parametrize("button", ["reset", "evacuate", "alarm"])
def test_a_button_that_only_counts_as_let_go_asks_for_nothing(button: str) -> None:
    assert made(Pressed(button, 1.0), Released(button, 1.5, let_go=False), StuckReported(button, 1.5)) == []


def test_interference_and_unknown_buttons_ask_for_nothing() -> None:
    assert made(NoiseReported("promo", 1.0), *held("doorbell", 1.0, 1.0)) == []


def test_two_people_at_once_both_get_what_they_ask_for() -> None:
    gestures = made(Pressed("promo", 1.0), Pressed("talk", 1.0), Released("promo", 1.1), Released("talk", 2.0))

    assert gestures[:2] == [Asked("promo", Style.PRESS, 1.0), TalkBegan("talk", 1.0)]


def test_the_desk_is_to_come_back_when_a_hold_is_complete() -> None:
    hands = Hands(PANEL, Limits(hold_s=3.0))
    hands.feed(Pressed("evacuate", 1.0))

    assert (hands.next_due(), hands.state("evacuate")) == (4.0, State.DOWN)


def test_the_sites_guards_say_how_its_buttons_are_worked() -> None:
    buttons = [
        Button("promo", ButtonAction.SCRIPT, None),
        Button("evacuate", ButtonAction.EVACUATE, None, guard=Together("reset")),
        Button("reset", ButtonAction.RESET, None),
        Button("next", ButtonAction.NEXT_SONG, None, guard=Hold()),
        Button("talk", ButtonAction.TALK, None),
        Button("over", ButtonAction.TALK_OVER, None, latch=True),
    ]

    assert handlings(buttons) == {
        "promo": Handling(Style.PRESS),
        "evacuate": Handling(Style.CHORD, "reset"),
        "reset": Handling(Style.PARTNER),
        "next": Handling(Style.HOLD),
        "talk": Handling(Style.TALK),
        "over": Handling(Style.LATCH),
    }


@st.composite
def handfuls(draw: st.DrawFn) -> list[Clean]:
    """What a debouncer may tell of a panel under many hands: presses and releases in turn, some of them lost."""
    down: set[str] = set()
    events: list[Clean] = []
    at_s = 0.0
    for _ in range(draw(st.integers(0, 40))):
        at_s += draw(st.floats(0.01, 4.0))
        button = draw(st.sampled_from(sorted(PANEL)))
        events.append(Released(button, at_s, draw(st.booleans())) if button in down else Pressed(button, at_s))
        down ^= {button}
    return events


@given(handfuls(), st.lists(st.floats(0.0, 120.0), max_size=20))
def test_looking_at_the_clock_more_often_makes_no_other_gestures(events: list[Clean], ticks_s: list[float]) -> None:
    assert made(*events, ticks_s=ticks_s) == made(*events)


@given(handfuls())
def test_from_a_press_to_its_release_a_button_acts_at_most_once(events: list[Clean]) -> None:
    presses = {button: 0 for button in PANEL}
    for event in events:
        presses[event.button] += isinstance(event, Pressed)

    gestures = made(*events)

    for button, count in presses.items():
        acts = [one for one in gestures if one.button == button and isinstance(one, Asked | Incomplete | TalkBegan)]
        assert len(acts) <= count


@given(handfuls())
def test_a_guarded_action_is_asked_for_only_when_its_guard_is_met(events: list[Clean]) -> None:
    down: dict[str, float] = {}
    spans: list[tuple[str, float, float]] = []
    for event in events:
        if isinstance(event, Pressed):
            down[event.button] = event.mono_s
        else:
            spans.append((event.button, down.pop(event.button), event.mono_s))
    spans += [(button, at_s, LATER_S) for button, at_s in down.items()]

    gestures = made(*events)

    long_holds = [start_s + 3.0 for button, start_s, end_s in spans if button == "evacuate" and end_s - start_s >= 3.0]
    holds = [one.mono_s for one in gestures if isinstance(one, Asked) and one.how is Style.HOLD]
    assert holds == pytest.approx(long_holds)
    for chord in (one for one in gestures if isinstance(one, Asked) and one.how is Style.CHORD):
        starts = {
            button: start_s for button, start_s, end_s in spans if start_s <= chord.mono_s <= end_s and button != "talk"
        }
        assert abs(starts["alarm"] - starts["reset"]) <= 1.0


@pytest.mark.rule("B16")
@given(handfuls())
def test_every_talk_ends_before_the_next_of_its_button_begins(events: list[Clean]) -> None:
    gestures = made(*events)

    for button in ("talk", "latch"):
        turns = [isinstance(one, TalkBegan) for one in gestures if one.button == button]
        assert turns == [place % 2 == 0 for place in range(len(turns))]
