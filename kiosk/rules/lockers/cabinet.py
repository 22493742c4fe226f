"""What may happen to a locker: one total table over whose it is and how its door stands.

A door's sensor tells facts, which are never refused; an order or a decision that does not fit is, and changes nothing.
A doubtful sensor hinders no opening, but nobody is given a locker that is not seen closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.sentences import N_, tell


class Event(Enum):
    """What can happen to a locker: decisions first, then what its door does."""

    RESERVED = "reserved"  # for a shopper, who is about to put something in
    KEPT = "kept"  # the shopper showed its tag
    LEFT = "left"  # whoever used it went, and nobody saw how they left it: something may be in it
    GIVEN_UP = "given up"  # the shopper leaves nothing
    FETCHED = "fetched"  # what was in it is out
    STAYED = "stayed"  # the store closes with things in it (L04)
    DOUBTED = "doubted"  # its tag is lost, or not to be trusted (L09)
    WITHDRAWN = "withdrawn"  # out of service
    LOOKED = "looked"  # a person looked: what should be in it is
    TRUSTED = "trusted"  # its tag was found, or is good after all
    TAGGED = "tagged"  # it has another tag
    RETURNED = "returned"  # a person looked: it is empty, its tag hangs there
    ORDERED = "ordered"  # its latch is to be pulsed
    OPENED = "opened"  # the sensor says open
    CLOSED = "closed"  # the sensor says closed
    UNREADABLE = "unreadable"  # the sensor says nothing that can be believed
    OVERDUE = "overdue"  # open for longer than anybody needs
    STUCK = "stuck"  # pulsed as often as it may be, and the sensor says closed
    UNSEEN = "unseen"  # pulsed, and nobody can tell what came of it


State = tuple[Assignment, Door]

_F, _R, _O = Assignment.FREE, Assignment.RESERVED, Assignment.OCCUPIED
_N, _Q, _X = Assignment.OVERNIGHT, Assignment.QUARANTINED, Assignment.OUT_OF_SERVICE

# What becomes of the door, in the order of Door.
_C, _P, _E, _H, _B, _J, _U = Door  # closed, opening, open, held open, forced, jammed, unknown
_DOORS: Mapping[Event, tuple[Door, ...]] = {
    Event.ORDERED: (_P, _P, _P, _P, _P, _P, _P),
    Event.OPENED: (_B, _E, _E, _H, _B, _B, _B),
    Event.CLOSED: (_C, _P, _C, _C, _C, _J, _C),
    Event.UNREADABLE: (_U, _P, _U, _U, _U, _J, _U),
    Event.OVERDUE: (_C, _P, _H, _H, _B, _J, _U),
    Event.STUCK: (_C, _J, _E, _H, _B, _J, _U),
    Event.UNSEEN: (_C, _U, _E, _H, _B, _J, _U),
}
# Somebody stands there with a bag: a latch that has not caught, or gives way late, is no burglary.
_IN_USE = frozenset((_C, _U, _J))

# What becomes of the assignment, in the order of Door; None is a refusal. What is not listed is refused at any door.
_AT_ANY_DOOR = len(Door)
_DECISIONS: Mapping[Event, Mapping[Assignment, tuple[Assignment | None, ...]]] = {
    Event.RESERVED: {_F: (_R, None, None, None, None, None, None)},
    Event.KEPT: {_R: (_O, None, None, None, None, None, _O)},
    Event.LEFT: {each: (_O if each is _R else each,) * _AT_ANY_DOOR for each in Assignment},
    Event.GIVEN_UP: {_R: (_F, None, None, None, None, _X, _X)},
    Event.FETCHED: {
        **{each: (_F, None, None, _X, _X, _X, _X) for each in (_O, _N)},
        _Q: (_Q, None, None, _Q, _Q, _Q, _Q),
    },
    Event.STAYED: {each: (_N,) * _AT_ANY_DOOR for each in (_O, _N)},
    Event.DOUBTED: {each: (_Q,) * _AT_ANY_DOOR for each in (_F, _O, _N, _Q, _X)},
    Event.WITHDRAWN: {each: (_X,) * _AT_ANY_DOOR for each in (_F, _X)},
    Event.LOOKED: {each: (each,) * _AT_ANY_DOOR for each in (_O, _N, _Q)},
    Event.TRUSTED: {_Q: (_O,) * _AT_ANY_DOOR},
    Event.TAGGED: {_F: (_F,) * _AT_ANY_DOOR, **{each: (_X,) * _AT_ANY_DOOR for each in (_Q, _X)}},
    Event.RETURNED: {each: (_F, None, None, None, None, None, None) for each in (_F, _X)},
}


def _cell(assignment: Assignment, position: int, door: Door, event: Event) -> State | None:
    if event in _DOORS:
        follows = _DOORS[event][position]
        if event is Event.OPENED and assignment is _R and door in _IN_USE:
            follows = _E
        return assignment, follows
    decided = _DECISIONS[event].get(assignment, (None,) * _AT_ANY_DOOR)[position]
    return None if decided is None else (decided, door)


TRANSITIONS: Mapping[State, Mapping[Event, State | None]] = MappingProxyType(
    {
        (assignment, door): MappingProxyType(
            {event: _cell(assignment, position, door, event) for event in Event}
        )
        for assignment in Assignment
        for position, door in enumerate(Door)
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """It does not happen. why: a sentence for staff."""

    why: str


FORCED = N_("opened without an order")
JAMMED = N_("its latch was pulsed as often as it may be, and the door stays closed")
WITHOUT_TAG = N_("whoever used it went without showing its tag: something may be in it")
UNSURE = N_("nobody saw how it was left: look what is in it")
UNSEEN = N_("it was pulsed, and its sensor does not tell whether it opened")
RESTORED = N_("the ledger is older than what lies in it: look")
POWER = N_("the power went, or the role ended, while it was in use")


def after(locker: Locker, event: Event, now: datetime, why: str = "") -> Locker | Refused:
    """The locker after an event. why: staff's own words, for events that are theirs."""
    found = TRANSITIONS[locker.assignment, locker.door][event]
    if found is None:
        return Refused(
            tell(
                "locker {n} is {stands}, its door {door}",
                n=locker.id,
                stands=tell(locker.assignment.value),
                door=tell(locker.door.value),
            )
        )
    if event is Event.RESERVED and locker.unconfirmed:
        return Refused(tell("locker {n} is to be looked at first: {why}", n=locker.id, why=tell(locker.why)))
    if event in (Event.TAGGED, Event.RETURNED) and locker.deposit:
        return Refused(tell("things are in locker {n}: they are to be handed out first", n=locker.id))
    reserved = locker.assignment is Assignment.RESERVED
    assignment, door = found
    if (assignment, door) != (locker.assignment, locker.door):
        locker = replace(locker, assignment=assignment, door=door, since=now)
    match event:
        case Event.OPENED if door is Door.FORCED:
            return _to_be_looked_at(locker, FORCED)
        case Event.STUCK if door is Door.JAMMED:
            return _to_be_looked_at(locker, JAMMED)
        case Event.UNSEEN if door is Door.UNKNOWN:
            return _to_be_looked_at(locker, UNSEEN)
        case Event.LEFT:
            return _to_be_looked_at(locker, WITHOUT_TAG if reserved else UNSURE)
        case Event.GIVEN_UP | Event.FETCHED:
            locker = replace(locker, deposit=0)
            if assignment is Assignment.FREE:
                return replace(locker, unconfirmed=False, why="")
            return locker if assignment is Assignment.QUARANTINED else _to_be_looked_at(locker, locker.why or UNSURE)
        case Event.LOOKED | Event.RETURNED:
            return replace(locker, unconfirmed=False, why=why)
        case Event.DOUBTED | Event.WITHDRAWN | Event.TRUSTED:
            return replace(locker, why=why)
        case _:
            return locker


