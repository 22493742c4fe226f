"""Latches and door sensors on MCP23017 expanders, sixteen pins each, on an I2C bus of the Pi.

Register by register after the data sheet (DS20001952, IOCON.BANK = 0): a latch must never blip, a chip that lost its
power must be noticed and set up again, and nothing but one latch's bit is ever written. No general library does that.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from kiosk.errors import DeviceFault
from kiosk.hw.lock_doors import Doors
from kiosk.ports.lock_limits import bounded_pulse_s
from kiosk.ports.lockers import BankReport, BoardReport, Reading
from kiosk.sentences import tell
from kiosk.units import LockerId

log = logging.getLogger(__name__)

IODIR, IPOL, GPINTEN, IOCON, GPPU, GPIO, OLAT = 0x00, 0x02, 0x04, 0x0A, 0x0C, 0x12, 0x14
ALL_INPUTS = 0xFFFF

LOOK_S = 0.04
AGAIN_EVERY = 25  # looks: so often a chip that is lost is tried again, about once a second
LOST_AFTER = 3  # failures in a row; one alone is interference
OFF_TRIES, OFF_AGAIN_S = 100, 0.02  # for two seconds nobody else's coil gets current: supplies fail under two


class I2cBus(Protocol):
    """What smbus2.SMBus offers of a bus. Raises OSError."""

    def read_i2c_block_data(self, i2c_addr: int, register: int, length: int) -> list[int]: ...
    def write_i2c_block_data(self, i2c_addr: int, register: int, data: Sequence[int]) -> None: ...
    def close(self) -> None: ...


def open_bus(number: int) -> I2cBus:
    """The bus /dev/i2c-NUMBER. Raises DeviceFault."""
    try:
        from smbus2 import SMBus
    except ImportError as error:
        raise DeviceFault(
            tell("the expanders cannot be used: smbus2 is not installed (run tools/setup on the Pi)")
        ) from error
    try:
        return SMBus(number)
    except OSError as error:
        remedy = tell("switch I2C on with raspi-config, and put the kiosk's user into the group i2c")
        raise DeviceFault(
            tell(
                "/dev/i2c-{number} cannot be opened: {cause} ({remedy})",
                number=number,
                cause=error.strerror or error,
                remedy=remedy,
            )
        ) from error


@dataclass(frozen=True, slots=True)
class Spot:
    """A pin of an expander. address: 0x20 to 0x27. pin: 0 to 7 is A0 to A7, 8 to 15 is B0 to B7."""

    address: int
    pin: int

    @property
    def bit(self) -> int:
        return 1 << self.pin


@dataclass(frozen=True, slots=True)
class ExpanderLock:
    """latch: the spot that switches its coil, active-high. door: that of its contact to ground, None where none is.

    inverted: the contact is open while the door is shut. pulse_s: 0.05 to 2.0, bounded here whatever it says.
    """

    latch: Spot
    door: Spot | None = None
    inverted: bool = False
    pulse_s: float = 0.4


class Expander:
    """One chip. latches: the bits that are outputs; all others are inputs, pulled up. Raises OSError."""

    def __init__(self, bus: I2cBus, address: int, latches: int) -> None:
        self._bus, self._address = bus, address
        self._inputs = ALL_INPUTS & ~latches

    def set_up(self) -> None:
        """Every latch off, then outputs: in this order no coil ever feels a blip."""
        self._write(OLAT, 0)
        self._write(IOCON, 0)
        self._write(IPOL, 0)
        self._write(GPINTEN, 0)
        self._write(GPPU, self._inputs)
        self._write(IODIR, self._inputs)

    def is_set_up(self) -> bool:
        """Whether the chip still knows its settings: one that was without power reads as inputs without pull-ups."""
        return (self._read(IODIR), self._read(GPPU), self._read(IPOL)) == (self._inputs, self._inputs, 0)

    def energise(self, bit: int) -> None:
        """Current for this latch and no other; 0: for none."""
        self._write(OLAT, bit & ~self._inputs)

    def energised(self) -> int:
        """What the chip itself says has current."""
        return self._read(OLAT) & ~self._inputs

    def look(self) -> tuple[int, int, bool]:
        """How every pin stands, which latches have current, and whether the chip still pulls its inputs up.

        One transaction, 1.2 ms at 100 kHz, so that the pins and whether they can be believed are of one moment.
        """
        block = bytes(self._bus.read_i2c_block_data(self._address, GPPU, OLAT + 2 - GPPU))
        pulled, levels, on = (int.from_bytes(block[at - GPPU :][:2], "little") for at in (GPPU, GPIO, OLAT))
        return levels, on & ~self._inputs, pulled == self._inputs

    def release(self) -> None:
        """Everything off, and inputs again."""
        self._write(OLAT, 0)
        self._write(IODIR, ALL_INPUTS)

    def _write(self, register: int, value: int) -> None:
        self._bus.write_i2c_block_data(self._address, register, [value & 0xFF, value >> 8])

    def _read(self, register: int) -> int:
        low, high = self._bus.read_i2c_block_data(self._address, register, 2)
        return low | high << 8


class ExpanderLatches:
    """Implements lock_bank.Latches over all chips of one bus. One more thread reads them every 40 ms.

    bus: becomes this object's to close. number: of the bus, for people. A chip that does not answer is told, tried
    again each second, and set up anew when it is back; it stops nobody from starting. look_s: None leaves it to `look`.
    """

    def __init__(
        self,
        locks: Mapping[LockerId, ExpanderLock],
        *,
        bus: I2cBus,
        number: int,
        post: Callable[[BankReport], None],
        mono_s: Callable[[], float],
        look_s: float | None = LOOK_S,
    ) -> None:
        self._locks = dict(locks)
        self._bus, self._number = bus, number
        self._post, self._mono_s = post, mono_s
        self._doors = Doors(locks)
        self._talking = threading.Lock()  # one transaction at a time, and openings wait for no more than one
        self._closed = threading.Event()
        self._chips = {chip: _Chip(Expander(bus, chip, latches)) for chip, latches in _latches_by_chip(locks).items()}
        self._looks = 0
        for address, chip in self._chips.items():
            self._try(address, chip.expander.set_up)
        self._eye: threading.Thread | None = None
        if look_s is not None:
            self._eye = threading.Thread(target=self._watch, args=(look_s,), name="lock-i2c", daemon=True)
            self._eye.start()

    @property
    def lockers(self) -> tuple[LockerId, ...]:
        return tuple(self._locks)

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        lock = self._locks[locker]
        chip = self._chips[lock.latch.address]
        try:
            with self._talking:
                if not chip.expander.is_set_up():
                    chip.expander.set_up()
            try:
                with self._talking:
                    chip.wanted = lock.latch.bit
                    chip.expander.energise(lock.latch.bit)
                    sure = chip.expander.energised() == lock.latch.bit
                if not sure:
                    raise OSError("it does not do as it is told")
                begun()
                stop.wait(bounded_pulse_s(lock.pulse_s))
            finally:
                self._off(lock.latch.address, stop)
        except OSError as error:
            raise DeviceFault(
                tell(
                    "the latch of locker {locker} got no sure pulse: {name} failed: {said} (see that the door is shut;"
                    " check the expander's supply and its two bus wires)",
                    locker=locker,
                    name=self._name(lock.latch.address),
                    said=_said(error),
                )
            ) from error

    def look(self) -> None:
        """Read every chip once."""
        self._looks += 1
        for address, chip in self._chips.items():
            if not chip.lost or chip.hot or self._looks % AGAIN_EVERY == 0:
                self._look_at(address, chip)

    def report(self) -> None:
        with self._talking:
            told = self._doors.told(self._mono_s())
        for one in told:
            self._post(one)

    def close(self) -> None:
        if self._closed.is_set():
            return
        self._closed.set()
        if self._eye is not None:
            self._eye.join()
        for address, chip in self._chips.items():
            try:
                chip.expander.release()
            except OSError as error:
                log.error("closing %s: %s", self._name(address), _said(error))
        self._bus.close()

    def _watch(self, look_s: float) -> None:
        while not self._closed.wait(look_s):
            self.look()

    def _look_at(self, address: int, chip: _Chip) -> None:
        levels: list[int] = []

        def read() -> None:
            level, on, sound = chip.expander.look()
            if not sound:
                log.warning("%s had lost its settings: was it without power?", self._name(address))
                chip.expander.set_up()
            elif on & ~chip.wanted:
                log.error("%s gave current to a latch by itself; switched off", self._name(address))
                chip.expander.energise(chip.wanted)
            else:
                levels.append(level)

        with self._talking:
            self._try(address, read)
            stamp_s = self._mono_s()
            told = [
                read_door
                for locker, lock in self._locks.items()
                if lock.door is not None and lock.door.address == address and (levels or chip.lost)
                for read_door in self._doors.feed(locker, _reading(lock, levels), stamp_s)
            ]
        for one in told:
            self._post(one)

    def _try(self, address: int, act: Callable[[], None]) -> None:
        """Talk to a chip; tell once that it is lost, and once that it is back and set up."""
        chip = self._chips[address]
        try:
            if chip.lost:
                chip.expander.set_up()
            act()
        except OSError as error:
            chip.failures += 1
            if not chip.lost and (chip.failures >= LOST_AFTER or self._looks == 0):
                chip.lost = True
                remedy = tell("check its supply, its address pins A0 to A2 and its two bus wires")
                self._post(
                    BoardReport(
                        self._name(address),
                        tell("it does not answer: {said} ({remedy})", said=_said(error), remedy=remedy),
                    )
                )
            return
        chip.failures = 0
        if chip.lost:
            chip.lost = chip.hot = False
            self._post(BoardReport(self._name(address)))

    def _off(self, address: int, stop: threading.Event) -> None:
        """A coil that stays on burns: try again and again, and leave the rest to the watching thread."""
        chip = self._chips[address]
        chip.wanted = 0
        for attempt in range(OFF_TRIES):
            try:
                with self._talking:
                    chip.expander.energise(0)
                    if chip.expander.energised() == 0:
                        return
            except OSError as error:
                if not attempt:
                    log.error("switching off %s: %s", self._name(address), _said(error))
            stop.wait(OFF_AGAIN_S)
        if not chip.hot:
            chip.lost = chip.hot = True  # so that it is set up anew, every latch off, as soon as it answers
            remedy = tell("switch the supply of its latches off at once")
            self._post(
                BoardReport(self._name(address), tell("a latch may still have current ({remedy})", remedy=remedy))
            )
        raise OSError("it could not be switched off")

    def _name(self, address: int) -> str:
        return f"expander 0x{address:02x} on I2C bus {self._number}"


class _Chip:
    """A chip and how it fares. wanted: the latch that is to have current. failures: in a row.

    hot: nobody could switch a latch of it off.
    """

    def __init__(self, expander: Expander) -> None:
        self.expander = expander
        self.wanted = 0
        self.failures = 0
        self.lost = False
        self.hot = False


def _latches_by_chip(locks: Mapping[LockerId, ExpanderLock]) -> dict[int, int]:
    addresses: Iterable[int] = (
        spot.address for lock in locks.values() for spot in (lock.latch, lock.door) if spot is not None
    )
    return {
        address: reduce(or_, (lock.latch.bit for lock in locks.values() if lock.latch.address == address), 0)
        for address in dict.fromkeys(addresses)
    }


def _reading(lock: ExpanderLock, levels: list[int]) -> Reading:
    if not levels or lock.door is None:
        return Reading.UNKNOWN
    grounded = not levels[0] & lock.door.bit
    return Reading.CLOSED if grounded is not lock.inverted else Reading.OPEN


def _said(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
