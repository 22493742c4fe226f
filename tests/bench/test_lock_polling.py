"""128 lockers on eight boards: how often each is asked, and what that costs an opening, at the wire's real speed."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from kiosk.hw.lock_bank import OneCoilBank
from kiosk.hw.lock_line import USUAL, Board, BoardLine, Pace, Port
from kiosk.ports.lock_limits import BOARDS as BOARDS_LIMITS
from kiosk.ports.lock_limits import BoardKind
from kiosk.ports.lockers import BankReport, Energised, LockBank
from kiosk.units import LockerId
from tests.audio.waiting import eventually, let_pass
from tests.bench.figures import Figures
from tests.hw.board_rig import BoardRig
from tests.hw.lock_rigs import PULSE_S, Coils

pytestmark = pytest.mark.bench

BOARDS, LOCKS = 8, 16
OPENINGS = 100
THINKS_S = 0.003  # what a board's processor needs before it answers
NEVER = Pace(every_s=1e6)
WANTED_HZ = 5.0


@dataclass(frozen=True, slots=True)
class Wiring:
    """How 128 lockers are wired. lines: how many ports share the eight boards."""

    name: str
    kind: BoardKind
    baud: int
    lines: int


WIRINGS = [
    Wiring("kerong 19200, one line", BoardKind.KERONG, 19200, 1),
    Wiring("8a 9600, one line", BoardKind.GENERIC_8A, 9600, 1),
    Wiring("8a 9600, two lines", BoardKind.GENERIC_8A, 9600, 2),
    Wiring("winnsen 9600, two lines", BoardKind.WINNSEN, 9600, 2),
]


class Store:
    def __init__(self, wiring: Wiring) -> None:
        self.coils = Coils()
        each = BOARDS // wiring.lines
        self.rigs = [
            BoardRig(
                {
                    address: [LockerId((line * each + address - 1) * LOCKS + lock) for lock in range(1, LOCKS + 1)]
                    for address in range(1, each + 1)
                },
                self.coils,
                kind=wiring.kind,
                think_s=THINKS_S,
                paced=wiring.baud,
            )
            for line in range(wiring.lines)
        ]
        self.wiring = wiring
        self.reports: list[BankReport] = []

    @contextmanager
    def bank(self, pace: Pace) -> Iterator[LockBank]:
        lines = [
            BoardLine(
                Port(rig.device, self.wiring.kind, self.wiring.baud),
                [Board(f"{at}-{board.name}", board.address, board.locks, pulse_s=PULSE_S) for board in rig.boards()],
                post=self.reports.append,
                mono_s=time.monotonic,
                pace=pace,
            )
            for at, rig in enumerate(self.rigs)
        ]
        bank = OneCoilBank(lines, post=self.reports.append, mono_s=time.monotonic, rest_s=0.0)
        try:
            let_pass(1.5)
            yield bank
        finally:
            bank.close()

    def asked(self) -> list[int]:
        return [count for rig in self.rigs for count in rig.asked.values()]

    def openings_ms(self, bank: LockBank, count: int, pause_s: float) -> list[float]:
        """From the order to the coil, for lockers and moments drawn by chance."""
        chance = random.Random(7)
        taken = []
        for number in chance.sample(range(1, BOARDS * LOCKS + 1), count):  # none twice: a latch that rests waits
            let_pass(pause_s + chance.random() * 0.05)
            before, locker = len(self.coils.given), LockerId(number)
            begun_s = time.monotonic()
            bank.unlock(locker)
            eventually(lambda at=before: len(self.coils.given) > at, within_s=5.0, what="current")  # type: ignore[misc]
            taken.append((self.coils.begun_s(locker) - begun_s) * 1000)
            eventually(lambda: not self.coils.on, within_s=5.0, what="rest")
        return taken


@pytest.mark.parametrize("wiring", WIRINGS, ids=lambda one: one.name)
def test_eight_boards_are_asked_often_and_no_opening_waits_for_it(wiring: Wiring, figures: Figures) -> None:
    store = Store(wiring)
    with ExitStack() as stack:
        for rig in store.rigs:
            stack.callback(rig.close)
        with store.bank(NEVER) as bank:
            alone_ms = store.openings_ms(bank, OPENINGS, 0.02)
        with store.bank(USUAL) as bank:
            begun_s, before = time.monotonic(), store.asked()
            let_pass(5.0)
            quiet_hz = [
                (now - was) / (time.monotonic() - begun_s) for now, was in zip(store.asked(), before, strict=True)
            ]
            begun_s, before = time.monotonic(), store.asked()
            polled_ms = store.openings_ms(bank, OPENINGS, 0.2)
            busy_hz = [
                (now - was) / (time.monotonic() - begun_s) for now, was in zip(store.asked(), before, strict=True)
            ]

    note = f"{wiring.name}, wire paced, boards think {THINKS_S * 1000:.0f} ms"
    name = f"lock boards ({wiring.name})"
    figures.at_least(f"{name}: slowest board asked", min(quiet_hz), WANTED_HZ, "Hz", note=note)
    figures.tell(f"{name}: slowest board, a door every 0.3 s", min(busy_hz), "Hz", note=note)
    for cut, at in (("p50", 49), ("p90", 89), ("p99", 98)):
        asked, alone = (statistics.quantiles(taken_ms, n=100)[at] for taken_ms in (polled_ms, alone_ms))
        figures.tell(f"{name}: order to coil {cut}", asked, "ms", note=note)
        figures.tell(f"{name}: order to coil {cut}, nobody asks", alone, "ms", note=note)
    slower_ms = statistics.median(polled_ms) - statistics.median(alone_ms)
    figures.at_most(f"{name}: an opening waits for questions, p50", slower_ms, one_question_ms(wiring), "ms", note=note)
    assert not [report for report in store.reports if isinstance(report, Energised) and report.locker > 128]
    assert min(quiet_hz) >= WANTED_HZ


def one_question_ms(wiring: Wiring) -> float:
    """What an order may have to wait for: the question that is under way."""
    return 1000.0 * (BOARDS_LIMITS[wiring.kind].exchange_bytes * 10 / wiring.baud + THINKS_S)


class Instant:
    """Latches that note when they were asked."""

    def __init__(self, lockers: range) -> None:
        self.lockers = tuple(LockerId(number) for number in lockers)
        self.given: list[tuple[LockerId, float]] = []

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        self.given.append((locker, time.monotonic()))
        begun()

    def report(self) -> None:
        """No doors."""

    def close(self) -> None:
        """Nothing is held."""


def test_an_order_is_in_the_drivers_hands_at_once(figures: Figures) -> None:
    latches = Instant(range(1, 1001))
    bank = OneCoilBank([latches], post=lambda report: None, mono_s=time.monotonic)
    taken_ms = []
    for at, locker in enumerate(latches.lockers):
        let_pass(0.002)
        begun_s = time.monotonic()
        bank.unlock(locker)
        eventually(lambda at=at: len(latches.given) > at, within_s=5.0, what="the order")  # type: ignore[misc]
        taken_ms.append((latches.given[at][1] - begun_s) * 1000)
    bank.close()

    cuts = statistics.quantiles(taken_ms, n=100)
    figures.tell("lock bank: order to the driver p50", cuts[49], "ms", note="1,000 orders")
    figures.at_most("lock bank: order to the driver p99", cuts[98], 5.0, "ms", note="1,000 orders")
