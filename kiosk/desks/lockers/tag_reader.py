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
from kiosk.rules.lockers.tags import Plaque, Printed, TagKey, Ticket
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
            tag = self._printed(text)
        except DeviceFault as fault:
            return TagRefused(str(fault), "door.staff")
        match tag:
            case Plaque(number, generation):
                return ShownTag(TagKind.PLAQUE, number, generation)
            case Ticket(number, deposit):
                locker = self.numbered(number)
                return ShownTag(TagKind.TICKET, number, locker.generation if locker is not None else 0, deposit)
            case None:
                return TagRefused("the keys were changed while it was looked at", SENTENCES[Advice.AGAIN])

    def _printed(self, text: str) -> Printed | None:
        """The tag itself, once it was admitted: a typed code or a chip stands for one. None: not any more."""
        tag = read(text, self.keys())
        if isinstance(tag, Plaque | Ticket):
            return tag
        issued = None if isinstance(tag, Refused) else self.book.issued(tag)
        return None if issued is None else issued.tag

    def _whose(self, number: int) -> Stored | None:
        locker = self.numbered(number)
        return None if locker is None else Stored(locker)
