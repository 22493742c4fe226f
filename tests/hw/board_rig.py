"""Lock boards on a bench, at the other end of a pty."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import xor

from kiosk.hw.lock_line import Board, BoardLine, Pace, Port
from kiosk.ports.lock_limits import BoardKind
from kiosk.units import LockerId
from tests.hw.lock_rigs import PULSE_S, Coils, Post

BOARD_PULSE_S = 0.02  # what a board's own pulse lasts here: less than the kiosk believes, for its thread may run late
BRISK = Pace(every_s=0.02, answer_s=0.12, opening_s=0.4, silent_every_s=0.05, again_s=0.05)


class BoardRig:
    """Lock boards at the other end of a pty, after their makers' sheets; the lockers of each address, from lock 1 on.

    orders: every order to open that came, as (address, lock). asked: questions to each board. think_s: before it
    answers. paced: bytes take their time on the wire, as at this baud.
    """

    def __init__(
        self,
        lockers: Mapping[int, Sequence[LockerId]],
        coils: Coils,
        *,
        kind: BoardKind = BoardKind.KERONG,
        think_s: float = 0.0,
        paced: int = 0,
    ) -> None:
        self.kind, self.coils, self.think_s, self._paced = kind, coils, think_s, paced
        self.on = {address: tuple(on_it) for address, on_it in lockers.items()}
        self.lockers = tuple(locker for on_it in self.on.values() for locker in on_it)
        self.board = "board 1"
        self.orders: list[tuple[int, int]] = []
        self.asked = dict.fromkeys(self.on, 0)
        self.mute: set[int] = set()
        self.silent_to_orders = False
        self.echo = False  # the adapter hears what the kiosk sends
        self.line: list[tuple[str, int]] = []  # every order that made sense: ("ask" or "open", address)
        self.noise = b""  # sent before every answer
        self.garble = 0  # so many answers have a wrong byte
        self.strange: list[bytes] = []  # what no board understands
        self._open: set[LockerId] = set()
        self._jammed: set[LockerId] = set()
        self._master, slave = os.openpty()
        self.device = os.ttyname(slave)
        self._slave = slave  # held, so that the line survives a driver that closes it
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="board-rig", daemon=True)
        self._thread.start()

    def boards(self) -> tuple[Board, ...]:
        return tuple(
            Board(f"board {address}", address, {locker: at + 1 for at, locker in enumerate(on_it)}, pulse_s=PULSE_S)
            for address, on_it in self.on.items()
        )

    def latches(self, post: Post, pace: Pace = BRISK) -> BoardLine:
        port = Port(self.device, self.kind, 115200)
        return BoardLine(port, self.boards(), post=post, mono_s=time.monotonic, pace=pace)

    def push_shut(self, locker: LockerId) -> None:
        self._open.discard(locker)

    def force_open(self, locker: LockerId) -> None:
        self._open.add(locker)

    def jam(self, locker: LockerId) -> None:
        self._jammed.add(locker)

    def silence(self) -> None:
        self.mute.add(1)

    def answer_again(self) -> None:
        self.mute.discard(1)

    def say(self, data: bytes) -> None:
        """The line carries this towards the kiosk."""
        os.write(self._master, data)

    def close(self) -> None:
        self._ends.set()
        self._thread.join()
        os.close(self._master)
        os.close(self._slave)

    def _run(self) -> None:
        held = b""
        while not self._ends.is_set():
            ready, _, _ = select.select([self._master], [], [], 0.002)
            if not ready:
                continue
            data = os.read(self._master, 4096)
            self._pass(len(data))
            held += data
            while (length := self._order_length(held)) and len(held) >= length:
                self._obey(held[:length])
                held = held[length:]

    def _order_length(self, held: bytes) -> int:
        return held[1] if self.kind is BoardKind.WINNSEN and len(held) > 1 else 5 if held else 0

    def _obey(self, order: bytes) -> None:
        """KERONG: lock in the low nibble. 8A and Winnsen: lock in a byte of its own."""
        if self.echo:
            self.say(order)
        match self.kind, list(order):
            case BoardKind.GENERIC_8A, [0x80, address, 0x00, 0x33, _] if reduce(xor, order) == 0:
                self._tell_doors(address)
            case BoardKind.GENERIC_8A, [0x8A, address, lock, 0x11, _] if reduce(xor, order) == 0:
                self._open_lock(address, lock)
            case BoardKind.KERONG, [0x02, place, 0x30, 0x03, _] if sum(order[:-1]) & 0xFF == order[-1]:
                self._tell_doors(place >> 4)
            case BoardKind.KERONG, [0x02, place, 0x31, 0x03, _] if sum(order[:-1]) & 0xFF == order[-1]:
                self._open_lock(place >> 4, (place & 0x0F) + 1)
            case BoardKind.WINNSEN, [0x90, 0x07, 0x02, address, 0xFF, 0xFF, 0x03]:
                self._tell_doors(address)
            case BoardKind.WINNSEN, [0x90, 0x06, 0x05, address, lock, 0x03]:
                self._open_lock(address, lock)
            case _:
                self.strange.append(order)

    def _tell_doors(self, address: int) -> None:
        self.line.append(("ask", address))
        if address not in self.on or address in self.mute:
            return
        self.asked[address] += 1
        shut = reduce(
            lambda bits, at: bits | (self.on[address][at] not in self._open) << at, range(len(self.on[address])), 0
        )
        match self.kind:
            case BoardKind.GENERIC_8A:
                head = bytes((0x80, address)) + shut.to_bytes(2, "big") + b"\x33"
                self._answer(head + bytes([reduce(xor, head)]))
            case BoardKind.KERONG:
                head = bytes((0x02, address << 4, 0x35)) + shut.to_bytes(2, "little") + b"\x00\x00\x03"
                self._answer(head + bytes([sum(head) & 0xFF]))
            case BoardKind.WINNSEN:
                self._answer(bytes((0x90, 0x07, 0x82, address)) + (shut ^ 0xFFFF).to_bytes(2, "little") + b"\x03")

    def _open_lock(self, address: int, lock: int) -> None:
        self.line.append(("open", address))
        self.orders.append((address, lock))
        if address not in self.on or address in self.mute or not 1 <= lock <= len(self.on[address]):
            return
        locker = self.on[address][lock - 1]
        self.coils.energise(locker, BOARD_PULSE_S)
        if locker not in self._jammed:
            self._open.add(locker)
        if self.silent_to_orders:
            return
        shut = locker not in self._open
        match self.kind:
            case BoardKind.GENERIC_8A:
                self._ends.wait(PULSE_S)  # it answers when its pulse is over
                head = bytes((0x8A, address, lock, 0x11 if shut else 0x00))
                self._answer(head + bytes([reduce(xor, head)]))
            case BoardKind.KERONG:
                self._tell_doors(address)
            case BoardKind.WINNSEN:
                self._answer(bytes((0x90, 0x07, 0x85, address, lock, 0 if shut else 1, 0x03)))

    def _answer(self, data: bytes) -> None:
        self._ends.wait(self.think_s) if self.think_s else None
        if self.garble:
            self.garble -= 1
            data = data[:-1] + bytes([data[-1] ^ 0x55])
        self._pass(len(data))
        self.say(self.noise + data)

    def _pass(self, count: int) -> None:
        if self._paced:
            self._ends.wait(count * 10 / self._paced)
