"""What staff at the front have seen to of what the broadcast role tells: for that role to take down."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk.ports.staff_view import Warned


class SeenWarnings(Protocol):
    """Where both roles meet over a warning. Any thread may call; each call may raise LedgerFault."""

    def see(self, warned: Warned, by: str, at: datetime) -> None:
        """Somebody has seen to it: durable, and in the audit chain, when this returns."""

    def waiting(self) -> tuple[tuple[int, str], ...]:
        """What the broadcast role has not taken down yet: its number, and the mark of the warning. Cheap: looked at
        every other second."""

    def taken_down(self, n: int) -> None:
        """It is told no more."""
