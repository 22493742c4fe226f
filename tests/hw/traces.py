"""Recordings of contacts, made after what an oscilloscope shows on buttons: tests/hw/traces/*.json.

starts, edges_ms: how the contact stands at 0 ms, and every change. expected: what comes of it with the usual timing,
and when, ms; null: some time. "given up" is a release by which nobody let go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.rules.broadcast.debounce import (
    ChatterReported,
    Clean,
    NoiseReported,
    Pressed,
    Recovered,
    Released,
    StuckReported,
)

FOLDER = Path(__file__).parent / "traces"


@dataclass(frozen=True)
class Trace:
    """edges: seconds from the start, whether the contact closes. expected: the word, and its moment if it matters."""

    name: str
    starts_closed: bool
    edges: tuple[tuple[float, bool], ...]
    until_s: float
    expected: tuple[tuple[str, float | None], ...]


def _load(path: Path) -> Trace:
    raw = json.loads(path.read_text(encoding="utf-8"))
    edges = tuple((at_ms / 1000, level == "closed") for at_ms, level in raw["edges_ms"])
    expected = tuple((word, None if at_ms is None else at_ms / 1000) for word, at_ms in raw["expected"])
    return Trace(path.stem, raw["starts"] == "closed", edges, raw["until_ms"] / 1000, expected)


TRACES = tuple(_load(path) for path in sorted(FOLDER.glob("*.json")))


def words(events: Iterable[Clean]) -> list[tuple[str, float]]:
    """Clean events as a trace names them, with their moments to the microsecond."""
    return [(_word(event), round(event.mono_s, 6)) for event in events]


def _word(event: Clean) -> str:
    match event:
        case Pressed():
            return "pressed"
        case Released(_, _, let_go):
            return "released" if let_go else "given up"
        case StuckReported():
            return "stuck"
        case ChatterReported():
            return "chatter"
        case NoiseReported():
            return "noise"
        case Recovered():
            return "recovered"


def as_expected(trace: Trace, events: Iterable[Clean], *, start_s: float = 0.0) -> bool:
    """Whether the events are the trace's, in order and at their moments, to a tenth of a millisecond."""
    told = words(events)
    return [word for word, _ in told] == [word for word, _ in trace.expected] and all(
        moment is None or abs(at_s - start_s - moment) < 0.0001
        for (_, at_s), (_, moment) in zip(told, trace.expected, strict=True)
    )
