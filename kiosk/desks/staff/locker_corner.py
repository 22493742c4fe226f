"""Lockers in staff mode: the same deeds as by command, offered as the rights and the doors allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desks.lockers.cabinet import Cabinet
from kiosk.desks.lockers.messages import (
    Answer,
    Care,
    CareAsked,
    Message,
    OpenAsked,
    StaffAsked,
    Wanted,
)
from kiosk.desks.lockers.retagging import Retagging
from kiosk.desks.lockers.staff_counter import CARES, deed_of_opening
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.reasons import reason, why_form
from kiosk.ports.staff_view import Cell, Kind, Matter, Offered
from kiosk.ports.tags import TagIssuer
from kiosk.rules.forms.form import problems
from kiosk.rules.front.lost_tag_pages import TAG
from kiosk.rules.front.new_tag_pages import ANOTHER_TAG, SCANNED, SUBSTITUTE, WHICH
from kiosk.rules.lockers.cabinet import Event, Refused, after, concerns_staff
from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.rules.lockers.rights import Deed, decide
from kiosk.rules.lockers.tags import Plaque
from kiosk.rules.lockers.warrants import ByStaff, Purpose, objection
from kiosk.rules.people.person import Allowed, Person
from kiosk.sentences import N_, tell
from kiosk.units import LockerId

OPEN = "open"
PRESSING = (Door.FORCED, Door.JAMMED)
_PURPOSES = (Purpose.HAND_OUT, Purpose.LOOK, Purpose.REPAIR)
_OFFERED = {
    Care.KEEPS: Offered("keeps", N_("Looked: its things are in it"), "package", "good"),
    Care.EMPTY: Offered("empty", N_("Looked: it is empty"), "check-circle", "good"),
    Care.TRUST: Offered("trust", N_("Its tag is good"), "tag", "good"),
    Care.QUARANTINE: Offered(
        "quarantine",
        N_("Quarantine"),
        "lock-key",
        "care",
        why_form(
            N_("Quarantine"),
            (
                ("the tag is lost", N_("The tag is lost")),
                ("the tag is doubtful", N_("The tag is doubtful")),
                ("the owner is not clear", N_("It is not clear whose things they are")),
            ),
        ),
    ),
    Care.WITHDRAW: Offered(
        "withdraw",
        N_("Out of service"),
        "warning",
        "care",
        why_form(
            N_("Out of service"),
            (
                ("the lock is broken", N_("The lock is broken")),
                ("the door is damaged", N_("The door is damaged")),
                ("it has to be cleaned", N_("It has to be cleaned")),
            ),
        ),
    ),
}
ASSIGNMENTS = {
    Assignment.FREE: N_("Free"),
    Assignment.RESERVED: N_("Somebody is storing something"),
    Assignment.OCCUPIED: N_("Taken"),
    Assignment.OVERNIGHT: N_("Overnight"),
    Assignment.QUARANTINED: N_("Quarantined"),
    Assignment.OUT_OF_SERVICE: N_("Out of service"),
}
DOORS = {
    Door.CLOSED: N_("Door closed"),
    Door.OPENING: N_("Door opening"),
    Door.OPEN: N_("Door open"),
    Door.HELD_OPEN: N_("Door open for long"),
    Door.FORCED: N_("Door forced"),
    Door.JAMMED: N_("Door jammed"),
    Door.UNKNOWN: N_("Door not seen"),
}
_OPEN = {
    Purpose.HAND_OUT: Offered(OPEN, N_("Hand out: open the door"), "door-open", "good"),
    Purpose.LOOK: Offered(OPEN, N_("Look into it: open the door"), "door-open"),
    Purpose.REPAIR: Offered(OPEN, N_("Open the door"), "door-open"),
}
_EVENTS = {
    Care.KEEPS: Event.LOOKED,
    Care.TRUST: Event.TRUSTED,
    Care.QUARANTINE: Event.DOUBTED,
    Care.WITHDRAW: Event.WITHDRAWN,
}


RETAG = "retag"
OLD_ONE = N_("take the old one off, it opens nothing any more")


def offered_deeds() -> tuple[Offered, ...]:
    """Everything that may be offered about a locker."""
    return (_OPEN[Purpose.LOOK], *_OFFERED.values(), retagging(""))


def retagging(signer: str) -> Offered:
    """The supervisor signs that a locker gets another tag, on whoever's screen it is (L09)."""
    return Offered(RETAG, N_("Hang another tag"), "tag", "", ANOTHER_TAG, signs=True, signer=signer)


