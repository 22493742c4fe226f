"""Bass lines and drum grids."""

from collections.abc import Mapping

from notation import Note
from song import Scene, Style
from theory import Chord, nearest

KICK, RIM, SNARE, BRUSH_TAP, BRUSH_SWIRL = 36, 37, 38, 38, 40
HAT, PEDAL_HAT, OPEN_HAT, RIDE, CRASH = 42, 44, 46, 51, 49
TAMB, SHAKER, CABASA, CLAVES, WOOD_HI, WOOD_LO = 54, 82, 69, 75, 76, 77
BONGO_HI, BONGO_LO, CONGA_MUTE, CONGA_HI, CONGA_LO, TRIANGLE = 60, 61, 62, 63, 64, 81
CLOSED_TRIANGLE, LOW_TOM, MID_TOM = 80, 45, 47
HIT = {"X": 96.0, "x": 78.0, "o": 54.0, ",": 38.0}


def _degree(mark: str, chord: Chord, root: int) -> int:
    """Pitch of one bass mark above or around the low root."""
    if mark == "R":
        return root
    if mark == "8":
        return root + 12
    wanted = {"3": (3, 4, 5), "5": (6, 7, 8), "6": (9, 8), "7": (10, 11, 9)}[mark]
    above = {(tone - root) % 12 for tone in chord.classes}
    step = next((w for w in wanted if w in above), 7 if mark != "3" else 4)
    pitch = root + step
    return pitch - 12 if pitch > root + 7 and pitch - 12 >= 28 else pitch


def bass(pattern: str, lo: int = 28, push: bool = False) -> Style:
    """R root, 3 5 6 7 8 degrees, a approach to the next chord, g ghost, - hold, . rest."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        choices = pattern.split()
        metre, around = scene.harmony.metre, lo + 7
        for bar in range(scene.harmony.bars):
            cells = choices[bar % len(choices)]
            cell = metre / len(cells)
            for at, mark in enumerate(cells):
                if mark in ".-":
                    continue
                start = bar * metre + at * cell
                early = cell if push and at == len(cells) - 1 else 0.0
                chord = scene.harmony.at(start + early)
                root = max(lo, nearest(chord.bass, around))
                pitch = _low_note(mark, chord, root, scene.harmony.at(start + cell))
                length = cell
                for held in cells[at + 1 :]:
                    if held != "-":
                        break
                    length += cell
                vel = (50.0 if mark == "g" else 80.0 + 6.0 * (at == 0)) + scene.rng.gauss(0, 2.5)
                notes.append(Note(start, length * (0.4 if mark == "g" else 1.0), pitch, vel))
        return notes

    return play


def _low_note(mark: str, chord: Chord, root: int, following: Chord) -> int:
    if mark == "g":
        return root
    if mark == "a":
        target = nearest(following.bass, root)
        return target - 1 if target > root or target == root else target + 1
    return _degree(mark, chord, root)


def walking(lo: int = 29, hi: int = 50) -> Style:
    """Quarter notes: root on the change, chord tones between, a half step into the next."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        pitch = (lo + hi) // 2
        for index, span in enumerate(scene.harmony.spans):
            after = scene.harmony.spans[(index + 1) % len(scene.harmony.spans)].chord
            beats = round(span.dur)
            line = _walk(span.chord, after, beats, (pitch, lo, hi), scene)
            for beat, step in enumerate(line):
                vel = 82.0 + 5.0 * (beat % 2) + scene.rng.gauss(0, 3)
                notes.append(Note(span.start + beat, 0.92, step, vel))
                if scene.rng.random() < 0.08:
                    notes.append(Note(span.start + beat + 0.5, 0.3, step, 55.0))
            pitch = line[-1]
        return notes

    return play


def _walk(
    chord: Chord, after: Chord, beats: int, bounds: tuple[int, int, int], scene: Scene
) -> list[int]:
    around, lo, hi = bounds
    inside = lambda p: p + 12 if p < lo else p - 12 if p > hi else p  # noqa: E731
    line = [inside(nearest(chord.bass, around))]
    rising = line[0] < (lo + hi) // 2 if scene.rng.random() < 0.8 else scene.rng.random() < 0.5
    tones = set(chord.classes[:4])
    while len(line) < beats - 1:
        step = line[-1] + (1 if rising else -1)
        while step % 12 not in tones:
            step += 1 if rising else -1
        line.append(inside(step))
    if beats > 1:
        target = inside(nearest(after.bass, line[-1]))
        side = -1 if line[-1] < target or (line[-1] == target and rising) else 1
        line.append(target + side)
    return line


def drums(grid: Mapping[int, str], fill: Mapping[int, str] | None = None) -> Style:
    """Drum grids by General MIDI key; fill replaces the last bar of the section."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        metre = scene.harmony.metre
        for bar in range(scene.harmony.bars):
            final = fill is not None and bar == scene.harmony.bars - 1
            for key, pattern in (fill if final and fill is not None else grid).items():
                choices = pattern.split()
                cells = choices[bar % len(choices)]
                for at, mark in enumerate(cells):
                    if mark not in HIT or (mark == "," and scene.rng.random() < 0.3):
                        continue
                    start = bar * metre + at * metre / len(cells)
                    notes.append(Note(start, 0.2, key, HIT[mark] + scene.rng.gauss(0, 4)))
        return notes

    return play


def once(key: int, at: float = 0.0, vel: float = 60.0) -> Style:
    """A single stroke, such as a soft cymbal on the last chord."""

    def play(scene: Scene) -> list[Note]:
        return [Note(at, 2.0, key, vel)]

    return play
