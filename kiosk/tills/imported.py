"""The receipts that were imported from exports, in a file of their own: a copy of the till's, deleted after its time.

They are not in the ledger: a day of a big store would hold up both roles' writes for seconds, and ten million lines
would make each copy and each check of it slow. What is decided on them (slips, stamps) is in the ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from threading import Lock
from typing import Any, Protocol
from weakref import finalize

from kiosk.errors import DeviceFault
from kiosk.rules.returns.receipt import BadReceipt, Line, Receipt
from kiosk.sentences import tell
from kiosk.tills.export import BadExport, CutOff, Found, Mistake, Reading, Told, receipts_in
from kiosk.tills.export_file import Progress, lines_of, survey

VERSION = 1
BATCH = 500
PURGED_AT_ONCE = 5_000

# What was sold is written down once, however often it is sold: ten million lines are 300 MB, not 1.5 GB.
_SCHEMA = """
CREATE TABLE file (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, taken TEXT NOT NULL,
  receipts INTEGER NOT NULL, lines INTEGER NOT NULL);
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, bought INTEGER NOT NULL, till TEXT NOT NULL,
  member TEXT NOT NULL, invoiced INTEGER NOT NULL, file INTEGER NOT NULL);
CREATE INDEX receipt_by_day ON receipt (bought);
CREATE TABLE article (
  id INTEGER PRIMARY KEY, item TEXT NOT NULL, barcode TEXT NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL,
  unit_price_fen INTEGER NOT NULL, clearance INTEGER NOT NULL, appliance INTEGER NOT NULL,
  UNIQUE (item, unit_price_fen, name, barcode, category, clearance, appliance));
CREATE TABLE line (
  id INTEGER PRIMARY KEY, article INTEGER NOT NULL, quantity_milli INTEGER NOT NULL, serial TEXT NOT NULL);
