"""The table [returns] of site.toml: how receipts are numbered, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from kiosk.config.findings import Findings, did_you_mean, shown
from kiosk.config.returning import TillDatabase
from kiosk.config.schema import Table
from kiosk.config.sections import Sections
from kiosk.config.values import DurationS, Line, refusal
from kiosk.rules.returns.receipt_number import NumberForm

NEEDED = ("number", "bought", "till", "n", "item", "name", "quantity", "unit_price")
OPTIONAL = ("barcode", "category", "member", "invoiced", "clearance", "appliance", "serial")
_COLUMNS = 'name a column for each field, as columns = { number = "bill_no", bought = "sold_at", … }'


def _form(text: str) -> str:
    try:
        NumberForm(text)
    except ValueError:
        raise refusal(f"is {shown(text)}") from None
    return text


def _sql(text: str) -> str:
    if ";" in text or "--" in text or "/*" in text:
        raise refusal(f"is {shown(text)}, which is more than a name", "write a table or column, or one SQL expression")
    return text


Sql = Annotated[Line, AfterValidator(_sql)]


class TillTable(Table):
    url: Line = Field(description='write the address, as url = "mysql+pymysql://reader@till/pos" (SQLAlchemy)')
    password_file: str = Field(default="", description='name the file that holds the password, or ""')
    tables: Sql = Field(description='write what to read from, as tables = "bills JOIN lines ON lines.bill = bills.id"')
    columns: dict[str, Sql] = Field(description=_COLUMNS)
    timeout: DurationS = Field(
        default=3.0, ge=0.5, le=30, description='write a duration from "500ms" to "30s", as "3s"'
    )


class ReturnsTable(Table):
    receipt_number: Annotated[Line, AfterValidator(_form)] = Field(
        description="write how receipts are numbered, with # for each digit: R01######## where ours begin with R01"
    )
    family: int = Field(default=1, ge=0, le=8, description="write how many first characters all stores share, 0 to 8")
    drop: Line = Field(default="till", description='name the folder that the till writes its exports into, as "till"')
    keep_days: int = Field(default=30, ge=0, le=3650, description="write days from 0 to 3650, as keep_days = 30")
    till: TillTable | None = Field(default=None, description='write [returns.till] with url = "…" and its columns')


@dataclass(frozen=True, slots=True)
class ReturnsChoices:
    """What site.toml says of returns; the policy stands in a file of its own."""

    form: NumberForm
    drop: str
    keep_days: int
    database: TillDatabase | None


def returns_of(sections: Sections, findings: Findings) -> ReturnsChoices | None:
    """What [returns] says; None where there is none, or once a problem has been told."""
    if "returns" not in sections.source.table:
        sections.knows("returns")
        return None
    table = sections.one("returns", ReturnsTable, None)
    if table is None:
        return None
    form = NumberForm(table.receipt_number, min(table.family, len(table.receipt_number.rstrip("#"))))
    return ReturnsChoices(form, table.drop, table.keep_days, _database(sections, table.till, findings))


def _database(sections: Sections, table: TillTable | None, findings: Findings) -> TillDatabase | None:
    if table is None:
        return None
    source, loc = sections.source, ("returns", "till", "columns")
    for name in table.columns:
        if name not in (*NEEDED, *OPTIONAL):
            remedy = did_you_mean(name, (*NEEDED, *OPTIONAL), kind="fields of a receipt")
            findings.error(source, (*loc, name), f"unknown field {shown(name)}", remedy)
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        findings.error(source, loc, f"names no column for {', '.join(missing)}", _COLUMNS)
    if "://" not in table.url:
        what = f"is {shown(table.url)}, which is no address of a database"
        findings.error(source, ("returns", "till", "url"), what, TillTable.model_fields["url"].description or "")
    elif ":" in table.url.partition("://")[2].partition("@")[0] and "@" in table.url:
        what = "holds a password, which everybody who reads site.toml would know"
        findings.warning(source, ("returns", "till", "url"), what, "write it into a file and name that password_file")
    return TillDatabase(table.url, table.tables, dict(table.columns), table.password_file, table.timeout)
