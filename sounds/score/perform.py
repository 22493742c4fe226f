"""Turns a Song into what each player really plays: timing, touch, pedal and swells."""

import math
import random
import zlib
from dataclasses import dataclass, field, replace
from itertools import pairwise

from notation import Harmony, Note, read_chords, read_melody
from song import DRUMS, Part, Scene, Sec, Song

LEAD_VEL = 82.0


@dataclass
class Take:
    """One part's performance; controls are (beat, controller, value), bends (beat, value)."""

    part: Part
    notes: list[Note] = field(default_factory=list)
    controls: list[tuple[float, int, int]] = field(default_factory=list)
    bends: list[tuple[float, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Tempo:
    """Beats to seconds: (beat, bpm) steps in rising order."""

    steps: tuple[tuple[float, float], ...]

    def bpm_at(self, beat: float) -> float:
        """Speed at a beat."""
        return [bpm for start, bpm in self.steps if start <= beat + 1e-9][-1]

    def seconds(self, beat: float) -> float:
        """Time from the start of the piece to a beat."""
        total = 0.0
        for index, (start, bpm) in enumerate(self.steps):
            end = self.steps[index + 1][0] if index + 1 < len(self.steps) else math.inf
            if beat <= start:
                break
            total += (min(beat, end) - start) * 60.0 / bpm
        return total


@dataclass(frozen=True)
class Performance:
    """All takes of a piece, its tempo map and the beat at which the last bar ends."""

    takes: dict[str, Take]
    tempo: Tempo
    beats: float


def _tempo(song: Song, sections: list[tuple[float, Sec, Harmony]]) -> Tempo:
    steps: list[tuple[float, float]] = []
    for offset, sec, harmony in sections:
        first, last = sec.tempo
        count = round(harmony.beats * 2)
        for step in range(count):
            progress = (step / count) ** 1.6
            breath = 1.0 + song.wobble * math.sin(2 * math.pi * step / (16 * song.metre))
            ratio = first + (last - first) * progress
            steps.append((offset + step / 2, song.bpm * ratio * breath))
    if song.exact_s is None:
        return Tempo(tuple(steps))
    end = sections[-1][0] + sections[-1][2].beats
    factor = Tempo(tuple(steps)).seconds(end) / (song.exact_s - song.ring_s)
    return Tempo(tuple((beat, bpm * factor) for beat, bpm in steps))


def _swung(beat: float, song: Song) -> float:
    if song.swing == 0.5:
        return beat
    unit, swing = song.swing_unit, song.swing
    whole, part = divmod(beat + 1e-9, unit)
    share = part / unit
    bent = share * 2 * swing if share < 0.5 else swing + (share - 0.5) * 2 * (1 - swing)
    return (whole + bent) * unit


def _phrased(notes: list[Note], metre: int) -> list[Note]:
    """Shapes a melody: each phrase swells to its middle, high notes and bar openings lean."""
    if not notes:
        return notes
    mean = sum(n.pitch for n in notes) / len(notes)
    phrases: list[list[Note]] = [[notes[0]]]
    for before, note in pairwise(notes):
        if note.start - before.end >= 1.0:
            phrases.append([])
        phrases[-1].append(note)
    shaped: list[Note] = []
    for phrase in phrases:
        start, length = phrase[0].start, max(1.0, phrase[-1].end - phrase[0].start)
        for note in phrase:
            arc = 7.0 * math.sin(math.pi * (note.start - start + 0.5) / (length + 1))
            lean = 4.0 if note.start % metre == 0 else 0.0
            height = max(-8.0, min(8.0, (note.pitch - mean) * 0.7))
            scale = note.vel / 80.0
            shaped.append(replace(note, vel=(LEAD_VEL + arc + lean + height - 4.0) * scale))
    return shaped


def _lines(sec: Sec, scene: Scene) -> dict[str, list[Note]]:
    played: dict[str, list[Note]] = {}
    for name, line in sec.lines.items():
        notes = read_melody(line.text, scene.harmony.metre)
        for variation in line.variations:
            notes = variation(sorted(notes, key=lambda n: n.start), scene)
        played[name] = _phrased(sorted(notes, key=lambda n: (n.start, n.pitch)), scene.harmony.metre)
    return played


def _add_section(song: Song, take: Take, raw: list[Note], place: tuple[float, Sec]) -> None:
    offset, sec = place
    shift = 0 if take.part.program == DRUMS else song.key
    for note in raw:
        start, end = _swung(note.start, song), _swung(note.end, song)
        moved = Note(offset + start, (end - start) * take.part.gate, note.pitch + shift)
        take.notes.append(replace(moved, vel=note.vel * sec.dyn))


def _humanise(take: Take, tempo: Tempo, rng: random.Random) -> None:
    spread_ms = 4.0 if take.part.program == DRUMS else 7.0
    touched: list[Note] = []
    for note in sorted(take.notes, key=lambda n: (n.start, n.pitch)):
        per_ms = tempo.bpm_at(note.start) / 60_000.0
        shift = (take.part.late_ms + rng.gauss(0, spread_ms)) * per_ms
        vel = min(118.0, max(18.0, note.vel + rng.gauss(0, 2.0)))
        touched.append(replace(note, start=max(0.0, note.start + shift), vel=vel))
    take.notes = _untangled(touched)


def _untangled(notes: list[Note]) -> list[Note]:
    """Cuts a note short where the same pitch is struck again."""
    following: dict[int, float] = {}
    clean: list[Note] = []
    for note in sorted(notes, key=lambda n: n.start, reverse=True):
        limit = following.get(note.pitch, math.inf) - note.start - 0.02
        if limit > 0.03:
            clean.append(replace(note, dur=max(0.03, min(note.dur, limit))))
            following[note.pitch] = note.start
    return clean[::-1]


def _pedal(take: Take, sections: list[tuple[float, Sec, Harmony]]) -> None:
    for offset, _, harmony in sections:
        for span in harmony.spans:
            take.controls.append((offset + span.start + 0.07, 64, 127))
            take.controls.append((offset + span.start + span.dur - 0.04, 64, 0))
    final_beat = sections[-1][0] + sections[-1][2].beats
    take.controls = [c for c in take.controls if c[0] < final_beat - 0.1]


def _swells(take: Take, tempo: Tempo) -> None:
    seen: set[int] = set()
    take.controls.append((0.0, 11, 108))
    for note in take.notes:
        slot = round(note.start * 4)
        if note.dur < 1.4 or slot in seen:
            continue
        seen.add(slot)
        delay = 0.3 * tempo.bpm_at(note.start) / 60.0
        for share, value in ((0.0, 92), (0.2, 102), (0.45, 114), (0.75, 110), (0.95, 100)):
            take.controls.append((note.start + share * note.dur, 11, value))
        take.controls.append((note.start, 1, 4))
        take.controls.append((note.start + min(delay, note.dur / 2), 1, 18))
        take.controls.append((note.start + min(delay * 2, note.dur * 0.8), 1, 34))


def _slides(take: Take, tempo: Tempo, rng: random.Random) -> None:
    for note in take.notes:
        if note.dur < 0.9 or rng.random() > 0.35:
            continue
        per_step = 0.02 * tempo.bpm_at(note.start) / 60.0
        for step, bend in enumerate((-2600, -1900, -1200, -600, -200, 0)):
            take.bends.append((note.start + step * per_step, bend))


def perform(song: Song) -> Performance:
    """Plays the whole form; the same song always gives the same performance."""
    rng = random.Random(zlib.crc32(song.name.encode()))
    sections: list[tuple[float, Sec, Harmony]] = []
    offset = 0.0
    for sec in song.form:
        harmony = read_chords(sec.chords, song.metre)
        sections.append((offset, sec, harmony))
        offset += harmony.beats
    tempo = _tempo(song, sections)
    takes = {name: Take(part) for name, part in song.parts.items()}
    for start, sec, harmony in sections:
        _play_section(song, takes, (start, sec, harmony), rng)
    for take in takes.values():
        _humanise(take, tempo, rng)
        if take.part.pedal:
            _pedal(take, sections)
        if take.part.swells:
            _swells(take, tempo)
        if take.part.slides:
            _slides(take, tempo, rng)
    return Performance({n: t for n, t in takes.items() if t.notes}, tempo, offset)


def _play_section(song: Song, takes: dict[str, Take], where: tuple[float, Sec, Harmony], rng: random.Random) -> None:
    start, sec, harmony = where
    alone = Scene(harmony, (), rng, song.scale, song.key)
    lines = _lines(sec, alone)
    lead = tuple(sorted((n for ns in lines.values() for n in ns), key=lambda n: n.start))
    scene = replace(alone, lead=lead)
    for name, notes in lines.items():
        _add_section(song, takes[name], notes, (start, sec))
    for name, style in sec.styles.items():
        _add_section(song, takes[name], style(scene), (start, sec))
