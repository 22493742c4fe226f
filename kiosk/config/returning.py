"""What a store chose about returns and exchanges, as plain values that any process can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.receipt_number import NumberForm


@dataclass(frozen=True, slots=True)
class Periods:
    """On which days no period ends. closed: the store stays shut. public_holidays: nor on those."""

    closed: frozenset[date] = frozenset()
    public_holidays: bool = True


@dataclass(frozen=True, slots=True)
class TillDatabase:
    """A till's database that is asked for a receipt. url: SQLAlchemy's, without the password.

    password_file: in which file it stands, "" for none. tables: what stands after FROM. columns: for each field the
    column, or what else SQL may say. timeout_s: so long a question may take.
    """

    url: str
    tables: str
    columns: Mapping[str, str]
    password_file: str = ""
    timeout_s: float = 3.0


@dataclass(frozen=True, slots=True)
class Returns:
    """The return desk's choices. form: how receipts are numbered. drop: where the till leaves its exports, a folder
    within the state directory unless it begins with /. database: asked instead of what was imported, None for none.

    keep_days: an imported receipt is kept so long after the last period is over.
    """

    form: NumberForm
    book: PolicyBook
    periods: Periods
    drop: str = "till"
    database: TillDatabase | None = None
    keep_days: int = 30
