"""The end of the day at the lockers: shoppers are reminded; what is not fetched becomes the supervisor's (L03, L04).

Nothing here remembers anything: what is due follows from the hour alone, so a late start, a night without power or a
clock that jumps over midnight leaves nothing out, and the ledger keeps anything from being done twice. Where the doors
stay open from one day to the next, the lockers' day turns at an hour that the store names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.sentences import N_
from kiosk.units import LockerId, ScriptId


@dataclass(frozen=True, slots=True)
class Hours:
    """A business day. opens, closes: zone-aware; it may close after midnight. joins_before: the doors stay open from
    the day before, joins_after: until the next."""

    day: date
    opens: datetime
    closes: datetime
    joins_before: bool = False
    joins_after: bool = False


class SheetKind(Enum):
    """What is signed every day; the values are what the ledger and commands say."""

    MORNING_COUNT = N_("morning count")
    MORNING_TIDY = N_("morning tidying")
    EVENING_CENSUS = N_("evening census")
    EVENING_TIDY = N_("evening tidying")


EARLY = timedelta(hours=2)  # so long before it is due, a morning sheet may be begun
MORNING = (SheetKind.MORNING_COUNT, SheetKind.MORNING_TIDY)


@dataclass(frozen=True, slots=True)
class ClosingChoices:
    """The store's choices. Seconds.

    reminders_s: so long before the doors close the reminder is aired; page: which page of the binder, None for none.
    count_by_s: so long before opening, morning count and tidying are to be signed; census_by_s: so long after closing,
    those of the evening. sheets: which are signed every day; a store that prints tickets has no tags to count.
    """

    reminders_s: tuple[float, ...] = (3600.0, 1800.0, 600.0)
    page: ScriptId | None = None
    count_by_s: float = 600.0
    census_by_s: float = 3600.0
    sheets: tuple[SheetKind, ...] = tuple(SheetKind)


USUAL = ClosingChoices()
LOOK_AHEAD_DAYS = 14  # the longest holiday of a store
TURN = time(5)  # of a store that stays open: few people are there
LEAST_STAY = timedelta(hours=3)  # who leaves something so shortly before has until the next turn


def bag_days(hours_on: Callable[[date], Hours | None], turn: time) -> Callable[[date], Hours | None]:
    """The days of the bag storage: the store's; where one goes on into the next, they meet at the hour of the turn."""

    def of(day: date) -> Hours | None:
        hours = hours_on(day)
        if hours is None:
            return None
        following = hours_on(day + timedelta(days=1)) if hours.joins_after else None
        opens = _turned(hours, turn) if hours.joins_before else hours.opens
        return replace(hours, opens=opens, closes=hours.closes if following is None else _turned(following, turn))

    return of


def _turned(hours: Hours, turn: time) -> datetime:
    """When the lockers turn to a day that goes on from the one before; as it begins, where it closes before that."""
    at = datetime.combine(hours.opens.date(), turn, tzinfo=hours.opens.tzinfo)
    at = at if at >= hours.opens else at + timedelta(days=1)
    return at if at < hours.closes else hours.opens


