"""An attendant that minds lost tags: it blocks the locker at once, opens it for a warrant alone, and sees it through.

Staff do the steps in the ledger's lost-tag book, by command or at a screen; here the lockers follow what stands there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Answer, LostTagOpenAsked, Message
from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import LostTagBook
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.lockers.cabinet import Event
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.rules.lockers.lost_tag import USUAL, Case, LostTagChoices, Step, after, passed, purge_before, warrant
from kiosk.rules.lockers.lost_tag import Event as CaseEvent
from kiosk.rules.lockers.lost_tag_deeds import OrderOpen, Refused
from kiosk.rules.lockers.warrants import objection
from kiosk.rules.people.person import Person
from kiosk.sentences import N_, tell

log = logging.getLogger(__name__)

LOOK_S = 1.0  # so often the book is looked at
PURGE_S = 3600.0
FORGET_S = 60.0
TELLS = "lost tag "  # how its warnings begin
UNREAD = N_("the lost-tag book cannot be read or written")
_TAKEN = (Assignment.OCCUPIED, Assignment.OVERNIGHT)


@dataclass(slots=True)
class LostTags:
    """person: who is registered under an id; raises LedgerFault where that cannot be read."""

    book: LostTagBook
    person: Callable[[str], Person | None]
    choices: LostTagChoices = USUAL
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _purged_s: float = float("-inf")
    _forgot_s: float = float("-inf")

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        if isinstance(message, LostTagOpenAsked):
            answer = self._open(message, now)
            if answer.refused:
                note = Note(message.operator, "is refused", f"lost tag {message.case}", {"why": answer.text})
                self._desk.cabinet.records.keep(Entry(now, notes=(note,)))
            message.reply(answer)

    def pass_to(self, now: datetime) -> None:
        """Time passed: what stands in the book is done to the lockers."""
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s < LOOK_S or not self._desk.cabinet.known:
            return
        self._looked_s = mono_s
        try:
            self._look(now)
            if mono_s - self._forgot_s >= FORGET_S:
                self._forgot_s = mono_s
                self.book.forget_notes()
            if mono_s - self._purged_s >= PURGE_S:
                self._purged_s = mono_s
                self.book.purge(purge_before(now, self.choices))
        except LedgerFault as fault:
            self._desk.warn(tell("{what}: {fault}", what=tell(UNREAD), fault=fault))
        else:
            self._desk.withdraw(UNREAD)

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    # the door

    def _open(self, asked: LostTagOpenAsked, now: datetime) -> Answer:
        try:
            case, by = self.book.case(asked.case), self.person(asked.operator)
            if case is None or by is None:
                return Answer(
                    tell("there is no case {case}, or nobody is {operator}", case=asked.case, operator=asked.operator),
                    refused=True,
                )
            return self._ordered(case, by, now)
        except LedgerFault as fault:
            return Answer(tell("the door stays shut: {fault}", fault=str(fault)), refused=True)

    def _ordered(self, case: Case, by: Person, now: datetime) -> Answer:
        """The order is in the book before the latch gets any current: it opens once for one approval, or not at all."""
        cabinet = self._desk.cabinet
        leave = warrant(case, now, self.choices)
        if isinstance(leave, Refused):
            return Answer(leave.why, refused=True)
        locker = cabinet.lockers.get(case.locker)
        if locker is None:
            return Answer(tell("locker {n} is not known", n=case.locker), refused=True)
        found = objection(locker, leave, cabinet.deposit_in(locker))
        if found is not None or not cabinet.may_begin(locker.id):
            return Answer(tell(found.value) if found else tell("its latch rests: ask again in a moment"), refused=True)
        opened = after(case, OrderOpen(), by, now, self.choices)
        if isinstance(opened, Refused):
            return Answer(opened.why, refused=True)
        if self.book.keep(opened, was=case, by=by.id, action=CaseEvent.OPENED.value) is None:
            return Answer(tell("somebody else went on with case {case}: look again", case=case.n), refused=True)
        if (shut := cabinet.open(locker.id, leave, now)) is not None:  # what was asked above has changed
            return Answer(tell("{why}; the supervisor approves once more", why=shut.why), refused=True)
        return Answer(tell("locker {n} is ordered open; say then whether the things were handed over", n=locker.id))

    # the lockers follow the book

    def _look(self, now: datetime) -> None:
        waiting = {case.deposit: self._passed(case, now) for case in self.book.waiting()}
        for locker in list(self._desk.cabinet.lockers.values()):
            if not locker.deposit:
                continue
            case = waiting.get(locker.deposit)
            if case is None and locker.assignment is Assignment.QUARANTINED:
                case = self.book.of_deposit(locker.deposit)  # over within the same second
            if case is not None:
                self._follow(locker, case, now)
        self._tell(tuple(waiting.values()))

    def _passed(self, case: Case, now: datetime) -> Case:
        lapsed = passed(case, now, self.choices)
        if lapsed is case:
            return case
        kept = self.book.keep(lapsed, was=case, by="lost tags", action=CaseEvent.WITHDRAWN.value)
        return kept or case

    def _follow(self, locker: Locker, case: Case, now: datetime) -> None:
        cabinet = self._desk.cabinet
        if case.holds_the_door and locker.assignment in _TAKEN:
            cabinet.decide(
                locker.id, Event.DOUBTED, now, case.taken_by, why=tell("its tag is lost: case {case}", case=case.n)
            )
        elif locker.assignment is not Assignment.QUARANTINED:
            return
        elif case.tag_found:
            cabinet.decide(locker.id, Event.TRUSTED, now, case.taken_by)
        elif case.handed_by:
            lies = cabinet.deposit_in(locker)
            over = None if lies is None else replace(lies, over=now, outcome=Outcome.HANDED_OUT, by=case.handed_by)
            cabinet.decide(locker.id, Event.FETCHED, now, case.handed_by, deposit=over)  # not before its door is closed

    def _tell(self, cases: tuple[Case, ...]) -> None:
        """A door that was opened is not forgotten: until somebody says what came of it, staff are told."""
        texts = {
            tell("lost tag {case}: say whether the things in locker {n} were handed over", case=case.n, n=case.locker)
            for case in cases
            if case.step is Step.OPENED
        }
        for text in sorted(texts):
            self._desk.warn(text)
        if not texts:
            self._desk.withdraw(TELLS)
