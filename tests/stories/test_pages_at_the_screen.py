"""A shopper has somebody called from the touchscreen; both desks in virtual time (B11, B12, B18, B20, S18)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from kiosk.desks.broadcast.messages import PageStep
from kiosk.desks.service.messages import AnswerRead, FormGiven, TakeBackAsked
from kiosk.desks.service.page import Manner, PageClerk
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.errors import LedgerFault
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ledger.page_requests import Standing
from kiosk.rules.broadcast.page_watch import Event, Origin, Page, Stage, after
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.rules.service.page import SERVICE
from kiosk.units import LANGUAGES
from tests.stories.paging import decides, open_shop, shown, stage
from tests.stories.shop import Shop

__all__ = ["open_shop"]

MANNER = Manner(LANGUAGES, {LANGUAGES[0]: "一楼东门", LANGUAGES[2]: "the east entrance"})
FRIEND = {"whom": "friend", "name": "王小明", "title": "mr", "caller": "李娜"}


@dataclass
class Ledger:
    """Implements Requests over the pages that the broadcast desk minds: the table that both roles meet in."""

    shop: Shop
    away: bool = False

    def ask(self, request: PageRequest, now: datetime, *, caller: str = "", number: str = "", by: str = "front") -> int:
        self._there()
        return self.shop.book.enter(Page(request, now, Origin.FRONT, by, now, caller=caller, number=number))

    def state(self, n: int) -> Standing | None:
        self._there()
        page = self.shop.book.pages.get(n)
        return None if page is None else Standing(page.stage, page.why, page.since)

    def withdraw(self, n: int, now: datetime) -> bool:
        self._there()
        page = self.shop.book.pages[n]
        return self.shop.book.keep(after(page, Event.WITHDRAWN, now), was=Stage.REQUESTED)

    def _there(self) -> None:
        if self.away:
            raise LedgerFault("the ledger is away")


@dataclass
class Screen:
    """The service desk of the front role, beside the broadcast. Implements Clock."""

    shop: Shop
    manner: Manner = MANNER
    warnings: list[str] = field(default_factory=list)
    book: MemoryServiceRecords = field(default_factory=MemoryServiceRecords)
    desk: ServiceDesk = field(init=False)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.shop)
        clerk = PageClerk(self.ledger, self.manner)
        self.desk = ServiceDesk(self, self.book, by_id((SERVICE,)), self.warnings.append, {SERVICE.id: clerk})

    def now(self) -> datetime:
        return self.shop.now

    def mono_s(self) -> float:
        return 0.0

    def asks(self, **answers: str) -> str:
        self.desk.handle(FormGiven("screen", "page", answers))
        return self.says()

    def says(self) -> str:
        self.desk.pass_to(self.shop.now)
        said = self.desk.said("screen")
        return "" if said is None else said[1].sentence

    def passes(self, seconds: float) -> str:
        self.shop.passes(seconds)
        return self.says()

    def until(self, sentence: str, within_s: int = 900) -> None:
        for _ in range(within_s):
            if self.passes(1.0) == sentence:
                return
        raise AssertionError(f"{self.says()}, not {sentence}")


@pytest.mark.rule("B11")
@pytest.mark.rule("B18")
@pytest.mark.rule("B20")
def test_the_screen_follows_the_page_from_the_asking_to_the_answer(open_shop: Shop) -> None:
    screen = Screen(open_shop)

    assert screen.asks(**FRIEND) == "page.requested"
    asked = open_shop.book.pages[1]
    assert asked.request == PageRequest(Whom.GUEST, Title.MR, "王小明", Reason.FRIEND, "一楼东门", LANGUAGES[0])
    assert asked.caller == "李娜"
    screen.passes(5)
    decides(open_shop, PageStep.APPROVE)
    assert screen.passes(2) == "page.waiting"
    screen.until("page.on-air")
    screen.until("page.called")
    assert shown(open_shop) == ()
    screen.passes(30)
    decides(open_shop, PageStep.REACHED)

    assert screen.passes(2) == "page.reached"
    assert screen.passes(2) == "page.reached"
    screen.desk.handle(AnswerRead("screen"))
    assert screen.says() == ""


@pytest.mark.rule("B20")
@pytest.mark.rule("S18")
def test_two_minutes_without_an_answer_become_a_message_slip_with_the_callers_name(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.asks(**FRIEND)
    screen.passes(2)
    decides(open_shop, PageStep.APPROVE)

    screen.until("page.called")
    screen.until("page.slip", 130)

    slip = open_shop.book.pages[1].slip
    assert slip is not None
    assert slip.who == "李娜"


@pytest.mark.rule("B12")
@pytest.mark.parametrize(
    ("answers", "sentence", "form"),
    [
        ({"whom": "staff", "name": "王经理", "title": "mr"}, "page.by-name-mended", "本公司王先生"),
        ({"whom": "friend", "name": "采购部", "title": "mr"}, "page.by-name", "来宾×××先生"),
        ({"whom": "friend", "name": "王8", "title": "ms"}, "page.wrong-name", ""),
        ({"whom": "driver", "plate": "no plate"}, "page.wrong-plate", ""),
    ],
)
def test_a_title_a_department_and_nonsense_are_never_sent(
    open_shop: Shop, answers: dict[str, str], sentence: str, form: str
) -> None:
    screen = Screen(open_shop)

    assert screen.asks(**answers) == sentence

    said = screen.desk.said("screen")
    assert said is not None
    assert form in dict(said[1].values).get("form", "")
    assert open_shop.book.pages == {}
    assert screen.book.records == {}


@pytest.mark.rule("B11")
def test_a_driver_is_called_by_the_plate_and_staff_by_name(open_shop: Shop) -> None:
    screen = Screen(open_shop)

    screen.asks(whom="driver", plate="京A·12345")
    screen.asks(whom="staff", name="李娜", title="ms")

    driver, staff = (open_shop.book.pages[n].request for n in (1, 2))
    assert (driver.reason, driver.plate, driver.place) == (Reason.VEHICLE, "京A·12345", "")
    assert (staff.whom, staff.title, staff.name, staff.place) == (Whom.STAFF, Title.MS, "李娜", "一楼东门")


def test_a_name_in_letters_is_called_in_english_where_the_store_speaks_it(open_shop: Shop) -> None:
    english, chinese = Screen(open_shop), Screen(open_shop, Manner())

    english.asks(whom="friend", name="John Miller", title="mr")
    chinese.asks(whom="friend", name="John Miller", title="mr")

    first, second = (open_shop.book.pages[n].request for n in (1, 2))
    assert (first.language, first.place) == (LANGUAGES[2], "the east entrance")
    assert (second.language, second.place) == (LANGUAGES[0], "")


@pytest.mark.rule("B18")
def test_what_an_announcer_declines_is_told_in_the_announcers_words(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.asks(**FRIEND)
    screen.passes(2)

    decides(open_shop, PageStep.DECLINE, why="请到总服务台")

    assert screen.passes(2) == "page.declined-why"
    assert stage(open_shop) is Stage.DECLINED


@pytest.mark.rule("B18")
def test_what_nobody_looked_at_in_time_is_told_kindly(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.asks(**FRIEND)

    screen.until("page.declined", 700)


def test_a_shopper_takes_it_back_in_time_and_nobody_is_called(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.asks(**FRIEND)

    screen.desk.handle(TakeBackAsked("screen"))

    assert screen.says() == "page.withdrawn"
    assert stage(open_shop) is Stage.WITHDRAWN


def test_taken_back_too_late_it_goes_on_and_the_screen_says_so(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.asks(**FRIEND)
    screen.passes(2)
    decides(open_shop, PageStep.APPROVE)

    screen.desk.handle(TakeBackAsked("screen"))

    assert screen.says() == "page.waiting"


def test_a_shopper_may_walk_away_and_the_page_goes_on(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.asks(**FRIEND)
    screen.desk.handle(AnswerRead("screen"))

    screen.desk.handle(TakeBackAsked("screen"))  # nothing is shown any more: nothing is taken back

    assert stage(open_shop) is Stage.REQUESTED
    assert screen.passes(2) == ""
    assert screen.desk.facts() == ()


def test_an_hour_later_nobody_follows_it_any_more(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.asks(**FRIEND)

    assert screen.passes(3700) == "page.gone"
    screen.desk.handle(TakeBackAsked("screen"))
    assert screen.says() == "page.gone"


def test_a_ledger_that_is_away_sends_the_shopper_to_a_person(open_shop: Shop) -> None:
    screen = Screen(open_shop)
    screen.ledger.away = True
    assert screen.asks(**FRIEND) == "service.later"

    screen.ledger.away = False
    assert screen.asks(**FRIEND) == "page.requested"
    screen.ledger.away = True
    screen.desk.handle(TakeBackAsked("screen"))

    assert screen.passes(2) == "page.requested"
    assert any("taken back" in warning for warning in screen.warnings)
    assert stage(open_shop) is Stage.REQUESTED


def test_the_form_asks_only_what_the_call_needs() -> None:
    asked = {
        whom: [page.id for page in SERVICE.form.pages({"whom": whom})] for whom in ("friend", "driver", "staff", "")
    }

    assert asked["friend"] == asked["staff"] == ["whom", "name", "title", "caller"]
    assert asked["driver"] == ["whom", "plate"]
    assert asked[""] == ["whom"]


@pytest.mark.rule("S20")
def test_a_name_is_not_kept_at_the_service_desk_longer_than_needed() -> None:
    assert SERVICE.keep_days == 1
