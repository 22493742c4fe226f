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


def job_number(text: str) -> int:
    return _whole(text, 1, 10**9, "job numbers")


def slip_number(text: str) -> int:
    return _whole(text, 1, 10**9, "slip numbers")


def desk_number(text: str) -> int:
    return _whole(text, 1, 20, "desk numbers")


def locker_number(text: str) -> int:
    return _whole(text, 1, 9999, "locker numbers")


def locker_numbers(text: str) -> list[int]:
    """Numbers and stretches of them, each once, in the order of asking."""
    found: dict[int, None] = {}
    for part in text.split(","):
        first, to, last = part.strip().partition("-")
        begin = locker_number(first)
        end = locker_number(last) if to else begin
        if end < begin:
            raise argparse.ArgumentTypeError(f"{part!r} runs backwards: write {end}-{begin}")
        found |= dict.fromkeys(range(begin, end + 1))
    return list(found)


def _whole(text: str, least: int, most: int, unit: str) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of {unit} from {least} to {most}")
    return int(text)