def awoken(locker: Locker, now: datetime) -> Locker:
    """The locker after the role ended at any moment: no order goes on, and what was in use is to be looked at.

    Whoever holds its tag can still fetch what is in it. No door counts as closed before its sensor has said so anew.
    """
    if locker.assignment is Assignment.RESERVED:
        locker = replace(locker, assignment=Assignment.OCCUPIED, unconfirmed=True, why=POWER, since=now)
    if locker.door in (Door.OPENING, Door.OPEN, Door.HELD_OPEN):
        locker = _to_be_looked_at(replace(locker, door=Door.UNKNOWN, since=now), POWER)
    return replace(locker, door=Door.UNKNOWN) if locker.door is Door.CLOSED else locker


def doubted(locker: Locker, now: datetime) -> Locker:
    """The locker as an older ledger tells of it, which may know nothing of what lies in it now: no tag opens it, and
    nobody is given it, until somebody has looked."""
    known = locker.deposit or locker.assignment is Assignment.QUARANTINED
    assignment = Assignment.QUARANTINED if known else Assignment.OUT_OF_SERVICE
    return replace(locker, assignment=assignment, door=Door.UNKNOWN, unconfirmed=True, why=RESTORED, since=now)


def assignable(locker: Locker) -> bool:
    """Whether a shopper may be given it: free, seen closed, and nobody is to look at it first."""
    return not isinstance(after(locker, Event.RESERVED, locker.since), Refused)


def concerns_staff(locker: Locker) -> str:
    """Why a person is to look after it, "" where nobody has to."""
    if locker.unconfirmed:
        return tell(locker.why)
    if locker.door in (Door.FORCED, Door.JAMMED, Door.HELD_OPEN, Door.UNKNOWN):
        return tell("its door is {door}", door=tell(locker.door.value))
    if locker.assignment in (Assignment.QUARANTINED, Assignment.OUT_OF_SERVICE):
        return tell(locker.why) if locker.why else tell("it is {stands}", stands=tell(locker.assignment.value))
    return ""


def _to_be_looked_at(locker: Locker, why: str) -> Locker:
    return replace(locker, unconfirmed=True, why=locker.why if locker.unconfirmed and locker.why else why)
