"""What another process plays: `python -m tests.audio.children FILE DEVICE CHANNELS BLOCK`, an output line at its end.

A process of its own, because libasound reads which sound server to use when it is loaded.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kiosk.audio.decoder import Decoder
from kiosk.audio.mixer import Feed, LineMixer
from kiosk.audio.output import PyAudioStream
from kiosk.audio.sources import SoundShelf
from kiosk.errors import DeviceFault
from kiosk.ports.broadcast import Ended, Missed, Started
from tests.audio.studio import HALL, an_item, clip
from tests.audio.waiting import eventually


def play(file: Path, device: str, channels: int, block_frames: int) -> dict[str, object]:
    """Play a file once on a real output."""
    reports: list[Started | Ended | Missed] = []
    item = an_item("song", clip(file))
    with Decoder() as decoder:
        mixer = LineMixer(
            SoundShelf(file.parent, decoder),
            [Feed(HALL, (1, 2), 0.0)],
            channels=channels,
            ceiling_dbfs=0.0,
            mono_s=time.monotonic,
            post=reports.append,
        )
        stream = PyAudioStream(mixer.render, device=device, channels=channels, block_frames=block_frames)
        stream.start()
        mixer.play(item, over_s=0)
        eventually(lambda: len(reports) == 2, within_s=30, what="the song is over")
        eventually(lambda: time.monotonic() > reports[1].mono_s + 0.3, within_s=30, what="its end is heard")  # type: ignore[union-attr]
        stream.close()
        mixer.close()
        return {
            "name": stream.name,
            "underruns": stream.underruns,
            "starved": mixer.starved_blocks,
            "frames": stream.frames,
            "latency_s": stream.latency_s,
        }


if __name__ == "__main__":
    try:
        answer = play(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    except DeviceFault as fault:
        answer = {"fault": str(fault)}
    sys.stdout.write(json.dumps(answer) + "\n")
