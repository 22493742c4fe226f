from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw.lock_bank import OneCoilBank
from kiosk.hw.lock_line import Board, BoardLine, Pace, Port
from kiosk.ports.lock_limits import BoardKind
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, Energised, NotPulsed, Pulsed, Reading
from kiosk.units import LockerId
from tests.audio.waiting import eventually
from tests.hw.board_rig import BRISK, BoardRig
from tests.hw.lock_rigs import PULSE_S, Coils

PATIENCE_S = 30.0
LEFT = ONE, TWO = LockerId(1), LockerId(2)
RIGHT = THREE, FOUR = LockerId(3), LockerId(4)
MILLION = 1_000_000


class Store:
    """Boards at one port, and a bank over them. port: at which the kiosk looks for them, the rig's own unless told."""

    def __init__(self, kind: BoardKind = BoardKind.KERONG, pace: Pace = BRISK, port: str = "", **rig: bool) -> None:
        self.coils = Coils()
        self.reports: list[BankReport] = []
        self.rig = BoardRig({1: LEFT, 2: RIGHT}, self.coils, kind=kind)
        self.rig.echo = rig.get("echo", False)
        self.line = BoardLine(
            Port(port or self.rig.device, kind, 115200, echo=self.rig.echo),
            self.rig.boards(),
            post=self.reports.append,
            mono_s=time.monotonic,
            pace=pace,
        )
        self.bank = OneCoilBank([self.line], post=self.reports.append, mono_s=time.monotonic, rest_s=0.0)

    def stands(self, reading: Reading, lockers: Sequence[LockerId] = (*LEFT, *RIGHT)) -> None:
        def told() -> bool:
            last = {report.locker: report.reading for report in list(self.reports) if isinstance(report, DoorRead)}
            return all(last.get(locker) is reading for locker in lockers)

        eventually(told, within_s=PATIENCE_S, what=f"{reading}: {self.reports[-6:]}")

    def over(self, count: int) -> list[BankReport]:
        def ends() -> list[BankReport]:
            return [report for report in list(self.reports) if isinstance(report, Pulsed | NotPulsed)]

        eventually(lambda: len(ends()) >= count, within_s=PATIENCE_S, what=f"{count} orders over")
        return ends()

    def boards(self) -> list[BoardReport]:
        return [report for report in list(self.reports) if isinstance(report, BoardReport)]

    def answers(self, more: int) -> None:
        """Wait for so many more questions."""
        before = sum(self.rig.asked.values())
        eventually(lambda: sum(self.rig.asked.values()) > before + more, within_s=PATIENCE_S, what="questions")

    def close(self) -> None:
        self.bank.close()
        self.rig.close()


@pytest.fixture
def open_store() -> Iterator[Callable[..., Store]]:
    opened: list[Store] = []

    def one(*args: object, **named: object) -> Store:
        opened.append(Store(*args, **named))  # type: ignore[arg-type] # the test's own words
        return opened[-1]

    yield one
    for store in opened:
        store.close()


Opens = Callable[..., Store]
kinds = pytest.mark.parametrize("kind", BoardKind)


@kinds
def test_an_order_to_open_goes_before_the_next_question(open_store: Opens, kind: BoardKind) -> None:
    store = open_store(kind, Pace(every_s=0.0))  # asked without a pause
    store.stands(Reading.CLOSED)
    store.rig.think_s = 0.02

    between: list[int] = []
    for locker in (*LEFT, *RIGHT):
        before = len(store.rig.line)
        store.bank.unlock(locker)
        store.over(len(between) + 1)
        between.append([what for what, _ in store.rig.line[before:]].index("open"))

    assert max(between) <= 2  # the question under way, and the one whose answer the kiosk was just reading


def test_a_board_that_says_nothing_to_orders_has_heard_them_where_its_maker_says_so(open_store: Opens) -> None:
    store = open_store(BoardKind.KERONG)
    store.rig.silent_to_orders = True

    store.bank.unlock(ONE)

    (end,) = store.over(1)
    assert isinstance(end, Pulsed)
    store.stands(Reading.OPEN, [ONE])


