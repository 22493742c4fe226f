"""Lockers on a bench: pins, expanders and boards that are worked by hand, each with real springs and latches."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import xor
from typing import Any, Protocol

from gpiozero import GPIOZeroError
from gpiozero.pins.mock import MockFactory, MockPin

from kiosk.hw.lock_bank import Latches
from kiosk.hw.lock_expander import ALL_INPUTS, GPIO, GPPU, IODIR, OLAT, ExpanderLatches, ExpanderLock, Spot
from kiosk.hw.lock_gpio import PinLatches, PinLock
from kiosk.hw.lock_line import Board, BoardLine, Pace, Port
from kiosk.ports.lock_limits import BoardKind
from kiosk.ports.lockers import BankReport
from kiosk.units import LockerId

PULSE_S = 0.05
BOARD_PULSE_S = 0.02  # what a board's own pulse lasts here: less than the kiosk believes, for its thread may run late
BRISK = Pace(every_s=0.02, answer_s=0.12, opening_s=0.4, silent_every_s=0.05, again_s=0.05)
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


class BoardRig:
    """Lock boards at the other end of a pty, after their makers' sheets; the lockers of each address, from lock 1 on.

    orders: every order to open that came, as (address, lock). asked: questions to each board. think_s: before it
    answers. paced: bytes take their time on the wire, as at this baud.
    """

    def __init__(
        self,
        lockers: Mapping[int, Sequence[LockerId]],
        coils: Coils,
        *,
        kind: BoardKind = BoardKind.KERONG,
        think_s: float = 0.0,
        paced: int = 0,
    ) -> None:
        self.kind, self.coils, self.think_s, self._paced = kind, coils, think_s, paced
        self.on = {address: tuple(on_it) for address, on_it in lockers.items()}
        self.lockers = tuple(locker for on_it in self.on.values() for locker in on_it)
        self.board = "board 1"
        self.orders: list[tuple[int, int]] = []
        self.asked = dict.fromkeys(self.on, 0)
        self.mute: set[int] = set()
        self.silent_to_orders = False
        self.echo = False  # the adapter hears what the kiosk sends
        self.line: list[tuple[str, int]] = []  # every order that made sense: ("ask" or "open", address)
        self.noise = b""  # sent before every answer
        self.garble = 0  # so many answers have a wrong byte
        self.strange: list[bytes] = []  # what no board understands
        self._open: set[LockerId] = set()
        self._jammed: set[LockerId] = set()
        self._master, slave = os.openpty()
        self.device = os.ttyname(slave)
        self._slave = slave  # held, so that the line survives a driver that closes it
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="board-rig", daemon=True)
        self._thread.start()

    def boards(self) -> tuple[Board, ...]:
        return tuple(
            Board(f"board {address}", address, {locker: at + 1 for at, locker in enumerate(on_it)}, pulse_s=PULSE_S)
            for address, on_it in self.on.items()
        )

    def latches(self, post: Post, pace: Pace = BRISK) -> BoardLine:
        port = Port(self.device, self.kind, 115200)
        return BoardLine(port, self.boards(), post=post, mono_s=time.monotonic, pace=pace)

    def push_shut(self, locker: LockerId) -> None:
        self._open.discard(locker)

    def force_open(self, locker: LockerId) -> None:
        self._open.add(locker)

    def jam(self, locker: LockerId) -> None:
        self._jammed.add(locker)

    def silence(self) -> None:
        self.mute.add(1)

    def answer_again(self) -> None:
        self.mute.discard(1)

    def say(self, data: bytes) -> None:
        """The line carries this towards the kiosk."""
        os.write(self._master, data)

    def close(self) -> None:
        self._ends.set()
        self._thread.join()
        os.close(self._master)
        os.close(self._slave)

    def _run(self) -> None:
        held = b""
        while not self._ends.is_set():
            ready, _, _ = select.select([self._master], [], [], 0.002)
            if not ready:
                continue
            data = os.read(self._master, 4096)
            self._pass(len(data))
            held += data
            while (length := self._order_length(held)) and len(held) >= length:
                self._obey(held[:length])
                held = held[length:]

    def _order_length(self, held: bytes) -> int:
        return held[1] if self.kind is BoardKind.WINNSEN and len(held) > 1 else 5 if held else 0

    def _obey(self, order: bytes) -> None:
        """KERONG: lock in the low nibble. 8A and Winnsen: lock in a byte of its own."""
        if self.echo:
            self.say(order)
        match self.kind, list(order):
            case BoardKind.GENERIC_8A, [0x80, address, 0x00, 0x33, _] if reduce(xor, order) == 0:
                self._tell_doors(address)
            case BoardKind.GENERIC_8A, [0x8A, address, lock, 0x11, _] if reduce(xor, order) == 0:
                self._open_lock(address, lock)
            case BoardKind.KERONG, [0x02, place, 0x30, 0x03, _] if sum(order[:-1]) & 0xFF == order[-1]:
                self._tell_doors(place >> 4)
            case BoardKind.KERONG, [0x02, place, 0x31, 0x03, _] if sum(order[:-1]) & 0xFF == order[-1]:
                self._open_lock(place >> 4, (place & 0x0F) + 1)
            case BoardKind.WINNSEN, [0x90, 0x07, 0x02, address, 0xFF, 0xFF, 0x03]:
                self._tell_doors(address)
            case BoardKind.WINNSEN, [0x90, 0x06, 0x05, address, lock, 0x03]:
                self._open_lock(address, lock)
            case _:
                self.strange.append(order)

    def _tell_doors(self, address: int) -> None:
        self.line.append(("ask", address))
        if address not in self.on or address in self.mute:
            return
        self.asked[address] += 1
        shut = reduce(
            lambda bits, at: bits | (self.on[address][at] not in self._open) << at, range(len(self.on[address])), 0
        )
        match self.kind:
            case BoardKind.GENERIC_8A:
                head = bytes((0x80, address)) + shut.to_bytes(2, "big") + b"\x33"
                self._answer(head + bytes([reduce(xor, head)]))
            case BoardKind.KERONG:
                head = bytes((0x02, address << 4, 0x35)) + shut.to_bytes(2, "little") + b"\x00\x00\x03"
                self._answer(head + bytes([sum(head) & 0xFF]))
            case BoardKind.WINNSEN:
                self._answer(bytes((0x90, 0x07, 0x82, address)) + (shut ^ 0xFFFF).to_bytes(2, "little") + b"\x03")

    def _open_lock(self, address: int, lock: int) -> None:
        self.line.append(("open", address))
        self.orders.append((address, lock))
        if address not in self.on or address in self.mute or not 1 <= lock <= len(self.on[address]):
            return
        locker = self.on[address][lock - 1]
        self.coils.energise(locker, BOARD_PULSE_S)
        if locker not in self._jammed:
            self._open.add(locker)
        if self.silent_to_orders:
            return
        shut = locker not in self._open
        match self.kind:
            case BoardKind.GENERIC_8A:
                self._ends.wait(PULSE_S)  # it answers when its pulse is over
                head = bytes((0x8A, address, lock, 0x11 if shut else 0x00))
                self._answer(head + bytes([reduce(xor, head)]))
            case BoardKind.KERONG:
                self._tell_doors(address)
            case BoardKind.WINNSEN:
                self._answer(bytes((0x90, 0x07, 0x85, address, lock, 0 if shut else 1, 0x03)))

    def _answer(self, data: bytes) -> None:
        self._ends.wait(self.think_s) if self.think_s else None
        if self.garble:
            self.garble -= 1
            data = data[:-1] + bytes([data[-1] ^ 0x55])
        self._pass(len(data))
        self.say(self.noise + data)

    def _pass(self, count: int) -> None:
        if self._paced:
            self._ends.wait(count * 10 / self._paced)
