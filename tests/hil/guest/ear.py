"""Listens at the other end of the sound card.

ear.py first: until anything is heard, and writes its moment (seconds of the monotonic clock) into /run/first-sound.
ear.py listen SECONDS HERTZ: a line of JSON for each tenth of a second: its moment, the tone's and the whole's RMS.
"""

from __future__ import annotations

import json
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

RATE = 44_100  # and floats, as the kiosk plays: both ends of the cable must agree
STEP = RATE // 10
LOUD = 0.003


def tenths() -> Iterator[bytes]:
    command = ["arecord", "-q", "-D", "hw:Loopback,1", "-f", "FLOAT_LE", "-c", "2", "-r", str(RATE), "-t", "raw"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as ear:
        assert ear.stdout is not None
        try:
            while len(piece := ear.stdout.read(STEP * 8)) == STEP * 8:
                yield piece
        finally:
            ear.terminate()


def first() -> None:
    for piece in tenths():
        samples = array("f", piece)
        loud = next((at for at, sample in enumerate(samples) if abs(sample) > LOUD), None)
        if loud is not None:
            moment = monotonic() - (len(samples) - loud) / 2 / RATE
            Path("/run/first-sound").write_text(f"{moment:.3f}\n")
            return


def listen(seconds: float, hertz: float) -> None:
    import numpy as np  # the kiosk's own; a second on this processor

    wave = np.exp(-2j * np.pi * hertz * np.arange(STEP) / RATE)
    heard = []
    until_s = monotonic() + seconds
    for piece in tenths():
        left = np.frombuffer(piece, dtype="<f4")[::2].astype(float) * 32768
        tone = abs(np.dot(left, wave)) * 2 / STEP / 2**0.5
        heard.append((round(monotonic(), 3), round(float(tone)), round(float(np.sqrt(np.mean(left**2))))))
        if monotonic() > until_s:
            break
    sys.stdout.write(json.dumps(heard))


if __name__ == "__main__":
    if sys.argv[1] == "first":
        first()
    else:
        listen(float(sys.argv[2]), float(sys.argv[3]))
