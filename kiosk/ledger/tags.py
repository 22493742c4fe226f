"""The lockers' page of issued tags: plaques, tickets, and how often guessing was tried.

Nothing in it opens a locker: signatures, short codes and chips are not kept, only marks that nobody makes without the
store's key, which is no part of the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.schema import locker_guesses, locker_plaque, locker_ticket
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, plain, utc_text
from kiosk.rules.lockers.codes import mark_of, read, text_of, typed_code
from kiosk.rules.lockers.guesses import Guesses, Wrong
from kiosk.rules.lockers.tags import Chip, Plaque, Printed, TagKey, Ticket, Typed
from kiosk.rules.lockers.verdicts import Issued
from kiosk.sentences import tell

_NEWEST = select(func.max(locker_plaque.c.n)).group_by(locker_plaque.c.number, locker_plaque.c.generation)


@dataclass(frozen=True, slots=True)
class PlaqueRow:
    """What is known of a plaque. key: whose signature its newest print bears. withdrawn: why it counts no more."""

    plaque: Plaque
    key: int
    has_chip: bool
    withdrawn: str


class TagPages:
    """Implements ports.TagBook. Any thread may call; every write is durable when it returns. Raises LedgerFault."""

    def __init__(self, open_ledger: Callable[[], Ledger], keys: Callable[[], tuple[TagKey, ...]]) -> None:
        """open_ledger: gives the role's ledger; may raise LedgerFault. keys: those accepted, newest first."""
        self._ledger = open_ledger
        self._keys = keys

    def issued(self, tag: Printed | Typed | Chip) -> Issued | None:
        match tag:
            case Plaque(number, generation):
                named = (locker_plaque.c.number == number, locker_plaque.c.generation == generation)
                row = self._first(select(locker_plaque).where(*named).order_by(locker_plaque.c.n.desc()))
                return None if row is None else Issued(tag, row.withdrawn)
            case Chip(marks):
                return self._by_chip(marks)
            case Ticket(deposit=deposit):
                found = self._ticket(select(locker_ticket).where(locker_ticket.c.deposit == deposit))
                return found if found is not None and found.tag == tag else None
            case Typed(marks):
                return self._ticket(select(locker_ticket).where(locker_ticket.c.mark.in_(marks)))

    def plaques(self) -> tuple[PlaqueRow, ...]:
        """Every plaque there ever was, by number and generation."""
        wanted = select(locker_plaque).where(locker_plaque.c.n.in_(_NEWEST))
        with self._ledger().read() as connection:
            rows = connection.execute(wanted.order_by(locker_plaque.c.number, locker_plaque.c.generation))
            return tuple(_plaque_row(row) for row in rows)

    def keys_in_use(self) -> frozenset[int]:
        """The ids of the keys that signed what is still issued: without them it would be worth nothing."""
        return frozenset(row.key for row in self.plaques() if not row.withdrawn)

    def issue_plaque(self, plaque: Plaque, by: str, at: datetime) -> str:
        """Issue a plaque, or print it again: what its bar code says. Those of earlier generations are withdrawn.

        ValueError for one that was withdrawn itself.
        """
        key = self._keys()[0]
        text = text_of(plaque, key)
        with self._ledger().write() as connection:
            before = _newest(connection, plaque)
            if before is not None and before.withdrawn:
                raise ValueError(f"{plaque} was withdrawn: {before.withdrawn}")
            chip = None if before is None else before.chip
            action = "issues" if before is None else "prints again"
            for row in _earlier(connection, plaque):
                content = {"key": row.key, "chip": row.chip, "withdrawn": f"generation {plaque.generation} follows it"}
                _write(connection, Plaque(row.number, row.generation), content, (by, at, "withdraws"))
            _write(connection, plaque, {"key": key.id, "chip": chip, "withdrawn": ""}, (by, at, action))
        return text

    def withdraw_plaque(self, plaque: Plaque, why: str, by: str, at: datetime) -> bool:
        """From now on it opens nothing; whether it did before. why: 1 or more characters."""
        with self._ledger().write() as connection:
            before = _newest(connection, plaque)
            if before is None or before.withdrawn:
                return False
            content = {"key": before.key, "chip": before.chip, "withdrawn": plain(why)}
            _write(connection, plaque, content, (by, at, "withdraws"))
            return True

    def enrol_chip(self, plaque: Plaque, chip: str, by: str, at: datetime) -> str:
        """Tie an RFID chip to an issued plaque; why that cannot be, "" once it is."""
        claimed = read(chip, self._keys())
        if not isinstance(claimed, Chip):
            return "a chip's number is 8, 10, 14 or 16 hexadecimal digits: hold it to a reader, and see what it types"
        taken = self._by_chip(claimed.marks)
        if taken is not None and taken.tag != plaque and not taken.withdrawn:
            return f"that chip belongs to {taken.tag} already"
        with self._ledger().write() as connection:
            before = _newest(connection, plaque)
            if before is None or before.withdrawn:
                return f"{plaque} is not issued: print it first (kiosk lockers tags print)"
            content = {"key": before.key, "chip": claimed.marks[0], "withdrawn": ""}
            _write(connection, plaque, content, (by, at, "gives a chip to"))
        return ""

    def ticket_of(self, deposit: int) -> Ticket | None:
        found = self._ticket(select(locker_ticket).where(locker_ticket.c.deposit == deposit))
        return found.tag if found is not None and isinstance(found.tag, Ticket) else None

    def issue_ticket(self, ticket: Ticket, day: date, at: datetime) -> tuple[str, str]:
        keys = self._keys()
        with self._ledger().write() as connection:
            row = connection.execute(select(locker_ticket).where(locker_ticket.c.deposit == ticket.deposit)).first()
            if row is None:
                return _new_ticket(connection, ticket, day, at, keys)
        key = next((key for key in keys if key.id == row.key), None)
        if row.number != ticket.number or key is None:
            raise LedgerFault(
                tell(
                    "deposit {deposit} has a ticket of locker {number} already: ask the staff",
                    deposit=ticket.deposit,
                    number=row.number,
                )
            )
        return text_of(ticket, key), typed_code(ticket, key, row.attempt)

    def withdraw_ticket(self, deposit: int, why: str, by: str, at: datetime) -> bool:
        """From now on it opens nothing; whether it did before."""
        with self._ledger().write() as connection:
            open_one = (locker_ticket.c.deposit == deposit) & locker_ticket.c.withdrawn.is_(None)
            done = connection.execute(update(locker_ticket).where(open_one).values(withdrawn=plain(why)))
            if done.rowcount == 0:
                return False
            audit.append(connection, audit.Fact(at, by, "withdraws", f"ticket of deposit {deposit}", {"why": why}))
            return True

    def guesses(self, entrance: str) -> Guesses:
        row = self._first(select(locker_guesses).where(locker_guesses.c.entrance == plain(entrance)))
        if row is None:
            return Guesses()
        try:
            wrong = tuple(Wrong(datetime.fromisoformat(at), bool(forged)) for at, forged in json.loads(row.wrong))
        except (ValueError, TypeError):
            return Guesses(closed=True)  # somebody wrote into the file: the staff are to look
        return Guesses(wrong, bool(row.closed))

    def keep_guesses(self, entrance: str, guesses: Guesses) -> None:
        values = {
            "wrong": json.dumps([[utc_text(one.at), one.forged] for one in guesses.wrong]),
            "closed": int(guesses.closed),
        }
        written = upsert(locker_guesses).values(entrance=plain(entrance), **values)
        with self._ledger().write() as connection:
            connection.execute(written.on_conflict_do_update(index_elements=["entrance"], set_=values))

    def admit(self, entrance: str, by: str, at: datetime) -> bool:
        tried = self.guesses(entrance) != Guesses()
        if tried:
            with self._ledger().write() as connection:
                named = locker_guesses.c.entrance == plain(entrance)
                connection.execute(update(locker_guesses).where(named).values(wrong="[]", closed=0))
                audit.append(connection, audit.Fact(at, by, "admits again", entrance, {}))
        return tried

    def _by_chip(self, marks: tuple[str, ...]) -> Issued | None:
        wanted = select(locker_plaque).where(locker_plaque.c.chip.in_(marks)).order_by(locker_plaque.c.n.desc())
        row = self._first(wanted)
        if row is None:
            return None
        plaque = Plaque(row.number, row.generation)
        with self._ledger().read() as connection:
            newest = _newest(connection, plaque)
        if newest is None or newest.chip != row.chip:
            return Issued(plaque, "it has another chip now")
        return Issued(plaque, newest.withdrawn)

    def _ticket(self, wanted: Any) -> Issued | None:
        row = self._first(wanted)
        return None if row is None else Issued(Ticket(row.number, row.deposit), row.withdrawn or "")

    def _first(self, wanted: Any) -> Row[Any] | None:
        with self._ledger().read() as connection:
            return connection.execute(wanted.limit(1)).first()


