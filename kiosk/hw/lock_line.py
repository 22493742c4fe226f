"""Latches and door sensors on lock boards, several to one RS-485 line behind a serial port.

The line is half duplex: one order, one answer. One thread asks the boards in turn how their doors stand; an order to
open goes before the next question, and waits for no more than the one that is under way.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from termios import error as TermiosError

import serial

from kiosk.errors import DeviceFault
from kiosk.hw.lock_doors import Doors
from kiosk.hw.lock_frames import LANGUAGES, Answer, DoorsTold, Frames, OpeningTold, open_order
from kiosk.ports.lock_limits import BoardKind, bounded_pulse_s
from kiosk.ports.lockers import BankReport, BoardReport, Reading
from kiosk.sentences import tell
from kiosk.units import LockerId

log = logging.getLogger(__name__)

READ_S = 0.005  # a read comes back at least so often
START_S = 1.0  # an order at the very start waits so long for the port
APART_S = 0.02  # after a board's own pulse ought to be over, before anybody's next one: boards count less exactly
BITS = 10  # on the wire for each byte: 8N1

_GONE = (serial.SerialException, OSError, ValueError, TermiosError)  # whatever pyserial lets through of a lost port


@dataclass(frozen=True, slots=True)
class Port:
    """A serial port as the site has it. device: as /dev/ttyUSB0. kind, baud: of all boards on its line.

    echo: its adapter hears what it sends.
    """

    device: str
    kind: BoardKind
    baud: int
    echo: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """every_s: each board is asked so often where the line is fast enough. answer_s: so long it may think over that.

    opening_s: so long it may think over an order to open; None: as long as its kind does.

    silent_after: questions in a row without an answer, and people are told; from then on the board is asked only every
    silent_every_s, for each question costs the others its patience. again_s: before a port that is gone is tried again.
    """

    every_s: float = 0.16
    answer_s: float = 0.06
    opening_s: float | None = None
    silent_after: int = 3
    silent_every_s: float = 1.0
    again_s: float = 2.0


USUAL = Pace()


@dataclass(frozen=True, slots=True)
class Board:
    """One board. locks: which lock opens which locker. channels: how many locks it has, wired or not.

    inverted: its contacts say closed while the door is open. pulse_s: how long its own pulse lasts, as its maker or its
    switches say: the board ends it by itself, and nobody else's coil gets current before that.
    """

    name: str
    address: int
    locks: Mapping[LockerId, int]
    channels: int = 16
    inverted: bool = False
    pulse_s: float = 1.0


@dataclass(slots=True)
class _Health:
    """due_s: when the board is to be asked next. misses: questions in a row without an answer. garbled: what came then.

    told: what people were told last, "" where it is well.
    """

    due_s: float = 0.0
    misses: int = 0
    garbled: int = 0
    told: str = ""


class BoardLine:
    """Implements lock_bank.Latches on one serial port. It may be unplugged and come back, also before the start.

    mono_s has to pass by itself. Raises DeviceFault for a lock that no such board has.
    """

    def __init__(
        self,
        port: Port,
        boards: Sequence[Board],
        *,
        post: Callable[[BankReport], None],
        mono_s: Callable[[], float],
        pace: Pace = USUAL,
    ) -> None:
        self._at = port
        self._pace = pace
        self._language = LANGUAGES[port.kind]
        self._opening_s = self._language.opening_s if pace.opening_s is None else pace.opening_s
        self._boards = tuple(boards)
        self._of = {locker: board for board in boards for locker in board.locks}
        for locker, board in self._of.items():
            open_order(port.kind, board.address, board.locks[locker])  # raises now rather than before a shopper
        self._post, self._mono_s = post, mono_s
        self._health = {board.address: _Health() for board in boards}
        self._doors = Doors(self._of)
        self._telling = threading.Lock()
        self._free = threading.Condition()
        self._busy = False
        self._orders = 0  # to open, that wait for the line
        self._port: serial.Serial | None = None
        self._closed = threading.Event()
        self._tried = threading.Event()  # to open the port, well or badly
        self._asker = threading.Thread(target=self._run, name="lock-line", daemon=True)
        self._asker.start()

    @property
    def lockers(self) -> tuple[LockerId, ...]:
        return tuple(self._of)

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        board = self._of[locker]
        order = open_order(self._at.kind, board.address, board.locks[locker])
        begun_s = self._mono_s()
        self._tried.wait(START_S)
        with self._line(to_open=True):
            if self._port is None:
                raise DeviceFault(
                    tell("locker {locker} got no pulse: {unplugged}", locker=locker, unplugged=self._unplugged())
                )
            begun_s = self._order(self._port, board, locker, order, begun)
        self._health[board.address].due_s = 0.0
        stop.wait(max(0.0, begun_s + bounded_pulse_s(board.pulse_s) + APART_S - self._mono_s()))

    def report(self) -> None:
        with self._telling:
            for told in self._doors.told(self._mono_s()):
                self._post(told)

    def close(self) -> None:
        self._closed.set()
        with self._free:
            self._free.notify_all()
        self._asker.join()

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                with serial.Serial(
                    self._at.device, self._at.baud, timeout=READ_S, write_timeout=1.0, exclusive=True
                ) as port:
                    self._use(port)
            except _GONE as error:
                self._lost(error)
            self._closed.wait(self._pace.again_s)

    def _use(self, port: serial.Serial) -> None:
        self._port = port
        self._tried.set()
        try:
            self._ask_in_turn(port)
        finally:
            with self._line(to_open=True):  # who is opening a door has the port until he is through with it
                self._port = None

    def _ask_in_turn(self, port: serial.Serial) -> None:
        while not self._closed.is_set():
            board = min(self._boards, key=lambda one: self._health[one.address].due_s)
            wait_s = self._health[board.address].due_s - self._mono_s()
            if wait_s > 0:
                self._closed.wait(min(wait_s, self._pace.every_s))
                continue
            with self._line(to_open=False):
                self._ask(port, board)

    def _ask(self, port: serial.Serial, board: Board) -> bool:
        """Ask a board how its doors stand, and post what that changes. The caller has the line."""
        question = self._language.ask(board.address)
        health = self._health[board.address]
        frames = self._frames(board)
        self._send(port, question)
        answer = self._await(port, board, frames, question, lambda one: isinstance(one, DoorsTold), self._pace.answer_s)
        health.garbled = frames.garbled
        if isinstance(answer, DoorsTold):
            self._heard(board, answer)
        else:
            self._missed(board)
        return answer is not None

    def _order(
        self, port: serial.Serial, board: Board, locker: LockerId, order: bytes, begun: Callable[[], None]
    ) -> float:
        """Send the order to open, and wait until the board says that it heard it; returns when its pulse began."""
        frames = self._frames(board)
        lock = board.locks[locker]
        try:
            self._send(port, order)
            begun_s = self._mono_s()
            begun()
            answer = self._await(port, board, frames, order, lambda one: _means(one, lock), self._opening_s)
            if answer is not None and not self._language.tells_late:
                begun_s = self._mono_s()  # the board may have begun as late as that
            if isinstance(answer, DoorsTold):
                self._heard(board, answer)
            elif isinstance(answer, OpeningTold):
                self._ask(port, board)  # how the door stands now, before somebody else needs the line
            else:
                there = self._ask(port, board)
                if not (there and self._language.opens_silently):
                    raise DeviceFault(self._unanswered(board, locker, there))
        except DeviceFault:
            raise
        except _GONE as error:
            raise DeviceFault(
                tell("locker {locker} got no sure pulse: {unplugged}", locker=locker, unplugged=self._unplugged())
            ) from error
        return begun_s

    def _send(self, port: serial.Serial, order: bytes) -> None:
        port.reset_input_buffer()  # what comes late answers something else
        port.write(order)
        port.flush()

    def _await(
        self,
        port: serial.Serial,
        board: Board,
        frames: Frames,
        sent: bytes,
        wanted: Callable[[Answer], bool],
        patience_s: float,
    ) -> Answer | None:
        longest = max(shape.length for shape in self._language.shapes(board.address, board.channels))
        deadline_s = self._mono_s() + patience_s + (len(sent) + longest) * BITS / self._at.baud
        echo = bytearray(sent if self._at.echo else b"")
        while self._mono_s() < deadline_s and not self._closed.is_set():
            data = port.read(max(1, port.in_waiting))
            while echo and data and data[0] == echo[0]:
                data = data[1:]
                del echo[0]
            for answer in frames.feed(data):
                if wanted(answer):
                    return answer
        return None

    def _frames(self, board: Board) -> Frames:
        return Frames(self._language.shapes(board.address, board.channels))

    @contextmanager
    def _line(self, *, to_open: bool) -> Iterator[None]:
        """The line for one order and its answer; who wants to open goes first."""
        with self._free:
            self._orders += to_open
            self._free.wait_for(lambda: not self._busy and (to_open or not self._orders))
            self._orders -= to_open
            self._busy = True
        try:
            yield
        finally:
            with self._free:
                self._busy = False
                self._free.notify_all()

    def _heard(self, board: Board, answer: DoorsTold) -> None:
        health = self._health[board.address]
        if health.told:
            self._post(BoardReport(board.name))
        health.told, health.misses = "", 0
        stamp_s = self._mono_s()
        settled = True
        with self._telling:
            for locker, lock in board.locks.items():
                shut = bool(answer.closed >> (lock - 1) & 1) is not board.inverted
                for told in self._doors.feed(locker, Reading.CLOSED if shut else Reading.OPEN, stamp_s):
                    self._post(told)
                settled = settled and self._doors.settled(locker)
        health.due_s = stamp_s + (
            self._pace.every_s if settled else 0.0
        )  # a door that seems to move is looked at again at once

    def _missed(self, board: Board) -> None:
        health = self._health[board.address]
        health.misses += 1
        silent = health.misses >= self._pace.silent_after
        health.due_s = self._mono_s() + (self._pace.silent_every_s if silent else self._pace.every_s)
        if silent:
            heard = tell("what it sends makes no sense") if health.garbled else tell("it does not answer")
            remedy = tell("check its supply, its address, A and B of its two wires, and baud in [[lockers.bank]]")
            self._tell_silent((board,), tell("{heard} ({remedy})", heard=heard, remedy=remedy))

    def _lost(self, error: Exception) -> None:
        log.info("%s: %s", self._at.device, error)
        self._tried.set()
        self._tell_silent(self._boards, self._unplugged())
        for health in self._health.values():
            health.misses = self._pace.silent_after
            health.due_s = 0.0

    def _tell_silent(self, boards: Iterable[Board], why: str) -> None:
        for board in boards:
            health = self._health[board.address]
            if not health.told:
                health.told = why
                self._post(BoardReport(board.name, why))
            with self._telling:
                for told in self._doors.lose(board.locks, self._mono_s()):
                    self._post(told)

    def _unplugged(self) -> str:
        remedy = tell(
            "plug the adapter in, or name its port in [[lockers.bank]]; the kiosk's user must be in group dialout"
        )
        return tell("the serial port {device} cannot be used ({remedy})", device=self._at.device, remedy=remedy)

    def _unanswered(self, board: Board, locker: LockerId, there: bool) -> str:
        if there:
            return tell(
                "locker {locker} got no sure pulse: the board {board} answers, but not to this order"
                " (see if it is open)",
                locker=locker,
                board=board.name,
            )
        remedy = tell("see if it is open; check the board's supply and its two wires")
        return tell(
            "locker {locker} got no sure pulse: the board {board} does not answer ({remedy})",
            locker=locker,
            board=board.name,
            remedy=remedy,
        )


def _means(answer: Answer, lock: int) -> bool:
    """Whether a board heard the order for this lock; one that tells all its doors heard it too."""
    return isinstance(answer, DoorsTold) or answer.lock == lock
