"""What is posted into the inbox for staff mode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ports.staff_view import Warned
from kiosk.rules.front.staff_taps import Room


@dataclass(frozen=True, slots=True)
class ProofAsked:
    """Somebody at a screen says who they are."""

    seat: str
    id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proved:
    """The proof was looked at. turn: which one of that seat. why: it is not right, "" where it is."""

    seat: str
    turn: int
    id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """Staff look at a room, or at one thing in it."""

    seat: str
    room: Room
    about: str = ""


@dataclass(frozen=True, slots=True)
class Did:
    """Staff do something. about: the key of the matter."""

    seat: str
    about: str
    deed: str
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """Staff do something that somebody signs: it is done once the PIN was looked at. id: of whoever signs."""

    seat: str
    about: str
    deed: str
    told: Mapping[str, str]
    id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody of the staff is at a screen any more. why: for the audit."""

    seat: str
    why: str


@dataclass(frozen=True, slots=True)
class RoleHeard:
    """The broadcast role was asked how it does. warned: what it tells. answered: False, nobody was there."""

    at: datetime
    warned: tuple[Warned, ...] = ()
    answered: bool = True


StaffMessage = ProofAsked | Proved | Looked | Did | Signed | Gone | RoleHeard
