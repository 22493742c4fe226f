from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.flow import Back, Chose, Next, Wrote
from kiosk.rules.forms.form import Choice, Form, Option
from kiosk.rules.front.session import Business, Session, after, fresh, next_due_s, passed
from kiosk.rules.front.staff_mode import StaffMode, acted, knocked, tapped
from kiosk.rules.front.staff_taps import (
    DeedWanted,
    Knocked,
    ProofGiven,
    Room,
    RoomWanted,
    StaffDid,
    StaffGone,
    StaffLooked,
    StaffSigned,
)
from kiosk.rules.front.taps import Acted, StaffWanted, StillThere, StoreWanted, Tap
from kiosk.rules.writing.writing import Letter
from kiosk.units import LANGUAGES
from tests.depth import examples

WHY = Form("staff", "Why", lambda _: (Choice("why", "Why?", (Option("a", "A"), Option("b", "B"))),))
TAPS: tuple[Tap, ...] = (
    Knocked(), Knocked("lina"), RoomWanted(Room.LOCKERS), RoomWanted(Room.MATTERS, "page 1"), RoomWanted(Room.PROOF),
    DeedWanted("page 1", "approve"), DeedWanted("page 1", "decline", WHY), StaffGone(), StillThere(), StaffWanted(),
    StoreWanted(), Acted(Next()), Acted(Back()), Acted(Chose("a")), Acted(Wrote(Letter("7"))),
)  # fmt: skip


def let_in() -> Session:
    session, _ = after(fresh(LANGUAGES[0], 0.0), Knocked("lina"), 1.0)
    return passed(session, Business.NONE, 2.0, admitted=True)[0]


def typed(mode: StaffMode, text: str) -> StaffMode:
    for sign in text:
        after_key, orders = acted(mode, Wrote(Letter(sign)))
        assert after_key is not None
        assert orders == ()
        mode = after_key
    return mode


def test_an_id_and_a_pin_are_given_together_and_the_pin_is_forgotten_at_once() -> None:
    mode, _ = acted(typed(knocked(), "lina"), Next())
    assert mode is not None
    mode, orders = acted(typed(mode, "246135"), Next())

    assert orders == (ProofGiven("lina", "246135"),)
    assert mode is not None
    assert mode.pin.whole == ""
    assert "246135" not in repr(orders)


def test_nothing_is_asked_of_the_desk_before_something_was_typed() -> None:
    empty = knocked()
    assert acted(empty, Next()) == (empty, ())

    at_pin = knocked("lina")
    assert acted(at_pin, Next()) == (at_pin, ())


def test_the_way_back_leads_from_the_pin_to_the_id_and_out() -> None:
    mode, _ = acted(typed(knocked("lina"), "24"), Back())
    assert mode is not None
    assert (mode.at_pin, mode.pin.whole) == (False, "")

    assert acted(mode, Back()) == (None, (StaffGone(),))


def test_before_the_proof_no_room_opens_and_nothing_is_done() -> None:
    door = knocked()

    for tap in (RoomWanted(Room.LOCKERS), DeedWanted("locker 1", "open"), DeedWanted("x", "y", WHY)):
        assert tapped(door, tap) == (door, ())


def test_another_badge_at_the_door_is_another_person_and_inside_it_changes_nothing() -> None:
    assert tapped(knocked(), Knocked("mei"))[0] == knocked("mei")

    inside = StaffMode(Room.LOCKERS)
    assert tapped(inside, Knocked("mei")) == (inside, ())
    assert tapped(inside, RoomWanted(Room.PROOF)) == (inside, ())


def test_a_deed_that_wants_a_reason_asks_and_may_be_left_off() -> None:
    inside = StaffMode(Room.MATTERS, "page 1")
    assert tapped(inside, DeedWanted("page 1", "approve"))[1] == (StaffDid("page 1", "approve"),)

    asking, orders = tapped(inside, DeedWanted("page 1", "decline", WHY))
    assert asking is not None
    assert orders == ()
    assert asking.asks is not None
    assert acted(asking, Chose("b"))[1] == (StaffDid("page 1", "decline", (("why", "b"),)),)
    left, orders = acted(asking, Back())
    assert left is not None
    assert (left.asks, left.about, orders) == (None, "page 1", ())
    assert acted(inside, Next()) == (inside, ())


