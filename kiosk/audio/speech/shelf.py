"""What was said before is kept: a WAV for each text, under the hash of all that shapes its sound.

The file's comment tells its level, so that nobody has to listen to it again before it is aired. It is no FLAC, because
libVLC loses the last one or two blocks of many of those, up to 0.2 s, which is a word. Of a mono WAV it loses the
block of 2048 frames that the end lies in; so the sound is filled up with silence to a whole number of blocks, and one
frame more is there to be lost.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from kiosk.audio.speech.engine import Wave
from kiosk.audio.speech.finishing import loudness_lufs
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.library import Sound
from kiosk.units import SAMPLE_RATE_HZ, seconds_of

log = logging.getLogger(__name__)

KEPT_S = 60 * 86_400.0  # pages name people: what nobody asks for is forgotten after two months
HALF_MADE_S = 86_400.0  # what a power cut left of one
MOST_BYTES = 400_000_000
STEREO_LU = 3.01  # a mono file is aired on two channels: R128 adds their energy
_FULL_SCALE = 32_767
_BLOCK = 2048  # frames


@dataclass(frozen=True, slots=True)
class Kept:
    """One sound of the shelf. sound: as listening to it would tell."""

    path: Path
    sound: Sound


class Shelf:
    """folder: made when first written to. Where it cannot be written, a folder that ends with this process serves."""

    def __init__(self, folder: Path, *, now_s: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now_s = now_s
        self._spare: tempfile.TemporaryDirectory[str] | None = None

    def find(self, key: str) -> Kept | None:
        """The sound of a key, if it is whole. Finding it keeps it from being forgotten."""
        for folder in self._folders():
            path = folder / f"{key}.wav"
            try:
                with soundfile.SoundFile(path) as file:
                    level = json.loads(file.comment)
                    sound = Sound(round(seconds_of(file.frames - 1), 6), level["lufs"], level["peak_dbfs"])
            except (soundfile.LibsndfileError, OSError, ValueError, KeyError, TypeError):
                continue
            if sound.duration_s > 0:
                with contextlib.suppress(OSError):
                    os.utime(path, ns=(self._now_ns(), path.stat().st_mtime_ns))  # read now; changed when it was
                return Kept(path, sound)
        return None

    def keep(self, key: str, wave: Wave) -> Kept:
        """Write a sound, whole or not at all. Raises DeviceFault where there is no place for it whatever."""
        wave = _playable(wave)
        lufs, peak = loudness_lufs(wave), float(np.abs(wave).max(initial=0.0))
        sound = Sound(
            duration_s=round(seconds_of(len(wave) - 1), 6),
            lufs=round(lufs + STEREO_LU, 2) if np.isfinite(lufs) else None,
            peak_dbfs=round(20 * float(np.log10(max(peak, 1e-6))), 2),
        )
        try:
            path = _written(self._folder, key, wave, sound)
        except (OSError, soundfile.LibsndfileError) as error:
            log.warning("speech cannot be kept in %s: %s; it is made again after a restart", self._folder, error)
            try:
                path = _written(self._spare_folder(), key, wave, sound)
            except (OSError, soundfile.LibsndfileError) as worse:
                raise DeviceFault(f"speech cannot be written anywhere: {worse}; make room on the disk") from worse
        else:
            os.utime(path, ns=(self._now_ns(), path.stat().st_mtime_ns))
            self.tidy()
        return Kept(path, sound)

    def tidy(self) -> None:
        """Forget what was not asked for in KEPT_S seconds, the longest unused beyond MOST_BYTES, what is half made."""
        left = MOST_BYTES
        with contextlib.suppress(OSError):
            kept = [(one.stat(), one) for one in self._folder.glob("*.wav")]
            for stat, path in sorted(kept, key=lambda one: one[0].st_atime, reverse=True):
                left -= stat.st_size
                if left < 0 or self._now_s() - stat.st_atime > KEPT_S:
                    path.unlink(missing_ok=True)
            for half in self._folder.glob(".*.part"):
                if self._now_s() - half.stat().st_mtime > HALF_MADE_S:
                    half.unlink(missing_ok=True)

    def close(self) -> None:
        """The spare folder goes."""
        if self._spare is not None:
            self._spare.cleanup()
            self._spare = None

    def _now_ns(self) -> int:
        return round(self._now_s() * 1e9)

    def _folders(self) -> list[Path]:
        return [self._folder] + ([Path(self._spare.name)] if self._spare is not None else [])

    def _spare_folder(self) -> Path:
        if self._spare is None:
            self._spare = tempfile.TemporaryDirectory(prefix="kiosk-spoken-")
        return Path(self._spare.name)


def _playable(wave: Wave) -> Wave:
    """Whole blocks, and the frame that gets lost."""
    return np.pad(wave, (0, -len(wave) % _BLOCK + 1))


def _written(folder: Path, key: str, wave: Wave, sound: Sound) -> Path:
    path = folder / f"{key}.wav"
    unfinished = folder / f".{key}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            steps = np.round(np.clip(wave, -1.0, 1.0) * _FULL_SCALE).astype(np.int16)
            with soundfile.SoundFile(file, "w", SAMPLE_RATE_HZ, 1, "PCM_16", format="WAV") as wav:
                wav.comment = json.dumps({"lufs": sound.lufs, "peak_dbfs": sound.peak_dbfs})
                wav.write(steps)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return path
