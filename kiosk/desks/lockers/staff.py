"""An attendant that does what staff ask of the lockers: open one, open all, say how it stands with one.

Who asks, and that they may, was proved before the message came in; what the locker itself objects to is looked at here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.cabinet import Shut
from kiosk.desks.lockers.messages import Answer, Care, CareAsked, Message, OpenAllAsked, OpenAsked, RenumberAsked
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.lockers.cabinet import Event, concerns_staff
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.rules.lockers.warrants import ByStaff, Purpose
from kiosk.sentences import N_, tell
from kiosk.units import LockerId

AT_ONCE = 2  # so many orders of an emergency wait at the driver, so that a shopper's goes in between
EMERGENCY = N_("opened in an emergency: look what is in it")


@dataclass(slots=True)
class Staff:
    """Care for single lockers, handing out, and the emergency."""

    _desk: Desk = field(init=False)
    _handing: dict[LockerId, str] = field(default_factory=dict)  # who hands out what is in it
    _emergency: deque[LockerId] = field(default_factory=deque)
    _warrant: ByStaff = field(default_factory=lambda: ByStaff("", Purpose.EMERGENCY))

    def join(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def emergency_left(self) -> int:
        """How many doors an emergency has still to order open."""
        return len(self._emergency)

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case OpenAsked():
                message.reply(self._open(message, now))
            case OpenAllAsked():
                message.reply(self._open_all(message, now))
            case CareAsked():
                message.reply(self._care(message, now))
            case RenumberAsked():
                message.reply(self._renumber(message, now))
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        """Doors moved: what was handed out is out; the next doors of an emergency open."""
        for id, operator in list(self._handing.items()):
            self._watch(id, operator, now)
        if not self._emergency:
            return
        at_work = sum(self._desk.cabinet.at_work(id) for id in self._desk.cabinet.lockers)
        for _ in range(len(self._emergency)):
            if at_work >= AT_ONCE:
                return
            id = self._emergency.popleft()
            if self._desk.cabinet.open(id, self._warrant, now) is not None:
                self._emergency.append(id)  # its latch rests, or is at work for somebody
                continue
            at_work += 1
            if self._desk.cabinet.lockers[id].assignment is not Assignment.RESERVED:
                self._desk.cabinet.decide(id, Event.LEFT, now, self._warrant.operator, why=EMERGENCY)

    def next_wake(self, now: datetime) -> datetime | None:
        return now if self._emergency else None

    def _open(self, asked: OpenAsked, now: datetime) -> Answer:
        warrant = ByStaff(asked.operator, asked.purpose, asked.procedure)
        shut = self._desk.cabinet.open(asked.locker, warrant, now)
        if isinstance(shut, Shut):
            note = Note(asked.operator, "is refused", f"locker {asked.locker}", {"why": shut.why})
            self._desk.cabinet.records.keep(Entry(now, notes=(note,)))
            return Answer(shut.why, refused=True)
        if asked.purpose is Purpose.HAND_OUT:
            self._handing[asked.locker] = asked.operator
            self._desk.cabinet.in_hand.add(asked.locker)
        return Answer(tell("locker {n} is ordered open; kiosk lockers status tells whether it is", n=asked.locker))

    def _open_all(self, asked: OpenAllAsked, now: datetime) -> Answer:
        note = Note(asked.operator, "opens all", "the lockers", {"why": asked.why})
        self._desk.cabinet.records.keep(Entry(now, notes=(note,)))
        self._warrant = ByStaff(asked.operator, Purpose.EMERGENCY, asked.why)
        self._emergency = deque(sorted(self._desk.cabinet.lockers))
        self._desk.happened(tell("{who} opens all lockers: {why}", who=asked.operator, why=asked.why))
        return Answer(tell("{count} doors open one after another", count=len(self._emergency)))

    def _watch(self, id: LockerId, operator: str, now: datetime) -> None:
        """Handed out is what the door was opened for and closed after; anything else stays for staff to look at."""
        locker = self._desk.cabinet.lockers[id]
        match locker.door:
            case Door.OPENING | Door.OPEN | Door.HELD_OPEN | Door.FORCED:
                return
            case Door.CLOSED:  # it was open: an order ends with an open door, a jammed latch or a sensor that is blind
                self._empty(locker, Outcome.HANDED_OUT, operator, now)
            case _:
                self._desk.cabinet.decide(id, Event.LEFT, now, operator)
        del self._handing[id]
        self._desk.cabinet.in_hand.discard(id)

    def _care(self, asked: CareAsked, now: datetime) -> Answer:
        cabinet = self._desk.cabinet
        locker = cabinet.lockers.get(asked.locker)
        if locker is None:
            return Answer(tell("locker {n} is not known", n=asked.locker), refused=True)
        if asked.locker in cabinet.in_hand and locker.door is not Door.HELD_OPEN:
            return Answer(
                tell("a shopper is using locker {n}; ask again once it is closed", n=asked.locker), refused=True
            )
        return self._answer(asked.locker, self._cared(asked, locker, now))

    def _cared(self, asked: CareAsked, locker: Locker, now: datetime) -> str:
        decide = self._desk.cabinet.decide
        match asked.care:
            case Care.EMPTY:
                return self._found_empty(locker, asked.operator, now)
            case Care.KEEPS:
                return decide(locker.id, Event.LOOKED, now, asked.operator)
            case Care.TRUST if not locker.deposit:
                return tell("nothing is in locker {n}: hang a new tag, then kiosk lockers renumber", n=locker.id)
            case Care.TRUST:
                return decide(locker.id, Event.TRUSTED, now, asked.operator, why=asked.why)
            case Care.QUARANTINE:
                return decide(locker.id, Event.DOUBTED, now, asked.operator, why=asked.why)
            case Care.WITHDRAW:
                return decide(locker.id, Event.WITHDRAWN, now, asked.operator, why=asked.why)

    def _found_empty(self, locker: Locker, operator: str, now: datetime) -> str:
        """A person looked, and nothing is in it."""
        if locker.assignment is Assignment.QUARANTINED and not locker.deposit:
            return tell("locker {n} is quarantined until it has a new tag: kiosk lockers renumber", n=locker.id)
        if locker.deposit:
            if not concerns_staff(locker):
                return tell("somebody's things are in locker {n}, and nothing about them is doubtful", n=locker.id)
            if why := self._empty(locker, Outcome.EMPTY, operator, now):
                return why
        locker = self._desk.cabinet.lockers[locker.id]
        if locker.assignment is Assignment.QUARANTINED:
            return ""
        return self._desk.cabinet.decide(locker.id, Event.RETURNED, now, operator)

    def _empty(self, locker: Locker, outcome: Outcome, operator: str, now: datetime) -> str:
        lies = self._desk.cabinet.deposit_in(locker)
        over = None if lies is None else replace(lies, over=now, outcome=outcome, by=operator)
        return self._desk.cabinet.decide(locker.id, Event.FETCHED, now, operator, deposit=over)

    def _renumber(self, asked: RenumberAsked, now: datetime) -> Answer:
        cabinet = self._desk.cabinet
        if asked.locker not in cabinet.lockers:
            return Answer(tell("locker {n} is not known", n=asked.locker), refused=True)
        if asked.locker in cabinet.in_hand:
            return Answer(
                tell("a shopper is using locker {n}; ask again once it is closed", n=asked.locker), refused=True
            )
        before = cabinet.lockers[asked.locker]
        quarantined = before.assignment is Assignment.QUARANTINED
        number, generation = asked.number or before.number, asked.generation or before.generation + 1
        why = cabinet.renumber(asked.locker, number, generation, now, asked.operator)
        if quarantined and not why:
            cabinet.decide(asked.locker, Event.RETURNED, now, asked.operator)  # whoever hangs the new tag looks in
        return self._answer(asked.locker, why)

    def _answer(self, id: LockerId, why: str) -> Answer:
        if why:
            return Answer(why, refused=True)
        cabinet = self._desk.cabinet
        locker = cabinet.lockers[id]
        left = concerns_staff(locker)
        said = tell("locker {n} is {stands}", n=id, stands=tell(locker.assignment.value))
        if left:
            said = tell("{said}: {why}", said=said, why=left)
        if cabinet.records.waiting:
            said = tell("{said}; this waits in memory: {fault}", said=said, fault=cabinet.records.fault)
        return Answer(said)
