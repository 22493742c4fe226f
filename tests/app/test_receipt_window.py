"""Receipts are looked up in a thread of their own, whatever the till does."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from kiosk.app.receipt_window import MOST_WAITING, ReceiptThread
from kiosk.desks.service.returning import LookedUp
from kiosk.errors import DeviceFault
from kiosk.ports.receipts import Receipts
from kiosk.rules.returns.receipt import Receipt
from tests.tills.exports import FIRST


@dataclass
class Till:
    """Implements Receipts."""

    waits: Event | None = None
    away: bool = False
    closed: int = 0

    def find(self, number: str) -> Receipt | None:
        if self.waits is not None:
            assert self.waits.wait(10.0)
        if self.away:
            raise DeviceFault("the till is away: look at its network")
        return FIRST if number == FIRST.number else None

    def close(self) -> None:
        self.closed += 1

    @contextmanager
    def opened(self) -> Iterator[Receipts]:
        try:
            yield self
        finally:
            self.close()


def window_of(till: Till) -> tuple[ReceiptThread, Callable[[], tuple[LookedUp, ...]]]:
    """The window, and what waits for its next answers."""
    woken: queue.SimpleQueue[bool] = queue.SimpleQueue()
    window = ReceiptThread(till.opened, lambda _, line: 1000 * (line - 1), lambda: woken.put(True))

    def next_ones() -> tuple[LookedUp, ...]:
        assert woken.get(timeout=10.0)
        return window.answers()

    return window, next_ones


def test_a_receipt_comes_with_what_has_come_back_of_it() -> None:
    till = Till()
    window, next_ones = window_of(till)

    window.ask(FIRST.number)

    assert next_ones() == (LookedUp(FIRST.number, FIRST, ((2, 1000),)),)
    window.ask("R0100000077")
    assert next_ones() == (LookedUp("R0100000077"),)
    assert till.closed == 2


def test_a_till_that_is_away_is_a_fault_and_is_asked_again_the_next_time() -> None:
    till = Till(away=True)
    window, next_ones = window_of(till)
    window.ask(FIRST.number)
    assert next_ones() == (LookedUp(FIRST.number, fault="the till is away: look at its network"),)

    till.away = False
    window.ask(FIRST.number)

    assert next_ones()[0].receipt == FIRST


def test_a_till_that_hangs_holds_up_nobody_and_lets_no_line_grow() -> None:
    goes_on = Event()
    window, next_ones = window_of(Till(goes_on))

    for _ in range(MOST_WAITING + 3):
        window.ask(FIRST.number)

    assert "too many" in next_ones()[0].fault
    goes_on.set()
