"""The keys of the terminal, one by one and without echo; afterwards it is as it was, whatever happened."""

from __future__ import annotations

import os
import sys
import termios
import tty
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

MOST = 64  # bytes at a time: more is a text that was pasted


class Keyboard:
    """A context manager. fd: a terminal; None where nobody can type. Ctrl-C still interrupts. One thread."""

    def __init__(self, fd: int | None) -> None:
        self._fd = fd
        self._before: list[Any] | None = None

    def __enter__(self) -> Self:
        if self._fd is None:
            return self
        try:
            self._before = termios.tcgetattr(self._fd)
            tty.setcbreak(self._fd, termios.TCSANOW)
        except (termios.error, OSError):
            self._leave()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    @property
    def fd(self) -> int | None:
        """What to wait on, None where there is nothing to wait for, or no more."""
        return self._fd

    def typed(self) -> str:
        """What was typed, once `fd` is readable; "" also where the terminal hung up, and then `fd` is None."""
        if self._fd is None:
            return ""
        try:
            data = os.read(self._fd, MOST)
        except OSError:
            data = b""
        if not data:
            self._leave()
        return "" if data.startswith(b"\x1b") else data.decode("ascii", "replace")  # arrows and the like are no keys

    def _leave(self) -> None:
        fd, self._fd = self._fd, None
        before, self._before = self._before, None
        if fd is not None and before is not None:
            with suppress(termios.error, OSError):
                termios.tcsetattr(fd, termios.TCSANOW, before)


def keyboard_for() -> Keyboard:
    """The keyboard of the terminal that this process was started from; one without keys in the background or a pipe."""
    try:
        fd = sys.stdin.fileno()
        foreground = os.isatty(fd) and sys.stdout.isatty() and os.tcgetpgrp(fd) == os.getpgrp()
    except (OSError, ValueError, AttributeError):
        foreground, fd = False, -1
    return Keyboard(fd if foreground else None)