def test_a_room_is_looked_at_when_it_is_entered() -> None:
    mode, orders = tapped(StaffMode(Room.MATTERS), RoomWanted(Room.LOCKERS, "locker 3"))

    assert mode == StaffMode(Room.LOCKERS, "locker 3")
    assert orders == (StaffLooked(Room.LOCKERS, "locker 3"),)


def test_staff_are_asked_after_three_quarters_of_a_minute_and_gone_after_one() -> None:
    session = let_in()
    assert next_due_s(session, 3.0) == 47.0

    session, orders = passed(session, Business.NONE, 47.0, admitted=True)
    assert (session.asked, orders) == (True, ())
    session, orders = passed(session, Business.ACTS, 62.0, admitted=True)

    assert session == fresh(LANGUAGES[0], 62.0)
    assert orders == (StaffGone("touched nothing for a minute"),)


def test_whoever_was_gone_before_the_proof_is_sent_away_again() -> None:
    _, orders = passed(fresh(LANGUAGES[0], 0.0), Business.NONE, 1.0, admitted=True)

    assert orders == (StaffGone("was gone before the proof was looked at"),)


def test_when_the_desk_lets_them_go_nothing_of_it_stays() -> None:
    session, orders = passed(let_in(), Business.NONE, 5.0, admitted=False)

    assert (session, orders) == (fresh(LANGUAGES[0], 5.0), ())


def test_no_tap_of_staff_means_anything_to_a_screen_where_none_is() -> None:
    session = fresh(LANGUAGES[0], 0.0)

    for tap in (RoomWanted(Room.LOCKERS), DeedWanted("locker 1", "open"), StaffGone()):
        assert after(session, tap, 0.0) == (session, ())


@settings(max_examples=examples(60))
@given(st.lists(st.sampled_from(TAPS), max_size=12), st.booleans())
def test_only_whoever_was_admitted_has_anything_done(taps: list[Tap], admitted: bool) -> None:
    session, done = fresh(LANGUAGES[0], 0.0), []
    for at_s, tap in enumerate(taps):
        session, orders = after(session, tap, float(at_s))
        done += [order for order in orders if isinstance(order, StaffDid | StaffLooked)]
        assert admitted or not done
        session, _ = passed(session, Business.NONE, float(at_s), admitted=admitted and session.staff is not None)


# signing


def signing(signer: str = "") -> StaffMode:
    """Somebody was asked why, and now signs."""
    mode, _ = tapped(StaffMode(Room.RETURNS), DeedWanted("slip 1", "void", WHY, True, signer))
    assert mode is not None
    mode, orders = acted(mode, Chose("a"))
    assert mode is not None
    assert orders == ()
    return mode


def test_what_was_asked_is_given_only_with_an_id_and_a_pin_that_is_forgotten_at_once() -> None:
    mode, _ = acted(typed(signing(), "tao"), Next())
    assert mode is not None
    mode, orders = acted(typed(mode, "246135"), Next())

    assert orders == (StaffSigned("slip 1", "void", (("why", "a"),), "tao", "246135"),)
    assert "246135" not in repr(orders)
    assert mode is not None
    assert (mode.pin.whole, mode.given, mode.signatures) == ("", True, 1)
    again = typed(mode, "1")
    assert (again.given, again.told) == (False, (("why", "a"),))


def test_a_badge_names_who_signs_and_whoever_goes_back_signs_nothing() -> None:
    badge, _ = tapped(signing(), Knocked("tao"))
    assert badge is not None
    assert (badge.at_pin, badge.named.whole) == (True, "tao")

    once, _ = acted(badge, Back())
    assert once is not None
    assert (once.signing, once.at_pin) == (True, False)
    twice, orders = acted(once, Back())
    assert twice is not None
    assert (twice.signing, twice.told, orders) == (False, (), ())


def test_a_deed_that_asks_nothing_is_signed_at_once_by_whom_it_names() -> None:
    mode, orders = tapped(StaffMode(Room.RETURNS), DeedWanted("slip 1", "pay", None, True, "till"))

    assert mode is not None
    assert (mode.signing, mode.at_pin, mode.named.whole, orders) == (True, True, "till", ())
    left, _ = tapped(mode, RoomWanted(Room.RETURNS))
    assert left is not None
    assert not left.signing
