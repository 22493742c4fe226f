"""Chordal accompaniment: rhythm patterns, broken chords, pads and counter-lines."""

from collections.abc import Iterator

from notation import Note, Span
from song import Scene, Style
from theory import nearest, voicing

STRENGTH = {"X": 88.0, "x": 74.0, "o": 56.0}
PUSH_WINDOW = 0.5


def _bars(pattern: str, scene: Scene) -> Iterator[tuple[int, str]]:
    choices = pattern.split()
    for bar in range(scene.harmony.bars):
        yield bar, choices[bar % len(choices)]


def _tones(scene: Scene, start: float, dur: float, voices: int) -> tuple[int, ...]:
    """Chord colours that do not rub against what the lead holds meanwhile."""
    held = {n.pitch % 12 for n in scene.lead if n.dur >= 0.7 and n.start < start + dur - 0.1 and n.end > start + 0.1}
    return scene.harmony.at(start).colours(voices, frozenset(held))


def _run(cells: str, at: int) -> int:
    length = 1
    while at + length < len(cells) and cells[at + length] == "-":
        length += 1
    return length


def chords(pattern: str, lo: int = 52, hi: int = 70, voices: int = 4, roll: float = 0.012) -> Style:
    """Voice-led chords struck on a grid: X accent, x normal, o ghost, - hold, . rest.

    A hit on the last cell of a bar already takes the next bar's chord; roll in beats.
    """

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        before: tuple[int, ...] | None = None
        metre = scene.harmony.metre
        low, high = scene.register(lo, hi)
        for bar, cells in _bars(pattern, scene):
            cell = metre / len(cells)
            for at, mark in enumerate(cells):
                if mark not in STRENGTH or (mark == "o" and scene.rng.random() < 0.15):
                    continue
                start = bar * metre + at * cell
                last = at == len(cells) - 1 and cell <= PUSH_WINDOW
                length = _run(cells, at) * cell * (1.0 if mark != "o" else 0.6)
                tones = _tones(scene, start + (cell if last else 0.0), length, voices)
                pitches = before = voicing(tones, low, high, before)
                for order, pitch in enumerate(pitches):
                    vel = STRENGTH[mark] + scene.rng.gauss(0, 3) - 2.0 * (0 < order < voices - 1)
                    notes.append(Note(start + order * roll, length, pitch, vel))
        return notes

    return play


