"""How values are written on the command line; what is not so is told with an example of what is."""

from __future__ import annotations

import argparse
import datetime


def date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-23") from error


def time(text: str) -> datetime.time:
    try:
        parsed = datetime.time.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 09:30 or 10:03:20.500") from error
    if parsed.tzinfo is not None:
        raise argparse.ArgumentTypeError(f"{text!r} names a zone; times are the store's own")
    return parsed


def minutes(text: str) -> int:
    return _whole(text, 3, 600, "minutes")


def seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0.0 <= seconds <= 60.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0 to 60")
    return seconds


def days(text: str) -> int:
    return _whole(text, 1, 3660, "days")


def number(text: str) -> int:
    return _whole(text, 1, 10**9, "page numbers")


def lockers(text: str) -> tuple[int, ...]:
    """Positions, as "5" or "1-6,9"."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first, last if dash else first)
        if not all(end.isascii() and end.isdecimal() and 0 < int(end) < 10_000 for end in ends):
            raise argparse.ArgumentTypeError(f"{text!r} names no lockers: write 5, or 1-6,9")
        found += range(int(ends[0]), int(ends[1]) + 1)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} names no lockers: write 5, or 1-6,9")
    return tuple(dict.fromkeys(found))


def _whole(text: str, least: int, most: int, unit: str) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of {unit} from {least} to {most}")
    return int(text)