"""
_LINES_OF_ONE = 10_000  # line.id is receipt.id times this, plus the line's number
_LINES = (
    "SELECT line.id % 10000, item, barcode, name, category, quantity_milli, unit_price_fen, clearance, appliance,"
    " serial FROM line JOIN article ON article.id = line.article WHERE line.id BETWEEN ? AND ? ORDER BY line.id"
)
_ARTICLE = (
    "INSERT INTO article (item, barcode, name, category, unit_price_fen, clearance, appliance)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET item = item RETURNING id"
)
Article = tuple[str, str, str, str, int, bool, bool]
_MOST_ARTICLES = 200_000  # remembered while one export is taken


class Veil(Protocol):
    """Hides what is personal of a receipt: the member's number."""

    def hide(self, text: str, about: str) -> str: ...

    def shown(self, hidden: str, about: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an export. before: when a file with the same content was taken, None for the first time.

    receipts, lines: in it. known: receipts of it that another file had brought already, alike.
    """

    receipts: int
    lines: int
    known: int = 0
    before: datetime | None = None


@dataclass(slots=True)
class _Taking:
    """An export on its way in. articles: the numbers of those that came by lately."""

    file: int
    next_id: int
    told: Told = field(default_factory=Told)
    receipts: int = 0
    alike: int = 0
    articles: dict[Article, int] = field(default_factory=dict)

    @staticmethod
    def begun(connection: sqlite3.Connection) -> _Taking:
        (file,) = connection.execute("SELECT last_insert_rowid()").fetchone()
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM receipt").fetchone()
        return _Taking(file, last + 1)

    def article(self, connection: sqlite3.Connection, line: Line) -> int:
        """The number of what a line sold."""
        key = (line.item, line.barcode, line.name, line.category, line.unit_price_fen, line.clearance, line.appliance)
        known = self.articles.get(key)
        if known is None:
            if len(self.articles) >= _MOST_ARTICLES:
                self.articles.clear()
            (known,) = connection.execute(_ARTICLE, key).fetchone()
            self.articles[key] = known
        return known


class ImportedReceipts:
    """The file. Any thread may ask; one export is taken at a time, and whoever asks meanwhile is answered at once."""

    def __init__(self, path: Path, zone: tzinfo, veil: Veil, *, patience_s: float = 5.0) -> None:
        """Opens it, or begins it. zone: the store's. patience_s: for another export on its way. Raises DeviceFault."""
        self._patience_s = patience_s
        self._path = path
        self._zone = zone
        self._veil = veil
        self._lock = Lock()
        self._reader: sqlite3.Connection | None = None  # kept open: what it read last is asked for again
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version == 0:
                    _begin(connection)
                elif version != VERSION:
                    raise DeviceFault(
                        tell("{path} was made by another version of the kiosk: take it away, import anew", path=path)
                    )
            path.chmod(0o600)

    def find(self, number: str) -> Receipt | None:
        """The receipt with a number, None where no export brought it. Raises DeviceFault."""
        with self._told(), self._lock:
            if self._reader is None:
                self._reader = self._connection()
                finalize(self, self._reader.close)
            try:
                return self._find(self._reader, number)
            except sqlite3.Error:
                self._let_go()  # the next question begins anew
                raise

    def latest(self, most: int) -> tuple[str, ...]:
        """The numbers of the receipts that were bought last, newest first. Raises DeviceFault."""
        with self._told(), self._open() as connection:
            found = connection.execute("SELECT number FROM receipt ORDER BY bought DESC LIMIT ?", (most,))
            return tuple(number for (number,) in found)

    def categories(self) -> tuple[str, ...]:
        """Every category that the tills printed, in order. Raises DeviceFault."""
        with self._told(), self._open() as connection:
            found = connection.execute("SELECT DISTINCT category FROM article WHERE category <> '' ORDER BY category")
            return tuple(category for (category,) in found)

    def take(self, export: Path, reading: Reading, progress: Progress = lambda _: None) -> Taken:
        """Take an export whole, or nothing of it; a second time nothing happens.

        Raises BadExport with its mistakes, CutOff where it is not whole, DeviceFault.
        """
        found = survey(export)
        with self._told(), self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            known = connection.execute(
                "SELECT receipts, lines, taken FROM file WHERE sha256 = ?", (found.sha256,)
            ).fetchone()
            if known is not None:
                return Taken(known[0], known[1], known[0], datetime.fromisoformat(known[2]))
            connection.execute("INSERT INTO file (sha256, name, taken, receipts, lines) VALUES (?, ?, ?, 0, 0)",
                               (found.sha256, export.name, reading.now.isoformat()))  # fmt: skip
            taking = _Taking.begun(connection)
            with lines_of(export, found, progress) as lines:
                for batch in _batches(receipts_in(lines, reading, taking.told)):
                    self._put(connection, taking, batch)
            if taking.told.mistakes:
                raise BadExport(taking.told.mistakes)
            counted = (taking.receipts, taking.told.lines, taking.file)
            connection.execute("UPDATE file SET receipts = ?, lines = ? WHERE id = ?", counted)
            connection.execute("COMMIT")
        return Taken(taking.receipts, taking.told.lines, taking.alike)

    def purge(self, before: datetime) -> int:
        """Delete what was bought before a moment; how many receipts that were. Raises DeviceFault."""
        deleted = 0
        oldest = "SELECT id FROM receipt WHERE bought < ? ORDER BY bought LIMIT ?"
        with self._told(), self._open() as connection:
            while True:
                connection.execute("BEGIN IMMEDIATE")
                found = connection.execute(oldest, (int(before.timestamp()), PURGED_AT_ONCE)).fetchall()
                ranges = [(at * _LINES_OF_ONE, (at + 1) * _LINES_OF_ONE - 1) for (at,) in found]
                connection.executemany("DELETE FROM line WHERE id BETWEEN ? AND ?", ranges)
                connection.executemany("DELETE FROM receipt WHERE id = ?", found)
                connection.execute("COMMIT")
                deleted += len(found)
                if len(found) < PURGED_AT_ONCE:
                    return deleted

    def close(self) -> None:
        """Let go of the file; a question after that opens it again."""
        with self._lock:
            self._let_go()

    def _put(self, connection: sqlite3.Connection, taking: _Taking, batch: Sequence[Found]) -> None:
        """Write what is new of a batch."""
        marks = ",".join("?" * len(batch))
        numbers = [found.receipt.number for found in batch]
        known = dict(
            connection.execute(f"SELECT number, file FROM receipt WHERE number IN ({marks})", numbers).fetchall()
        )
        new: dict[str, Receipt] = {}
        for found in batch:
            number = found.receipt.number
            if number in new or known.get(number) == taking.file:
                what, remedy = f"receipt {number} stands in two places", "write the lines of a receipt together"
                taking.told.mistakes.append(Mistake(found.line, what, remedy))
            elif number not in known:
                new[number] = found.receipt
            elif self._find(connection, number) == found.receipt:
                taking.alike += 1
            else:
                what = f"receipt {number} came with other lines before"
                taking.told.mistakes.append(Mistake(found.line, what, "find out which export is right"))
        taking.receipts += len(batch)
        heads = [self._head(at, receipt, taking.file) for at, receipt in enumerate(new.values(), start=taking.next_id)]
        lines = [
            (at * _LINES_OF_ONE + line.n, taking.article(connection, line), line.quantity_milli, line.serial)
            for at, receipt in enumerate(new.values(), start=taking.next_id)
            for line in receipt.lines
        ]
        taking.next_id += len(new)
        connection.executemany("INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?)", heads)
        connection.executemany("INSERT INTO line VALUES (?, ?, ?, ?)", lines)

    def _head(self, at: int, receipt: Receipt, file: int) -> tuple[int, str, int, str, str, bool, int]:
        member = self._veil.hide(receipt.member, receipt.number) if receipt.member else ""
        return at, receipt.number, int(receipt.bought.timestamp()), receipt.till, member, receipt.invoiced, file

    def _find(self, connection: sqlite3.Connection, number: str) -> Receipt | None:
        head = connection.execute(
            "SELECT id, bought, till, member, invoiced FROM receipt WHERE number = ?", (number,)
        ).fetchone()
        if head is None:
            return None
        at, bought, till, member, invoiced = head
        goods = connection.execute(_LINES, (at * _LINES_OF_ONE, (at + 1) * _LINES_OF_ONE - 1))
        try:
            return Receipt(
                number=number,
                bought=datetime.fromtimestamp(bought, UTC).astimezone(self._zone),
                till=till,
                lines=tuple(_line(row) for row in goods),
                member=self._veil.shown(member, number) if member else "",
                invoiced=bool(invoiced),
            )
        except BadReceipt as bad:
            raise DeviceFault(
                tell(
                    "{path}: receipt {number} is damaged: {bad}; import its export anew",
                    path=self._path,
                    number=number,
                    bad=bad,
                )
            ) from bad

    def _connection(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=self._patience_s, isolation_level=None, check_same_thread=False)

    def _let_go(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        try:
            connection.execute("PRAGMA synchronous=FULL")
            yield connection
        finally:
            connection.close()  # what was not committed never happened

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, DeviceFault):
                raise
            if "locked" in str(error):
                raise DeviceFault(
                    tell("{path}: another export is being taken: try again in a minute", path=self._path)
                ) from error
            raise DeviceFault(
                tell("{path}: receipts cannot be kept: {cause}; look at the disk", path=self._path, cause=error)
            ) from error


def _begin(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process was quicker."""
    connection.execute("BEGIN EXCLUSIVE")
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in _SCHEMA.split(";")[:-1]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _line(row: tuple[Any, ...]) -> Line:
    n, item, barcode, name, category, quantity_milli, price, clearance, appliance, serial = row
    return Line(n, item, barcode, name, category, quantity_milli, price, bool(clearance), bool(appliance), serial)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    for one in found:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


__all__ = ["BadExport", "CutOff", "ImportedReceipts", "Taken", "Veil"]
