"""The bag-storage desk: it opens the right door for the right person, and tells staff of every door it is unsure of.

One thread calls it: messages in, orders to the bank out. It never waits; `next_wake` says when it wants to be called
even if nothing happens.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.desks.lockers.attendant import Attendant, Desk
from kiosk.desks.lockers.cabinet import HELD_OPEN_S, Cabinet
from kiosk.desks.lockers.messages import Fault, Happened, Mended, Message, StopAsked
from kiosk.desks.lockers.notes import DESK
from kiosk.ports.clock import Clock
from kiosk.ports.lockers import BoardReport, DoorRead, Energised, Entry, LockBank, LockerBook, Note, NotPulsed, Pulsed
from kiosk.ports.staff_view import Warned
from kiosk.rules.lockers.locker import Size
from kiosk.rules.lockers.pulses import USUAL, PulseChoices
from kiosk.units import LockerId

log = logging.getLogger(__name__)

MOST_WARNINGS = 500  # a large bank has hundreds of doors to warn of; each warning stands in the log as well


@dataclass(slots=True)
class BagDesk:
    """The desk. plan: the lockers that are wired, each with its size. Attendants are asked in their order."""

    clock: Clock
    bank: LockBank
    book: LockerBook
    plan: Mapping[LockerId, Size]
    attendants: Sequence[Attendant] = ()
    choices: PulseChoices = USUAL
    held_open_s: float = HELD_OPEN_S
    cabinet: Cabinet = field(init=False)
    done: bool = False
    _warnings: dict[str, Warned] = field(default_factory=dict)  # by what is told, oldest first

    def __post_init__(self) -> None:
        self.cabinet = Cabinet(
            self.bank, self.book, self.clock, self.warn, self.withdraw, self.choices, self.held_open_s
        )
        desk = Desk(
            self.clock, self.cabinet, self._wall, self._deal_with, self.warn, self.withdraw, self.happened, self.seen,
            lambda: self.warned, self.recall,
        )  # fmt: skip
        for attendant in self.attendants:
            attendant.join(desk)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What staff should know, oldest first."""
        return tuple(self._warnings)

    @property
    def warned(self) -> tuple[Warned, ...]:
        """The same, with since when."""
        return tuple(self._warnings.values())

    def warn(self, text: str) -> None:
        """Tell staff, once, until it is withdrawn."""
        self._tell(Warned(text, self.clock.now()))

    def happened(self, text: str) -> None:
        """Tell staff of what went wrong once (an export that was refused, say), until somebody has seen to it."""
        self._tell(Warned(text, self.clock.now(), happened=True))

    def seen(self, text: str) -> None:
        """Somebody has seen to what happened; should it happen again, it is told again."""
        if (told := self._warnings.get(text)) is not None and told.happened:
            del self._warnings[text]

    def recall(self, before: tuple[Warned, ...]) -> None:
        """What happened before this role began, and nobody has seen to."""
        self._warnings = {**{one.text: one for one in before}, **self._warnings}

    def withdraw(self, beginning: str) -> None:
        """What is over is not told any more."""
        self._warnings = {text: told for text, told in self._warnings.items() if not text.startswith(beginning)}

    def begin(self) -> None:
        """The role starts: recall the lockers, order nothing open."""
        self.cabinet.begin(self.plan, self.clock.now())

    def handle(self, message: Message) -> None:
        """Take one message, act on it, and do what it has become time for."""
        self._deal_with(message)
        now = self.clock.now()
        self.cabinet.pass_to(now)
        for attendant in self.attendants:
            attendant.pass_to(now)

    def next_wake(self) -> datetime | None:
        """When to be called with Tick at the latest, None for whenever."""
        now = self.clock.now()
        due_s = self.cabinet.next_due_s()
        wakes = [attendant.next_wake(now) for attendant in self.attendants]
        wakes.append(None if due_s is None else self._wall(due_s, now))
        return min((wake for wake in wakes if wake is not None), default=None)

    def _deal_with(self, message: Message) -> None:
        now = self.clock.now()
        match message:
            case DoorRead() | Energised() | Pulsed() | NotPulsed() | BoardReport():
                self.cabinet.hear(message, now)
            case Fault(text):
                self.warn(text)
            case Happened(text):
                self.happened(text)
            case Mended(beginning):
                self.withdraw(beginning)
            case StopAsked(why):
                self.done = True
                self.cabinet.records.keep(Entry(now, notes=(Note(DESK, "ends", "the lockers", {"why": why}),)))
            case _:
                pass  # for an attendant
        for attendant in self.attendants:
            attendant.take(message, now)

    def _tell(self, told: Warned) -> None:
        """What nobody sees to makes room for newer ones."""
        if told.text not in self._warnings:
            log.warning(told.text)
            self._warnings[told.text] = told
            if len(self._warnings) > MOST_WARNINGS:
                del self._warnings[next(iter(self._warnings))]

    def _wall(self, at_s: float, now: datetime) -> datetime:
        return now + timedelta(seconds=at_s - self.clock.mono_s())
