from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.debounce import (
    ChatterReported,
    Clean,
    Contacts,
    Edge,
    Pressed,
    Released,
    StuckReported,
    Timing,
)
from tests.hw.traces import TRACES, Trace, as_expected, words

SPIKE_MS = st.floats(0.1, 4.8)  # a spike is shorter than 5 ms, a quarter of the usual bounce time
LONG_S = 300.0


def heard(*edges: tuple[float, bool], until_s: float = LONG_S, starts_closed: bool = False) -> list[Clean]:
    """What a button comes to that begins at 0 s and changes so (seconds, whether it closes)."""
    contacts = Contacts(Timing())
    told = list(contacts.feed(Edge("promo", starts_closed, 0.0)))
    for at_s, closed in edges:
        told += contacts.feed(Edge("promo", closed, at_s))
    return told + list(contacts.pass_to(until_s))


def edges_of(gaps_ms: list[float], *, start_s: float = 1.0) -> list[tuple[float, bool]]:
    """Edges so far apart, the first one closing."""
    at_s, out = start_s, []
    for number, gap_ms in enumerate(gaps_ms):
        out.append((at_s, number % 2 == 0))
        at_s += gap_ms / 1000
    return out


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.name)
def test_a_recorded_contact_is_read_as_a_person_would(trace: Trace) -> None:
    told = heard(*trace.edges, until_s=trace.until_s, starts_closed=trace.starts_closed)

    assert as_expected(trace, told), words(told)


def test_a_press_and_its_release_in_one_late_breath_are_both_told() -> None:
    told = heard((1.0, True), (1.05, False))

    assert words(told) == [("pressed", 1.005), ("released", 1.07)]


def test_a_contact_that_nobody_lets_go_is_told_once_and_counts_as_let_go() -> None:
    told = heard((1.0, True))

    assert told == [Pressed("promo", 1.005), Released("promo", 61.005, let_go=False), StuckReported("promo", 61.005)]


def test_a_stuck_contact_that_lets_go_works_again() -> None:
    told = heard((1.0, True), (100.0, False), (101.0, True), (101.1, False))

    assert words(told)[3:] == [
        ("recovered", 100.02),
        ("pressed", 101.005),
        ("released", 101.12),
    ]


def test_a_button_that_is_down_when_the_desk_starts_presses_nothing_and_is_told_as_stuck() -> None:
    told = heard((70.0, False), starts_closed=True)

    assert words(told) == [("stuck", 60.0), ("recovered", 70.02)]


def test_a_button_held_at_the_start_and_let_go_soon_is_nobodys_business() -> None:
    assert heard((0.5, False), starts_closed=True) == []


def test_a_chattering_wire_is_ignored_until_it_has_been_quiet() -> None:
    storm = edges_of([10.0] * 200)

    told = heard(*storm, (20.0, True), (20.1, False))

    assert words(told)[0] == ("pressed", 1.005)
    assert isinstance(told[2], ChatterReported)
    assert told[2].mono_s < 1.6
    assert [word for word, _ in words(told)[1:]] == ["given up", "chatter", "recovered", "pressed", "released"]
    assert told[3].mono_s > storm[-1][0] + 2.0


def test_a_wire_that_chatters_itself_shut_waits_until_it_lets_go() -> None:
    told = heard(*edges_of([10.0] * 199), (50.0, False))

    assert [word for word, _ in words(told)] == ["pressed", "given up", "chatter", "recovered"]
    assert told[-1].mono_s == 50.02


def test_a_chattering_wire_never_counts_as_held_for_three_seconds() -> None:
    told = heard(*edges_of([11.0, 9.0] * 250))

    assert isinstance(told[0], Pressed)
    assert told[1].mono_s - told[0].mono_s < 1.0


def test_frantic_fingers_are_no_chattering_wire() -> None:
    taps = edges_of([60.0, 60.0] * 40)  # eight a second, for five seconds

    told = heard(*taps)

    assert [word for word, _ in words(told)] == ["pressed", "released"] * 40


def test_an_edge_that_got_lost_is_made_good_by_the_next_report() -> None:
    contacts = Contacts(Timing())
    contacts.feed(Edge("promo", False, 0.0))
    contacts.feed(Edge("promo", True, 1.0))

    told = contacts.feed(Edge("promo", False, 2.0)) + contacts.feed(Edge("promo", False, 3.0))

    assert words(told) == [("pressed", 1.005), ("released", 2.02)]


