"""The stock's own system in staff mode: the goods of a day that it is still to be told of, told, taken back (R13)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.desks.returns.stock_desk import StockDesk
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.day_end_corner import BACK, FRESH
from kiosk.desks.staff.return_matters import GONE
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.lockers.closing import Hours
from kiosk.rules.people.person import Person
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.slip import Refused, numbered
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.rules.returns.stock import Change, StockTold, undoable
from kiosk.sentences import N_, tell

UNDO = Offered("undo", N_("Not told after all"), "arrow-left", "care")
NAME = "stock"
KNOWN = N_("The stock's system knows all of it")
CHANGED = N_("Something came back meanwhile: look at the list once more")


@dataclass(slots=True)
class StockCorner:
    """Implements RoomCorner. hours_on: when the store opens and closes on a date. names: of people, by id."""

    desk: StockDesk
    hours_on: Callable[[date], Hours | None]
    names: Callable[[], Mapping[str, str]]
    name: str = NAME
    _known: tuple[datetime, Mapping[date, tuple[Change, ...]]] | None = None

    def sees(self, who: Person, now: datetime) -> bool:
        return not may(who, Right.TELL_STOCK, now.date())

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """All of it: stock is put right on the same day."""
        return self.shelf(who, now)

    def shelf(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        if not self.sees(who, now):
            return ()
        return tuple(of_stock(day, changes, now) for day, changes in self._open(now).items() if self._closed(day, now))

    def begins(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        """Nothing: what came back is there by itself."""
        return ()

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        day = _day(thing)
        if day is None or not self.sees(who, now):
            return None
        changes, said = self.desk.untold(day), self.desk.said(day)
        if not changes and not said:
            return None
        deeds = (*((telling(changes),) if changes else ()), *((UNDO,) if undoable(said) else ()))
        return of_stock(day, changes, now, deeds, tuple(told_of_stock(changes, said, self.names())))

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        matter, day = self.opened(thing, who, now), _day(thing)
        if matter is None or day is None or deed not in [one.deed for one in matter.deeds]:
            changed = matter is not None and deed != UNDO.deed
            return Said(CHANGED if changed else GONE, refused=True)
        self._known = None
        undoes = deed == UNDO.deed
        done = self.desk.undo(day, who, now) if undoes else self.desk.tell(day, self.desk.untold(day), who, now)
        if isinstance(done, Refused):
            return Said(done.why, refused=True)
        text = N_("It is still to be told") if undoes else N_("It is noted who told the stock's system")
        return Said(text, opens=f"{self.name} {thing}")

    def _open(self, now: datetime) -> Mapping[date, tuple[Change, ...]]:
        if self._known is None or not timedelta(0) <= now - self._known[0] < FRESH:
            self._known = now, self.desk.open_days(now.date() - BACK, now.date())
        return self._known[1]

    def _closed(self, day: date, now: datetime) -> bool:
        """Whether that day's business is over; a calendar that does not know the day counts until midnight."""
        hours = self.hours_on(day)
        return day < now.date() if hours is None else now >= hours.closes


def telling(changes: Sequence[Change]) -> Offered:
    """Of exactly these: of what somebody else lays beside them meanwhile, nobody has told it."""
    mark = zlib.crc32(repr([(one.of.number, one.out) for one in changes]).encode())
    return Offered(f"tell {mark:08x}", N_("The stock's system is told"), "check", "good")


def of_stock(
    day: date,
    changes: Sequence[Change],
    now: datetime,
    deeds: tuple[Offered, ...] = (),
    told: tuple[tuple[str, str], ...] = (),
) -> Matter:
    """The goods of a day; those of a day before press."""
    title = tell("Stock: goods that came back on {day}", day=str(day))
    line = tell("Still to be told: {count}", count=len(changes)) if changes else KNOWN
    pressing = bool(changes) and day < now.date()
    return Matter(f"{NAME} {day}", Kind.RETURN, title, line=line, pressing=pressing, deeds=deeds, told=told)


def told_of_stock(
    changes: Sequence[Change], said: Sequence[StockTold], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each article with its sign, as it is typed there; then who told what."""
    for change in changes:
        one, slip = change.of, {"slip": numbered(change.of.number), "department": change.of.department}
        heading = tell("Slip {slip}, void since · {department}", **slip)
        if not change.out:
            heading = tell("Slip {slip} · {department}", **slip)
        yield heading, f"{'−' if change.out else '+'}{shown_quantity(one.quantity_milli)} {one.name} ({one.item})"
    for word in said:
        who = {"name": names.get(word.by, word.by), "when": f"{word.at:%m-%d %H:%M}"}
        slips = tuple(map(numbered, (*word.went, *word.came) if word.undoes else (*word.came, *word.went)))
        yield (
            N_("Taken back") if word.undoes else N_("Told"),
            tell("{name} {when}, slips {slips}", **who, slips=slips),
        )


def _day(thing: str) -> date | None:
    try:
        return date.fromisoformat(thing)
    except ValueError:
        return None
