"""What the service desk's report tells beside its records: the queue, returns, open questions, trends (S07, S21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

from kiosk.rules.service.queue import Stage, Ticket, Topic
from kiosk.rules.service.record import Record
from kiosk.rules.service.returning import CHOICES, REASON

RETURNS = "return"
OUTCOMES = ("accept", "refuse", "person")
USUAL_REASONS = frozenset(option.id for option in CHOICES[REASON].options)
OTHER = "other"
ASKED_TWICE = 2  # what one shopper alone asked might say who they are
LONGEST_QUESTION = 20
DIGITS = 3  # more of them may be a telephone number
WEEK = 7


@dataclass(frozen=True, slots=True)
class Turn:
    """A number of the queue. called: for the first time; None for never."""

    ticket: Ticket
    called: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of those who took a number for something. Waits are until the first call, None where nobody was called."""

    topic: str
    taken: int
    served: int
    missed: int
    left: int
    median_s: float | None
    p90_s: float | None


@dataclass(frozen=True, slots=True)
class Slipped:
    """A slip of the return desk that counts. reason: as the clerk wrote it, by the id of an answer where it is one.
    wish: what was done. record: of the case at the touchscreen for which it was filled, 0 for none."""

    day: date
    reason: str
    wish: str
    record: int = 0


@dataclass(frozen=True, slots=True)
class Returned:
    """Cases at the touchscreen, and slips. decided: how often each outcome of the touchscreen; reasons, wishes: how
    often each, most often first: as the clerk wrote it on the slip, of a case without a slip as the shopper said it.
    purged: how many of them nobody can tell any more why."""

    count: int = 0
    slips: int = 0
    decided: tuple[tuple[str, int], ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    wishes: tuple[tuple[str, int], ...] = ()
    purged: int = 0


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """queue: by what for. returns: of the return desk. unanswered: what the guide could not answer, with how often;
    others: so many questions that were asked once. weeks: the first day of each week, and the new records of each
    service in it; per_seat: mean rating of each desk in each week, None where nobody rated."""

    queue: tuple[Waiting, ...] = ()
    returns: Returned = field(default_factory=Returned)
    unanswered: tuple[tuple[str, int], ...] = ()
    others: int = 0
    weeks: tuple[date, ...] = ()
    per_week: tuple[tuple[str, tuple[int, ...]], ...] = ()
    per_seat: tuple[tuple[str, tuple[float | None, ...]], ...] = ()


def desk_figures(
    records: Iterable[Record],
    turns: Iterable[Turn],
    questions: Mapping[str, int],
    slips: Iterable[Slipped],
    since: date,
    until: date,
) -> DeskFigures:
    """Of these days. questions: what was asked and not found, with how often. slips: from the first day until now."""
    kept = [one for one in records if since <= one.at.date() <= until]
    asked = {words: count for words, count in questions.items() if count >= ASKED_TWICE}
    weeks = tuple(since + timedelta(days=n) for n in range(0, (until - since).days + 1, WEEK))
    services = sorted({one.service for one in kept} - {"rating"})
    return DeskFigures(
        waiting(turns),
        returned([one for one in kept if one.service == RETURNS], slips, until),
        _often(asked),
        sum(count for words, count in questions.items() if words not in asked),
        weeks,
        tuple((id, _each_week([one for one in kept if one.service == id], since, len(weeks))) for id in services),
        _rated(kept, since, len(weeks)),
    )


def waiting(turns: Iterable[Turn]) -> tuple[Waiting, ...]:
    """How long people wait: half of them at most the median, nine of ten at most p90."""
    kept = tuple(turns)
    found = []
    for topic in Topic:
        ours = [one for one in kept if one.ticket.topic is topic]
        waits = sorted((one.called - one.ticket.at).total_seconds() for one in ours if one.called is not None)
        stages = Counter(one.ticket.stage for one in ours)
        half, most = (median(waits), waits[ceil(0.9 * len(waits)) - 1]) if waits else (None, None)
        if ours:
            found.append(
                Waiting(
                    topic.value, len(ours), stages[Stage.SERVED], stages[Stage.NO_SHOW], stages[Stage.LEFT], half, most
                )
            )
    return tuple(found)


def returned(records: Sequence[Record], slips: Iterable[Slipped], until: date) -> Returned:
    """Why things come back, and what the kiosk said. Whatever came back is counted once: by its slip, on the day of
    that; a case that came to a slip later than these days counts then."""
    written = tuple(slips)
    ours = [one for one in written if one.day <= until]
    with_slip = {one.record for one in written if one.record}
    told = [one.answers for one in records if one.answers]
    alone = [one for one in records if one.number not in with_slip]
    decided = Counter(one.get("outcome", "") for one in told)
    reasons = Counter(one.reason for one in ours)
    reasons.update(one.answers["reason"] for one in alone if one.answers.get("reason"))
    wishes = Counter(one.wish for one in ours)
    wishes.update(one.answers["wish"] for one in alone if one.answers.get("wish"))
    return Returned(
        len(records),
        len(ours),
        tuple((outcome, decided[outcome]) for outcome in OUTCOMES),
        _often(_grouped(reasons)),
        _often(wishes),
        sum(not one.answers for one in alone),
    )


def _grouped(reasons: Mapping[str, int]) -> Mapping[str, int]:
    """What one clerk alone wrote in their own words is counted, and not told."""
    found: Counter[str] = Counter()
    for reason, count in reasons.items():
        found[reason if reason in USUAL_REASONS or count >= ASKED_TWICE else OTHER] += count
    return found


def countable(question: str) -> str:
    """A question as it may be counted; "" where it might tell who asked: too long, or a number in it."""
    words = " ".join(question.split()).casefold()
    return "" if len(words) > LONGEST_QUESTION or sum(sign.isdigit() for sign in words) > DIGITS else words


def _often(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _each_week(records: Sequence[Record], since: date, weeks: int) -> tuple[int, ...]:
    counts = Counter((one.at.date() - since).days // WEEK for one in records)
    return tuple(counts[week] for week in range(weeks))


def _rated(records: Iterable[Record], since: date, weeks: int) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    marks: dict[str, list[list[int]]] = {}
    for one in records:
        if one.service == "rating" and one.answers.get("mark", "").isdigit():
            of_seat = marks.setdefault(one.by, [[] for _ in range(weeks)])
            of_seat[(one.at.date() - since).days // WEEK].append(int(one.answers["mark"]))
    return tuple(
        (seat, tuple(sum(given) / len(given) if given else None for given in each))
        for seat, each in sorted(marks.items())
    )
