"""A bag-storage desk on a real ledger, its latches without springs, for measuring from the scan to the coil."""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.desks.lockers.bag_desk import BagDesk
from kiosk.desks.lockers.deposits import Deposits
from kiosk.desks.lockers.messages import Message, StopAsked
from kiosk.desks.lockers.retrievals import Retrievals
from kiosk.desks.lockers.staff import Staff
from kiosk.desks.lockers.tag_check import TagCheck
from kiosk.desks.lockers.tag_reader import TagReader
from kiosk.hw.clock import SystemClock
from kiosk.hw.lock_bank import OneCoilBank
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.reserve import Reserve
from kiosk.ledger.schema import GUARDS
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import TagPages
from kiosk.ports.lockers import BankReport, DoorRead, Entry, Reading, Scanned
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.retrieval import RetrievalTimes
from kiosk.rules.lockers.tags import Plaque, TagKey
from kiosk.units import LockerId
from tests.ledger.shop import by_hand, fresh_ledger, unguarded

SHANGHAI = ZoneInfo("Asia/Shanghai")
PULSE_S = 0.02

_COUNT = "WITH RECURSIVE past(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM past WHERE n < {count})"
_DEPOSITS = (
    "INSERT INTO deposit (n, locker, number, generation, began, stored, kept, over, outcome, by, tag) "
    "{past} SELECT n, 1 + n % 128, 1 + n % 128, 1, "
    "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 1700000000 + n * 60, 'unixepoch'), NULL, NULL, "
    "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 1700003600 + n * 60, 'unixepoch'), 'fetched', '', 'plaque' FROM past"
)
_AUDIT = (
    "INSERT INTO audit (n, at, actor, action, subject, details, record, record_n, record_sha256, prev, hash) "
    "{past} SELECT n, strftime('%Y-%m-%dT%H:%M:%f000+00:00', 1700003600 + n * 60, 'unixepoch'), 'tag', 'ends', "
    "'deposit ' || n, '{{\"outcome\":\"fetched\"}}', 'deposit', n, printf('%064x', n), printf('%064x', n), "
    "printf('%064x', n + 1) FROM past"
)


@dataclass
class InstantLatches:
    """Implements lock_bank.Latches. given: told the moment that a coil has current, monotonic seconds."""

    lockers: tuple[LockerId, ...]
    post: Callable[[BankReport], None]
    given: Callable[[LockerId, float], None]

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        self.given(locker, time.monotonic())
        begun()
        self.post(DoorRead(locker, Reading.OPEN, time.monotonic()))
        stop.wait(PULSE_S)

    def report(self) -> None:
        for locker in self.lockers:
            self.post(DoorRead(locker, Reading.CLOSED, time.monotonic()))

    def close(self) -> None:
        pass


def ledger_with(path: Path, past_deposits: int) -> Ledger:
    """A ledger of a store that has had so many deposits, each with its line of the audit."""
    fresh_ledger(path).close()
    if past_deposits:
        past = _COUNT.format(count=past_deposits)
        by_hand(
            unguarded(path),
            "BEGIN",
            _DEPOSITS.format(past=past),
            _AUDIT.format(past=past),
            f"UPDATE audit_head SET lines = {past_deposits}, hash = printf('%064x', {past_deposits + 1})",
            "COMMIT",
            *GUARDS.values(),
        )
    return Ledger(path)


class BagStore:
    """Lockers with a bag in each, and a desk on a thread of its own."""

    def __init__(self, path: Path, lockers: int, past_deposits: int) -> None:
        self.ledger = ledger_with(path, past_deposits)
        self.clock = SystemClock(SHANGHAI)
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.coils: queue.SimpleQueue[tuple[LockerId, float]] = queue.SimpleQueue()
        key = TagKey(1, secrets.token_bytes(32))
        pages = TagPages(lambda: self.ledger, lambda: (key,))
        book = LedgerLockers(lambda: self.ledger, SHANGHAI, Reserve(lambda: self.ledger))
        ids = tuple(LockerId(n) for n in range(1, lockers + 1))
        now = self.clock.now() - timedelta(hours=1)
        self.tags = {id: pages.issue_plaque(Plaque(int(id), 1), "bao", now) for id in ids}
        self._fill(book, ids, now)
        latches = InstantLatches(ids, self.inbox.put, lambda id, at_s: self.coils.put((id, at_s)))
        self.bank = OneCoilBank([latches], post=self.inbox.put, mono_s=self.clock.mono_s)
        check = TagCheck(pages, lambda: (key,), lambda alarm, entrance: None)
        deposits = Deposits()
        reader = TagReader(check, pages, lambda number: self.desk.cabinet.numbered(number))
        self.desk: BagDesk = BagDesk(
            self.clock,
            self.bank,
            book,
            dict.fromkeys(ids, Size.SMALL),
            (Staff(), deposits, Retrievals(reader, deposits, RetrievalTimes(grace_s=0.0))),
        )
        self.desk.begin()
        self.thread = threading.Thread(target=self._live, daemon=True)
        self.thread.start()

    @staticmethod
    def _fill(book: LedgerLockers, ids: tuple[LockerId, ...], now: datetime) -> None:
        first = book.next_deposit()
        full = [
            Locker(id, Size.SMALL, int(id), 1, Assignment.OCCUPIED, Door.CLOSED, now, first + n)
            for n, id in enumerate(ids)
        ]
        lies = [Deposit(each.deposit, each.id, each.number, 1, now, now, now) for each in full]
        book.write(Entry(now, tuple(full), tuple(lies)))

    def scan(self, id: LockerId) -> float:
        """How many seconds from the scan to the coil."""
        begun_s = time.monotonic()
        self.inbox.put(Scanned("reader", self.tags[id], begun_s))
        opened, at_s = self.coils.get(timeout=10)
        assert opened == id
        return at_s - begun_s

    def shut(self, id: LockerId) -> None:
        """The bag is out, the door closed."""
        self.inbox.put(DoorRead(id, Reading.CLOSED, time.monotonic()))

    def _live(self) -> None:
        while not self.desk.done:
            self.desk.handle(self.inbox.get())

    def close(self) -> None:
        self.inbox.put(StopAsked("the bench is over"))
        self.thread.join()
        self.bank.close()
        self.ledger.close()


@contextmanager
def bag_store(path: Path, lockers: int, past_deposits: int = 0) -> Iterator[BagStore]:
    store = BagStore(path, lockers, past_deposits)
    try:
        yield store
    finally:
        store.close()
