"""Waiting for a real process or real sound, with a deadline: never longer than needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_LOOK_S = 0.01


def eventually(condition: Callable[[], object], *, within_s: float, what: str) -> None:
    """Return as soon as the condition holds; fail with `what` if it does not in time."""
    deadline_s = time.monotonic() + within_s
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline_s, f"after {within_s:.1f} s still not: {what}"
        pause.wait(_LOOK_S)


def let_pass(seconds: float) -> None:
    """Let real time pass, where it is time itself that is measured."""
    threading.Event().wait(seconds)
