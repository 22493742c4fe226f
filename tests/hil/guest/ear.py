"""Listens at the other end of the sound card for so many seconds, and says how loud a tone and all else are.

ear.py SECONDS HERTZ: a line of JSON for each tenth of a second: its moment (monotonic), the tone's and the whole's RMS.
"""

from __future__ import annotations

import json
import subprocess
import sys
from time import monotonic

import numpy as np

RATE = 48_000
STEP = RATE // 10


def main(seconds: float, hertz: float) -> None:
    command = ["arecord", "-q", "-D", "hw:Loopback,1", "-f", "S16_LE", "-c", "2", "-r", str(RATE), "-t", "raw"]
    wave = np.exp(-2j * np.pi * hertz * np.arange(STEP) / RATE)
    heard = []
    with subprocess.Popen(command, stdout=subprocess.PIPE) as ear:
        assert ear.stdout is not None
        until_s = monotonic() + seconds
        while monotonic() < until_s and (piece := ear.stdout.read(STEP * 4)):
            left = np.frombuffer(piece, dtype="<i2")[::2].astype(float)
            if len(left) < STEP:
                break
            tone = abs(np.dot(left, wave)) * 2 / STEP / 2**0.5
            heard.append((round(monotonic(), 3), round(float(tone)), round(float(np.sqrt(np.mean(left**2))))))
        ear.terminate()
    sys.stdout.write(json.dumps(heard))


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]))
