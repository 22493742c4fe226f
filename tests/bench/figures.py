"""The figures of a benchmark run: collected, shown as a table with their budgets, and written as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

OUT = Path(os.environ.get("KIOSK_BENCH_JSON", "bench.json"))


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. budget: what the issue asks for, "" where it is only told."""

    name: str
    value: float
    unit: str
    budget: str = ""
    within: bool | None = None
    note: str = ""


class Figures:
    """All figures of a run."""

    def __init__(self) -> None:
        self._all: list[Figure] = []

    def tell(self, name: str, value: float, unit: str, *, note: str = "") -> None:
        """A value without a budget."""
        self._all.append(Figure(name, value, unit, note=note))

    def at_most(self, name: str, value: float, budget: float, unit: str, *, note: str = "") -> None:
        """A value that is to stay within a budget."""
        self._all.append(Figure(name, value, unit, f"≤ {budget:g}", value <= budget, note))

    def at_least(self, name: str, value: float, budget: float, unit: str, *, note: str = "") -> None:
        """A value that is to reach a mark."""
        self._all.append(Figure(name, value, unit, f"≥ {budget:g}", value >= budget, note))

    def publish(self) -> None:
        """Print the table and write the file, keeping the figures of earlier runs that were not measured again."""
        if not self._all:
            return
        table = Table(title=f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        for column in ("figure", "value", "unit", "budget", "", "how"):
            table.add_column(column, justify="right" if column == "value" else "left")
        marks = {None: "", True: "[green]✓", False: "[red]✗"}
        for one in self._all:
            table.add_row(one.name, f"{one.value:.5g}", one.unit, one.budget, marks[one.within], one.note)
        Console(width=150).print(table)
        known = json.loads(OUT.read_text(encoding="utf-8"))["figures"] if OUT.exists() else []
        names = {one.name for one in self._all}
        figures = [one for one in known if one["name"] not in names] + [asdict(one) for one in self._all]
        machine = {"machine": platform.machine(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
        OUT.write_text(json.dumps({**machine, "figures": figures}, ensure_ascii=False, indent=1), encoding="utf-8")