def _newest(connection: Connection, plaque: Plaque) -> Row[Any] | None:
    named = (locker_plaque.c.number == plaque.number, locker_plaque.c.generation == plaque.generation)
    return connection.execute(select(locker_plaque).where(*named).order_by(locker_plaque.c.n.desc()).limit(1)).first()


def _earlier(connection: Connection, plaque: Plaque) -> list[Row[Any]]:
    """What is still issued of the number's earlier generations."""
    named = (locker_plaque.c.number == plaque.number, locker_plaque.c.generation < plaque.generation)
    open_ones = select(locker_plaque).where(locker_plaque.c.n.in_(_NEWEST), *named, locker_plaque.c.withdrawn == "")
    return list(connection.execute(open_ones))


def _write(connection: Connection, plaque: Plaque, content: dict[str, Any], deed: tuple[str, datetime, str]) -> None:
    by, at, action = deed
    row = {
        **content,
        "at": utc_text(at),
        "number": plaque.number,
        "generation": plaque.generation,
        "person": plain(by),
    }
    n = int(connection.execute(insert(locker_plaque), row).lastrowid)
    vouched = audit.Vouched(locker_plaque.name, n, digest_of({**row, "n": n}))
    details = {"why": str(content["withdrawn"])} if content["withdrawn"] else {}
    audit.append(connection, audit.Fact(at, by, action, str(plaque), details, vouched))


def _plaque_row(row: Row[Any]) -> PlaqueRow:
    return PlaqueRow(Plaque(row.number, row.generation), row.key, row.chip is not None, row.withdrawn)


def _new_ticket(
    connection: Connection, ticket: Ticket, day: date, at: datetime, keys: tuple[TagKey, ...]
) -> tuple[str, str]:
    key, attempt = keys[0], 0
    while True:
        code = typed_code(ticket, key, attempt)
        marks = [mark_of(code, one) for one in keys]  # nor may it be the code of a ticket from before a rotation
        same = select(locker_ticket.c.deposit).where(locker_ticket.c.mark.in_(marks))
        if connection.execute(same.limit(1)).first() is None:
            break
        attempt += 1  # for one in a hundred, once the store has printed a million
    row = {
        "deposit": ticket.deposit,
        "number": ticket.number,
        "day": day.isoformat(),
        "at": utc_text(at),
        "key": key.id,
        "attempt": attempt,
        "mark": marks[0],
    }
    connection.execute(insert(locker_ticket), row)
    return text_of(ticket, key), code
