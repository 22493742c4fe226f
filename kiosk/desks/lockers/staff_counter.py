"""Where staff ask at the bag-storage desk: whoever proved who they are is let through as far as their rights go.

Rights are looked at when the message's turn comes, not before: an empty locker may have got things meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import (
    AdmitAsked,
    Answer,
    Care,
    CareAsked,
    CountBegun,
    CountSigned,
    LookAsked,
    LostSlipAsked,
    LostTagOpenAsked,
    Message,
    OpenAllAsked,
    OpenAsked,
    RenumberAsked,
    StaffAsked,
    Wanted,
)
from kiosk.errors import LedgerFault
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.rules.lockers.rights import Deed, decide
from kiosk.rules.lockers.warrants import Purpose
from kiosk.rules.people.person import Denied, Person
from kiosk.sentences import tell

CARES: Mapping[Care, Deed] = {
    Care.EMPTY: Deed.CONFIRM,
    Care.KEEPS: Deed.CONFIRM,
    Care.TRUST: Deed.APPROVE_LOST_TAG,
    Care.QUARANTINE: Deed.QUARANTINE,
    Care.WITHDRAW: Deed.QUARANTINE,
}
_EMPTY = (Assignment.FREE, Assignment.OUT_OF_SERVICE, Assignment.QUARANTINED)


@dataclass(slots=True)
class StaffCounter:
    """An attendant of the desk. person: who is registered under an id; raises LedgerFault where that cannot be read."""

    person: Callable[[str], Person | None]
    _desk: Desk = field(init=False)

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        if not isinstance(message, StaffAsked):
            return
        wanted = message.wanted
        deed = self._deed(wanted)
        try:
            permission = decide(self.person(wanted.operator), deed, now.date(), named=wanted.operator)
        except LedgerFault as fault:
            permission = Denied(wanted.operator, tell("who is registered cannot be read: {fault}", fault=fault))
        if isinstance(permission, Denied):
            self._note(now, Note(permission.operator, "is refused", subject_of(wanted), {"why": permission.why}))
            wanted.reply(Answer(permission.why, refused=True))
        elif isinstance(wanted, LookAsked):
            self._note(now, Note(permission.operator, wanted.action, subject_of(wanted)))
            wanted.reply(Answer(""))
        else:
            self._desk.handle(wanted)

    def pass_to(self, now: datetime) -> None:
        pass

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _deed(self, wanted: Wanted) -> Deed:
        match wanted:
            case LookAsked(_, deed):
                return deed
            case OpenAllAsked():
                return Deed.EMERGENCY
            case OpenAsked(purpose=Purpose.EMERGENCY):
                return Deed.EMERGENCY
            case OpenAsked(purpose=Purpose.HAND_OUT):
                return Deed.OPEN_TAKEN
            case OpenAsked(locker):
                return deed_of_opening(self._desk.cabinet.lockers.get(locker))
            case CareAsked(care):
                return CARES[care]
            case RenumberAsked():
                return Deed.RENUMBER
            case AdmitAsked():
                return Deed.ADMIT
            case LostTagOpenAsked() | LostSlipAsked():
                return Deed.TAKE_LOST_TAG
            case CountBegun():
                return Deed.COUNT
            case CountSigned():
                return Deed.SIGN_COUNT

    def _note(self, now: datetime, note: Note) -> None:
        self._desk.cabinet.records.keep(Entry(now, notes=(note,)))


def subject_of(wanted: Wanted) -> str:
    """What it is about, for the audit."""
    match wanted:
        case LookAsked(_, _, _, subject):
            return subject
        case OpenAllAsked():
            return "the lockers"
        case AdmitAsked():
            return "the tags"
        case CountBegun(kind=kind):
            return f"the {kind.value}"
        case CountSigned(seat):
            return f"the count at {seat}"
        case LostTagOpenAsked(case) | LostSlipAsked(case):
            return f"lost tag {case}"
        case OpenAsked(locker) | RenumberAsked(locker) | CareAsked(locker=locker):
            return f"locker {locker}"


def deed_of_opening(locker: Locker | None) -> Deed:
    """A locker of which nobody can say that it is empty is opened as one in which somebody's things are."""
    empty = locker is not None and locker.assignment in _EMPTY and not locker.deposit
    return Deed.OPEN_EMPTY if empty else Deed.OPEN_TAKEN
