"""What the desks are told of a tap: an order of the session as a message with the name of its screen."""

from __future__ import annotations

from kiosk.desks.lockers.messages import Confirmed, DepositAsked, Described, GaveUp, HelpAsked, Message, SizeChosen
from kiosk.desks.service.messages import AnswerRead, FormGiven, LookUpAsked, ServiceMessage, TakeBackAsked
from kiosk.desks.staff.messages import Did, Gone, Looked, ProofAsked, Signed, StaffMessage
from kiosk.ports.lockers import Scanned
from kiosk.rules.forms.flow import Given, Sought
from kiosk.rules.front.staff_taps import ProofGiven, StaffDid, StaffGone, StaffLooked, StaffSigned
from kiosk.rules.front.taps import (
    Agreed,
    CodeGiven,
    Dismissed,
    GivenUp,
    Order,
    SizeWanted,
    StaffWanted,
    StoreWanted,
    TakenBack,
    ThingSaid,
)


def message_of(order: Order, seat: str, mono_s: float) -> Message | ServiceMessage | StaffMessage:
    """What the desk is told of a tap."""
    match order:
        case StoreWanted():
            return DepositAsked(seat)
        case SizeWanted(size):
            return SizeChosen(seat, size)
        case Agreed(step):
            return Confirmed(seat, step)
        case ThingSaid(ask, word):
            return Described(seat, ask, word)
        case GivenUp():
            return GaveUp(seat)
        case StaffWanted():
            return HelpAsked(seat)
        case CodeGiven(code):
            return Scanned(seat, code, mono_s)
        case Given() | Sought() | TakenBack() | Dismissed():
            return _for_services(order, seat)
        case ProofGiven(id, pin):
            return ProofAsked(seat, id, pin)
        case StaffLooked(room, about):
            return Looked(seat, room, about)
        case StaffDid(about, deed, told):
            return Did(seat, about, deed, dict(told))
        case StaffSigned(about, deed, told, id, pin):
            return Signed(seat, about, deed, dict(told), id, pin)
        case StaffGone(why):
            return Gone(seat, why)


def _for_services(order: Given | Sought | TakenBack | Dismissed, seat: str) -> ServiceMessage:
    match order:
        case Given(service, answers):
            return FormGiven(seat, service, dict(answers))
        case Sought(service, sought):
            return LookUpAsked(seat, service, sought)
        case TakenBack():
            return TakeBackAsked(seat)
        case Dismissed():
            return AnswerRead(seat)
