"""What staff at the front decide about pages: durable, for the broadcast role to carry out (B18, B20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PageDecision:
    """A word on a page. page: its number. step: as `PageStep` has it. by: the person who said it, and proved who they
    are."""

    n: int
    page: int
    step: str
    by: str
    why: str
    at: datetime


class PageDecisions(Protocol):
    """Where both roles meet over a page. Any thread may call; each call may raise LedgerFault."""

    def ask(self, page: int, step: str, by: str, why: str, at: datetime) -> None:
        """Durable when this returns; a page on which a word waits already takes no other."""

    def waiting(self) -> tuple[PageDecision, ...]:
        """What nobody has carried out yet, oldest first. Cheap: the broadcast role looks every second."""

    def close(self, n: int, at: datetime, said: str) -> None:
        """What became of it."""
