"""The service desk's records in staff mode: what waits, and what may be done to each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from kiosk.desks.service.messages import DeedAsked
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.corner import Said
from kiosk.ports.lockers import Note
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.forms.form import Always, Choice, Form, Notice, Page, Words
from kiosk.rules.people.person import Person
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import BY_ITSELF, Rows, Service
from kiosk.rules.service.stages import stage_called
from kiosk.sentences import N_, tell

PRINT = Offered("print", N_("Print the form"), "clipboard-text")
CALLS = "call"  # the service with which shoppers call somebody: before everything else
TICKET = "ticket "
FIND = "find "
Prints = Callable[[Service, Record, Rows, Person, datetime], None]
"""What follows from other records stands on the form, too."""
ENDS = ("done", "close", "closed", "returned", "delivered", "handed-out")


def nobody_waits(seat: str) -> None:
    """Nobody else was told of the call."""


@dataclass(slots=True)
class RecordCorner:
    """Implements Corner and Signs. note: for the audit: who has looked at what a shopper said (S20). elsewhere:
    services whose records another corner minds. prints: puts a form into the print queue; None where there is no
    receipt printer. answered: somebody goes to the seat from which they were called."""

    desk: ServiceDesk
    note: Callable[[Note, datetime], None]
    elsewhere: frozenset[str] = frozenset()
    name: str = "record"
    prints: Prints | None = None
    answered: Callable[[str], None] = nobody_waits

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        found = [
            (record, service)
            for record in self.desk.waiting()
            if record.service not in self.elsewhere
            and (service := self.desk.services.get(record.service)) is not None
            and service.may(record, who)
        ]
        return tuple(self._matter(record, service, who, now) for record, service in found)

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        found = self._found(thing)
        if thing.startswith(FIND):
            return self._asks_which(thing, who)
        if found is None or not found[1].may(found[0], who):
            return None
        record, service = found
        seen = service.seen_by(record, who)
        told = (*self.desk.computed(seen, now), *told_of(seen, service))
        return self._matter(record, service, who, now, told=told)

    def begun_by(self, who: Person) -> tuple[Offered, ...]:
        """The records that somebody may begin, by the ids of their services; and those that they may look for."""
        services = self.desk.services.items()
        begins = tuple(
            Offered(id, one.form.title, one.icon, asks=one.form) for id, one in services if one.begun_by(who)
        )
        return (*begins, *(self._finds(one) for _, one in services if one.finds is not None and one.knows & who.rights))

    def begin(self, service: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        """A new record is written. Raises LedgerFault."""
        found = self.desk.services.get(service)
        if found is None or not found.begun_by(who):
            return Said(N_("This is for somebody else to write down"), refused=True)
        kept = self.desk.enter(service, told, who, now)
        if isinstance(kept, str):
            return Said(kept, refused=True)
        return Said(tell("Written down: {record}", record=found.names(kept)))

    def looked(self, thing: str, who: Person, now: datetime) -> None:
        """Somebody opened it: what is personal in it was seen."""
        if (found := self._found(thing)) is not None and found[0].answers:
            self.note(Note(who.id, "looks at", found[0].name), now)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        if thing.startswith(FIND):
            return self._looks_for(thing.removeprefix(FIND), told, who)
        found = self._found(thing)
        if found is None:
            return Said(N_("Somebody has seen to it"), refused=True)
        if deed == PRINT.deed and self.prints is not None and self._may_print(found[1], who):
            self.note(Note(who.id, "prints", found[0].name), now)
            self.prints(found[1], found[0], self.desk.computed(found[0], now), who, now)
            return Said(N_("It is printed"))
        record = found[0]
        if _signed(found[1], deed):  # never by whoever merely stands there
            return Said(N_("Somebody has seen to it"), refused=True)
        said = self._does(record, deed, told, who)
        if record.service == CALLS and not said.refused:
            self.answered(record.by)
        return said

    def sign(self, thing: str, deed: str, told: Mapping[str, str], who: Person, signer: Person, now: datetime) -> Said:
        """What takes another person than who wrote the record is theirs, by their own proof (S17)."""
        found = self._found(thing)
        if found is None or not _signed(found[1], deed) or not found[1].may(found[0], who):
            return Said(N_("Somebody has seen to it"), refused=True)
        return self._does(found[0], deed, told, signer)

    def _does(self, record: Record, deed: str, told: Mapping[str, str], by: Person) -> Said:
        answers: list[str] = []
        self.desk.handle(DeedAsked(record.service, record.number, deed, by, dict(told), answers.append))
        why = answers[-1] if answers else ""
        return Said(why, refused=True) if why else Said(N_("It is noted"))

    def _finds(self, service: Service) -> Offered:
        assert service.finds is not None
        asks = Form("staff", service.finds.title, Always((service.finds.page,)))
        about = f"{self.name} {FIND}{service.id}"
        return Offered("find", service.finds.title, "magnifying-glass", asks=asks, about=about)

    def _asks_which(self, thing: str, who: Person) -> Matter | None:
        """What is asked once more where nothing was found."""
        service = self.desk.services.get(thing.removeprefix(FIND))
        if service is None or service.finds is None or not service.knows & who.rights:
            return None
        offered = self._finds(service)
        return Matter(f"{self.name} {thing}", Kind.RECORD, offered.words, deeds=(offered,))

    def _looks_for(self, id: str, told: Mapping[str, str], who: Person) -> Said:
        """Whoever is not to know it learns nothing, not even whether it is there (S20)."""
        service = self.desk.services.get(id)
        if service is None or service.finds is None or not service.knows & who.rights:
            return Said(N_("This is for somebody else to look for"), refused=True)
        record = self.desk.found(id, told.get(service.finds.page.id, ""))
        if record is None:
            return Said(N_("Nothing is found by that: look at it once more"), refused=True)
        return Said("", opens=f"{self.name} {id} {record.number}")

    def _may_print(self, service: Service, who: Person) -> bool:
        """Whoever may read all of it; nobody prints what they may not see (S20)."""
        return bool(service.knows & who.rights)

    def _found(self, thing: str) -> tuple[Record, Service] | None:
        id, _, number = thing.partition(" ")
        service = self.desk.services.get(id)
        if service is None or not number.isdecimal():
            return None
        record = self.desk.book.record(id, int(number))
        return None if record is None else (record, service)

    def _matter(
        self, record: Record, service: Service, who: Person, now: datetime, told: tuple[tuple[str, str], ...] = ()
    ) -> Matter:
        late = record.due is not None and record.due <= now
        called = record.service == CALLS
        deeds = tuple(
            Offered(
                one.id,
                one.words,
                "signature" if one.second else "",
                tone="good" if one.to in service.over or one.id in ENDS else "",
                asks=one.asks,
                signs=one.second,
                signer=who.id if one.second and who.id != record.by else "",
            )
            for one in service.may(record, who)
        )
        if self.prints is not None and not called and self._may_print(service, who):
            deeds = (*deeds, PRINT)
        return Matter(
            f"{self.name} {record.service} {record.number}",
            Kind.CALL if called else Kind.RECORD,
            service.form.title,
            line=_stands(record),
            at=record.at,
            pressing=called or late,
            deeds=deeds,
            told=told,
        )


def _signed(service: Service, deed: str) -> bool:
    """Whether another than who wrote the record signs it."""
    known = service.deed(deed)
    return known is not None and known.second


def _stands(record: Record) -> str:
    stage = stage_called(record.stage)
    if not record.owner:
        return tell("{number} · {stage}", number=record.number, stage=stage)
    return tell("{number} · {stage} · {owner}", number=record.number, stage=stage, owner=record.owner)


def told_of(record: Record, service: Service) -> tuple[tuple[str, str], ...]:
    """Everything that was answered, in the order in which it was asked; then what was done, and what was said of it."""
    lines = _answered(service.form, record.answers)
    for done in record.history:
        deed = service.deed(done.deed)
        when, by = f"{done.at:%m-%d %H:%M}", tell(done.by) if done.by == BY_ITSELF else done.by
        what = _by_itself(done.deed) if deed is None else tell(deed.words)
        lines.append((N_("Done"), tell("{when} {by}: {deed}", when=when, by=by, deed=what)))
        if deed is not None and deed.asks is not None:
            lines += _answered(deed.asks, done.told)
    return tuple(lines)


def _by_itself(what: str) -> str:
    """What no person did: time, or a number of the queue that was taken with it."""
    ticket = what.removeprefix(TICKET)
    return tell(what) if ticket == what else tell("ticket {number}", number=ticket)


def _answered(form: Form, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    told = ((page, answers.get(page.id, "")) for page in form.pages(answers))
    return [words for page, answer in told if (words := _in_words(page, answer)) is not None]


def _in_words(page: Page, answer: str) -> tuple[str, str] | None:
    match page:
        case Notice():
            return None
        case Choice(ask=ask, options=options):
            chosen = next((one for one in options if one.id == answer), None)
            return (ask, chosen.words if chosen else answer) if answer else None
        case Words(ask=ask):
            return (ask, answer) if answer else None
        case _:
            assert_never(page)
