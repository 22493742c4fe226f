"""The clerk of what is counted: tells staff what is low, missing, damaged or still to be settled (S11, S14, S16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.desks.service.clerk import Said
from kiosk.ports.bag_day import ForWhom, Notice, NoticeBoard
from kiosk.ports.service import RecordBook
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Service

Reports = Callable[[tuple[Record, ...], datetime], tuple[tuple[str, str], ...]]  # about what, and a sentence or ""


@dataclass(slots=True)
class CountingClerk:
    """Implements Clerk. reports: what the service's records come to, by what it is about; "" takes a notice down.

    Asked after each record, and once a day.
    """

    counted: Service
    book: RecordBook
    notices: NoticeBoard
    reports: Reports
    _asked: date | None = None

    @property
    def service(self) -> str:
        return self.counted.id

    def objects(self, record: Record, now: datetime) -> Said | None:
        """The service's own rule has looked at the others."""
        return None

    def entered(self, record: Record, now: datetime) -> None:
        self._report(now)

    def done(self, record: Record, done: Done, now: datetime) -> None:
        """What is counted is counted once."""

    def said(self, record: Record, now: datetime) -> Said:
        return Said(self.counted.sentence(record))

    def facts(self, now: datetime) -> tuple[object, ...]:
        return ()

    def pass_to(self, now: datetime) -> None:
        if self._asked != now.date():
            self._report(now)
            self._asked = now.date()

    def _report(self, now: datetime) -> None:
        hanging = {notice.key: notice.text for notice in self.notices.hanging()}
        for about, text in self.reports(self.book.since(self.service, now - self.counted.sees), now):
            key = f"{self.service}: {about}"
            if text and hanging.get(key) != text:
                self.notices.put(Notice(key, ForWhom.MANAGER, text, now))
            elif not text and key in hanging:
                self.notices.take_down(key, now)
