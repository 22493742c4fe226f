"""The slip of a lost tag as sheets for a receipt printer, a sheet for each copy (L08)."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.rules.lockers.lost_slip import Slip, SlipField, SlipLine
from kiosk.rules.printing.document import Align, Document, Field, Line, Part, Rule, Sign, Size

_SIGNED = (SlipField.EMPLOYEE, SlipField.SHOPPER)


def sheets_of(slips: Iterable[Slip]) -> tuple[Document, ...]:
    """In the order of the copies. The titles name nobody."""
    return tuple(_sheet(slip) for slip in slips)


def _sheet(slip: Slip) -> Document:
    head = (
        Line(slip.store, align=Align.CENTRE),
        Line(slip.title, Size.LARGE, bold=True, align=Align.CENTRE),
        Line(slip.number, align=Align.CENTRE),
        Line(slip.copy, align=Align.CENTRE),
        Rule(),
    )
    body = tuple(_part(line) for line in slip.lines)
    return Document(f"{slip.title} {slip.number}, {slip.copy}", (*head, *body, Rule(), Line(slip.footer, Size.SMALL)))


def _part(line: SlipLine) -> Part:
    return Sign(line.label, line.value) if line.field in _SIGNED else Field(line.label, line.value)
