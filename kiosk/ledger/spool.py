"""Keeps the music going while the ledger cannot be written: lines wait in memory and are written in order later."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from kiosk.errors import LedgerFault
from kiosk.ledger.memory import MemoryAsRun
from kiosk.ledger.values import kept_end, kept_start, kept_time, moment_of
from kiosk.ports.broadcast import AsRunLog
from kiosk.rules.broadcast.as_run import AsRun

_log = logging.getLogger(__name__)


class LatePages:
    """An AsRunLog that is opened when it is first used, and again until that works.

    A store that starts on a full or read-only disk keeps its lines in the spool and gets its ledger later.
    """

    def __init__(self, open_pages: Callable[[], AsRunLog]) -> None:
        """open_pages: opens the ledger and returns its pages; raises LedgerFault while it cannot."""
        self._open = open_pages
        self._pages: AsRunLog | None = None

    def started(self, entry: AsRun) -> None:
        self._opened().started(entry)

    def ended(self, entry: AsRun) -> None:
        self._opened().ended(entry)

    def note(self, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]) -> None:
        self._opened().note(at, actor, action, subject, details)

    def of_day(self, day: date) -> Iterable[AsRun]:
        return self._opened().of_day(day)

    def adrift(self) -> Iterable[AsRun]:
        return self._opened().adrift()

    def _opened(self) -> AsRunLog:
        if self._pages is None:
            self._pages = self._open()
        return self._pages


@dataclass(frozen=True, slots=True)
class _Start:
    entry: AsRun

    def write(self, log: AsRunLog) -> None:
        log.started(self.entry)


@dataclass(frozen=True, slots=True)
class _End:
    entry: AsRun

    def write(self, log: AsRunLog) -> None:
        log.ended(self.entry)


@dataclass(frozen=True, slots=True)
class _Note:
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str]

    def write(self, log: AsRunLog) -> None:
        log.note(self.at, self.actor, self.action, self.subject, self.details)


_Line = _Start | _End | _Note


class SpooledAsRun:
    """Implements AsRunLog round another one; its writes never raise. The desk's thread only.

    A write first tries again, in order, what waits; so does `retry`. Where the log cannot be read either, `of_day` and
    `adrift` give what waits.
    """

    def __init__(self, pages: AsRunLog, zone: tzinfo, *, capacity: int = 2000) -> None:
        """capacity: lines kept, about 1 kB each; past that new ones are lost, and the audit says how many.

        zone: on whose clocks waiting lines are given back.
        """
        if capacity < 1:
            raise ValueError(f"capacity is {capacity}: at least one line must fit")
        self._pages = pages
        self._zone = zone
        self._capacity = capacity
        self._lines: deque[_Line] = deque()
        self._fault = ""
        self._no_room = 0
        self._refused = 0
        self._latest: datetime | None = None  # the moment of the line before

    @property
    def waiting(self) -> int:
        """Lines that are in memory only; a power cut would lose them."""
        return len(self._lines)

    @property
    def fault(self) -> str:
        """Why lines wait, with the remedy; "" while the log takes them."""
        return self._fault

    def started(self, entry: AsRun) -> None:
        """An item went on the air: durable when this returns and nothing waits."""
        with self._refusing(f"the start of {entry.key}"):
            entry = kept_start(entry, self._zone)
            self._keep(_Start(entry), moment_of(entry, self._zone))

    def ended(self, entry: AsRun) -> None:
        """The item is over, or never started."""
        with self._refusing(f"the end of {entry.key}"):
            entry = kept_end(entry, self._zone)
            self._keep(_End(entry), moment_of(entry, self._zone))

    def note(self, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]) -> None:
        """Add a line to the audit chain."""
        with self._refusing(f"{action} of {subject}"):
            at = kept_time(at, self._zone)
            self._keep(_Note(at, actor, action, subject, dict(details)), at)

    def of_day(self, day: date) -> tuple[AsRun, ...]:
        """A business day's lines, those that wait included."""
        return self._with_waiting(lambda: self._pages.of_day(day)).of_day(day)

    def adrift(self) -> tuple[AsRun, ...]:
        """Lines still on the air, those that wait included."""
        return self._with_waiting(self._pages.adrift).adrift()

    def retry(self) -> bool:
        """Write what waits, as far as the log takes it; whether nothing waits any more."""
        before = len(self._lines)
        while self._lines:
            if not self._written(self._lines[0]):
                return False
            self._lines.popleft()
        if self._latest is not None and (self._no_room or self._refused):
            lost = {"memory full": str(self._no_room), "refused": str(self._refused)}
            if not self._written(_Note(self._latest, "ledger", "lines lost", "as-run", lost)):
                return False
            self._no_room = self._refused = 0
        if before:
            _log.info("The ledger takes lines again; %d that waited are written", before)
        return True

    def _keep(self, line: _Line, at: datetime) -> None:
        self._latest = self._latest or at
        ready = self.retry()
        self._latest = at
        if ready and self._written(line):
            return
        if len(self._lines) < self._capacity:
            self._lines.append(line)
        else:
            self._no_room += 1

    def _written(self, line: _Line) -> bool:
        """Whether the line is done with: acknowledged, or refused for good."""
        try:
            with self._refusing(str(line)):
                line.write(self._pages)
        except LedgerFault as fault:
            self._ails(fault)
            return False
        self._fault = ""
        return True

    @contextmanager
    def _refusing(self, what: str) -> Iterator[None]:
        # a line that makes no sense would make none later either: it must neither stop the music nor those behind it
        try:
            yield
        except ValueError:
            _log.exception("The ledger refuses %s", what)
            self._refused += 1

    def _with_waiting(self, read: Callable[[], Iterable[AsRun]]) -> MemoryAsRun:
        try:
            written = tuple(read())
        except LedgerFault as fault:
            self._ails(fault)
            written = ()
        log = MemoryAsRun(self._zone, written)
        for line in self._lines:
            with suppress(ValueError):
                line.write(log)
        return log

    def _ails(self, fault: LedgerFault) -> None:
        if not self._fault:
            _log.error("Lines wait in memory: %s", fault)
        self._fault = str(fault)
