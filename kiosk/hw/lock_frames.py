"""The languages of lock boards on RS-485: orders as bytes, bytes as answers; splitting a read changes nothing.

Sources: the generic 8A board's sheet (its Chinese title means "protocol and specification of the lock control board"),
KERONG's KR-CU16 and Winnsen's protocol as public programs speak them. Never sent, because they open every door at once:
the 8A's lock 0, KERONG's command 0x33 and its address 15.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import xor

from kiosk.errors import DeviceFault
from kiosk.ports.lock_limits import BOARDS, BoardKind

STX, ETX = 0x02, 0x03
_KERONG_ASK, _KERONG_OPEN, _KERONG_TELLS = 0x30, 0x31, 0x35
_ALL_WINNSEN_LOCKS = (0xFF, 0xFF)


@dataclass(frozen=True, slots=True)
class DoorsTold:
    """How a board's doors stand. closed: bit 0 is lock 1; set where the contact says closed as the maker means it."""

    closed: int


@dataclass(frozen=True, slots=True)
class OpeningTold:
    """The board took the order to open a lock. closed: its contact after the pulse."""

    lock: int
    closed: bool


Answer = DoorsTold | OpeningTold


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of frame: its length, the bytes that are always the same (the first is), and what it says.

    read: None where the sum is wrong.
    """

    length: int
    fixed: Mapping[int, int]
    read: Callable[[bytes], Answer | None]

    def fits(self, begin: bytes) -> bool:
        """Whether these first bytes can belong to such a frame."""
        return all(begin[at] == byte for at, byte in self.fixed.items() if at < len(begin))


@dataclass(frozen=True, slots=True)
class Language:
    """How one kind of board is spoken to. ask, open_lock: the order for an address. shapes: of what it answers.

    opens_silently: it may say nothing to an order to open. tells_late: it answers one when its pulse is over.
    opening_s: so long it may think before it answers one.
    """

    ask: Callable[[int], bytes]
    open_lock: Callable[[int, int], bytes]
    shapes: Callable[[int, int], tuple[Shape, ...]]
    opening_s: float
    opens_silently: bool = False
    tells_late: bool = False


class Frames:
    """Cuts what a board sends into answers. garbled: bytes so far that belong to no frame."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self.garbled = 0
        self._shapes = tuple(shapes)
        self._longest = max(shape.length for shape in self._shapes)
        self._heads = re.compile(b"[" + re.escape(bytes(shape.fixed[0] for shape in self._shapes)) + b"]")
        self._held = bytearray()

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that these bytes complete, in order."""
        self._held += data
        answers: list[Answer] = []
        begin = 0
        while begin < len(self._held):
            head = self._heads.search(self._held, begin)
            at = len(self._held) if head is None else head.start()
            self.garbled += at - begin
            begin = at
            used, answer = self._take(bytes(self._held[begin : begin + self._longest]))
            if not used:
                break
            if answer is None:
                self.garbled += used
            else:
                answers.append(answer)
            begin += used
        del self._held[:begin]
        return answers

    def _take(self, begin: bytes) -> tuple[int, Answer | None]:
        """How many bytes are settled, and what they say; 0 while too few are there to tell."""
        for shape in self._shapes:
            if not shape.fits(begin):
                continue
            if len(begin) < shape.length:
                return 0, None
            answer = shape.read(begin[: shape.length])
            if answer is not None:
                return shape.length, answer
        return min(1, len(begin)), None


def open_order(kind: BoardKind, address: int, lock: int) -> bytes:
    """The order to open one lock. Raises DeviceFault for one that the board has not, or would take for all of them."""
    limits = BOARDS[kind]
    if address not in limits.addresses or not 1 <= lock <= limits.locks:
        remedy = f"a {kind.value} board has an address from {limits.addresses[0]} to {limits.addresses[-1]}"
        raise DeviceFault(
            f"lock {lock} of board {address} is not opened: there is none ({remedy}, and locks 1 to {limits.locks})"
        )
    return LANGUAGES[kind].open_lock(address, lock)


def _summed(*content: int) -> bytes:
    return bytes((*content, sum(content) & 0xFF))


def _xored(*content: int) -> bytes:
    return bytes((*content, reduce(xor, content)))


def _generic_shapes(address: int, locks: int) -> tuple[Shape, ...]:
    """One byte of doors for every eight locks, the last eight first: a board of 24 tells 17-24, 9-16, 1-8."""
    wide = -(-locks // 8)

    def opening(frame: bytes) -> Answer | None:
        sound = reduce(xor, frame) == 0 and frame[3] in (0x00, 0x11)
        return OpeningTold(frame[2], closed=frame[3] == 0x11) if sound else None

    def doors(frame: bytes) -> Answer | None:
        return DoorsTold(int.from_bytes(frame[2 : 2 + wide], "big")) if reduce(xor, frame) == 0 else None

    return (
        Shape(5, {0: 0x8A, 1: address}, opening),
        Shape(wide + 4, {0: 0x80, 1: address, 2 + wide: 0x33}, doors),
    )


def _kerong_shapes(address: int, _: int) -> tuple[Shape, ...]:
    """The hooks of locks 1-8 and 9-16, then the light barriers inside, which nobody asks for."""

    def doors(frame: bytes) -> Answer | None:
        sound = sum(frame[:-1]) & 0xFF == frame[-1] and frame[1] >> 4 == address
        return DoorsTold(int.from_bytes(frame[3:5], "little")) if sound else None

    return (Shape(9, {0: STX, 2: _KERONG_TELLS, 7: ETX}, doors),)


def _winnsen_shapes(address: int, _: int) -> tuple[Shape, ...]:
    """No checksum, so every other byte is looked at; a set bit is an open door."""

    def doors(frame: bytes) -> Answer | None:
        return DoorsTold(0xFFFF ^ int.from_bytes(frame[4:6], "little"))

    def opening(frame: bytes) -> Answer | None:
        return OpeningTold(frame[4], closed=frame[5] == 0) if frame[5] in (0, 1) else None

    head = {0: 0x90, 1: 0x07, 3: address, 6: ETX}
    return (Shape(7, {**head, 2: 0x82}, doors), Shape(7, {**head, 2: 0x85}, opening))


LANGUAGES = {
    BoardKind.GENERIC_8A: Language(
        ask=lambda address: _xored(0x80, address, 0x00, 0x33),
        open_lock=lambda address, lock: _xored(0x8A, address, lock, 0x11),
        shapes=_generic_shapes,
        opening_s=1.6,  # its pulse is about a second
        tells_late=True,
    ),
    BoardKind.KERONG: Language(
        ask=lambda address: _summed(STX, address << 4, _KERONG_ASK, ETX),
        open_lock=lambda address, lock: _summed(STX, address << 4 | lock - 1, _KERONG_OPEN, ETX),
        shapes=_kerong_shapes,
        opening_s=0.15,
        opens_silently=True,
    ),
    BoardKind.WINNSEN: Language(
        ask=lambda address: bytes((0x90, 0x07, 0x02, address, *_ALL_WINNSEN_LOCKS, ETX)),
        open_lock=lambda address, lock: bytes((0x90, 0x06, 0x05, address, lock, ETX)),
        shapes=_winnsen_shapes,
        opening_s=1.6,
    ),
}
