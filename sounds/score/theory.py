"""Chord symbols, note names and voice leading, all in MIDI semitones."""

import re
from dataclasses import dataclass
from itertools import pairwise, product

LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
PENTATONIC = frozenset({0, 2, 4, 7, 9})

QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "5": (0, 7, 12),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "69": (0, 4, 7, 9, 14),
    "maj7": (0, 4, 7, 11),
    "maj9": (0, 4, 7, 11, 14),
    "7": (0, 4, 7, 10),
    "9": (0, 4, 7, 10, 14),
    "13": (0, 4, 7, 10, 14, 21),
    "7b9": (0, 4, 7, 10, 13),
    "m7": (0, 3, 7, 10),
    "m9": (0, 3, 7, 10, 14),
    "m7b5": (0, 3, 6, 10),
    "dim7": (0, 3, 6, 9),
    "sus4": (0, 5, 7),
    "sus2": (0, 2, 7),
    "7sus": (0, 5, 7, 10),
    "9sus": (0, 5, 7, 10, 14),
    "add9": (0, 4, 7, 14),
    "madd9": (0, 3, 7, 14),
}
SYMBOL = re.compile(r"^([A-G])([#b]?)([^/]*)(?:/([A-G])([#b]?))?$")


@dataclass(frozen=True)
class Chord:
    """A chord as pitch classes: root, bass and intervals above the root."""

    symbol: str
    root: int
    bass: int
    intervals: tuple[int, ...]

    @property
    def classes(self) -> tuple[int, ...]:
        """Pitch classes of every chord tone, root first."""
        return tuple((self.root + step) % 12 for step in self.intervals)

    def colours(self, count: int, sung: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """The count most telling tones above a bass: third, seventh, then tensions.

        Tones a half step from a sung pitch class give way to calmer chord tones.
        """
        steps = self.intervals
        order: tuple[int, ...]
        if len(steps) == 3:
            order = steps if count >= 3 else steps[1:]
        elif len(steps) == 4:
            order = (steps[1], steps[3], steps[2], steps[0])
        else:
            order = (steps[1], steps[3], *steps[4:], steps[2])
        wanted = list(dict.fromkeys((self.root + step) % 12 for step in (*order, *steps)))
        calm = [t for t in wanted if not sung & {(t + 1) % 12, (t - 1) % 12}]
        rubbing = [t for t in wanted if t not in calm]
        return tuple((calm + rubbing)[: min(count, len(order))])


def pitch_class(letter: str, sign: str) -> int:
    """'F', '#' to 6."""
    return (LETTERS[letter] + {"": 0, "#": 1, "b": -1}[sign]) % 12


def parse_chord(symbol: str) -> Chord:
    """'Em7/A' to a Chord. Raises ValueError for an unknown symbol."""
    found = SYMBOL.match(symbol)
    if found is None or found[3] not in QUALITIES:
        raise ValueError(f"unknown chord symbol: {symbol!r}")
    root = pitch_class(found[1], found[2])
    bass = pitch_class(found[4], found[5]) if found[4] else root
    return Chord(symbol, root, bass, QUALITIES[found[3]])


def nearest(tone: int, around: int) -> int:
    """The pitch of class tone closest to around."""
    return around + (tone - around + 6) % 12 - 6


def _playable(pitches: tuple[int, ...]) -> bool:
    gaps = [b - a for a, b in pairwise(pitches)]
    if any(gap < 2 for gap in gaps) or pitches[-1] - pitches[0] > 17:
        return False
    if any(high - low == 13 for low in pitches for high in pitches):
        return False
    return not (gaps and pitches[0] < 52 and gaps[0] < 4)


def _strain(pitches: tuple[int, ...], before: tuple[int, ...] | None, centre: float) -> float:
    middle = sum(pitches) / len(pitches)
    cost = 0.35 * abs(middle - centre)
    if before is None:
        return cost
    pairs = zip(pitches[::-1], before[::-1], strict=False)
    cost += sum(abs(a - b) for a, b in pairs)
    return cost + 0.6 * abs(pitches[-1] - before[-1])


def voicing(tones: tuple[int, ...], lo: int, hi: int, before: tuple[int, ...] | None) -> tuple[int, ...]:
    """The given pitch classes placed in lo..hi so that they move least from before."""
    options = [[p for p in range(lo, hi + 1) if p % 12 == tone] for tone in tones]
    candidates = {tuple(sorted(combo)) for combo in product(*options)}
    fitting = sorted(c for c in candidates if _playable(c))
    if not fitting and len(tones) > 2:
        return voicing(tones[:-1], lo, hi, before)
    if not fitting:
        fitting = [tuple(sorted(nearest(t, (lo + hi) // 2) for t in tones))]
    centre = (lo + hi) / 2
    return min(fitting, key=lambda c: _strain(c, before, centre))
