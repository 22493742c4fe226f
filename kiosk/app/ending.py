"""The signals that ask a role, or both, to end in order."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


def ends() -> tuple[signal.Signals, ...]:
    """Which they are: SIGTERM, SIGINT, and that the terminal hung up, unless nohup said that this means nothing."""
    hung_up = () if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else (signal.SIGHUP,)
    return (signal.SIGTERM, signal.SIGINT, *hung_up)


@contextmanager
def stopped_by_signals(ask: Callable[[str], None]) -> Iterator[None]:
    """They ask the desk to close in order, by their name.

    ask: only posts, as it runs in a handler.
    """

    def handle(number: int, _: FrameType | None) -> None:
        ask(signal.Signals(number).name)

    before = {number: signal.signal(number, handle) for number in ends()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
