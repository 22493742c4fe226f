"""Looks receipts up in a thread of its own, so that neither a door nor the screen waits for a till."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from kiosk.desks.service.returning import LookedUp
from kiosk.errors import KioskError
from kiosk.ports.receipts import Receipts

MOST_WAITING = 8

ComeBack = Callable[[str, int], int]


class ReceiptThread:
    """Implements ReceiptWindow. source: opened for each receipt. come_back: of a receipt's line, in thousandths.

    wake: an answer is there.
    """

    def __init__(
        self,
        source: Callable[[], AbstractContextManager[Receipts]],
        come_back: ComeBack,
        wake: Callable[[], None],
    ) -> None:
        self._source, self._come_back, self._wake = source, come_back, wake
        self._asked: SimpleQueue[str] = SimpleQueue()
        self._answered: SimpleQueue[LookedUp] = SimpleQueue()
        self._starts = Lock()
        self._thread: Thread | None = None

    def ask(self, number: str) -> None:
        if self._asked.qsize() >= MOST_WAITING:
            self._answer(LookedUp(number, fault="too many receipts are being looked up: look at the till"))
            return
        self._asked.put(number)
        with self._starts:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="receipts", daemon=True)
                self._thread.start()

    def answers(self) -> tuple[LookedUp, ...]:
        return tuple(self._taken())

    def _taken(self) -> Iterator[LookedUp]:
        with suppress(Empty):
            while True:
                yield self._answered.get_nowait()

    def _run(self) -> None:
        while True:
            self._answer(self._looked_up(self._asked.get()))

    def _answer(self, answer: LookedUp) -> None:
        self._answered.put(answer)
        self._wake()

    def _looked_up(self, number: str) -> LookedUp:
        try:
            with self._source() as receipts:
                receipt = receipts.find(number)
            if receipt is None:
                return LookedUp(number)
            back = tuple((line.n, self._come_back(number, line.n)) for line in receipt.lines)
        except KioskError as fault:
            return LookedUp(number, fault=str(fault))
        return LookedUp(number, receipt, tuple(one for one in back if one[1]))
