"""The three streams of a command as whoever started it left them: closed, too narrow for a name, or on a full disk."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Unwritten(OSError):
    """What was printed could not be written to its end."""


class _Paper(FileIO):
    """A standard output whose failures are not taken for any other file's."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise Unwritten(error.errno, error.strerror) from error


def made_usable() -> None:
    """Before anything else is opened. A stream that is closed takes what is written and gives nothing; a name with a
    character that the terminal's encoding lacks is written with that character's number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free: else the next file had it, the ledger's say
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  it stays open
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None or sys.stdout is sys.__stdout__:
        sys.stdout = _paper(sys.__stdout__)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def given_up() -> None:
    """Nothing more is printed: Python, ending, would try once more, and complain."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)


def _paper(before: object) -> TextIOWrapper:
    encoding = before.encoding if isinstance(before, TextIOWrapper) else "utf-8"
    return TextIOWrapper(BufferedWriter(_Paper(1, "w", closefd=False)), encoding, line_buffering=os.isatty(1))
