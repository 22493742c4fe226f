"""The service desk's queue for the album of screens: as it stands before a number is taken."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.rules.front.session import Session
from kiosk.rules.service.queue_number import DeskNumbers, NumberOfLate, Queueing

NUMBERS = DeskNumbers(12, 24, open=True)


def queue_states() -> Iterator[tuple[str, Session, tuple[object, ...]]]:
    """Each state by its name, with the facts that it is drawn from."""
    asks = Session(flow=Queueing())
    yield "queue.take-nobody", asks, (DeskNumbers(0, 0, open=True),)
    yield "queue.take-busy", asks, (DeskNumbers(0, 4, open=True),)
    yield "queue.take-again", asks, (NUMBERS, NumberOfLate("screen", "A127"))
    yield "queue.take-closed", asks, (DeskNumbers(0, 0, open=False),)
    yield "queue.take-unread", asks, ()
    yield "queue.sent", Session(flow=Queueing(sent=True)), (NUMBERS,)
