"""What the clerk found at the counter, and what the policy says to it: kept with the slip for its approver (R10)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.rules.returns.clause import Remedy
from kiosk.rules.returns.decision import Outcome

Said = tuple[tuple[str, str], ...]  # what was asked at the counter, what the clerk answered


@dataclass(frozen=True, slots=True)
class Judged:
    """record: of what the shopper chose at the kiosk, 0 where nobody did. remedy: as in Decision. clauses: their ids,
    the deciding one first. kiosk, kiosk_remedy: what had been said there, None for nothing."""

    outcome: Outcome
    remedy: Remedy | None
    clauses: tuple[str, ...] = ()
    said: Said = ()
    record: int = 0
    kiosk: Outcome | None = None
    kiosk_remedy: Remedy | None = None

    @property
    def differs(self) -> bool:
        """Whether the shopper had been told something else at the kiosk."""
        return self.kiosk is not None and (self.kiosk, self.kiosk_remedy) != (self.outcome, self.remedy)
