"""How the audit chain tells of a locker: who opened it on whose word, and what became of it. No shopper is named."""

from __future__ import annotations

from kiosk.ports.lockers import Note
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.lost_tag import LostTagWarrant
from kiosk.rules.lockers.warrants import ByReservation, ByStaff, ByTag, ByTagAgain, Warrant

DESK = "bag storage"


def about(locker: Locker, action: str, by: str = DESK, **details: str) -> Note:
    """What became of a locker. by: who decided it, or the desk itself."""
    told = {"assignment": locker.assignment.value, "door": locker.door.value, **details}
    return Note(by, action, f"locker {locker.id}", {name: value for name, value in told.items() if value})


def opens(locker: Locker, warrant: Warrant) -> Note:
    """The order to open a locker, and on whose word."""
    who, details = _on_whose_word(warrant)
    lies = {"deposit": str(locker.deposit)} if locker.deposit else {}
    return Note(who, "opens", f"locker {locker.id}", {**details, **lies})


def _on_whose_word(warrant: Warrant) -> tuple[str, dict[str, str]]:
    match warrant:
        case ByReservation(deposit):
            return "shopper", {"for": f"deposit {deposit}"}
        case ByTag(tag):
            return "tag", {"tag": f"{tag.kind.value} {tag.number}.{tag.generation}"}
        case ByTagAgain(tag):
            return "tag", {"tag": f"{tag.kind.value} {tag.number}.{tag.generation}", "again": "yes"}
        case ByStaff(operator, purpose, procedure):
            return operator, {"purpose": purpose.value, **({"procedure": procedure} if procedure else {})}
        case LostTagWarrant(case):
            return case.approved_by, {"procedure": f"lost tag {case.n}"}
