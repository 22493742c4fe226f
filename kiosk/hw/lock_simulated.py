"""A bank of lockers where none is wired, with verbs for what shoppers, crowbars and age do to lockers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kiosk.errors import DeviceFault
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, Energised, NotPulsed, Pulsed, Reading
from kiosk.sentences import tell
from kiosk.units import LockerId

REST_S = 2.0


def by_timer(after_s: float, act: Callable[[], None]) -> None:
    """Do something later, on a thread of its own that keeps nobody from ending."""
    timer = threading.Timer(after_s, act)
    timer.daemon = True
    timer.start()


@dataclass(slots=True)
class _Locker:
    """shut: as it really stands. latched: the hook holds it. shown: what the sensor says instead of the truth."""

    shut: bool = True
    latched: bool = True
    jammed: bool = False
    shown: Reading | None = None
    told: Reading = Reading.CLOSED
    things: str = ""
    pulses: int = 0


class SimulatedBank:
    """Implements ports.LockBank. A pulse frees the latch, and a spring opens the door a little, as real ones do.

    Reports are posted by whoever calls, in the order of events, and a pulse takes no time. An order to a latch that
    rests is handed to `later`, with how many seconds from now. boards: which lockers fall silent together; one board
    "simulated" has them all unless told. Any thread may call.
    """

    def __init__(
        self,
        lockers: Iterable[LockerId],
        *,
        post: Callable[[BankReport], None],
        mono_s: Callable[[], float],
        boards: Mapping[str, Iterable[LockerId]] | None = None,
        rest_s: float = REST_S,
        later: Callable[[float, Callable[[], None]], None] = by_timer,
    ) -> None:
        self._lockers = {locker: _Locker() for locker in lockers}
        self._boards = {name: tuple(on_it) for name, on_it in (boards or {"simulated": self._lockers}).items()}
        self._silent: set[str] = set()
        self._post, self._mono_s, self._later, self._rest_s = post, mono_s, later, rest_s
        self._rested_s: dict[LockerId, float] = {}
        self._waiting: set[LockerId] = set()
        self._lock = threading.RLock()
        self._over = False
        self.report()

    def unlock(self, locker: LockerId) -> None:
        with self._lock:
            if self._over:
                return
            if locker not in self._lockers:
                self._post(
                    NotPulsed(
                        locker,
                        tell(
                            "there is no locker {locker}: there are {count} of them",
                            locker=locker,
                            count=len(self._lockers),
                        ),
                    )
                )
            elif locker not in self._waiting:
                rests_s = self._rested_s.get(locker, 0.0) - self._mono_s()
                self._waiting.add(locker)
                if rests_s <= 0:
                    self._pulse(locker)
                else:
                    self._later(rests_s, lambda: self._pulse(locker))

    def drop(self, locker: LockerId) -> None:
        with self._lock:
            self._waiting.discard(locker)

    def report(self) -> None:
        with self._lock:
            for locker in self._lockers:
                self._post(DoorRead(locker, self._reads(locker), self._mono_s()))

    def close(self) -> None:
        """Orders that wait are dropped, and nothing is reported any more; again does nothing."""
        with self._lock:
            self._over = True
            self._waiting.clear()

    def pull(self, locker: LockerId) -> None:
        """Somebody pulls at the door: it opens where its latch is free."""
        with self._lock:
            one = self._known(locker)
            if not one.latched:
                one.shut = False
                self._sense(locker)

    def push_shut(self, locker: LockerId) -> None:
        """Somebody pushes the door shut, and the latch catches."""
        with self._lock:
            one = self._known(locker)
            one.shut = one.latched = True
            self._sense(locker)

    def put_in(self, locker: LockerId, things: str = "a bag") -> None:
        """Somebody puts things in. Raises DeviceFault where the door is shut: that cannot be done."""
        self._open(locker).things = things

    def take_out(self, locker: LockerId) -> str:
        """Somebody takes out what is in it, "" for nothing. Raises DeviceFault where the door is shut."""
        one = self._open(locker)
        things, one.things = one.things, ""
        return things

    def holds(self, locker: LockerId) -> str:
        """What is really in it, "" for nothing: no sensor tells that."""
        return self._known(locker).things

    def pulses(self, locker: LockerId) -> int:
        """How many its coil was given so far."""
        return self._known(locker).pulses

    def is_shut(self, locker: LockerId) -> bool:
        """How the door really stands, whatever its sensor says."""
        return self._known(locker).shut

    def jam(self, locker: LockerId) -> None:
        """The latch no longer moves, whoever gives it a pulse."""
        self._known(locker).jammed = True

    def free_latch(self, locker: LockerId) -> None:
        """The latch moves again."""
        self._known(locker).jammed = False

    def break_sensor(self, locker: LockerId, shows: Reading = Reading.UNKNOWN) -> None:
        """The sensor says the same from now on, however the door stands."""
        with self._lock:
            self._known(locker).shown = shows
            self._sense(locker)

    def mend_sensor(self, locker: LockerId) -> None:
        """The sensor says the truth again."""
        with self._lock:
            self._known(locker).shown = None
            self._sense(locker)

    def force_open(self, locker: LockerId) -> None:
        """Somebody breaks the door open without any order."""
        with self._lock:
            one = self._known(locker)
            one.shut = one.latched = False
            self._sense(locker)

    def silence(self, board: str, why: str = "it does not answer (check its supply)") -> None:
        """A board falls silent: its doors read UNKNOWN, its latches get no pulse."""
        with self._lock:
            self._board(board)
            if board not in self._silent:
                self._silent.add(board)
                self._tell(BoardReport(board, why))
                for locker in self._boards[board]:
                    self._sense(locker)

    def answer_again(self, board: str) -> None:
        """The board is there again."""
        with self._lock:
            self._board(board)
            if board in self._silent:
                self._silent.remove(board)
                self._tell(BoardReport(board))
                for locker in self._boards[board]:
                    self._sense(locker)

    def _pulse(self, locker: LockerId) -> None:
        with self._lock:
            if locker not in self._waiting:
                return
            self._waiting.remove(locker)
            self._rested_s[locker] = self._mono_s() + self._rest_s
            board = self._silent_board(locker)
            if board:
                self._tell(
                    NotPulsed(
                        locker,
                        tell(
                            "locker {locker} got no pulse: the board {board} does not answer",
                            locker=locker,
                            board=board,
                        ),
                    )
                )
                return
            one = self._lockers[locker]
            one.pulses += 1
            self._tell(Energised(locker, self._mono_s()))
            if not one.jammed:
                one.shut = one.latched = False
                self._sense(locker)
            self._tell(Pulsed(locker, self._mono_s()))

    def _sense(self, locker: LockerId) -> None:
        """Post what the sensor says, if that is news."""
        one, reading = self._lockers[locker], self._reads(locker)
        if reading is not one.told:
            one.told = reading
            self._tell(DoorRead(locker, reading, self._mono_s()))

    def _reads(self, locker: LockerId) -> Reading:
        one = self._lockers[locker]
        if self._silent_board(locker):
            return Reading.UNKNOWN
        return one.shown or (Reading.CLOSED if one.shut else Reading.OPEN)

    def _silent_board(self, locker: LockerId) -> str:
        return next((board for board in sorted(self._silent) if locker in self._boards[board]), "")

    def _known(self, locker: LockerId) -> _Locker:
        if locker not in self._lockers:
            raise DeviceFault(f"the bank has no locker {locker}: it has {len(self._lockers)}")
        return self._lockers[locker]

    def _open(self, locker: LockerId) -> _Locker:
        one = self._known(locker)
        if one.shut:
            raise DeviceFault(f"locker {locker} is shut: open it before anything goes in or out")
        return one

    def _board(self, board: str) -> None:
        if board not in self._boards:
            raise DeviceFault(f"the bank has no board {board}: it has {', '.join(self._boards)}")

    def _tell(self, report: BankReport) -> None:
        if not self._over:
            self._post(report)
