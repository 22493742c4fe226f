"""Hearing an announcement before it is aired: mixed by itself, played on an output of its own, never by the mixer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from kiosk.audio.decoder import Decoder
from kiosk.audio.output import PyAudioStream, device_called
from kiosk.audio.sources import SoundShelf
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.material import Announcement
from kiosk.units import SAMPLE_RATE_HZ, frames_in, seconds_of

Heard = NDArray[np.float32]  # shape (frames, 2)
Progress = Callable[[float], None]

_PIECE_FRAMES = 4096
_BLOCK_FRAMES = 1024
_LOOK_S = 0.05
_STALLED_S = 5.0


def heard(announcement: Announcement, root: Path) -> Heard:
    """The announcement as shoppers would hear it, at the levels of the store. root: the site directory."""
    with Decoder(blocking=True) as decoder:
        source = SoundShelf(root, decoder).open(announcement.parts, announcement.part_names)
        pieces = []
        while not source.ended:
            samples = np.zeros((_PIECE_FRAMES, 2), dtype=np.int16)
            gain = source.gain
            frames = source.read(samples)
            pieces.append(samples[:frames].astype(np.float32) * np.float32(gain / 32_768))
        source.close()
    return np.concatenate(pieces) if pieces else np.zeros((0, 2), dtype=np.float32)


def kept(path: Path) -> Heard:
    """What the speech shelf keeps, as both ears hear it. Raises DeviceFault."""
    try:
        samples, _ = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise DeviceFault(f"{path} cannot be read: {error}; delete it, it is made again") from error
    return np.repeat(samples[:, :1], 2, axis=1)


def preview_output(device: str, on_the_air: Iterable[str]) -> str:
    """The full name of the preview's output. on_the_air: what the broadcast's outputs are called.

    Raises DeviceFault where there is none of that name, or where it is one of the broadcast's.
    """
    name = device_called(device, 2)
    for other in on_the_air:
        try:
            broadcast = device_called(other, 2)
        except DeviceFault:
            continue  # unplugged: nothing of it can be heard
        if broadcast == name:
            raise DeviceFault(
                f"[preview] device {device!r} is {name}, on which the store broadcasts: a preview is never on the air;"
                " name another output in site.toml, or write a file with --out"
            )
    return name


def play(sound: Heard, device: str, progress: Progress) -> None:
    """Play to the end; waits. progress: 0 to 1. Raises DeviceFault where the output fails or stalls."""
    played = _Played(sound)
    stream = PyAudioStream(played.pull, device=device, channels=2, block_frames=_BLOCK_FRAMES)
    stream.start()
    try:
        seen, still_s = -1, 0.0
        while not played.over.wait(_LOOK_S):
            progress(played.share)
            still_s = still_s + _LOOK_S if stream.frames == seen else 0.0
            seen = stream.frames
            if still_s > _STALLED_S:
                raise DeviceFault(f"sound output {stream.name} stalled; plug it in again, or write a file with --out")
    finally:
        stream.close()


class _Played:
    """A sound that is pulled once, and silence after it until all of it has left the output."""

    def __init__(self, sound: Heard) -> None:
        self.over = threading.Event()
        self._sound = sound
        self._at = 0

    @property
    def share(self) -> float:
        return min(1.0, self._at / max(1, len(self._sound)))

    def pull(self, frames: int) -> Heard:
        block = np.zeros((frames, 2), dtype=np.float32)
        piece = self._sound[self._at : self._at + frames]
        block[: len(piece)] = piece
        self._at += frames
        if self._at > len(self._sound) + frames_in(0.3):
            self.over.set()
        return block


def write(sound: Heard, out: Path) -> float:
    """Write the sound as FLAC; returns its seconds. Raises DeviceFault."""
    try:
        soundfile.write(out, np.clip(sound, -1.0, 1.0), SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16")
    except (OSError, soundfile.LibsndfileError) as error:
        raise DeviceFault(f"{out} cannot be written: {error}; name a folder that exists") from error
    return seconds_of(len(sound))
