"""What was said before is kept: a FLAC for each text, under the hash of all that shapes its sound."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from kiosk.audio.speech.engine import Wave
from kiosk.errors import DeviceFault
from kiosk.units import SAMPLE_RATE_HZ

log = logging.getLogger(__name__)

KEPT_S = 60 * 86_400.0  # pages name people: what nobody asks for is forgotten after two months
MOST_BYTES = 400_000_000
_FULL_SCALE = 32_767


class Shelf:
    """folder: made when first written to. Where it cannot be written, a folder that ends with this process serves."""

    def __init__(self, folder: Path, *, now_s: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now_s = now_s
        self._spare: tempfile.TemporaryDirectory[str] | None = None

    def find(self, key: str) -> Path | None:
        """The sound of a key, if it is whole. Finding it keeps it from being forgotten."""
        for folder in self._folders():
            path = folder / f"{key}.flac"
            try:
                whole = soundfile.info(path).frames > 0
            except (soundfile.LibsndfileError, OSError):
                continue
            if whole:
                with contextlib.suppress(OSError):
                    os.utime(path, ns=(self._now_ns(), path.stat().st_mtime_ns))  # read now; changed when it was
                return path
        return None

    def keep(self, key: str, wave: Wave) -> Path:
        """Write a sound, whole or not at all. Raises DeviceFault where there is no place for it whatever."""
        try:
            path = _written(self._folder, key, wave)
        except (OSError, soundfile.LibsndfileError) as error:
            log.warning("speech cannot be kept in %s: %s; it is made again after a restart", self._folder, error)
            try:
                path = _written(self._spare_folder(), key, wave)
            except (OSError, soundfile.LibsndfileError) as worse:
                raise DeviceFault(f"speech cannot be written anywhere: {worse}; make room on the disk") from worse
        else:
            os.utime(path, ns=(self._now_ns(), path.stat().st_mtime_ns))
            self.tidy()
        return path

    def tidy(self) -> None:
        """Forget what was not asked for in KEPT_S seconds, and the longest unused beyond MOST_BYTES."""
        left = MOST_BYTES
        with contextlib.suppress(OSError):
            kept = [(one.stat(), one) for one in self._folder.glob("*.flac")]
            for stat, path in sorted(kept, key=lambda one: one[0].st_atime, reverse=True):
                left -= stat.st_size
                if left < 0 or self._now_s() - stat.st_atime > KEPT_S:
                    path.unlink(missing_ok=True)

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


def _written(folder: Path, key: str, wave: Wave) -> Path:
    path = folder / f"{key}.flac"
    unfinished = folder / f".{key}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            steps = np.round(np.clip(wave, -1.0, 1.0) * _FULL_SCALE).astype(np.int16)
            soundfile.write(file, steps, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return path
