"""Who may take what the store knows out of it: anybody who may read the ledger, but what is personal not everybody."""

from __future__ import annotations

from kiosk.rules.people.person import Allowed, Denied, Permission, Person, Right

MAY = frozenset((Right.SUPERVISOR, Right.HEAD))


def may_take_personal(person: Person) -> Permission:
    """Names and numbers of shoppers and staff leave the store upon the word of whoever answers for it (S20)."""
    if person.removed or not person.rights & MAY:
        return Denied(person.id, f"{person.name} may not take out what is personal: the supervisor or the head may")
    return Allowed(person.id)
