"""The corners of staff mode asked directly: what they refuse, and what they say of things that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desks.lockers.messages import Care, HelpAsked
from kiosk.desks.service.messages import Called, FormGiven
from kiosk.desks.staff.board_corner import CALLED, WarningCorner
from kiosk.desks.staff.locker_corner import LockerCorner
from kiosk.desks.staff.messages import Did, Gone, Looked, ProofAsked, Proved
from kiosk.desks.staff.record_corner import RecordCorner
from kiosk.errors import LedgerFault
from kiosk.ledger.store import Ledger
from kiosk.ports.staff_view import Kind, StaffDoor, StaffView
from kiosk.rules.broadcast.page_watch import Event, Stage, after
from kiosk.rules.forms.form import Choice, Form, Notice, Option, Words
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.lockers.locker import Assignment, Door
from kiosk.rules.service.call import SERVICE as CALL
from kiosk.rules.service.service import Deed, Service
from kiosk.units import LockerId
from tests.app.staffed_screen import PIN, StaffedScreen
from tests.app.test_staff_mode import COMPLAINT, PLANNER, SPEAKER, page_asked
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import MEI, TAO
from tests.stories.bag_room import TEN
from tests.stories.test_counting_at_the_reader import CountedRoom

ONE = LockerId(1)
REMARK = Form("praise", "Compliments", lambda _: (Words("what", "What?", optional=True),))
PAGES = (
    Notice("read", "Read this"),
    Choice("what", "What?", (Option("a", "An A"),)),
    Words("who", "Who?", optional=True),
)
LONG = Service(
    "long",
    Form("long", "Long", lambda _: PAGES),
    begins="open",
    deeds=(
        Deed("note", "Note", frozenset({"open"}), asks=REMARK),
        Deed("done", "Done", frozenset({"open"}), "done"),
    ),
    over=frozenset({"done"}),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> StaffedScreen:
    room = CountedRoom(ledger)
    room.in_service()
    people = (MEI, TAO, SPEAKER, PLANNER)
    return StaffedScreen(room, ledger=ledger, people=people, offers=(COMPLAINT, LONG))


def lets_in(desk: StaffedScreen, id: str = TAO.id) -> StaffView:
    desk.staff.handle(ProofAsked("screen", id, PIN))
    [view] = desk.staff.facts("screen")
    assert isinstance(view, StaffView)
    return view


def does(desk: StaffedScreen, about: str, deed: str, **told: str) -> StaffView:
    desk.staff.handle(Did("screen", about, deed, told))
    [view] = desk.staff.facts("screen")
    assert isinstance(view, StaffView)
    return view


# the desk


def test_a_screen_where_nobody_is_has_nothing_done_nothing_shown_and_nobody_to_let_go(desk: StaffedScreen) -> None:
    desk.staff.handle(Did("screen", "locker 1", "open"))
    desk.staff.handle(Looked("screen", Room.LOCKERS))
    desk.staff.handle(Proved("screen", 9, TAO.id))
    desk.staff.handle(Gone("screen", "leaves"))

    assert desk.staff.facts("screen") == ()
    assert not desk.staff.is_in("screen")
    assert desk.room.unlocked == []


def test_what_is_gone_and_what_nobody_can_do_is_refused_in_words(desk: StaffedScreen) -> None:
    lets_in(desk)

    for about, deed in (
        ("nothing 3", "seen"), ("locker 99", "open"), ("locker x", "open"), ("locker 1", "sing"), ("notice 7", "seen"),
        ("warning 0000", "seen"), ("check lamps", "seen"), ("record long 8", "note"), ("record none 1", "note"),
        ("record long x", "note"), ("script none", "release"), ("script return-policy", "sing"), ("page 5", "approve"),
        ("count", "sing"), ("count", "sign"),
    ):  # fmt: skip
        view = does(desk, about, deed)
        assert view.refused, (about, deed)
        assert view.said, (about, deed)


def test_a_ledger_that_fails_keeps_nobody_out_of_the_screen_but_lets_nobody_in(desk: StaffedScreen) -> None:
    def away() -> dict[str, object]:
        raise LedgerFault("the disk is full")

    desk.staff.house = replace(desk.staff.house, everybody=away)  # type: ignore[arg-type] # it never answers
    desk.staff.handle(ProofAsked("screen", TAO.id, PIN))

    [door] = desk.staff.facts("screen")
    assert isinstance(door, StaffDoor)
    assert "the disk is full" in door.why


def test_a_ledger_that_fails_while_something_is_opened_or_done_is_told(
    desk: StaffedScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    lets_in(desk)

    def away(*_: object) -> None:
        raise LedgerFault("the disk is full")

    monkeypatch.setattr(desk.book, "record", away)
    desk.staff.handle(Looked("screen", Room.MATTERS, "record long 1"))
    view = does(desk, "record long 1", "note")

    assert view.refused
    assert "the disk is full" in view.said


def test_a_count_is_left_off_and_begun_again_where_it_was(desk: StaffedScreen) -> None:
    desk.counted.counts.seats = frozenset(("screen",))
    lets_in(desk, MEI.id)

    assert does(desk, "count", "count").count is not None
    assert does(desk, "count", "nothing").count is not None
    assert does(desk, "count", "leave").count is None
    again = does(desk, "count", "count").count

    assert again is not None
    assert again.seen == 1


def test_somebody_elses_count_goes_on_when_another_leaves(desk: StaffedScreen) -> None:
    desk.counted.counts.seats = frozenset(("screen",))
    desk.counted.begins_to_count(by=TAO.id, seat="screen")
    lets_in(desk, MEI.id)

    desk.staff.handle(Gone("screen", "leaves"))

    assert desk.staff.counts_at("screen")


def test_a_desk_without_a_binder_or_records_shows_the_rest(desk: StaffedScreen) -> None:
    desk.staff.binder, desk.staff.records = None, None
    lets_in(desk)

    for room in Room:
        desk.staff.handle(Looked("screen", room))
        [view] = desk.staff.facts("screen")
        assert isinstance(view, StaffView)
        assert view.binder == ()
    desk.staff.handle(Looked("screen", Room.BINDER, "script return-policy"))
    [view] = desk.staff.facts("screen")
    assert isinstance(view, StaffView)
    assert view.opened is None


# the corners


def test_every_deed_that_is_offered_for_a_locker_is_done_and_none_that_is_not(desk: StaffedScreen) -> None:
    corner = desk.corners[3]
    assert isinstance(corner, LockerCorner)
    free = desk.room.desk.cabinet.lockers[ONE]
    for assignment in Assignment:
        for door in Door:
            for deposit in (0, 1):
                for unconfirmed in (False, True):
                    for deed in ("keeps", "empty", "trust", "quarantine", "withdraw"):
                        locker = replace(
                            free, assignment=assignment, door=door, deposit=deposit, unconfirmed=unconfirmed
                        )
                        desk.room.desk.cabinet.lockers[ONE] = locker
                        offered = deed in {one.deed for one in corner._deeds(locker, TAO, TEN)}
                        if offered:
                            said = corner.do("1", deed, {"why": "x"}, TAO, TEN)
                            assert not said.refused, (locker, deed, said)
                        assert Care(deed)


@pytest.mark.rule("S20")
def test_all_that_was_answered_and_done_is_shown_to_whom_the_record_is_for(desk: StaffedScreen) -> None:
    corner = desk.corners[2]
    assert isinstance(corner, RecordCorner)
    desk.services.handle(FormGiven("other", "long", {"read": "yes", "what": "a", "who": "Li"}))
    assert not corner.do("long 1", "note", {"what": "told her"}, TAO, TEN).refused
    assert corner.do("long 1", "sing", {}, TAO, TEN).refused

    matter = corner.opened("long 1", TAO, TEN)

    assert matter is not None
    words = [said for _, said in matter.told]
    assert words[:2] == ["An A", "Li"]
    assert any("told her" in said for said in words)
    assert corner.opened("long 9", TAO, TEN) is None
    corner.looked("long 9", TAO, TEN)
    assert ("tao", "looks at", "long 9") not in desk.noted()


def test_an_answer_that_was_purged_is_not_shown(desk: StaffedScreen) -> None:
    corner = desk.corners[2]
    desk.services.handle(FormGiven("other", "long", {"read": "yes", "what": "a", "who": ""}))
    record = desk.book.record("long", 1)
    assert record is not None
    desk.book.keep(replace(record, answers={}), was=record, over=False)

    matter = corner.opened("long 1", TAO, TEN)

    assert matter is not None
    assert matter.told == ()


def test_a_page_is_nobodys_to_decide_who_may_not_page(desk: StaffedScreen) -> None:
    n = page_asked(desk)

    said = desk.corners[1].do(str(n), "approve", {}, MEI, TEN)

    assert said.refused
    assert "may not page" in said.text
    assert desk.decisions.waiting() == ()


@pytest.mark.rule("S18")
def test_a_message_slip_is_shown_with_its_words_and_ticked_with_who_took_it(desk: StaffedScreen) -> None:
    n = page_asked(desk)
    [page] = desk.pages.unfinished()
    slip = after(replace(page, stage=Stage.WAITING), Event.HOPELESS, TEN)
    desk.pages.keep(slip, was=Stage.REQUESTED)

    matter = desk.corners[1].opened(str(n), SPEAKER, TEN)

    assert matter is not None
    assert [one.deed for one in matter.deeds] == ["delivered"]
    assert {heading for heading, _ in matter.told} >= {"For", "Message", "When"}
    other = {"taker": "other", "taker_name": "李娜"}
    for unsaid in ({}, {"taker": "other"}, other | {"more": "x"}):
        assert desk.corners[1].do(str(n), "delivered", unsaid, SPEAKER, TEN).refused
    assert desk.decisions.waiting() == ()
    assert not desk.corners[1].do(str(n), "delivered", other, SPEAKER, TEN).refused
    assert [(one.step, one.why) for one in desk.decisions.waiting()] == [("delivered", "handed to 李娜")]


@pytest.mark.rule("B13")
def test_a_policy_page_is_not_released_by_an_announcer_whatever_the_screen_offers(desk: StaffedScreen) -> None:
    assert desk.staff.binder is not None

    said = desk.staff.binder.do("return-policy", "release", {}, SPEAKER, TEN)

    assert said.refused
    assert desk.releases.latest() == {}
    assert desk.staff.binder.opened("return-policy", MEI, TEN) is None
    assert desk.staff.binder.matters(MEI, TEN) == ()
    assert desk.staff.binder.opened("none", PLANNER, TEN) is None


def test_an_old_self_check_is_no_matter_and_a_warning_goes_by_itself(desk: StaffedScreen) -> None:
    warning, check = desk.corners[0], desk.corners[5]
    desk.room.desk.warn("the slip printer is away")
    [matter] = warning.matters(TAO, TEN)
    thing = matter.key.partition(" ")[2]

    assert warning.opened(thing, TAO, TEN) == matter
    assert warning.opened("0000", TAO, TEN) is None
    assert warning.do(thing, "seen", {}, TAO, TEN).refused
    assert check.matters(TAO, TEN) == ()
    assert check.opened("lamps", TAO, TEN) is None
    assert check.do("lamps", "seen", {}, TAO, TEN).refused


def test_what_happened_is_seen_to_with_who_in_the_audit_and_is_told_again_when_it_happens_again(
    desk: StaffedScreen,
) -> None:
    warning, told = desk.corners[0], "the till's export 7.csv cannot be taken"
    desk.room.desk.happened(told)
    [matter] = warning.matters(TAO, TEN)
    thing = matter.key.partition(" ")[2]
    assert [one.deed for one in matter.deeds] == ["seen"]
    assert warning.do(thing, "open", {}, TAO, TEN).refused

    assert not warning.do(thing, "seen", {}, TAO, TEN).refused

    assert warning.matters(TAO, TEN) == ()
    assert (TAO.id, "has seen to", "a warning") in desk.noted()
    assert warning.do(thing, "seen", {}, TAO, TEN).text == "Somebody has seen to it"
    desk.room.desk.happened(told)
    assert [one.title for one in warning.matters(TAO, TEN)] == [told]


@pytest.mark.rule("S01")
def test_a_call_is_one_matter_and_whoever_answers_it_takes_the_desk_s_word_back(desk: StaffedScreen) -> None:
    warnings, records = desk.corners[0], desk.corners[2]
    assert isinstance(warnings, WarningCorner)
    assert isinstance(records, RecordCorner)
    desk.services.services = {"call": CALL}
    desk.services.handle(Called("screen"))
    desk.room.posts(HelpAsked("screen"))
    assert [one.text for one in desk.room.desk.warned if one.text.startswith(CALLED)] == [f"{CALLED}screen"]
    told = [one.key for one in warnings.matters(TAO, TEN) if one.kind is Kind.CALL]
    assert len(told) == 1

    warnings.calls = True
    records.answered = lambda seat: desk.room.desk.withdraw(f"{CALLED}{seat}")

    assert not [one for one in warnings.matters(TAO, TEN) if one.kind is Kind.CALL]
    assert [one.key for one in records.matters(TAO, TEN)] == ["record call 1"]
    assert not records.do("call 1", "coming", {}, TAO, TEN).refused
    assert not [one for one in desk.room.desk.warned if one.text.startswith(CALLED)]
