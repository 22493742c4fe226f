"""Reads melodies in ABC letters and chord charts, both written in C and moved later."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from theory import LETTERS, Chord, parse_chord

TOKEN = re.compile(
    r"(?P<grace>\{[^}]*\})|(?P<triplet>\(3)|(?P<sign>[\^_=]?)(?P<letter>[A-Ga-gz])"
    r"(?P<marks>[,']*)(?P<num>\d*)(?P<slash>/*)(?P<den>\d*)(?P<tie>-?)|(?P<space>\s+)"
)
UNIT = Fraction(1, 2)
GRACE_BEATS = 0.11


@dataclass(frozen=True)
class Note:
    """One sounding note; start and dur in quarter beats, vel 1 to 127."""

    start: float
    dur: float
    pitch: int
    vel: float = 80.0

    @property
    def end(self) -> float:
        """Beat at which the note is released."""
        return self.start + self.dur


@dataclass(frozen=True)
class Span:
    """One chord and the beats it covers."""

    start: float
    dur: float
    chord: Chord


@dataclass(frozen=True)
class Harmony:
    """The chords of one section."""

    spans: tuple[Span, ...]
    metre: int
    bars: int

    @property
    def beats(self) -> float:
        """Length of the section."""
        return float(self.metre * self.bars)

    def span_at(self, beat: float) -> Span:
        """The chord sounding at beat, with its place; the last one rings on."""
        sounding = self.spans[0]
        for span in self.spans:
            if span.start > beat + 1e-6:
                break
            sounding = span
        return sounding

    def at(self, beat: float) -> Chord:
        """The chord sounding at beat."""
        return self.span_at(beat).chord


def read_chords(text: str, metre: int) -> Harmony:
    """'C | Am7 D7 | %' to a Harmony; the chords of a bar share it evenly."""
    spans: list[Span] = []
    bars = [bar.split() for bar in text.split("|")]
    for index, symbols in enumerate(bars):
        if symbols == ["%"]:
            symbols = bars[index] = bars[index - 1]
        each = metre / len(symbols)
        for place, symbol in enumerate(symbols):
            start = index * metre + place * each
            spans.append(Span(start, each, parse_chord(symbol)))
    return Harmony(tuple(spans), metre, len(bars))


def _pitch(found: re.Match[str]) -> int:
    letter = found["letter"]
    octave = 60 if letter.isupper() else 72
    octave += 12 * (found["marks"].count("'") - found["marks"].count(","))
    sign = {"^": 1, "_": -1, "=": 0, "": 0}[found["sign"]]
    return octave + LETTERS[letter.upper()] + sign


def _length(found: re.Match[str]) -> Fraction:
    top = int(found["num"] or 1)
    bottom = int(found["den"]) if found["den"] else 2 ** len(found["slash"])
    return Fraction(top, bottom) * UNIT


def _tokens(bar: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(bar):
        found = TOKEN.match(bar, place)
        if found is None:
            raise ValueError(f"cannot read {bar[place:]!r} in bar {bar!r}")
        place = found.end()
        if found["space"] is None:
            yield found


def _read_bar(bar: str, start: Fraction) -> tuple[list[tuple[Note, bool]], Fraction]:
    notes: list[tuple[Note, bool]] = []
    now, triplets, graces = start, 0, list[int]()
    for found in _tokens(bar):
        if found["grace"]:
            graces = [_pitch(g) for g in _tokens(found["grace"][1:-1])]
            continue
        if found["triplet"]:
            triplets = 3
            continue
        length = _length(found)
        if triplets:
            length, triplets = length * Fraction(2, 3), triplets - 1
        if found["letter"] != "z":
            for back, pitch in enumerate(reversed(graces), 1):
                at = max(0.0, float(now) - back * GRACE_BEATS)
                notes.append((Note(at, GRACE_BEATS, pitch, 62.0), False))
            graces = []
            notes.append((Note(float(now), float(length), _pitch(found)), bool(found["tie"])))
        now += length
    return notes, now


def read_melody(text: str, metre: int) -> list[Note]:
    """ABC with eighth-note units to notes. Raises ValueError when a bar is not full."""
    joined: list[Note] = []
    open_tie: int | None = None
    for index, bar in enumerate(text.strip().strip("|").split("|")):
        start = Fraction(index * metre)
        notes, end = _read_bar(bar, start)
        if end - start != metre:
            raise ValueError(f"bar {index + 1} holds {end - start} of {metre} beats: {bar!r}")
        for note, tied in notes:
            if open_tie is not None and joined[open_tie].pitch == note.pitch:
                held = joined[open_tie]
                joined[open_tie] = Note(held.start, held.dur + note.dur, held.pitch, held.vel)
            else:
                joined.append(note)
            open_tie = len(joined) - 1 if tied else None
    return joined
