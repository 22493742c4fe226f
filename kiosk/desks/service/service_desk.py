"""The service desk: keeps a record of every form that is given, before the shopper is told that it was taken."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from kiosk.desks.service.clerk import Clerk, LooksUp, Said, TakesBack
from kiosk.desks.service.messages import (
    AnswerRead,
    Called,
    DeedAsked,
    EntryAsked,
    FormGiven,
    LookUpAsked,
    RecordsAsked,
    ServiceMessage,
    TakeBackAsked,
)
from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import ForWhom, Notice, NoticeBoard
from kiosk.ports.clock import Clock
from kiosk.ports.service import Beside, RecordBook
from kiosk.rules.people.person import Person
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Around, Refused, Rows, Service, scanned, welcome, whose
from kiosk.rules.service.stages import stage_called
from kiosk.sentences import tell

log = logging.getLogger(__name__)

CALL = "call"
MOST_RECORDS = 10**9  # what is longer is no number of one
LATER = Said("service.later")  # the desk cannot write now: a person helps
AGAIN = Said("service.again")  # the form does not say what it should
PURGE_EVERY = timedelta(hours=6)
LOOK_EVERY = timedelta(minutes=1)
LEARNS = 50  # records a minute, until all of a ledger from before are found by what they have

Answer = TypeVar("Answer")


@dataclass(slots=True)
class ServiceDesk:
    """One thread calls it. services: by their ids. clerks: of those that need one. happened: tells staff of what
    went wrong, until somebody has seen to it.

    notices: where who leads is told of what is late; None where nobody looks. slips: has the number of a record printed
    for whoever asked for it at a screen.
    """

    clock: Clock
    book: RecordBook
    services: Mapping[str, Service]
    happened: Callable[[str], None]
    clerks: Mapping[str, Clerk] = field(default_factory=dict)
    notices: NoticeBoard | None = None
    slips: Callable[[Service, Record, datetime], None] | None = None
    _said: dict[str, tuple[Record | None, Said]] = field(default_factory=dict)  # seat -> about what, and what
    _purged: datetime | None = None
    _moved: datetime | None = None
    _late: set[tuple[str, datetime]] = field(default_factory=set)  # what staff were told of since this start

    def handle(self, message: ServiceMessage) -> None:
        """Take one message, and act on it."""
        now = self.clock.now()
        match message:
            case FormGiven(seat, service, answers):
                self._said[seat] = self._given(seat, service, answers, now)
            case LookUpAsked(seat, service, words):
                clerk = self.clerks.get(service)
                if isinstance(clerk, LooksUp):
                    clerk.look_up(seat, words, now)
            case Called(seat, about):
                self._called(seat, about, now)
            case TakeBackAsked(seat):
                self._taken_back(seat, now)
            case AnswerRead(seat):
                self._said.pop(seat, None)
            case DeedAsked(reply=answer):
                answer(self._told(lambda: self.do(message, now)))
            case EntryAsked(service, person, answers, reply):
                reply(self._told(lambda: self.enter(service, answers, person, now)))
            case RecordsAsked(person, show):
                show(self._waiting(person, now))

    def pass_to(self, now: datetime) -> None:
        """Time passed, or something happened: called after every message."""
        for clerk in self.clerks.values():
            try:
                clerk.pass_to(now)
            except LedgerFault as fault:
                self.happened(tell("{service}: {fault}", service=self._title(clerk.service), fault=fault))
        if self._moved is None or abs(now - self._moved) >= LOOK_EVERY:
            self._moved = now
            try:
                self._move_on(now)
            except LedgerFault as fault:
                self.happened(tell("the service desk: {fault}", fault=fault))
        if self._purged is None or abs(now - self._purged) >= PURGE_EVERY:
            self._purged = now
            self._purge(now)

    def waiting(self) -> tuple[Record, ...]:
        """The records with which something is to be done, oldest first. Raises LedgerFault."""
        return self.book.waiting([(one.id, stage) for one in self.services.values() for stage in one.rests])

    def computed(self, record: Record, now: datetime) -> Rows:
        """What follows from a record and those beside it. Raises LedgerFault."""
        service = self.services.get(record.service)
        return () if service is None else service.computed(record, self._around(now))

    def _around(self, now: datetime) -> Around:
        def since(moment: datetime) -> Iterator[Record]:
            return (one for id in self.services for one in self.book.since(id, moment))

        return Around(now, since, self.waiting, {id: one.called for id, one in self.services.items()})

    def found(self, id: str, words: str) -> Record | None:
        """The record that says so once, is found by that, or has that number; None for none. Raises LedgerFault."""
        number = self.book.said_once(id, words) or self.book.that_has(id, scanned(words))
        number = number or (int(words) if words.isascii() and words.isdecimal() else 0)
        return self.book.record(id, number) if number < MOST_RECORDS else None

    @property
    def offered(self) -> tuple[str, ...]:
        """The services that a shopper can have at the screen."""
        return tuple(id for id, one in self.services.items() if one.offered)

    def said(self, seat: str) -> tuple[str, Said] | None:
        """The service, and what is told at a screen; None for nothing."""
        if seat not in self._said:
            return None
        record, said = self._said[seat]
        clerk = self.clerks.get(record.service) if record else None
        if record is None or clerk is None:
            return (record.service if record else "service"), said
        try:
            return record.service, clerk.said(record, self.clock.now())
        except LedgerFault:
            return record.service, said

    def facts(self) -> tuple[object, ...]:
        """What the screens are told, beside what is said at them."""
        now = self.clock.now()
        found: list[object] = []
        for clerk in self.clerks.values():
            try:
                found += clerk.facts(now)
            except LedgerFault as fault:
                self.happened(tell("{service}: {fault}", service=self._title(clerk.service), fault=fault))
        return tuple(found)

    def facts_at(self, seat: str) -> Iterator[object]:
        """The facts for a screen: what is about another seat is left out."""
        return (fact for fact in self.facts() if getattr(fact, "seat", seat) == seat)

    def _told(self, does: Callable[[], Answer]) -> Answer | str:
        try:
            return does()
        except LedgerFault as fault:
            return str(fault)

    def _waiting(self, person: Person, now: datetime) -> tuple[Record, ...]:
        try:
            return self.seen(person, self.waiting(), now)
        except LedgerFault as fault:
            self.happened(str(fault))
            return ()

    def _given(self, seat: str, id: str, answers: Mapping[str, str], now: datetime) -> tuple[Record | None, Said]:
        service = self.services.get(id)
        if service is None or not service.offered:
            log.warning("%s gave a form of %s, which is no service of this store", seat, id)
            return None, AGAIN
        try:
            record = self._entered(service, answers, seat, now)
        except LedgerFault as fault:
            self.happened(tell("{service} could not be written down: {fault}", service=self._title(id), fault=fault))
            return None, LATER
        match record:
            case Record():
                if service.slip and self.slips is not None:
                    self.slips(service, record, now)
                return record, Said(service.sentence(record), (("number", str(record.number)),))
            case Refused(why, sentence):
                log.warning("a form of %s is not kept: %s", id, why)
                return None, Said(sentence) if sentence else AGAIN
            case Said():
                return None, record

    def _called(self, seat: str, about: str, now: datetime) -> None:
        """The lockers' desk has told staff already; the record is what the screen sees, and who answers."""
        service = self.services.get(CALL)
        if service is None:
            return
        try:
            made = self._entered(service, {"about": about[:40]} if about else {}, seat, now)
        except LedgerFault as fault:
            self.happened(tell("a call from {seat} could not be written down: {fault}", seat=seat, fault=fault))
            return
        if isinstance(made, Refused):
            log.warning("a call from %s is not kept: %s", seat, made.why)

    def _taken_back(self, seat: str, now: datetime) -> None:
        record, _ = self._said.get(seat, (None, LATER))
        clerk = self.clerks.get(record.service) if record is not None else None
        if record is None or not isinstance(clerk, TakesBack):
            return
        try:
            clerk.take_back(record, now)
        except LedgerFault as fault:
            self.happened(tell("{record} could not be taken back: {fault}", record=self._named(record), fault=fault))

    def enter(self, id: str, answers: Mapping[str, str], person: Person, now: datetime) -> Record | str:
        """Staff write a new record; why it was not kept, where it was not. Raises LedgerFault."""
        service = self.services.get(id)
        if service is None:
            return self._no_service(id)
        if not service.writes & person.rights:
            return tell("{what} is for {rights}", what=service.called, rights=whose(service.writes))
        record = self._entered(service, answers, person.id, now)
        match record:
            case Record():
                return record
            case Refused(why):
                return why
            case Said(sentence):
                return tell("{service} is not to be had now ({sentence})", service=service.called, sentence=sentence)

    def _entered(self, service: Service, answers: Mapping[str, str], by: str, now: datetime) -> Record | Refused | Said:
        begun = service.begun(answers, by, now)
        if isinstance(begun, Refused):
            return begun
        clerk = self.clerks.get(service.id)
        if clerk is not None and (objection := clerk.objects(begun, now)) is not None:
            return objection
        judge = None if service.objects is welcome else partial(service.objects, begun)
        beside = Beside(judge, now - service.sees, service.once(begun))
        record = self.book.enter(begun, over=begun.stage in service.over, beside=beside)
        if isinstance(record, Record) and clerk is not None:
            clerk.entered(record, now)
        return record

    def do(self, asked: DeedAsked, now: datetime) -> str:
        """Staff do something to a record; why it was not done, "" for done. Raises LedgerFault."""
        service = self.services.get(asked.service)
        if service is None:
            return self._no_service(asked.service)
        record = self.book.record(asked.service, asked.number)
        if record is None:
            return tell("{service} has no number {number}", service=service.called, number=asked.number)
        done = Done(now, asked.person.id, asked.deed, dict(asked.told))
        moved = service.after(record, done, asked.person)
        if isinstance(moved, Refused):
            return moved.why
        if other := self._has_it_too(service, moved):
            return tell("{record} has that number already", record=other)
        if not self._kept(service, moved, record, done, now):
            return tell(
                "{record} has just been changed by somebody else: look at it again", record=service.names(record)
            )
        self._seen_to(record, now, asked.person.id)
        return ""

    def seen(self, person: Person, records: Iterable[Record], now: datetime) -> tuple[Record, ...]:
        """Records as a person may see them; where that is something personal, that they looked is written down (S20).

        Raises LedgerFault; then nothing is shown.
        """
        shown = []
        for record in records:
            service = self.services.get(record.service)
            if service is None:
                continue
            shown.append(service.seen_by(record, person))
            if service.knows & person.rights and service.is_personal(record):
                self.book.looked(now, person.id, record.name)
        return tuple(shown)

    def _has_it_too(self, service: Service, moved: Record) -> str:
        """Another record that is found by the same, "" for none."""
        if service.finds is None or not (has := service.finds.has(moved)):
            return ""
        other = self.book.that_has(service.id, has)
        return (
            tell("{service} {number}", service=service.called, number=other) if other not in (0, moved.number) else ""
        )

    def _kept(self, service: Service, moved: Record, was: Record, done: Done, now: datetime) -> bool:
        over = moved.stage in service.over
        once = "" if over and not service.stays else service.once(moved)
        has = "" if over or service.finds is None else service.finds.has(moved)
        if not self.book.keep(moved, was=was, over=over, once=once, has=has):
            return False
        if (clerk := self.clerks.get(service.id)) is not None:
            clerk.done(moved, done, now)
        return True

    def _move_on(self, now: datetime) -> None:
        """What goes on because nobody did anything; who leads is told of what is late."""
        for record in self.waiting():
            if (service := self.services.get(record.service)) is None:
                continue
            if (moved := service.by_itself(record, now)) is not None:
                self._kept(service, moved, record, moved.history[-1], now)
            if moved is not None and moved.stage in service.over:
                self._seen_to(record, now, "")
            elif record.due is not None and now >= record.due:
                self._tell_late(record, record.due, now)
        for one in self.services.values():
            if one.finds is not None:
                self.book.learn(one.id, one.rests, one.finds.has, LEARNS)

    def _seen_to(self, record: Record, now: datetime, by: str) -> None:
        if self.notices is not None:
            self.notices.take_down(_late(record), now, by)

    def _tell_late(self, record: Record, due: datetime, now: datetime) -> None:
        about = record.name, due
        if self.notices is not None and about not in self._late:
            text = tell(
                "{record} ({stage}) was due on {day} at {time}: kiosk service show {name}",
                record=self._named(record),
                stage=stage_called(record.stage),
                day=f"{due:%Y-%m-%d}",
                time=f"{due:%H:%M}",
                name=record.name,
            )
            self.notices.put(Notice(_late(record), ForWhom.MANAGER, text, now))
            self._late.add(about)

    def _no_service(self, id: str) -> str:
        return tell(
            "{service} is no service of this store: it has {services}",
            service=id,
            services=tuple(sorted(self.services)),
        )

    def _title(self, id: str) -> str:
        service = self.services.get(id)
        return id if service is None else service.called

    def _named(self, record: Record) -> str:
        service = self.services.get(record.service)
        return record.name if service is None else service.names(record)

    def _purge(self, now: datetime) -> None:
        try:
            for service in self.services.values():
                self.book.purge(service.id, now - timedelta(days=service.keep_days))
        except LedgerFault as fault:
            self.happened(tell("what is personal could not be deleted in time: {fault}", fault=fault))


def _late(record: Record) -> str:
    return f"late: {record.name}"


def by_id(services: Iterable[Service]) -> Mapping[str, Service]:
    """Services by their ids."""
    return {one.id: one for one in services}
