"""What merely happened, and what staff have seen to of it: durable, so that a restart hides nothing."""

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


class UnseenBook(Protocol):
    """What a role has told of what merely happened, and nobody has seen to. Each call may raise LedgerFault."""

    def unseen(self) -> tuple[Warned, ...]:
        """All of it, oldest first."""

    def change(self, fresh: tuple[Warned, ...], over: tuple[str, ...]) -> None:
        """These were told, and those texts are told no more, in one step: durable when this returns."""
