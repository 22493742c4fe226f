"""Joining the [[lockers.bank]] tables to their drivers: one bank, with one coil at a time over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from kiosk.config.wired_banks import BoardBank, ExpanderBank, LockBankChoices, PinBank
from kiosk.errors import DeviceFault
from kiosk.hw.lock_bank import REST_S, Latches, LostLatches, OneCoilBank
from kiosk.hw.lock_expander import ExpanderLatches, ExpanderLock, I2cBus, Spot, open_bus
from kiosk.hw.lock_gpio import NAME, PinLatches, PinLock
from kiosk.hw.lock_line import Board, BoardLine, Port
from kiosk.hw.pins import open_pins
from kiosk.ports.lockers import BankReport, LockBank
from kiosk.units import LockerId


@dataclass(frozen=True, slots=True)
class Wires:
    """How the drivers get at the machine. post: an inbox. chip: of /dev/gpiochip*, None: the Pi knows.

    pins, bus: open the pins of a chip and an I2C bus; they raise DeviceFault.
    """

    post: Callable[[BankReport], None]
    mono_s: Callable[[], float]
    chip: int | None = None
    pins: Callable[[int | None], Any] = open_pins
    bus: Callable[[int], I2cBus] = open_bus


@contextmanager
def lock_bank(banks: Sequence[LockBankChoices], wires: Wires, *, rest_s: float = REST_S) -> Iterator[LockBank]:
    """The store's wired bank, every coil off at the start and at the end.

    A driver that cannot start is told by a BoardReport, and its lockers' orders by NotPulsed: the others work. Entering
    and leaving at once switches every coil off that a killed process may have left on (the unit's ExecStopPost).
    """
    with ExitStack() as factories:
        yield factories.enter_context(closing(_bank(banks, wires, rest_s, factories)))


def _bank(banks: Sequence[LockBankChoices], wires: Wires, rest_s: float, factories: ExitStack) -> OneCoilBank:
    with ExitStack() as begun:
        parts: list[Latches] = []
        for part in _parts(banks, wires, factories):
            begun.callback(part.close)
            parts.append(part)
        bank = OneCoilBank(parts, post=wires.post, mono_s=wires.mono_s, rest_s=rest_s)
        begun.pop_all()
    return bank


def _parts(banks: Sequence[LockBankChoices], wires: Wires, factories: ExitStack) -> Iterator[Latches]:
    """All pins are one driver, as are all expanders of a bus and all boards of a port."""
    pins = [bank for bank in banks if isinstance(bank, PinBank)]
    if pins:
        locks = {locker: lock for bank in pins for locker, lock in _pin_locks(bank)}
        yield _or_lost(NAME, locks, wires, partial(_pin_latches, locks, wires, factories))
    expanders = [bank for bank in banks if isinstance(bank, ExpanderBank)]
    for number in dict.fromkeys(bank.bus for bank in expanders):
        on_bus = {locker: lock for bank in expanders if bank.bus == number for locker, lock in _expander_locks(bank)}
        yield _or_lost(f"I2C bus {number}", on_bus, wires, partial(_expander_latches, on_bus, number, wires))
    boards = [bank for bank in banks if isinstance(bank, BoardBank)]
    for device in dict.fromkeys(bank.port for bank in boards):
        at_port = [bank for bank in boards if bank.port == device]
        port = Port(device, at_port[0].kind, at_port[0].baud, at_port[0].echo)
        yield BoardLine(port, [_board(bank) for bank in at_port], post=wires.post, mono_s=wires.mono_s)


def _or_lost(name: str, lockers: Iterable[LockerId], wires: Wires, begin: Callable[[], Latches]) -> Latches:
    try:
        return begin()
    except DeviceFault as fault:
        return LostLatches(name, lockers, str(fault), post=wires.post, mono_s=wires.mono_s)


def _pin_latches(locks: Mapping[LockerId, PinLock], wires: Wires, factories: ExitStack) -> Latches:
    factory = factories.enter_context(closing(wires.pins(wires.chip)))
    return PinLatches(locks, factory=factory, post=wires.post, mono_s=wires.mono_s)


def _expander_latches(locks: Mapping[LockerId, ExpanderLock], number: int, wires: Wires) -> Latches:
    return ExpanderLatches(locks, bus=wires.bus(number), number=number, post=wires.post, mono_s=wires.mono_s)


def _pin_locks(bank: PinBank) -> Iterator[tuple[LockerId, PinLock]]:
    for locker, (latch, door) in bank.locks.items():
        yield locker, PinLock(latch, door, bank.inverted, bank.pulse_s)


def _expander_locks(bank: ExpanderBank) -> Iterator[tuple[LockerId, ExpanderLock]]:
    for locker, (latch, door) in bank.locks.items():
        spot = None if door is None else Spot(bank.door_address, door)
        yield locker, ExpanderLock(Spot(bank.address, latch), spot, bank.inverted, bank.pulse_s)


def _board(bank: BoardBank) -> Board:
    return Board(bank.name, bank.address, bank.locks, bank.channels, bank.inverted, bank.pulse_s)
