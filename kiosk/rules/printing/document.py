"""A sheet to print, as a value: lines, columns, codes, room for a pen; whoever paints it chooses the dots."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import MISSING, asdict, dataclass, fields, replace
from enum import Enum
from typing import Any


class Size(Enum):
    """How large a line is."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    HUGE = "huge"


class Align(Enum):
    """Where text stands in its room."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, wrapped where it is long; "" is an empty line."""

    text: str
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value; a value that is long goes on below, "" is left open."""

    label: str
    value: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One of a table's. share: of the width, relative to the others."""

    title: str
    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles; a cell that is long is wrapped. Each row has as many cells as there are columns. total: the
    last row sums up."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    size: Size = Size.NORMAL
    total: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across; a dashed one is to cut or fold along."""

    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """White, millimetres."""

    mm: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code in the middle, with its quiet zone. side_mm: as large as there is room for at most."""

    text: str
    side_mm: float = 30.0


@dataclass(frozen=True, slots=True)
class Sign:
    """Room for a signature over a line, with its label. name: who signs, or has signed by PIN; "" for an empty line."""

    label: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Large words in a frame, as of a rubber stamp."""

    text: str


Part = Line | Field | Table | Rule | Space | Code | Sign | Stamp

_KINDS: dict[str, type[Any]] = {
    kind.__name__.lower(): kind for kind in (Line, Field, Table, Rule, Space, Code, Sign, Stamp)
}


@dataclass(frozen=True, slots=True)
class Document:
    """One sheet, cut off at its end. title: for staff who look at the queue: nothing personal."""

    title: str
    parts: tuple[Part, ...]


def stamped(document: Document, text: str) -> Document:
    """The same sheet under a stamp."""
    return replace(document, parts=(Stamp(text), *document.parts))


def written(document: Document) -> str:
    """A document as JSON, for the queue."""
    parts = [{"kind": type(part).__name__.lower(), **asdict(part)} for part in document.parts]
    return json.dumps({"title": document.title, "parts": parts}, ensure_ascii=False, default=lambda one: one.value)


def read(text: str) -> Document:
    """What `written` wrote. Raises ValueError."""
    try:
        content = json.loads(text)
        return Document(str(content["title"]), tuple(_part(one) for one in content["parts"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no document: {error!r}") from error


def _part(content: dict[str, Any]) -> Part:
    kind = _KINDS[content["kind"]]
    values = {one.name: content[one.name] for one in fields(kind) if one.name in content or one.default is MISSING}
    if "size" in values:
        values["size"] = Size(values["size"])
    if "align" in values:
        values["align"] = Align(values["align"])
    if kind is Table:
        values["columns"] = tuple(_column(one) for one in values["columns"])
        values["rows"] = tuple(tuple(row) for row in values["rows"])
    part: Part = kind(**values)
    return part


def _column(content: dict[str, Any]) -> Column:
    return Column(content["title"], content["share"], Align(content["align"]))


def words_of(document: Document) -> Iterable[str]:
    """Every text on the sheet, in order: for those who read it without paper."""
    for part in document.parts:
        match part:
            case Line(text) | Stamp(text) | Code(text):
                yield text
            case Field(label, value):
                yield f"{label} {value}".strip()
            case Sign(label, name):
                yield f"{label} {name}".strip()
            case Table(columns, rows):
                yield " ".join(column.title for column in columns)
                yield from (" ".join(row) for row in rows)
            case _:  # a rule, white
                pass
