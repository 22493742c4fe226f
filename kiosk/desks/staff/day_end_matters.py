"""How the evening of the return desk looks in staff mode: registers to sign, and lists of goods to receive (R13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from kiosk.desks.staff.return_matters import NEXT_STEPS
from kiosk.ports.return_slips import SignedRegister
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.people.person import Person
from kiosk.rules.returns.day_end import OpenDay
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.register import Correction, Register, Total
from kiosk.rules.returns.slip import numbered
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.sentences import N_, tell

REGISTER, HANDOVER = "register", "handover"


def of_register(day: date, slips: int, name: str, today: date) -> Matter:
    """A day whose register waits for its signature; one of a day before presses."""
    title = tell("Register of {day}", day=str(day))
    line = tell("Slips: {count} · waits for its signature", count=slips)
    return Matter(f"{name} {REGISTER} {day}", Kind.RETURN, title, line=line, pressing=day < today)


def of_handover(day: date, department: str, goods: Sequence[Correction], name: str, today: date) -> Matter:
    """Goods that wait for their department."""
    title = tell("Handover list: {department}", department=department)
    line = tell("{day} · back to the floor: {count}", day=str(day), count=len(goods))
    return Matter(f"{name} {HANDOVER} {day} {department}", Kind.RETURN, title, line=line, pressing=day < today)


def of_open_day(open_day: OpenDay, who: Person, name: str, today: date) -> Iterator[Matter]:
    """What of a day waits for whoever looks."""
    if not open_day.signed and not may(who, Right.SIGN_REGISTER, today):
        yield of_register(open_day.day, open_day.slips, name, today)
    for department, goods in open_day.goods.items():
        yield of_handover(open_day.day, department, goods, name, today)


def hands_over(who: Person, today: date) -> bool:
    """Whoever receives goods sees the lists, and whoever gives them."""
    return not may(who, Right.RECEIVE, today) or not may(who, Right.FILL, today)


def signing(who: Person) -> Offered:
    """Whoever looks signs for themselves."""
    return Offered("sign", N_("Sign the register"), "signature", "good", None, True, who.id)


def receiving(who: Person, now: datetime) -> Offered:
    """The department signs, on whoever's screen it is."""
    own = not may(who, Right.RECEIVE, now.date()) and bool(may(who, Right.FILL, now.date()))
    return Offered(
        "receive", N_("Received: the department signs"), "signature", "good", None, True, who.id if own else ""
    )


def told_of_register(
    found: Register, signatures: Sequence[SignedRegister], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Its numbers and gaps, its totals, and what is not settled."""
    first, last = found.slips[0].number, found.slips[-1].number
    numbers = {"first": numbered(first), "last": numbered(last)}
    if found.missing:
        missing = tuple(map(numbered, found.missing))
        yield N_("Numbers"), tell("{first} to {last} · missing: {missing}", **numbers, missing=missing)
    else:
        yield N_("Numbers"), tell("{first} to {last} · complete, none is missing", **numbers)
    if found.void:
        yield N_("Void"), tell("{what}", what=tuple(numbered(slip.number) for slip in found.void))
    yield N_("In all"), _sums(Total("", 0, *(sum(fen) for fen in _fen(found.totals))))
    for one in found.totals:
        yield one.department, _sums(one)
    if found.lost_fen:
        yield N_("Credit that nobody used"), shown_fen(found.lost_fen)
    for slip in found.open:
        what = {"slip": numbered(slip.number), "next": tell(NEXT_STEPS[slip.stage])}
        yield N_("Not settled"), tell("{slip} · {next}", **what)
    for signed in signatures:
        what = {
            "name": names.get(signed.by, signed.by),
            "when": f"{signed.at:%m-%d %H:%M}",
            "slip": numbered(signed.last),
        }
        yield N_("Signed"), tell("{name} {when}, up to slip {slip}", **what)


def told_of_goods(goods: Sequence[Correction]) -> Iterator[tuple[str, str]]:
    """Each article with its slip."""
    for one in goods:
        yield (
            tell("Slip {slip}", slip=numbered(one.number)),
            f"{one.name} × {shown_quantity(one.quantity_milli)} ({one.item})",
        )


def _sums(total: Total) -> str:
    money = {"returns": shown_fen(total.returns_fen), "exchanges": shown_fen(total.exchanges_fen)}
    return tell("Returns {returns} · exchanges {exchanges}", **money)


def _fen(totals: Sequence[Total]) -> tuple[list[int], list[int]]:
    return [one.returns_fen for one in totals], [one.exchanges_fen for one in totals]
