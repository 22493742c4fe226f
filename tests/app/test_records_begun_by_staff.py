"""Staff begin records at the screen: each service with its own form, as their rights go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
from kiosk.desks.service.messages import DeedAsked
from kiosk.desks.staff.messages import Did
from kiosk.ledger.store import Ledger
from kiosk.rules.forms.form import Form, Page, Words
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.found_thing import SERVICE as FOUND
from kiosk.rules.service.handover import SERVICE as HANDOVER
from kiosk.rules.service.member import SERVICE as MEMBER
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Others, Refused, Service
from tests.app.staffed_screen import PIN, StaffedScreen
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import MEI, TAO
from tests.stories.test_counting_at_the_reader import CountedRoom


def asks_what(_: Mapping[str, str]) -> tuple[Page, ...]:
    return (Words("what", "What?", optional=True),)


def no_room(_record: Record, _others: Others) -> Refused:
    return Refused("there is no room")


FULL = Service(
    "full",
    Form("full", "Full", asks_what),
    objects=no_room,
)
RATING = replace(FULL, id="rating", taken=False)

LIN = Person("lin", "林静", frozenset({Right.ANNOUNCER}), trained_on=date(2026, 1, 1))
PING = Person("ping", "平", frozenset({Right.PLANNING}))


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StaffedScreen]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        yield from opened(ledger)


def opened(ledger: Ledger) -> Iterator[StaffedScreen]:
    room = CountedRoom(ledger)
    room.in_service()
    offers = (FOUND, HANDOVER, FULL, RATING, MEMBER)
    one = StaffedScreen(room, PANELS["1280x800"], ledger=ledger, people=(MEI, TAO, PING), offers=offers)
    with one.window:
        yield one


def begun(screen: StaffedScreen) -> list[str]:
    return [one.name for one in screen.looks().targets if one.name.startswith("begin ")]


@pytest.mark.rule("S09")
def test_what_was_found_is_written_down_page_by_page_and_gets_its_number(screen: StaffedScreen) -> None:
    screen.enters(MEI)

    screen.taps("new", "begin found", "choose wallet", "choose black", "choose food")
    screen.types("shui")
    screen.taps("candidate 水", "next")
    screen.types("gui")
    screen.taps("candidate 柜", "next", "next")

    record = screen.book.record("found", 1)
    assert record is not None
    assert (record.by, record.stage, record.answers["category"]) == (MEI.id, "kept", "wallet")
    assert screen.looks().key == "staff-new"
    assert "已登记：拾物登记 1" in screen.reads()


@pytest.mark.rule("S17")
@pytest.mark.rule("S20")
def test_only_what_somebody_may_write_is_offered_to_them(screen: StaffedScreen) -> None:
    screen.enters(MEI)
    screen.taps("new")
    assert begun(screen) == ["begin lost desk", "begin found", "begin full"], (
        "a handover is for who works at the service desk"
    )
    screen.taps("leave")

    screen.enters(TAO)
    screen.taps("new")

    own = ["begin found", "begin handover", "begin full", "begin member"]
    assert begun(screen) == ["begin lost desk", *own, "begin record find member"]


def hands_over(screen: StaffedScreen) -> Record:
    """The early shift writes its handover down."""
    screen.enters(TAO)
    screen.post(Did("screen", "new", "handover", {"shift": "early", "remarks": "locker 3 jams"}))
    screen.taps("matters", "record handover 1")
    screen.waits(1.1)
    return handover(screen)


def handover(screen: StaffedScreen) -> Record:
    record = screen.book.record("handover", 1)
    assert record is not None
    return record


def signs(screen: StaffedScreen, who: Person, pin: str = PIN) -> str:
    screen.taps("sign")
    screen.face.knocks(who.id)
    screen.looks()
    screen.types(pin)
    screen.taps("next")
    return screen.reads()


@pytest.mark.rule("S17")
def test_a_handover_is_signed_by_the_next_shift_with_their_own_pin_where_the_first_stands(
    screen: StaffedScreen,
) -> None:
    screen.people = (*screen.people, LIN)
    assert hands_over(screen).by == TAO.id

    assert "工号或密码有误" in signs(screen, LIN, "735218")
    screen.taps("back", "back")
    assert "须由 tao 以外的人办理" in signs(screen, TAO)
    assert "接班签字" in signs(screen, MEI)  # not at the service desk
    assert handover(screen).stage == "given"
    signs(screen, LIN)

    record = handover(screen)
    assert (record.stage, record.owner, record.by) == ("signed", LIN.id, TAO.id)


@pytest.mark.rule("S17")
def test_no_handover_is_signed_by_a_mere_tap(screen: StaffedScreen) -> None:
    screen.people = (*screen.people, LIN)
    hands_over(screen)
    screen.taps("leave")
    screen.enters(LIN)
    screen.post(Did("screen", "record handover 1", "sign", {}))
    assert handover(screen).stage == "given"
    screen.waits(1.1)
    screen.taps("record handover 1")
    screen.waits(1.1)
    screen.taps("sign")
    screen.types(PIN)  # it knows who stands here
    screen.taps("next")
    assert (handover(screen).stage, handover(screen).owner) == ("signed", LIN.id)
    corner = screen.staff.records
    assert corner is not None
    for thing, deed, who in (("handover 9", "sign", TAO), ("handover 1", "other", TAO), ("handover 1", "sign", PING)):
        assert corner.sign(thing, deed, {}, who, LIN, screen.now()).refused


def test_whoever_may_write_nothing_has_no_key_for_it(screen: StaffedScreen) -> None:
    screen.services.services = {"handover": HANDOVER}
    screen.enters(PING)

    assert not [one for one in screen.looks().targets if one.name == "new"]


def test_whoever_thinks_better_of_it_is_back_among_the_records(screen: StaffedScreen) -> None:
    screen.enters(TAO)

    screen.taps("new", "begin handover", "back")
    assert screen.looks().key == "staff-new"
    screen.taps("back")

    assert screen.looks().key == "staff-matters"
    assert screen.book.record("handover", 1) is None


def test_a_record_that_the_services_own_rule_refuses_is_refused_in_words(screen: StaffedScreen) -> None:
    screen.enters(TAO)

    screen.taps("new", "begin full", "next")

    assert "there is no room" in screen.reads()
    assert screen.view is not None
    assert screen.view.refused


@pytest.mark.rule("S20")
@pytest.mark.parametrize("service", ["handover", "rating", "nothing"])
def test_what_is_not_theirs_to_write_is_refused_whatever_a_screen_asks(screen: StaffedScreen, service: str) -> None:
    screen.enters(MEI)

    screen.post(Did("screen", "new", service, {"shift": "early", "remarks": "all well"}))
    screen.looks()

    assert screen.view is not None
    assert screen.view.refused
    assert screen.book.record("handover", 1) is None


APPLIED = {"name": "李娜", "phone": "13800138000", "birthday": "0308", "greetings": "yes"}


@pytest.mark.rule("S08")
@pytest.mark.rule("S20")
def test_a_member_is_found_by_telephone_or_number_and_shows_what_the_card_is_worth(screen: StaffedScreen) -> None:
    now = screen.room.now()
    screen.services.enter("member", APPLIED, TAO, now)
    for deed, told in (("issue", {"card": "M1", "level": "member"}), ("points", {"points": "4600"})):
        assert screen.services.do(DeedAsked("member", 1, deed, TAO, told), now) == ""
    screen.enters(TAO)
    screen.taps("new", "begin record find member")

    screen.taps(*(f"key {digit}" for digit in "13900139000"), "next")
    assert "查无结果，请再核对一次" in screen.reads()
    screen.taps("find", *(f"key {digit}" for digit in "13800138000"), "next")

    for words in ("李娜", "会员卡 M1", "4600", "还差 400 分"):
        assert words in screen.reads()
    assert ("tao", "looks at", "member 1") in screen.noted()
    screen.taps("matters", "new", "begin record find member", "key 1", "next")
    assert "李娜" in screen.reads()


@pytest.mark.rule("S08")
def test_a_member_is_found_by_scanning_the_card_and_no_two_have_the_same(screen: StaffedScreen) -> None:
    now = screen.room.now()
    for number, phone in ((1, "13800138000"), (2, "13900139000")):
        screen.services.enter("member", {**APPLIED, "phone": phone}, TAO, now)
        told = {"card": f"vip 88 {number}", "level": "member"}
        assert screen.services.do(DeedAsked("member", number, "issue", TAO, told), now) == ""
    twice = screen.services.do(DeedAsked("member", 2, "replace", TAO, {"card": "VIP881"}), now)
    assert twice == "member 1 has that number already"

    screen.enters(TAO)
    screen.taps("new", "begin record find member")
    assert screen.face.reads("VIP881")
    screen.taps("next")

    assert "会员卡 vip 88 1" in screen.reads()
    assert screen.services.do(DeedAsked("member", 1, "replace", TAO, {"card": "VIP889"}), now) == ""
    assert screen.services.found("member", "VIP881") is None
    found = screen.services.found("member", " vip889")
    assert found is not None
    assert found.number == 1
    assert screen.services.do(DeedAsked("member", 1, "leave", TAO, {}), now) == ""
    assert screen.services.found("member", "VIP889") is None


@pytest.mark.rule("S20")
def test_who_may_not_know_members_looks_for_none_and_learns_nothing(screen: StaffedScreen) -> None:
    screen.services.enter("member", APPLIED, TAO, screen.room.now())
    screen.enters(MEI)
    screen.taps("new")
    assert "begin record find member" not in [one.name for one in screen.looks().targets]

    for about in ("record find member", "record find nothing", "record find found"):
        screen.post(Did("screen", about, "find", {"which": "1"}))
        screen.looks()
        assert screen.view is not None
        assert (screen.view.said, screen.view.opened) == ("This is for somebody else to look for", None)
