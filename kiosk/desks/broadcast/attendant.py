"""Who works at the broadcast desk beside the line: each attendant minds one thing, the panel or the microphone, say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.desks.broadcast.counter import Counter
from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.journal import Journal
from kiosk.desks.broadcast.line import Line
from kiosk.desks.broadcast.messages import Message
from kiosk.ports.clock import Clock
from kiosk.ports.staff_view import Warned
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.panel import Lamp


@dataclass(frozen=True, slots=True)
class Desk:
    """What an attendant finds at the desk. All of it belongs to the desk's thread.

    wall: the wall time of a moment of the monotonic clock. handle: deal with a message now, as if it had come in.
    warn: tell the people at the desk, once. happened: the same, of what is over; they can see to it. is_open: the
    broadcast hours. day: the business day, None while unknown. withdraw: a warning that begins so is over. seen:
    somebody has seen to what happened, by its mark. lamps: what the lamp of a button says that airs no script, by its
    id; whoever minds the button keeps it. warned: all that is told. recall: shows what happened before the role began.
    """

    clock: Clock
    line: Line
    journal: Journal
    equipment: Equipment
    counter: Counter
    wall: Callable[[float, datetime], datetime]
    handle: Callable[[Message], None]
    warn: Callable[[str], None]
    is_open: Callable[[datetime], bool]
    day: Callable[[], BusinessDay | None]
    withdraw: Callable[[str], None]
    happened: Callable[[str], None]
    seen: Callable[[str], None]
    warned: Callable[[], tuple[Warned, ...]]
    recall: Callable[[tuple[Warned, ...]], None]
    lamps: dict[str, Lamp] = field(default_factory=dict)


class Attendant(Protocol):
    """Called by the desk's thread only; never waits."""

    def join(self, desk: Desk) -> None:
        """Work begins: once, before anything else."""

    def take(self, message: Message, now: datetime) -> None:
        """Look at a message, after the line has dealt with it; most concern somebody else."""

    def pass_to(self, now: datetime) -> None:
        """Time passed, or something happened: called after every message, with the air as it stands then."""

    def next_wake(self, now: datetime) -> datetime | None:
        """When `pass_to` has something to do at the latest, None for whenever."""
