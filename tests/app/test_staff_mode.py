"""Staff at the screen: let in by a PIN, shown what waits, done as their rights allow, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
from kiosk.desks.lockers.messages import Fault, Mended
from kiosk.desks.service.messages import FormGiven
from kiosk.desks.staff.messages import RoleHeard
from kiosk.ledger.store import Ledger
from kiosk.ports.bag_day import ForWhom, Notice
from kiosk.ports.staff_view import Kind, Warned
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.page_watch import Origin, Page, Stage
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.rules.broadcast.selfcheck import Occasion, fault, report_of
from kiosk.rules.forms.form import Always, Choice, Form, Option
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.service import Deed, Service
from kiosk.sentences import tell
from kiosk.units import LockerId
from tests.app.staffed_screen import StaffedScreen
from tests.app.touching import DAY
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import ANNA, GONE, MEI, TAO
from tests.stories.bag_room import TEN
from tests.stories.test_counting_at_the_reader import CountedRoom

ONE, TWO = LockerId(1), LockerId(2)
SPEAKER = replace(ANNA, trained_on=date(2026, 1, 1))
PLANNER = Person("ping", "平", frozenset({Right.PLANNING}))
ASKED = (Choice("what", "What is it?", (Option("wet", "Wet floor"), Option("noise", "Noise"))),)
COMPLAINT = Service(
    "complaint",
    Form("complaint", "Complaint", Always(ASKED)),
    begins="open",
    deeds=(Deed("settle", "Settle it", frozenset({"open"}), "settled", rights=frozenset({Right.SUPERVISOR})),),
    over=frozenset({"settled"}),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture
def screen(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[StaffedScreen]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    room = CountedRoom(ledger)
    room.in_service()
    people = (MEI, TAO, SPEAKER, PLANNER, GONE)
    one = StaffedScreen(room, PANELS["1280x800"], ledger=ledger, people=people, offers=(COMPLAINT,))
    with one.window:
        yield one


def page_asked(screen: StaffedScreen) -> int:
    request = PageRequest(Whom.GUEST, Title.MR, "王小明")
    return screen.pages.enter(Page(request, TEN, Origin.FRONT, "front", TEN, caller="李女士"))


# coming in


@pytest.mark.rule("B14")
def test_whoever_holds_the_clock_for_three_seconds_is_asked_who_they_are_and_a_short_touch_means_nothing(
    screen: StaffedScreen,
) -> None:
    assert screen.holds_the_clock(2.0).key == "home"

    assert screen.holds_the_clock().key == "staff-id"
    screen.types("tao")
    assert screen.taps("next").key == "staff-pin"
    screen.types("246135")
    assert "246135" not in screen.reads()
    assert "246135" not in repr(screen.face.session)

    assert screen.taps("next").key == "staff-matters"
    assert TAO.name in screen.reads()
    assert (TAO.id, "enters", "staff mode at screen") in screen.noted()


def test_a_wrong_pin_lets_nobody_in_and_leaves_the_field_empty(screen: StaffedScreen) -> None:
    assert screen.enters(TAO, "999999").key == "staff-pin"

    assert "工号或密码有误" in screen.reads()
    assert "•" not in screen.reads()
    assert screen.view is None
    assert [one for one in screen.noted() if one[1] == "enters"] == []


@pytest.mark.parametrize("who", [GONE, Person("nobody", "Nobody", frozenset())])
def test_whoever_is_registered_no_more_stays_outside_though_the_pin_was_right(
    screen: StaffedScreen, who: Person
) -> None:
    screen.enters(who)

    assert screen.view is None


def test_while_the_pin_is_looked_at_the_screen_says_so_and_whoever_left_meanwhile_is_not_let_in(
    screen: StaffedScreen,
) -> None:
    screen.slow = True
    screen.enters(TAO)
    assert "请稍等" in screen.reads()

    screen.taps("back", "back")
    screen.looks_at_proofs()

    assert screen.waits(2.0).key == "home"
    assert screen.view is None


def test_while_nobody_of_the_staff_is_there_nothing_is_looked_up(screen: StaffedScreen) -> None:
    screen.waits(30.0)
    assert screen.looked == 0

    screen.enters(TAO)
    screen.taps("people")
    looked = screen.looked
    for _ in range(20):
        screen.looks()

    assert screen.looked <= looked + 1


# going


def test_staff_mode_asks_after_a_while_and_leaves_by_itself_after_a_minute_without_a_touch(
    screen: StaffedScreen,
) -> None:
    screen.enters(TAO)
    screen.taps("people")

    screen.waits(46.0)
    assert "您还在吗" in screen.reads()
    screen.waits(15.0)

    assert screen.looks().key == "home"
    assert TAO.name not in screen.reads()
    assert screen.view is None
    assert (TAO.id, "leaves", "staff mode at screen") in screen.noted()


@pytest.mark.parametrize("way", ["key", "badge"])
def test_nothing_of_it_stays_once_somebody_leaves_by_the_key_or_their_badge(screen: StaffedScreen, way: str) -> None:
    screen.enters(TAO)

    if way == "key":
        screen.taps("leave")
    else:
        screen.face.knocks(TAO.id)
    screen.looks()

    assert screen.looks().key == "home"
    assert screen.view is None
    assert screen.face.session.untouched


def test_staff_mode_works_while_the_store_is_closed(screen: StaffedScreen) -> None:
    screen.hours = replace(DAY, opens=DAY.opens + timedelta(days=1), closes=DAY.opens + timedelta(days=1, hours=13))
    assert screen.looks().key == "closed"

    assert screen.enters(TAO).key == "staff-matters"


def test_a_badge_changes_nothing_while_a_shopper_stores_a_bag(screen: StaffedScreen) -> None:
    screen.taps("store")

    screen.face.knocks(TAO.id)

    assert screen.looks().key == "deposit.size"
    assert screen.face.session.staff is None


# what waits


def test_a_shoppers_call_comes_first_and_is_seen_to(screen: StaffedScreen) -> None:
    screen.taps("call staff")
    screen.waits(61.0)
    screen.enters(MEI)
    assert screen.view is not None
    assert screen.view.matters[0].kind is Kind.CALL

    screen.taps(screen.view.matters[0].key, "seen")

    assert not any("asks for help" in text for text in screen.room.desk.warnings)
    assert (MEI.id, "goes to", "screen") in screen.noted()


@pytest.mark.rule("B18")
def test_an_announcer_reads_what_is_to_be_said_and_their_word_goes_into_the_ledger(screen: StaffedScreen) -> None:
    n = page_asked(screen)
    screen.enters(SPEAKER)

    screen.taps(f"page {n}")
    assert "王小明先生" in screen.reads()
    screen.taps("approve")

    [decision] = screen.decisions.waiting()
    assert (decision.page, decision.step, decision.by) == (n, "approve", SPEAKER.id)
    assert not [t for t in screen.looks().targets if t.name == "approve"], "one word is enough"


def test_a_page_is_declined_with_a_reason(screen: StaffedScreen) -> None:
    n = page_asked(screen)
    screen.enters(SPEAKER)

    screen.taps(f"page {n}", "decline")
    assert screen.looks().key == "staff.why"
    screen.taps("choose nobody understands the name")

    [decision] = screen.decisions.waiting()
    assert (decision.step, decision.why) == ("decline", "nobody understands the name")


@pytest.mark.rule("B14")
@pytest.mark.rule("S20")
def test_pages_are_nothing_to_whoever_may_not_page(screen: StaffedScreen) -> None:
    page_asked(screen)

    screen.enters(MEI)

    assert screen.view is not None
    assert [one for one in screen.view.matters if one.kind is Kind.PAGE] == []


def test_a_page_that_somebody_else_decided_on_takes_no_second_word(screen: StaffedScreen) -> None:
    n = page_asked(screen)
    screen.enters(SPEAKER)
    screen.taps(f"page {n}")
    [page] = screen.pages.unfinished()
    screen.pages.keep(replace(page, stage=Stage.DECLINED), was=Stage.REQUESTED)

    said = screen.corners[1].do(str(n), "approve", {}, SPEAKER, TEN)

    assert said.refused
    assert screen.decisions.waiting() == ()


@pytest.mark.rule("S20")
def test_a_record_is_moved_on_by_whom_it_is_for_and_whoever_reads_it_is_noted(screen: StaffedScreen) -> None:
    screen.services.handle(FormGiven("other", "complaint", {"what": "wet"}))
    screen.enters(MEI)
    assert screen.view is not None
    assert [one.key for one in screen.view.matters if one.kind is Kind.RECORD] == [], "it is the supervisor's"
    screen.taps("leave")

    screen.enters(TAO)
    screen.taps("record complaint 1")
    assert "Wet floor" in screen.reads()
    screen.taps("settle")

    record = screen.book.record("complaint", 1)
    assert record is not None
    assert record.stage == "settled"
    assert (TAO.id, "looks at", "complaint 1") in screen.noted()


def test_notices_and_the_self_checks_faults_are_shown_and_a_notice_is_taken_down(screen: StaffedScreen) -> None:
    screen.notices.put(Notice("tags/1", ForWhom.MANAGER, "two tags are not there", TEN))
    broken = report_of(TEN.date(), Occasion.BEFORE_OPENING, TEN, TEN, [fault(Topic.LAMPS, "a lamp is dark")])
    screen.checks.keep(broken)
    screen.enters(MEI)

    assert "two tags are not there" in screen.reads()
    assert "a lamp is dark" in screen.reads()
    [n] = [one.n for one in screen.notices.hanging() if one.key == "tags/1"]
    screen.taps(f"notice {n}", "seen")

    assert "tags/1" not in {one.key for one in screen.notices.hanging()}


def test_what_a_driver_says_is_over_goes_from_the_screen_and_shows_since_when_it_was_so(screen: StaffedScreen) -> None:
    screen.room.desk.handle(Fault(tell("the display has {window}", window="600x400")))
    screen.enters(TAO)
    assert screen.view is not None
    [warning] = [one for one in screen.view.matters if one.kind is Kind.WARNING]
    assert warning.at is not None

    screen.room.desk.handle(Mended("the display has "))
    screen.waits(1.1)

    assert [one for one in screen.view.matters if one.kind is Kind.WARNING] == []


def test_what_the_broadcast_role_tells_stands_among_the_matters_of_everybody(screen: StaffedScreen) -> None:
    screen.post(RoleHeard(TEN, (Warned("button talk: it is stuck", TEN),)))

    screen.enters(MEI)

    assert "button talk: it is stuck" in screen.reads()
