"""A store with two sound cards: `python -m tests.audio.two_cards FILE FIRST SECOND`, until stdin ends.

What is told, and every second what the second card reports, comes out as lines of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from functools import partial
from pathlib import Path

from kiosk.audio.decoder import Decoder
from kiosk.audio.mixer import Feed, LineMixer
from kiosk.audio.output import PyAudioStream, SilentStream, Wire
from kiosk.audio.outputs import Card, FurtherCard, Outputs, split
from kiosk.audio.sources import SoundShelf
from kiosk.ports.broadcast import Ended, Missed, Started
from tests.audio.studio import FOOD, HALL, an_item, clip

BLOCK = 1024
SECOND_BLOCK = 512


def say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(file: Path, first: str, second: str) -> None:
    """Play the file in both zones."""
    reports: list[Started | Ended | Missed] = []
    with Decoder() as decoder:
        mixer = LineMixer(
            SoundShelf(file.parent, decoder),
            [Feed(HALL, (1, 2), 0.0), Feed(FOOD, (3, 4), 0.0)],
            channels=4,
            ceiling_dbfs=0.0,
            mono_s=time.monotonic,
            post=reports.append,
        )
        card = FurtherCard(Card("upstairs", second, 2, 2, SECOND_BLOCK, BLOCK), lambda text: say(tell=text))
        pull = split(mixer.render, 2, [card])
        wire = Wire(
            partial(PyAudioStream, pull, device=first, channels=2, block_frames=BLOCK),
            partial(SilentStream, pull, block_frames=BLOCK),
            tell=lambda text: say(tell=text),
            latency=partial(setattr, mixer, "latency_s"),
        )
        outputs = Outputs(wire, [card])
        outputs.open()
        mixer.play(an_item("song", clip(file)), over_s=0)
        reading = threading.Thread(target=sys.stdin.read, daemon=True)
        reading.start()
        while reading.is_alive():
            reading.join(1.0)
            say(**{**card.report, "name": outputs.name, "first": wire.underruns})
        outputs.close()
        mixer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
