"""Lockers on a bench: pins, expanders and boards that are worked by hand, each with real springs and latches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from gpiozero import GPIOZeroError
from gpiozero.pins.mock import MockFactory, MockPin

from kiosk.hw.lock_bank import Latches
from kiosk.hw.lock_expander import ALL_INPUTS, GPIO, GPPU, IODIR, OLAT, ExpanderLatches, ExpanderLock, Spot
from kiosk.hw.lock_gpio import PinLatches, PinLock
from kiosk.ports.lockers import BankReport
from kiosk.units import LockerId

PULSE_S = 0.05
Post = Callable[[BankReport], None]


class Coils:
    """Every coil of the bench: who has current, how often it was given, and how many had it at once."""

    def __init__(self) -> None:
        self.given: list[LockerId] = []
        self.most_at_once = 0
        self._on: dict[LockerId, float] = {}
        self._since_s: dict[LockerId, float] = {}
        self._lock = threading.Lock()

    @property
    def on(self) -> set[LockerId]:
        """Whose coil has current now."""
        now_s = time.monotonic()
        return {locker for locker, until_s in list(self._on.items()) if until_s > now_s}

    def begun_s(self, locker: LockerId) -> float:
        """When its newest pulse began, monotonic seconds."""
        return self._since_s[locker]

    def energise(self, locker: LockerId, for_s: float = float("inf")) -> None:
        """for_s: a board ends it by itself, so much later."""
        with self._lock:
            self._since_s[locker] = time.monotonic()
            self._on[locker] = time.monotonic() + for_s
            self.given.append(locker)
            self.most_at_once = max(self.most_at_once, len(self.on))

    def rest(self, locker: LockerId) -> None:
        with self._lock:
            self._on.pop(locker, None)


class Rig(Protocol):
    """Some lockers on one kind of wire."""

    lockers: tuple[LockerId, ...]
    board: str

    def latches(self, post: Post) -> Latches: ...
    def push_shut(self, locker: LockerId) -> None: ...
    def force_open(self, locker: LockerId) -> None: ...
    def jam(self, locker: LockerId) -> None: ...
    def silence(self) -> None: ...
    def answer_again(self) -> None: ...
    def close(self) -> None: ...


class LatchPin(MockPin):  # type: ignore[misc] # gpiozero has no types
    """A pin that works a coil, and that can break."""

    def __init__(self, factory: LatchFactory, info: Any) -> None:
        super().__init__(factory, info)
        self.broken = ""
        self.stuck = False

    def _set_state(self, value: bool) -> None:
        if self.stuck and not value:
            raise GPIOZeroError("it does not let go")
        super()._set_state(value)
        self.factory.switched(int(self.info.name.removeprefix("GPIO")), bool(value))

    def _get_state(self) -> bool:
        if self.broken:
            raise GPIOZeroError(self.broken)
        return bool(super()._get_state())


class LatchFactory(MockFactory):  # type: ignore[misc] # gpiozero has no types
    """Mock pins that tell when an output is switched."""

    def __init__(self, switched: Callable[[int, bool], None]) -> None:
        super().__init__(revision="a02082", pin_class=LatchPin)
        self.switched = switched


class PinRig:
    """Lockers on gpiozero's mock pins: latches from GPIO 16, doors from GPIO 4."""

    board = "pins"

    def __init__(self, lockers: Sequence[LockerId], coils: Coils) -> None:
        self.lockers = tuple(lockers)
        self.coils = coils
        self.locks = {locker: PinLock(16 + at, 4 + at, pulse_s=PULSE_S) for at, locker in enumerate(self.lockers)}
        self._latch_of = {lock.latch: locker for locker, lock in self.locks.items()}
        self._jammed: set[LockerId] = set()
        self.factory = LatchFactory(self._switched)
        for locker in self.lockers:
            self.door(locker)._set_pull = lambda value: None  # a contact to ground wins over any resistor
            self.door(locker)._pull = "up"
            self.door(locker)._state = False

    def latches(self, post: Post) -> Latches:
        return PinLatches(self.locks, factory=self.factory, post=post, mono_s=time.monotonic, look_s=0.005)

    def door(self, locker: LockerId) -> Any:
        door = self.locks[locker].door
        return self.factory.pin(door)

    def latch(self, locker: LockerId) -> Any:
        return self.factory.pin(self.locks[locker].latch)

    def push_shut(self, locker: LockerId) -> None:
        self.door(locker).drive_low()

    def force_open(self, locker: LockerId) -> None:
        self.door(locker).drive_high()

    def jam(self, locker: LockerId) -> None:
        self._jammed.add(locker)

    def silence(self) -> None:
        for locker in self.lockers:
            self.door(locker).broken = "the wire is off"

    def answer_again(self) -> None:
        for locker in self.lockers:
            self.door(locker).broken = ""

    def close(self) -> None:
        self.factory.close()

    def _switched(self, pin: int, on: bool) -> None:
        locker = self._latch_of.get(pin)
        if locker is None:
            return
        if not on:
            self.coils.rest(locker)
            return
        self.coils.energise(locker)
        if locker not in self._jammed:
            self.force_open(locker)


