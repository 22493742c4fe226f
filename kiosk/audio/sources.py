"""Where samples come from: a file being decoded, a clip kept in memory, the tone bed, and an item's parts in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.decoder import FRAME_BYTES, Decoder, PcmStream
from kiosk.audio.tone_bed import bed
from kiosk.errors import DecodeFault
from kiosk.rules.broadcast.material import LIVE, REST, TONE_BED, Clip
from kiosk.units import amplitude_of, frames_in

Samples = NDArray[np.int16]  # shape (frames, 2), 44.1 kHz


class Source(Protocol):
    """Samples in order. Used on the audio thread: nothing here waits, unless the decoder was made to block."""

    @property
    def ended(self) -> bool:
        """No more will come."""

    @property
    def fault(self) -> str:
        """Why it ended without sound or early, "" if it did not."""

    def promise(self) -> bool | None:
        """Before it is read: whether there will be any sound; None while that is not known yet."""

    def read(self, out: Samples) -> int:
        """Fill `out` from the start; returns the frames copied, fewer where no more is there yet or at all."""

    def close(self) -> None:
        """Let go; no more is read. Twice does no harm."""


class StreamSource:
    """A file being decoded."""

    def __init__(self, stream: PcmStream) -> None:
        self._stream = stream

    @property
    def ended(self) -> bool:
        return self._stream.ended

    @property
    def fault(self) -> str:
        return self._stream.fault

    def promise(self) -> bool | None:
        return self._stream.promise()

    def read(self, out: Samples) -> int:
        return self._stream.read_into(out.data.cast("B"))

    def close(self) -> None:
        self._stream.close()


class ClipSource:
    """Samples in memory; `endless` begins again at the end."""

    fault = ""

    def __init__(self, samples: Samples, *, endless: bool = False) -> None:
        self._samples = samples
        self._endless = endless
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at >= len(self._samples)

    def promise(self) -> bool | None:
        return len(self._samples) > 0

    def read(self, out: Samples) -> int:
        done = 0
        while done < len(out) and not self.ended:
            count = min(len(out) - done, len(self._samples) - self._at)
            out[done : done + count] = self._samples[self._at : self._at + count]
            done += count
            self._at += count
            if self.ended and self._endless:
                self._at = 0
        return done

    def close(self) -> None:
        self._at = len(self._samples)
        self._endless = False


class NoSource:
    """A file that could not even be opened: over before it began, with the reason."""

    ended = True

    def __init__(self, fault: str) -> None:
        self.fault = fault

    def promise(self) -> bool | None:
        return False

    def read(self, out: Samples) -> int:
        return 0

    def close(self) -> None:
        """Nothing to let go of."""


class Live(Source, Protocol):
    """The voice of a talk."""

    @property
    def called_off(self) -> bool:
        """Whether the talk ended before its first word: what frames it is not wanted either."""


class PartsSource:
    """The parts of one item in a row, not a sample between them: an announcement is one thing (B09).

    live: the one of them that is a talk's voice, None where there is none.
    A part that cannot be played is passed over, so that a missing prelude never costs the shoppers the script.
    """

    def __init__(self, parts: Sequence[tuple[str, float, Source]], live: Live | None = None) -> None:
        self.live = live
        self._parts = list(parts)
        self._at = 0
        self._faults: list[str] = []

    @property
    def ended(self) -> bool:
        self._pass_over_ended()
        return self._at >= len(self._parts)

    @property
    def fault(self) -> str:
        self._pass_over_ended()
        return "; ".join(self._faults)

    def promise(self) -> bool | None:
        """Before it is read: whether any part will sound; None while that is not known yet."""
        promises = [source.promise() for _, _, source in self._parts]
        return True if True in promises else None if None in promises else False

    @property
    def phase(self) -> str:
        """The name of the part that sounds, the last one at the end."""
        return self._parts[min(self._at, len(self._parts) - 1)][0] if self._parts else ""

    @property
    def gain(self) -> float:
        """The amplitude factor of the part that `read` reads from."""
        return self._parts[min(self._at, len(self._parts) - 1)][1] if self._parts else 1.0

    def read(self, out: Samples) -> int:
        """Frames of one part only, so that its gain can be applied; 0 with `ended` false means not yet."""
        while not self.ended:
            source = self._parts[self._at][2]
            frames = source.read(out)
            if frames > 0 or not source.ended:
                return frames
        return 0

    def close(self) -> None:
        for _, _, source in self._parts:
            source.close()
        self._at = len(self._parts)

    def _pass_over_ended(self) -> None:
        while self._at < len(self._parts) and self._parts[self._at][2].ended:
            name, _, source = self._parts[self._at]
            if source.fault:
                self._faults.append(f"{name}: {source.fault}")
            source.close()
            self._at += 1


class SoundShelf:
    """Opens clips by path; clips that must sound at once are kept decoded in memory.

    root: the site directory. decoder: shared with nobody who makes it block. live: makes the source of a talk, where
    there is a microphone.
    """

    live: Callable[[], Live] | None = None

    def __init__(self, root: Path, decoder: Decoder) -> None:
        self._root = root
        self._decoder = decoder
        self._kept: dict[str, Samples] = {}
        self._bed = bed()

    def keep(self, path: str) -> None:
        """Decode a clip into memory now, so that it starts within one block. Raises DecodeFault; waits for it."""
        if path in self._kept:
            return
        self._kept[path] = _small(read_whole(self._decoder, self._root / path))

    def open(self, parts: Sequence[Clip], names: Sequence[str]) -> PartsSource:
        """An item's parts, decoding from now on. Never raises: what is wrong is told when its turn comes."""
        talks = any(clip.path == LIVE for clip in parts)
        live = None if self.live is None or not talks else self.live()
        opened = ((name, clip, self._open(clip, live)) for clip, name in zip(parts, names, strict=True))
        return PartsSource([(name, amplitude_of(clip.gain_db), source) for name, clip, source in opened], live)

    def _open(self, clip: Clip, live: Live | None) -> Source:
        path = clip.path
        if path.startswith(REST):
            return ClipSource(np.zeros((frames_in(clip.duration_s), 2), dtype=np.int16))
        if path == TONE_BED:
            return ClipSource(self._bed, endless=True)
        if path == LIVE:
            return live or NoSource("no microphone is wired")
        if path in self._kept:
            return ClipSource(self._kept[path])
        try:
            return StreamSource(self._decoder.open(self._root / path))
        except DecodeFault as fault:
            return NoSource(str(fault))


def read_whole(decoder: Decoder, path: Path) -> Samples:
    """All samples of a file, at once. Raises DecodeFault where there are none."""
    stream = decoder.open(path, blocking=True)
    whole = bytearray()
    piece = bytearray(1 << 16)
    while not stream.ended:
        whole += piece[: stream.read_into(memoryview(piece)) * FRAME_BYTES]
    stream.close()
    if stream.fault:
        raise DecodeFault(stream.fault)
    return np.frombuffer(whole, dtype="<i2").reshape(-1, 2)


def _small(samples: Samples) -> Samples:
    """The same samples; where both channels are alike, as those of every voice and chime are, they share one memory."""
    left = samples[:, 0]
    if not np.array_equal(left, samples[:, 1]):
        return samples
    return np.broadcast_to(left.copy()[:, None], samples.shape)
