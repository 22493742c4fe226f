"""What merely happened, role by role, and where staff at the front say that they have seen to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, tzinfo

from sqlalchemy import delete, insert, select

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.staff_schema import warning_seen, warning_unseen
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, plain, utc_text
from kiosk.ports.staff_view import Warned
from kiosk.sentences import from_wire, tell, to_wire

_WAITING = select(warning_seen.c.n, warning_seen.c.mark).order_by(warning_seen.c.n)


class LedgerSeenWarnings:
    """Implements SeenWarnings. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger]) -> None:
        """ledger: opens it when it is first needed."""
        self._ledger = ledger

    def see(self, warned: Warned, by: str, at: datetime) -> None:
        """Somebody has seen to it."""
        told = {"text": "".join(warned.text)}
        with self._ledger().write() as connection:
            connection.execute(insert(warning_seen), {"mark": warned.mark})
            audit.append(connection, audit.Fact(at, by, "has seen to", "a warning of the broadcast role", told))

    def waiting(self) -> tuple[tuple[int, str], ...]:
        """What the broadcast role has not taken down yet."""
        with self._ledger().read() as connection:
            return tuple((row.n, row.mark) for row in connection.execute(_WAITING))

    def taken_down(self, n: int) -> None:
        """It is told no more."""
        with self._ledger().write() as connection:
            connection.execute(delete(warning_seen).where(warning_seen.c.n == n))


class LedgerUnseen:
    """Implements UnseenBook for one role. Its thread only."""

    def __init__(self, ledger: Callable[[], Ledger], role: str, zone: tzinfo) -> None:
        """ledger: opens it when it is first needed. zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._role = role
        self._zone = zone

    def unseen(self) -> tuple[Warned, ...]:
        """What nobody has seen to, oldest first."""
        wanted = select(warning_unseen).where(warning_unseen.c.role == self._role).order_by(warning_unseen.c.n)
        ledger = self._ledger()
        with ledger.read() as connection:
            rows = connection.execute(wanted).all()
        try:
            return tuple(
                Warned(from_wire(json.loads(row.told)) or row.text, from_utc_text(row.at, self._zone), happened=True)
                for row in rows
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell("{ledger}: a warning makes no sense ({cause}): restore a backup", ledger=ledger.path, cause=error)
            ) from error

    def change(self, fresh: tuple[Warned, ...], over: tuple[str, ...]) -> None:
        """In one step."""
        with self._ledger().write() as connection:
            if over:
                gone = (warning_unseen.c.role == self._role) & warning_unseen.c.text.in_([plain(text) for text in over])
                connection.execute(delete(warning_unseen).where(gone))
            for one in fresh:
                row = {"at": utc_text(one.at), "text": plain(one.text), "told": json.dumps(to_wire(one.text))}
                connection.execute(insert(warning_unseen), {**row, "role": self._role})
