from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw.lock_expander import (
    GPPU,
    IODIR,
    OFF_TRIES,
    OLAT,
    ExpanderLatches,
    ExpanderLock,
    Spot,
    open_bus,
)
from kiosk.ports.lock_limits import LONGEST_PULSE_S, SHORTEST_PULSE_S
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, Reading
from kiosk.units import LockerId
from tests.hw.lock_rigs import FakeI2cBus
from tests.hw.test_lock_gpio import Waits

ONE, TWO, THREE = LockerId(1), LockerId(2), LockerId(3)
CHIP, OTHER = 0x20, 0x21
LOCKS = {
    ONE: ExpanderLock(Spot(CHIP, 0), Spot(CHIP, 8)),
    TWO: ExpanderLock(Spot(CHIP, 7), Spot(CHIP, 9), inverted=True),
    THREE: ExpanderLock(Spot(OTHER, 15), Spot(CHIP, 10)),  # its contact is on the first chip
}
LATCHES = {CHIP: 0b1000_0001, OTHER: 1 << 15}
NAME = "expander 0x20 on I2C bus 1"


class Bench:
    """Three lockers on two expanders; nobody looks but the test."""

    def __init__(self, locks: Mapping[LockerId, ExpanderLock] = LOCKS, away: tuple[int, ...] = ()) -> None:
        self.currents: list[tuple[int, int]] = []
        self.reports: list[BankReport] = []
        self.stop = Waits()
        self.bus = FakeI2cBus([CHIP, OTHER], lambda chip, on: self.currents.append((chip, on)))
        for chip in away:
            self.bus.unplug(chip)
        for lock in locks.values():
            if lock.door is not None:
                self.bus.pull_low(lock.door, True)
        self.latches = ExpanderLatches(
            locks, bus=self.bus, number=1, post=self.reports.append, mono_s=time.monotonic, look_s=None
        )

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.latches.look()

    def boards(self) -> list[BoardReport]:
        return [report for report in self.reports if isinstance(report, BoardReport)]

    def doors(self) -> dict[LockerId, Reading]:
        return {report.locker: report.reading for report in self.reports if isinstance(report, DoorRead)}


def test_a_chip_is_set_up_with_its_latches_off_before_they_are_outputs() -> None:
    bench = Bench()

    for chip, latches in LATCHES.items():
        registers = [register for at, register, _ in bench.bus.written if at == chip]
        assert (registers[0], registers[-1]) == (OLAT, IODIR)
        assert bench.bus.word(chip, IODIR) == bench.bus.word(chip, GPPU) == 0xFFFF & ~latches
    assert bench.currents == []


def test_a_pulse_gives_current_to_one_latch_of_one_chip() -> None:
    bench = Bench()

    for locker in LOCKS:
        bench.latches.pulse(locker, lambda: None, bench.stop)

    assert bench.currents == [(CHIP, 1), (CHIP, 0), (CHIP, 0x80), (CHIP, 0), (OTHER, 0x8000), (OTHER, 0)]
    assert bench.stop.waited_s == [0.4] * 3


@pytest.mark.parametrize(("configured_s", "given_s"), [(0.0, SHORTEST_PULSE_S), (60.0, LONGEST_PULSE_S)])
def test_a_pulse_never_harms_its_coil_whatever_was_configured(configured_s: float, given_s: float) -> None:
    bench = Bench({ONE: ExpanderLock(Spot(CHIP, 0), pulse_s=configured_s)})

    bench.latches.pulse(ONE, lambda: None, bench.stop)

    assert bench.stop.waited_s == [given_s]


def test_doors_are_read_each_by_its_own_contact() -> None:
    bench = Bench()
    bench.look(2)
    before = bench.doors()

    bench.bus.pull_low(Spot(CHIP, 10), False)
    bench.look(2)

    assert before == {ONE: Reading.CLOSED, TWO: Reading.OPEN, THREE: Reading.CLOSED}  # the second is inverted
    assert bench.doors()[THREE] is Reading.OPEN


def test_whatever_goes_wrong_in_the_middle_of_a_pulse_the_coil_is_off() -> None:
    bench = Bench()

    def falls_over() -> None:
        raise RuntimeError("the desk")

    with pytest.raises(RuntimeError):
        bench.latches.pulse(ONE, falls_over, bench.stop)

    assert bench.currents == [(CHIP, 1), (CHIP, 0)]


