"""What a scanned or typed text turned out to be: a tag of this store that still counts, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class TagKind(Enum):
    """What the shopper holds; the values are what the ledger says."""

    PLAQUE = "plaque"  # the permanent tag with the locker's number
    TICKET = "ticket"  # a printed slip for one deposit


@dataclass(frozen=True, slots=True)
class ShownTag:
    """A tag that is this store's, unforged, still issued and of today, as far as it tells by itself.

    number, generation: what it says; whether they are a locker's as things stand, the retrieval decides. deposit: of a
    ticket, the deposit that it was printed for; 0 for a plaque.
    """

    kind: TagKind
    number: int
    generation: int
    deposit: int = 0


@dataclass(frozen=True, slots=True)
class TagRefused:
    """It opens nothing. why: for the log, never shown. sentence: the key of what the shopper is told."""

    why: str
    sentence: str = "tag.refused"


TagVerdict = ShownTag | TagRefused