@pytest.mark.parametrize("kind", [BoardKind.GENERIC_8A, BoardKind.WINNSEN])
def test_a_board_that_ought_to_answer_an_order_and_does_not_leaves_it_open_whether_it_heard(
    open_store: Opens, kind: BoardKind
) -> None:
    store = open_store(kind)
    store.stands(Reading.CLOSED)
    store.rig.silent_to_orders = True

    store.bank.unlock(THREE)

    (end,) = store.over(1)
    assert isinstance(end, NotPulsed)
    assert end.why.startswith("locker 3 got no sure pulse: the board board 2 ")
    assert "(see if it is open" in end.why
    assert [type(report) for report in store.reports if not isinstance(report, DoorRead)] == [Energised, NotPulsed]


@kinds
def test_a_silent_board_is_told_with_its_remedy_and_its_neighbour_works(open_store: Opens, kind: BoardKind) -> None:
    store = open_store(kind)
    store.stands(Reading.CLOSED)

    store.rig.mute.add(2)
    store.stands(Reading.UNKNOWN, RIGHT)
    store.bank.unlock(FOUR)
    store.bank.unlock(ONE)
    silent, opened = store.over(2)

    assert [report.board for report in store.boards()] == ["board 2"]
    assert store.boards()[0].why.startswith("it does not answer (check its supply, its address, A and B")
    assert isinstance(silent, NotPulsed)
    assert "the board board 2 does not answer" in silent.why
    assert isinstance(opened, Pulsed)


@pytest.mark.parametrize("kind", [BoardKind.GENERIC_8A, BoardKind.KERONG])
def test_answers_with_wrong_checksums_are_no_answers(open_store: Opens, kind: BoardKind) -> None:
    store = open_store(kind)
    store.stands(Reading.CLOSED)

    store.rig.garble = 1_000_000
    store.stands(Reading.UNKNOWN)
    store.rig.garble = 0
    store.stands(Reading.CLOSED)

    told = store.boards()
    assert {report.board for report in told} == {"board 1", "board 2"}
    assert told[0].why.startswith("what it sends makes no sense (check")
    assert sorted(report.board for report in told if not report.why) == ["board 1", "board 2"]


def test_one_damaged_answer_is_nothing(open_store: Opens) -> None:
    store = open_store()
    store.stands(Reading.CLOSED)

    for _ in range(5):
        store.rig.garble = 1
        store.answers(8)

    assert store.boards() == []
    store.stands(Reading.CLOSED)


@kinds
def test_noise_on_the_line_hides_no_answer(open_store: Opens, kind: BoardKind) -> None:
    store = open_store(kind)
    store.rig.noise = b"\xff\x00\x80\x02\x90\x8a"

    store.stands(Reading.CLOSED)
    store.bank.unlock(TWO)

    assert isinstance(store.over(1)[0], Pulsed)
    store.stands(Reading.OPEN, [TWO])


@kinds
def test_an_adapter_that_hears_itself_is_understood(open_store: Opens, kind: BoardKind) -> None:
    store = open_store(kind, echo=True)

    store.stands(Reading.CLOSED)
    store.bank.unlock(TWO)

    assert isinstance(store.over(1)[0], Pulsed)
    store.stands(Reading.OPEN, [TWO])
    store.stands(Reading.CLOSED, [ONE, THREE, FOUR])


def test_an_adapter_that_hears_itself_is_not_taken_for_a_board(open_store: Opens) -> None:
    store = open_store(BoardKind.GENERIC_8A, echo=True)  # its answer may read like the order itself
    store.rig.mute.add(1)

    store.bank.unlock(ONE)

    assert isinstance(store.over(1)[0], NotPulsed)


def test_late_answers_are_not_taken_for_those_of_another_board(open_store: Opens) -> None:
    store = open_store(pace=Pace(every_s=0.02, answer_s=0.005, silent_every_s=0.05))
    store.rig.force_open(THREE)
    store.rig.force_open(FOUR)

    store.rig.think_s = 0.015  # later than the kiosk waits
    store.answers(30)

    wrong = [report for report in store.reports if isinstance(report, DoorRead) and report.locker in LEFT]
    assert Reading.OPEN not in {report.reading for report in wrong}


