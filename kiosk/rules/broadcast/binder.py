"""When the pages of the announcement binder are due: validity, window and interval become moments (B06, B07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from kiosk.rules.broadcast.day import BusinessDay, Call
from kiosk.rules.broadcast.material import AirClass, Script, Window

# What staff may not say (S02), in both scripts; 没有 and 不会 also occur in harmless sentences, so a person decides.
UNFIT_WORDS = (
    *("不懂", "不会", "不會", "不知道", "不行", "没有", "沒有"),
    *("我忙着呢", "我忙著呢", "这事跟我没关系", "這事跟我沒關係"),
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One airing that the binder or the day's calls ask for.

    key: the same whenever the day is computed ("member-day@2026-11-21T10:15"), so that it never airs twice.
    """

    key: str
    script: Script
    due: datetime


def dues(script: Script, day: BusinessDay) -> tuple[datetime, ...]:
    """The moments of a business day at which a page is due, in order.

    Only routine pages air by themselves; only moments in the broadcast hours count (opens <= due < closes), and the
    validity dates are those of the business day, also after midnight. The interval counts elapsed seconds, so that a
    day of 23 or 25 hours neither squeezes nor stretches it.
    """
    window = script.window
    if window is None or script.air_class is not AirClass.ROUTINE or not script.valid_on(day.date):
        return ()
    opens_s, closes_s = day.opens.timestamp(), day.closes.timestamp()
    # The night before and the night after can reach into the broadcast hours, so each date's window is tried.
    moments_s = sorted(
        {
            moment_s
            for shift in (-1, 0, 1)
            for moment_s in _moments_s(window, script.interval_s, day.date + timedelta(days=shift), day.zone)
            if opens_s <= moment_s < closes_s
        }
    )
    return tuple(datetime.fromtimestamp(moment_s, day.zone) for moment_s in moments_s)


def occurrences(scripts: Sequence[Script], calls: Sequence[Call], day: BusinessDay) -> tuple[Occurrence, ...]:
    """All that the binder and the calls make due on a business day, by moment, then in the binder's order (B06).

    A call takes part only while its page is valid (B07); a page due twice at one moment airs once.
    """
    found: dict[str, tuple[float, int, Occurrence]] = {}
    for order, script in enumerate(scripts):
        called = (day.moment(call.at) for call in calls if call.script == script.id and script.valid_on(day.date))
        for due in (*dues(script, day), *called):
            occurrence = Occurrence(occurrence_key(script, due), script, due)
            found.setdefault(occurrence.key, (due.timestamp(), order, occurrence))
    return tuple(occurrence for _, _, occurrence in sorted(found.values(), key=lambda entry: entry[:2]))


def occurrence_key(script: Script, due: datetime) -> str:
    """The name of an airing: page and store time; the offset is added only in the hour that the clocks repeat."""
    whole_minute = due.second == 0 and due.microsecond == 0
    shown = due if due.fold else due.replace(tzinfo=None)
    return f"{script.id}@{shown.isoformat(timespec='minutes' if whole_minute else 'auto')}"


def unfit_words(text: str) -> tuple[str, ...]:
    """The words in a text that staff may not say to a shopper (S02)."""
    return tuple(word for word in UNFIT_WORDS if word in text)


def _moments_s(window: Window, interval_s: float | None, on: date, zone: tzinfo) -> list[float]:
    """A window's due moments when it starts on the date `on`, seconds since the epoch."""
    start_s = _timestamp(on, window.start, zone)
    if not interval_s:
        return [start_s]
    last_s = _timestamp(on + timedelta(days=1 if window.end <= window.start else 0), window.end, zone)
    return [start_s + step * interval_s for step in range(int((last_s - start_s) // interval_s) + 1)]


def _timestamp(on: date, at: time, zone: tzinfo) -> float:
    return datetime.combine(on, at, tzinfo=zone).timestamp()
