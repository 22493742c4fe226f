"""Who may do what with slips and pick-ups: one total table of rights against deeds (R07, R10-R13, R17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType

from kiosk.rules.people.person import Person, Right
from kiosk.rules.people.refusals import cannot, may_not
from kiosk.rules.people.refusals import holders as called
from kiosk.sentences import N_


class Deed(Enum):
    """What somebody may want to do; the values complete "may not …" """

    FILL = N_("fill a slip")
    APPROVE = N_("approve a slip")
    SETTLE = N_("settle a slip at the till")
    CHECK = N_("check goods at the door")
    LOOK = N_("see slips")
    SIGN_REGISTER = N_("sign the register")
    RECEIVE = N_("take goods back to the floor")
    TELL_STOCK = N_("say that the stock's own system was told")
    PICK_UP = N_("mind what is picked up")  # R17


_SERVICE = frozenset({Deed.FILL, Deed.LOOK, Deed.TELL_STOCK, Deed.PICK_UP})
_LEADS = _SERVICE | {Deed.APPROVE, Deed.SIGN_REGISTER, Deed.RECEIVE, Deed.CHECK}

RIGHTS: Mapping[Right, frozenset[Deed]] = MappingProxyType(
    {
        Right.ANNOUNCER: frozenset(),
        Right.PLANNING: frozenset(),
        Right.BAGS: frozenset(),
        Right.CLERK: _SERVICE,
        Right.CASHIER: frozenset({Deed.SETTLE, Deed.LOOK}),
        Right.AUDITOR: frozenset({Deed.CHECK}),
        Right.FLOOR: frozenset({Deed.RECEIVE, Deed.PICK_UP}),
        Right.SUPERVISOR: _LEADS,
        Right.HEAD: _LEADS,
    }
)
_TRAINED = frozenset({Right.CLERK, Right.CASHIER})
"""Those who do so while their training is valid only."""


def may(who: Person, deed: Deed, today: date) -> str:
    """Why somebody may not do that today, "" where they may."""
    holders = [right for right in Right if deed in RIGHTS[right]]
    own = [right for right in holders if right in who.rights and not who.removed]
    if any(right not in _TRAINED or who.trained(today) for right in own):
        return ""
    if own:
        return cannot(who.name, deed.value, who.lacks(today))
    return may_not(who.name, deed.value, called({right: right not in _TRAINED for right in holders}))