def test_a_chip_that_is_missing_at_the_start_is_told_and_the_other_works() -> None:
    bench = Bench(away=(OTHER,))

    bench.latches.pulse(ONE, lambda: None, bench.stop)
    with pytest.raises(
        DeviceFault, match=r"locker 3 got no sure pulse: expander 0x21 .* failed: Remote I/O error \(see"
    ):
        bench.latches.pulse(THREE, lambda: None, bench.stop)

    assert [report.board for report in bench.boards()] == ["expander 0x21 on I2C bus 1"]
    assert "check its supply" in bench.boards()[0].why
    assert bench.currents == [(CHIP, 1), (CHIP, 0)]


def test_a_chip_that_comes_back_is_set_up_anew_and_that_is_told() -> None:
    bench = Bench()
    bench.look(2)

    bench.bus.unplug(CHIP)
    bench.look(3)
    lost = bench.doors()
    bench.bus.plug_in(CHIP)
    bench.look(50)

    assert set(lost.values()) == {Reading.UNKNOWN}
    assert [(report.board, bool(report.why)) for report in bench.boards()] == [(NAME, True), (NAME, False)]
    assert bench.bus.word(CHIP, IODIR) == 0xFFFF & ~LATCHES[CHIP]
    assert bench.doors() == {ONE: Reading.CLOSED, TWO: Reading.OPEN, THREE: Reading.CLOSED}


def test_one_failure_alone_is_interference() -> None:
    bench = Bench()
    bench.look(2)

    for _ in range(10):
        bench.bus.unplug(CHIP)
        bench.look(2)
        bench.bus.away.clear()
        bench.look()

    assert bench.boards() == []
    assert Reading.UNKNOWN not in bench.doors().values()


def test_a_chip_that_was_without_power_for_a_moment_tells_no_wrong_doors_and_is_set_up_anew() -> None:
    bench = Bench()
    bench.bus.pull_low(Spot(CHIP, 8), False)
    bench.look(2)
    bench.reports.clear()

    bench.bus.plug_in(CHIP)  # its pull-ups are gone: every contact would read as closed
    bench.look(3)
    bench.bus.plug_in(CHIP)
    bench.latches.pulse(ONE, lambda: None, bench.stop)

    assert bench.reports == []
    assert bench.bus.word(CHIP, IODIR) == 0xFFFF & ~LATCHES[CHIP]
    assert bench.currents == [(CHIP, 1), (CHIP, 0)]


def test_current_that_nobody_ordered_is_switched_off_at_the_next_look() -> None:
    bench = Bench()

    bench.bus.write_i2c_block_data(CHIP, OLAT, [0x80, 0])  # interference on the bus
    bench.look()

    assert bench.currents == [(CHIP, 0x80), (CHIP, 0)]


def test_a_coil_that_does_not_go_off_is_tried_again() -> None:
    bench = Bench()

    def fails() -> None:
        bench.bus.fails_at += [(CHIP, OLAT)] * (OFF_TRIES - 1)

    bench.latches.pulse(ONE, fails, bench.stop)

    assert bench.currents == [(CHIP, 1), (CHIP, 0)]
    assert bench.boards() == []


def test_a_coil_that_stays_on_is_told_at_once_and_goes_off_as_soon_as_the_chip_obeys() -> None:
    bench = Bench()

    def fails() -> None:
        bench.bus.fails_at += [(CHIP, OLAT)] * (OFF_TRIES + 1)

    with pytest.raises(DeviceFault, match="could not be switched off"):
        bench.latches.pulse(ONE, fails, bench.stop)
    (told,) = bench.boards()
    bench.look(2)

    assert told == BoardReport(NAME, "a latch may still have current (switch the supply of its latches off at once)")
    assert bench.currents == [(CHIP, 1), (CHIP, 0)]
    assert bench.boards()[1:] == [BoardReport(NAME)]


def test_a_chip_that_does_not_do_as_it_is_told_gives_no_pulse() -> None:
    bench = Bench()
    begun: list[bool] = []
    bench.bus.worn.add((CHIP, OLAT))

    with pytest.raises(DeviceFault, match="does not do as it is told"):
        bench.latches.pulse(ONE, lambda: begun.append(True), bench.stop)

    assert begun == []


def test_a_closed_driver_is_off_and_closes_again_without_harm() -> None:
    bench = Bench()
    bench.bus.unplug(OTHER)

    bench.latches.close()
    bench.latches.close()

    assert bench.bus.closed
    assert (bench.bus.word(CHIP, OLAT), bench.bus.word(CHIP, IODIR)) == (0, 0xFFFF)


def test_a_bus_that_is_not_there_is_told_with_its_remedy() -> None:
    with pytest.raises(DeviceFault, match=r"/dev/i2c-14 cannot be opened: .*\(switch I2C on with raspi-config"):
        open_bus(14)
