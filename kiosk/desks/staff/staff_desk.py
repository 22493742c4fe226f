"""Staff at the screens: let in once they have proved who they are, shown what waits, done as they say, and let go.

While nobody is there nothing is looked up; while somebody is, the ledger's part of it is a second old at most.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from kiosk.desks.lockers.messages import Answer, CountBegun, CountLeft, CountLooked, CountSigned, Message, StaffAsked
from kiosk.desks.staff.binder_corner import BinderCorner
from kiosk.desks.staff.corner import Corner, RoomCorner, Said, SeesLooks, Signs, TakesUp
from kiosk.desks.staff.locker_corner import LockerCorner
from kiosk.desks.staff.messages import Did, Gone, Looked, ProofAsked, Proved, RoleHeard, Signed, StaffMessage
from kiosk.desks.staff.record_corner import RecordCorner
from kiosk.desks.staff.role_corner import RoleCorner
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ports.bag_day import CountShown
from kiosk.ports.clock import Clock
from kiosk.ports.lockers import Note
from kiosk.ports.staff_view import Colleague, Matter, Offered, StaffDoor, StaffView
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.rights import Deed, decide
from kiosk.rules.people.person import Allowed, Person
from kiosk.sentences import N_, tell

log = logging.getLogger(__name__)

LOOK_S = 1.0
LATER = N_("the ledger cannot be read or written now: {fault}")
NOTHING = "-"  # for a locker at which no tag hangs, as the count wants it
COUNTS = {
    "count": (SheetKind.MORNING_COUNT, Offered("count", N_("Morning count"), "tag")),
    "census": (SheetKind.EVENING_CENSUS, Offered("census", N_("Evening census"), "moon-stars")),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A PIN that is to be looked at, which takes a tenth of a second and is nobody's business here."""

    seat: str
    turn: int
    id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class House:
    """What staff mode acts through. note: a line of the audit chain. handle: to the bag-storage desk. prove: has a
    proof looked at; Proved is posted. everybody: the register, by id; raises LedgerFault. counts: those that go on."""

    clock: Clock
    prove: Callable[[Proof], None]
    everybody: Callable[[], Mapping[str, Person]]
    note: Callable[[Note, datetime], None]
    handle: Callable[[Message], None]
    counts: Callable[[], Sequence[CountShown]]


@dataclass(slots=True)
class _Guest:
    """Somebody who is let in. said: what became of their last deed. known: what was looked up last. signs: what is
    signed, and the turn of its proof; signatures, unsigned: as in StaffView."""

    who: Person
    room: Room = Room.MATTERS
    about: str = ""
    said: Said = field(default_factory=lambda: Said(""))
    looked_s: float = float("-inf")
    matters: tuple[Matter, ...] = ()
    binder: tuple[Matter, ...] = ()
    people: tuple[Colleague, ...] = ()
    opened: Matter | None = None
    returns: tuple[Matter, ...] | None = None
    counter: tuple[Offered, ...] = ()
    signs: tuple[int, Signed] | None = None
    signatures: int = 0
    unsigned: str = ""


