"""Writing rendered sound to a file while it is being made; the format follows the file's ending (FLAC, WAV, OGG)."""

from __future__ import annotations

import queue
import threading
from pathlib import Path
from typing import Self

import soundfile

from kiosk.audio.voice import Mix
from kiosk.errors import DeviceFault
from kiosk.units import SAMPLE_RATE_HZ

_AHEAD_BLOCKS = 256


class Recorder:
    """A context manager; blocks given to `write` are encoded on a thread of its own. Raises DeviceFault.

    An unfinished file is removed, so that what exists is whole.
    """

    def __init__(self, path: Path, channels: int) -> None:
        self._path = path
        self._unfinished = path.with_name(f".{path.stem}.unfinished{path.suffix}")
        try:
            self._file = soundfile.SoundFile(self._unfinished, "w", SAMPLE_RATE_HZ, channels)
        except (soundfile.LibsndfileError, TypeError, ValueError, OSError) as error:
            raise DeviceFault(
                f"{path} cannot be written: {error}; name a .flac or .wav in a folder that exists"
            ) from error
        self._blocks: queue.Queue[Mix | None] = queue.Queue(_AHEAD_BLOCKS)
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._encode, name="recorder", daemon=True)
        self._thread.start()

    def write(self, block: Mix) -> None:
        """Add a block, shape (frames, channels); waits only if the encoder is far behind."""
        if self._fault is not None:
            raise DeviceFault(f"{self._path} cannot be written: {self._fault}; free some space") from self._fault
        self._blocks.put(block)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._blocks.put(None)
        self._thread.join()
        self._file.close()
        if kind is not None or self._fault is not None:
            self._unfinished.unlink(missing_ok=True)
        if kind is None:
            if self._fault is not None:
                raise DeviceFault(f"{self._path} cannot be written: {self._fault}; free some space")
            self._unfinished.replace(self._path)

    def _encode(self) -> None:
        while (block := self._blocks.get()) is not None:
            if self._fault is None:
                try:
                    self._file.write(block)
                except (soundfile.LibsndfileError, OSError) as error:
                    self._fault = error
