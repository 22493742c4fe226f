"""What people do in the lost-tag procedure, one plain value for each deed, and the answer where it is not done."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.rules.lockers.identity import Document

COPIES = 2  # of the slip: one for the cash office, one for the shopper


@dataclass(frozen=True, slots=True)
class Describe:
    """The shopper says what is inside, before anybody of the store has seen the deposit's note."""

    what: str


@dataclass(frozen=True, slots=True)
class SeeNote:
    """The deposit's note is shown beside the description."""


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody has compared them. fits: it is the shopper's. why: what differs."""

    fits: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Identify:
    """The document was seen. copied: a copy of it is kept with the slip."""

    name: str
    address: str
    document: Document
    copied: bool


@dataclass(frozen=True, slots=True)
class TakeFee:
    """The fee was taken; the ledger gives the taking its number when it keeps it. Hundredths of a yuan."""

    received_fen: int


@dataclass(frozen=True, slots=True)
class Sign:
    """The slip was printed and signed by the shopper and by whoever took the money."""

    copies: int = COPIES


@dataclass(frozen=True, slots=True)
class Approve:
    """The supervisor lets the door be opened once; whoever does it has proven it with a PIN."""


@dataclass(frozen=True, slots=True)
class OrderOpen:
    """The door is about to be ordered open: written down before it is, so that it happens once at most."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The things are the shopper's again. kept: where the remaining tag of the pair is kept, "" where there is none."""

    kept: str = ""


@dataclass(frozen=True, slots=True)
class HoldBack:
    """What is inside is not what was described."""

    why: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The shopper gave up. tag_found: or holds the tag again, and showed it: it counts as before."""

    why: str
    tag_found: bool = False


@dataclass(frozen=True, slots=True)
class FileAway:
    """Slip, copy and money went to the cash office. official: its receipt, or what became of a fee given back."""

    official: str


Deed = (
    Describe
    | SeeNote
    | Match
    | Identify
    | TakeFee
    | Sign
    | Approve
    | OrderOpen
    | HandOver
    | HoldBack
    | Withdraw
    | FileAway
)


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be done now. why: a sentence for staff, without personal data."""

    why: str
