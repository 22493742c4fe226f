"""Days, logs and simulations as tables for people and as values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kiosk.app.simulate import SimulatedDay
from kiosk.ledger.audit import Line
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item, Programme

_STYLES = {AirClass.MUSIC: "", AirClass.ROUTINE: "bold cyan", AirClass.URGENT: "bold yellow"}


def plan_values(programme: Programme) -> dict[str, Any]:
    """The programme for JSON: {"date", "items": [...], "warnings": [...]}."""
    return {
        "date": programme.date.isoformat(),
        "items": [_item_values(item) for item in programme.items],
        "warnings": list(programme.warnings),
    }


def _item_values(item: Item) -> dict[str, Any]:
    return {
        "start": item.start.isoformat(timespec="milliseconds"),
        "end": item.end.isoformat(timespec="milliseconds"),
        "kind": item.kind.value,
        "id": item.id,
        "class": item.air_class.value,
        "due": None if item.due is None else item.due.isoformat(timespec="milliseconds"),
        "error_s": None if item.error_s is None else round(item.error_s, 3),
    }


def plan_table(programme: Programme, day: BusinessDay, titles: Mapping[str, str]) -> RenderableType:
    """The programme as a table, its warnings below."""
    table = Table(title=f"{programme.date.isoformat()}  {day.day_type.id}", title_justify="left")
    for heading in ("start", "end", "kind", "what", "due", "error"):
        table.add_column(heading, no_wrap=heading != "what", justify="right" if heading == "error" else "left")
    for item in programme.items:
        table.add_row(
            f"{item.start:%H:%M:%S}",
            f"{item.end:%H:%M:%S}",
            item.kind.value,
            titles.get(item.id, item.id),
            "" if item.due is None else f"{item.due:%H:%M:%S}",
            "" if item.error_s is None else f"{item.error_s:+.1f} s",
            style=_STYLES.get(item.air_class, ""),
        )
    return Group(table, *(Text(f"warning: {warning}", "yellow") for warning in programme.warnings))


def as_run_values(line: AsRun) -> dict[str, Any]:
    """A line of the as-run log for JSON."""
    return {
        "day": line.day.isoformat(),
        "key": line.key,
        "kind": line.kind.value,
        "id": line.id,
        "class": line.air_class.value,
        "zones": list(line.zones),
        "due": _iso(line.due),
        "planned_start": _iso(line.planned_start),
        "planned_end": _iso(line.planned_end),
        "start": _iso(line.real_start),
        "end": _iso(line.real_end),
        "phase": line.phase,
        "outcome": line.outcome.value,
        "reason": line.reason,
        "operator": line.operator,
        "level_dbfs": line.level_dbfs,
    }


def as_run_table(lines: Iterable[AsRun], titles: Mapping[str, str]) -> Table:
    """The as-run log as a table."""
    table = Table(title="as run", title_justify="left")
    for heading in ("start", "end", "kind", "what", "late", "outcome", "level"):
        table.add_column(heading, no_wrap=heading not in ("what", "outcome"))
    for line in lines:
        wanted = line.due or line.planned_start
        late = "" if wanted is None or line.real_start is None else f"{_seconds(line.real_start, wanted):+.2f} s"
        table.add_row(
            "" if line.real_start is None else f"{line.real_start:%H:%M:%S}",
            "" if line.real_end is None else f"{line.real_end:%H:%M:%S}",
            line.kind.value,
            titles.get(line.id, line.id),
            late,
            f"{line.outcome.value}: {line.reason}" if line.reason else line.outcome.value,
            "" if line.level_dbfs is None else f"{line.level_dbfs:.0f} dBFS",
            style="red" if line.outcome is Outcome.FAILED else _STYLES.get(line.air_class, ""),
        )
    return table


def simulation_table(days: Sequence[SimulatedDay]) -> Table:
    """A row a day."""
    table = Table(title=f"{len(days)} simulated days", title_justify="left")
    headings = ("date", "day type", "songs", "calls", "median", "p95", "max", "repeat", "silent", "cut", "warnings")
    for heading in headings:
        table.add_column(heading, justify="left" if heading in ("date", "day type") else "right")
    for day in days:
        table.add_row(
            day.date,
            f"{day.day_type} ({day.reason})",
            str(day.songs),
            str(day.announcements),
            f"{day.error_median_s:.2f} s",
            f"{day.error_p95_s:.2f} s",
            f"{day.error_max_s:.2f} s",
            "" if day.shortest_repeat_s is None else f"{day.shortest_repeat_s / 60:.0f} min",
            f"{day.silence_s:.1f} s",
            str(day.cut),
            str(len(day.warnings)),
        )
    return table


def audit_values(line: Line) -> dict[str, Any]:
    """A line of the audit chain for JSON."""
    return {
        "n": line.n,
        "at": _iso(line.at),
        "actor": line.actor,
        "action": line.action,
        "subject": line.subject,
        "details": dict(line.details),
        "hash": line.hash,
    }


def audit_table(lines: Iterable[Line]) -> Table:
    """The audit chain as a table."""
    table = Table(title="audit", title_justify="left")
    for heading in ("n", "at", "who", "did", "to what", "details"):
        table.add_column(heading)
    for line in lines:
        details = ", ".join(f"{name}={value}" for name, value in line.details.items())
        table.add_row(str(line.n), f"{line.at:%Y-%m-%d %H:%M:%S}", line.actor, line.action, line.subject, details)
    return table


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="milliseconds")


def _seconds(later: datetime, earlier: datetime) -> float:
    return later.timestamp() - earlier.timestamp()
