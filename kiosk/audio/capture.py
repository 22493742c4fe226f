"""The microphone's own process: it listens, cleans the voice and keeps what is said, beside the mixer, not in its way.

It holds the device only while it is told to listen, and finds one that was plugged in a moment ago: PortAudio, begun
anew each time, would not see it otherwise. Blocks go to the mixer's process through a pipe, each with the number of the
listening it belongs to; a reader that does not read loses the newest, never the device.
"""

from __future__ import annotations

import os
import signal
import struct
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pyaudio
from numpy.typing import NDArray

from kiosk.audio.output import begun_portaudio, quiet_the_libraries
from kiosk.audio.voice_chain import Mono, VoiceChain, VoiceSettings
from kiosk.errors import DeviceFault
from kiosk.ports.broadcast import Heard, MicrophoneReport
from kiosk.units import SAMPLE_RATE_HZ, frames_in

BLOCK_FRAMES = 128
BLOCK_BYTES = 4 + 2 * BLOCK_FRAMES  # the number of the listening, then the samples; below the size of an atomic write
ENDING = ".flac"
WATCH_S = 0.25
SILENT_S = 1.0  # a device that gives nothing for so long is gone, whatever it says
NOBODY_S = 1.5  # somebody who talks so long is heard
PURGE_EVERY_S = 3600.0
_DAY_S = 86_400.0
_PRIORITY = 10  # of 99, real time: the mixer's own

Order = tuple[str, int, str]  # what, the number of the listening, a name


@dataclass(frozen=True, slots=True)
class CaptureChoices:
    """device: name or part of it as PortAudio lists it, "" for the default. channel: of it, from 1.

    settle_s: what comes sooner after the beginning is the supply's own noise. folder: where recordings are kept, for
    keep_s.
    """

    device: str
    channel: int
    settle_s: float
    folder: Path
    keep_s: float
    voice: VoiceSettings = field(default_factory=VoiceSettings)


