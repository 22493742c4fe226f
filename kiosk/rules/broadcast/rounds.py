"""The rounds of an evacuation: it is repeated until its reset, each time under a key of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from kiosk.rules.broadcast.programme import Item

_ROUND = re.compile(r"(.*)#([0-9]{1,9})", re.DOTALL)


def round_of(key: str) -> tuple[str, int]:
    """The stem of an evacuation's keys and the number of the round; the first one has no number."""
    found = _ROUND.fullmatch(key)
    return (key, 1) if found is None else (found[1], int(found[2]))


def next_round(item: Item) -> Item:
    """The same again, from its end on."""
    stem, number = round_of(item.key)
    return replace(item, key=f"{stem}#{number + 1}", start=item.end, end=later(item.end, item.duration_s))


def later(moment: datetime, seconds: float) -> datetime:
    """Elapsed time later, whatever the zone's clock does in between."""
    return datetime.fromtimestamp(moment.timestamp() + seconds, tz=moment.tzinfo)
