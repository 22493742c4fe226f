"""A bank of lockers as it ages, with a trap that kills the role at any of its steps."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from kiosk.ports.lockers import BankReport, DoorRead, Energised, Entry, LockerBook, NotPulsed, Pulsed, Reading
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Locker
from kiosk.units import LockerId

PULSE_S = 0.4


class Killed(BaseException):
    """SIGKILL, or the power: nothing after this instant is done."""


def die() -> None:
    raise Killed


@dataclass
class Trap:
    """Kills at the `at`-th of the moments before and after each ledger write and each driver call."""

    at: int | None = None
    passed: int = 0
    kill: Callable[[], None] = die

    def spring(self) -> None:
        if self.at is not None:
            self.passed += 1
            if self.passed == self.at:
                self.at = None
                self.kill()


class Latch(Enum):
    GOOD = "good"
    WEAK = "gives way to the second pulse"
    JAMMED = "jammed"
    CUT_OFF = "the driver cannot pulse it"


class Sensor(Enum):
    GOOD = "good"
    FROZEN = "says what it said last"
    DEAD = "says nothing"


@dataclass
class Cell:
    """One locker as it is, whatever the desk believes."""

    latch: Latch = Latch.GOOD
    sensor: Sensor = Sensor.GOOD
    open: bool = False
    bag: str = ""
    plaque: str = ""  # hangs in it
    said: Reading = Reading.CLOSED
    pulses: int = 0


@dataclass
class WornBank:
    """Implements ports.LockBank on cells. heard: what unlocks is told to, beside the coil."""

    cells: dict[LockerId, Cell]
    post: Callable[[BankReport], None]
    mono_s: Callable[[], float]
    trap: Trap
    heard: Callable[[LockerId], None]
    orders: deque[LockerId] = field(default_factory=deque)
    busy: LockerId | None = None
    over_s: float = 0.0

    def unlock(self, locker: LockerId) -> None:
        self.trap.spring()
        self.heard(locker)
        self.orders.append(locker)
        self.trap.spring()

    def drop(self, locker: LockerId) -> None:
        self.orders = deque(order for order in self.orders if order != locker)

    def report(self) -> None:
        for id in self.cells:
            self.tell(id, always=True)

    def close(self) -> None:
        self.orders.clear()

    def due_s(self) -> float | None:
        return self.over_s if self.busy is not None else self.mono_s() if self.orders else None

    def run(self) -> None:
        """What has become due by now."""
        now_s = self.mono_s()
        if self.busy is not None and now_s >= self.over_s:
            self.post(Pulsed(self.busy, now_s))
            self.busy = None
        if self.busy is None and self.orders:
            self._pulse(self.orders.popleft(), now_s)

    def _pulse(self, id: LockerId, now_s: float) -> None:
        cell = self.cells[id]
        if cell.latch is Latch.CUT_OFF:
            self.post(NotPulsed(id, "board 1 does not answer; check its cable"))
            return
        self.busy, self.over_s = id, now_s + PULSE_S
        self.post(Energised(id, now_s))
        cell.pulses += 1
        if cell.latch is Latch.GOOD or (cell.latch is Latch.WEAK and cell.pulses % 2 == 0):
            cell.open = True
            self.tell(id)

    def tell(self, id: LockerId, *, always: bool = False) -> None:
        """What the sensor says, where that is new."""
        cell = self.cells[id]
        reading = Reading.OPEN if cell.open else Reading.CLOSED
        if cell.sensor is Sensor.DEAD:
            reading = Reading.UNKNOWN
        elif cell.sensor is Sensor.FROZEN and cell.said is not Reading.UNKNOWN:
            reading = cell.said
        if always or reading is not cell.said:
            cell.said = reading
            self.post(DoorRead(id, reading, self.mono_s()))


@dataclass
class TrappedBook:
    """Implements ports.LockerBook round another one."""

    book: LockerBook
    trap: Trap
    entries: list[Entry] = field(default_factory=list)

    def lockers(self) -> tuple[Locker, ...]:
        return self.book.lockers()

    def deposits(self) -> tuple[Deposit, ...]:
        return self.book.deposits()

    def next_deposit(self) -> int:
        return self.book.next_deposit()

    def write(self, entry: Entry) -> None:
        self.trap.spring()
        self.book.write(entry)
        self.entries.append(entry)
        self.trap.spring()
