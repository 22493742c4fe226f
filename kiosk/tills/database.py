"""A till's own database, asked read-only for one receipt at a time, and never waited for longer than allowed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from kiosk.errors import DeviceFault
from kiosk.rules.returns.receipt import BadReceipt, Line, Receipt, price_of, quantity_of
from kiosk.sentences import tell

MOST_LINES = 2_000  # of one receipt; a mapping that joins wrongly finds millions
_FIELDS = (
    *("number", "bought", "till", "member", "invoiced", "n", "item", "barcode", "name", "category"),
    *("quantity", "unit_price", "clearance", "appliance", "serial"),
)
_FLAGS = {"": False, "0": False, "1": True, "n": False, "y": True, "no": False, "yes": True, "false": False,
          "true": True, "none": False, "否": False, "是": True}  # fmt: skip

# What has a database refuse to write, whatever it is asked.
_READ_ONLY: Mapping[str, Sequence[str]] = {
    "sqlite": ("PRAGMA query_only = ON",),
    "mysql": ("SET SESSION TRANSACTION READ ONLY",),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY",),
    "postgresql": ("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",),
}


@dataclass(frozen=True, slots=True)
class TillQuery:
    """How a till's database is asked. columns: for each field of a receipt a column, or what else SQL may say."""

    url: str
    tables: str
    columns: Mapping[str, str]
    password: str = ""
    timeout_s: float = 3.0

    @property
    def sql(self) -> str:
        """One question: every line of the receipt whose number is asked for."""
        chosen = ", ".join(f"{self.columns[name]} AS r_{name}" for name in _FIELDS if name in self.columns)
        where = f"{self.columns['number']} = :number"
        return f"SELECT {chosen} FROM {self.tables} WHERE {where} ORDER BY {self.columns['n']}"


class DatabaseReceipts:
    """Any thread may ask. A question that is not answered in time is given up; while it is open no other is asked."""

    def __init__(self, query: TillQuery, zone: tzinfo) -> None:
        """zone: of times without one. Opens nothing. Raises DeviceFault where the address or its driver is no good."""
        self._query = query
        self._zone = zone
        try:
            url = make_url(query.url)
            self._name = url.render_as_string(hide_password=True)
            if query.password:
                url = url.set(password=query.password)
            self._engine = _engine(url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            remedy = tell("correct the url in [returns.till], or install its driver")
            raise DeviceFault(
                tell("the till's database cannot be asked: {short} ({remedy})", short=_short(error), remedy=remedy)
            ) from error
        self._hand = ThreadPoolExecutor(1, "till")
        self._pending: Future[list[Mapping[str, Any]]] | None = None

    def find(self, number: str) -> Receipt | None:
        """The receipt with a number, None where the till knows none. Raises DeviceFault."""
        if self._pending is not None and not self._pending.done():
            raise DeviceFault(
                tell(
                    "the till's database {name} has not answered yet: look at the till and the network", name=self._name
                )
            )
        self._pending = self._hand.submit(self._ask, number)
        try:
            rows = self._pending.result(self._query.timeout_s)
        except TookTooLong as error:
            raise DeviceFault(
                tell(
                    "the till's database {name} does not answer within {timeout_s} s: look at the till and the network,"
                    " and whether the receipt's number is indexed",
                    name=self._name,
                    timeout_s=f"{self._query.timeout_s:g}",
                )
            ) from error
        except (SQLAlchemyError, OSError) as error:
            remedy = tell("look at the till, the network and [returns.till]")
            raise DeviceFault(
                tell(
                    "the till's database {name} cannot be asked: {short} ({remedy})",
                    name=self._name,
                    short=_short(error),
                    remedy=remedy,
                )
            ) from error
        if not rows:
            return None
        try:
            return _receipt(number, rows, self._zone)
        except BadReceipt as bad:
            remedy = tell("correct the columns in [returns.till], or the till")
            raise DeviceFault(
                tell(
                    "receipt {number} in the till's database is none: {bad} ({remedy})",
                    number=number,
                    bad=bad,
                    remedy=remedy,
                )
            ) from bad

    def close(self) -> None:
        """Let go; a question that is still open is left to itself."""
        self._hand.shutdown(wait=False, cancel_futures=True)
        self._engine.dispose()

    def _ask(self, number: str) -> list[Mapping[str, Any]]:
        with self._engine.connect() as connection:
            found = connection.execute(text(self._query.sql), {"number": number})
            return [dict(row) for row in found.mappings().fetchmany(MOST_LINES)]


def _engine(url: URL) -> Engine:
    engine = create_engine(url, **_opening(url))

    @event.listens_for(engine, "connect")
    def _(connection: Any, _: object) -> None:
        for statement in _READ_ONLY.get(engine.dialect.name, ()):
            cursor = connection.cursor()
            cursor.execute(statement)
            cursor.close()
        connection.commit()  # what a session is told inside a transaction that is rolled back, PostgreSQL forgets

    return engine


def _opening(url: URL) -> dict[str, Any]:
    """How a connection is made. SQLite would begin a file that is not there."""
    if url.get_backend_name() != "sqlite":
        return {"pool_size": 1, "max_overflow": 0, "pool_pre_ping": True, "pool_recycle": 600}
    address = f"{Path(url.database or '').absolute().as_uri()}?mode=ro"
    return {"creator": lambda: sqlite3.connect(address, uri=True, check_same_thread=False), "poolclass": NullPool}


def _receipt(number: str, rows: Sequence[Mapping[str, Any]], zone: tzinfo) -> Receipt:
    first = rows[0]
    return Receipt(
        number=number,
        bought=_moment(first["r_bought"], zone),
        till=_text(first, "till"),
        lines=tuple(map(_line, rows)),
        member=_text(first, "member"),
        invoiced=_flag(first, "invoiced"),
    )


def _line(row: Mapping[str, Any]) -> Line:
    n = _text(row, "n")
    if not n.isdecimal():
        raise BadReceipt("n", f"is {n[:40]!r}", "number the lines 1, 2, 3, …")
    return Line(
        n=int(n),
        item=_text(row, "item"),
        barcode=_text(row, "barcode"),
        name=_text(row, "name"),
        category=_text(row, "category"),
        quantity_milli=quantity_of(_number(row["r_quantity"])),
        unit_price_fen=price_of(_number(row["r_unit_price"])),
        clearance=_flag(row, "clearance"),
        appliance=_flag(row, "appliance"),
        serial=_text(row, "serial"),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(f"r_{name}")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _number(value: object) -> str:
    """A number as it would be written, without the noughts at its end."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")  # what binary fractions add is not the till's
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "" if value is None else str(value)


def _flag(row: Mapping[str, Any], name: str) -> bool:
    word = _text(row, name).casefold()
    if word not in _FLAGS:
        raise BadReceipt(name, f"is {word[:40]!r}", "let the column say 1 or 0")
    return _FLAGS[word]


def _moment(value: object, zone: tzinfo) -> datetime:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC).astimezone(zone)
    if isinstance(value, str):
        written = value.strip()
        try:
            value = datetime.fromisoformat(written.replace("/", "-"))
        except ValueError:
            raise BadReceipt("bought", f"is {written[:40]!r}, which is no time", "name another column") from None
    if not isinstance(value, datetime):
        raise BadReceipt("bought", "is no time", "name another column")
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def _short(error: Exception) -> str:
    return (str(error).splitlines() or ["no reason given"])[0][:200]