def test_a_report_that_is_older_than_the_last_edge_changes_nothing() -> None:
    contacts = Contacts(Timing())
    contacts.feed(Edge("promo", False, 0.0))
    contacts.feed(Edge("promo", True, 1.0))
    contacts.feed(Edge("promo", False, 0.9999))

    assert contacts.pass_to(2.0) == (Pressed("promo", 1.005),)


def test_an_edge_that_comes_late_is_taken_from_the_last_decision_on() -> None:
    contacts = Contacts(Timing())
    contacts.feed(Edge("promo", False, 0.0))
    contacts.feed(Edge("promo", True, 1.0))
    contacts.pass_to(1.010)

    told = contacts.feed(Edge("promo", False, 1.003)) + contacts.pass_to(2.0)

    assert words(told) == [("released", 1.025)]


def test_two_buttons_are_told_in_the_order_of_their_moments() -> None:
    contacts = Contacts(Timing())
    for button in ("promo", "reset"):
        contacts.feed(Edge(button, False, 0.0))
    contacts.feed(Edge("reset", True, 1.0))
    contacts.feed(Edge("promo", True, 1.001))

    told = contacts.pass_to(2.0)

    assert [event.button for event in told] == ["reset", "promo"]


def test_the_desk_is_to_come_back_when_something_will_be_decided() -> None:
    contacts = Contacts(Timing())
    contacts.feed(Edge("promo", False, 0.0))
    before = contacts.next_due()
    contacts.feed(Edge("promo", True, 1.0))

    assert (before, contacts.next_due()) == (None, 1.005)


@given(st.lists(st.floats(0.05, 90.0), max_size=60), st.lists(st.floats(0.0, 6.0), max_size=30))
def test_looking_at_the_clock_more_often_changes_nothing(gaps_ms: list[float], ticks_s: list[float]) -> None:
    edges = edges_of(gaps_ms)
    contacts = Contacts(Timing())
    moments: list[tuple[float, bool | None]] = [*edges, *((tick_s, None) for tick_s in ticks_s)]
    told = list(contacts.feed(Edge("promo", False, 0.0)))

    for at_s, closed in sorted(moments, key=lambda one: one[0]):
        told += contacts.pass_to(at_s) if closed is None else contacts.feed(Edge("promo", closed, at_s))

    assert told + list(contacts.pass_to(LONG_S)) == heard(*edges)


@given(st.lists(st.floats(0.05, 90.0), max_size=80))
def test_presses_and_releases_take_turns_and_never_run_backwards(gaps_ms: list[float]) -> None:
    told = heard(*edges_of(gaps_ms))

    turns = [isinstance(event, Pressed) for event in told if isinstance(event, Pressed | Released)]
    assert turns == [number % 2 == 0 for number in range(len(turns))]
    assert [event.mono_s for event in told] == sorted(event.mono_s for event in told)


@given(st.lists(st.tuples(SPIKE_MS, st.floats(0.1, 200.0)), max_size=60))
def test_spikes_press_nothing(spikes: list[tuple[float, float]]) -> None:
    told = heard(*edges_of([gap for spike in spikes for gap in spike]))

    assert not any(isinstance(event, Pressed) for event in told)


@given(st.lists(st.tuples(st.floats(5.2, 200.0), SPIKE_MS), min_size=1, max_size=60))
def test_spikes_let_nothing_go(held: list[tuple[float, float]]) -> None:
    edges = edges_of([gap for one in held for gap in one])

    told = heard(*edges, until_s=edges[-1][0] + 0.004)

    assert [word for word, _ in words(told) if word != "noise"] == ["pressed"]


BOUNCE_MS = st.lists(st.tuples(SPIKE_MS, SPIKE_MS), max_size=3).filter(lambda pairs: sum(map(sum, pairs)) < 18)


@given(st.lists(st.tuples(BOUNCE_MS, st.floats(5.2, 400.0), BOUNCE_MS, st.floats(60.0, 500.0)), max_size=8))
def test_every_press_of_a_bouncing_button_is_told_once_however_short(
    presses: list[tuple[list[tuple[float, float]], float, list[tuple[float, float]], float]],
) -> None:
    gaps = [
        gap
        for down, held, up, rest in presses
        for gap in (*(gap for pair in down for gap in pair), held, *(gap for pair in up for gap in pair), rest)
    ]

    told = heard(*edges_of(gaps))

    assert [word for word, _ in words(told)] == ["pressed", "released"] * len(presses)