@dataclass(slots=True)
class StaffDesk:
    """One thread calls it. corners: in the order in which their matters are shown. returns: those of them that mind
    the return desk, which has a room of its own. other: the one that hears how the broadcast role does."""

    house: House
    lockers: LockerCorner
    binder: BinderCorner | None
    records: RecordCorner | None
    corners: Sequence[Corner]
    other: RoleCorner | None = None
    returns: Sequence[RoomCorner] = ()
    _turns: int = 0
    _waiting: dict[str, int] = field(default_factory=dict)  # seat -> the proof that is looked at
    _doors: dict[str, StaffDoor] = field(default_factory=dict)
    _guests: dict[str, _Guest] = field(default_factory=dict)

    def handle(self, message: StaffMessage) -> None:
        """Take one message, and act on it."""
        now = self.house.clock.now()
        match message:
            case ProofAsked(seat, id, pin):
                self._turns += 1
                self._waiting[seat] = self._turns
                self._doors[seat] = StaffDoor(checking=True)
                self.house.prove(Proof(seat, self._turns, id, pin))
            case Proved(seat, turn, id, why):
                guest = self._guests.get(seat)
                if self._waiting.get(seat) == turn:
                    del self._waiting[seat]
                    self._proved(seat, id, why, now)
                elif guest is not None and guest.signs is not None and guest.signs[0] == turn:
                    self._signed(guest, guest.signs[1], id, why, now)
            case Signed(seat, _, _, _, id, pin):
                if (guest := self._guests.get(seat)) is not None:
                    self._turns += 1
                    guest.signs = self._turns, message
                    self.house.prove(Proof(seat, self._turns, id, pin))
            case Gone(seat, why):
                self._let_go(seat, why, now)
            case Looked(seat, room, about):
                if (guest := self._guests.get(seat)) is not None:
                    self._looks(guest, room, about, now)
            case Did(seat, about, deed, told):
                if (guest := self._guests.get(seat)) is not None:
                    self._says(guest, about if told else "", self._done(seat, guest, about, deed, told, now), now)
            case RoleHeard():
                if self.other is not None:
                    self.other.hear(message)
            case _:
                assert_never(message)

    def is_in(self, seat: str) -> bool:
        """Whether somebody is in staff mode there."""
        return seat in self._guests

    def counts_at(self, seat: str) -> bool:
        """Whether what is read there is to be counted."""
        return any(one.seat == seat for one in self.house.counts())

    def facts(self, seat: str) -> tuple[object, ...]:
        """What its screen is told; nothing while nobody of the staff is there."""
        guest = self._guests.get(seat)
        if guest is not None:
            return (self._view(seat, guest),)
        return (self._doors[seat],) if seat in self._doors else ()

    # coming and going

    def _proved(self, seat: str, id: str, why: str, now: datetime) -> None:
        person = None
        try:
            person = self.house.everybody().get(id)
        except LedgerFault as fault:
            why = why or tell(LATER, fault=fault)
        if why or person is None or person.removed:
            self._doors[seat] = StaffDoor(why=why or "nobody is registered so")
            return
        self._doors.pop(seat, None)
        self._guests[seat] = _Guest(person)
        self.house.note(Note(person.id, "enters", f"staff mode at {seat}"), now)

    def _let_go(self, seat: str, why: str, now: datetime) -> None:
        self._waiting.pop(seat, None)
        self._doors.pop(seat, None)
        guest = self._guests.pop(seat, None)
        if guest is not None:
            if (count := self._count(seat)) is not None and count.by == guest.who.id:
                self.house.handle(CountLeft(count.called, guest.who.id))  # shoppers have the reader again
            self.house.note(Note(guest.who.id, "leaves", f"staff mode at {seat}", {"why": why}), now)

    # looking

    def _looks(self, guest: _Guest, room: Room, about: str, now: datetime) -> None:
        guest.room, guest.about, guest.said = room, about, Said("")
        guest.looked_s = float("-inf")
        if room is Room.BINDER and self.binder is not None and not about:
            self.binder.look()
        self._tell_of_look(guest, now)

    def _tell_of_look(self, guest: _Guest, now: datetime) -> None:
        found = self._corner(guest.about)
        if found is None or not isinstance(found[0], SeesLooks):
            return
        try:
            found[0].looked(found[1], guest.who, now)
        except LedgerFault as fault:
            log.warning("%s", fault)

    def _view(self, seat: str, guest: _Guest) -> StaffView:
        now, mono_s = self.house.clock.now(), self.house.clock.mono_s()
        if mono_s - guest.looked_s >= LOOK_S:
            guest.looked_s = mono_s
            try:
                self._look_up(guest, now)
            except LedgerFault as fault:
                guest.said = Said(tell(LATER, fault=fault), refused=True)
        sees = guest.room is Room.LOCKERS and self.lockers.sees(guest.who, now)
        opened = guest.opened
        if guest.about.startswith(f"{self.lockers.name} "):  # its door is shown as it stands
            stands = self.lockers.standing(guest.about.partition(" ")[2], guest.who, now)
            opened = stands and replace(stands, told=opened.told if opened is not None else ())
        return StaffView(
            guest.who.name,
            matters=guest.matters,
            cells=self.lockers.cells() if sees else (),
            rows=tuple(place for place, _ in self.lockers.rows),
            binder=guest.binder,
            people=guest.people,
            opened=opened,
            said=guest.said.text,
            refused=guest.said.refused,
            count=self._count(seat),
            counts=self._may_count(guest.who, now),
            returns=guest.returns,
            counter=guest.counter,
            signatures=guest.signatures,
            unsigned=guest.unsigned,
            records=self._taken_up(guest.who, now),
        )

    def _look_up(self, guest: _Guest, now: datetime) -> None:
        """What the ledger has to say, of the room in which they are."""
        who = guest.who
        guest.matters = guest.binder = guest.people = ()
        theirs = [one for one in self.returns if one.sees(who, now)]
        guest.returns, guest.counter = () if theirs else None, ()
        guest.opened = self._opened(guest, now) if guest.about else None
        if guest.room is Room.MATTERS and not guest.about:
            found = [one for corner in self.corners for one in corner.matters(who, now)]
            if self.binder is not None:
                found += self.binder.held_back(who, now)
            guest.matters = tuple(sorted(found, key=lambda one: not one.pressing))
        elif guest.room is Room.BINDER and self.binder is not None and not guest.about:
            guest.binder = self.binder.matters(who, now)
        elif guest.room is Room.RETURNS and not guest.about:
            guest.returns = tuple(one for corner in theirs for one in corner.shelf(who, now)) if theirs else None
            guest.counter = tuple(one for corner in theirs for one in corner.begins(who, now))
        elif guest.room is Room.PEOPLE:
            everybody = self.house.everybody().values()
            guest.people = tuple(_colleague(one, now) for one in everybody if not one.removed)

    def _opened(self, guest: _Guest, now: datetime) -> Matter | None:
        found = self._corner(guest.about)
        return None if found is None else found[0].opened(found[1], guest.who, now)

    def _taken_up(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        """What whoever is there may begin: records of services last."""
        begun = () if self.records is None else self.records.begun_by(who)
        corners = (one for one in self.corners if isinstance(one, TakesUp))
        return (*(offered for corner in corners for offered in corner.taken_up(who, now)), *begun)

    def _corner(self, about: str) -> tuple[Corner, str] | None:
        name, _, thing = about.partition(" ")
        corners = (*self.corners, *(() if self.binder is None else (self.binder,)))
        return next(((one, thing) for one in corners if one.name == name), None)

    # doing

    def _says(self, guest: _Guest, about: str, said: Said, now: datetime) -> None:
        """Shown is what the deed was about, where that was open or was asked about; else what it opens."""
        guest.said = said
        guest.looked_s = float("-inf")
        if said.opens:
            guest.about = said.opens
            self._tell_of_look(guest, now)
        elif about:
            guest.about = about

    def _signed(self, guest: _Guest, asked: Signed, id: str, why: str, now: datetime) -> None:
        """The PIN was looked at: what was asked is done by both, or nothing is."""
        guest.signs = None
        guest.signatures += 1
        signer = None
        try:
            signer = self.house.everybody().get(id)
        except LedgerFault as fault:
            why = why or tell(LATER, fault=fault)
        found = self._corner(asked.about)
        if why or signer is None or signer.removed:
            guest.unsigned = why or "nobody is registered so"
            return
        guest.unsigned = ""
        log.info("%s: %s signs %s to %s, before %s", asked.seat, id, asked.deed, asked.about, guest.who.id)
        if found is None or not isinstance(found[0], Signs):
            self._says(guest, asked.about, Said(N_("Somebody has seen to it"), refused=True), now)
            return
        try:
            said = found[0].sign(found[1], asked.deed, asked.told, guest.who, signer, now)
        except (LedgerFault, DeviceFault) as fault:
            said = Said(tell(LATER, fault=fault), refused=True)
        self._says(guest, asked.about, said, now)

    def _done(self, seat: str, guest: _Guest, about: str, deed: str, told: Mapping[str, str], now: datetime) -> Said:
        log.info("%s: %s does %s to %s", seat, guest.who.id, deed, about)
        if about == Room.COUNT.value:
            return self._counted(seat, guest.who, deed)
        try:
            if about == Room.NEW.value and self.records is not None:
                return self.records.begin(deed, told, guest.who, now)
            found = self._corner(about)
            if found is None:
                return Said(N_("Somebody has seen to it"), refused=True)
            return found[0].do(found[1], deed, told, guest.who, now)
        except (LedgerFault, DeviceFault) as fault:
            return Said(tell(LATER, fault=fault), refused=True)
        except ValueError as error:
            return Said(tell("nobody can do that: {error}", error=error), refused=True)

    def _counted(self, seat: str, who: Person, deed: str) -> Said:
        answers: list[Answer] = []
        count = self._count(seat)
        called = seat if count is None else count.called
        match deed:
            case "count" | "census":
                self.house.handle(StaffAsked(CountBegun(called, COUNTS[deed][0], who.id, answers.append)))
            case "nothing":
                self.house.handle(CountLooked(called, who.id, NOTHING))
            case "sign":
                self.house.handle(StaffAsked(CountSigned(called, who.id, answers.append)))
            case "leave":
                self.house.handle(CountLeft(called, who.id))
            case _:
                return Said(tell("nobody can {deed} a count", deed=deed), refused=True)
        return Said(answers[-1].text, answers[-1].refused) if answers else Said("")

    def _count(self, seat: str) -> CountShown | None:
        return next((one for one in self.house.counts() if one.seat == seat), None)

    def _may_count(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        allowed = isinstance(decide(who, Deed.COUNT, now.date()), Allowed)
        return tuple(offered for _, offered in COUNTS.values()) if allowed else ()


def _colleague(one: Person, now: datetime) -> Colleague:
    rights = tuple(sorted(right.value for right in one.rights))
    return Colleague(one.id, one.name, rights, one.trained(now.date()), one.trained_until, one.trained_on)