def nothing_lost(locker: Locker, who: Person, now: datetime) -> tuple[Offered, ...]:
    """Nobody minds lost tags."""
    return ()


def nothing_kept(locker: LockerId) -> tuple[tuple[str, str], ...]:
    """Nobody keeps a book of tags."""
    return ()


@dataclass(slots=True)
class LockerCorner:
    """Implements Corner and Signs. handle: to the bag-storage desk. rows: the store's rows, each with its lockers.
    lost: what can be done where its tag is lost; asked at each look, so it reads no ledger. tags: where another one is
    given out, None where nobody gives any. prints: has a new tag printed on paper, why not, "" for done; None where
    there is no printer. kept: where the tags of its lost pairs are, read when somebody looks at one locker."""

    cabinet: Cabinet
    handle: Callable[[Message], None]
    rows: tuple[tuple[str, tuple[LockerId, ...]], ...]
    name: str = "locker"
    lost: Callable[[Locker, Person, datetime], tuple[Offered, ...]] = nothing_lost
    tags: TagIssuer | None = None
    prints: Callable[[Plaque, str, str, datetime], str] | None = None
    kept: Callable[[LockerId], tuple[tuple[str, str], ...]] = nothing_kept

    def sees(self, who: Person, now: datetime) -> bool:
        """Whether the lockers are anything to them."""
        return isinstance(decide(who, Deed.LOOK, now.date()), Allowed)

    def cells(self) -> tuple[Cell, ...]:
        """Every locker in its place."""
        return tuple(
            Cell(locker, row, concerns_staff(locker))
            for row, (_, ids) in enumerate(self.rows)
            for id in ids
            if (locker := self.cabinet.lockers.get(id)) is not None
        )

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        if not self.sees(who, now):
            return ()
        found = [
            self._matter(locker, who, now)
            for _, locker in sorted(self.cabinet.lockers.items())
            if concerns_staff(locker) or locker.assignment is Assignment.OVERNIGHT
        ]
        return tuple(sorted(found, key=lambda one: not one.pressing))

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        found = self.standing(thing, who, now)
        return None if found is None else replace(found, told=self.kept(LockerId(int(thing))))

    def standing(self, thing: str, who: Person, now: datetime) -> Matter | None:
        """The same, without what the ledger says: cheap enough for every look at its door."""
        locker = self._locker(thing)
        return self._matter(locker, who, now) if locker is not None and self.sees(who, now) else None

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        locker = self._locker(thing)
        if locker is None:
            return Said(tell("there is no locker {n}", n=thing), refused=True)
        if deed == RETAG:  # never by whoever merely stands there
            return Said(N_("Somebody has seen to it"), refused=True)
        if deed == OPEN:
            purpose = self._purpose(locker, who)
            wanted: Wanted = OpenAsked(locker.id, who.id, purpose or Purpose.LOOK, "staff mode")
        else:
            wanted = CareAsked(Care(deed), locker.id, who.id, reason(told))
        answer = self._answer(wanted)
        text = N_("The door is ordered open") if deed == OPEN and not answer.refused else answer.text
        return Said(text, answer.refused)

    def sign(self, thing: str, deed: str, told: Mapping[str, str], who: Person, signer: Person, now: datetime) -> Said:
        """Another tag, on the supervisor's word (L09): the desk looks at their right once more."""
        locker = self._locker(thing)
        if locker is None or self.tags is None or deed != RETAG or not self.sees(who, now):
            return Said(N_("Somebody has seen to it"), refused=True)
        if wrong := problems(ANOTHER_TAG, told):
            return Said(next(iter(wrong.values())), refused=True)
        desk = Retagging(self.tags, self._answer, self._lockers)
        if told[WHICH] == SCANNED:
            done = desk.scanned(locker.id, signer.id, told[TAG])
        else:
            done = desk.another(locker.id, signer.id, substitute=told[WHICH] == SUBSTITUTE)
        if isinstance(done, Answer):
            return Said(done.text, refused=True)
        what = {"n": locker.id, "tag": done.plaque.number, "old": tell(OLD_ONE)}
        if not done.text:
            return Said(tell("Locker {n} has tag {tag} now: hang it there; {old}", **what))
        command = f"kiosk lockers tags print --numbers {done.plaque.number}"
        if self.prints is None:
            return Said(tell("Locker {n} has tag {tag} now: print it ({command}); {old}", **what, command=command))
        if why := self.prints(done.plaque, done.text, signer.id, now):
            what["fault"] = why
            return Said(
                tell(
                    "Locker {n} has tag {tag} now. It is not printed: {fault} ({command}); {old}",
                    **what,
                    command=command,
                )
            )
        return Said(tell("Locker {n} has tag {tag} now: the printer has it on paper; {old}", **what))

    def _lockers(self) -> tuple[Locker, ...]:
        return tuple(self.cabinet.lockers.values())

    def _answer(self, wanted: Wanted) -> Answer:
        answers: list[Answer] = []
        self.handle(StaffAsked(replace(wanted, reply=answers.append)))
        return answers[-1] if answers else Answer(tell("the desk is busy"), refused=True)

    def _locker(self, thing: str) -> Locker | None:
        return self.cabinet.lockers.get(LockerId(int(thing))) if thing.isascii() and thing.isdecimal() else None

    def _matter(self, locker: Locker, who: Person, now: datetime) -> Matter:
        return Matter(
            f"{self.name} {locker.id}",
            Kind.LOCKER,
            tell("Locker {n}", n=locker.id),
            line=concerns_staff(locker),
            at=locker.since,
            pressing=locker.door in PRESSING,
            deeds=self._deeds(locker, who, now),
            tags=(ASSIGNMENTS[locker.assignment], DOORS[locker.door]),
        )

    def _deeds(self, locker: Locker, who: Person, now: datetime) -> tuple[Offered, ...]:
        found: list[Offered] = []
        purpose = self._purpose(locker, who)
        may_open = isinstance(decide(who, deed_of_opening(locker), now.date()), Allowed)
        if purpose is not None and may_open and locker.door in (Door.CLOSED, Door.JAMMED, Door.UNKNOWN):
            found.append(_OPEN[purpose])
        if locker.id not in self.cabinet.in_hand or locker.door is Door.HELD_OPEN:
            found += [
                offered
                for care, offered in _OFFERED.items()
                if isinstance(decide(who, CARES[care], now.date()), Allowed) and _fits(locker, care, now)
            ]
        return (*found, *self._retags(locker, who, now), *self.lost(locker, who, now))

    def _retags(self, locker: Locker, who: Person, now: datetime) -> tuple[Offered, ...]:
        """Where its table lets it have another tag, for whoever minds the tags; a supervisor's proof it takes."""
        if (
            self.tags is None
            or locker.id in self.cabinet.in_hand
            or isinstance(after(locker, Event.TAGGED, now), Refused)
        ):
            return ()
        if isinstance(decide(who, Deed.RENUMBER, now.date()), Allowed):
            return (retagging(who.id),)
        return (retagging(""),) if isinstance(decide(who, Deed.COUNT, now.date()), Allowed) else ()

    def _purpose(self, locker: Locker, who: Person) -> Purpose | None:
        """What the door may be opened for, by the warrants' own word."""
        deposit = self.cabinet.deposit_in(locker)
        fit = (one for one in _PURPOSES if objection(locker, ByStaff(who.id, one), deposit) is None)
        wanted = Purpose.REPAIR if not locker.deposit and not locker.unconfirmed else Purpose.LOOK
        found = tuple(fit)
        if Purpose.HAND_OUT in found and locker.assignment is Assignment.OVERNIGHT:
            return Purpose.HAND_OUT
        return wanted if wanted in found else None


def _fits(locker: Locker, care: Care, now: datetime) -> bool:
    """Whether it would change anything: the table of the lockers says so."""
    if care is Care.EMPTY:
        if locker.assignment is Assignment.QUARANTINED and not locker.deposit:
            return False  # it waits for a new tag
        emptied = after(locker, Event.FETCHED, now) if locker.deposit else locker
        if not concerns_staff(locker) or isinstance(emptied, Refused):
            return False
        kept_out = emptied.assignment is Assignment.QUARANTINED
        return kept_out or not isinstance(after(emptied, Event.RETURNED, now), Refused)
    if care is Care.KEEPS and not (locker.deposit and locker.unconfirmed):
        return False
    if care is Care.TRUST and not locker.deposit:
        return False
    if care is Care.QUARANTINE and locker.assignment is Assignment.QUARANTINED:
        return False
    if care is Care.WITHDRAW and locker.assignment is Assignment.OUT_OF_SERVICE:
        return False
    return not isinstance(after(locker, _EVENTS[care], now), Refused)
