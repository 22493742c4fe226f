"""How many there are of what goes in and out: since it was last counted, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.rules.forms.form import Option
from kiosk.rules.service.record import Record
from kiosk.sentences import N_

MOVES = (
    Option("out", N_("Handed out")),
    Option("in", N_("Came in")),
    Option("count", N_("Counted")),
)


def level(records: Iterable[Record], thing: str) -> int | None:
    """How many there are; None where nobody has counted lately. records: oldest first."""
    there: int | None = None
    for one in records:
        told = one.answers
        if told.get("thing") != thing or not told.get("quantity", "").isdigit():
            continue
        quantity, move = int(told["quantity"]), told.get("move")
        if move == "count":
            there = quantity
        elif there is not None:
            there += quantity if move == "in" else -quantity
    return there
