"""Real sound without a sound card: a private PulseAudio with a null sink per zone, and a recorder on its monitor.

libasound reads its configuration when it is loaded: whatever plays here is a child process with `environment`.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.waiting import eventually

_UP_S = 10.0
_FRAME_BYTES = 8  # two channels of float32


class Pulse:
    """A sound server of the test's own, from `start` to `close`. sinks: their names, as ALSA and PyAudio know them.

    microphones: inputs, each of which hears what is played to the sink of the same name.
    """

    def __init__(self, folder: Path, sinks: Sequence[str] = ("hall",), microphones: Sequence[str] = ()) -> None:
        self._folder = folder
        self._sinks = (*sinks, *microphones)
        self._socket = folder / "native"
        self._server: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "asound.conf").write_text(_alsa(self._socket, sinks, microphones), encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """What a child process needs to play here and nowhere else."""
        place = str(self._folder)
        return {
            **os.environ,
            "ALSA_CONFIG_PATH": f"{place}/asound.conf",
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": place,
            "PULSE_COOKIE": f"{place}/cookie",
            "XDG_RUNTIME_DIR": place,
        }

    def start(self) -> None:
        """Up when this returns."""
        modules = [f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"]
        modules += [
            f"module-null-sink sink_name={sink} norewinds=1 rate={SAMPLE_RATE_HZ} channels=2 format=float32le"
            for sink in self._sinks
        ]
        self._server = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--realtime=no"),
                *("--log-level=error", "--log-target=stderr"),
                *(word for module in modules for word in ("-L", module)),
            ],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with suppress(PermissionError):  # a sound card is not slowed down by what the machine does
            os.setpriority(os.PRIO_PROCESS, self._server.pid, -11)
        eventually(self._answers, within_s=_UP_S, what="PulseAudio is up")

    @property
    def process_id(self) -> int:
        assert self._server is not None
        return self._server.pid

    def crash(self) -> None:
        """Gone at once, with every stream on it."""
        server, self._server = self._server, None
        if server is not None:
            server.kill()
            server.wait()

    def beside(self, other: Pulse) -> dict[str, str]:
        """The environment of a machine that has the other server's sinks as well: the two are cards of their own."""
        both = self._folder / "both.conf"
        text = _alsa(self._socket, self._sinks, ()) + _pcms(other._socket, other._sinks)
        both.write_text(text, encoding="utf-8")
        return {**self.environment, "ALSA_CONFIG_PATH": str(both)}

    def record(self, sink: str = "hall", *, latency_ms: int = 10) -> Recording:
        """Record what a zone plays from now on; a context manager. latency_ms: so finely the sink then divides time."""
        return Recording(sink, self.environment, latency_ms)

    def _answers(self) -> bool:
        asked = subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False)
        return asked.returncode == 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.crash()


class Recording:
    """What a sink sent out, to the sample, and when: `began` is the wall time of its first frame."""

    def __init__(self, sink: str, environment: dict[str, str], latency_ms: int = 10) -> None:
        self.began = float("inf")
        self._bytes = bytearray()
        self._process = subprocess.Popen(
            [
                *("parec", "-d", f"{sink}.monitor", "--raw", "--format=float32le", "--channels=2"),
                *(f"--rate={SAMPLE_RATE_HZ}", f"--latency-msec={latency_ms}"),
            ],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._thread = threading.Thread(target=self._listen, name="recording", daemon=True)
        self._thread.start()
        try:
            eventually(lambda: self._bytes, within_s=_UP_S, what="the recorder hears something")
        except AssertionError:
            self.stop()
            raise

    @property
    def sound(self) -> NDArray[np.float32]:
        """All that was recorded so far, shape (frames, 2)."""
        whole = bytes(self._bytes)
        return np.frombuffer(whole[: len(whole) // _FRAME_BYTES * _FRAME_BYTES], dtype="<f4").reshape(-1, 2)

    def after(self, frame: int) -> NDArray[np.float32]:
        """The same from a frame on, counted from the end where it is below zero."""
        frames = len(self._bytes) // _FRAME_BYTES
        begin = max(0, frames + frame) if frame < 0 else frame
        whole = bytes(self._bytes[begin * _FRAME_BYTES : frames * _FRAME_BYTES])
        return np.frombuffer(whole, dtype="<f4").reshape(-1, 2)

    @property
    def seconds(self) -> float:
        return len(self._bytes) / _FRAME_BYTES / SAMPLE_RATE_HZ

    def stop(self) -> None:
        self._process.kill()  # asked kindly, it drains its pipe first
        self._process.wait()
        self._thread.join(timeout=5)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
        while block := os.read(handle, 1 << 16):
            self._bytes += block
            self.began = min(self.began, time.time() - self.seconds)  # the fastest delivery tells the truth


def _alsa(socket: Path, sinks: Sequence[str], microphones: Sequence[str]) -> str:
    default = f'pcm.!default {{ type pulse server "unix:{socket}" device "{sinks[0]}" }}'
    control = f'ctl.!default {{ type pulse server "unix:{socket}" }}'
    whole = f"</usr/share/alsa/alsa.conf>\n{default}\n{control}\n" + _pcms(socket, sinks)
    for name in microphones:
        hint = f'hint {{ show on description "{name}" }}'
        whole += f'pcm.{name} {{ type pulse server "unix:{socket}" device "{name}.monitor" {hint} }}\n'
    return whole


def _pcms(socket: Path, sinks: Sequence[str]) -> str:
    server = f'server "unix:{socket}"'
    return "".join(
        f'pcm.{sink} {{ type pulse {server} device "{sink}" hint {{ show on description "{sink}" }} }}\n'
        f"ctl.{sink} {{ type pulse {server} }}\n"
        for sink in sinks
    )
