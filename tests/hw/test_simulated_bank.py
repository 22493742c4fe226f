from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw.lock_simulated import SimulatedBank
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, Energised, NotPulsed, Pulsed, Reading
from kiosk.units import LockerId

ONE, TWO, THREE = (LockerId(number) for number in (1, 2, 3))


class Store:
    """A simulated bank on a clock that passes when the test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.due: list[tuple[float, Callable[[], None]]] = []
        self.reports: list[BankReport] = []
        self.bank = SimulatedBank(
            [ONE, TWO, THREE],
            post=self.reports.append,
            mono_s=lambda: self.now_s,
            boards={"left": [ONE, TWO], "right": [THREE]},
            later=lambda after_s, act: self.due.append((self.now_s + after_s, act)),
        )
        self.reports.clear()

    def let_pass(self, seconds: float) -> None:
        self.now_s += seconds
        for due_s, act in [one for one in self.due if one[0] <= self.now_s]:
            self.due.remove((due_s, act))
            act()

    def told(self) -> list[BankReport]:
        said, self.reports[:] = list(self.reports), []
        return said


@pytest.fixture
def store() -> Store:
    return Store()


def test_at_the_start_every_door_is_told_shut() -> None:
    reports: list[BankReport] = []
    SimulatedBank([ONE, TWO], post=reports.append, mono_s=lambda: 5.0)

    assert reports == [DoorRead(ONE, Reading.CLOSED, 5.0), DoorRead(TWO, Reading.CLOSED, 5.0)]


def test_a_shopper_opens_puts_a_bag_in_shuts_and_takes_it_out_again(store: Store) -> None:
    store.bank.unlock(ONE)
    opened = store.told()
    store.bank.put_in(ONE)
    store.bank.push_shut(ONE)
    shut = store.told()
    store.let_pass(10.0)
    store.bank.unlock(ONE)

    assert opened == [Energised(ONE, 100.0), DoorRead(ONE, Reading.OPEN, 100.0), Pulsed(ONE, 100.0)]
    assert shut == [DoorRead(ONE, Reading.CLOSED, 100.0)]
    assert store.bank.holds(ONE) == "a bag"
    assert (store.bank.take_out(ONE), store.bank.take_out(ONE), store.bank.holds(ONE)) == ("a bag", "", "")
    assert store.bank.pulses(ONE) == 2


def test_nothing_goes_in_or_out_of_a_shut_locker_and_pulling_at_it_is_in_vain(store: Store) -> None:
    store.bank.pull(ONE)

    with pytest.raises(DeviceFault, match="locker 1 is shut"):
        store.bank.put_in(ONE)
    with pytest.raises(DeviceFault, match="locker 1 is shut"):
        store.bank.take_out(ONE)

    assert store.bank.is_shut(ONE)
    assert store.told() == []


def test_a_jammed_latch_gets_its_pulse_and_opens_once_it_is_freed(store: Store) -> None:
    store.bank.jam(ONE)
    store.bank.unlock(ONE)
    jammed = store.told()
    store.bank.free_latch(ONE)
    store.let_pass(2.0)
    store.bank.unlock(ONE)

    assert [type(report) for report in jammed] == [Energised, Pulsed]
    assert [type(report) for report in store.told()] == [Energised, DoorRead, Pulsed]


def test_a_broken_sensor_says_the_same_however_the_door_stands(store: Store) -> None:
    store.bank.break_sensor(ONE)
    unknown = store.told()
    store.bank.unlock(ONE)
    store.bank.break_sensor(TWO, Reading.CLOSED)
    store.bank.unlock(TWO)
    stuck = store.told()
    store.bank.mend_sensor(TWO)

    assert unknown == [DoorRead(ONE, Reading.UNKNOWN, 100.0)]
    assert not [report for report in stuck if isinstance(report, DoorRead)]
    assert store.told() == [DoorRead(TWO, Reading.OPEN, 100.0)]


def test_a_door_that_is_forced_open_can_be_pulled_and_shut(store: Store) -> None:
    store.bank.force_open(ONE)
    store.bank.pull(ONE)
    store.bank.push_shut(ONE)

    assert store.told() == [DoorRead(ONE, Reading.OPEN, 100.0), DoorRead(ONE, Reading.CLOSED, 100.0)]
    assert store.bank.pulses(ONE) == 0


def test_a_silent_board_reads_nothing_and_pulses_nothing_until_it_answers_again(store: Store) -> None:
    store.bank.silence("left")
    store.bank.silence("left")
    store.bank.unlock(ONE)
    store.bank.unlock(THREE)
    silent = store.told()
    store.bank.answer_again("left")
    store.bank.answer_again("left")

    assert silent[:3] == [
        BoardReport("left", "it does not answer (check its supply)"),
        DoorRead(ONE, Reading.UNKNOWN, 100.0),
        DoorRead(TWO, Reading.UNKNOWN, 100.0),
    ]
    assert silent[3] == NotPulsed(ONE, "locker 1 got no pulse: the board left does not answer")
    assert Energised(THREE, 100.0) in silent
    back = store.told()
    assert back[0] == BoardReport("left")
    assert DoorRead(ONE, Reading.CLOSED, 100.0) in back
    assert store.bank.is_shut(ONE)


def test_an_order_to_a_resting_latch_waits_and_may_be_dropped(store: Store) -> None:
    store.bank.unlock(ONE)
    store.bank.push_shut(ONE)
    store.bank.unlock(ONE)
    store.bank.unlock(ONE)
    store.let_pass(1.0)
    waited = store.bank.pulses(ONE)
    store.let_pass(1.0)
    given = store.bank.pulses(ONE)
    store.bank.unlock(ONE)
    store.bank.drop(ONE)
    store.bank.drop(TWO)
    store.let_pass(5.0)

    assert (waited, given, store.bank.pulses(ONE)) == (1, 2, 2)


def test_a_closed_bank_says_and_does_nothing_more(store: Store) -> None:
    store.bank.unlock(ONE)
    store.bank.unlock(ONE)
    store.told()

    store.bank.close()
    store.bank.unlock(TWO)
    store.bank.force_open(THREE)
    store.let_pass(5.0)

    assert store.told() == []
    assert (store.bank.pulses(ONE), store.bank.pulses(TWO)) == (1, 0)


def test_a_locker_or_a_board_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(DeviceFault, match="no locker 9"):
        store.bank.push_shut(LockerId(9))
    with pytest.raises(DeviceFault, match="no board middle: it has left, right"):
        store.bank.silence("middle")
