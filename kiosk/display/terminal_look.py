"""Colours and signs of the terminal board: night-blue ground, one hue per class, a sign for every hue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.style import Style

from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item, Kind

GROUND = "#0b1220"


@lru_cache(maxsize=64)
def ink(color: str, *, bold: bool = False) -> Style:
    """A style on the board's ground."""
    return Style(color=color, bgcolor=GROUND, bold=bold)


@lru_cache(maxsize=64)
def on(color: str, *, ground_color: str = GROUND) -> Style:
    """A style of bold letters on a coloured ground."""
    return Style(color=ground_color, bgcolor=color, bold=True)


PLAIN = ink("#e5edf9")
STRONG = ink("#ffffff", bold=True)
MUTED = ink("#93a5c2")
LINE = ink("#4a5d80")
TRACK = ink("#2c3a55")
GOOD = ink("#4ade80")
WARN = ink("#fbbf24")
BAD = ink("#fb7185", bold=True)
PEAK = ink("#ffffff", bold=True)


@dataclass(frozen=True, slots=True)
class Dress:
    """What an item wears: its sign, its word and its colour; the sign and the word carry it where colours are off."""

    sign: str
    word: str
    color: str

    @property
    def style(self) -> Style:
        return ink(self.color)

    @property
    def strong(self) -> Style:
        return ink(self.color, bold=True)

    @property
    def badge(self) -> Style:
        return on(self.color)


MUSIC = Dress("♪", "MUSIC", "#60a5fa")
MICROPHONE = Dress("●", "MICROPHONE", "#facc15")
EVACUATION = Dress("■", "EVACUATION", "#f87171")
BY_KIND = {
    Kind.WELCOME: Dress("♪", "WELCOME", "#34d399"),
    Kind.MUSIC: MUSIC,
    Kind.ANNOUNCEMENT: Dress("◆", "ANNOUNCEMENT", "#f472b6"),
    Kind.PAGE: Dress("◇", "PAGE", "#e879f9"),
    Kind.TALK: MICROPHONE,
    Kind.CLOSING: Dress("♪", "CLOSING", "#a78bfa"),
    Kind.FILLER: Dress("♪", "FILLER", "#93a5c2"),
    Kind.TONE_BED: Dress("≈", "TONE BED", "#fbbf24"),
    Kind.TEST_TONE: Dress("≈", "TEST TONE", "#93a5c2"),
}
BY_CLASS = {
    AirClass.URGENT: Dress("▲", "URGENT", "#fb923c"),
    AirClass.EVACUATION: EVACUATION,
    AirClass.MICROPHONE: MICROPHONE,
}
OUTCOMES = {
    Outcome.ON_AIR: ("►", MUSIC.style),
    Outcome.PLAYED: ("✓", GOOD),
    Outcome.CUT: ("/", WARN),
    Outcome.FAILED: ("×", BAD),
    Outcome.SKIPPED: ("–", WARN),
    Outcome.INTERRUPTED: ("!", BAD),
}

# For consoles whose font or encoding lacks a sign: one cell for one cell, so that nothing shifts.
AS_ASCII = str.maketrans(
    {
        **dict.fromkeys("─━╸╴", "-"),
        **dict.fromkeys("│▎", "|"),
        **dict.fromkeys("╭╮╰╯├┤┬┴", "+"),
        **dict.fromkeys("▆█▄▀", "#"),
        **dict.fromkeys("♪≈", "~"),
        **dict.fromkeys("◆◇●○■·", "*"),
        **dict.fromkeys("▲", "!"),
        **dict.fromkeys("►›→", ">"),
        **dict.fromkeys("–−", "-"),
        "▁": ".",
        "✓": "+",
        "×": "x",
        "…": "~",
    }
)


def dress_of(kind: Kind, air_class: AirClass) -> Dress:
    """The class decides where it is more than routine, the kind otherwise."""
    return BY_CLASS.get(air_class) or BY_KIND[kind]


def dress(item: Item) -> Dress:
    """What an item wears on the board."""
    return dress_of(item.kind, item.air_class)


def lateness_style(seconds: float) -> Style:
    """Within a second is on time; beyond ten a person should know."""
    size = abs(seconds)
    return GOOD if size <= 1.0 else WARN if size <= 10.0 else BAD
