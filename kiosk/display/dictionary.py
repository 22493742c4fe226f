"""The pinyin keyboard's dictionary, read when somebody first writes: who only fetches a bag does not pay for it."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from kiosk.rules.writing.book import EMPTY, Book

FILE = Path(__file__).parent / "pinyin" / "book.txt"

log = logging.getLogger(__name__)


@cache
def book() -> Book:
    """The whole of it, 30 ms and 8 MB. Without its file letters stay letters, which is said once."""
    return read(FILE)


def forget_letters() -> None:
    """What was looked up is forgotten: it may be somebody's name."""
    if book.cache_info().currsize:
        book().forget()


def read(path: Path) -> Book:
    """A dictionary as it lies there; an empty one where it cannot be read."""
    try:
        return Book(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        log.warning("the pinyin dictionary cannot be read: %s; install the kiosk again", fault)
        return EMPTY
