"""Variations on a written melody, so that a return is never a copy."""

from dataclasses import replace

from notation import Note
from song import Scene, Variation
from theory import nearest


def octave(count: int) -> Variation:
    """Moves a line by whole octaves."""

    def change(notes: list[Note], scene: Scene) -> list[Note]:
        return [replace(n, pitch=n.pitch + 12 * count) for n in notes]

    return change


def softer(factor: float) -> Variation:
    """Scales every velocity."""

    def change(notes: list[Note], scene: Scene) -> list[Note]:
        return [replace(n, vel=n.vel * factor) for n in notes]

    return change


def below(low: int = 3, high: int = 9, least: float = 0.0) -> Variation:
    """A second voice under the line: chord tones on long notes, scale tones on short ones."""

    def change(notes: list[Note], scene: Scene) -> list[Note]:
        second: list[Note] = []
        for note in notes:
            if note.dur < least:
                continue
            tones = set(scene.harmony.at(note.start).classes)
            wanted = tones if note.dur >= 0.75 else tones | scene.scale
            reach = [note.pitch - gap for gap in range(low, high + 1)]
            fits = [p for p in reach if p % 12 in wanted]
            if fits:
                second.append(replace(note, pitch=fits[0], vel=note.vel * 0.86))
        return second

    return change


def embellish(density: float = 0.4) -> Variation:
    """Adds passing and neighbour notes inside longer notes."""

    def change(notes: list[Note], scene: Scene) -> list[Note]:
        varied: list[Note] = []
        for note, after in zip(notes, [*notes[1:], None], strict=True):
            if after is None or note.dur < 1.0 or scene.rng.random() > density:
                varied.append(note)
                continue
            varied.extend(_linked(note, after, scene))
        return varied

    return change


def _linked(note: Note, after: Note, scene: Scene) -> list[Note]:
    if after.start - note.end > 0.26:
        return [note]
    gap = after.pitch - note.pitch
    allowed = scene.scale | set(scene.harmony.at(note.end - 0.5).classes)
    if 3 <= abs(gap) <= 5:
        between = [p for p in range(min(note.pitch, after.pitch) + 1, max(note.pitch, after.pitch))]
    else:
        side = 1 if gap <= 0 else -1
        between = [after.pitch + side * step for step in (1, 2)]
    fits = [p for p in between if p % 12 in allowed]
    if not fits:
        return [note]
    short = replace(note, dur=note.dur - 0.5)
    passing = Note(note.end - 0.5, 0.48, fits[len(fits) // 2], note.vel * 0.88)
    return [short, passing]


def early(beats: float = 0.5) -> Variation:
    """Pulls notes that open a bar ahead of the bar line."""

    def change(notes: list[Note], scene: Scene) -> list[Note]:
        varied: list[Note] = []
        for note in notes:
            opens = note.start > 0 and note.start % scene.harmony.metre == 0 and note.dur >= 1
            free = not varied or varied[-1].end <= note.start - beats + 1e-6
            if opens and not free and varied[-1].dur >= 2 * beats:
                varied[-1] = replace(varied[-1], dur=varied[-1].dur - beats)
                free = True
            if opens and free:
                note = replace(note, start=note.start - beats, dur=note.dur + beats)
            varied.append(note)
        return varied

    return change


def bars(first: int, last: int) -> Variation:
    """Keeps only bars first to last, counted from 1."""

    def change(notes: list[Note], scene: Scene) -> list[Note]:
        metre = scene.harmony.metre
        return [n for n in notes if (first - 1) * metre <= n.start < last * metre]

    return change


def rolled(voices: int = 2) -> Variation:
    """Thickens long melody notes with chord tones below, as a pianist's right hand does."""

    def change(notes: list[Note], scene: Scene) -> list[Note]:
        thick: list[Note] = []
        for note in notes:
            thick.append(note)
            if note.dur < 1.0:
                continue
            tones = scene.harmony.at(note.start).colours(4)
            under = sorted({nearest(t, note.pitch - 6) for t in tones}, reverse=True)
            fits = [p for p in under if 3 <= note.pitch - p <= 10]
            for pitch in fits[: voices - 1]:
                thick.append(replace(note, pitch=pitch, vel=note.vel * 0.74))
        return thick

    return change
