"""Why somebody may not do something, in the same words at every desk."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.people.person import Right
from kiosk.sentences import N_, Sentence, tell

CALLED: Mapping[Right, str] = {
    Right.ANNOUNCER: N_("an announcer"),
    Right.HEAD: N_("the department head"),
    Right.PLANNING: N_("the planning department"),
    Right.BAGS: N_("a bag attendant"),
    Right.SUPERVISOR: N_("the supervisor"),
    Right.CLERK: N_("a clerk of the service desk"),
    Right.CASHIER: N_("a cashier"),
    Right.AUDITOR: N_("the door auditor"),
    Right.FLOOR: N_("a department of the floor"),
}


def may_not(who: str, deed: str, others: str) -> Sentence:
    """It is others' right. deed: as "count the tags"."""
    return tell("{who} may not {deed}: {others} may", who=who, deed=tell(deed), others=others)


def cannot(who: str, deed: str, lacks: str) -> Sentence:
    """It is their right, and something is missing."""
    return tell("{who} may not {deed}: {lacks}", who=who, deed=tell(deed), lacks=lacks)


def gone_person(name: str) -> Sentence:
    """Somebody who was registered once."""
    return tell("{name}, who is registered no more,", name=name)


def holders(rights: Mapping[Right, bool]) -> str:
    """Whose right it is, in words: always, or as long as their training is valid."""
    words: str = ""
    for right, always in rights.items():
        called = tell(CALLED[right])
        one = called if always else tell("{person} who is trained", person=called)
        words = tell("{one} or {other}", one=words, other=one) if words else one
    return words
