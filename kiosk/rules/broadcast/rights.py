"""Who may do what at the broadcast desk: one total table of rights against deeds (rules B04, B13, B14).

An evacuation is refused to nobody (life safety, B10): whoever sees the fire may not find the announcer in time, and a
false alarm costs less than a late one. It is guarded against a careless hand, and logged with whoever is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.panel import ButtonAction
from kiosk.rules.people.person import Allowed, Denied, Permission, Person, Right
from kiosk.rules.people.refusals import cannot, gone_person, holders, may_not
from kiosk.sentences import N_


class Deed(Enum):
    """What somebody may want to do; the values complete "may not …" """

    AIR_ROUTINE = N_("air a routine page")
    AIR_URGENT = N_("air an urgent page")
    EVACUATE = N_("start an evacuation")
    RESET = N_("end an evacuation")
    PAGE = N_("page somebody")
    TALK = N_("speak into the microphone")
    NEXT_SONG = N_("go on to the next song")
    STOP = N_("stop the broadcast")
    RELEASE_ROUTINE = N_("release a page")
    RELEASE_POLICY = N_("release a policy page")
    WITHDRAW = N_("withdraw a page")
    CHANGE_LIBRARY = N_("change the music library")
    CHANGE_SITE = N_("change the store's site")
    KEEP_PEOPLE = N_("register people")


class Grant(Enum):
    """A cell of the table."""

    NO = "no"
    TRAINED = "while the training is valid"
    YES = "always"


_NO, _TRAINED, _YES = Grant.NO, Grant.TRAINED, Grant.YES

_STRANGER: Mapping[Deed, Grant] = {  # somebody who is not known: only what nobody is refused
    Deed.AIR_ROUTINE: _NO,
    Deed.AIR_URGENT: _NO,
    Deed.EVACUATE: _YES,
    Deed.RESET: _NO,
    Deed.PAGE: _NO,
    Deed.TALK: _NO,
    Deed.NEXT_SONG: _NO,
    Deed.STOP: _NO,
    Deed.RELEASE_ROUTINE: _NO,
    Deed.RELEASE_POLICY: _NO,
    Deed.WITHDRAW: _NO,
    Deed.CHANGE_LIBRARY: _NO,
    Deed.CHANGE_SITE: _NO,
    Deed.KEEP_PEOPLE: _NO,
}

RIGHTS: Mapping[Right | None, Mapping[Deed, Grant]] = {
    None: _STRANGER,
    Right.ANNOUNCER: {
        Deed.AIR_ROUTINE: _TRAINED,
        Deed.AIR_URGENT: _TRAINED,
        Deed.EVACUATE: _YES,
        Deed.RESET: _TRAINED,
        Deed.PAGE: _TRAINED,
        Deed.TALK: _TRAINED,
        Deed.NEXT_SONG: _TRAINED,
        Deed.STOP: _TRAINED,
        Deed.RELEASE_ROUTINE: _NO,
        Deed.RELEASE_POLICY: _NO,
        Deed.WITHDRAW: _NO,
        Deed.CHANGE_LIBRARY: _NO,
        Deed.CHANGE_SITE: _NO,
        Deed.KEEP_PEOPLE: _NO,
    },
    Right.HEAD: {  # leads the desk; is on the air only when trained, like everybody (B14)
        Deed.AIR_ROUTINE: _TRAINED,
        Deed.AIR_URGENT: _TRAINED,
        Deed.EVACUATE: _YES,
        Deed.RESET: _YES,
        Deed.PAGE: _TRAINED,
        Deed.TALK: _TRAINED,
        Deed.NEXT_SONG: _YES,
        Deed.STOP: _YES,
        Deed.RELEASE_ROUTINE: _YES,
        Deed.RELEASE_POLICY: _NO,
        Deed.WITHDRAW: _YES,  # to take a wrong text off the air needs no author
        Deed.CHANGE_LIBRARY: _YES,
        Deed.CHANGE_SITE: _YES,
        Deed.KEEP_PEOPLE: _YES,
    },
    Right.PLANNING: {  # writes and releases texts, does not use the equipment
        Deed.AIR_ROUTINE: _NO,
        Deed.AIR_URGENT: _NO,
        Deed.EVACUATE: _YES,
        Deed.RESET: _NO,
        Deed.PAGE: _NO,
        Deed.TALK: _NO,
        Deed.NEXT_SONG: _NO,
        Deed.STOP: _NO,
        Deed.RELEASE_ROUTINE: _YES,
        Deed.RELEASE_POLICY: _YES,
        Deed.WITHDRAW: _YES,
        Deed.CHANGE_LIBRARY: _NO,
        Deed.CHANGE_SITE: _NO,
        Deed.KEEP_PEOPLE: _NO,
    },
    Right.BAGS: _STRANGER,  # works at another desk
    Right.SUPERVISOR: _STRANGER,
    Right.CLERK: _STRANGER,
    Right.CASHIER: _STRANGER,
    Right.AUDITOR: _STRANGER,
    Right.FLOOR: _STRANGER,
}


def works_here(who: Person) -> bool:
    """Whether somebody has, or had, any right at this desk: from the first one on, it is for registered people only."""
    return any(RIGHTS[right] is not _STRANGER for right in who.rights)


def decide(who: Person | None, deed: Deed, today: date, *, named: str = "nobody") -> Permission:
    """Whether somebody may do that today. named: what to call somebody who is not registered."""
    known = None if who is None or who.removed else who
    operator = named if who is None else who.id
    rights: frozenset[Right | None] = frozenset({None}) if known is None else known.rights | {None}
    grants = {RIGHTS[right][deed] for right in rights}
    if Grant.YES in grants or (Grant.TRAINED in grants and known is not None and known.trained(today)):
        return Allowed(operator)
    if known is not None and Grant.TRAINED in grants:
        return Denied(operator, cannot(known.name, deed.value, known.lacks(today)))
    return Denied(operator, may_not(_stranger(who, named), deed.value, who_may(deed)))


def who_may(deed: Deed) -> str:
    """Whose right it is, in words."""
    return holders({right: RIGHTS[right][deed] is Grant.YES for right in Right if RIGHTS[right][deed] is not Grant.NO})


def deed_of(action: ButtonAction) -> Deed:
    """What a button's action amounts to; one that is not listed counts as an urgent page, which few may air."""
    return BY_BUTTON.get(action.value, Deed.AIR_URGENT)


AIRING: Mapping[AirClass, Deed] = {
    AirClass.ROUTINE: Deed.AIR_ROUTINE,
    AirClass.URGENT: Deed.AIR_URGENT,
    AirClass.EVACUATION: Deed.EVACUATE,
    AirClass.MICROPHONE: Deed.TALK,
    AirClass.MUSIC: Deed.CHANGE_LIBRARY,  # nobody inserts a song by asking for it (B04)
}
"""What asking for something of that class amounts to."""

BY_BUTTON = {
    "script": Deed.AIR_ROUTINE,
    "urgent": Deed.AIR_URGENT,
    "evacuate": Deed.EVACUATE,
    "reset": Deed.RESET,
    "next-song": Deed.NEXT_SONG,
    "page": Deed.PAGE,
    "approve": Deed.PAGE,
    "decline": Deed.PAGE,
    "reached": Deed.PAGE,
    "talk": Deed.TALK,
    "talk-over": Deed.TALK,
    "stop": Deed.STOP,
}
"""What pressing a button amounts to, by its action."""


def _stranger(who: Person | None, named: str) -> str:
    if who is None:
        return named
    return gone_person(who.name) if who.removed else who.name
