"""A first look into site.toml: how large the screen is and whose, so that it need not wait until all is checked.

Nothing is told here of what is wrong: the full reading tells it, and what differs counts then.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.units import LANGUAGES, Language

WIDTH, HEIGHT = 1280, 800  # unless told


@dataclass(frozen=True, slots=True)
class Glass:
    """The panel. width, height: pixels. width_mm: of its picture. whole: no window but the whole display. language: it
    begins with this one. name: of the store."""

    width: int
    height: int
    width_mm: float
    whole: bool = True
    language: Language = LANGUAGES[0]
    name: Mapping[Language, str] = field(default_factory=dict)


def first_look(root: Path) -> Glass | None:
    """The screen of the site in `root`; None where there is none, or none that can be told so quickly."""
    try:
        site = tomllib.loads((root / "site.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    table = site.get("touchscreen")
    return _glass(table, site.get("store")) if isinstance(table, dict) else None


def _glass(table: Mapping[str, Any], store: object) -> Glass | None:
    width, height, width_mm = table.get("width", WIDTH), table.get("height", HEIGHT), table.get("width_mm")
    language, whole = table.get("language", LANGUAGES[0]), table.get("whole", True)
    if not (isinstance(width_mm, int | float) and width_mm > 0 and _length(width) and _length(height)):
        return None
    if language not in LANGUAGES or not isinstance(whole, bool):
        return None
    names = store.get("name") if isinstance(store, dict) else None
    known = names if isinstance(names, dict) else {}
    name = {one: known[one] for one in LANGUAGES if isinstance(known.get(one), str)}
    return Glass(width, height, float(width_mm), whole, Language(language), name)


def _length(value: object) -> bool:
    return isinstance(value, int) and 0 < value <= 3840
