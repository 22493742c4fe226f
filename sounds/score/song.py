"""What a piece is: parts, sections and the scene an accompaniment style sees."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from notation import Harmony, Note

DRUMS = -1


@dataclass(frozen=True)
class Scene:
    """Everything a style may look at while it plays one section."""

    harmony: Harmony
    lead: tuple[Note, ...]
    rng: random.Random
    scale: frozenset[int]
    key: int = 0

    def register(self, lo: int, hi: int) -> tuple[int, int]:
        """Sounding limits as pitches before the piece is moved to its key."""
        return lo - self.key, hi - self.key


Style = Callable[[Scene], list[Note]]
Variation = Callable[[list[Note], Scene], list[Note]]


@dataclass(frozen=True)
class Line:
    """A written melody and how it is varied this time."""

    text: str
    variations: tuple[Variation, ...] = ()


@dataclass(frozen=True)
class Part:
    """One player.

    program: General MIDI number from 0, or DRUMS; level_lu: loudness against the lead;
    pan: -64 left to 63 right; reverb: 0 to 127; gate: share of each written length that sounds;
    late_ms: how far behind the beat the player sits; swells, pedal, slides: how the player
    shapes long notes; kit: drum kit program.
    """

    program: int
    level_lu: float = 0.0
    pan: int = 0
    reverb: int = 40
    gate: float = 0.96
    late_ms: float = 0.0
    swells: bool = False
    pedal: bool = False
    slides: bool = False
    kit: int = 0


@dataclass(frozen=True)
class Sec:
    """One section of the form; tempo is the speed ratio at its start and end."""

    chords: str
    lines: Mapping[str, Line] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    dyn: float = 1.0
    tempo: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True)
class Song:
    """A whole piece.

    key: semitones from C; swing: where the off-beat falls, 0.5 is straight;
    swing_unit: beats swung as one (1.0 eighths, 0.5 sixteenths);
    ring_s: how long the last chord may ring; fade_s: how long the end fades;
    exact_s: bend the tempo to this length;
    folder and format place the file; mono: the same on both sides, one channel in a WAV;
    wobble: breathing of the tempo, share of it.
    """

    name: str
    title: str
    bpm: float
    metre: int
    key: int
    parts: Mapping[str, Part]
    form: tuple[Sec, ...]
    swing: float = 0.5
    swing_unit: float = 1.0
    scale: frozenset[int] = frozenset({0, 2, 4, 5, 7, 9, 11})
    ring_s: float = 2.6
    fade_s: float = 1.2
    exact_s: float | None = None
    folder: str = "music"
    format: str = "mp3"
    mono: bool = False
    wobble: float = 0.006
