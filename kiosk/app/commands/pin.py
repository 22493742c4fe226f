"""How a command comes by a PIN; a module of its own, as what opens doors in an emergency loads nothing else."""

from __future__ import annotations

import getpass
import sys
import warnings
from pathlib import Path

from kiosk.errors import KioskError


def pin_of(file: Path | None, question: str) -> str:
    """A PIN from a file ("-": stdin), else asked for on the terminal. Raises KioskError."""
    if file is not None:
        try:
            text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8-sig").partition("\n")[0]
        except (OSError, UnicodeDecodeError) as error:
            raise KioskError(f"{file}: no PIN can be read from it ({error})") from error
        return text.strip()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would be typed for all to see
            return getpass.getpass(question)
    except (EOFError, OSError, getpass.GetPassWarning) as error:
        raise KioskError(
            "a PIN is asked for, and there is no terminal to ask on: name a file that holds it, or - for stdin"
            " (--as-pin-file, --pin-file)"
        ) from error
