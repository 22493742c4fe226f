"""The wire: one PyAudio stream, open as long as the store broadcasts, and a silent one where there is no device."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pyaudio

from kiosk.audio.voice import Mix
from kiosk.errors import DeviceFault
from kiosk.sentences import tell
from kiosk.units import SAMPLE_RATE_HZ

log = logging.getLogger(__name__)

Pull = Callable[[int], Mix]
SILENT = "no sound output: the programme runs silently"
_HANGS_S = 2.0  # a device that does not take a block for so long never will
_PRIORITY = 10  # of 99, real time
_TELL_LATE_S = 60.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. stalled_s: a stream without progress for so long is dead, whatever it says of itself.

    retry_s: before a second attempt at a device that is away; every further one waits twice as long, up to most_s: each
    costs a moment of the processor. check_s: between two looks.
    """

    stalled_s: float = 2.0
    retry_s: float = 5.0
    most_s: float = 60.0
    check_s: float = 0.5


USUAL = Patience()


class Stream(Protocol):
    """Something that pulls the mixer, in real time, once it is started."""

    @property
    def name(self) -> str:
        """What the board calls it."""

    @property
    def frames(self) -> int:
        """How many it has taken: by its growth it is known to be alive."""

    @property
    def underruns(self) -> int:
        """Blocks that came too late."""

    @property
    def latency_s(self) -> float:
        """From the mixer to the loudspeaker."""

    def start(self) -> None:
        """Begin to pull. Once."""

    def close(self) -> None:
        """Stop pulling, or never begin. Twice does no harm."""


class PyAudioStream:
    """A PortAudio output stream and the thread that feeds it. device: name or part of it as PortAudio lists it, "" for
    the default. Raises DeviceFault when there is none.

    The thread has the priority that PortAudio's own would not get from here, and fills no more than there is room for:
    an order is heard 40 ms after it is given, at 1024 frames. frames: how many PortAudio has taken; judge health by its
    growth alone.
    """

    def __init__(self, pull: Pull, *, device: str, channels: int, block_frames: int) -> None:
        self.frames = 0
        self.underruns = 0
        self._pull = pull
        self._block_frames = block_frames
        quiet_the_libraries()
        try:
            with contextlib.ExitStack() as stack:
                self._portaudio = pyaudio.PyAudio()
                stack.callback(self._portaudio.terminate)
                index, self.name = _find(self._portaudio, device, channels)
                self._stream = self._portaudio.open(
                    rate=SAMPLE_RATE_HZ,
                    channels=channels,
                    format=pyaudio.paFloat32,
                    output=True,
                    output_device_index=index,
                    frames_per_buffer=block_frames,
                )
                self.latency_s = float(self._stream.get_output_latency())
                stack.pop_all()
        except (OSError, ValueError) as error:
            raise DeviceFault(
                tell(
                    "sound output {device}: {cause}; plug it in, or name another one in site.toml, [output]",
                    device=device or "default",
                    cause=error,
                )
            ) from error
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._feed, name="sound output", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join(_HANGS_S)
        portaudio, self._portaudio = self._portaudio, None
        if self._thread.is_alive():
            log.warning("sound output %s hangs and is left behind: look at the card and its cable", self.name)
        elif portaudio is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
            portaudio.terminate()

    def _feed(self) -> None:
        with contextlib.suppress(OSError):  # where the system grants it
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(_PRIORITY))
        try:
            capacity = self._stream.get_write_available()
            while not self._closing.is_set():
                room = self._stream.get_write_available()
                if room < self._block_frames:  # made now, a block would only wait, and not know of the latest orders
                    self._closing.wait((self._block_frames - room) / SAMPLE_RATE_HZ)
                    continue
                block = self._pull(self._block_frames)
                if room >= capacity and self.frames > 0:
                    self.underruns += 1  # what PortAudio held has run out meanwhile
                # Without an exception on underflow: PyAudio closes the stream before it raises that.
                self._stream.write(block.tobytes(), self._block_frames)
                self.frames += self._block_frames
        except OSError as error:
            log.warning("sound output %s: %s; it is opened again by itself, else look at its cable", self.name, error)


class SilentStream:
    """Pulls the mixer in real time and sends nothing anywhere: the programme goes on, metered and logged."""

    underruns = 0
    latency_s = 0.0

    def __init__(self, pull: Pull, *, block_frames: int, name: str = SILENT) -> None:
        self.name = name
        self.frames = 0
        self._pull = pull
        self._block_frames = block_frames
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="silent output", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        due_s = time.monotonic()
        while not self._closing.is_set():
            self._pull(self._block_frames)
            self.frames += self._block_frames
            due_s += self._block_frames / SAMPLE_RATE_HZ
            wait_s = due_s - time.monotonic()
            if wait_s < -1.0:  # the machine slept
                due_s = time.monotonic()
            self._closing.wait(max(0.0, wait_s))


