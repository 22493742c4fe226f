"""A corner of staff mode: one kind of matters, who may do what about them, and how it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from kiosk.ports.staff_view import Matter, Offered
from kiosk.rules.people.person import Person


@dataclass(frozen=True, slots=True)
class Said:
    """What comes of a deed, as a sentence. refused: it was not done. opens: the key of what is shown then, "" for what
    was."""

    text: str
    refused: bool = False
    opens: str = ""


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


@runtime_checkable
class Signs(Protocol):
    """A corner some of whose deeds somebody signs, beside whoever is there."""

    def sign(self, thing: str, deed: str, told: Mapping[str, str], who: Person, signer: Person, now: datetime) -> Said:
        """Do it, as far as both may. signer: has proved who they are, for this alone; may be who is there."""


@runtime_checkable
class SeesLooks(Protocol):
    """A corner that has to know who opened what."""

    def looked(self, thing: str, who: Person, now: datetime) -> None:
        """Somebody opened it: it is looked up, and what is personal in it was seen (S20)."""


@runtime_checkable
class TakesUp(Protocol):
    """A corner in which something can be taken up that is not there yet, beside the records of services."""

    def taken_up(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        """What they may take up; each says what it is about."""


class RoomCorner(Corner, Protocol):
    """A corner with a room of its own."""

    def sees(self, who: Person, now: datetime) -> bool:
        """Whether the room is theirs."""

    def shelf(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """All that it has in hand."""

    def begins(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        """What can be begun there; about "NAME desk"."""
