"""On what authority a door opens: a tag, the shopper who just reserved it, or staff with the procedure done (L02, L04).

Every opening names its warrant, and this is the only place that says which warrant opens which locker.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.rules.lockers.lost_tag import LostTagWarrant
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind
from kiosk.sentences import N_


class Purpose(Enum):
    """Why a member of staff has a door opened; the values are what commands and the audit say."""

    HAND_OUT = "hand out"  # overnight things (L04): the supervisor's
    LOOK = "look"  # what is in it is not known for certain
    REPAIR = "repair"  # nothing is in it
    EMERGENCY = "emergency"  # fire, or the power is failing


@dataclass(frozen=True, slots=True)
class ByReservation:
    """The shopper for whom the locker was reserved, before the door was ever closed. deposit: its number."""

    deposit: int


@dataclass(frozen=True, slots=True)
class ByTag:
    """Whoever shows the tag."""

    tag: ShownTag


@dataclass(frozen=True, slots=True)
class ByTagAgain:
    """Whoever has just fetched the things with that tag, and forgot something."""

    tag: ShownTag


@dataclass(frozen=True, slots=True)
class ByStaff:
    """operator: who proved to be allowed to. procedure: what it is for, for the audit; it opens nothing by itself."""

    operator: str
    purpose: Purpose
    procedure: str = ""


Warrant = ByReservation | ByTag | ByTagAgain | ByStaff | LostTagWarrant


class Objection(Enum):
    """Why a door stays shut. The values are for the log; `sentence_of` says what a shopper is told."""

    NOT_RESERVED = N_("it is not reserved for that deposit, or was closed already")
    OTHER_TAG = N_("the tag's number or generation is not the locker's")
    OTHER_KIND = N_("its owner holds another kind of tag")
    OTHER_DEPOSIT = N_("the ticket is of another deposit")
    NOTHING_IN = N_("nothing is in it")
    IN_USE = N_("a shopper is using it")
    OVERNIGHT = N_("things that stayed overnight are the supervisor's to hand out")
    QUARANTINED = N_("its tag was reported lost, or is doubtful")
    NO_PROCEDURE = N_("things are in it, and no procedure was done")
    KNOWN = N_("things are in it, and nothing about them is doubtful")


def objection(locker: Locker, warrant: Warrant, deposit: Deposit | None) -> Objection | None:
    """Why that warrant does not open that locker, None where it does. deposit: what lies in it, None for nothing."""
    match warrant:
        case ByReservation(n):
            unopened = deposit is not None and deposit.n == n and deposit.stored is None
            return None if locker.assignment is Assignment.RESERVED and unopened else Objection.NOT_RESERVED
        case ByTag(tag):
            return _to_a_tag(locker, tag, deposit)
        case ByTagAgain(tag):
            if not _is_its(locker, tag):
                return Objection.OTHER_TAG
            if locker.assignment is Assignment.QUARANTINED:
                return Objection.QUARANTINED
            return Objection.IN_USE if deposit is not None else None
        case ByStaff():
            return _to_staff(locker, warrant)
        case LostTagWarrant():
            return _to_the_owner(locker, warrant)


def sentence_of(found: Objection) -> str:
    """The key of what a shopper is told: what to do, and nothing that helps a thief."""
    match found:
        case Objection.OVERNIGHT:
            return "tag.overnight"
        case Objection.IN_USE:
            return "tag.close-first"
        case Objection.NOTHING_IN:
            return "tag.nothing"
        case _:
            return "tag.refused"


def _to_a_tag(locker: Locker, tag: ShownTag, deposit: Deposit | None) -> Objection | None:
    if not _is_its(locker, tag):
        return Objection.OTHER_TAG
    match locker.assignment:
        case Assignment.OVERNIGHT:
            return Objection.OVERNIGHT
        case Assignment.QUARANTINED:
            return Objection.QUARANTINED
        case Assignment.RESERVED:
            return Objection.IN_USE
        case Assignment.FREE | Assignment.OUT_OF_SERVICE:
            return Objection.NOTHING_IN
        case Assignment.OCCUPIED:
            if deposit is not None and tag.kind is not deposit.tag:
                return Objection.OTHER_KIND
            other = tag.kind is TagKind.TICKET and (deposit is None or tag.deposit != deposit.n)
            return Objection.OTHER_DEPOSIT if other else None


def _to_staff(locker: Locker, warrant: ByStaff) -> Objection | None:
    if warrant.purpose is Purpose.EMERGENCY:
        return None
    if locker.assignment is Assignment.RESERVED:
        return Objection.IN_USE
    if not locker.deposit:
        return None
    match warrant.purpose:
        case Purpose.HAND_OUT:
            return None if locker.assignment is Assignment.OVERNIGHT else Objection.NO_PROCEDURE
        case Purpose.LOOK:
            doubtful = locker.unconfirmed or locker.door in (Door.FORCED, Door.JAMMED, Door.HELD_OPEN, Door.UNKNOWN)
            return None if doubtful else Objection.KNOWN
        case Purpose.REPAIR:
            return Objection.KNOWN


def _to_the_owner(locker: Locker, warrant: LostTagWarrant) -> Objection | None:
    """Whoever lost the tag: that door alone, and only while the same things lie behind it."""
    if locker.id != warrant.locker:
        return Objection.NO_PROCEDURE
    if locker.assignment is Assignment.RESERVED:
        return Objection.IN_USE
    if not locker.deposit:
        return Objection.NOTHING_IN
    return None if locker.deposit == warrant.deposit else Objection.OTHER_DEPOSIT


def _is_its(locker: Locker, tag: ShownTag) -> bool:
    return (tag.number, tag.generation) == (locker.number, locker.generation)
