"""The service desk's figures of some days: volumes, times to answer, causes, open cases, ratings (rules S19, S21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from kiosk.rules.service.record import Record
from kiosk.rules.service.service import BY_ITSELF, Service

CAUSES = {"complaint": ("about", "class"), "praise": ("about",), "loan": ("thing",), "lost": ("category",)}
RATINGS = "rating"


@dataclass(frozen=True, slots=True)
class OfService:
    """count: of new records. answered_s: how long it took until somebody did something, the median; None where nobody
    has yet. late: how many were not answered in time. open: of them, so many are not over. causes: how often each."""

    service: str
    count: int
    answered_s: float | None
    late: int
    open: int
    causes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """since, until: the first and the last day. services: those that had anything to do. per_day: new records, without
    ratings. marks: how often each was given, "5" to "1"; per_day_mark: their mean, None on a day without any. seats:
    count and mean at each desk."""

    since: date
    until: date
    services: tuple[OfService, ...]
    per_day: tuple[tuple[date, int], ...]
    marks: tuple[tuple[str, int], ...]
    per_day_mark: tuple[tuple[date, float | None], ...]
    seats: tuple[tuple[str, int, float], ...]

    @property
    def mean_mark(self) -> float | None:
        """Of all ratings."""
        given = sum(count for _, count in self.marks)
        return sum(int(mark) * count for mark, count in self.marks) / given if given else None


def figures(records: Iterable[Record], services: Mapping[str, Service], since: date, until: date) -> Figures:
    """Of the records that came in on these days, as they stand now. What was purged keeps its place in the counts."""
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    kept = [one for one in records if since <= one.at.date() <= until and one.service in services]
    rated = [(one, one.answers.get("mark", "")) for one in kept if one.service == RATINGS]
    marked = [(one, int(mark)) for one, mark in rated if mark.isdigit()]
    others = [one for one in kept if one.service != RATINGS]
    per_day = Counter(one.at.date() for one in others)
    return Figures(
        since,
        until,
        tuple(
            _of(id, [one for one in others if one.service == id], services[id])
            for id in sorted({one.service for one in others})
        ),
        tuple((day, per_day[day]) for day in days),
        tuple((mark, sum(str(given) == mark for _, given in marked)) for mark in "54321"),
        tuple((day, _mean(mark for one, mark in marked if one.at.date() == day)) for day in days),
        tuple(
            (seat, len(marks), sum(marks) / len(marks))
            for seat in sorted({one.by for one, _ in marked})
            for marks in ([mark for one, mark in marked if one.by == seat],)
        ),
    )


def _of(id: str, records: list[Record], service: Service) -> OfService:
    waits = [(first - one.at).total_seconds() for one in records if (first := first_answer(one)) is not None]
    asked = CAUSES.get(id, ())
    causes = Counter(" / ".join(filter(None, (one.answers.get(name, "") for name in asked))) for one in records)
    return OfService(
        id,
        len(records),
        median(waits) if waits else None,
        sum(any(done.deed == "is late" for done in one.history) for one in records),
        sum(one.stage not in service.over for one in records),
        tuple(sorted(((cause, count) for cause, count in causes.items() if cause), key=lambda one: (-one[1], one[0]))),
    )


def first_answer(record: Record) -> datetime | None:
    """When somebody first did something about it; None for not yet."""
    return next((done.at for done in record.history if done.by != BY_ITSELF), None)


def _mean(marks: Iterable[int]) -> float | None:
    given = list(marks)
    return sum(given) / len(given) if given else None
