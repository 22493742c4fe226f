from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw.lock_bank import LostLatches, OneCoilBank
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, Energised, NotPulsed, Pulsed, Reading
from kiosk.units import LockerId
from tests.audio.waiting import eventually

PATIENCE_S = 30.0
ONE, TWO = LockerId(1), LockerId(2)


class OddLatches:
    """Latches of a driver with a mistake in it."""

    def __init__(self, *lockers: LockerId) -> None:
        self.lockers = lockers
        self.closed = 0
        self.odd = True

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        begun()
        if self.odd:
            raise ZeroDivisionError("division by zero")

    def report(self) -> None:
        """No doors."""

    def close(self) -> None:
        self.closed += 1


class Store:
    def __init__(self) -> None:
        self.reports: list[BankReport] = []
        self.odd = OddLatches(ONE)
        self.bank = OneCoilBank([self.odd], post=self.reports.append, mono_s=time.monotonic, rest_s=0.0)

    def over(self, count: int) -> list[BankReport]:
        def ends() -> list[BankReport]:
            return [report for report in list(self.reports) if isinstance(report, Pulsed | NotPulsed)]

        eventually(lambda: len(ends()) >= count, within_s=PATIENCE_S, what=f"{count} orders over")
        return ends()


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store()
    yield made
    made.bank.close()


def test_a_driver_that_fails_oddly_is_told_and_the_bank_goes_on(store: Store) -> None:
    store.bank.unlock(ONE)
    (failed,) = store.over(1)
    store.odd.odd = False
    store.bank.unlock(ONE)
    _, opened = store.over(2)

    assert isinstance(failed, NotPulsed)
    assert "the latch of locker 1 failed oddly: division by zero" in failed.why
    assert isinstance(opened, Pulsed)


def test_two_drivers_with_one_locker_are_refused_and_closed() -> None:
    parts = OddLatches(ONE), OddLatches(TWO, ONE)

    with pytest.raises(DeviceFault, match="locker 1 has two latches"):
        OneCoilBank(parts, post=lambda report: None, mono_s=time.monotonic)

    assert [part.closed for part in parts] == [1, 1]


class PatientLatches(OddLatches):
    """Latches whose pulse lasts until it is stopped."""

    stopped: bool | None = None

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        begun()
        self.stopped = stop.wait(PATIENCE_S)


def test_closing_ends_a_pulse_at_once_and_says_nothing_more() -> None:
    reports: list[BankReport] = []
    patient = PatientLatches(ONE)
    bank = OneCoilBank([patient], post=reports.append, mono_s=time.monotonic)
    bank.unlock(ONE)
    eventually(lambda: reports, within_s=PATIENCE_S, what="current")

    bank.close()

    assert patient.stopped
    assert patient.closed == 1
    assert [type(report) for report in reports] == [Energised]


def test_latches_whose_driver_could_not_start_say_why_to_everybody() -> None:
    reports: list[BankReport] = []
    lost = LostLatches("pins", [ONE, TWO], "no chip (name another)", post=reports.append, mono_s=lambda: 7.0)
    bank = OneCoilBank([lost], post=reports.append, mono_s=time.monotonic)

    bank.unlock(TWO)
    bank.report()
    eventually(lambda: len(reports) == 4, within_s=PATIENCE_S, what="all reports")
    bank.close()

    assert reports[0] == BoardReport("pins", "no chip (name another)")
    assert NotPulsed(TWO, "locker 2 cannot be opened: no chip (name another)") in reports
    assert DoorRead(ONE, Reading.UNKNOWN, 7.0) in reports
