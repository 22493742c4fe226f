"""How receipts, tickets and slips look in staff mode: what there is to see of each, and the deeds of whoever looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kiosk.desks.service.returning import LookedUp
from kiosk.desks.staff.reasons import why_form
from kiosk.desks.staff.return_records import Waiting
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.front.returning import Finding
from kiosk.rules.front.slip_pages import approval, credit
from kiosk.rules.people.person import Person
from kiosk.rules.returns.day_end import LIES
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.slip import Kind as SlipKind
from kiosk.rules.returns.slip import Slip, Stage, numbered
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.rules.returns.slip_words import VOIDS
from kiosk.sentences import N_, tell

TITLES = {SlipKind.RETURN: N_("Return slip {number}"), SlipKind.EXCHANGE: N_("Exchange slip {number}")}
SIGN = Offered("sign", N_("The shopper has signed"), "signature", "good")
STAMP = Offered("stamp", N_("The receipt is stamped"), "check", "good")
PRINT = Offered("print", N_("Print it once more"), "stack")
REDEEM = Offered("redeem", N_("Take it as cash"), "cash-register", "good", credit(N_("Take it as cash")))
CHECK = Offered("check", N_("Check the new goods"), "shopping-bag", "good", credit(N_("Check the new goods")))
_WHYS = (N_("A field is wrong"), N_("The shopper would rather keep it"), N_("It was filled twice"))
_VOIDED = dict(zip(VOIDS, _WHYS, strict=True))
WHY_VOID = why_form(N_("Make it void"), tuple(_VOIDED.items()))
OUTCOMES = {
    Outcome.ACCEPT: N_("It can be done"),
    Outcome.REFUSE: N_("It is outside our terms"),
    Outcome.PERSON: N_("A person decides"),
}
NEXT_STEPS = {
    Stage.FILLED: N_("Next: the shopper signs"),
    Stage.SIGNED: N_("Next: the supervisor approves"),
    Stage.APPROVED: N_("Next: the receipt is stamped"),
    Stage.STAMPED: N_("Next: the cashier"),
    Stage.SETTLED: N_("Settled"),
    Stage.CHECKED: N_("Checked at the door"),
    Stage.VOID: N_("Void"),
}
GONE = N_("Somebody has seen to it")
WITHOUT_CASE = (N_("Ticket"), N_("It lapsed before anybody noted this slip there: a slip without a case"))
FOUND_NOT = {
    Finding.ANOTHER_STORE: N_("This receipt is from another of our stores"),
    Finding.NO_RECEIPT: N_("This is no number of a receipt"),
}


def of_waiting(waiting: Waiting, name: str) -> Matter:
    """A shopper with a ticket."""
    record, article = waiting.record, waiting.record.answers.get("article", "")
    title = tell("{ticket} · {article}", ticket=waiting.shown, article=article) if article else waiting.shown
    line = N_("Waits for the return desk")
    if waiting.called and waiting.ticket is not None:
        line = tell("Called to desk {desk}", desk=waiting.ticket.desk)
    return Matter(
        f"{name} record {record.number}",
        Kind.RETURN,
        title,
        line=line,
        at=record.at,
        pressing=waiting.called,
    )


def why_no_receipt(known: LookedUp | None) -> str:
    """What there is to say while a receipt is not there, "" once it is."""
    if known is None:
        return N_("The receipt is looked for")
    if known.receipt is None:
        return known.fault or N_("No till knows this number: look at it again")
    return ""


def of_receipt(known: LookedUp, name: str) -> Matter:
    """A receipt that was found, with all its lines."""
    assert known.receipt is not None
    receipt, back = known.receipt, dict(known.back)
    told = tuple(
        (
            tell("Line {line}", line=line.n),
            tell(
                "{article} · {quantity} × {price}" if line.n not in back else _SOME_BACK,
                article=line.name,
                quantity=shown_quantity(line.quantity_milli),
                price=shown_fen(line.unit_price_fen),
                back=shown_quantity(back.get(line.n, 0)),
            ),
        )
        for line in receipt.lines
    )
    bought = tell("Bought on {day}", day=f"{receipt.bought:%Y-%m-%d}")
    title = tell("Receipt {receipt}", receipt=receipt.number)
    return Matter(f"{name} receipt {receipt.number}", Kind.RETURN, title, line=bought, told=told)


_SOME_BACK = N_("{article} · {quantity} × {price} · {back} came back")


def of_slip(slip: Slip, name: str, who: Person, today: date) -> Matter:
    """A slip on the shelf. pressing: whoever looks has to approve it, or it was left lying since another day."""
    left = slip.stage in LIES and (slip.since or slip.filled).date() < today and not may(who, Right.FILL, today)
    approves = slip.stage is Stage.SIGNED and not may(who, Right.APPROVE, today) and who.id != slip.clerk
    title = tell(TITLES[slip.kind], number=numbered(slip.number))
    what = f"{slip.name} × {shown_quantity(slip.quantity_milli)} · {shown_fen(slip.amount_fen)}"
    at = slip.since or slip.filled
    line = tell("{what} · {next}", what=what, next=tell(NEXT_STEPS[slip.stage]))
    if left:
        line = tell("{line} · left lying: go on with it, or make it void", line=line)
    return Matter(f"{name} slip {slip.number}", Kind.RETURN, title, line=line, at=at, pressing=approves or left)


def told_of_slip(slip: Slip, judged: Judged | None, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What stands on it; nothing that is personal."""
    lines = [
        (N_("Receipt"), tell("{receipt}, line {line}", receipt=slip.receipt, line=slip.line)),
        (N_("Article"), f"{slip.name} ({slip.item})"),
        (
            N_("Amount"),
            f"{shown_quantity(slip.quantity_milli)} × {shown_fen(slip.unit_price_fen)} = {shown_fen(slip.amount_fen)}",
        ),
        (N_("Reason"), slip.reason),
        (N_("Clerk"), names.get(slip.clerk, slip.clerk)),
    ]
    if judged is not None:
        lines.append((N_("What the policy says"), tell(OUTCOMES[judged.outcome])))
        if judged.differs and judged.kiosk is not None:
            lines.append((N_("What the kiosk had said"), tell(OUTCOMES[judged.kiosk])))
    for heading, id in ((N_("Approved by"), slip.approver), (N_("Cashier"), slip.cashier)):
        if id:
            lines.append((heading, names.get(id, id)))
    if slip.stage in (Stage.SETTLED, Stage.CHECKED) and slip.kind is SlipKind.EXCHANGE:
        lines.append((N_("Topped up"), shown_fen(slip.top_up_fen)))
    if slip.stage is Stage.VOID:
        both = tuple(names.get(id, id) for id in slip.voided_by)
        lines.append(
            (N_("Void"), tell("{why} ({people})", why=tell(_VOIDED.get(slip.void_why, slip.void_why)), people=both))
        )
    return tuple(lines)


