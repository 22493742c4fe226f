"""What a book of pages keeps, whether it is the ledger or the memory that tests and renderings use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger.memory_pages import MemoryPages
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.store import Ledger
from kiosk.ports.broadcast import PageBook
from kiosk.rules.broadcast.page_watch import Event, Origin, Page, Stage, after
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import LANGUAGES, ZoneId
from tests.ledger.shop import by_hand, fresh_ledger

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 11, 23, 10, 0, 0, 250_000, tzinfo=SHANGHAI)
REQUEST = PageRequest(
    Whom.GUEST, Title.MS, "李娜", Reason.VEHICLE, "B1停车场", LANGUAGES[1], "京A·12345", (ZoneId("hall"),), 3
)
PAGE = Page(REQUEST, TEN, Origin.DESK, "anna", TEN, Stage.WAITING, "王小明", "13800138000")


def later(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture(params=["memory", "ledger"])
def book(request: pytest.FixtureRequest, ledger: Ledger) -> PageBook:
    return MemoryPages() if request.param == "memory" else LedgerPages(lambda: ledger, SHANGHAI)


def said(page: Page) -> Page:
    return after(after(page, Event.BEGAN, later(20)), Event.SAID, later(40))


def test_a_page_is_kept_word_for_word_and_numbered(book: PageBook) -> None:
    first, second = book.enter(PAGE), book.enter(replace(PAGE, request=replace(REQUEST, reason=None, zones=())))

    one, two = book.unfinished()

    assert (first, second) == (1, 2)
    assert one == replace(PAGE, n=1)
    assert (two.request.reason, two.request.zones) == (None, ())


def test_a_change_is_kept_only_where_the_page_is_as_it_was(book: PageBook) -> None:
    page = replace(PAGE, n=book.enter(PAGE))
    called = said(page)

    assert book.keep(called, was=Stage.WAITING)
    assert not book.keep(after(page, Event.DECLINED, later(50)), was=Stage.WAITING)

    assert tuple(book.unfinished()) == (called,)


@pytest.mark.rule("S18")
def test_a_slip_is_written_with_its_page_and_stays_as_it_was_written(book: PageBook) -> None:
    page = replace(PAGE, n=book.enter(PAGE))
    slip = after(said(page), Event.PASSED, later(160))
    assert book.keep(slip, was=Stage.WAITING)
    assert slip.slip is not None

    other = replace(slip, slip=replace(slip.slip, what="something else"), questions=9)
    assert book.keep(other, was=Stage.SLIP)

    (found,) = book.unfinished()
    assert (found.slip, found.questions) == (slip.slip, 9)


def test_a_page_that_is_over_is_not_open_any_more_and_stays_over(book: PageBook) -> None:
    page = replace(PAGE, n=book.enter(PAGE))
    reached = after(page, Event.ANSWERED, later(5))
    book.keep(reached, was=Stage.WAITING)

    assert tuple(book.unfinished()) == ()
    with pytest.raises(LedgerFault):
        book.keep(replace(page, stage=Stage.CALLED), was=Stage.REACHED)


@pytest.mark.rule("B18")
def test_only_what_the_front_role_asks_for_is_looked_for(book: PageBook) -> None:
    asked = replace(PAGE, origin=Origin.FRONT, stage=Stage.REQUESTED)
    n = book.enter(asked)
    book.enter(replace(PAGE, stage=Stage.REQUESTED))
    book.enter(PAGE)
    assert tuple(book.requested()) == (replace(asked, n=n),)

    book.keep(replace(asked, n=n, stage=Stage.WAITING), was=Stage.REQUESTED)

    assert tuple(book.requested()) == ()


def test_names_go_once_it_is_over_for_long_enough_and_the_rest_stays(book: PageBook) -> None:
    old, new, still = (replace(PAGE, n=book.enter(PAGE)) for _ in range(3))
    slip = after(said(old), Event.PASSED, later(160))
    book.keep(slip, was=Stage.WAITING)
    book.keep(after(slip, Event.DELIVERED, later(200)), was=Stage.SLIP)
    book.keep(after(new, Event.ANSWERED, later(500)), was=Stage.WAITING)

    assert book.forget(later(300)) == 1
    assert book.forget(later(300)) == 0

    assert tuple(book.unfinished()) == (still,)
    assert book.forget(later(600)) == 1


def test_forgotten_names_are_not_left_in_the_file(ledger: Ledger) -> None:
    book = LedgerPages(lambda: ledger, SHANGHAI)
    page = replace(PAGE, n=book.enter(PAGE))
    slip = after(said(page), Event.PASSED, later(160))
    book.keep(slip, was=Stage.WAITING)
    book.keep(after(slip, Event.DELIVERED, later(200)), was=Stage.SLIP)

    book.forget(later(300))

    (kept,) = book.since(TEN)
    assert (kept.stage, kept.request.name, kept.caller, kept.operator) == (Stage.DELIVERED, "", "", "anna")
    assert kept.slip is not None
    assert kept.slip.for_whom == ""
    ledger.close()
    files = list(ledger.path.parent.iterdir())
    for secret in ("李娜", "王小明", "13800138000", "12345"):
        assert not any(secret.encode() in file.read_bytes() for file in files), secret


def test_a_row_that_makes_no_sense_is_told_by_its_number(ledger: Ledger) -> None:
    book = LedgerPages(lambda: ledger, SHANGHAI)
    book.enter(PAGE)
    by_hand(ledger.path, "UPDATE page SET whom = 'boss'")

    with pytest.raises(LedgerFault, match="page 1 makes no sense"):
        book.unfinished()
