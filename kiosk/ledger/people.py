"""The register of people: who may use the desk, with their PINs and badges; only added to, the newest row counts.

What is secret stands in a table of its own, which a removal empties; the register, which stays for the log, keeps its
digest, so that a PIN or a badge that somebody wrote into the file by hand does not count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.schema import credentials, people
from kiosk.ledger.secrets import NOBODYS, fingerprint, hashed, verified
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, plain, utc_text
from kiosk.rules.broadcast.pins import Tries, after_wrong, unfit
from kiosk.rules.people.badge import badge_mark
from kiosk.rules.people.person import Person, Right
from kiosk.sentences import tell

_NEWEST = select(func.max(people.c.n)).group_by(people.c.id)
WRONG = "wrong PIN, or nobody of that id has one"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was asked for cannot be; why: a sentence."""

    why: str


class PeoplePages:
    """The register on the ledger. Any thread may call; every write is durable and vouched for by the audit chain."""

    def __init__(self, ledger: Ledger, badge_key: bytes) -> None:
        """badge_key: keys the marks of badges; kept beside the ledger, not in it."""
        self._ledger = ledger
        self._key = badge_key

    def everybody(self) -> dict[str, Person]:
        """By id, oldest first, those who were removed as well. Raises LedgerFault."""
        with self._ledger.read() as connection:
            return _everybody(connection)

    def add(self, person: Person, by: str, at: datetime, *, pin: str = "", badge: str = "") -> Person | Refusal:
        """Register somebody; an id of "" is chosen here. by: who does it, as logs name them."""
        with self._ledger.write() as connection:
            known = _everybody(connection)
            id = person.id or _next_id(known)
            if why := _unfit(replace(person, id=id), known, pin):
                return Refusal(why)
            if not self._keep_secrets(connection, id, pin, badge):
                return Refusal("that badge belongs to somebody else already")
            return _write(connection, replace(person, id=id, removed=False), by, at, "registers")

    def change(
        self, person: Person, by: str, at: datetime, action: str, *, pin: str = "", badge: str = ""
    ) -> Person | Refusal:
        """A registered person anew, by id; PIN and badge stay where none is given. action: for the audit."""
        with self._ledger.write() as connection:
            known = _everybody(connection)
            before = known.get(person.id)
            if before is None or before.removed:
                return Refusal(_nobody(person.id))
            others = {id: one for id, one in known.items() if id != person.id}
            if why := _unfit(person, others, pin):
                return Refusal(why)
            if not self._keep_secrets(connection, person.id, pin, badge):
                return Refusal("that badge belongs to somebody else already")
            return _write(connection, person, by, at, action)

    def remove(self, id: str, by: str, at: datetime) -> Person | Refusal:
        """Somebody leaves: their PIN and badge are forgotten; their id stays for the log and is not used again."""
        with self._ledger.write() as connection:
            before = _everybody(connection).get(id)
            if before is None or before.removed:
                return Refusal(_nobody(id))
            connection.execute(delete(credentials).where(credentials.c.person == id))
            return _write(connection, replace(before, login="", removed=True), by, at, "removes")

    def prove(self, id: str, pin: str, at: datetime) -> Person | Refusal:
        """Whether that PIN is that person's; wrong ones are counted and logged, and after five there is a pause.

        Takes about a tenth of a second, whoever it is. Raises LedgerFault.
        """
        with self._ledger.write() as connection:
            person = _everybody(connection).get(id)
            row = connection.execute(select(credentials).where(credentials.c.person == id)).first()
            left = _tries(row).left(at)
            if row is not None and not left:
                # counted before it is looked at: many at the same moment are no way round the pause
                connection.execute(_set(id, after_wrong(_tries(row), at)))
        stored = row.pin if row is not None and person is not None and person.has_pin and not left else None
        right = verified(stored or NOBODYS, pin) and stored is not None
        with self._ledger.write() as connection:
            if right and person is not None:
                connection.execute(_set(id, Tries()))
                return person
            minutes = max(1, round(left.total_seconds() / 60))
            why = f"too many wrong PINs: wait {minutes} min" if left else WRONG
            audit.append(connection, audit.Fact(at, id or "nobody", "is refused", "signing in", {"why": why}))
            return Refusal(why)

    def looked_up(self, id: str, pin: str) -> Person | Refusal:
        """Whether that PIN is that person's, where nothing can be written: the caller limits guessing. LedgerFault."""
        with self._ledger.read() as connection:
            person = _everybody(connection).get(id)
            row = connection.execute(select(credentials).where(credentials.c.person == id)).first()
        stored = row.pin if row is not None and person is not None and person.has_pin else None
        right = verified(stored or NOBODYS, pin) and stored is not None
        return person if right and person is not None else Refusal(WRONG)

    def _keep_secrets(self, connection: Connection, id: str, pin: str, badge: str) -> bool:
        """Keep what is given; whether the badge is nobody else's."""
        values: dict[str, Any] = {"wrong": 0, "paused_until": None}
        if pin:
            values["pin"] = hashed(pin)
        if badge:
            values["badge"] = badge_mark(self._key, badge)
            whose = select(credentials.c.person).where(
                credentials.c.badge == values["badge"], credentials.c.person != id
            )
            if connection.execute(whose).first() is not None:
                return False
        written = upsert(credentials).values(person=id, **values)
        connection.execute(written.on_conflict_do_update(index_elements=["person"], set_=values))
        return True