def capture(choices: CaptureChoices, orders: Connection, samples: Connection) -> None:
    """Serve until told to close, or the other end of `orders` is closed. Main of a process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # for the role, which closes in order and then this
    os.umask(0o077)  # what was said is nobody else's business
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(_PRIORITY))
    os.set_blocking(samples.fileno(), False)
    quiet_the_libraries()
    booth = _Booth(choices, orders, samples.fileno())
    threading.Thread(target=booth.watch, name="watch", daemon=True).start()
    with suppress(EOFError, OSError):
        booth.serve()
    booth.rest()


class _Booth:
    """Takes one order after another; between two it hands on what the microphone delivers."""

    def __init__(self, choices: CaptureChoices, orders: Connection, samples_fd: int) -> None:
        self._choices = choices
        self._orders = orders
        self._samples_fd = samples_fd
        self._input: _Input | None = None
        self._chain = VoiceChain(choices.voice)
        self._number = 0
        self._frames = 0
        self._came_s = 0.0
        self._tape: _Tape | None = None

    def serve(self) -> None:
        purged_s = -PURGE_EVERY_S
        while True:
            if self._input is None and time.monotonic() - purged_s >= PURGE_EVERY_S:
                purged_s = time.monotonic()
                self._purge()
            if self._orders.poll(PURGE_EVERY_S if self._input is None else self._deliver()):
                self._obey(self._orders.recv())

    def watch(self) -> None:
        """On a thread of its own: a device that was pulled out may hang whoever reads it; then this process ends."""
        while True:
            time.sleep(WATCH_S)
            if self._input is not None and time.monotonic() - self._came_s > SILENT_S + WATCH_S:
                with suppress(OSError):
                    self._tell(Heard.DEAF, _fault(self._choices, OSError("it fell silent")))
                    self._stop_tape()
                os._exit(1)  # its other end hires another

    def rest(self) -> None:
        """Let go of the device."""
        device, self._input = self._input, None
        if device is not None:
            device.close()

    def _obey(self, order: Order) -> None:
        match order:
            case ("look", _, _):
                self._look()
            case ("listen", number, _):
                self._listen(number)
            case ("record", _, name):
                self._record(name)
            case ("rest", _, _):
                self.rest()
            case ("end", _, _):
                self._end()
            case _:
                self._end()
                raise EOFError("closed")

    def _look(self) -> None:
        try:
            with begun_portaudio() as portaudio:
                _find(portaudio, self._choices)
        except (OSError, ValueError) as error:
            self._tell(Heard.DEAF, _fault(self._choices, error))
        else:
            self._tell(Heard.THERE)

    def _listen(self, number: int) -> None:
        self.rest()
        self._number, self._frames = number, 0
        self._chain = VoiceChain(self._choices.voice)
        try:
            device = _Input(self._choices)
            self._came_s = time.monotonic()
            self._input = device
        except (OSError, ValueError) as error:
            self._tell(Heard.DEAF, _fault(self._choices, error))

    def _record(self, name: str) -> None:
        try:
            self._tape = _Tape(self._choices.folder, name)
        except OSError as error:
            self._tell(Heard.NOT_KEPT, f"the talk is not recorded: {error}")

    def _end(self) -> None:
        heard_s, loudest_dbfs = self._frames / SAMPLE_RATE_HZ, self._chain.loudest_dbfs
        self.rest()
        if heard_s > NOBODY_S and loudest_dbfs < self._choices.voice.gate_dbfs:
            text = (
                f"microphone: nobody was heard, the loudest was {loudest_dbfs:.0f} dBFS; is it muted, or turned down?"
            )
            self._tell(Heard.MUTE, text)
        self._frames = 0
        self._stop_tape()

    def _stop_tape(self) -> None:
        tape, self._tape = self._tape, None
        if tape is None:
            return
        try:
            seconds = tape.close()
            if seconds > 0.0:
                self._orders.send(MicrophoneReport(Heard.KEPT, tape.name, seconds))
        except OSError as error:
            self._tell(Heard.NOT_KEPT, f"the talk is not recorded: {error}")

    def _deliver(self) -> float:
        """Hand on every block that is there; returns how long to wait for the next, seconds."""
        device = self._input
        if device is None:
            return 0.0
        try:
            while (block := device.block()) is not None:
                self._came_s = time.monotonic()
                self._hand_on(block)
            if time.monotonic() - self._came_s > SILENT_S:
                raise OSError("it delivers nothing")
            return device.wait_s
        except OSError as error:
            self.rest()
            self._tell(Heard.DEAF, _fault(self._choices, error))
            return 0.0

    def _hand_on(self, block: Mono) -> None:
        if self._frames == 0:
            self._tell(Heard.LISTENS)
        self._frames += len(block)
        if self._frames <= frames_in(self._choices.settle_s):
            return
        voice = self._chain.process(block)
        with suppress(BlockingIOError):  # nobody listens at the moment: the oldest is kept, and thrown away later
            os.write(self._samples_fd, struct.pack("<i", self._number) + as_int16(voice).tobytes())
        if self._tape is not None:
            try:
                self._tape.write(voice)
            except DeviceFault as error:
                self._tape = None
                self._tell(Heard.NOT_KEPT, f"the talk is not recorded: {error}")

    def _purge(self) -> None:
        """What was kept long enough goes, and what a power cut left half written."""
        oldest_s = datetime.now().astimezone().timestamp() - self._choices.keep_s
        count, why = 0, ""
        try:
            old = [path for path in self._choices.folder.glob("*/*") if _stamp_s(path) < oldest_s]
        except OSError as error:
            old, why = [], str(error)
        for path in old:
            try:
                path.unlink(missing_ok=True)
                count += 1
            except OSError as error:
                why = str(error)
            with suppress(OSError):
                path.parent.rmdir()  # where it was the day's last
        if count:
            self._orders.send(MicrophoneReport(Heard.PURGED, count=count))
        if why:  # whoever wants to talk does not wait for it
            self._tell(Heard.NOT_KEPT, f"old talks cannot be deleted: {why}; look at the disk, delete them by hand")

    def _tell(self, what: Heard, text: str = "") -> None:
        self._orders.send(MicrophoneReport(what, text))


class _Input:
    """The open device. Raises OSError or ValueError."""

    def __init__(self, choices: CaptureChoices) -> None:
        with ExitStack() as stack:
            self._portaudio = pyaudio.PyAudio()
            stack.callback(self._portaudio.terminate)
            self._channels = choices.channel
            self._stream = self._portaudio.open(
                rate=SAMPLE_RATE_HZ,
                channels=self._channels,
                format=pyaudio.paFloat32,
                input=True,
                input_device_index=_find(self._portaudio, choices),
                frames_per_buffer=BLOCK_FRAMES,
            )
            stack.pop_all()

    @property
    def wait_s(self) -> float:
        """How long until the next block is there."""
        missing = BLOCK_FRAMES - int(self._stream.get_read_available())
        return max(0.0005, missing / SAMPLE_RATE_HZ)

    def block(self) -> Mono | None:
        """The next block of the channel, None where it is not there yet. Raises OSError."""
        if self._stream.get_read_available() < BLOCK_FRAMES:
            return None
        heard = np.frombuffer(self._stream.read(BLOCK_FRAMES, exception_on_overflow=False), dtype=np.float32)
        return heard.reshape(-1, self._channels)[:, -1]

    def close(self) -> None:
        with suppress(OSError):
            self._stream.close()
        self._portaudio.terminate()


class _Tape:
    """A recording under its name."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name + ENDING
        from kiosk.audio.recorder import Recorder  # here: the role, which imports this module as well, never records

        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._frames = 0
        self._recorder = Recorder(path, 1)
        self._recorder.__enter__()

    def write(self, voice: Mono) -> None:
        self._frames += len(voice)
        self._recorder.write(voice[:, None])

    def close(self) -> float:
        """Returns its length, seconds; nothing is left of one without sound. Raises DeviceFault."""
        self._recorder.__exit__(None if self._frames else EOFError)
        return self._frames / SAMPLE_RATE_HZ


def as_int16(voice: Mono) -> NDArray[np.int16]:
    """Samples as the decoder's."""
    samples: NDArray[np.int16] = np.clip(voice * 32768.0, -32768, 32767).astype("<i2")
    return samples


def _find(portaudio: Any, choices: CaptureChoices) -> int:
    """The device's index. Raises OSError or ValueError, with the devices that are there."""
    if not choices.device:
        info = portaudio.get_default_input_device_info()
        if info["maxInputChannels"] < choices.channel:
            raise ValueError(f"it has {info['maxInputChannels']} channels, not {choices.channel}")
        return int(info["index"])
    names = []
    for index in range(portaudio.get_device_count()):
        info = portaudio.get_device_info_by_index(index)
        if info["maxInputChannels"] >= choices.channel:
            names.append(str(info["name"]))
            if choices.device in names[-1]:
                return index
    raise ValueError(f"it is not plugged in; there are: {', '.join(names) or 'none'}")


def _fault(choices: CaptureChoices, error: Exception) -> str:
    name = choices.device or "default"
    return f"microphone {name}: {error}; plug it in, or name another one in site.toml, [microphone]"


def _stamp_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")
