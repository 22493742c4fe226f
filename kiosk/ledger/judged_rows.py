"""What a clerk found at the counter, as a row of the ledger and back."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row

from kiosk.errors import LedgerFault
from kiosk.ledger.values import plain
from kiosk.rules.returns.clause import Remedy
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.judged import Judged


def as_row(judged: Judged) -> dict[str, Any]:
    """Every column but the slip's."""
    return {
        "record": judged.record,
        "outcome": judged.outcome.value,
        "remedy": "" if judged.remedy is None else judged.remedy.value,
        "clauses": json.dumps(judged.clauses),
        "said": json.dumps([[name, plain(value)] for name, value in judged.said], ensure_ascii=False),
        "kiosk": "" if judged.kiosk is None else judged.kiosk.value,
        "kiosk_remedy": "" if judged.kiosk_remedy is None else judged.kiosk_remedy.value,
    }


def read_judged(row: Row[Any]) -> Judged:
    """Raises LedgerFault for what makes no sense."""
    try:
        return Judged(
            Outcome(row.outcome),
            Remedy(row.remedy) if row.remedy else None,
            tuple(json.loads(row.clauses)),
            tuple((name, value) for name, value in json.loads(row.said)),
            row.record,
            Outcome(row.kiosk) if row.kiosk else None,
            Remedy(row.kiosk_remedy) if row.kiosk_remedy else None,
        )
    except (ValueError, TypeError) as error:
        raise LedgerFault(f"what was judged of return slip {row.slip} makes no sense ({error})") from error
