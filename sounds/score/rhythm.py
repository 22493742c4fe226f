"""Bass lines and drum grids."""

from collections.abc import Mapping

from notation import Note
from song import Scene, Style
from theory import Chord, nearest

KICK, RIM, SNARE, BRUSH_TAP, BRUSH_SWIRL = 36, 37, 38, 38, 40
HAT, PEDAL_HAT, OPEN_HAT, RIDE = 42, 44, 46, 51
TAMB, SHAKER, WOOD_HI, WOOD_LO = 54, 82, 76, 77
BONGO_HI, BONGO_LO, TRIANGLE, CLOSED_TRIANGLE = 60, 61, 81, 80
LOW_TOM, MID_TOM = 45, 47
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
    return root + step


def bass(pattern: str, lo: int = 28) -> Style:
    """R root, 3 5 6 7 8 degrees, a approach to the next chord, g ghost, - hold, . rest."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        choices = pattern.split()
        metre = scene.harmony.metre
        low = lo - scene.key
        for bar in range(scene.harmony.bars):
            cells = choices[bar % len(choices)]
            cell = metre / len(cells)
            for at, mark in enumerate(cells):
                if mark in ".-":
                    continue
                start = bar * metre + at * cell
                root = low + (scene.harmony.at(start).bass - low) % 12
                target = low + (scene.harmony.at(start + cell).bass - low) % 12
                pitch = _low_note(mark, scene.harmony.at(start), root, target)
                if pitch - low > 15:
                    pitch -= 12
                length = cell
                for held in cells[at + 1 :]:
                    if held != "-":
                        break
                    length += cell
                vel = (50.0 if mark == "g" else 80.0 + 6.0 * (at == 0)) + scene.rng.gauss(0, 2.5)
                notes.append(Note(start, length * (0.4 if mark == "g" else 1.0), pitch, vel))
        return notes

    return play


def _low_note(mark: str, chord: Chord, root: int, target: int) -> int:
    if mark == "g":
        return root
    if mark == "a":
        return target - 1 if target >= root else target + 1
    return _degree(mark, chord, root)


def walking(lo: int = 29, hi: int = 48) -> Style:
    """Quarter notes: root on the change, chord tones between, a half step into the next."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        low, high = scene.register(lo, hi)
        pitch = (low + high) // 2
        for index, span in enumerate(scene.harmony.spans):
            after = scene.harmony.spans[(index + 1) % len(scene.harmony.spans)].chord
            beats = round(span.dur)
            line = _walk(span.chord, after, beats, (pitch, low, high), scene)
            for beat, step in enumerate(line):
                vel = 82.0 + 5.0 * (beat % 2) + scene.rng.gauss(0, 3)
                notes.append(Note(span.start + beat, 0.92, step, vel))
                if scene.rng.random() < 0.08:
                    notes.append(Note(span.start + beat + 0.5, 0.3, step, 55.0))
            pitch = line[-1]
        return notes

    return play


def _walk(chord: Chord, after: Chord, beats: int, bounds: tuple[int, int, int], scene: Scene) -> list[int]:
    around, lo, hi = bounds

    def inside(pitch: int) -> int:
        return pitch + 12 if pitch < lo else pitch - 12 if pitch > hi else pitch

    line = [inside(nearest(chord.bass, (around + (lo + hi) // 2) // 2))]
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
