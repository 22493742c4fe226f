"""What staff tap at the screen, and what their desk is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk.rules.forms.flow import Answers
from kiosk.rules.forms.form import Form
from kiosk.units import Language


class Room(Enum):
    """Where staff are at the screen; the values are what the desk is told."""

    PROOF = "proof"  # who they are is not proved yet
    MATTERS = "matters"  # what somebody has to see to
    LOCKERS = "lockers"
    COUNT = "count"  # of the tags
    RETURNS = "returns"  # receipts, slips, pick-ups
    BINDER = "binder"
    PEOPLE = "people"
    NEW = "new"  # which record is to be begun


@dataclass(frozen=True, slots=True)
class Knocked:
    """Staff want in: the clock was held, or a badge was read. badge: whose, "" for nobody's."""

    badge: str = ""


@dataclass(frozen=True, slots=True)
class RoomWanted:
    """To a room, and to what is to be looked at in it. about: its key, "" for all of it."""

    room: Room
    about: str = ""


@dataclass(frozen=True, slots=True)
class DeedWanted:
    """Something is to be done. asks: what has to be said first. signs: somebody signs it by a PIN, whom signer names,
    "" for whoever says who they are."""

    about: str
    deed: str
    asks: Form | None = None
    signs: bool = False
    signer: str = ""


@dataclass(frozen=True, slots=True)
class ListenWanted:
    """Words are to be said beside the screen, as the loudspeakers would say them."""

    words: str
    language: Language


@dataclass(frozen=True, slots=True)
class QuietWanted:
    """Enough was heard."""


@dataclass(frozen=True, slots=True)
class ProofGiven:
    """Somebody says who they are, and their PIN."""

    id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffLooked:
    """Staff look at this: all of a room, or one thing in it."""

    room: Room
    about: str


@dataclass(frozen=True, slots=True)
class StaffDid:
    """Staff do something. told: what they said about it."""

    about: str
    deed: str
    told: Answers = ()


@dataclass(frozen=True, slots=True)
class StaffSigned:
    """Staff do something, and somebody signs it."""

    about: str
    deed: str
    told: Answers
    id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffGone:
    """Staff leave, or nobody touches the screen any more."""

    why: str = "leaves"


StaffOrder = ProofGiven | StaffLooked | StaffDid | StaffSigned | StaffGone
StaffTap = Knocked | RoomWanted | DeedWanted | ListenWanted | QuietWanted | StaffGone
