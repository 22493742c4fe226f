"""What the service desk's book keeps, whether it is the ledger or the memory that tests use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import Ledger
from kiosk.ports.service import Beside, RecordBook
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Others, Refused
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.rules.service.services import TEN, begun

KEY = b"k" * 32
HOUR = timedelta(hours=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture(params=["memory", "ledger"])
def book(request: pytest.FixtureRequest, ledger: Ledger) -> RecordBook:
    if request.param == "memory":
        return MemoryServiceRecords()
    return LedgerServiceRecords(lambda: ledger, SHANGHAI, KEY)


def entered(book: RecordBook, record: Record, *, over: bool = False, beside: Beside | None = None) -> Record:
    kept = book.enter(record, over=over, beside=beside)
    assert isinstance(kept, Record)
    return kept


def moved(record: Record, deed: str = "take", *, stage: str = "taken", at: datetime = TEN, **told: str) -> Record:
    return replace(record, stage=stage, since=at, history=(*record.history, Done(at, "wang", deed, told)))


def test_a_record_comes_back_word_for_word_with_the_next_number_of_its_service(book: RecordBook) -> None:
    first, second = entered(book, begun()), entered(book, begun(phone="李"))
    other = entered(book, replace(begun(), service="rating", answers={}, due=None), over=True)

    assert (first.number, second.number, other.number) == (1, 2, 1)
    assert book.record("repair", 2) == replace(begun(phone="李"), number=2)
    assert book.record("rating", 1) == other
    assert book.record("repair", 3) is None
    assert book.waiting() == (first, second)


def test_what_was_done_comes_back_in_order(book: RecordBook) -> None:
    record = entered(book, begun())
    taken = replace(moved(record), owner="wang", due=TEN + HOUR)
    noted = moved(taken, "note", at=TEN + HOUR, why="烧坏了")
    assert book.keep(taken, was=record, over=False)
    assert book.keep(noted, was=taken, over=False)

    assert book.record("repair", 1) == noted


def test_of_two_hands_at_one_record_the_second_is_told_that_it_has_changed(book: RecordBook) -> None:
    record = entered(book, begun())

    assert book.keep(moved(record), was=record, over=False)
    assert not book.keep(moved(record, "decide", stage="closed"), was=record, over=True)
    assert not book.keep(moved(replace(record, number=9)), was=replace(record, number=9), over=False)

    kept = book.record("repair", 1)
    assert kept is not None
    assert [one.deed for one in kept.history] == ["take"]


def test_what_is_at_rest_waits_for_nobody_but_its_own_service(book: RecordBook) -> None:
    at_rest, asked = entered(book, begun()), entered(book, begun(phone="李"))
    rests = moved(at_rest, stage="mended")
    assert book.keep(rests, was=at_rest, over=False)
    other = entered(book, replace(begun(), service="rating", stage="mended", answers={}, due=None))

    assert book.waiting([("repair", "mended"), ("toy", "open")]) == (asked, other)
    assert book.waiting() == book.waiting([]) == (rests, asked, other)
    assert book.waiting_of("repair") == (rests, asked)
    assert book.waiting_of("toy") == ()


def test_what_is_over_waits_no_more(book: RecordBook) -> None:
    record = entered(book, begun())
    assert book.keep(moved(record, "decide", stage="closed"), was=record, over=True)

    assert book.waiting() == book.waiting_of("repair") == ()
    assert [one.number for one in book.since("repair", TEN)] == [1]
    assert book.since("repair", TEN + HOUR) == ()
    assert book.since("rating", TEN) == ()


def test_what_is_over_stays_over(book: RecordBook) -> None:
    record = entered(book, begun())
    closed = moved(record, "decide", stage="closed")
    assert book.keep(closed, was=record, over=True)

    with pytest.raises(LedgerFault):
        book.keep(moved(closed), was=closed, over=False)


def test_a_new_record_is_judged_beside_the_others_of_its_service_that_count(book: RecordBook) -> None:
    shown: list[Others] = []

    def judge(others: Others) -> Refused | None:
        shown.append(others)
        return Refused("the workshop is full", "repair.full") if len(others) == 2 else None

    long_ago = replace(begun(), at=TEN - 3 * HOUR, since=TEN - 3 * HOUR)
    old_over = entered(book, long_ago)
    assert book.keep(moved(old_over, "decide", stage="closed"), was=old_over, over=True)
    old_open = entered(book, long_ago)
    entered(book, replace(begun(), service="rating"))
    beside = Beside(judge, TEN - HOUR)
    new = entered(book, begun(), over=True, beside=beside)

    assert book.enter(begun(), over=False, beside=beside) == Refused("the workshop is full", "repair.full")
    assert shown == [(old_open,), (old_open, new)]
    assert len(book.since("repair", TEN - 9 * HOUR)) == 3


def test_what_may_be_said_once_is_said_once_until_that_is_over(book: RecordBook) -> None:
    beside = Beside(None, TEN, once="receipt 17")
    first = entered(book, begun(), beside=beside)
    assert book.said_once("repair", "receipt 17") == 1
    assert book.said_once("repair", "receipt 18") == book.said_once("repair", "") == 0

    second = book.enter(begun(), over=False, beside=beside)
    assert second == Refused("repair 1 says the same already", "service.twice")
    entered(book, begun(), beside=Beside(None, TEN, once="receipt 18"))
    entered(book, replace(begun(), service="rating"), beside=beside)

    assert book.keep(moved(first, "decide", stage="closed"), was=first, over=True)
    assert entered(book, begun(), beside=beside).number == 3


def test_nothing_said_once_may_be_said_often(book: RecordBook) -> None:
    beside = Beside(None, TEN)

    assert [entered(book, begun(), beside=beside).number for _ in range(3)] == [1, 2, 3]


@pytest.mark.rule("S20")
def test_what_is_personal_is_gone_some_time_after_the_end_and_the_number_stays(book: RecordBook) -> None:
    one, two = entered(book, begun()), entered(book, begun(phone="2"))
    three = entered(book, begun(phone="3"))
    noted = moved(one, "note", stage="closed", why="burnt")
    assert book.keep(noted, was=one, over=True)
    assert book.keep(moved(two, "decide", stage="closed", at=TEN + HOUR), was=two, over=True)

    assert book.purge("rating", TEN + 9 * HOUR) == 0
    assert book.purge("repair", TEN + HOUR) == 1
    assert book.purge("repair", TEN + HOUR) == 0

    gone, stays = book.record("repair", 1), book.record("repair", 2)
    assert gone is not None
    assert stays is not None
    assert (dict(gone.answers), dict(gone.history[0].told)) == ({}, {})
    assert (gone.stage, gone.history[0].deed) == ("closed", "note")
    assert stays.answers["phone"] == "2"
    assert book.waiting() == (three,)


def card(record: Record) -> str:
    return next((one.told["card"] for one in reversed(record.history) if "card" in one.told), "")


@pytest.mark.rule("S20")
def test_a_record_is_found_by_what_it_has_until_that_changes_or_it_is_over(book: RecordBook) -> None:
    record, other = entered(book, begun()), entered(book, begun())
    issued = moved(record, "issue", card="M1")
    assert book.keep(issued, was=record, over=False, has="M1")
    assert book.keep(moved(other), was=other, over=False)

    assert (book.that_has("repair", "M1"), book.that_has("repair", "M2"), book.that_has("rating", "M1")) == (1, 0, 0)
    assert book.that_has("repair", "") == 0
    replaced = moved(issued, "replace", card="M2")
    assert book.keep(replaced, was=issued, over=False, has="M2")
    assert (book.that_has("repair", "M1"), book.that_has("repair", "M2")) == (0, 1)
    assert book.keep(moved(replaced, "leave", stage="closed"), was=replaced, over=True)
    assert book.that_has("repair", "M2") == 0


def test_nothing_is_learnt_of_what_is_known_already(book: RecordBook) -> None:
    record = entered(book, begun())
    entered(book, begun())
    book.keep(moved(record, "issue", card="M1"), was=record, over=False, has="M1")

    assert book.learn("repair", ("taken",), card, 50) == 0
    assert book.that_has("repair", "M1") == 1
