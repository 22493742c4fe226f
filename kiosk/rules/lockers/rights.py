"""Who may do what at the lockers: one total table of rights against deeds (rules L04, L07, L10 to L12).

Shoppers are nobody here: their tag is their right. Nobody is refused help, so no deed of theirs is in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType

from kiosk.rules.people.person import Allowed, Denied, Permission, Person, Right
from kiosk.rules.people.refusals import cannot, gone_person, holders, may_not
from kiosk.sentences import N_


class Deed(Enum):
    """What somebody may want to do; the values complete "may not …" """

    LOOK = N_("see how the lockers stand")
    OPEN_EMPTY = N_("open a locker in which nothing is known to be")
    OPEN_TAKEN = N_("open a locker in which somebody's things are")
    CONFIRM = N_("say what was found in a locker")
    QUARANTINE = N_("take a locker out of use")
    RENUMBER = N_("give a locker another tag")
    ADMIT = N_("let codes and chips count again")
    PRINT_TAGS = N_("print tags")
    ROTATE_KEYS = N_("change the keys that sign tags")
    COUNT = N_("count the tags")
    SIGN_COUNT = N_("sign the count")
    TICK_TIDY = N_("tick the tidy list")
    TAKE_LOST_TAG = N_("take up a lost tag")
    APPROVE_LOST_TAG = N_("have things handed out without their tag")
    EMERGENCY = N_("open every door")


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
        gone = gone_person(who.name) if who is not None else named
        return Denied(operator, may_not(gone, deed.value, who_may(deed)))
    grants = {RIGHTS[right][deed] for right in known.rights}
    if Grant.YES in grants or (Grant.TRAINED in grants and known.trained(today)):
        return Allowed(operator)
    if Grant.TRAINED in grants:
        return Denied(operator, cannot(known.name, deed.value, known.lacks(today)))
    return Denied(operator, may_not(known.name, deed.value, who_may(deed)))


def who_may(deed: Deed) -> str:
    """Whose right it is, in words."""
    return holders({right: RIGHTS[right][deed] is Grant.YES for right in Right if RIGHTS[right][deed] is not Grant.NO})
