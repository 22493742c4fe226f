"""The clerks for lost and found: compare what is missed with what was found, and tell staff what fits (S09)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.service.clerk import Said
from kiosk.ports.bag_day import ForWhom, Notice, NoticeBoard
from kiosk.ports.service import RecordBook
from kiosk.rules.service.found_thing import SERVICE as FOUND
from kiosk.rules.service.lost import SERVICE as LOST
from kiosk.rules.service.lost_and_found import SURE, Match, matches
from kiosk.rules.service.record import Done, Record
from kiosk.sentences import tell


@dataclass(slots=True)
class LostClerk:
    """Implements Clerk. What is found later is looked up as the shopper may still stand there."""

    book: RecordBook
    notices: NoticeBoard
    service: str = LOST.id
    _told: dict[int, str] = field(default_factory=dict)

    def objects(self, record: Record, now: datetime) -> Said | None:
        """Whatever somebody misses is written down."""
        return None

    def entered(self, record: Record, now: datetime) -> None:
        found = matches(record, self.book.waiting_of(FOUND.id))
        likely = bool(found) and found[0].score >= SURE
        self._told = {record.number: "lost.maybe" if likely else "lost.thanks"}  # one shopper looks at a time
        tell_staff(self.notices, record, found, now)

    def done(self, record: Record, done: Done, now: datetime) -> None:
        if record.stage in LOST.over:
            self.notices.take_down(key_of(record), now, done.by)

    def said(self, record: Record, now: datetime) -> Said:
        return Said(self._told.get(record.number, "lost.thanks"), (("number", str(record.number)),))

    def facts(self, now: datetime) -> tuple[object, ...]:
        return ()

    def pass_to(self, now: datetime) -> None:
        """Nothing goes on by itself."""


@dataclass(slots=True)
class FoundClerk:
    """Implements Clerk. Each thing that is found is compared with what people miss."""

    book: RecordBook
    notices: NoticeBoard
    service: str = FOUND.id

    def objects(self, record: Record, now: datetime) -> Said | None:
        """Whatever was found is kept."""
        return None

    def entered(self, record: Record, now: datetime) -> None:
        for lost in self.book.waiting_of(LOST.id):
            tell_staff(self.notices, lost, matches(lost, (record,)), now)

    def done(self, record: Record, done: Done, now: datetime) -> None:
        """The owner's own record is closed by who hands it out."""

    def said(self, record: Record, now: datetime) -> Said:
        return Said(FOUND.sentence(record))

    def facts(self, now: datetime) -> tuple[object, ...]:
        return ()

    def pass_to(self, now: datetime) -> None:
        """Nothing goes on by itself."""


def tell_staff(notices: NoticeBoard, lost: Record, found: tuple[Match, ...], now: datetime) -> None:
    """Staff learn what may be whose; nothing that is personal."""
    if found:
        these = tuple(tell("{record} ({share} %)", record=FOUND.names(one.found), share=one.score) for one in found[:5])
        text = tell("{lost} may be {these}: compare the descriptions, then call", lost=LOST.names(lost), these=these)
        notices.put(Notice(key_of(lost), ForWhom.STAFF, text, now))


def key_of(lost: Record) -> str:
    """Of the notice about it."""
    return f"found for: {lost.name}"
