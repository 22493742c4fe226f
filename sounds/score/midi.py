"""Writes one player's take as a standard MIDI file."""

from pathlib import Path

import mido
from perform import Performance, Take
from song import DRUMS

TICKS = 960
TAIL_S = 4.0


def _messages(take: Take) -> list[tuple[float, int, mido.Message]]:
    """(beat, order within the beat, message): setup, controls, note ends, note starts."""
    part = take.part
    channel = 9 if part.program == DRUMS else 0
    program = part.kit if part.program == DRUMS else part.program
    pan = max(0, min(127, 64 + part.pan))
    events: list[tuple[float, int, mido.Message]] = [
        (0.0, 0, mido.Message("program_change", channel=channel, program=program))
    ]
    for controller, value in ((7, 100), (10, pan), (91, part.reverb), (93, 0)):
        message = mido.Message("control_change", channel=channel, control=controller, value=value)
        events.append((0.0, 1, message))
    for beat, controller, value in take.controls:
        message = mido.Message("control_change", channel=channel, control=controller, value=value)
        events.append((max(0.0, beat), 2, message))
    for beat, bend in take.bends:
        events.append((beat, 2, mido.Message("pitchwheel", channel=channel, pitch=bend)))
    for note in take.notes:
        on = mido.Message("note_on", channel=channel, note=note.pitch, velocity=round(note.vel))
        off = mido.Message("note_off", channel=channel, note=note.pitch, velocity=40)
        events.append((note.start, 4, on))
        events.append((note.end, 3, off))
    return events


def write(path: Path, take: Take, performance: Performance) -> None:
    """One track with the whole tempo map, ended TAIL_S after the last bar for the ring."""
    events = _messages(take)
    for beat, bpm in performance.tempo.steps:
        events.append((beat, 0, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(bpm))))
    last_bpm = performance.tempo.steps[-1][1]
    end = performance.beats + TAIL_S * last_bpm / 60.0
    events.append((end, 5, mido.MetaMessage("end_of_track")))
    track = mido.MidiTrack()
    now = 0
    for beat, _, message in sorted(events, key=lambda e: (round(e[0] * TICKS), e[1])):
        tick = round(beat * TICKS)
        track.append(message.copy(time=max(0, tick - now)))
        now = max(now, tick)
    score = mido.MidiFile(type=0, ticks_per_beat=TICKS)
    score.tracks.append(track)
    score.save(str(path))
