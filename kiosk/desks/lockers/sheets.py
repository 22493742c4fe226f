"""Counting tags and ticking the tidy list: every line is durable at once, and a person signs the sheet (L10-L12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.ports.bag_day import ForWhom, Notice, SheetBook, SheetLine
from kiosk.rules.lockers.census import Expected, Hanging, Look, Tally, tally
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.rights import Deed, decide
from kiosk.rules.lockers.tidy import USUAL_ITEMS, Item, Tick, latest, undone, unlooked, wrong_tick
from kiosk.rules.people.person import Denied, Person
from kiosk.sentences import N_, tell
from kiosk.units import LockerId

COUNTS = (SheetKind.MORNING_COUNT, SheetKind.EVENING_CENSUS)
TIDIES = (SheetKind.MORNING_TIDY, SheetKind.EVENING_TIDY)


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not done. why: a sentence for staff."""

    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is being filled in. n: its number in the ledger."""

    n: int
    day: date
    kind: SheetKind


@dataclass(slots=True)
class Sheets:
    """Whoever has the ledger may call. expected: what should hang where now. items: the tidy list.

    Every call may raise LedgerFault; then nothing happened.
    """

    book: SheetBook
    expected: Callable[[], Sequence[Expected]]
    items: tuple[Item, ...] = USUAL_ITEMS

    def begin(self, kind: SheetKind, day: date, by: Person, now: datetime) -> Sheet | Refused:
        """The sheet of that day: a new one, or the one that somebody began and did not sign."""
        if why := _may_not(by, Deed.COUNT if kind in COUNTS else Deed.TICK_TIDY, now):
            return Refused(why)
        return Sheet(self.book.begin(day, kind, by.id, now), day, kind)

    # counting

    def look(self, sheet: Sheet, look: Look, by: Person, now: datetime) -> Refused | None:
        """What was found at a locker; the newest counts."""
        if look.at not in {one.locker for one in self.expected()}:
            return Refused(tell("there is no locker {n}", n=look.at))
        content = {"at": str(look.at), "doubt": look.doubt}
        if look.plaque is not None:
            content |= {"number": str(look.plaque.number), "generation": str(look.plaque.generation)}
        return self._add(sheet, content, by, now)

    def looks(self, sheet: Sheet) -> tuple[Look, ...]:
        """What was found so far, oldest first."""
        return tuple(_look(line) for line in self.book.lines(sheet.n))

    def tally(self, sheet: Sheet) -> Tally:
        """What the count comes to so far."""
        return tally(self.expected(), self.looks(sheet))

    def sign_count(self, sheet: Sheet, by: Person, now: datetime) -> Tally | Refused:
        """The count is signed; where tags are too few, the manager is told in the same step (L10)."""
        if why := _may_not(by, Deed.SIGN_COUNT, now):
            return Refused(why)
        result = self.tally(sheet)
        if result.unseen:
            return Refused(_unseen(result.unseen))
        content: dict[str, object] = {
            "expected": result.expected,
            "found": result.found,
            "differences": [str(one) for one in result.differences],
        }
        notices, settled = self._told(sheet, result, now)
        signed = self.book.sign(sheet.n, by.id, now, content, notices, settled)
        return result if signed else Refused(tell("it is signed already"))

    def _told(self, sheet: Sheet, result: Tally, now: datetime) -> tuple[tuple[Notice, ...], tuple[str, ...]]:
        """The notice for the manager, or the key of one that a better count takes down."""
        key = f"tags/{sheet.day.isoformat()}/{sheet.kind.value}"
        if not result.too_few:
            return (), (key,)
        missing = result.expected - result.found
        text = tell(
            "{sheet} of {day}: {missing} of {expected} tags are not there ({differences})",
            sheet=tell(sheet.kind.value),
            day=sheet.day.isoformat(),
            missing=missing,
            expected=result.expected,
            differences=tuple(str(one) for one in result.differences),
        )
        return (Notice(key, ForWhom.MANAGER, text, now),), ()

    # tidying

    def tick(self, sheet: Sheet, tick: Tick, by: Person, now: datetime) -> Refused | None:
        """An item was looked at."""
        if why := wrong_tick(self.items, tick):
            return Refused(why)
        content = {"item": tick.item, "done": "yes" if tick.done else "no", "why": tick.why.strip()}
        return self._add(sheet, content, by, now)

    def ticks(self, sheet: Sheet) -> tuple[Tick, ...]:
        """What was ticked so far, oldest first."""
        return tuple(
            Tick(line.content.get("item", ""), line.content.get("done") == "yes", line.content.get("why", ""))
            for line in self.book.lines(sheet.n)
        )

    def sign_tidy(self, sheet: Sheet, by: Person, now: datetime) -> tuple[Tick, ...] | Refused:
        """The list is signed; returns what is not as it should be."""
        if why := _may_not(by, Deed.TICK_TIDY, now):
            return Refused(why)
        ticks = self.ticks(sheet)
        if left := unlooked(self.items, ticks):
            return Refused(tell("nobody has looked at {items} yet", items=left))
        open_ones = undone(self.items, ticks)
        seen = latest(ticks)
        content: dict[str, object] = {
            "items": {item.id: seen[item.id].done for item in self.items},
            "open": [f"{tick.item}: {tick.why}" for tick in open_ones],
        }
        return open_ones if self.book.sign(sheet.n, by.id, now, content) else Refused(tell("it is signed already"))

    def _add(self, sheet: Sheet, content: dict[str, str], by: Person, now: datetime) -> Refused | None:
        added = self.book.add(sheet.n, SheetLine(now, by.id, content))
        return None if added else Refused(tell("the sheet is signed already; begin another"))


def _may_not(by: Person, deed: Deed, now: datetime) -> str:
    permission = decide(by, deed, now.date())
    return permission.why if isinstance(permission, Denied) else ""


def _look(line: SheetLine) -> Look:
    """A line that somebody wrote into the file by hand counts as doubtful, not as a crash."""
    content = line.content
    try:
        at = LockerId(int(content.get("at", "0")))
        number, generation = int(content.get("number", "0")), int(content.get("generation", "0"))
    except ValueError:
        return Look(LockerId(0), doubt=N_("the line makes no sense"))
    return Look(at, Hanging(number, generation) if number else None, content.get("doubt", ""))


def _unseen(unseen: Sequence[LockerId]) -> str:
    listed = tuple(map(str, unseen))
    if len(listed) == 1:
        return tell("nobody has looked at locker {n} yet", n=listed[0])
    return tell("nobody has looked at lockers {listed} yet", listed=listed)
