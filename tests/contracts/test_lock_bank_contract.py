"""What every bank of lockers does, whatever it is wired by."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

import pytest

from kiosk.hw.lock_bank import OneCoilBank
from kiosk.hw.lock_simulated import SimulatedBank
from kiosk.ports.lock_limits import SHORTEST_REST_S, BoardKind
from kiosk.ports.lockers import (
    BankReport,
    BoardReport,
    DoorRead,
    Energised,
    LockBank,
    NotPulsed,
    Pulsed,
    Reading,
)
from kiosk.units import LockerId
from tests.audio.waiting import eventually
from tests.hw.board_rig import BoardRig
from tests.hw.lock_rigs import Coils, ExpanderRig, PinRig, Rig

PATIENCE_S = 30.0
ONE, TWO, THREE, FOUR = LOCKERS = tuple(LockerId(number) for number in range(1, 5))


class Bench(Protocol):
    """A bank of lockers 1 to 4, all shut, and the hands on them. board: what its reports call the board of locker 1."""

    bank: LockBank
    reports: list[BankReport]
    board: str

    def push_shut(self, locker: LockerId) -> None: ...
    def force_open(self, locker: LockerId) -> None: ...
    def jam(self, locker: LockerId) -> None: ...
    def silence(self) -> None: ...
    def answer_again(self) -> None: ...
    def given(self) -> list[LockerId]: ...
    def most_at_once(self) -> int: ...
    def close(self) -> None: ...


class RigBench:
    """Drivers on rigs, with one hand over all."""

    def __init__(self, rigs: Callable[[Coils], Sequence[Rig]]) -> None:
        self.coils = Coils()
        self.reports: list[BankReport] = []
        self._rigs = rigs(self.coils)
        self._of = {locker: rig for rig in self._rigs for locker in rig.lockers}
        self.board = self._of[ONE].board
        self.bank: LockBank = OneCoilBank(
            [rig.latches(self.reports.append) for rig in self._rigs],
            post=self.reports.append,
            mono_s=time.monotonic,
            rest_s=SHORTEST_REST_S,
        )

    def push_shut(self, locker: LockerId) -> None:
        self._of[locker].push_shut(locker)

    def force_open(self, locker: LockerId) -> None:
        self._of[locker].force_open(locker)

    def jam(self, locker: LockerId) -> None:
        self._of[locker].jam(locker)

    def silence(self) -> None:
        self._of[ONE].silence()

    def answer_again(self) -> None:
        self._of[ONE].answer_again()

    def given(self) -> list[LockerId]:
        return self.coils.given

    def most_at_once(self) -> int:
        return self.coils.most_at_once

    def close(self) -> None:
        self.bank.close()
        for rig in self._rigs:
            rig.close()


class SimulatedBench:
    """The simulated bank, by its own verbs."""

    board = "simulated"

    def __init__(self) -> None:
        self.reports: list[BankReport] = []
        bank = SimulatedBank(LOCKERS, post=self.reports.append, mono_s=time.monotonic, rest_s=SHORTEST_REST_S)
        self.bank: LockBank = bank
        self.push_shut, self.force_open, self.jam = bank.push_shut, bank.force_open, bank.jam
        self.silence = partial(bank.silence, self.board)
        self.answer_again = partial(bank.answer_again, self.board)
        self.close = bank.close

    def given(self) -> list[LockerId]:
        return [report.locker for report in self.reports if isinstance(report, Energised)]

    def most_at_once(self) -> int:
        most = now = 0
        for report in self.reports:
            now += isinstance(report, Energised) - isinstance(report, Pulsed)
            most = max(most, now)
        return most


def boards(kind: BoardKind, coils: Coils) -> list[Rig]:
    return [BoardRig({1: LOCKERS}, coils, kind=kind)]


def mixed(coils: Coils) -> list[Rig]:
    return [PinRig([ONE], coils), ExpanderRig([TWO], coils), BoardRig({1: [THREE, FOUR]}, coils)]


BENCHES: dict[str, Callable[[], Bench]] = {
    "simulated": SimulatedBench,
    "pins": lambda: RigBench(lambda coils: [PinRig(LOCKERS, coils)]),
    "expander": lambda: RigBench(lambda coils: [ExpanderRig(LOCKERS, coils)]),
    "8a": lambda: RigBench(partial(boards, BoardKind.GENERIC_8A)),
    "kerong": lambda: RigBench(partial(boards, BoardKind.KERONG)),
    "winnsen": lambda: RigBench(partial(boards, BoardKind.WINNSEN)),
    "mixed": lambda: RigBench(mixed),
}


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    made = BENCHES[request.param]()
    standing(made, *((locker, Reading.CLOSED) for locker in LOCKERS))
    yield made
    made.close()


def standing(bench: Bench, *doors: tuple[LockerId, Reading]) -> None:
    """Wait until the last that was told of each door is this."""

    def told() -> bool:
        last = {report.locker: report.reading for report in list(bench.reports) if isinstance(report, DoorRead)}
        return all(last.get(locker) is reading for locker, reading in doors)

    eventually(told, within_s=PATIENCE_S, what=f"{doors} in {bench.reports[-8:]}")


def over(bench: Bench, count: int) -> list[Pulsed | NotPulsed]:
    """Wait until so many orders have come to an end; returns how each did, in order."""

    def ends() -> list[Pulsed | NotPulsed]:
        return [report for report in list(bench.reports) if isinstance(report, Pulsed | NotPulsed)]

    eventually(lambda: len(ends()) >= count, within_s=PATIENCE_S, what=f"{count} orders over: {bench.reports}")
    return ends()


def test_at_the_start_no_coil_has_current(bench: Bench) -> None:
    assert bench.given() == []


def test_an_order_gives_its_latch_one_pulse_and_the_door_is_seen_to_open(bench: Bench) -> None:
    bench.bank.unlock(TWO)

    (end,) = over(bench, 1)
    standing(bench, (TWO, Reading.OPEN), (ONE, Reading.CLOSED), (THREE, Reading.CLOSED))
    energised = next(report for report in bench.reports if isinstance(report, Energised))
    assert isinstance(end, Pulsed)
    assert end.locker == energised.locker == TWO
    assert energised.mono_s <= end.mono_s
    assert bench.given() == [TWO]


def test_orders_are_carried_out_in_turn_with_one_coil_at_a_time(bench: Bench) -> None:
    for locker in (FOUR, ONE, THREE, TWO):
        bench.bank.unlock(locker)

    over(bench, 4)

    assert bench.given() == [FOUR, ONE, THREE, TWO]
    assert bench.most_at_once() == 1
    standing(bench, *((locker, Reading.OPEN) for locker in LOCKERS))


def test_many_callers_at_once_still_make_one_coil_at_a_time(bench: Bench) -> None:
    callers = [threading.Thread(target=bench.bank.unlock, args=(locker,)) for locker in LOCKERS]

    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    over(bench, 4)
    assert sorted(bench.given()) == list(LOCKERS)
    assert bench.most_at_once() == 1


def test_a_latch_rests_after_its_pulse_and_others_go_first(bench: Bench) -> None:
    bench.bank.unlock(ONE)
    over(bench, 1)

    bench.bank.unlock(ONE)
    bench.bank.unlock(ONE)  # asked twice before it begins, it is one order
    bench.bank.unlock(TWO)
    ends = over(bench, 3)

    assert bench.given() == [ONE, TWO, ONE]
    assert [end.locker for end in ends] == [ONE, TWO, ONE]
    first, second = (
        report.mono_s for report in bench.reports if isinstance(report, Energised) and report.locker == ONE
    )
    assert second - first >= SHORTEST_REST_S


def test_an_order_that_is_dropped_before_it_begins_is_never_carried_out(bench: Bench) -> None:
    bench.bank.unlock(ONE)
    over(bench, 1)
    bench.bank.unlock(ONE)
    bench.bank.unlock(ONE)

    bench.bank.drop(ONE)
    bench.bank.drop(FOUR)
    bench.bank.unlock(TWO)
    over(bench, 2)
    bench.bank.unlock(TWO)
    over(bench, 3)  # when the second latch has rested, the first has rested for longer

    assert bench.given() == [ONE, TWO, TWO]


def test_a_locker_that_is_not_there_gets_no_pulse_and_that_is_told(bench: Bench) -> None:
    bench.bank.unlock(LockerId(99))

    (end,) = over(bench, 1)
    assert isinstance(end, NotPulsed)
    assert "no locker 99" in end.why
    assert bench.given() == []


def test_a_door_that_is_pushed_shut_is_told(bench: Bench) -> None:
    bench.bank.unlock(ONE)
    standing(bench, (ONE, Reading.OPEN))

    bench.push_shut(ONE)

    standing(bench, (ONE, Reading.CLOSED))


def test_a_jammed_latch_was_pulsed_and_its_door_stays_shut(bench: Bench) -> None:
    bench.jam(THREE)

    bench.bank.unlock(THREE)

    (end,) = over(bench, 1)
    assert isinstance(end, Pulsed)
    standing(bench, (THREE, Reading.CLOSED))
    assert DoorRead not in {type(report) for report in bench.reports[bench.reports.index(end) :]}


def test_a_door_that_is_forced_open_is_told_without_any_order(bench: Bench) -> None:
    bench.force_open(TWO)

    standing(bench, (TWO, Reading.OPEN))
    assert bench.given() == []


def test_a_report_tells_how_every_door_stands(bench: Bench) -> None:
    bench.force_open(TWO)
    standing(bench, (TWO, Reading.OPEN))
    before = len(bench.reports)

    bench.bank.report()

    told = {report.locker: report.reading for report in bench.reports[before:] if isinstance(report, DoorRead)}
    assert told == {ONE: Reading.CLOSED, TWO: Reading.OPEN, THREE: Reading.CLOSED, FOUR: Reading.CLOSED}


def test_a_silent_board_is_told_its_doors_are_unknown_and_when_it_is_back_they_open(bench: Bench) -> None:
    bench.silence()
    standing(bench, (ONE, Reading.UNKNOWN))
    bench.answer_again()
    standing(bench, (ONE, Reading.CLOSED))

    told = [report for report in bench.reports if isinstance(report, BoardReport)]
    assert [(report.board, bool(report.why)) for report in told] == [(bench.board, True), (bench.board, False)]
    assert "(" in told[0].why  # what is wrong, and what to do
    bench.bank.unlock(ONE)
    assert isinstance(over(bench, 1)[0], Pulsed)
    standing(bench, (ONE, Reading.OPEN))


def test_a_closed_bank_forgets_what_has_not_begun_and_says_no_more(bench: Bench) -> None:
    bench.bank.unlock(ONE)
    over(bench, 1)
    bench.bank.unlock(ONE)

    bench.bank.close()
    before = len(bench.reports)
    bench.bank.close()
    bench.bank.unlock(TWO)

    assert bench.given() == [ONE]
    assert len(bench.reports) == before
