"""Joins the check of tags to the desk: what a reader read is a tag that counts, or a refusal with a kind sentence.

Whether it opens its locker as that stands, the cabinet decides; here it is only signed, issued and still valid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.desks.lockers.tag_check import TagCheck
from kiosk.errors import DeviceFault
from kiosk.ports.tags import TagBook
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind, TagRefused, TagVerdict
from kiosk.rules.lockers.tags import Plaque, Ticket
from kiosk.rules.lockers.verdicts import Refused, Stored


@dataclass(frozen=True, slots=True)
class TagReader:
    """Implements ports.TagCheck. numbered: the locker that has a number now."""

    check: TagCheck
    book: TagBook
    numbered: Callable[[int], Locker | None]

    def __call__(self, text: str, seat: str, now: datetime) -> TagVerdict:
        try:
            found = self.check.look(text, seat, now, self._whose)
        except DeviceFault as fault:
            return TagRefused(str(fault), "door.staff")
        match found:
            case Refused():
                return TagRefused(found.why, found.advice.value)
            case Plaque(number, generation):
                return ShownTag(TagKind.PLAQUE, number, generation)
            case Ticket(number, deposit):
                locker = self.numbered(number)
                return ShownTag(TagKind.TICKET, number, locker.generation if locker is not None else 0, deposit)

    def _whose(self, number: int) -> Stored | None:
        locker = self.numbered(number)
        if locker is None:
            return None
        return Stored(locker, self.book.ticket_of(locker.deposit) if locker.deposit else None)
