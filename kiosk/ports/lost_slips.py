"""Printing the slip of a lost tag, both copies, once: the book of what was printed, and the printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from kiosk.rules.lockers.lost_tag import Case


class SlipStage(Enum):
    """How far the printing has come; the values are what the ledger says."""

    PRINTING = "printing"  # the printer may have it: written down before it gets it
    PRINTED = "printed"
    REFUSED = "refused"  # the printer took nothing: it is tried again
    UNSURE = "unsure"  # nobody can say: a person looks, and prints it again where it did not come out


class LostSlipBook(Protocol):
    """The ledger's page of printed slips. Raises LedgerFault."""

    def stages(self) -> Mapping[int, SlipStage]:
        """How far each slip has come, by its case; one that is not here was not begun."""

    def keep(self, case: int, stage: SlipStage, at: datetime) -> None:
        """Durable when this returns."""


@dataclass(frozen=True, slots=True)
class SlipReport:
    """What became of a slip. case: whose. stage: PRINTED, REFUSED or UNSURE. why: names the printer and the remedy; of
    one that the printer's queue took, why it is not on paper yet, "" once it is."""

    case: int
    stage: SlipStage
    why: str = ""


class LostSlipPrinter(Protocol):
    """Any thread may call, nothing waits; a SlipReport follows each order through the driver's inbox."""

    def print_lost_slip(self, case: Case) -> None:
        """Print both copies, in the order of asking."""
