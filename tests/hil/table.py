"""Writes what `make hil` measured into the tables of docs/reliability.md, between their markers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

BOOK = Path(__file__).parents[2] / "docs" / "reliability.md"
ASKED = "KIOSK_HIL"  # set by `make hil`: other runs leave the book as it is


class Unknown(LookupError):
    """The book has no such table, or one of other columns."""


def record(section: str, row: Sequence[str], book: Path = BOOK) -> None:
    """Put a row into that section's table, instead of the one that began alike; only where `make hil` asked for it.

    The table stands between `<!-- section -->` and `<!-- /section -->`, with a head that the book gives.
    """
    if os.environ.get(ASKED) and book.exists():
        book.write_text(with_row(book.read_text(encoding="utf-8"), section, row), encoding="utf-8")


def with_row(text: str, section: str, row: Sequence[str]) -> str:
    """The book's text with that row in it."""
    begin, end = f"<!-- {section} -->\n", f"<!-- /{section} -->"
    if begin not in text or end not in text:
        raise Unknown(f"the book has no table called {section!r}: write its markers and its head")
    before, rest = text.split(begin, 1)
    table, after = rest.split(end, 1)
    head, rule, *rows = table.strip().splitlines()
    columns = head.strip("| ").split(" | ")
    if len(columns) != len(row):
        raise Unknown(f"the table {section!r} has the columns {columns}, the row is {list(row)}")
    cells = [cell.replace("|", "/").replace("\n", " ") for cell in row]
    written = f"| {' | '.join(cells)} |"
    same = [number for number, line in enumerate(rows) if line.startswith(f"| {cells[0]} |")]
    if same:
        rows[same[0]] = written
    else:
        rows.append(written)
    return before + begin + "\n".join([head, rule, *rows]) + "\n" + end + after
