"""The evening of the return desk: whether a register can be signed, and what still goes back to the floor (R13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.rules.returns.register import Correction, Register, handovers
from kiosk.rules.returns.slip import Slip, Stage, numbered
from kiosk.sentences import tell

LIES = (Stage.FILLED, Stage.SIGNED, Stage.APPROVED)  # with the desk; a stamped one is the shopper's to bring


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day that is not settled. signed: its register is, up to its last slip. goods: by the department that has not
    signed for them; none before the register is signed."""

    day: date
    slips: int
    signed: bool
    goods: Mapping[str, tuple[Correction, ...]]


def why_not_signed(found: Register, last_signed: int | None) -> str:
    """Why a register cannot be signed now, with what to do next; "" where it can. last_signed: the slip up to which it
    is."""
    if found.missing:
        return tell(
            "not signed: {slips} are missing: look for their paper, and call the technician",
            slips=tuple(map(numbered, found.missing)),
        )
    lying = tuple(numbered(slip.number) for slip in found.slips if slip.stage in LIES)
    if lying:
        return tell("not signed: {slips} still lie with the desk: go on with them, or make them void", slips=lying)
    last = found.slips[-1].number if found.slips else 0
    if last_signed is not None and last_signed >= last:
        return tell(
            "the register of {day} is signed up to slip {slip} already", day=str(found.day), slip=numbered(last)
        )
    return ""


def content(found: Register) -> Mapping[str, object]:
    """What is signed, in figures."""
    return {
        "slips": len(found.slips),
        "void": [slip.number for slip in found.void],
        "open": [slip.number for slip in found.open],
        "totals": {one.department: [one.returns_fen, one.exchanges_fen] for one in found.totals},
    }


def left(
    goods: Mapping[str, Sequence[Correction]], received: Collection[tuple[str, int]]
) -> Mapping[str, tuple[Correction, ...]]:
    """What departments have not signed for. received: what they have, by department and slip."""
    of = {
        department: tuple(one for one in several if (department, one.number) not in received)
        for department, several in goods.items()
    }
    return {department: several for department, several in of.items() if several}


def open_days(
    slips: Iterable[Slip], signed: Mapping[date, int], received: Mapping[date, Collection[tuple[str, int]]]
) -> tuple[OpenDay, ...]:
    """Days that are not settled, the oldest first. signed: the last number that each register was signed up to."""
    of: dict[date, list[Slip]] = defaultdict(list)
    for slip in slips:
        of[slip.filled.date()].append(slip)
    days = []
    for day, own in sorted(of.items()):
        whole = signed.get(day, 0) >= max(slip.number for slip in own)
        goods = left(handovers(own), received.get(day, ())) if whole else {}
        if goods or not whole:
            days.append(OpenDay(day, len(own), whole, goods))
    return tuple(days)
