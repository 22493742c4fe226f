"""The end of a shift in staff mode: from then on it is named among what waits, until somebody hands it over (S17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.corner import Said
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.people.person import Person
from kiosk.rules.service.handover import SERVICE, missed
from kiosk.sentences import N_, tell

TITLE = N_("Hand the shift over")
LOOKS_BACK = timedelta(days=2)


@dataclass(slots=True)
class HandoverCorner:
    """Implements Corner. ends: when shifts end. is_open: whether the store is, on a date.

    Once it is written it is a record, which waits for the next shift's signature among the others.
    """

    desk: ServiceDesk
    ends: tuple[time, ...]
    is_open: Callable[[date], bool]
    name: str = "handover"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        service = self.desk.services.get(SERVICE.id)
        if service is None or not service.begun_by(who):
            return ()
        written = (one.at for one in self.desk.book.since(SERVICE.id, now - LOOKS_BACK))
        ended = missed(self.ends, written, now, self.is_open)
        if ended is None:
            return ()
        writes = Offered(SERVICE.id, service.form.title, service.icon, "good", service.form, about=Room.NEW.value)
        line = tell("The shift ended at {time}: its handover is still to be written", time=f"{ended:%H:%M}")
        return (Matter(f"{self.name} shift", Kind.RECORD, TITLE, line=line, at=ended, pressing=True, deeds=(writes,)),)

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        return next(iter(self.matters(who, now)), None)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        """It is written as any new record is, and by itself it is not done."""
        return Said(N_("Somebody has seen to it"), refused=True)
