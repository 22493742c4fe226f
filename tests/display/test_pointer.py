from __future__ import annotations

from kiosk.display.marks import Placed, Target
from kiosk.display.pointer import Contact, Pointer, Touched
from kiosk.rules.front.taps import GivenUp, StaffWanted

STAFF = Target((0, 0, 100, 100), StaffWanted(), "call staff", 8)
CANCEL = Target((200, 0, 100, 100), GivenUp(), "give up", 8)
SCREEN = Placed("home", (), (STAFF, CANCEL), None, ())
LONG_AGO_S = 60.0


def feed(pointer: Pointer, *reports: Touched, since_s: float = LONG_AGO_S) -> list[str]:
    taps = [pointer.feed(report, SCREEN, since_s) for report in reports]
    return [target.name for target in taps if isinstance(target, Target)]


def finger(contact: Contact, x: int = 50, y: int = 50, id: int = 1) -> Touched:
    return Touched(contact, x, y, True, id)


def test_a_tap_that_arrives_as_finger_and_as_mouse_counts_once() -> None:
    pointer = Pointer(0.25)

    taps = feed(
        pointer,
        finger(Contact.DOWN),
        Touched(Contact.DOWN, 50, 50),
        finger(Contact.UP),
        Touched(Contact.UP, 50, 50),
    )

    assert taps == ["call staff"]


def test_a_mouse_alone_works() -> None:
    assert feed(Pointer(0.25), Touched(Contact.DOWN, 250, 50), Touched(Contact.UP, 250, 50)) == ["give up"]


def test_what_is_pressed_shows_at_once_and_not_any_more_when_the_finger_slides_off() -> None:
    pointer = Pointer(0.25)

    feed(pointer, finger(Contact.DOWN))
    assert pointer.pressed == STAFF
    feed(pointer, finger(Contact.MOVE, 150))
    assert pointer.pressed is None
    feed(pointer, finger(Contact.MOVE, 60))
    assert pointer.pressed == STAFF


def test_a_finger_that_is_lifted_beside_it_taps_nothing_not_even_what_lies_there() -> None:
    assert feed(Pointer(0.25), finger(Contact.DOWN), finger(Contact.MOVE, 250), finger(Contact.UP, 250)) == []


def test_the_palm_and_other_fingers_do_not_disturb_the_first() -> None:
    taps = feed(
        Pointer(0.25),
        finger(Contact.DOWN),
        finger(Contact.DOWN, 250, id=2),
        finger(Contact.UP, 250, id=2),
        finger(Contact.UP),
    )

    assert taps == ["call staff"]


def test_a_second_tap_that_was_meant_for_the_screen_before_does_nothing() -> None:
    pointer = Pointer(0.25)

    assert feed(pointer, finger(Contact.DOWN), finger(Contact.UP), since_s=0.1) == []
    assert feed(pointer, finger(Contact.DOWN), finger(Contact.UP), since_s=0.3) == ["call staff"]


def test_a_screen_that_changes_below_the_finger_takes_what_was_pressed_with_it() -> None:
    pointer = Pointer(0.25)
    feed(pointer, finger(Contact.DOWN))

    pointer.screen_changed(Placed("other", (), (CANCEL,), None, ()))

    assert pointer.pressed is None
    assert feed(pointer, finger(Contact.UP)) == []


def test_a_panel_that_is_pulled_out_leaves_nothing_pressed() -> None:
    pointer = Pointer(0.25)
    feed(pointer, finger(Contact.DOWN), Touched(Contact.LOST))

    assert pointer.pressed is None
    assert feed(pointer, finger(Contact.DOWN), finger(Contact.UP)) == ["call staff"]


def test_a_finger_whose_end_was_never_told_does_not_block_the_screen_for_good() -> None:
    pointer = Pointer(0.25)
    feed(pointer, finger(Contact.DOWN, id=1))

    for id in (2, 3):
        feed(pointer, finger(Contact.DOWN, 250, id=id), finger(Contact.UP, 250, id=id))

    assert pointer.pressed is None
    assert feed(pointer, finger(Contact.DOWN, 250, id=4), finger(Contact.UP, 250, id=4)) == ["give up"]


def test_a_mouse_whose_end_was_never_told_presses_anew() -> None:
    pointer = Pointer(0.25)

    assert feed(
        pointer, Touched(Contact.DOWN, 50, 50), Touched(Contact.DOWN, 250, 50), Touched(Contact.UP, 250, 50)
    ) == ["give up"]
