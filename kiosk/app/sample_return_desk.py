"""A return desk in staff mode for the album of screens: tickets, slips, and each page of what a clerk is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.app.sample_returns import BOOK, BOUGHT, RECEIPT
from kiosk.desks.service.returning import LookedUp
from kiosk.desks.staff.return_matters import (
    CHECK,
    REDEEM,
    WHY_VOID,
    deeds_for,
    of_receipt,
    of_slip,
    of_waiting,
    told_of_slip,
)
from kiosk.desks.staff.return_records import Waiting
from kiosk.desks.staff.returns_corner import FILL, LEFT, SCAN
from kiosk.ports.staff_view import Matter, StaffView
from kiosk.rules.forms.filling import Filling
from kiosk.rules.forms.filling import opened as begun
from kiosk.rules.forms.flow import Answers, Chose, Next, Read
from kiosk.rules.forms.form import Choice, Words
from kiosk.rules.front.counter_case import CounterCase
from kiosk.rules.front.slip_pages import approval
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.people.person import Person, Right
from kiosk.rules.returns.clause import Remedy
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.slip import Goods, Slip, Stage
from kiosk.rules.returns.slip import Kind as SlipKind
from kiosk.rules.service.queue import Stage as Called
from kiosk.rules.service.queue import Ticket, Topic
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.returning import ID, WAITS
from kiosk.rules.service.service import BY_ITSELF

CLERK = Person("lina", "李娜", frozenset({Right.CLERK, Right.SUPERVISOR}), trained_on=date(2026, 1, 1))
NAMES = {"lina": "李娜", "mei": "李梅", "tao": "陈涛"}
MEMBER = "880012345"
_SAID: Answers = (
    *(("receipt", RECEIPT.number), ("article", "青花瓷茶杯"), ("line", "1"), ("quantity", "2"), ("wish", "refund")),
    *(("reason", "unwanted"), ("whole", "yes"), ("worn", "no"), ("cause", "nothing")),
    *(("outcome", "accept"), ("remedy", "refund"), ("clauses", "gladly")),
)
_TOLD = {
    **{"scanned": "6901234500112", "member": MEMBER, "quantity": "2", "phone": "13800138000", "note": ""},
    **{"as-said": "yes", "wish": "refund", "reason": "unwanted", "whole": "yes", "worn": "no", "cause": "nothing"},
    **{"fault": "yes", "granted": "refund", "goods": "floor"},
}


def return_desk_states(whole: StaffView, now: datetime) -> Iterator[tuple[str, StaffMode, StaffView]]:
    """Each state by its name."""
    slips = slips_of(now)
    waiting = _waiting(now)
    tickets = tuple(of_waiting(one, "returns") for one in waiting)
    shelf = (*tickets, *(of_slip(one, "returns", CLERK, now.date()) for one in slips))
    desk = replace(whole, returns=shelf, counter=(SCAN, REDEEM, CHECK))
    yield "returns", StaffMode(Room.RETURNS), desk
    yield "returns-none", StaffMode(Room.RETURNS), replace(desk, returns=())
    yield "returns-not-theirs", StaffMode(Room.RETURNS), whole
    case = CounterCase(BOOK, replace(RECEIPT, member=MEMBER), BOUGHT.date(), now.date(), (), _SAID, 1)
    for name, opened in _opened(slips, waiting, now):
        yield name, StaffMode(Room.RETURNS, opened.key), replace(desk, opened=opened)
    yield from _asked(case, desk)
    approving = StaffMode(Room.RETURNS, "returns slip 12", asks=begun(approval(slips[0], NAMES), chinese=True))
    yield "returns-field", approving, desk
    void = StaffMode(Room.RETURNS, "returns slip 12", deed="void", asks=begun(WHY_VOID, chinese=True))
    yield "returns-why-void", void, desk
    assert REDEEM.asks is not None
    yield "returns-code", StaffMode(Room.RETURNS, "returns desk", asks=begun(REDEEM.asks, chinese=True)), desk
    signing = StaffMode(Room.RETURNS, "returns slip 12", deed="approve", signs=True, signing=True)
    yield "returns-signature", signing, desk
    at_pin = replace(signing, at_pin=True, named=replace(signing.named, text="tao"), signatures=1, given=True)
    yield "returns-signature-pin", replace(at_pin, pin=replace(at_pin.pin, text="2461"), given=False), desk
    yield "returns-signature-checking", at_pin, desk
    yield "returns-signature-wrong", at_pin, replace(desk, signatures=1, unsigned="wrong PIN")


def _opened(slips: tuple[Slip, ...], waiting: tuple[Waiting, ...], now: datetime) -> Iterator[tuple[str, Matter]]:
    told = (
        *(("Article", "青花瓷茶杯"), ("Quantity", "2"), ("What would you like?", "My money back")),
        *(("Why do you bring it back?", "It does not suit me"), ("What the kiosk says", "It can be done")),
    )
    yield "returns-record", replace(of_waiting(waiting[0], "returns"), told=told, deeds=(FILL, LEFT))
    known = LookedUp(RECEIPT.number, RECEIPT, ((3, 1000),))
    yield "returns-receipt", replace(of_receipt(known, "returns"), deeds=(FILL,))
    judged = Judged(Outcome.ACCEPT, Remedy.REFUND, ("gladly",), kiosk=Outcome.PERSON, kiosk_remedy=Remedy.REFUND)
    for slip in slips:
        matter = of_slip(slip, "returns", CLERK, now.date())
        deeds = tuple(deeds_for(slip, CLERK, NAMES, now))
        yield f"returns-slip-{slip.stage.value}", replace(matter, told=told_of_slip(slip, judged, NAMES), deeds=deeds)


def _asked(case: CounterCase, desk: StaffView) -> Iterator[tuple[str, StaffMode, StaffView]]:
    """A case page by page, and what the policy may say in the end."""
    filling: Filling | None = begun(case.form, chinese=True)
    while filling is not None and not filling.sent:
        yield f"returns-case-{filling.page.partition('.')[2]}", _asks(filling), desk
        if filling.shown is None:
            break
        filling = _answered(filling, _TOLD)
    for name, said, told in (
        ("refuse", case.said, {"as-said": "no", "reason": "unwanted", "whole": "no"}),
        ("person", (), {"wish": "exchange", "reason": "fault", "fault": "unsure", "whole": "unsure"}),
    ):
        other = begun(replace(case, said=said).form, chinese=True)
        while other.shown is not None and other.shown.id != "granted":
            other = _answered(other, {**_TOLD, **told})
        yield f"returns-case-granted-{name}", _asks(other), desk
    wrong = begun(case.form, chinese=True).after(Read("6909999999999")).flow
    assert isinstance(wrong, Filling)
    yield "returns-case-wrong", _asks(_next(wrong)), desk


def _asks(filling: Filling) -> StaffMode:
    return StaffMode(Room.RETURNS, "returns record 1", deed="fill", asks=filling)


def _answered(filling: Filling, told: dict[str, str]) -> Filling:
    shown = filling.shown
    match shown:
        case Choice(id=id):
            after = filling.after(Chose(told[id])).flow
            assert isinstance(after, Filling)
            return after
        case Words(id=id):
            read = filling.after(Read(told[id])).flow if told[id] else filling
            assert isinstance(read, Filling)
            return _next(read)
        case _:
            raise AssertionError(shown)


def _next(filling: Filling) -> Filling:
    after = filling.after(Next()).flow
    assert isinstance(after, Filling)
    return after


def _waiting(now: datetime) -> tuple[Waiting, ...]:
    soon = now - timedelta(minutes=6)
    noted = (Done(soon, BY_ITSELF, "ticket R007"),)
    record = Record(ID, 1, soon, "screen", WAITS, soon, dict(_SAID), noted)
    ticket = Ticket(1, now.date(), Topic.RETURNS, 7, soon, Called.CALLED, now, 2, 1)
    later = replace(
        record,
        number=2,
        at=now,
        history=(Done(now, BY_ITSELF, "ticket R008"),),
        answers={"receipt": RECEIPT.number, "outcome": "person"},
    )
    return Waiting(record, ticket), Waiting(later, replace(ticket, n=2, number=8, stage=Called.WAITING))


def slips_of(now: datetime) -> tuple[Slip, ...]:
    """One at each of the steps that somebody waits for."""
    line = RECEIPT.lines[0]
    soon = now - timedelta(minutes=30)
    filled = Slip(
        number=12,
        filled=soon,
        kind=SlipKind.RETURN,
        receipt=RECEIPT.number,
        bought=BOUGHT,
        line=line.n,
        bought_milli=line.quantity_milli,
        item=line.item,
        barcode=line.barcode,
        name=line.name,
        department=line.category,
        quantity_milli=2000,
        unit_price_fen=line.unit_price_fen,
        amount_fen=7980,
        reason="不合适、不喜欢",
        goods=Goods.FLOOR,
        clerk="mei",
        since=soon,
        member=MEMBER,
        phone="13800138000",
    )
    exchange = replace(filled, number=9, kind=SlipKind.EXCHANGE, approver="tao", cashier="till", till_fen=12000)
    return (
        replace(filled, stage=Stage.SIGNED, deeds=1),
        replace(filled, number=13),
        replace(filled, number=11, stage=Stage.APPROVED, approver="tao"),
        replace(filled, number=10, stage=Stage.STAMPED, approver="tao"),
        replace(exchange, stage=Stage.SETTLED, top_up_fen=4020),
    )
