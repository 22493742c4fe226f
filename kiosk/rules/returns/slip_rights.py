"""Who may do what with slips: one total table of rights against deeds (R07, R10-R13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType

from kiosk.rules.people.person import Person, Right


class Deed(Enum):
    """What somebody may want to do; the values complete "may not …" """

    FILL = "fill a slip"
    APPROVE = "approve a slip"
    SETTLE = "settle a slip at the till"
    CHECK = "check goods at the door"
    LOOK = "see slips"
    SIGN_REGISTER = "sign the register"
    RECEIVE = "take goods back to the floor"


_SERVICE = frozenset({Deed.FILL, Deed.LOOK})
_LEADS = frozenset({Deed.FILL, Deed.APPROVE, Deed.LOOK, Deed.SIGN_REGISTER, Deed.RECEIVE, Deed.CHECK})

RIGHTS: Mapping[Right, frozenset[Deed]] = MappingProxyType(
    {
        Right.ANNOUNCER: frozenset(),
        Right.PLANNING: frozenset(),
        Right.BAGS: frozenset(),
        Right.CLERK: _SERVICE,
        Right.CASHIER: frozenset({Deed.SETTLE, Deed.LOOK}),
        Right.AUDITOR: frozenset({Deed.CHECK}),
        Right.FLOOR: frozenset({Deed.RECEIVE}),
        Right.SUPERVISOR: _LEADS,
        Right.HEAD: _LEADS,
    }
)
_TRAINED = frozenset({Right.CLERK, Right.CASHIER})
"""Those who do so while their training is valid only."""

_CALLED: Mapping[Right, str] = {
    Right.CLERK: "a clerk of the service desk who is trained",
    Right.CASHIER: "a cashier who is trained",
    Right.AUDITOR: "the door auditor",
    Right.FLOOR: "the department",
    Right.SUPERVISOR: "the supervisor",
    Right.HEAD: "the department head",
}


def may(who: Person, deed: Deed, today: date) -> str:
    """Why somebody may not do that today, "" where they may."""
    holders = [right for right in Right if deed in RIGHTS[right]]
    own = [right for right in holders if right in who.rights and not who.removed]
    if any(right not in _TRAINED or who.trained(today) for right in own):
        return ""
    if own:
        return f"{who.name} may not {deed.value}: {who.lacks(today)}"
    return f"{who.name} may not {deed.value}: {' or '.join(_CALLED[right] for right in holders)} may"
