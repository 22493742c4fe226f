from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from gpiozero.pins.mock import MockFactory

from kiosk.app.lock_banks import Wires, lock_bank
from kiosk.config.lock_banks import BoardBank, ExpanderBank, LockBankChoices, PinBank
from kiosk.errors import DeviceFault
from kiosk.ports.lock_limits import BoardKind
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, NotPulsed, Pulsed, Reading
from kiosk.units import LockerId
from tests.audio.waiting import eventually
from tests.hw.board_rig import BoardRig
from tests.hw.lock_rigs import Coils, FakeI2cBus

PATIENCE_S = 10.0


class Machine:
    """The pins and the I2C bus of a Pi that is not there."""

    def __init__(self, pins: bool = True) -> None:
        self.reports: list[BankReport] = []
        self.factory = MockFactory(revision="a02082")
        self.bus = FakeI2cBus([0x20])
        self._pins = pins

    def wires(self) -> Wires:
        return Wires(self.reports.append, time.monotonic, 4, self._open_pins, lambda number: self.bus)

    def over(self, count: int) -> list[BankReport]:
        def ends() -> list[BankReport]:
            return [report for report in list(self.reports) if isinstance(report, Pulsed | NotPulsed)]

        eventually(lambda: len(ends()) >= count, within_s=PATIENCE_S, what=f"{count} orders over: {self.reports}")
        return ends()

    def _open_pins(self, chip: int | None) -> Any:
        if not self._pins:
            raise DeviceFault(f"/dev/gpiochip{chip} cannot be opened: No such file (name another chip)")
        return self.factory


def banks(device: str) -> tuple[LockBankChoices, ...]:
    return (
        PinBank({LockerId(1): (17, None)}, False, 0.05),
        ExpanderBank(1, 0x20, 0x20, {LockerId(2): (0, 8)}, False, 0.05),
        BoardBank("left", device, BoardKind.KERONG, 19200, 1, 16, {LockerId(3): 1}, False, 0.05, False),
    )


def test_a_store_with_every_kind_of_wire_has_one_bank() -> None:
    coils = Coils()
    rig = BoardRig({1: [LockerId(3)]}, coils)
    machine = Machine()

    with lock_bank(banks(rig.device), machine.wires()) as bank:
        for locker in (3, 1, 2):
            bank.unlock(LockerId(locker))
        ends = machine.over(3)

    rig.close()
    assert [(type(end), end.locker) for end in ends if isinstance(end, Pulsed)] == [
        (Pulsed, 3),
        (Pulsed, 1),
        (Pulsed, 2),
    ]
    assert coils.given == [3]
    assert machine.bus.closed


def test_pins_that_cannot_be_used_are_told_and_the_other_lockers_open(tmp_path: Path) -> None:
    machine = Machine(pins=False)

    with lock_bank(banks(str(tmp_path / "ttyNONE"))[:2], machine.wires()) as bank:
        bank.unlock(LockerId(1))
        bank.unlock(LockerId(2))
        refused, opened = machine.over(2)
        bank.report()

    assert BoardReport("pins", "/dev/gpiochip4 cannot be opened: No such file (name another chip)") in machine.reports
    assert isinstance(refused, NotPulsed)
    assert refused.why.startswith("locker 1 cannot be opened: /dev/gpiochip4")
    assert isinstance(opened, Pulsed)
    assert any(
        one.locker == 1 and one.reading is Reading.UNKNOWN for one in machine.reports if isinstance(one, DoorRead)
    )


def test_a_bank_with_a_locker_too_many_is_refused_and_leaves_nothing_taken() -> None:
    machine = Machine()
    twice = (*banks("/dev/null")[:2], ExpanderBank(1, 0x20, 0x20, {LockerId(1): (1, None)}, False, 0.05))

    with pytest.raises(DeviceFault, match="locker 1 has two latches"), lock_bank(twice, machine.wires()):
        pass

    assert machine.bus.closed
    assert machine.factory.pin(17).function == "input"


def test_a_board_with_a_lock_that_opens_all_is_refused_and_leaves_nothing_taken() -> None:
    machine = Machine()
    all_at_once = BoardBank(
        "left", "/dev/null", BoardKind.GENERIC_8A, 9600, 1, 16, {LockerId(3): 0}, False, 0.05, False
    )

    wired = lock_bank((*banks("/dev/null")[:2], all_at_once), machine.wires())
    with pytest.raises(DeviceFault, match="lock 0 of board 1"), wired:
        pass

    assert machine.bus.closed
    assert machine.factory.pin(17).function == "input"


CHILD = """
import sys, time
from kiosk.hw.lock_bank import OneCoilBank
from kiosk.hw.lock_gpio import PinLatches, PinLock
from tests.hw.lock_rigs import LatchFactory

def switched(pin, on):
    print("on" if on else "off", flush=True)

def tell(report):
    pass

factory = LatchFactory(switched)
latches = PinLatches({1: PinLock(17, pulse_s=2.0)}, factory=factory, post=tell, mono_s=time.monotonic)
bank = OneCoilBank([latches], post=tell, mono_s=time.monotonic)
bank.unlock(1)
sys.stdin.readline()  # nobody closes the bank
if sys.argv[1] == "raises":
    raise RuntimeError("the desk fell over")
"""


@pytest.mark.parametrize("ends", ["terminated", "raises", "leaves"])
def test_however_the_process_ends_in_the_middle_of_a_pulse_the_coil_is_off(ends: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, ends], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    told = []
    while "on" not in told:
        told.append(child.stdout.readline().strip())

    if ends == "terminated":
        child.terminate()
    else:
        child.stdin.write("go\n")
        child.stdin.flush()
    told += child.stdout.read().split()
    child.wait(timeout=PATIENCE_S)

    child.stdin.close()
    child.stdout.close()
    assert [word for word in told if word in ("on", "off")][-1] == "off"
