"""An attendant that counts tags at a seat: while it does, the readers there count what they read and open nothing.

Every look is durable at once (L10, L11); a count that is left off, or that the power cuts short, goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Answer, CountBegun, CountLeft, CountLooked, CountSigned, Message
from kiosk.desks.lockers.sheets import COUNTS, Refused, Sheet, Sheets
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ports.bag_day import CountShown, CountTold, SheetBook
from kiosk.ports.lockers import Scanned
from kiosk.rules.lockers.census import Expected, Hanging, Kind, Look, Tally, Whereabouts, expected, next_to_look
from kiosk.rules.people.person import Person
from kiosk.sentences import tell
from kiosk.units import LockerId

NOTHING = "-"  # instead of a code: no tag hangs there
TOLD = 8  # codes whose fate is shown: a command looks several times a second
IDLE_S = 600.0  # a count that nobody goes on with leaves the reader to the shoppers again


@dataclass(slots=True)
class Counting:
    """A count as it goes. since_s: when it was gone on with last, monotonic. last: the code that was counted last.

    doubted: the locker at which the last code could not be believed.
    """

    seat: str
    called: str
    sheet: Sheet
    by: Person
    since_s: float
    told: tuple[CountTold, ...] = ()
    last: str = ""
    doubted: LockerId | None = None
    shown: CountShown | None = None


@dataclass(slots=True)
class Counts:
    """book: of the sheets. hanging: what a code is; may raise LedgerFault, DeviceFault. person: who is registered; may
    raise LedgerFault. day: the business day that goes on. seats: where can be counted; none where the store prints
    tickets, and no tags hang. seat_of: the seat of a reader."""

    book: SheetBook
    hanging: Callable[[str], Hanging | str]
    person: Callable[[str], Person | None]
    day: Callable[[datetime], date | None]
    seats: frozenset[str]
    seat_of: Callable[[str], str] = str
    _desk: Desk = field(init=False)
    _sheets: Sheets = field(init=False)
    _counting: dict[str, Counting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sheets = Sheets(self.book, self._expected)

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def counts_at(self, seat: str) -> bool:
        """Whether what is read at a seat is counted, and opens nothing."""
        return seat in self._counting

    def shown(self) -> tuple[CountShown, ...]:
        """Every count that goes on."""
        return tuple(one.shown for one in self._counting.values() if one.shown is not None)

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case CountBegun():
                message.reply(self._begin(message, now))
            case CountSigned():
                message.reply(self._sign(message, now))
            case CountLeft(seat, by):
                if (counting := self._counted_by(seat, by)) is not None:
                    del self._counting[counting.seat]
            case CountLooked(seat, by, text, at):
                if (counting := self._counted_by(seat, by)) is not None:
                    self._read(counting, text.strip(), at, now)
            case Scanned(reader, text):
                if (counting := self._counting.get(self.seat_of(reader))) is not None:
                    self._read(counting, text.strip(), None, now)
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        for one in list(self._counting.values()):
            if mono_s - one.since_s >= IDLE_S:
                del self._counting[one.seat]

    def next_wake(self, now: datetime) -> datetime | None:
        dues = [one.since_s + IDLE_S for one in self._counting.values()]
        return self._desk.wall(min(dues), now) if dues else None

    # beginning and signing

    def _begin(self, asked: CountBegun, now: datetime) -> Answer:
        seat = self.seat_of(asked.seat)
        if asked.kind not in COUNTS:
            return Answer(tell("the {sheet} is no count of tags", sheet=tell(asked.kind.value)), refused=True)
        if why := self._cannot_count(asked.seat):
            return Answer(why, refused=True)
        try:
            by, day = self.person(asked.operator), self.day(now)
            if by is None or day is None:
                return Answer(tell("nobody knows them, or the calendar knows no business day for now"), refused=True)
            sheet = self._sheets.begin(asked.kind, day, by, now)
            if isinstance(sheet, Refused):
                return Answer(sheet.why, refused=True)
            counting = Counting(seat, asked.seat, sheet, by, self._desk.clock.mono_s())
            self._look_over(counting)
        except LedgerFault as fault:
            return Answer(tell("nothing can be counted: {fault}", fault=fault), refused=True)
        self._counting[seat] = counting
        return Answer(
            tell("the {sheet} goes on at {seat}: scan the tags there", sheet=tell(asked.kind.value), seat=asked.seat)
        )

    def _cannot_count(self, seat: str) -> str:
        if not self.seats:
            return tell("tickets are printed here: no tags hang at the lockers")
        if not self._desk.cabinet.known:
            return tell("the ledger cannot be read: nobody knows which tags there should be")
        if seat in self.seats:
            return ""
        return tell("nobody can scan at {seat}: there is {seats}", seat=repr(seat), seats=tuple(sorted(self.seats)))

    def _sign(self, asked: CountSigned, now: datetime) -> Answer:
        counting = self._counting.get(self.seat_of(asked.seat))
        if counting is None:
            return Answer(tell("nothing is counted at {seat}", seat=asked.seat), refused=True)
        counting.since_s = self._desk.clock.mono_s()
        try:
            by = self.person(asked.operator)
            signed = (
                Refused(tell("nobody knows them")) if by is None else self._sheets.sign_count(counting.sheet, by, now)
            )
        except LedgerFault as fault:
            return Answer(tell("it cannot be signed now: {fault}", fault=fault), refused=True)
        if isinstance(signed, Refused):
            return Answer(signed.why, refused=True)
        del self._counting[counting.seat]
        return Answer(_signed(counting.sheet, signed))

    # a code

    def _counted_by(self, seat: str, by: str) -> Counting | None:
        counting = self._counting.get(self.seat_of(seat))
        return counting if counting is not None and counting.by.id == by else None

    def _read(self, counting: Counting, text: str, at: LockerId | None, now: datetime) -> None:
        counting.since_s = self._desk.clock.mono_s()
        try:
            self._tell(counting, *self._counted(counting, text, at, now))
            self._look_over(counting)
        except (LedgerFault, DeviceFault) as fault:
            self._tell(counting, tell("it is not counted, scan it again: {fault}", fault=fault), True)

    def _counted(self, counting: Counting, text: str, at: LockerId | None, now: datetime) -> tuple[str, bool]:
        """What is said of a code, and whether it is wrong."""
        looks = self._sheets.looks(counting.sheet)
        place = at or next_to_look(self._expected(), looks)
        if at is None and text == counting.last and text != NOTHING:
            return tell("read already"), False  # a reader that reads it twice, not a tag that hangs twice
        if place is None:
            return tell("every locker was looked at: sign it"), True
        hangs = None if text == NOTHING else self.hanging(text)
        doubt = hangs if isinstance(hangs, str) else ""
        if doubt and counting.doubted != place:
            counting.doubted = place
            return tell("locker {n}: {doubt}; scan it once more", n=place, doubt=tell(doubt)), True
        plaque = None if isinstance(hangs, str) else hangs
        refused = self._sheets.look(counting.sheet, Look(place, plaque, doubt), counting.by, now)
        if refused is not None:
            return refused.why, True
        counting.last, counting.doubted = text, None
        return self._said(place, plaque, doubt)

    def _said(self, place: LockerId, plaque: Hanging | None, doubt: str) -> tuple[str, bool]:
        own = self._desk.cabinet.lockers[place]
        if doubt:
            return tell("locker {n}: {doubt}; it is listed", n=place, doubt=tell(doubt)), True
        if plaque is None:
            return tell("locker {n}: no tag", n=place), True
        right = (plaque.number, plaque.generation) == (own.number, own.generation)
        return tell("locker {n}: tag {number}", n=place, number=plaque.number), not right

    def _look_over(self, counting: Counting) -> None:
        """What the ledger says of the count now."""
        looks, wanted = self._sheets.looks(counting.sheet), self._expected()
        here = {one.locker for one in wanted if one.where is Whereabouts.HERE}
        tally = self._sheets.tally(counting.sheet)
        unseen = set(tally.unseen)
        told = tuple(str(one) for one in tally.differences if one.kind is not Kind.UNSEEN)
        counting.shown = CountShown(
            counting.seat,
            counting.called,
            counting.sheet.kind,
            counting.by.id,
            next_to_look(wanted, looks),
            len(here - unseen),
            len(here),
            counting.told,
            found=tally.found,
            expected=tally.expected,
            differences=told,
        )

    def _tell(self, counting: Counting, said: str, wrong: bool) -> None:
        n = counting.told[-1].n + 1 if counting.told else 1
        counting.told = (*counting.told[1 - TOLD :], CountTold(n, said, wrong))
        assert counting.shown is not None
        counting.shown = replace(counting.shown, told=counting.told)

    def _expected(self) -> tuple[Expected, ...]:
        lockers = self._desk.cabinet.lockers
        return expected(lockers[id] for id in sorted(lockers))


def _signed(sheet: Sheet, result: Tally) -> str:
    told = tell(
        "the {sheet} is signed: {found} of {expected} tags are where they should be",
        sheet=tell(sheet.kind.value),
        found=result.found,
        expected=result.expected,
    )
    return tell("{told}; tags are missing, and the manager is told", told=told) if result.too_few else told
