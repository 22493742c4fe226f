"""The process of one further sound card: samples come in by the first card's clock, and go out by its own.

    python -m kiosk.audio.further_card DEVICE CHANNELS BLOCK_FRAMES FED_FRAMES

A process of its own because PortAudio lists the devices only when the last stream of a process is closed: a card that
comes back would not be found while the first one plays. And one that hangs, hangs here. stdin: float32 frames, made
FED_FRAMES at a time; at its end the process ends. stdout: lines of JSON, {"tell": …} for the people at the desk,
{"heard": …} when it begins to play or is lost, {"name": …, "underruns": N} and more for the board and the self-check.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from functools import partial

import numpy as np

from kiosk.audio.drift import Tether
from kiosk.audio.output import PyAudioStream, SilentStream, Wire
from kiosk.units import SAMPLE_RATE_HZ

_SPARE_S = 0.03  # by so much threads and pipes are late
_READ_BYTES = 1 << 16
_REPORT_S = 1.0


def main(arguments: list[str]) -> int:
    """Plays what comes in until it ends."""
    device, channels, block_frames, fed_frames = arguments[0], *(int(one) for one in arguments[1:4])
    tether = Tether(channels, behind_s=(block_frames + fed_frames) / SAMPLE_RATE_HZ + _SPARE_S)
    away = f"sound output {device} is away"
    wire = Wire(
        partial(PyAudioStream, tether.pull, device=device, channels=channels, block_frames=block_frames),
        partial(SilentStream, tether.pull, block_frames=block_frames, name=away),
        tell=lambda text: _say(tell=text),
        heard=lambda heard: _say(heard=heard),
        latency=lambda _: None,
        silence="Its zones are silent meanwhile; the others play on",
    )
    wire.open()
    _say(heard=wire.name != away)
    ended = threading.Event()
    reporter = threading.Thread(target=_report, args=(wire, tether, ended, away), name="reporter", daemon=True)
    reporter.start()
    rest = b""
    while piece := os.read(0, _READ_BYTES):
        whole = len(rest + piece) // (4 * channels) * 4 * channels
        samples, rest = (rest + piece)[:whole], (rest + piece)[whole:]
        if samples:
            tether.push(np.frombuffer(samples, dtype="<f4").reshape(-1, channels))
    ended.set()
    wire.close()
    return 0


def _report(wire: Wire, tether: Tether, ended: threading.Event, away: str) -> None:
    while not ended.wait(_REPORT_S):
        _say(
            name=wire.name,
            away=wire.name == away,
            frames=wire.frames,
            underruns=wire.underruns + tether.breaks,
            drift_ppm=round(1e6 * tether.drift, 1),
            off_ms=round(1e3 * tether.distance_s, 2),
        )


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
