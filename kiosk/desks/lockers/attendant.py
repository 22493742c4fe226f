"""Who works at the bag-storage desk: each attendant minds one thing, deposits or the evening census, say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.desks.lockers.cabinet import Cabinet
from kiosk.desks.lockers.messages import Message
from kiosk.ports.clock import Clock
from kiosk.ports.staff_view import Warned


@dataclass(frozen=True, slots=True)
class Desk:
    """What an attendant finds at the desk. All of it belongs to the desk's thread.

    cabinet: the lockers; nothing else opens a door or writes how a locker stands. wall: the wall time of a moment of
    the monotonic clock. handle: deal with a message now, as if it had come in. warn: tell staff, once, until
    `withdraw` takes back what begins so. happened: tell them of what is over, until somebody has seen to it, which
    `seen` says by its text. warned: all that is told. recall: tells what happened before the role began.
    """

    clock: Clock
    cabinet: Cabinet
    wall: Callable[[float, datetime], datetime]
    handle: Callable[[Message], None]
    warn: Callable[[str], None]
    withdraw: Callable[[str], None]
    happened: Callable[[str], None]
    seen: Callable[[str], None]
    warned: Callable[[], tuple[Warned, ...]]
    recall: Callable[[tuple[Warned, ...]], None]


class Attendant(Protocol):
    """Called by the desk's thread only; never waits."""

    def join(self, desk: Desk) -> None:
        """Work begins: once, before anything else."""

    def take(self, message: Message, now: datetime) -> None:
        """Look at a message, after the cabinet has dealt with it; most concern somebody else."""

    def pass_to(self, now: datetime) -> None:
        """Time passed, or something happened: called after every message, with the lockers as they stand then."""

    def next_wake(self, now: datetime) -> datetime | None:
        """When `pass_to` has something to do at the latest, None for whenever."""
