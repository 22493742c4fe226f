"""Plays clips one after another through decoder and mixer: `python -m tests.bench.many_clips FOLDER WARM CLIPS`.

A process of its own, so that its memory is that of the playing alone; prints what it was before and after, JSON, bytes.
"""

from __future__ import annotations

import json
import sys
from itertools import cycle, islice
from pathlib import Path

import psutil

from kiosk.audio.decoder import Decoder
from kiosk.audio.mixer import Feed, LineMixer
from kiosk.audio.sources import SoundShelf
from kiosk.ports.broadcast import Ended, Missed, Started
from tests.audio.studio import HALL, an_item, clip

BLOCK = 1024


def main(folder: Path, warm: int, measured: int) -> dict[str, int]:
    """RSS once `warm` clips were played, and when `measured` more were."""
    ended = 0

    def count(report: Started | Ended | Missed) -> None:
        nonlocal ended
        if isinstance(report, Ended):
            assert report.whole, report
            ended += 1

    clips = cycle([clip(path) for path in sorted(folder.iterdir())])
    with Decoder(blocking=True) as decoder:
        shelf = SoundShelf(folder, decoder)
        feeds = [Feed(HALL, (1, 2), 0.0)]
        mixer = LineMixer(shelf, feeds, channels=2, ceiling_dbfs=0.0, mono_s=lambda: 0.0, post=count)

        def play(clips_wanted: int) -> int:
            goal = ended + clips_wanted
            for number, one in enumerate(islice(clips, clips_wanted)):
                before = ended
                mixer.play(an_item(f"{goal}-{number}", one), over_s=0)
                while ended == before:
                    mixer.render(BLOCK)
            return int(psutil.Process().memory_info().rss)

        begin = play(warm)
        return {"begin": begin, "end": play(measured)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))) + "\n")