def _everybody(connection: Connection) -> dict[str, Person]:
    joined = people.outerjoin(credentials, credentials.c.person == people.c.id)
    wanted = select(people, credentials.c.pin, credentials.c.badge).select_from(joined)
    rows = connection.execute(wanted.where(people.c.n.in_(_NEWEST)).order_by(people.c.n))
    return {row.id: _person(row) for row in rows}


def _person(row: Row[Any]) -> Person:
    try:
        return Person(
            id=row.id,
            name=row.name,
            rights=frozenset(Right(right) for right in json.loads(row.rights)),
            trained_on=row.trained_on and date.fromisoformat(row.trained_on),
            trained_until=row.trained_until and date.fromisoformat(row.trained_until),
            login=row.login,
            badge_mark=row.badge if row.badge and fingerprint(row.badge) == row.badge_sha256 else "",
            has_pin=row.pin is not None and fingerprint(row.pin) == row.pin_sha256,
            removed=bool(row.removed),
        )
    except (ValueError, TypeError) as error:
        raise LedgerFault(
            tell("line {row} of people makes no sense ({cause}): see the audit", row=row.n, cause=error)
        ) from error


def _write(connection: Connection, person: Person, by: str, at: datetime, action: str) -> Person:
    secret = connection.execute(select(credentials).where(credentials.c.person == person.id)).first()
    row = {
        "id": person.id,
        "name": plain(person.name),
        "rights": json.dumps(sorted(right.value for right in person.rights)),
        "trained_on": person.trained_on and person.trained_on.isoformat(),
        "trained_until": person.trained_until and person.trained_until.isoformat(),
        "login": plain(person.login),
        "pin_sha256": fingerprint(secret.pin) if secret is not None and secret.pin else None,
        "badge_sha256": fingerprint(secret.badge) if secret is not None and secret.badge else None,
        "removed": int(person.removed),
    }
    n = int(connection.execute(insert(people), row).lastrowid)
    vouched = audit.Vouched(people.name, n, digest_of({**row, "n": n}))
    audit.append(connection, audit.Fact(at, by, action, person.id, {}, vouched))
    return _everybody(connection)[person.id]


def _unfit(person: Person, others: Mapping[str, Person], pin: str) -> str:
    """Why a person cannot stand in the register so, "" where all is well."""
    if not _ID.fullmatch(person.id):
        return f'"{person.id}" cannot be an id: 1 to 32 of the letters a-z, digits, "-" and "_"'
    if person.id in others:
        gone = ", who was removed; the log still names them" if others[person.id].removed else ""
        return f"the id {person.id} belongs to {others[person.id].name}{gone}: choose another"
    if not person.name.strip() or not person.name.isprintable() or len(person.name) > 60:
        return "a name is 1 to 60 characters on one line"
    if not person.rights:
        return "a person needs a right: " + ", ".join(right.value for right in Right)
    if person.trained_on and person.trained_until and person.trained_until < person.trained_on:
        return "the training ends before it begins"
    taken = next((one for one in others.values() if person.login and one.login == person.login), None)
    if taken is not None:
        return f"the login {person.login} belongs to {taken.name} ({taken.id})"
    return unfit(pin) if pin else ""


def _next_id(known: Mapping[str, Person]) -> str:
    number = len(known) + 1
    while f"p{number}" in known:
        number += 1
    return f"p{number}"


def _nobody(id: str) -> str:
    return f"nobody is registered as {id}: see kiosk people list"


def _tries(row: Row[Any] | None) -> Tries:
    if row is None:
        return Tries()
    return Tries(row.wrong, row.paused_until and datetime.fromisoformat(row.paused_until))


def _set(id: str, tries: Tries) -> Any:
    until = tries.paused_until and utc_text(tries.paused_until)
    return update(credentials).where(credentials.c.person == id).values(wrong=tries.wrong, paused_until=until)
