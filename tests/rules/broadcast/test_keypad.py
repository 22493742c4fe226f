from __future__ import annotations

import pytest

from kiosk.rules.broadcast.debounce import Clean, Contacts, Edge, Timing
from kiosk.rules.broadcast.gestures import Asked, Gesture, Hands, Incomplete, Limits, TalkBegan, TalkEnded, handlings
from kiosk.rules.broadcast.keypad import Key, Keypad, Move, keypad_for
from kiosk.rules.broadcast.panel import Button, ButtonAction, Hold, Together
from kiosk.units import ScriptId

BUTTONS = (
    Button("promo", ButtonAction.SCRIPT, ScriptId("member-day")),
    Button("evacuate", ButtonAction.EVACUATE, ScriptId("evacuation"), guard=Hold()),
    Button("lost-child", ButtonAction.URGENT, ScriptId("lost-child"), guard=Together("reset")),
    Button("reset", ButtonAction.RESET, None),
    Button("talk-over", ButtonAction.TALK_OVER, None),
    Button("talk", ButtonAction.TALK, None, latch=True),
)


class Person:
    """Somebody at a terminal, whose keys press a panel that is debounced and read as the wired one is."""

    def __init__(self) -> None:
        self.keypad: Keypad = keypad_for(BUTTONS, 3.0)
        self._contacts = Contacts(Timing())
        self._hands = Hands(handlings(BUTTONS), Limits(hold_s=3.0))
        self._now_s = 100.0
        self.gestures: list[Gesture] = []
        for button in BUTTONS:
            self._follow(self._contacts.feed(Edge(button.id, False, 0.0)))

    def types(self, text: str) -> Person:
        self._move(self.keypad.feed(text, self._now_s))
        return self

    def waits(self, seconds: float) -> Person:
        for _ in range(round(seconds * 100)):
            self._now_s += 0.01
            self._move(self.keypad.pass_to(self._now_s))
            self._follow(self._contacts.pass_to(self._now_s))
            self.gestures += self._hands.pass_to(self._now_s)
        return self

    def keeps_down(self, key: str, seconds: float) -> Person:
        """As a terminal tells it: once, after half a second again, then thirty times a second."""
        self.types(key).waits(min(seconds, 0.5))
        for _ in range(round(max(0.0, seconds - 0.5) * 30)):
            self.types(key).waits(0.03)
        return self

    def hint(self, button: str) -> str:
        return next(key.hint for key in self.keypad.shown() if key.button == button)

    def _move(self, moves: tuple[Move, ...]) -> None:
        for move in moves:
            self._follow(self._contacts.feed(Edge(move.button, move.closed, self._now_s)))

    def _follow(self, cleans: tuple[Clean, ...]) -> None:
        for clean in cleans:
            self.gestures += self._hands.feed(clean)


def asked(person: Person) -> list[str]:
    return [one.button for one in person.gestures if isinstance(one, Asked)]


def test_every_button_of_the_panel_has_a_key_in_its_order() -> None:
    keys = Person().keypad.shown()

    assert [(key.key, key.button) for key in keys] == [
        (str(place), button.id) for place, button in enumerate(BUTTONS, 1)
    ]
    assert keys[0] == Key("1", "promo")


def test_a_panel_of_more_buttons_than_keys_keeps_the_first_ones() -> None:
    many = [Button(f"b{place}", ButtonAction.NEXT_SONG, None) for place in range(50)]

    keys = keypad_for(many, 3.0).shown()

    assert len(keys) == 36
    assert keys[10].key == "a"


def test_a_key_presses_its_button_once() -> None:
    person = Person().types("1").waits(1.0)

    assert asked(person) == ["promo"]


def test_a_key_that_is_kept_down_presses_its_button_once() -> None:
    person = Person().keeps_down("1", 3.0).waits(1.0)

    assert asked(person) == ["promo"]


def test_a_key_that_is_nobodys_presses_nothing() -> None:
    person = Person().types("x?\n").waits(1.0)

    assert person.gestures == []
    assert person.keypad.next_due() is None


def test_the_key_of_a_guarded_button_holds_it_until_its_guard_is_met_and_says_so() -> None:
    person = Person().types("2").waits(2.9)

    assert asked(person) == []
    assert person.hint("evacuate") == "held; again: let go"
    assert asked(person.waits(1.0)) == ["evacuate"]
    assert person.hint("evacuate") == "holds 3 s"
    assert person.keypad.next_due() is None


def test_a_guarded_button_that_was_hit_by_mistake_is_let_go_by_the_same_key() -> None:
    person = Person().types("2").waits(1.0).types("2").waits(5.0)

    assert [type(one) for one in person.gestures] == [Incomplete]


def test_keeping_the_key_of_a_guarded_button_down_holds_it_too() -> None:
    person = Person().keeps_down("2", 4.0).waits(2.0)

    assert asked(person) == ["evacuate"]


@pytest.mark.parametrize("keys", ["34", "43"])
def test_two_buttons_that_belong_together_are_pressed_by_their_keys_within_a_moment(keys: str) -> None:
    person = Person().types(keys[0]).waits(0.5).types(keys[1]).waits(2.0)

    assert person.hint("lost-child") == "with 4"
    assert asked(person) == ["lost-child"]


def test_one_of_two_buttons_that_belong_together_does_nothing_alone() -> None:
    person = Person().types("3").waits(3.0)

    assert [type(one) for one in person.gestures] == [Incomplete]


def test_a_button_that_guards_another_works_alone_too() -> None:
    person = Person().types("4").waits(3.0)

    assert asked(person) == ["reset"]


@pytest.mark.rule("B16")
def test_a_talk_that_is_held_begins_with_its_key_and_ends_with_the_same() -> None:
    person = Person().types("5").waits(5.0)

    assert [type(one) for one in person.gestures] == [TalkBegan]
    assert person.hint("talk-over") == "again: let go"

    person.types("5").waits(1.0)

    assert [type(one) for one in person.gestures] == [TalkBegan, TalkEnded]
    assert person.hint("talk-over") == "hold: toggle"


def test_a_talk_that_latches_is_begun_and_ended_by_a_press_each() -> None:
    person = Person().types("6").waits(5.0).types("6").waits(1.0)

    assert person.hint("talk") == "again: end"
    assert [type(one) for one in person.gestures] == [TalkBegan, TalkEnded]


def test_two_keys_at_once_press_both_buttons() -> None:
    person = Person().types("41").waits(2.0)

    assert sorted(asked(person)) == ["promo", "reset"]
