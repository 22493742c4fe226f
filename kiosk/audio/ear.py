"""An ear in the hall: records a microphone for the self-check, in a process that does not mix sound."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import Any, Self

import numpy as np
import pyaudio

from kiosk.audio.output import quiet_the_libraries
from kiosk.audio.reference_tone import Mono
from kiosk.errors import DeviceFault
from kiosk.sentences import tell
from kiosk.units import SAMPLE_RATE_HZ, frames_in

BLOCK_FRAMES = 1024


class Ear:
    """A microphone, open from construction to `close`. device: (part of) its name for PortAudio, "" for the default.

    Raises DeviceFault. One thread only.
    """

    def __init__(self, device: str) -> None:
        quiet_the_libraries()
        self._device = device
        try:
            with ExitStack() as stack:
                self._portaudio = pyaudio.PyAudio()
                stack.callback(self._portaudio.terminate)
                self._stream = self._portaudio.open(
                    rate=SAMPLE_RATE_HZ,
                    channels=1,
                    format=pyaudio.paFloat32,
                    input=True,
                    input_device_index=_index(self._portaudio, device),
                    frames_per_buffer=BLOCK_FRAMES,
                )
                stack.pop_all()
        except (OSError, ValueError) as error:
            raise self._fault(error) from error

    def record(self, seconds: float) -> Mono:
        """What is heard from now on; what was heard before the call is forgotten. Raises DeviceFault."""
        blocks = []
        left = frames_in(seconds)
        try:
            while (old := self._stream.get_read_available()) > 0:
                self._stream.read(old, exception_on_overflow=False)
            while left > 0:
                raw = self._stream.read(min(BLOCK_FRAMES, left), exception_on_overflow=False)
                blocks.append(np.frombuffer(raw, np.float32))
                left -= len(blocks[-1])
        except OSError as error:
            raise self._fault(error) from error
        return np.concatenate(blocks)

    def close(self) -> None:
        """Give the microphone back. Twice does no harm."""
        portaudio, self._portaudio = self._portaudio, None
        if portaudio is not None:
            with suppress(OSError):  # it was pulled out
                self._stream.close()
            portaudio.terminate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _fault(self, error: Exception) -> DeviceFault:
        return DeviceFault(
            tell(
                "microphone {device}: {cause}; plug it in, or name another one in site.toml",
                device=self._device or "default",
                cause=error,
            )
        )


def _index(portaudio: Any, device: str) -> int:
    if not device:
        return int(portaudio.get_default_input_device_info()["index"])
    names = []
    for index in range(portaudio.get_device_count()):
        info = portaudio.get_device_info_by_index(index)
        if info["maxInputChannels"] > 0:
            if device in str(info["name"]):
                return index
            names.append(str(info["name"]))
    raise ValueError(f"there is none of that name; there are: {', '.join(names) or 'none'}")
