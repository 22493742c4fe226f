"""How the touchscreen looks, as data: colours, type, spacing, corners, shadows, motion, for a panel of any size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from kiosk.display.colors import Color, rgb
from kiosk.rules.front.ease import AS_USUAL, Ease

TARGET_MM = 16.0
KEY_MM = 9.0  # a letter key, where a whole keyboard has no room for wider ones
SLOP_MM = 3.0  # a finger that wanders less far has tapped; older hands are not quite still
SMALLEST_TEXT_MM = 2.9
REACH_MM = 75.0  # above the lower edge; on a small panel that is more than its lower half
LARGE_TEXT = 1.25


@dataclass(frozen=True, slots=True)
class Panel:
    """A touch panel as it hangs: pixels and the real width of its picture. 217 mm is a 10.1" panel, 154 mm a 7" one."""

    width: int = 1280
    height: int = 800
    width_mm: float = 217.0

    @property
    def px_per_mm(self) -> float:
        return self.width / self.width_mm

    @property
    def portrait(self) -> bool:
        return self.height > self.width

    @property
    def low(self) -> bool:
        """Whether few rows of buttons fit one below the other."""
        return self.height < 6.5 * self.target

    @property
    def scale(self) -> float:
        """Of lengths, against the panel that they were chosen for."""
        wide, high = (800, 1280) if self.portrait else (1280, 800)
        return min(self.width / wide, self.height / high)

    @property
    def target(self) -> int:
        """The least width and height of what is touched, pixels."""
        return ceil(TARGET_MM * self.px_per_mm)

    @property
    def key(self) -> int:
        """The least width and height of a key that writes a letter, pixels."""
        return ceil(KEY_MM * self.px_per_mm)

    @property
    def slop(self) -> int:
        """How far a finger that taps may wander, pixels."""
        return ceil(SLOP_MM * self.px_per_mm)

    @property
    def reach_top(self) -> int:
        """Nothing to touch lies higher in low-reach mode, pixels."""
        return self.height - max(self.height // 2, round(REACH_MM * self.px_per_mm))


@dataclass(frozen=True, slots=True)
class Tone:
    """A mood: strong for signs and buttons, on: text on it, tile: a soft ground, ink: text and signs on that ground."""

    strong: Color
    on: Color
    tile: Color
    ink: Color


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the screen by what it is for. band: of the head, from its top to its foot."""

    page: tuple[Color, Color]
    paper: Color
    ink: Color
    soft: Color
    line: Color
    band: tuple[Color, Color]
    on_band: Color
    on_band_soft: Color
    shadow: tuple[int, int, int, int]
    scrim: tuple[int, int, int, int]
    press: tuple[int, int, int, int]
    tones: Mapping[str, Tone]
    border_px: int = 1

    def tone(self, name: str) -> Tone:
        return self.tones[name]


def _tone(strong: str, on: str, tile: str, ink: str) -> Tone:
    return Tone(rgb(strong), rgb(on), rgb(tile), rgb(ink))


NORMAL = Palette(
    page=(rgb("#eef3fd"), rgb("#fafbff")),
    paper=rgb("#ffffff"),
    ink=rgb("#0f172a"),
    soft=rgb("#4b5a70"),
    line=rgb("#dde4ef"),
    band=(rgb("#2563eb"), rgb("#1d4ed8")),
    on_band=rgb("#ffffff"),
    on_band_soft=rgb("#f0f4ff"),
    shadow=(30, 58, 138, 34),
    scrim=(15, 23, 42, 132),
    press=(15, 23, 42, 28),
    tones={
        "brand": _tone("#1d4ed8", "#ffffff", "#e1eafd", "#1d4ed8"),
        "store": _tone("#047857", "#ffffff", "#dcf3e8", "#047857"),
        "fetch": _tone("#1d4ed8", "#ffffff", "#e1eafd", "#1d4ed8"),
        "care": _tone("#b45309", "#ffffff", "#fdf0d9", "#92400e"),
        "good": _tone("#047857", "#ffffff", "#d6f2e4", "#047857"),
        "call": _tone("#c2410c", "#ffffff", "#ffe9dc", "#b63a09"),
        "ease": _tone("#6d28d9", "#ffffff", "#efe7fd", "#6d28d9"),
        "plain": _tone("#e8edf5", "#0f172a", "#eef2f8", "#334155"),
    },
)

_ON_BLACK = _tone("#ffe14d", "#000000", "#262626", "#ffe14d")
HIGH_CONTRAST = Palette(
    page=(rgb("#000000"), rgb("#000000")),
    paper=rgb("#000000"),
    ink=rgb("#ffffff"),
    soft=rgb("#f0f0f0"),
    line=rgb("#ffffff"),
    band=(rgb("#000000"), rgb("#000000")),
    on_band=rgb("#ffffff"),
    on_band_soft=rgb("#f0f0f0"),
    shadow=(0, 0, 0, 0),
    scrim=(0, 0, 0, 205),
    press=(255, 255, 255, 90),
    tones={
        **dict.fromkeys(("brand", "store", "fetch", "care", "good", "ease"), _ON_BLACK),
        "call": _tone("#ffb38a", "#000000", "#262626", "#ffb38a"),
        "plain": _tone("#262626", "#ffffff", "#262626", "#ffffff"),
    },
    border_px=3,
)

TYPE = {
    "number": 150.0,
    "clock": 46.0,
    "title": 46.0,
    "head": 34.0,
    "lead": 28.0,
    "button": 28.0,
    "line": 29.0,
    "body": 25.0,
    "small": 20.0,
}
SPACING = {"hair": 4, "tight": 8, "near": 14, "usual": 22, "wide": 32, "edge": 48}
RADII = {"card": 26, "button": 22, "tile": 18, "pill": 999}


@dataclass(frozen=True, slots=True)
class Motion:
    """change_s: from one screen to the next; rise_px: the new one comes from so far below, one that was left before
    from above. entry_s: a tap that lands so soon after a change was meant for the screen before. glide_s: how long a
    list that was thrown takes to lose two thirds of its speed; turn_s: how long it takes to the next page. hold_s: so
    long is a key held before it is tapped again, then every again_s."""

    change_s: float = 0.22
    rise_px: int = 18
    entry_s: float = 0.25
    glide_s: float = 0.33
    turn_s: float = 0.3
    hold_s: float = 0.5
    again_s: float = 0.09


STILL = Motion(change_s=0.0, rise_px=0, glide_s=0.0, turn_s=0.0)


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that a screen needs to know about its looks."""

    panel: Panel = Panel()
    ease: Ease = AS_USUAL
    motion: Motion = Motion()

    @property
    def palette(self) -> Palette:
        return HIGH_CONTRAST if self.ease.high_contrast else NORMAL

    def px(self, length: float) -> int:
        """A length chosen for 1280x800, on this panel."""
        return max(1, round(length * self.panel.scale)) if length else 0

    def gap(self, name: str) -> int:
        return self.px(SPACING[name])

    def radius(self, name: str) -> int:
        return self.px(RADII[name])

    def type_px(self, role: str) -> int:
        """How high a text of that role is set, pixels; never smaller than older eyes read at arm's length."""
        wanted = TYPE[role] * self.panel.scale
        if self.ease.large_text and role != "number":
            wanted *= LARGE_TEXT
        return max(round(wanted), ceil(SMALLEST_TEXT_MM * self.panel.px_per_mm))
