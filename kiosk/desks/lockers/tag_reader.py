"""Joins the check of tags to the desk: what a reader read is a tag that counts, or a refusal with a kind sentence.

Whether it opens its locker as that stands, the cabinet decides; here it is only signed, issued and still valid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.desks.lockers.tag_check import Asking, TagCheck
from kiosk.errors import DeviceFault
from kiosk.ports.tags import TagBook
from kiosk.rules.lockers.codes import read
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind, TagRefused, TagVerdict
from kiosk.rules.lockers.tags import Plaque, TagKey, Ticket
from kiosk.rules.lockers.verdicts import Advice, Purpose, Refused, Stored

SENTENCES = {Advice.AGAIN: "tag.again", Advice.STAFF: "tag.refused"}


@dataclass(frozen=True, slots=True)
class TagReader:
    """Implements ports.TagCheck. numbered: the locker that has a number now. keys: may raise DeviceFault.

    entrance: where guesses are counted.
    """

    check: TagCheck
    book: TagBook
    keys: Callable[[], tuple[TagKey, ...]]
    numbered: Callable[[int], Locker | None]
    entrance: str = "the lockers"

    def __call__(self, text: str, now: datetime) -> TagVerdict:
        try:
            verdict = self.check.look(text, Asking(self.entrance, Purpose.COUNT, now, now.date()), self._whose)
            if isinstance(verdict, Refused):
                return TagRefused(verdict.reason.value, SENTENCES[verdict.advice])
            tag = read(text, self.keys())
        except DeviceFault as fault:
            return TagRefused(str(fault), "door.staff")
        if not isinstance(tag, Plaque | Ticket | Refused):
            issued = self.book.issued(tag)  # a typed code, or a chip
            tag = None if issued is None else issued.tag
        locker = None if tag is None or isinstance(tag, Refused) else self.numbered(tag.number)
        match tag:
            case Plaque(number, generation) if locker is not None:
                return ShownTag(TagKind.PLAQUE, number, generation)
            case Ticket(number, deposit) if locker is not None:
                return ShownTag(TagKind.TICKET, number, locker.generation, deposit)
            case _:
                return TagRefused("it changed while it was looked at")

    def _whose(self, number: int) -> Stored | None:
        locker = self.numbered(number)
        return None if locker is None else Stored(locker)
