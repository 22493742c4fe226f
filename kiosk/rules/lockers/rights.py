"""Who may do what at the lockers: one total table of rights against deeds (rules L04, L07, L10 to L12).

Shoppers are nobody here: their tag is their right. Nobody is refused help, so no deed of theirs is in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType

from kiosk.rules.people.person import Allowed, Denied, Permission, Person, Right


class Deed(Enum):
    """What somebody may want to do; the values complete "may not …" """

    LOOK = "see how the lockers stand"
    OPEN_EMPTY = "open a locker in which nothing is known to be"
    OPEN_TAKEN = "open a locker in which somebody's things are"
    CONFIRM = "say what was found in a locker"
    QUARANTINE = "take a locker out of use"
    RENUMBER = "give a locker another tag"
    ADMIT = "let codes and chips count again"
    PRINT_TAGS = "print tags"
    ROTATE_KEYS = "change the keys that sign tags"
    COUNT = "count the tags"
    SIGN_COUNT = "sign the count"
    TICK_TIDY = "tick the tidy list"
    TAKE_LOST_TAG = "take up a lost tag"
    APPROVE_LOST_TAG = "have things handed out without their tag"
    EMERGENCY = "open every door"


class Grant(Enum):
    """A cell of the table."""

    NO = "no"
    TRAINED = "while the training is valid"
    YES = "always"


_NO, _TRAINED, _YES = Grant.NO, Grant.TRAINED, Grant.YES

_NOTHING: Mapping[Deed, Grant] = dict.fromkeys(Deed, _NO)

RIGHTS: Mapping[Right | None, Mapping[Deed, Grant]] = MappingProxyType(
    {
        None: _NOTHING,
        Right.ANNOUNCER: _NOTHING,  # works at another desk
        Right.PLANNING: _NOTHING,
        Right.CLERK: _NOTHING,
        Right.CASHIER: _NOTHING,
        Right.AUDITOR: _NOTHING,
        Right.FLOOR: _NOTHING,
        Right.HEAD: {  # leads the service desk: sees everything, and is the one who is there when it burns
            Deed.LOOK: _YES,
            Deed.OPEN_EMPTY: _NO,
            Deed.OPEN_TAKEN: _NO,
            Deed.CONFIRM: _NO,
            Deed.QUARANTINE: _YES,  # to take a locker out of use harms nobody
            Deed.RENUMBER: _NO,
            Deed.ADMIT: _NO,
            Deed.PRINT_TAGS: _YES,
            Deed.ROTATE_KEYS: _YES,
            Deed.COUNT: _NO,
            Deed.SIGN_COUNT: _NO,
            Deed.TICK_TIDY: _NO,
            Deed.TAKE_LOST_TAG: _NO,
            Deed.APPROVE_LOST_TAG: _NO,
            Deed.EMERGENCY: _YES,
        },
        Right.BAGS: {
            Deed.LOOK: _YES,
            Deed.OPEN_EMPTY: _TRAINED,
            Deed.OPEN_TAKEN: _NO,
            Deed.CONFIRM: _TRAINED,
            Deed.QUARANTINE: _TRAINED,
            Deed.RENUMBER: _NO,
            Deed.ADMIT: _TRAINED,  # stands there, and sees who it was
            Deed.PRINT_TAGS: _NO,
            Deed.ROTATE_KEYS: _NO,
            Deed.COUNT: _TRAINED,
            Deed.SIGN_COUNT: _TRAINED,
            Deed.TICK_TIDY: _TRAINED,
            Deed.TAKE_LOST_TAG: _TRAINED,
            Deed.APPROVE_LOST_TAG: _NO,
            Deed.EMERGENCY: _NO,
        },
        Right.SUPERVISOR: {  # on duty, and answers for every door that opens without its tag (L04, L07)
            Deed.LOOK: _YES,
            Deed.OPEN_EMPTY: _YES,
            Deed.OPEN_TAKEN: _YES,
            Deed.CONFIRM: _YES,
            Deed.QUARANTINE: _YES,
            Deed.RENUMBER: _YES,
            Deed.ADMIT: _YES,
            Deed.PRINT_TAGS: _YES,
            Deed.ROTATE_KEYS: _YES,
            Deed.COUNT: _YES,
            Deed.SIGN_COUNT: _YES,
            Deed.TICK_TIDY: _YES,
            Deed.TAKE_LOST_TAG: _YES,
            Deed.APPROVE_LOST_TAG: _YES,
            Deed.EMERGENCY: _YES,
        },
    }
)


def decide(who: Person | None, deed: Deed, today: date, *, named: str = "nobody") -> Permission:
    """Whether somebody may do that today. named: what to call somebody who is not registered."""
    operator = named if who is None else who.id
    known = None if who is None or who.removed else who
    if known is None:
        gone = f"{who.name}, who is registered no more," if who is not None else named
        return Denied(operator, f"{gone} may not {deed.value}: {who_may(deed)} may")
    grants = {RIGHTS[right][deed] for right in known.rights}
    if Grant.YES in grants or (Grant.TRAINED in grants and known.trained(today)):
        return Allowed(operator)
    if Grant.TRAINED in grants:
        return Denied(operator, f"{known.name} may not {deed.value}: {known.lacks(today)}")
    return Denied(operator, f"{known.name} may not {deed.value}: {who_may(deed)} may")


def who_may(deed: Deed) -> str:
    """Whose right it is, in words."""
    holders = [right for right in Right if RIGHTS[right][deed] is not Grant.NO]
    words = [
        _CALLED[right] if RIGHTS[right][deed] is Grant.YES else f"{_CALLED[right]} who is trained" for right in holders
    ]
    return " or ".join(words)


_CALLED: Mapping[Right, str] = {
    Right.HEAD: "the department head",
    Right.BAGS: "a bag attendant",
    Right.SUPERVISOR: "the supervisor",
}
