"""Services at the offscreen window, with the real service desk; and which desk gets what is scanned."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from kiosk.app.front_loop import Inbox, Nobody, Onlooker, Round
from kiosk.app.front_wiring import Front
from kiosk.desks.lockers.bag_desk import BagDesk
from kiosk.desks.lockers.messages import Fault, Message, ReportAsked, StopAsked
from kiosk.desks.service.loans import LoanClerk
from kiosk.desks.service.messages import FormGiven, ServiceMessage
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.display.marks import Line
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ports.lockers import Scanned
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.service.callback import SERVICE as CALLBACK
from kiosk.rules.service.complaint import SERVICE as COMPLAINT
from kiosk.rules.service.rating import SERVICE as RATING
from tests.app.touching import Hand
from tests.rules.service.test_loan import CHAIR, HERE, UMBRELLA
from tests.stories.bag_room import BagRoom


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), offers=(RATING,))
    with hand.window:
        yield hand


@pytest.mark.rule("S19")
def test_a_shopper_rates_the_service_with_one_touch(hand: Hand) -> None:
    hand.taps("rating")
    assert hand.looks().key == "rating.mark"

    hand.taps("choose 4")

    assert hand.looks().key == "rating.thanks"
    assert hand.book.records["rating", 1].answers == {"mark": "4"}
    hand.taps("done")
    assert hand.looks().key == "home"


@pytest.mark.rule("S19")
def test_whoever_was_not_content_may_be_called_back_and_their_touch_counts_in_any_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), offers=(RATING, CALLBACK))
    with hand.window:
        assert "callback" not in [target.name for target in hand.looks().targets]
        hand.taps("rating", "choose 2")
        assert hand.looks().key == "rating.sorry"
        assert hand.book.records["rating", 1].answers == {"mark": "2"}

        hand.taps("lead to callback")

        assert hand.looks().key == "callback.phone"
        assert hand.looks().key == "callback.phone"  # the answer was read, and does not come back
        hand.taps("back")
        assert hand.looks().key == "home"


def test_where_nobody_calls_back_it_is_not_offered(hand: Hand) -> None:
    hand.taps("rating", "choose 1")

    assert "lead to callback" not in [target.name for target in hand.looks().targets]


@pytest.mark.rule("S20")
def test_who_rates_and_walks_away_leaves_a_home_screen(hand: Hand) -> None:
    hand.taps("rating", "choose 1")

    assert hand.waits(62.0).key == "home"
    assert hand.face.session.untouched


def test_where_nothing_can_be_written_a_person_helps(hand: Hand) -> None:
    hand.book.full = True

    hand.taps("rating", "choose 4")

    assert hand.looks().key == "service.later"
    assert hand.warnings
    hand.taps("done")
    assert hand.looks().key == "home"


def test_a_form_is_left_by_its_first_button(hand: Hand) -> None:
    hand.taps("rating", "back")

    assert hand.looks().key == "home"
    assert hand.book.records == {}


@pytest.mark.rule("S03")
def test_a_complaint_is_made_by_taps_and_a_few_words(hand: Hand) -> None:
    hand.services = ServiceDesk(hand.room, hand.book, by_id((COMPLAINT,)), hand.warnings.append)
    hand.taps("English", "complaint", "choose goods", "choose expired", "choose food")
    hand.taps("key s", "key o", "key u", "key r", "next", "choose refund")
    hand.taps(*(f"key {digit}" for digit in "13800138000"), "next", "key l", "key i", "next")

    assert hand.looks().key == "complaint.thanks"
    assert hand.book.records["complaint", 1].answers == {
        "about": "goods",
        "class": "expired",
        "place": "food",
        "what": "sour",
        "wish": "refund",
        "phone": "13800138000",
        "name": "Li",
    }


@pytest.mark.rule("S10")
def test_an_umbrella_is_borrowed_and_the_card_says_what_is_left(hand: Hand) -> None:
    hand.services = ServiceDesk(hand.room, hand.book, by_id((HERE,)), hand.warnings.append)
    hand.services.clerks = {"loan": LoanClerk(hand.book, (UMBRELLA, CHAIR))}
    hand.taps("English", "loan")
    assert "2 left" in hand.reads()

    hand.taps("choose umbrella", *(f"key {digit}" for digit in "13800138000"), "next", "key l", "key i", "next")

    assert hand.looks().key == "loan.thanks"
    assert "number 1" in hand.reads()
    hand.taps("done", "loan")
    assert "1 left" in hand.reads()
    assert "13800138000" not in hand.reads()


def test_a_service_that_the_store_does_not_offer_is_on_no_screen(hand: Hand) -> None:
    hand.services = ServiceDesk(hand.room, hand.book, {}, hand.warnings.append)

    assert "rating" not in {target.name for target in hand.looks().targets}
    assert "评价" not in " ".join(mark.text for mark in hand.looks().marks if isinstance(mark, Line))


@dataclass
class Standing:
    """What the loop minds of a front role: the desk of a bank in virtual time."""

    clock: BagRoom

    @property
    def desk(self) -> BagDesk:
        return self.clock.desk

    def report(self) -> LockersReport:
        return LockersReport(self.clock.now(), (), {}, {})


@dataclass
class Onlooking:
    """Implements Onlooker. takes: the screen wants the code for itself."""

    takes: bool = False
    read: list[str] = field(default_factory=list)
    shown: int = 0

    def show(self) -> None:
        self.shown += 1

    def reads(self, scanned: Scanned) -> bool:
        self.read.append(scanned.text)
        return self.takes

    def rests(self) -> bool:
        return True


def goes(room: BagRoom, onlooker: Onlooker, *messages: Message | ServiceMessage, services: ServiceDesk | None) -> None:
    """The loop, until these are dealt with and the desk is closed."""
    inbox: Inbox = queue.SimpleQueue()
    for message in (*messages, StopAsked("the test is over")):
        inbox.put(message)
    Round(cast(Front, Standing(room)), services, inbox, lambda: None).goes(onlooker)


def desk_of(room: BagRoom) -> tuple[ServiceDesk, MemoryServiceRecords]:
    book = MemoryServiceRecords()
    warnings: list[str] = []
    return ServiceDesk(room, book, by_id((RATING,)), warnings.append), book


def test_each_message_goes_to_the_desk_that_it_is_for_and_the_screen_is_shown_what_came_of_it() -> None:
    room = BagRoom().in_service()
    services, book = desk_of(room)
    reports: list[LockersReport] = []
    screen = Onlooking()

    goes(
        room,
        screen,
        FormGiven("screen", "rating", {"mark": "5"}),
        Fault("the printer is out of paper"),
        ReportAsked(reports.append),
        services=services,
    )

    assert book.records["rating", 1].answers == {"mark": "5"}
    assert room.desk.warnings == ("the printer is out of paper",)
    assert len(reports) == 1
    assert screen.shown == 4, "after what was given, the fault, the end, and the second that passes with the first"


def test_a_code_that_the_open_service_takes_comes_to_no_locker() -> None:
    room = BagRoom().in_service()
    taken, passed_on = Onlooking(takes=True), Onlooking()
    code = Scanned("screen", "stolen", room.mono_s())

    goes(room, taken, code, services=None)
    assert room.retrievals.shown() == ()

    room = BagRoom().in_service()
    goes(room, passed_on, code, services=None)

    assert taken.read == passed_on.read == ["stolen"]
    assert [shown.sentence for shown in room.retrievals.shown()] == ["tag.refused"]


def test_without_a_screen_and_without_a_book_the_lockers_go_on() -> None:
    room = BagRoom().in_service()

    goes(room, Nobody(), FormGiven("screen", "rating", {"mark": "5"}), Scanned("screen", "x", 0.0), services=None)

    assert [shown.sentence for shown in room.retrievals.shown()] == ["tag.refused"]
    assert room.desk.done
