from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from gpiozero import DigitalOutputDevice

from kiosk.errors import DeviceFault
from kiosk.hw.lock_gpio import PinLatches, PinLock
from kiosk.ports.lock_limits import LONGEST_PULSE_S, SHORTEST_PULSE_S
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, Reading
from kiosk.units import LockerId
from tests.hw.lock_rigs import LatchFactory

ONE, TWO = LockerId(1), LockerId(2)


class Waits(threading.Event):
    """A stop that nobody gives, and that writes down how long it was waited for instead of waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.waited_s: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited_s.append(timeout)
        return False


class Bench:
    """Two lockers on pins; nobody looks at the doors but the test."""

    def __init__(self) -> None:
        self.switched: list[tuple[int, bool]] = []
        self.reports: list[BankReport] = []
        self.stop = Waits()
        self.factory = LatchFactory(lambda pin, on: self.switched.append((pin, on)))
        self.latches: PinLatches | None = None

    def wire(self, one: PinLock, two: PinLock | None = None) -> PinLatches:
        locks = {ONE: one} | ({} if two is None else {TWO: two})
        self.latches = PinLatches(
            locks, factory=self.factory, post=self.reports.append, mono_s=time.monotonic, look_s=None
        )
        return self.latches

    def given(self) -> list[tuple[int, bool]]:
        """What was switched on, and off again."""
        first = next((at for at, (_, on) in enumerate(self.switched) if on), len(self.switched))
        return self.switched[first:]


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    if made.latches is not None:
        made.latches.close()


@pytest.mark.parametrize(
    ("configured_s", "given_s"),
    [(0.4, 0.4), (0.0, SHORTEST_PULSE_S), (60.0, LONGEST_PULSE_S), (-1.0, SHORTEST_PULSE_S)],
)
def test_a_pulse_never_harms_its_coil_whatever_was_configured(
    bench: Bench, configured_s: float, given_s: float
) -> None:
    latches = bench.wire(PinLock(17, pulse_s=configured_s))

    latches.pulse(ONE, lambda: None, bench.stop)

    assert bench.stop.waited_s == [given_s]
    assert bench.given() == [(17, True), (17, False)]


def test_current_flows_when_it_is_told_and_only_for_the_pulse(bench: Bench) -> None:
    latches = bench.wire(PinLock(17), PinLock(27))
    told: list[tuple[bool, bool]] = []

    latches.pulse(TWO, lambda: told.append((latches_on(bench, 17), latches_on(bench, 27))), bench.stop)

    assert told == [(False, True)]
    assert not latches_on(bench, 27)


def latches_on(bench: Bench, pin: int) -> bool:
    return bool(bench.factory.pin(pin).state)


def test_at_the_start_no_latch_feels_the_least_blip(bench: Bench) -> None:
    bench.wire(PinLock(17, 5), PinLock(27, 6))

    assert bench.given() == []


def test_whatever_goes_wrong_in_the_middle_of_a_pulse_the_coil_is_off(bench: Bench) -> None:
    latches = bench.wire(PinLock(17))

    def falls_over() -> None:
        raise RuntimeError("the desk")

    with pytest.raises(RuntimeError):
        latches.pulse(ONE, falls_over, bench.stop)

    assert bench.given() == [(17, True), (17, False)]


def test_a_pin_that_does_not_let_go_is_freed_and_never_used_again(bench: Bench) -> None:
    latches = bench.wire(PinLock(17))
    bench.factory.pin(17).stuck = True

    with pytest.raises(DeviceFault, match="latch of locker 1 cannot use GPIO 17: it does not let go"):
        latches.pulse(ONE, lambda: None, bench.stop)
    with pytest.raises(DeviceFault, match="not used any more"):
        latches.pulse(ONE, lambda: None, bench.stop)

    assert bench.factory.pin(17).function == "input"


def test_a_pin_that_is_taken_is_told_and_the_others_are_given_back(bench: Bench) -> None:
    refused = pytest.raises(DeviceFault, match=r"latch of locker 2 cannot use GPIO 27: it is in use already \(give")
    with DigitalOutputDevice(27, pin_factory=bench.factory), refused:
        bench.wire(PinLock(17, 5), PinLock(27, 6))

    DigitalOutputDevice(17, pin_factory=bench.factory).close()


@pytest.mark.parametrize("inverted", [False, True])
def test_a_contact_may_close_with_the_door_or_open_with_it(bench: Bench, inverted: bool) -> None:
    latches = bench.wire(PinLock(17, 5, inverted=inverted))

    readings = []
    for low in (True, False):
        (bench.factory.pin(5).drive_low if low else bench.factory.pin(5).drive_high)()
        latches.look()
        latches.look()
        readings += [report.reading for report in bench.reports if isinstance(report, DoorRead)]
        bench.reports.clear()

    assert readings == ([Reading.OPEN, Reading.CLOSED] if inverted else [Reading.CLOSED, Reading.OPEN])


def test_a_locker_without_a_contact_opens_and_its_door_is_unknown(bench: Bench) -> None:
    latches = bench.wire(PinLock(17))

    latches.pulse(ONE, lambda: None, bench.stop)
    latches.look()
    latches.report()

    assert bench.given() == [(17, True), (17, False)]
    assert [report.reading for report in bench.reports if isinstance(report, DoorRead)] == [Reading.UNKNOWN]


def test_contacts_that_cannot_be_read_are_told_once_and_once_that_all_are_back(bench: Bench) -> None:
    latches = bench.wire(PinLock(17, 5), PinLock(27, 6))

    for broken in ("the wire is off", "", ""):
        bench.factory.pin(5).broken = bench.factory.pin(6).broken = broken
        latches.look()
        latches.look()

    told = [report for report in bench.reports if isinstance(report, BoardReport)]
    assert [report.board for report in told] == ["pins", "pins"]
    assert told[0].why.startswith("the door of locker 1 cannot use GPIO 5: the wire is off (check the wiring")
    assert told[1].why == ""


def test_a_closed_driver_is_off_gives_its_pins_back_and_closes_again_without_harm(bench: Bench) -> None:
    latches = bench.wire(PinLock(17, 5))

    latches.close()
    latches.close()
    latches.look()

    assert not latches_on(bench, 17)
    assert bench.reports == []
    DigitalOutputDevice(17, pin_factory=bench.factory).close()