class FakeI2cBus:
    """An I2C bus with MCP23017 chips on it, register by register. written: (chip, register, value), in order.

    low: the pins of each chip that something pulls to ground.
    """

    def __init__(self, addresses: Sequence[int], switched: Callable[[int, int], None] = lambda chip, on: None) -> None:
        self.registers = {address: self._fresh() for address in addresses}
        self.low = dict.fromkeys(addresses, 0)
        self.written: list[tuple[int, int, int]] = []
        self.away: set[int] = set()
        self.fails_at: list[tuple[int, int]] = []  # (chip, register): the next write there fails
        self.worn: set[tuple[int, int]] = set()  # (chip, register): what is written there changes nothing
        self.closed = False
        self._switched = switched
        self._outputs = dict.fromkeys(addresses, 0)

    def read_i2c_block_data(self, i2c_addr: int, register: int, length: int) -> list[int]:
        self._answers(i2c_addr)
        chip = self.registers[i2c_addr]
        inputs = self.word(i2c_addr, IODIR)
        high = self.word(i2c_addr, GPPU) & ~self.low[i2c_addr]
        levels = inputs & high | ~inputs & self.word(i2c_addr, OLAT)
        chip[GPIO : GPIO + 2] = (levels & ALL_INPUTS).to_bytes(2, "little")
        return list(chip[register : register + length])

    def write_i2c_block_data(self, i2c_addr: int, register: int, data: Sequence[int]) -> None:
        self._answers(i2c_addr)
        if (i2c_addr, register) in self.fails_at:
            self.fails_at.remove((i2c_addr, register))
            raise OSError(121, "Remote I/O error")
        if (i2c_addr, register) in self.worn:
            return
        self.registers[i2c_addr][register : register + len(data)] = bytes(data)
        self.written.append((i2c_addr, register, int.from_bytes(bytes(data), "little")))
        self._turn(i2c_addr)

    def close(self) -> None:
        self.closed = True

    def word(self, address: int, register: int) -> int:
        return int.from_bytes(self.registers[address][register : register + 2], "little")

    def pull_low(self, spot: Spot, low: bool) -> None:
        self.low[spot.address] = self.low[spot.address] & ~spot.bit | (spot.bit if low else 0)

    def unplug(self, address: int) -> None:
        self.away.add(address)

    def plug_in(self, address: int) -> None:
        """It comes back as after power-on: everything an input, nothing pulled up."""
        self.away.discard(address)
        self.registers[address] = self._fresh()
        self._turn(address)

    @staticmethod
    def _fresh() -> bytearray:
        registers = bytearray(0x16)
        registers[IODIR : IODIR + 2] = b"\xff\xff"
        return registers

    def _answers(self, address: int) -> None:
        if self.closed:
            raise OSError(9, "Bad file descriptor")
        if address not in self.registers or address in self.away:
            raise OSError(121, "Remote I/O error")

    def _turn(self, address: int) -> None:
        outputs = ~self.word(address, IODIR) & self.word(address, OLAT) & ALL_INPUTS
        if outputs != self._outputs[address]:
            self._outputs[address] = outputs
            self._switched(address, outputs)


class ExpanderRig:
    """Lockers on one expander: latches from A0, doors from B0."""

    ADDRESS = 0x21
    board = "expander 0x21 on I2C bus 1"

    def __init__(self, lockers: Sequence[LockerId], coils: Coils) -> None:
        self.lockers = tuple(lockers)
        self.coils = coils
        self.locks = {
            locker: ExpanderLock(Spot(self.ADDRESS, at), Spot(self.ADDRESS, 8 + at), pulse_s=PULSE_S)
            for at, locker in enumerate(self.lockers)
        }
        self._jammed: set[LockerId] = set()
        self.bus = FakeI2cBus([self.ADDRESS], self._switched)
        for locker in self.lockers:
            self.push_shut(locker)

    def latches(self, post: Post) -> Latches:
        return ExpanderLatches(self.locks, bus=self.bus, number=1, post=post, mono_s=time.monotonic, look_s=0.005)

    def push_shut(self, locker: LockerId) -> None:
        self._door(locker, low=True)

    def force_open(self, locker: LockerId) -> None:
        self._door(locker, low=False)

    def jam(self, locker: LockerId) -> None:
        self._jammed.add(locker)

    def silence(self) -> None:
        self.bus.unplug(self.ADDRESS)

    def answer_again(self) -> None:
        self.bus.plug_in(self.ADDRESS)

    def close(self) -> None:
        """Nothing but memory."""

    def _door(self, locker: LockerId, *, low: bool) -> None:
        door = self.locks[locker].door
        assert door is not None
        self.bus.pull_low(door, low)

    def _switched(self, _: int, outputs: int) -> None:
        for locker, lock in self.locks.items():
            if not outputs & lock.latch.bit:
                self.coils.rest(locker)
            elif locker not in self.coils.on:
                self.coils.energise(locker)
                if locker not in self._jammed:
                    self.force_open(locker)
