"""How values look in the ledger: moments as UTC text, words that any file name survives, one canonical JSON."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime, time, tzinfo

from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.units import ZoneId


def utc_text(at: datetime) -> str:
    """A moment as UTC ISO 8601 with microseconds; always as long, so that text order is time order."""
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no zone: the ledger keeps zone-aware times only")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_utc_text(text: str, zone: tzinfo) -> datetime:
    """The moment that `utc_text` wrote, on the clocks of `zone`."""
    return datetime.fromisoformat(text).astimezone(zone)


def plain(text: str) -> str:
    """The text as UTF-8 can hold it: a byte of a file name that is no character becomes its escape."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def canonical(content: Mapping[str, object]) -> str:
    """JSON that is the same wherever it is written: sorted, without spaces, ASCII.

    What is None is left out, so a column that a later version adds leaves the digests of old rows as they were.
    """
    present = {name: value for name, value in content.items() if value is not None}
    return json.dumps(present, sort_keys=True, separators=(",", ":"), default=repr)


def digest_of(content: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode("ascii")).hexdigest()


def kept(entry: AsRun, zone: tzinfo) -> AsRun:
    """The entry as every log gives it back: times on the clocks of `zone`, plain words, a level that is a number.

    Raises ValueError for a time without a zone.
    """
    return AsRun(
        day=entry.day,
        key=plain(entry.key),
        kind=entry.kind,
        id=plain(entry.id),
        air_class=entry.air_class,
        zones=tuple(ZoneId(plain(each)) for each in entry.zones),
        due=entry.due and kept_time(entry.due, zone),
        planned_start=entry.planned_start and kept_time(entry.planned_start, zone),
        planned_end=entry.planned_end and kept_time(entry.planned_end, zone),
        real_start=entry.real_start and kept_time(entry.real_start, zone),
        real_end=entry.real_end and kept_time(entry.real_end, zone),
        phase=plain(entry.phase),
        outcome=entry.outcome,
        reason=plain(entry.reason),
        operator=None if entry.operator is None else plain(entry.operator),
        level_dbfs=_kept_level(entry.level_dbfs),
    )


def kept_start(entry: AsRun, zone: tzinfo) -> AsRun:
    """An entry that may be logged as started. Raises ValueError where it has no real start or is over."""
    if entry.real_start is None or entry.outcome is not Outcome.ON_AIR:
        raise ValueError(f"{entry.key} is not on the air: real start {entry.real_start}, {entry.outcome.value}")
    return kept(entry, zone)


def kept_end(entry: AsRun, zone: tzinfo) -> AsRun:
    """An entry that may be logged as ended. Raises ValueError where it is still on the air."""
    if entry.outcome is Outcome.ON_AIR:
        raise ValueError(f"{entry.key} is still on the air: an end needs an outcome")
    return kept(entry, zone)


def kept_time(at: datetime, zone: tzinfo) -> datetime:
    """The moment on the clocks of `zone`. Raises ValueError where it has no zone of its own."""
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no zone: the ledger keeps zone-aware times only")
    return at.astimezone(UTC).astimezone(zone)


def moment_of(entry: AsRun, zone: tzinfo) -> datetime:
    """The latest moment that the entry tells of; the beginning of its day where it tells of none."""
    told = entry.real_end or entry.real_start or entry.planned_start or entry.due
    return told or datetime.combine(entry.day, time(), zone)


def kept_details(details: Mapping[str, str]) -> dict[str, str]:
    """The details of an audit line in plain words, in the order of their names."""
    return {plain(name): plain(value) for name, value in sorted(details.items())}


def _kept_level(level_dbfs: float | None) -> float | None:
    # SQLite gives minus zero back as zero and NaN as NULL; silence has no level
    return float(level_dbfs) + 0.0 if level_dbfs is not None and math.isfinite(level_dbfs) else None
