"""Lines over time as a drawing in a report: no script, sharp on paper at any size."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kiosk.display.markup import Markup, join, tag

COLORS = ("#2563eb", "#ea580c", "#16a34a", "#9333ea", "#dc2626", "#0891b2", "#a16207", "#db2777")
WIDTH, HEIGHT, LEFT, BELOW, ABOVE = 900, 240, 44, 30, 12
GRID = 4
LABELS = 12

Line = tuple[str, Sequence[float | None]]


def line_chart(lines: Sequence[Line], labels: Sequence[str], highest: float = 0.0) -> Markup:
    """A line for each name, a place for each label; where a value is None its line has a hole. highest: of the scale,
    0 for what fits. Nothing to draw is nothing; a single place is a row of points."""
    kept = lines[: len(COLORS)]
    values = [value for _, line in kept for value in line if value is not None]
    if not values or not labels:
        return Markup("")
    top = highest or _round(max(values))
    inner = join(
        *(_grid(top, n) for n in range(GRID + 1)),
        *(_label(place, len(labels), text) for place, text in enumerate(labels)),
        *(_line(line, top, color) for (_, line), color in zip(kept, COLORS, strict=False)),
    )
    drawn = Markup(f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{inner}</svg>')
    return join(drawn, _legend([name for name, _ in kept]))


def _round(value: float) -> float:
    """The next number that divides well."""
    step = 1.0
    while step * 10 < value:
        step *= 10
    return next(step * n for n in (1, 2, 4, 5, 8, 10, 20) if step * n >= value)


def _y(value: float, top: float) -> float:
    return round(ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - value / top), 1)


def _x(place: int, places: int) -> float:
    return round(LEFT + (WIDTH - LEFT - 24) * (place / (places - 1) if places > 1 else 0.5), 1)


def _grid(top: float, n: int) -> Markup:
    value = top * n / GRID
    y = _y(value, top)
    words = Markup(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{value:g}</text>')
    return join(Markup(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - 12}" y1="{y}" y2="{y}"/>'), words)


def _label(place: int, places: int, text: str) -> Markup:
    if place % max(1, -(-places // LABELS)):
        return Markup("")
    return Markup(f'<text x="{_x(place, places)}" y="{HEIGHT - 8}" text-anchor="middle">{escape(text)}</text>')


def _line(values: Sequence[float | None], top: float, color: str) -> Markup:
    pieces: list[list[str]] = [[]]
    points = []
    for place, value in enumerate(values):
        if value is None:
            pieces.append([])
            continue
        x, y = _x(place, len(values)), _y(value, top)
        pieces[-1].append(f"{x},{y}")
        points.append(Markup(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{color}"/>'))
    drawn = (Markup(f'<polyline stroke="{color}" points="{" ".join(piece)}"/>') for piece in pieces if len(piece) > 1)
    return join(*drawn, *points)


def _legend(names: Sequence[str]) -> Markup:
    entries = (
        tag("li", join(Markup(f'<i style="background:{color}"></i>'), Markup(escape(name))))
        for name, color in zip(names, COLORS, strict=False)
    )
    return tag("ul", join(*entries), "legend")
