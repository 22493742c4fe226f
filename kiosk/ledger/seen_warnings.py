"""Where staff at the front say that they have seen to a warning, and the broadcast role finds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, insert, select

from kiosk.ledger import audit
from kiosk.ledger.staff_schema import warning_seen
from kiosk.ledger.store import Ledger
from kiosk.ports.staff_view import Warned

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
