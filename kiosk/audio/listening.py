"""Listening to files before the day: every sample decoded, length and loudness measured, remembered until they change.

Loudness is EBU R128 by pyloudnorm, measured in stretches of a minute (a long file would not fit into a Pi's memory)
that are joined by energy. It imports scipy, so it belongs into a child process, never into the broadcast role itself.
"""

from __future__ import annotations

import json
import logging
import math
import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.audio.decoder import Decoder
from kiosk.audio.sources import Samples, read_whole
from kiosk.errors import DecodeFault
from kiosk.rules.broadcast.library import Sound
from kiosk.units import SAMPLE_RATE_HZ, seconds_of

log = logging.getLogger(__name__)

STRETCH_FRAMES = 60 * SAMPLE_RATE_HZ
SHORTEST_FRAMES = round(0.4 * SAMPLE_RATE_HZ)  # R128 needs a block of 400 ms
SILENT_LUFS = -70.0
_VERSION = 1

Progress = Callable[[int, int, str], None]


def listen(root: Path, paths: Iterable[str], memory: Path | None, progress: Progress | None = None) -> dict[str, Sound]:
    """Every path's Sound, from memory where the file has not changed since. progress: done, of how many, which one.

    memory: a JSON file in the state directory; a damaged one is forgotten. Never raises for a bad sound file: its Sound
    says what is wrong.
    """
    wanted = tuple(dict.fromkeys(paths))
    book = HeardBook(root, memory)
    sounds = {path: sound for path in wanted if (sound := book.find(path)) is not None}
    unknown = [path for path in wanted if path not in sounds]
    if unknown:
        with Decoder(blocking=True) as decoder:
            for done, path in enumerate(unknown):
                if progress is not None:
                    progress(done, len(unknown), path)
                sounds[path] = book.hear(decoder, path)
        if progress is not None:
            progress(len(unknown), len(unknown), "")
        book.write()
    return {path: sounds[path] for path in wanted}


class HeardBook:
    """What was heard of the files of a site, each until its file changes. `write` it when something was added."""

    def __init__(self, root: Path, memory: Path | None) -> None:
        self._root = root
        self._memory = memory
        self._known = _recall(memory)

    def find(self, path: str) -> Sound | None:
        """What is known of a file as it is now."""
        known = self._known.get(path)
        return known[1] if known is not None and known[0] == _mark(self._root / path) else None

    def hear(self, decoder: Decoder, path: str) -> Sound:
        """Listen to a file, whatever is known of it."""
        file = self._root / path
        mark = _mark(file)  # before: a file that is being copied is listened to again
        sound = hear(decoder, file)
        self._known[path] = (mark, sound)
        return sound

    def keep(self, path: str, sound: Sound) -> None:
        """What somebody else has heard of a file as it is now."""
        self._known[path] = (_mark(self._root / path), sound)

    def write(self) -> None:
        """Keep it for the next start; a disk that refuses is told in the log."""
        _remember(self._memory, self._known)


def glance(path: Path, presumed_lufs: float) -> Sound | None:
    """What a file's header tells of its length, its level presumed: to play it before anybody could listen to it.

    None where the header cannot be read: that takes listening. A millisecond.
    """
    import soundfile

    try:
        seconds = float(soundfile.info(path).duration)
    except (soundfile.LibsndfileError, OSError):
        return None
    return Sound(round(seconds, 6), presumed_lufs, 0.0) if seconds > 0 else None


def hear(decoder: Decoder, path: Path) -> Sound:
    """Decode and measure one file with a blocking decoder."""
    try:
        samples = read_whole(decoder, path)
    except DecodeFault as fault:
        return Sound(0.0, None, -120.0, str(fault))
    return sound_of(samples, path.name)


def sound_of(samples: Samples, name: str) -> Sound:
    """What the samples of a whole file tell. name: of the file, for the fault."""
    if len(samples) == 0:
        return Sound(0.0, None, -120.0, f"{name} holds no sound: replace the file")
    peak = max(1, int(max(samples.max(), -int(samples.min()))))
    return Sound(
        duration_s=round(seconds_of(len(samples)), 6),
        lufs=_loudness(samples),
        peak_dbfs=round(20 * math.log10(peak / 32768), 2),
    )


def _loudness(samples: Samples) -> float | None:
    import pyloudnorm  # heavy: scipy

    meter = pyloudnorm.Meter(SAMPLE_RATE_HZ)
    levels: list[tuple[float, int]] = []
    for begin in range(0, len(samples), STRETCH_FRAMES):
        stretch = samples[begin : begin + STRETCH_FRAMES].astype(np.float32) / 32768
        if len(stretch) < SHORTEST_FRAMES:
            if levels:
                continue
            stretch = np.pad(stretch, ((0, SHORTEST_FRAMES - len(stretch)), (0, 0)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # log of zero in digital silence
            levels.append((float(meter.integrated_loudness(stretch)), len(stretch)))
    audible = [(level, frames) for level, frames in levels if level > SILENT_LUFS]
    if not audible:
        return None
    loudest = max(level for level, _ in audible)
    gated = [(level, frames) for level, frames in audible if level > loudest - 20]
    energy = sum(10 ** (level / 10) * frames for level, frames in gated) / sum(frames for _, frames in gated)
    return round(10 * math.log10(energy), 2)


def _mark(path: Path) -> tuple[int, int]:
    """What changes when the file does."""
    try:
        stat = path.stat()
    except OSError:
        return (-1, -1)
    return (stat.st_size, stat.st_mtime_ns)


def _recall(memory: Path | None) -> dict[str, tuple[tuple[int, int], Sound]]:
    if memory is None or not memory.exists():
        return {}
    try:
        page: Mapping[str, Any] = json.loads(memory.read_text(encoding="utf-8"))
        if page["version"] != _VERSION:
            return {}
        return {
            path: ((entry["size"], entry["changed_ns"]), Sound(**entry["sound"]))
            for path, entry in page["sounds"].items()
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s is damaged and is written anew: %s", memory.name, error)
        return {}


def _remember(memory: Path | None, known: Mapping[str, tuple[tuple[int, int], Sound]]) -> None:
    if memory is None:
        return
    page = {
        "version": _VERSION,
        "sounds": {
            path: {"size": mark[0], "changed_ns": mark[1], "sound": asdict(sound)}
            for path, (mark, sound) in known.items()
        },
    }
    whole = json.dumps(page, ensure_ascii=False, indent=0)
    new = memory.with_suffix(".new")
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        new.replace(memory)
    except OSError as error:
        log.warning("what was heard of the library cannot be kept: %s; it is listened to again next time", error)