class Wire:
    """Keeps sound flowing from `open` to `close`: tends the stream, reopens it when it stalls, silent in between.

    open_device: makes the stream or raises DeviceFault. tell: called with a sentence when the output changes, from the
    tending thread. heard: called with False when the device is lost, with True when one sounds again after that.
    latency: called with the output's latency in seconds. silence: what to say while there is no device.
    Somebody pulls at any moment, and only one: time goes on for the programme whatever the device does.
    """

    def __init__(  # noqa: PLR0913
        self,
        open_device: Callable[[], Stream],
        open_silence: Callable[[], Stream],
        *,
        tell: Callable[[str], None],
        heard: Callable[[bool], None] = lambda _: None,
        latency: Callable[[float], None],
        patience: Patience = USUAL,
        silence: str = SILENT,
    ) -> None:
        self._patience = patience
        self._open_device = open_device
        self._open_silence = open_silence
        self._tell = tell
        self._heard = heard
        self._latency = latency
        self._silence = silence
        self._stream: Stream | None = None
        self._silent = False
        self._earlier_underruns = 0
        self._told_underruns = 0
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        """What plays now, for the board."""
        return self._stream.name if self._stream is not None else "closed"

    @property
    def underruns(self) -> int:
        """Blocks that came too late, over all streams."""
        return self._earlier_underruns + (self._stream.underruns if self._stream is not None else 0)

    @property
    def frames(self) -> int:
        """How many the device that plays now has taken; 0 while there is none."""
        stream = self._stream
        return stream.frames if stream is not None and stream.name != SILENT else 0

    @property
    def progress(self) -> object:
        """What changes as long as somebody pulls the mixer, from a device or silently; None while it is closed."""
        stream = self._stream
        return None if stream is None else (id(stream), stream.frames)

    def open(self) -> None:
        """Begin to pull, from the device or silently. Opening twice does no harm."""
        if self._thread is not None:
            return
        self._closing.clear()
        try:
            self._turn_to(self._open_device(), silent=False)
        except DeviceFault as fault:
            self._turn_to(self._open_silence(), silent=True)
            self._tell(f"{fault}. {self._silence}")
        self._thread = threading.Thread(target=self._tend, name="wire", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop pulling and give the device back. Twice does no harm."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._closing.set()
            thread.join()
            self._tell_late()
            self._turn_to(None, silent=False)

    def _turn_to(self, stream: Stream | None, *, silent: bool) -> None:
        """From one stream to another: the old one has ended before the new one begins."""
        before, self._stream, self._silent = self._stream, stream, silent
        if before is not None:
            self._earlier_underruns += before.underruns
            before.close()
        if stream is not None:
            self._latency(stream.latency_s)
            stream.start()

    def _tend(self) -> None:
        patience = self._patience
        stream, seen, seen_s = self._stream, -1, time.monotonic()
        told_s, told_away = time.monotonic(), True  # a device that was away from the start was told then
        retry_s, retry_at_s = patience.retry_s, time.monotonic() + patience.retry_s
        while not self._closing.wait(patience.check_s):
            now_s = time.monotonic()
            if now_s - told_s > _TELL_LATE_S:
                told_s = now_s
                self._tell_late()
            if stream is not self._stream or stream is None or stream.frames != seen:
                stream, seen_s = self._stream, now_s
                seen = stream.frames if stream is not None else -1
            elif now_s - seen_s > patience.stalled_s:
                self._tell(f"sound output {stream.name} stalled for {patience.stalled_s:.0f} s: it is opened again")
                if not self._silent:
                    self._heard(False)
                self._turn_to(self._open_silence(), silent=True)
                retry_s, retry_at_s, told_away = patience.retry_s, now_s, False
            if self._silent and now_s >= retry_at_s:
                fault = self._try_device()
                if fault and not told_away:
                    told_away = True
                    self._tell(f"{fault}. {SILENT}")
                retry_at_s = time.monotonic() + retry_s
                retry_s = min(2 * retry_s, patience.most_s) if self._silent else patience.retry_s

    def _tell_late(self) -> None:
        late, self._told_underruns = self.underruns - self._told_underruns, self.underruns
        if late > 0:
            busy = "there may have been clicks; see what keeps this machine busy (top)"
            log.warning("sound output %s: %d blocks came too late, %s", self.name, late, busy)

    def _try_device(self) -> str:
        """Change from silence to the device once it is back, "" then; until it is open, silence goes on: why."""
        try:
            device = self._open_device()
        except DeviceFault as fault:
            return str(fault)
        self._turn_to(device, silent=False)
        self._tell(f"sound output {device.name} is back")
        self._heard(True)
        return ""


def device_called(device: str, channels: int) -> str:
    """The full name of the output that a site calls so, "" for the default. Raises DeviceFault where there is none."""
    quiet_the_libraries()
    try:
        with begun_portaudio() as portaudio:
            return _find(portaudio, device, channels)[1]
    except (OSError, ValueError) as error:
        raise DeviceFault(
            tell(
                "sound output {device}: {cause}; name another one in site.toml",
                device=device or "default",
                cause=error,
            )
        ) from error


@contextlib.contextmanager
def begun_portaudio() -> Iterator[Any]:
    """PortAudio for a moment: begun anew, it knows what is plugged in now. Raises OSError where it does not begin."""
    portaudio = pyaudio.PyAudio()
    try:
        yield portaudio
    finally:
        portaudio.terminate()


def _find(portaudio: Any, device: str, channels: int) -> tuple[int | None, str]:
    if not device:
        info = portaudio.get_default_output_device_info()
        return None, str(info["name"])
    names = []
    for index in range(portaudio.get_device_count()):
        info = portaudio.get_device_info_by_index(index)
        if info["maxOutputChannels"] >= channels:
            names.append(str(info["name"]))
            if device == info["name"]:
                return index, device
    for name in names:
        if device in name:
            return _find(portaudio, name, channels)
    raise ValueError(f"there is none of that name with {channels} channels; there are: {', '.join(names) or 'none'}")


_ALSA_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_JACK_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
_say_nothing_alsa = _ALSA_HANDLER(lambda *_: None)
_say_nothing_jack = _JACK_HANDLER(lambda _: None)


def quiet_the_libraries() -> None:
    """ALSA and JACK write every device they do not find to stderr, over the board; PortAudio reports what matters."""
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    with contextlib.suppress(OSError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_say_nothing_alsa)
    with contextlib.suppress(OSError):
        jack = ctypes.CDLL("libjack.so.0")
        jack.jack_set_error_function(_say_nothing_jack)
        jack.jack_set_info_function(_say_nothing_jack)