def deeds_for(slip: Slip, who: Person, names: Mapping[str, str], now: datetime) -> Iterator[Offered]:
    """What whoever looks may do to it now; what another has to sign is offered to the clerk, for them to sign here."""
    today = now.date()

    def allowed(right: Right) -> bool:
        return not may(who, right, today)

    serves = allowed(Right.FILL)
    if slip.stage is Stage.FILLED and serves:
        yield SIGN
    if slip.stage is Stage.SIGNED and (serves or allowed(Right.APPROVE)):
        signer = who.id if allowed(Right.APPROVE) and who.id != slip.clerk else ""
        words = N_("Check every field and approve")
        yield Offered("approve", words, "list-checks", "good", approval(slip, names), True, signer)
    if slip.stage is Stage.APPROVED and serves:
        yield STAMP
    if slip.stage is Stage.STAMPED and slip.kind is SlipKind.RETURN and (serves or allowed(Right.SETTLE)):
        signer = who.id if allowed(Right.SETTLE) else ""
        yield Offered("pay", N_("The cashier pays it out"), "money", "good", None, True, signer)
    if slip.stage is Stage.STAMPED and slip.kind is SlipKind.EXCHANGE and allowed(Right.SETTLE):
        yield REDEEM
    if slip.stage is Stage.SETTLED and slip.kind is SlipKind.EXCHANGE and allowed(Right.CHECK):
        yield CHECK
    if slip.approver and slip.counts and serves:
        yield PRINT
    if slip.stage in (Stage.FILLED, Stage.SIGNED, Stage.APPROVED, Stage.STAMPED) and serves:
        yield Offered("void", N_("Make it void: two sign"), "x", "care", WHY_VOID, True)
