"""What is done to a slip after it was filled, step by step, and by whom (R07, R10-R12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.rules.people.person import Person
from kiosk.rules.returns.slip import NEXT, TRANSITIONS, Event, Kind, Refused, Slip, SlipField, Stage, numbered
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.sentences import tell


@dataclass(frozen=True, slots=True)
class ShopperSigns:
    """The shopper has signed on the paper."""


@dataclass(frozen=True, slots=True)
class Approve:
    """checked: the fields that the approver looked at, in that order."""

    checked: tuple[SlipField, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The receipt's line is stamped returned or exchanged."""


@dataclass(frozen=True, slots=True)
class Pay:
    """The cashier pays a return out, and signs."""


@dataclass(frozen=True, slots=True)
class Redeem:
    """The till takes an exchange slip as cash, and the cashier signs. price_fen: of what the shopper takes instead."""

    price_fen: int


@dataclass(frozen=True, slots=True)
class Check:
    """The door auditor compared the new goods with the slip. price_fen: what their receipt says."""

    price_fen: int


@dataclass(frozen=True, slots=True)
class Void:
    """Two sign: whoever acts is the approver. clerk: who signs with them. why: for whoever asks later."""

    clerk: Person
    why: str


Deed = ShopperSigns | Approve | Stamp | Pay | Redeem | Check | Void

EVENT: Mapping[type[Deed], Event] = {
    ShopperSigns: Event.SHOPPER_SIGNS,
    Approve: Event.APPROVE,
    Stamp: Event.STAMP,
    Pay: Event.PAY,
    Redeem: Event.REDEEM,
    Check: Event.CHECK,
    Void: Event.VOID,
}
RIGHT: Mapping[Event, Right] = {
    Event.SHOPPER_SIGNS: Right.FILL,
    Event.APPROVE: Right.APPROVE,
    Event.STAMP: Right.FILL,
    Event.PAY: Right.SETTLE,
    Event.REDEEM: Right.SETTLE,
    Event.CHECK: Right.CHECK,
    Event.VOID: Right.APPROVE,
}


def after(slip: Slip, deed: Deed, by: Person, now: datetime) -> Slip | Refused:
    """The slip once that is done; a refusal changes nothing."""
    event = EVENT[type(deed)]
    if why := may(by, RIGHT[event], now.date()):
        return Refused(why)
    stage = TRANSITIONS.get((slip.kind, slip.stage, event))
    if stage is None:
        return Refused(
            tell(
                "slip {slip} is {stage}, a {kind}: next, {next}",
                slip=numbered(slip.number),
                stage=tell(slip.stage.value),
                kind=tell(slip.kind.value),
                next=tell(NEXT[slip.stage]),
            )
        )
    changed = _done(slip, deed, by, now)
    if isinstance(changed, Refused):
        return changed
    return replace(changed, stage=stage, since=now, deeds=slip.deeds + 1)


def _done(slip: Slip, deed: Deed, by: Person, now: datetime) -> Slip | Refused:
    match deed:
        case ShopperSigns() | Stamp():
            return slip
        case Approve(checked):
            return Refused(why) if (why := _unchecked(slip, checked, by)) else replace(slip, approver=by.id)
        case Pay():
            return replace(slip, cashier=by.id)
        case Redeem(price_fen):
            if price_fen < 0:
                return Refused(tell("a price is 0.00 or more"))
            return replace(slip, cashier=by.id, till_fen=price_fen, top_up_fen=max(0, price_fen - slip.amount_fen))
        case Check(price_fen):
            if price_fen != slip.till_fen:
                return Refused(tell("the new goods are not those that the till took the slip for: call the supervisor"))
            return replace(slip, auditor=by.id)
        case _:
            said = _not_void(deed.clerk, deed.why, by, now)
            return Refused(said) if said else _voided(slip, deed.clerk, by, deed.why)


def _unchecked(slip: Slip, checked: tuple[SlipField, ...], by: Person) -> str:
    """Why that is no approval, "" where it is (R10)."""
    if by.id == slip.clerk:
        return tell("whoever filled the slip does not approve it: ask another supervisor")
    missing = tuple(tell(field.value) for field in SlipField if field not in checked)
    if missing:
        return tell("not every field was checked: {fields}", fields=missing)
    if checked[:2] != (SlipField.AMOUNT, SlipField.RECEIPT):
        return tell("the amount and the original receipt are looked at first")
    return ""


def _not_void(clerk: Person, why: str, by: Person, now: datetime) -> str:
    if clerk.id == by.id:
        return tell("two people sign a void slip: the clerk and the approver")
    if said := may(clerk, Right.FILL, now.date()):
        return said
    return "" if why.strip() else tell("say why the slip is void")


def _voided(slip: Slip, clerk: Person, by: Person, why: str) -> Slip:
    return replace(slip, voided_by=(clerk.id, by.id), void_why=why.strip())


def lost_fen(slip: Slip) -> int:
    """What of an exchange's value was left, which nobody gets; the cashier says so before (R12)."""
    spent = slip.kind is Kind.EXCHANGE and slip.stage in (Stage.SETTLED, Stage.CHECKED)
    return max(0, slip.amount_fen - slip.till_fen) if spent else 0