def test_a_port_that_is_not_there_at_the_start_is_waited_for_and_may_go_and_come_back(
    open_store: Opens, tmp_path: Path
) -> None:
    name = tmp_path / "ttyLOCKS"
    store = open_store(port=str(name))
    eventually(lambda: len(store.boards()) == 2, within_s=PATIENCE_S, what="both boards told")
    store.bank.unlock(ONE)
    (refused,) = store.over(1)

    name.symlink_to(store.rig.device)
    store.stands(Reading.CLOSED)
    store.bank.unlock(ONE)
    store.over(2)

    assert isinstance(refused, NotPulsed)
    assert f"the serial port {name} cannot be used (plug the adapter in" in refused.why
    assert [(report.board, bool(report.why)) for report in store.boards()][:2] == [("board 1", True), ("board 2", True)]
    assert sorted(report.board for report in store.boards() if not report.why) == ["board 1", "board 2"]


def test_an_adapter_that_is_pulled_out_is_told_for_all_its_boards(open_store: Opens) -> None:
    store = open_store()
    store.stands(Reading.CLOSED)

    store.rig.close()
    store.stands(Reading.UNKNOWN)
    store.bank.unlock(ONE)
    (end,) = store.over(1)

    assert isinstance(end, NotPulsed)
    assert {report.board for report in store.boards()} == {"board 1", "board 2"}
    store.rig.close = lambda: None  # type: ignore[method-assign] # it is closed


def test_an_adapter_that_is_pulled_out_in_the_middle_of_an_order_leaves_it_open_what_came_of_it(
    open_store: Opens,
) -> None:
    store = open_store(BoardKind.WINNSEN, Pace(every_s=0.02, opening_s=PATIENCE_S))
    store.stands(Reading.CLOSED)
    store.rig.silent_to_orders = True

    store.bank.unlock(ONE)
    eventually(lambda: store.rig.orders, within_s=PATIENCE_S, what="the order at the board")
    store.rig.close()
    (end,) = store.over(1)
    store.rig.close = lambda: None  # type: ignore[method-assign] # it is closed

    assert isinstance(end, NotPulsed)
    assert end.why.startswith("locker 1 got no sure pulse: the serial port")


@kinds
def test_a_million_random_bytes_on_the_line_open_nothing_and_break_nothing(open_store: Opens, kind: BoardKind) -> None:
    store = open_store(kind)
    store.stands(Reading.CLOSED)
    noise = random.Random(5)

    for _ in range(MILLION // 2000):
        store.rig.say(noise.randbytes(2000))

    store.stands(Reading.CLOSED)
    assert store.rig.orders == []
    assert store.rig.strange == []
    assert store.coils.given == []
    assert Reading.OPEN not in {report.reading for report in store.reports if isinstance(report, DoorRead)}
    store.bank.unlock(ONE)
    assert isinstance(store.over(1)[0], Pulsed)


def test_a_contact_that_is_open_with_the_door_shut_can_be_turned_round(open_store: Opens) -> None:
    rig = BoardRig({1: LEFT}, Coils())
    reports: list[BankReport] = []
    rig.force_open(TWO)
    board = Board("board 1", 1, {ONE: 1, TWO: 2}, inverted=True, pulse_s=PULSE_S)
    line = BoardLine(
        Port(rig.device, BoardKind.KERONG, 115200), [board], post=reports.append, mono_s=time.monotonic, pace=BRISK
    )

    eventually(lambda: len(reports) >= 2, within_s=PATIENCE_S, what="doors")
    line.close()
    rig.close()

    assert {report.locker: report.reading for report in reports if isinstance(report, DoorRead)} == {
        ONE: Reading.OPEN,
        TWO: Reading.CLOSED,
    }


def test_a_lock_that_no_board_has_is_refused_before_anything_begins() -> None:
    with pytest.raises(DeviceFault, match="lock 0 of board 1 is not opened: there is none"):
        BoardLine(
            Port("/dev/null", BoardKind.GENERIC_8A, 9600),
            [Board("left", 1, {ONE: 0})],
            post=lambda report: None,
            mono_s=time.monotonic,
        )
    assert "lock-line" not in {thread.name for thread in threading.enumerate()}
