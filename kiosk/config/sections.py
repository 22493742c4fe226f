"""Reads one file section by section, so that a broken entry hides neither its neighbours nor their problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.config.findings import Findings, Loc, Source, did_you_mean, shown
from kiosk.config.plain import sentences

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A table that kept to its schema, and where it stands."""

    value: T
    loc: Loc


class Sections:
    """A file's sections, asked for one by one; `finish` then tells of what nobody asked for."""

    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        self._findings = findings
        self._asked: list[str] = []

    def one(self, key: str, table: type[T], default: type[T] | None, remedy: str = "") -> T | None:
        """The section `[key]`, or the default where it is absent; None once a problem has been told."""
        self._asked.append(key)
        if key not in self.source.table:
            if default is None:
                self._findings.error(self.source, (key,), "is missing", remedy or f"add a section [{key}]")
                return None
            return default()
        return self._checked(self.source.table[key], table, (key,))

    def many(self, key: str, table: type[T]) -> tuple[Entry[T], ...]:
        """The sound ones among the `[[key]]` entries."""
        self._asked.append(key)
        raw = self.source.table.get(key, [])
        if not isinstance(raw, list):
            what = "is one section, not a list of entries" if isinstance(raw, dict) else "is not a list of entries"
            self._findings.error(self.source, (key,), what, f"begin each entry with [[{key}]]")
            return ()
        checked = ((self._checked(entry, table, (key, at)), (key, at)) for at, entry in enumerate(raw))
        return tuple(Entry(value, loc) for value, loc in checked if value is not None)

    def knows(self, key: str) -> None:
        """A section that may be there, and is not."""
        self._asked.append(key)

    def count(self, key: str) -> int:
        """How many `[[key]]` entries there are, sound or broken."""
        raw = self.source.table.get(key, [])
        return len(raw) if isinstance(raw, list) else 0

    def ids(self, key: str) -> tuple[str, ...]:
        """Every id among the `[[key]]` entries, also of broken ones: naming one of those is no second mistake."""
        raw = self.source.table.get(key, [])
        entries = raw if isinstance(raw, list) else []
        ids = (entry.get("id") for entry in entries if isinstance(entry, dict))
        return tuple(name for name in ids if isinstance(name, str))

    def tell_duplicates(self, key: str) -> None:
        """Tell of ids that two `[[key]]` entries share."""
        raw = self.source.table.get(key, [])
        first: dict[str, int] = {}
        for at, entry in enumerate(raw if isinstance(raw, list) else []):
            name = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(name, str):
                continue
            if name in first:
                what = f"the id {shown(name)} is taken by entry {first[name] + 1} already"
                self._findings.error(self.source, (key, at, "id"), what, "give each entry an id of its own")
            first.setdefault(name, at)

    def finish(self) -> None:
        """Tell of every section that nobody asked for."""
        for key in self.source.table:
            if key not in self._asked:
                remedy = did_you_mean(key, self._asked, kind="sections of this file")
                self._findings.error(self.source, (key,), f"unknown section {shown(key)}", remedy)

    def _checked(self, raw: object, table: type[T], loc: Loc) -> T | None:
        try:
            return table.model_validate(raw)
        except ValidationError as error:
            for inner, what, remedy in sentences(error, table, raw):
                self._findings.error(self.source, loc + inner, what, remedy or "write a section of keys and values")
            return None


def tell_unknown(findings: Findings, source: Source, loc: Loc, name: str, known: tuple[str, ...], kind: str) -> None:
    """Tell of a name that nothing bears. kind: what it should name, in the plural ("zones")."""
    singular = kind.removesuffix("s")
    findings.error(source, loc, f"names the unknown {singular} {shown(name)}", did_you_mean(name, known, kind=kind))
