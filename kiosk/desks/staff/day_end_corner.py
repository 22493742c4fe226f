"""The evening of the return desk in staff mode: registers signed, goods received by their departments (R13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kiosk.desks.returns.day_end import DayEnd
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.day_end_matters import (
    HANDOVER,
    REGISTER,
    hands_over,
    of_handover,
    of_open_day,
    of_register,
    receiving,
    signing,
    told_of_goods,
    told_of_register,
)
from kiosk.desks.staff.printer_corner import COPY
from kiosk.desks.staff.return_matters import GONE, PRINT
from kiosk.ports.return_slips import SignedHandover, SignedRegister, ToPrint
from kiosk.ports.staff_view import Matter, Offered
from kiosk.rules.lockers.closing import Hours
from kiosk.rules.people.person import Person
from kiosk.rules.printing.document import stamped
from kiosk.rules.returns.day_end import OpenDay, left
from kiosk.rules.returns.slip import Refused, numbered
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.sentences import N_, tell

BACK = timedelta(days=14)  # what is older is for `kiosk returns register --date`
FRESH = timedelta(seconds=30)  # each screen asks for the shelf every second, on the thread that opens the lockers


@dataclass(slots=True)
class DayEndCorner:
    """Implements RoomCorner and Signs. hours_on: when the store opens and closes on a date. prints: has sheets printed,
    why not, "" for done."""

    desk: DayEnd
    hours_on: Callable[[date], Hours | None]
    names: Callable[[], Mapping[str, str]]
    prints: Callable[[ToPrint, Person, datetime], str]
    name: str = "day-end"
    _known: tuple[datetime, tuple[OpenDay, ...]] | None = None

    def sees(self, who: Person, now: datetime) -> bool:
        return self._signs(who, now) or hands_over(who, now.date())

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """All of it: the day is not over before it is done."""
        return self.shelf(who, now)

    def shelf(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        if not self.sees(who, now):
            return ()
        days = (one for one in self._open_days(now) if one.signed or self._closed(one.day, now))
        return tuple(matter for one in days for matter in of_open_day(one, who, self.name, now.date()))

    def begins(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        """Nothing: the evening begins by itself."""
        return ()

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        kind, day, department = _parts(thing)
        if day is None:
            return None
        if kind == REGISTER and self._signs(who, now):
            return self._register(day, who, now)
        if kind == HANDOVER and hands_over(who, now.date()):
            return self._handover(day, department, who, now)
        return None

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        """What is signed already is printed once more; everything else here is signed."""
        matter, (kind, day, department) = self.opened(thing, who, now), _parts(thing)
        if matter is None or day is None or deed != PRINT.deed or PRINT not in matter.deeds:
            return Said(GONE, refused=True)
        signed = self.desk.signatures(day)[-1:] if kind == REGISTER else self._received(day, department)
        for one in signed:
            made = self._sheets(one)
            again = replace(made, sheets=tuple(stamped(sheet, COPY) for sheet in made.sheets))
            if why := self.prints(again, who, now):
                return Said(why, refused=True)
        return Said(N_("The copies wait for the printer"))

    def sign(self, thing: str, deed: str, told: Mapping[str, str], who: Person, signer: Person, now: datetime) -> Said:
        self._known = None
        matter, (_, day, department) = self.opened(thing, who, now), _parts(thing)
        if matter is None or day is None or deed not in [one.deed for one in matter.deeds if one.signs]:
            return Said(GONE, refused=True)
        if deed == "receive":
            return self._said(self.desk.receive(day, department, signer, now), signer, f"{self.name} {thing}", now)
        return self._said(self.desk.sign(day, signer, now), signer, f"{self.name} {thing}", now)

    # what is seen

    def _register(self, day: date, who: Person, now: datetime) -> Matter | None:
        found, signatures = self.desk.register(day), self.desk.signatures(day)
        if not found.slips:
            return None
        matter = of_register(day, len(found.slips), self.name, now.date())
        told = tuple(told_of_register(found, signatures, self.names()))
        if signatures and signatures[-1].last >= found.slips[-1].number:
            return replace(matter, line=N_("It is signed"), pressing=False, told=told, deeds=self._prints())
        return replace(matter, told=told, deeds=(signing(who),) if self._closed(day, now) else ())

    def _handover(self, day: date, department: str, who: Person, now: datetime) -> Matter | None:
        goods = self.desk.goods(day).get(department, ())
        if not goods:
            return None
        received = self.desk.received(day)
        wanted = left({department: goods}, received).get(department, ())
        matter = of_handover(day, department, wanted, self.name, now.date())
        if not wanted:
            told, line = tuple(told_of_goods(goods)), N_("The department has signed")
            signed = tuple((N_("Signed"), self._signature(one)) for one in self._received(day, department))
            return replace(matter, line=line, pressing=False, told=(*told, *signed), deeds=self._prints())
        open_days = self.desk.open_days(day, day)
        ready = any(one.signed for one in open_days)  # the register comes before the lists
        return replace(matter, told=tuple(told_of_goods(wanted)), deeds=(receiving(who, now),) if ready else ())

    def _received(self, day: date, department: str) -> tuple[SignedHandover, ...]:
        several = {one.at: one for (of, _), one in self.desk.received(day).items() if of == department}
        return tuple(several[at] for at in sorted(several))

    def _signature(self, signed: SignedHandover) -> str:
        who = self.names().get(signed.by, signed.by)
        return tell("{name} {when}", name=who, when=f"{signed.at:%m-%d %H:%M}")

    def _prints(self) -> tuple[Offered, ...]:
        return (PRINT,) if self.desk.printer else ()

    def _open_days(self, now: datetime) -> tuple[OpenDay, ...]:
        if self._known is None or not timedelta(0) <= now - self._known[0] < FRESH:
            self._known = now, self.desk.open_days(now.date() - BACK, now.date())
        return self._known[1]

    def _closed(self, day: date, now: datetime) -> bool:
        """Whether that day's business is over; a calendar that does not know the day counts until midnight."""
        hours = self.hours_on(day)
        return day < now.date() if hours is None else now >= hours.closes

    def _signs(self, who: Person, now: datetime) -> bool:
        return not may(who, Right.SIGN_REGISTER, now.date())

    # what is done

    def _said(self, done: SignedRegister | SignedHandover | Refused, by: Person, opens: str, now: datetime) -> Said:
        """What was signed stays signed, whether or not it can be printed now."""
        self._known = None
        if isinstance(done, Refused):
            return Said(done.why, refused=True)
        if isinstance(done, SignedRegister):
            text = tell("{name} has signed up to slip {slip}", name=by.name, slip=numbered(done.last))
        else:
            text = tell("{name} has signed for {department}", name=by.name, department=done.department)
        if self.desk.printer and (why := self.prints(self._sheets(done), by, now)):
            return Said(tell("{signed}; it is not printed: {fault}", signed=text, fault=why), opens=opens)
        return Said(text, opens=opens)

    def _sheets(self, done: SignedRegister | SignedHandover) -> ToPrint:
        return self.desk.register_roll(done.day) if isinstance(done, SignedRegister) else self.desk.handover_list(done)


def _parts(thing: str) -> tuple[str, date | None, str]:
    """What it is, of which day, of which department."""
    kind, _, rest = thing.partition(" ")
    text, _, department = rest.partition(" ")
    try:
        return kind, date.fromisoformat(text), department
    except ValueError:
        return kind, None, department
