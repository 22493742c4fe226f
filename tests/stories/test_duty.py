"""Who stands at the desk: badge, key, PIN, and what each may do (B14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import PageAsked, Pressed, RegisterChanged, ScriptAsked, SignedIn, SignedOut
from kiosk.desks.broadcast.panel_watch import PanelWatch
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.rules.broadcast.debounce import Contacts, Edge, Timing
from kiosk.rules.broadcast.gestures import Hands, Limits, handlings
from kiosk.rules.broadcast.key_switch import KEY
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.rules.broadcast.releases import Asking
from kiosk.rules.broadcast.rights import Deed
from kiosk.rules.people.badge import BadgeShown
from kiosk.rules.people.person import Allowed, Denied, Person, Right
from kiosk.units import ScriptId
from tests.stories.staffed import ANNA, BADGES, BEN, CLOSING, HEAD, MEMBER_DAY, Staff, staff

__all__ = ["staff"]


@pytest.mark.rule("B14")
def test_in_a_store_where_nobody_is_registered_anybody_may_and_is_named(staff: Staff) -> None:
    store = staff(asking=Asking.NONE)

    store.presses()
    store.shop.gets(ScriptAsked(CLOSING, "login:eve"))

    assert store.asked_for() == [("member-day", "panel"), ("closing-30", "eve")]
    assert store.duty.shown(store.shop.now) == ""


@pytest.mark.rule("B14")
def test_from_the_first_registered_person_on_nobody_else_may(staff: Staff) -> None:
    store = staff(asking=Asking.NONE)

    store.register.registers(ANNA)
    store.shop.gets(RegisterChanged())
    store.presses()
    store.shop.gets(ScriptAsked(CLOSING, "login:eve"), ScriptAsked(CLOSING, "login:anna"))

    assert store.asked_for() == [("closing-30", "anna")]
    assert [who for who, _ in store.refusals()] == ["panel", "eve"]


@pytest.mark.rule("B14")
@pytest.mark.parametrize("right", [Right.BAGS, Right.SUPERVISOR])
def test_who_is_registered_for_another_desk_does_not_lock_this_one(staff: Staff, right: Right) -> None:
    store = staff(Person("bo", "包小妹", frozenset({right})), asking=Asking.NONE)

    store.presses()

    assert store.asked_for() == [("member-day", "panel")]
    assert store.duty.shown(store.shop.now) == ""

    store.register.registers(ANNA)
    store.shop.gets(RegisterChanged(), Pressed("next"))

    assert [who for who, _ in store.refusals()] == ["panel"]


@pytest.mark.rule("B14")
@pytest.mark.parametrize("right", [Right.ANNOUNCER, Right.HEAD, Right.PLANNING])
def test_who_has_a_right_at_this_desk_closes_it_to_everybody_else(staff: Staff, right: Right) -> None:
    store = staff(Person("ann", "安", frozenset({right, Right.BAGS})), asking=Asking.NONE)

    store.presses()

    assert store.asked_for() == []


def test_somebody_who_was_registered_and_left_does_not_open_the_desk_to_everybody(staff: Staff) -> None:
    store = staff(ANNA)
    store.register.removes("anna")
    store.shop.passes(2.0)

    store.presses()

    assert store.asked_for() == []


@pytest.mark.rule("B14")
def test_a_store_that_wants_to_be_sure_refuses_before_anybody_is_registered(staff: Staff) -> None:
    store = staff(required=True, asking=Asking.NONE).presses()

    assert store.asked_for() == []
    assert store.refusals() == [("panel", "nobody is signed in at the panel: kiosk sign-in --as ID")]
    assert any("nobody is signed in" in text for text in store.shop.announcer.warnings)


def test_a_store_that_wants_none_of_it_lets_anybody_and_still_names_who_is_known(staff: Staff) -> None:
    store = staff(ANNA, required=False, asking=Asking.NONE).presses()
    store.shop.gets(ScriptAsked(CLOSING, "login:anna"))

    assert store.asked_for() == [("member-day", "panel"), ("closing-30", "anna")]


@pytest.mark.rule("B14")
def test_a_badge_signs_in_for_ten_minutes_that_each_use_extends(staff: Staff) -> None:
    store = staff(ANNA, asking=Asking.NONE, has_reader=True)

    store.shows("anna").shop.passes(590.0)
    shown = store.duty.shown(store.shop.now)
    store.presses("next")
    store.shop.passes(590.0)
    extended = store.duty.shown(store.shop.now)
    store.shop.passes(11.0)
    store.presses("next")

    assert shown.startswith("王安娜 until 09:")
    assert extended.startswith("王安娜 until 09:")
    assert extended > shown
    assert [note.actor for note in store.shop.notes("presses")] == ["anna"]
    assert store.refusals() == [("panel", "nobody is signed in at the panel: show your badge")]
    assert store.duty.shown(store.shop.now) == "nobody is signed in"
    (out,) = store.shop.notes("signs out")
    assert (out.actor, out.details["why"]) == ("anna", "nobody pressed anything for a while")


def test_a_sign_in_ends_to_the_second_though_nothing_happens(staff: Staff) -> None:
    store = staff(ANNA).shows("anna")

    wake = store.duty.next_wake(store.shop.now)

    assert wake is not None
    assert (wake - store.shop.now).total_seconds() == pytest.approx(600.0, abs=0.01)
    store.shop.passes(601.0)
    assert store.duty.next_wake(store.shop.now) is None


@pytest.mark.rule("B14")
def test_a_badge_that_nobody_registered_is_refused_told_and_logged_without_its_number(staff: Staff) -> None:
    store = staff(ANNA, asking=Asking.NONE).shows("9999999999").presses()

    assert store.asked_for() == []
    assert store.refusals()[0] == ("panel", "the badge is not registered")
    assert any("badge is not registered" in text for text in store.shop.announcer.warnings)
    assert "9999999999" not in str(store.shop.log.notes)


@pytest.mark.rule("B14")
def test_an_announcer_who_is_not_trained_signs_in_and_is_refused_by_name(staff: Staff) -> None:
    store = staff(BEN, asking=Asking.NONE).shows("ben").presses()

    assert store.asked_for() == []
    assert store.refusals() == [
        ("ben", "Ben may not air a routine page: the training is missing (kiosk people retrain)")
    ]
    assert any("Ben is signed in, but not trained" in text for text in store.shop.announcer.warnings)


@pytest.mark.rule("B10")
@pytest.mark.rule("B14")
def test_an_evacuation_needs_nobody_and_its_end_needs_somebody(staff: Staff) -> None:
    store = staff(ANNA, HEAD, required=True).presses("evacuate")
    store.shop.passes(1.0)
    assert store.shop.last("evacuation").operator == "panel"

    store.presses("reset")
    store.shop.passes(1.0)
    still = store.shop.announcer.air.current
    store.shows("hong").presses("reset")
    store.shop.passes(2.0)

    assert still is not None
    assert still.air_class is AirClass.EVACUATION
    assert (store.shop.last("evacuation").outcome.value, store.shop.last("evacuation").reason) == ("cut", "reset")
    assert [note.subject for note in store.shop.notes("is refused")] == ["button reset"]


@pytest.mark.rule("B14")
def test_the_key_unlocks_the_panel_for_an_announcer_and_locks_it_again(staff: Staff) -> None:
    store = staff(ANNA, HEAD, key=True, asking=Asking.NONE).turns_key(on=True).presses()
    unlocked = store.duty.shown(store.shop.now)
    assert store.duty.may(KEY, Deed.PAGE, store.shop.now) == Allowed(KEY)

    store.turns_key(on=False).presses("next")

    assert isinstance(store.duty.may(KEY, Deed.PAGE, store.shop.now), Denied)
    assert store.asked_for() == [("member-day", KEY)]
    assert unlocked == "unlocked by the key"
    assert [note.action for note in store.shop.log.notes if note.subject == KEY] == ["is unlocked", "is locked"]
    assert store.refusals() == [("panel", "nobody is signed in at the panel: turn the key")]


def test_turning_the_key_off_signs_out_whoever_was_signed_in(staff: Staff) -> None:
    store = staff(ANNA, key=True, has_reader=True).turns_key(on=True).shows("anna").turns_key(on=False)

    assert store.duty.shown(store.shop.now) == "nobody is signed in"
    assert store.shop.notes("signs out")[0].details["why"] == "the key was turned off"


def test_a_key_that_is_on_for_hours_is_no_stuck_button(staff: Staff, site: Site) -> None:
    store = staff(ANNA, key=True)
    hands = Hands(handlings(site.buttons), Limits(hold_s=3.0))
    panel = SimulatedPanel(
        [KEY], [], post=lambda edge: None, mono_s=store.shop.clock.mono_s, sleep=lambda seconds: None
    )
    watch = PanelWatch(panel, {button.id: button for button in site.buttons}, Contacts(Timing()), hands)
    watch.join(store.duty._desk)

    watch.take(Edge(KEY, True, store.shop.clock.mono_s()), store.shop.now)
    store.turns_key(on=True).shop.passes(7200.0)
    watch.pass_to(store.shop.now)

    assert store.duty.shown(store.shop.now) == "unlocked by the key"
    assert not any("stuck" in text for text in store.shop.announcer.warnings)


def test_a_key_that_no_site_wires_unlocks_nothing(staff: Staff) -> None:
    store = staff(ANNA).turns_key(on=True).presses()

    assert store.asked_for() == []


@pytest.mark.rule("B14")
def test_two_people_pressing_at_once_are_served_in_turn_each_by_name(staff: Staff) -> None:
    store = staff(ANNA, HEAD, replace(BEN, trained_on=date(2026, 11, 1)), asking=Asking.NONE).shows("anna")

    store.shop.gets(Pressed("promo"), ScriptAsked(CLOSING, "ben"), ScriptAsked(MEMBER_DAY, "ben"))

    assert store.asked_for() == [("member-day", "anna"), ("closing-30", "ben")]
    assert store.refusals() == [("ben", "it waits already")]


def test_of_two_badges_at_once_the_later_one_signs_in_and_presses_after_it_are_theirs(staff: Staff) -> None:
    store = staff(ANNA, HEAD, asking=Asking.NONE)

    store.shop.gets(BadgeShown(BADGES["hong"]), BadgeShown(BADGES["anna"]), Pressed("promo"))

    assert store.asked_for() == [("member-day", "anna")]
    assert [(note.actor, note.details["why"]) for note in store.shop.notes("signs out")] == [("hong", "anna signed in")]


def test_a_badge_that_is_shown_again_only_extends(staff: Staff) -> None:
    store = staff(ANNA).shows("anna")
    store.shop.passes(300.0)

    store.shows("anna").shop.passes(500.0)

    assert len(store.shop.notes("signs in")) == 1
    assert store.duty.shown(store.shop.now).startswith("王安娜")


def test_somebody_who_proved_a_pin_stands_at_the_panel_until_they_leave(staff: Staff) -> None:
    store = staff(ANNA, asking=Asking.NONE)

    store.shop.gets(SignedIn("anna"))
    store.presses()
    store.shop.gets(SignedOut(), SignedIn("login:eve"))
    store.presses("next")

    assert store.asked_for() == [("member-day", "anna")]
    assert store.refusals()[0] == ("eve", "eve is not registered")
    assert len(store.refusals()) == 2


def test_somebody_who_is_removed_while_signed_in_may_no_more(staff: Staff) -> None:
    store = staff(ANNA, asking=Asking.NONE).shows("anna")

    store.register.removes("anna")
    store.shop.passes(1.5)
    store.presses()

    assert store.asked_for() == []


@pytest.mark.rule("B14")
def test_a_page_is_for_announcers_and_its_refusal_names_nobody_who_is_looked_for(staff: Staff) -> None:
    store = staff(ANNA)
    asked = PageAsked(PageRequest(Whom.GUEST, Title.MR, "王小明"), "login:eve")

    store.shop.gets(asked, replace(asked, operator="login:anna"), replace(asked, operator="front"))

    assert [who for who, why in store.refusals() if "may not page somebody" in why] == ["eve"]
    assert [note.actor for note in store.shop.notes("asks for a page")] == ["anna", "front"]
    assert "小明" not in str(store.shop.log.notes)


def test_a_caller_is_told_beforehand_what_the_desk_will_say(staff: Staff) -> None:
    store = staff(ANNA)
    now, page = store.shop.now, PageRequest(Whom.GUEST, Title.MR, "王小明")

    def objection(operator: str) -> list[bool]:
        asked = (
            Pressed("promo", operator),
            Pressed("evacuate", operator),
            Pressed("no such button", operator),
            ScriptAsked(ScriptId("lost-child"), operator),
            ScriptAsked(ScriptId("evacuation"), operator),
            ScriptAsked(ScriptId("no such page"), operator),
            PageAsked(page, operator),
            SignedOut(),
        )
        return [bool(store.duty.objection(message, now)) for message in asked]

    assert objection("login:eve") == [True, False, False, True, False, True, True, False]
    assert not any(objection("login:anna"))


def test_a_register_that_cannot_be_read_is_told_once_and_what_was_known_counts(staff: Staff) -> None:
    store = staff(ANNA, asking=Asking.NONE)

    store.register.breaks("the disk is gone: check the card")
    store.shop.ticks().passes(5.0)
    store.shows("anna").presses()
    store.register.is_mended()
    store.register.registers(BEN)
    store.shop.passes(2.0)

    told = [text for text in store.shop.announcer.warnings if "cannot be read" in text]
    assert told == ["who is registered cannot be read: the disk is gone: check the card"]
    assert store.asked_for() == [("member-day", "anna")]
    assert isinstance(store.duty.may("ben", Deed.PAGE, store.shop.now), Denied)


def test_the_register_is_asked_once_a_second_and_not_with_every_press(staff: Staff) -> None:
    store = staff(ANNA, asking=Asking.NONE)
    store.shop.ticks().passes(2.0)
    before = store.register.reads

    for _ in range(50):
        store.presses("next")
    pressed = store.register.reads - before
    store.shop.passes(10.0)

    assert pressed <= 1
    assert 9 <= store.register.reads - before - pressed <= 11
