"""The service desk: keeps a record of every form that is given, before the shopper is told that it was taken."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.desks.service.clerk import Clerk, Said
from kiosk.desks.service.messages import AnswerRead, DeedAsked, FormGiven, RecordsAsked, ServiceMessage
from kiosk.errors import LedgerFault
from kiosk.ports.clock import Clock
from kiosk.ports.service import RecordBook
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused, Service

log = logging.getLogger(__name__)

LATER = Said("service.later")  # the desk cannot write now: a person helps
AGAIN = Said("service.again")  # the form does not say what it should
PURGE_EVERY = timedelta(hours=6)


@dataclass(slots=True)
class ServiceDesk:
    """One thread calls it. services: by their ids. clerks: of those that need one. warn: tells staff, once."""

    clock: Clock
    book: RecordBook
    services: Mapping[str, Service]
    warn: Callable[[str], None]
    clerks: Mapping[str, Clerk] = field(default_factory=dict)
    _said: dict[str, tuple[Record | None, Said]] = field(default_factory=dict)  # seat -> about what, and what
    _purged: datetime | None = None

    def handle(self, message: ServiceMessage) -> None:
        """Take one message, and act on it."""
        now = self.clock.now()
        match message:
            case FormGiven(seat, service, answers):
                self._said[seat] = self._given(seat, service, answers, now)
            case AnswerRead(seat):
                self._said.pop(seat, None)
            case DeedAsked():
                message.reply(self._deed(message, now))
            case RecordsAsked(reply=reply):
                reply(self._waiting())

    def pass_to(self, now: datetime) -> None:
        """Time passed, or something happened: called after every message."""
        for clerk in self.clerks.values():
            try:
                clerk.pass_to(now)
            except LedgerFault as fault:
                self.warn(f"{clerk.service}: {fault}")
        if self._purged is None or now - self._purged >= PURGE_EVERY:
            self._purged = now
            self._purge(now)

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
                self.warn(f"{clerk.service}: {fault}")
        return tuple(found)

    def _given(self, seat: str, id: str, answers: Mapping[str, str], now: datetime) -> tuple[Record | None, Said]:
        service = self.services.get(id)
        if service is None or not service.offered:
            log.warning("%s gave a form of %s, which is no service of this store", seat, id)
            return None, AGAIN
        begun = service.begun(answers, seat, now)
        if isinstance(begun, Refused):
            log.warning("a form of %s is not as it should be: %s", id, begun.why)
            return None, AGAIN
        clerk = self.clerks.get(id)
        try:
            if clerk is not None and (objection := clerk.objects(begun, now)) is not None:
                return None, objection
            record = self.book.enter(begun, over=begun.stage in service.over)
            if clerk is not None:
                clerk.entered(record, now)
        except LedgerFault as fault:
            self.warn(f"{id} could not be written down: {fault}")
            return None, LATER
        return record, Said(service.sentence(record), (("number", str(record.number)),))

    def _deed(self, asked: DeedAsked, now: datetime) -> str:
        service = self.services.get(asked.service)
        if service is None:
            return f"{asked.service} is no service of this store"
        try:
            record = self.book.record(asked.service, asked.number)
            if record is None:
                return f"{asked.service} has no number {asked.number}"
            done = Done(now, asked.person.id, asked.deed, dict(asked.told))
            moved = service.after(record, done, asked.person)
            if isinstance(moved, Refused):
                return moved.why
            if not self.book.keep(moved, was=record, over=moved.stage in service.over):
                return f"{record.name} has just been changed by somebody else: look at it again"
            if (clerk := self.clerks.get(service.id)) is not None:
                clerk.done(moved, done, now)
        except LedgerFault as fault:
            return str(fault)
        return ""

    def _waiting(self) -> tuple[Record, ...]:
        try:
            return self.book.waiting()
        except LedgerFault as fault:
            self.warn(str(fault))
            return ()

    def _purge(self, now: datetime) -> None:
        try:
            for service in self.services.values():
                self.book.purge(service.id, now - timedelta(days=service.keep_days))
        except LedgerFault as fault:
            self.warn(f"what is personal could not be deleted in time: {fault}")


def by_id(services: Iterable[Service]) -> Mapping[str, Service]:
    """Services by their ids."""
    return {one.id: one for one in services}
