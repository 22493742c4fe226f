"""What the roles ask the ledger again and again is found by an index, however long the store has been open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.page_decisions import LedgerPageDecisions
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.pickups import LedgerPickups
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.queue_calls import LedgerQueueCalls
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import Ledger
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI, TEN

KEY = b"\x01" * 32
TODAY = TEN.date()


def prints(ledger: Ledger) -> LedgerPrintQueue:
    return LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: KEY)


def slips(ledger: Ledger) -> LedgerReturnSlips:
    return LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY, lambda: prints(ledger))


def records(ledger: Ledger) -> LedgerServiceRecords:
    return LedgerServiceRecords(lambda: ledger, SHANGHAI, KEY)


QUESTIONS: dict[str, Callable[[Ledger], object]] = {
    "whether a sheet waits for the printer": lambda book: prints(book).waits("desk"),
    "which sheet is next": lambda book: prints(book).begin("desk", TEN),
    "which sheets were begun at a crash": lambda book: prints(book).lost_sight("desk", TEN, ""),
    "which sheets are not settled": lambda book: prints(book).open_jobs(),
    "which notices hang": lambda book: LedgerNotices(lambda: book, SHANGHAI).hanging(),
    "what is to be aired": lambda book: LedgerAirRequests(lambda: book, SHANGHAI).waiting(),
    "what was decided about pages": lambda book: LedgerPageDecisions(lambda: book, SHANGHAI).waiting(),
    "which pages are open": lambda book: LedgerPages(lambda: book, SHANGHAI).unfinished(),
    "which pages are asked for": lambda book: LedgerPages(lambda: book, SHANGHAI).requested(),
    "which calls nobody has heard": lambda book: LedgerQueueCalls(lambda: book, SHANGHAI).unheard(),
    "which tickets stand": lambda book: LedgerQueue(lambda: book, SHANGHAI).standing(TODAY),
    "which slips are open": lambda book: slips(book).waiting(),
    "which pick-up cards are open": lambda book: LedgerPickups(lambda: book, SHANGHAI).waiting(),
    "which slips came of records": lambda book: slips(book).slips_for((1, 2)),
    "which records are open": lambda book: records(book).waiting([("return", "open")]),
    "which member has a card": lambda book: records(book).that_has("member", "M1"),
    "whose card is not known yet": lambda book: records(book).learn("member", ("issued",), lambda _: "", 50),
    "which calls are open": lambda book: records(book).waiting_of("call"),
    "what is on the air": lambda book: AsRunPages(book, SHANGHAI).adrift(),
    "what was on the air today": lambda book: AsRunPages(book, SHANGHAI).of_day(TODAY),
}


@contextmanager
def planned(ledger: Ledger) -> Iterator[list[str]]:
    """How SQLite goes about each question meanwhile, line by line."""
    plans: list[str] = []

    def explain(connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.startswith("SELECT"):
            cursor = connection.connection.driver_connection.cursor()
            plans.extend(line[3] for line in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))
            cursor.close()

    event.listen(ledger.engine, "before_cursor_execute", explain)
    yield plans
    event.remove(ledger.engine, "before_cursor_execute", explain)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path: Path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    with fresh_ledger(path) as opened:
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_of_every_second_reads_all_that_there_ever_was(ledger: Ledger, question: str) -> None:
    with planned(ledger) as plans:
        QUESTIONS[question](ledger)

    assert plans
    assert [line for line in plans if line.startswith("SCAN") and "USING" not in line] == []