def doors_close(hours: Hours, hours_on: Callable[[date], Hours | None]) -> datetime | None:
    """When the doors close that are open on a day; None where they stay open for as long as anybody looks ahead."""
    for _ in range(LOOK_AHEAD_DAYS):
        if not hours.joins_after:
            return hours.closes
        following = hours_on(hours.day + timedelta(days=1))
        if following is None:
            return hours.closes
        hours = following
    return None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A page to be aired. key: of its request, the same whenever it is worked out. until: later it makes no sense."""

    key: str
    page: ScriptId
    due: datetime
    until: datetime


def reminder_due(hours: Hours, now: datetime, occupied: int, choices: ClosingChoices = USUAL) -> Reminder | None:
    """The reminder that is to be aired now, None for none: nobody is reminded of empty lockers, nor after closing, nor
    where the doors stay open.

    Of several whose time has come the last one counts, so that a late start airs one reminder and not three.
    """
    if choices.page is None or not occupied or now >= hours.closes or hours.joins_after:
        return None
    moments = {lead: hours.closes - timedelta(seconds=lead) for lead in sorted(choices.reminders_s)}
    lead = next((lead for lead, due in moments.items() if due <= now), None)
    if lead is None:
        return None
    shorter = [other for other in moments if other < lead]
    until = moments[shorter[-1]] if shorter else hours.closes
    # by the closing and not by the day: a demo has several of them on one
    return Reminder(f"bags/{hours.closes:%Y-%m-%dT%H:%M:%S}/{lead:g}", choices.page, moments[lead], until)


def closing_after(moment: datetime, hours_on: Callable[[date], Hours | None]) -> datetime | None:
    """When the day is over for things that are left at a moment; None where nobody knows the days that follow."""
    for ahead in range(-1, LOOK_AHEAD_DAYS):
        hours = hours_on(moment.date() + timedelta(days=ahead))
        least = LEAST_STAY if hours is not None and hours.joins_after else timedelta(0)
        if hours is not None and moment + least < hours.closes:
            return hours.closes
    return None


def business_day(
    now: datetime, hours_on: Callable[[date], Hours | None], choices: ClosingChoices = USUAL
) -> Hours | None:
    """The day whose sheets are signed now: from the hour of its morning count until that of the next one's, and not
    before the doors of the day before have closed."""
    for back in range(LOOK_AHEAD_DAYS):
        hours = hours_on(now.date() - timedelta(days=back))
        if hours is not None and now >= _begins(hours, hours_on, choices):
            return hours
    return None


def _begins(hours: Hours, hours_on: Callable[[date], Hours | None], choices: ClosingChoices) -> datetime:
    if hours.joins_before:
        return hours.opens
    due = due_by(SheetKind.MORNING_COUNT, hours, choices)
    before = hours_on(hours.day - timedelta(days=1))
    return due - EARLY if before is None else max(due - EARLY, min(before.closes, due))


def day_of(now: datetime, hours_on: Callable[[date], Hours | None]) -> date:
    """The business day that numbers are of: until the doors have closed, or the day has turned, that of the evening."""
    before = hours_on(now.date() - timedelta(days=1))
    return before.day if before is not None and now < before.closes else now.date()


def overnight(
    lockers: Iterable[Locker], deposits: Iterable[Deposit], hours_on: Callable[[date], Hours | None], now: datetime
) -> tuple[LockerId, ...]:
    """Lockers whose things stayed beyond the closing of the day on which they were left."""
    left = {one.n: one.began for one in deposits}
    late = []
    for one in lockers:
        if one.assignment is Assignment.OCCUPIED and one.deposit in left:
            closes = closing_after(left[one.deposit], hours_on)
            if closes is not None and now >= closes:
                late.append(one.id)
    return tuple(late)


def due_by(kind: SheetKind, hours: Hours, choices: ClosingChoices = USUAL) -> datetime:
    """Until when a sheet of that day is to be signed."""
    if kind in MORNING and hours.joins_before:
        return hours.opens + timedelta(seconds=choices.census_by_s)
    if kind in MORNING:
        return hours.opens - timedelta(seconds=choices.count_by_s)
    return hours.closes + timedelta(seconds=choices.census_by_s)


def overdue(
    kind: SheetKind, hours: Hours, signed: Iterable[SheetKind], now: datetime, choices: ClosingChoices = USUAL
) -> bool:
    """Whether a sheet of that day should have been signed by now, and is not. Where the doors stay open, the morning
    sheets of the next day stand for those of the evening as well."""
    if kind not in MORNING and hours.joins_after:
        return False
    return kind in choices.sheets and kind not in set(signed) and now >= due_by(kind, hours, choices)