def hold(lo: int = 50, hi: int = 68, voices: int = 4, roll: float = 0.02) -> Style:
    """Each chord held for its whole span."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        before: tuple[int, ...] | None = None
        low, high = scene.register(lo, hi)
        for span in scene.harmony.spans:
            tones = _tones(scene, span.start, span.dur, voices)
            before = voicing(tones, low, high, before)
            for order, pitch in enumerate(before):
                late = order * roll
                notes.append(Note(span.start + late, span.dur - late, pitch, 68.0))
        return _tied(notes)

    return play


def _tied(notes: list[Note]) -> list[Note]:
    """Common tones of neighbouring chords are held over rather than struck again."""
    open_notes: dict[int, Note] = {}
    done: list[Note] = []
    for note in sorted(notes, key=lambda n: n.start):
        held = open_notes.get(note.pitch)
        if held is not None and abs(held.end - note.start) < 0.2 and held.dur < 8:
            open_notes[note.pitch] = Note(held.start, note.end - held.start, held.pitch, held.vel)
            continue
        if held is not None:
            done.append(held)
        open_notes[note.pitch] = note
    return done + list(open_notes.values())


def pad(lo: int = 52, hi: int = 70, voices: int = 3) -> Style:
    """Sustained, unrolled chords with held common tones, for strings."""
    return hold(lo, hi, voices, 0.0)


def broken(order: str, lo: int = 48, hi: int = 70, voices: int = 4, ring: float = 1.0) -> Style:
    """Broken chords: digits count the voicing from below, b is a low root, p a fifth, . rests.

    Bars of the pattern alternate; ring is how many cells each note sounds, never far past
    its chord.
    """

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        before: tuple[int, ...] | None = None
        voiced: Span | None = None
        metre = scene.harmony.metre
        low, high = scene.register(lo, hi)
        for bar, cells in _bars(order, scene):
            cell = metre / len(cells)
            for at, mark in enumerate(cells):
                if mark in ".-":
                    continue
                start = bar * metre + at * cell
                span = scene.harmony.span_at(start)
                if before is None or span != voiced:
                    before = voicing(_tones(scene, start, span.dur, voices), low, high, before)
                    voiced = span
                pitch = _finger(mark, before, span.chord.bass, low)
                vel = 76.0 - 8.0 * (at % 2) + 6.0 * (at == 0) + scene.rng.gauss(0, 3)
                length = (ring if mark not in "bp" else ring * 2.0) * cell * _run(cells, at)
                length = min(length, span.start + span.dur - start + 0.15)
                notes.append(Note(start, length, pitch, vel))
        return notes

    return play


def _finger(mark: str, pitches: tuple[int, ...], bass: int, lo: int) -> int:
    if mark == "b":
        return nearest(bass, lo - 8)
    if mark == "p":
        low = nearest(bass, lo - 8)
        fifth = next((p for p in pitches if (p - bass) % 12 in (6, 7, 8)), pitches[0])
        return low + (fifth - low) % 12
    place = int(mark) - 1
    octave, place = divmod(place, len(pitches))
    return pitches[place] + 12 * octave


def guide(lo: int = 55, hi: int = 69, tone: int = 0) -> Style:
    """A counter-melody of thirds and sevenths moving by the smallest step."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        low, high = scene.register(lo, hi)
        around = (low + high) // 2
        for span in scene.harmony.spans:
            options = _tones(scene, span.start, span.dur, 3)
            near = [nearest(t, around) for t in options]
            inside = [p for p in near if low <= p <= high] or near
            inside.sort(key=lambda p: abs(p - around) if p != around else 1.5)
            pitch = inside[min(tone, len(inside) - 1)]
            if span.dur >= 3 and scene.rng.random() < 0.5:
                half = span.dur / 2
                late = _tones(scene, span.start + half, half, 3)
                moves = [nearest(t, pitch) for t in late]
                other = min((m for m in moves if m != pitch), key=lambda m: abs(m - pitch))
                notes.append(Note(span.start, half, pitch, 70.0))
                notes.append(Note(span.start + half, half, other, 66.0))
                pitch = other
            else:
                notes.append(Note(span.start, span.dur, pitch, 70.0))
            around = pitch
        return notes

    return play


def fills(lo: int = 67, hi: int = 84, grid: float = 0.5, least: float = 1.5) -> Style:
    """Answers the lead: short scale-wise figures wherever it rests or holds."""

    def play(scene: Scene) -> list[Note]:
        notes: list[Note] = []
        low, high = scene.register(lo, hi)
        for start, end in _gaps(scene, least):
            steps = min(int((end - start) / grid), 6)
            if steps < 2:
                continue
            rising = scene.rng.random() < 0.5
            pitch = nearest(scene.harmony.at(start).colours(3)[0], (low + high) // 2)
            first = end - steps * grid
            for step in range(steps):
                at = first + step * grid
                tones = set(scene.harmony.at(at).classes)
                last = step == steps - 1
                dur = grid * (1.6 if last else 0.95)
                notes.append(Note(at, dur, pitch, 62.0 + 2.0 * step - 6.0 * (step % 2)))
                pitch = _next(pitch, tones, rising, (low, high))
        return notes

    return play


def _gaps(scene: Scene, least: float) -> Iterator[tuple[float, float]]:
    """Stretches where the lead is silent or holds one note past its first beat and a half."""
    edges: list[tuple[float, float]] = []
    free = 0.0
    for note in sorted(scene.lead, key=lambda n: n.start):
        edges.append((free, note.start))
        free = note.start + min(note.dur, 1.0 if note.dur >= 1.5 + least else note.dur)
    edges.append((free, scene.harmony.beats))
    for start, end in edges:
        begin = -(-start * 2 // 1) / 2
        if end - begin >= least:
            yield begin, end - 0.5 if end - begin > 2 else end


def _next(pitch: int, tones: set[int], rising: bool, span: tuple[int, int]) -> int:
    step = 1 if rising else -1
    if not span[0] + 3 <= pitch + 3 * step <= span[1] - 3:
        step = -step
    moved = pitch + step
    while moved % 12 not in tones:
        moved += step
    return moved
