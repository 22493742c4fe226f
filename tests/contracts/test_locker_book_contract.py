"""What a book of lockers keeps, whether it is the ledger or the memory that tests and simulations use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.memory_lockers import MemoryLockers
from kiosk.ledger.store import Ledger
from kiosk.ledger.verify import Broken, Intact, verify
from kiosk.ports.lockers import Entry, LockerBook, Note
from kiosk.rules.lockers.deposit import Deposit, Outcome
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.shown_tag import TagKind
from kiosk.units import LockerId
from tests.ledger.shop import ask, by_hand, fill_disk, free_disk, fresh_ledger

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 11, 23, 10, 0, 0, 250_000, tzinfo=SHANGHAI)
ONE, TWO = (Locker(LockerId(n), Size.LARGE, n, 1, Assignment.FREE, Door.CLOSED, TEN) for n in (1, 2))
LIES = Deposit(1, LockerId(1), 1, 1, TEN)
GIVEN = replace(ONE, assignment=Assignment.RESERVED, door=Door.OPENING, deposit=1)
OPENS = Note("shopper", "opens", "locker 1", {"for": "deposit 1"})


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture(params=["memory", "ledger"])
def book(request: pytest.FixtureRequest, ledger: Ledger) -> LockerBook:
    found = MemoryLockers() if request.param == "memory" else LedgerLockers(lambda: ledger, SHANGHAI)
    found.write(Entry(TEN, (TWO, ONE)))
    return found


def test_a_locker_is_kept_as_it_stands_in_the_order_of_their_positions(book: LockerBook) -> None:
    changed = replace(
        TWO, size=Size.MEDIUM, number=102, generation=4, assignment=Assignment.QUARANTINED, door=Door.FORCED,
        since=TEN + timedelta(days=1), deposit=7, unconfirmed=True, why="标示牌 lost",
    )  # fmt: skip
    book.write(Entry(TEN, (changed,)))

    assert book.lockers() == (ONE, changed)


def test_a_deposit_is_kept_from_the_reservation_to_its_end(book: LockerBook) -> None:
    assert (book.deposits(), book.next_deposit()) == ((), 1)
    ticket = replace(LIES, tag=TagKind.TICKET)
    book.write(Entry(TEN, (GIVEN,), (ticket,), (OPENS,)))
    assert (book.deposits(), book.next_deposit()) == ((ticket,), 2)

    kept = replace(ticket, stored=TEN + timedelta(seconds=9), kept=TEN + timedelta(seconds=12))
    book.write(Entry(TEN, (), (kept,)))
    assert book.deposits() == (kept,)

    over = replace(kept, over=TEN + timedelta(hours=2), outcome=Outcome.HANDED_OUT, by="chen")
    book.write(Entry(TEN, (ONE,), (over,)))
    assert (book.deposits(), book.next_deposit()) == ((), 2)


def test_a_deposit_that_is_over_stays_over(book: LockerBook) -> None:
    over = replace(LIES, over=TEN, outcome=Outcome.FETCHED)
    book.write(Entry(TEN, (), (LIES,)))
    book.write(Entry(TEN, (), (over,)))

    with pytest.raises(LedgerFault):
        book.write(Entry(TEN, (), (LIES,)))


@pytest.mark.parametrize(
    "entry",
    [
        Entry(TEN, (), (replace(LIES, n=2),)),  # it is given away twice
        Entry(TEN, (), (replace(LIES, n=3, locker=LockerId(2)),)),  # a number is missing
        Entry(TEN, (replace(TWO, number=1),)),  # two lockers with one number
    ],
)
def test_what_must_not_be_is_not_written_and_nothing_of_its_step_is(book: LockerBook, entry: Entry) -> None:
    book.write(Entry(TEN, (GIVEN,), (LIES,)))

    with pytest.raises(LedgerFault):
        book.write(replace(entry, lockers=(replace(ONE, why="half"), *entry.lockers)))

    assert book.lockers() == (GIVEN, TWO)
    assert book.deposits() == (LIES,)


# the ledger alone


def test_deposits_go_on_where_a_damaged_ledger_left_off(ledger: Ledger) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    book.write(Entry(TEN, (replace(GIVEN, deposit=57),), (replace(LIES, n=57),)))

    assert book.next_deposit() == 58


def test_a_deposit_of_long_ago_can_be_looked_up(ledger: Ledger) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    over = replace(LIES, over=TEN, outcome=Outcome.FETCHED)
    book.write(Entry(TEN, (ONE,), (LIES,)))
    book.write(Entry(TEN, (), (over,)))

    assert (book.deposit(1), book.deposit(2)) == (over, None)


def test_every_step_and_every_end_is_in_the_audit_chain(ledger: Ledger) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    book.write(Entry(TEN, (GIVEN,), (LIES,), (OPENS,)))
    book.write(Entry(TEN, (ONE,), (replace(LIES, over=TEN, outcome=Outcome.FETCHED),)))

    verdict = verify(ledger)
    assert isinstance(verdict, Intact)
    assert ask(ledger.path, "SELECT actor, action, subject FROM audit") == [
        ("shopper", "opens", "locker 1"),
        ("tag", "ends", "deposit 1"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM locker",
        "DELETE FROM deposit",
        "UPDATE deposit SET outcome = 'given up'",
    ],
)
def test_nobody_rewrites_what_is_over_or_takes_a_locker_away(ledger: Ledger, statement: str) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    book.write(Entry(TEN, (ONE,), (replace(LIES, over=TEN, outcome=Outcome.FETCHED),)))

    with pytest.raises(Exception, match=r"stays|keeps"):
        by_hand(ledger.path, statement)


def test_a_deposit_that_was_changed_by_hand_is_found(ledger: Ledger) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    book.write(Entry(TEN, (ONE,), (replace(LIES, over=TEN, outcome=Outcome.FETCHED),)))
    by_hand(ledger.path, "DROP TRIGGER deposit_over_stays", "UPDATE deposit SET outcome = 'given up'")

    verdict = verify(ledger)

    assert isinstance(verdict, Broken)
    assert "row 1 of deposit" in verdict.detail


def test_a_deposit_that_ended_without_a_line_is_found(ledger: Ledger) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    book.write(Entry(TEN, (ONE,), (LIES,)))
    assert isinstance(verify(ledger), Intact)  # one that lies there needs none

    by_hand(ledger.path, "UPDATE deposit SET over = '2026-11-23T02:00:00.000000+00:00'")

    assert isinstance(verify(ledger), Broken)


@pytest.mark.parametrize("column", ["assignment", "door", "size", "since"])
def test_a_row_that_makes_no_sense_is_told_with_its_remedy(ledger: Ledger, column: str) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    book.write(Entry(TEN, (ONE,)))
    by_hand(ledger.path, f"UPDATE locker SET {column} = 'nonsense'")

    with pytest.raises(LedgerFault, match=r"row 1 of the lockers makes no sense .* restore a backup"):
        book.lockers()


def test_a_full_disk_is_a_fault_and_changes_nothing(ledger: Ledger) -> None:
    book = LedgerLockers(lambda: ledger, SHANGHAI)
    book.write(Entry(TEN, (ONE,)))
    fill_disk(ledger)

    many = tuple(replace(LIES, n=n, over=TEN, outcome=Outcome.FETCHED) for n in range(1, 500))
    with pytest.raises(LedgerFault, match="disk is full"):
        book.write(Entry(TEN, (GIVEN,), many))
    free_disk(ledger)
    assert book.lockers() == (ONE,)

    assert isinstance(verify(ledger), Intact)
