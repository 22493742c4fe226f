"""What a shopper may hold: the plaque of a locker, the ticket of a deposit, and what stands for them (L01)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

LAST_NUMBER = 9999
LAST_GENERATION = 999
LAST_DEPOSIT = 999_999_999
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class TagKey:
    """A key of the store. id: 0 to 9, what a tag says of it. until: older keys are accepted until then; None: for good.

    The secret is shown nowhere: a key in a log would be a key that everybody has.
    """

    id: int
    secret: bytes = field(repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plaque:
    """The permanent tag that hangs at a locker. number: the locker's, 1 to 9999. generation: 1 to 999."""

    number: int
    generation: int

    def __str__(self) -> str:
        return f"plaque {self.number} generation {self.generation}"


@dataclass(frozen=True, slots=True)
class Ticket:
    """The printed slip of one deposit. number: the locker's. deposit: the ledger's, 1 to 999,999,999."""

    number: int
    deposit: int

    def __str__(self) -> str:
        return f"ticket of deposit {self.deposit} in {self.number}"


@dataclass(frozen=True, slots=True)
class Typed:
    """The short code of a ticket, by its marks under the keys that are accepted: the code itself is kept nowhere."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """An RFID chip, by the marks of its number under the keys that are accepted."""

    marks: tuple[str, ...]


Tag = Plaque | Ticket | Typed | Chip


Printed = Plaque | Ticket
"""What is signed and has a page in the ledger."""
