"""A corner of staff mode: one kind of matters, who may do what about them, and how it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.ports.staff_view import Matter
from kiosk.rules.people.person import Person


@dataclass(frozen=True, slots=True)
class Said:
    """What comes of a deed, as a sentence. refused: it was not done."""

    text: str
    refused: bool = False


class Corner(Protocol):
    """The desk's thread only; never waits; each call may raise LedgerFault.

    The keys of its matters are "NAME THING". What is offered is what the store's tables allow; whether it is done is
    decided once more when it is.
    """

    @property
    def name(self) -> str: ...

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """What somebody has to see to, in the order in which it should be."""

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        """One thing with all that there is to see; None where it is gone, or nothing to them."""

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        """Do it, as far as they may."""
