"""What clerks and shoppers do at the return desk's corner."""

from __future__ import annotations

from kiosk.desks.staff.corner import Said
from kiosk.rules.returns.slip import Filling, Kind, Slip, SlipField
from kiosk.rules.service.record import Record
from tests.app.return_desk import MEMBER, NUMBER, ReturnDesk
from tests.rules.returns.slips import MEI, TAO

GONE = "Somebody has seen to it"
EVERY = {field.name.lower(): "yes" for field in SlipField}
KIOSK = {"receipt": NUMBER, "article": "茶杯", "line": "1", "quantity": "1", "wish": "exchange", "reason": "fault",
         "outcome": "person", "remedy": "exchange"}  # fmt: skip


CUP_BACK = Filling(1, 1000, Kind.EXCHANGE, "30112", "x", "13800138000", MEMBER)


def visit(desk: ReturnDesk, **changes: str) -> Record:
    """Somebody has chosen at the kiosk and holds a ticket."""
    answers = {name: said for name, said in {**KIOSK, **changes}.items() if said}
    record = desk.services._entered(desk.services.services["return"], answers, "screen", desk.now())
    if not isinstance(record, Record):  # the clerk of the kiosk looks at what was decided: here it is as it was
        clerk = desk.services.clerks["return"]
        made = desk.services.services["return"].begun(answers, "screen", desk.now())
        assert isinstance(made, Record)
        kept = desk.book.enter(made, over=False)
        assert isinstance(kept, Record)
        clerk.entered(kept, desk.now())
        record = kept
    return record


def slip_of(desk: ReturnDesk, **told: str) -> Slip:
    made = desk.fills_at_once(**told)
    assert isinstance(made, Slip), made
    return made


def does(desk: ReturnDesk, deed: str, by: object = MEI, thing: str = "slip 1", **told: str) -> Said:
    return desk.corner.do(thing, deed, told, by, desk.now())  # type: ignore[arg-type]  # a person


def signs(desk: ReturnDesk, deed: str, who: object, signer: object, thing: str = "slip 1", **told: str) -> Said:
    return desk.corner.sign(thing, deed, told, who, signer, desk.now())  # type: ignore[arg-type]  # people


def to_stamped(desk: ReturnDesk) -> None:
    for said in (does(desk, "sign"), signs(desk, "approve", MEI, TAO, **EVERY), does(desk, "stamp")):
        assert not said.refused, said.text
