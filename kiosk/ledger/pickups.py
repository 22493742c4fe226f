"""The book of pick-up cards and test records in the ledger: gap-free numbers, vouched for line by line (R17)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, insert, select, update

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.pickup_schema import pickup_card, pickup_progress, test_record
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.ports.pickups import Sheets
from kiosk.rules.returns.clause import Paper
from kiosk.rules.returns.pickup import Card, Event, Occasion, Stage, Trial, Tried, numbered
from kiosk.rules.returns.slip import Refused
from kiosk.sentences import tell

_BOTH = select(pickup_card, pickup_progress).join(pickup_progress)


class LedgerPickups:
    """Implements PickupBook. Any thread may call."""

    def __init__(
        self, ledger: Callable[[], Ledger], zone: tzinfo, queue: Callable[[], LedgerPrintQueue] | None = None
    ) -> None:
        """zone: of times given back. queue: where sheets go."""
        self._ledger, self._zone, self._queue = ledger, zone, queue

    def issue(self, card: Card, sheets: Sheets[Card] | None = None) -> Card | Refused:
        """A new card with the next number, taken in its own transaction."""
        with self._ledger().write() as connection:
            stands = pickup_progress.c.stage != Stage.VOID.value
            of_line = (pickup_card.c.receipt == card.receipt) & (pickup_card.c.line == card.line) & stands
            other = connection.execute(select(pickup_card.c.n).join(pickup_progress).where(of_line)).scalar()
            if other is not None:
                return Refused(tell("pick-up card {card} was issued for it already", card=numbered(other)))
            card = replace(card, number=_next(connection, pickup_card))
            row = {
                **_plain(card, "receipt", "item", "name", "serial"),
                "n": card.number,
                "at": utc_text(card.at),
                "person": plain(card.by),
                "bought": utc_text(card.bought),
                "line": card.line,
                "pieces": card.pieces,
                "invoiced": int(card.invoiced),
            }
            connection.execute(insert(pickup_card), row)
            connection.execute(insert(pickup_progress), {"card": card.number, **_progress(card)})
            vouched = audit.Vouched(pickup_card.name, card.number, digest_of(row))
            told = {"receipt": card.receipt, "line": str(card.line)}
            audit.append(connection, audit.Fact(card.at, card.by, "issues", _named(card), told, vouched))
            self._print(connection, card, sheets, card.at, card.by)
        return card

    def keep(self, card: Card, *, was: Card, by: str, event: Event, sheets: Sheets[Card] | None = None) -> bool:
        """How it stands now, where it stood as it was; its sheets are queued in the same step."""
        with self._ledger().write() as connection:
            if not _moved(connection, card, was, by, event):
                return False
            self._print(connection, card, sheets, card.since, by)
        return True

    def test(
        self, test: Trial, *, card: Card | None = None, was: Card | None = None, sheets: Sheets[Trial] | None = None
    ) -> Trial | None:
        """A test record with the next number, and how its card stands then."""
        with self._ledger().write() as connection:
            if card is not None and was is not None and not _moved(connection, card, was, test.by, Event.TEST):
                return None
            test = replace(test, number=_next(connection, test_record))
            row = {
                **_plain(test, "receipt", "serial", "note"),
                "n": test.number,
                "card": test.card,
                "line": test.line,
                "at": utc_text(test.at),
                "person": plain(test.by),
                "occasion": test.occasion.value,
                "tried": json.dumps([one.value for one in Tried if one in test.tried]),
                "found": json.dumps([one.value for one in Tried if one in test.found]),
            }
            connection.execute(insert(test_record), row)
            vouched = audit.Vouched(test_record.name, test.number, digest_of(row))
            told = {"receipt": test.receipt, "line": str(test.line), "result": test.result.value}
            subject = f"test record {numbered(test.number)}"
            audit.append(connection, audit.Fact(test.at, test.by, "writes", subject, told, vouched))
            self._print(connection, test, sheets, test.at, test.by)
        return test

    def card(self, number: int) -> Card | None:
        """The card of that number."""
        found = self._cards(_BOTH.where(pickup_card.c.n == number))
        return found[0] if found else None

    def waiting(self) -> tuple[Card, ...]:
        """Cards that are not over, in the order of their numbers."""
        return self._cards(_BOTH.where(pickup_progress.c.over.is_(None)).order_by(pickup_progress.c.card))

    def tests(self, receipt: str, line: int = 0) -> tuple[Trial, ...]:
        """The tests of a receipt, or of one line of it, oldest first."""
        wanted = select(test_record).where(test_record.c.receipt == receipt).order_by(test_record.c.n)
        return self._tests(wanted.where(test_record.c.line == line) if line else wanted)

    def record(self, number: int) -> Trial | None:
        """The test record of that number."""
        found = self._tests(select(test_record).where(test_record.c.n == number))
        return found[0] if found else None

    def _print(self, connection: Connection, what: Any, sheets: Sheets[Any] | None, at: Any, by: str) -> None:
        if sheets is None or self._queue is None:
            return
        made = sheets(what)
        for sheet in made.sheets:
            self._queue().enqueue(connection, made.printer, sheet, at, by=by)

    def _cards(self, wanted: Select[Any]) -> tuple[Card, ...]:
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(self._card(row) for row in rows)

    def _tests(self, wanted: Select[Any]) -> tuple[Trial, ...]:
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(self._test(row) for row in rows)

    def _card(self, row: Row[Any]) -> Card:
        try:
            return Card(
                **{name: getattr(row, name) for name in ("receipt", "line", "item", "name", "pieces", "serial")},
                number=row.n,
                at=from_utc_text(row.at, self._zone),
                by=row.person,
                bought=from_utc_text(row.bought, self._zone),
                invoiced=bool(row.invoiced),
                stage=Stage(row.stage),
                since=from_utc_text(row.since, self._zone),
                deeds=row.deeds,
                handed_by=row.handed_by,
                void_why=row.void_why,
                papers=frozenset(Paper(one) for one in json.loads(row.papers)),
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(f"pick-up card {row.n} makes no sense ({error}): restore a backup") from error

    def _test(self, row: Row[Any]) -> Trial:
        try:
            return Trial(
                **{name: getattr(row, name) for name in ("card", "receipt", "line", "serial", "note")},
                number=row.n,
                at=from_utc_text(row.at, self._zone),
                by=row.person,
                occasion=Occasion(row.occasion),
                tried=frozenset(Tried(one) for one in json.loads(row.tried)),
                found=frozenset(Tried(one) for one in json.loads(row.found)),
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(f"test record {row.n} makes no sense ({error}): restore a backup") from error


def _moved(connection: Connection, card: Card, was: Card, by: str, event: Event) -> bool:
    as_it_was = (pickup_progress.c.card == card.number) & (pickup_progress.c.deeds == was.deeds)
    assert card.since is not None
    if connection.execute(update(pickup_progress).where(as_it_was).values(_progress(card))).rowcount == 0:
        return False
    told = {"stage": card.stage.value, **({"why": plain(card.void_why)} if card.void_why else {})}
    audit.append(connection, audit.Fact(card.since, by, event.value, _named(card), told))
    return True


def _next(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.n), 0))).scalar_one()) + 1


def _plain(what: Card | Trial, *names: str) -> dict[str, str]:
    return {name: plain(getattr(what, name)) for name in names}


def _progress(card: Card) -> dict[str, Any]:
    since = utc_text(card.since or card.at)
    return {
        "stage": card.stage.value,
        "since": since,
        "deeds": card.deeds,
        "handed_by": plain(card.handed_by),
        "void_why": plain(card.void_why),
        "papers": json.dumps([one.value for one in Paper if one in card.papers]),
        "over": since if card.is_over else None,
    }


def _named(card: Card) -> str:
    return f"pick-up card {numbered(card.number)}"
