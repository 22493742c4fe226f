"""Makes every sound of the shop again: python render.py [names] [--out folder]."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import catalogue
import master
import numpy as np
import signals
import soundfile
from perform import perform
from song import Song
from synth import RATE, Audio, Synth, SynthMissing, find_synth, stems

HOME = Path(__file__).resolve().parent.parent
MP3_QUALITY = 0.75
LEAD_LIFT_LU = 2.0


def save(path: Path, audio: Audio, *, mono: bool = False) -> None:
    """Writes MP3 (variable rate), FLAC or WAV (both 16 bit) by suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = audio.mean(axis=1) if mono else audio
    if path.suffix == ".mp3":
        soundfile.write(
            str(path),
            samples,
            RATE,
            format="MP3",
            bitrate_mode="VARIABLE",
            compression_level=MP3_QUALITY,
        )
    else:
        soundfile.write(str(path), np.clip(samples, -1, 1), RATE, subtype="PCM_16")


def produce(song: Song, synth: Synth, work: Path) -> Audio:
    """Performs, renders, mixes and masters one piece."""
    performance = perform(song)
    played = stems(synth, performance, work)
    singing = {name for sec in song.form for name in sec.lines}
    levels = {name: song.parts[name].level_lu + LEAD_LIFT_LU * (name in singing) for name in played}
    mixed = master.tone(master.mix(played, levels))
    if song.mono:
        mixed = np.repeat(mixed.mean(axis=1, keepdims=True), 2, axis=1)
    last_s = performance.tempo.seconds(performance.beats) + song.ring_s
    mixed = mixed[: round(last_s * RATE)]
    ready = master.trim(master.level(mixed), song.exact_s, song.fade_s)
    return master.trim(master.level(ready), song.exact_s, 0.3)


def _progress(done: int, total: int, name: str) -> None:
    bar = "#" * (24 * done // total)
    sys.stdout.write(f"\r[{bar:<24}] {done}/{total} {name:<24}")
    sys.stdout.flush()


def _render_all(names: list[str], out: Path) -> None:
    songs = {song.name: song for song in catalogue.SONGS}
    wanted = names or [*songs, *signals.SIGNALS]
    unknown = [n for n in wanted if n not in songs and n not in signals.SIGNALS]
    if unknown:
        raise SystemExit(f"unknown: {', '.join(unknown)}; known: {', '.join([*songs, *signals.SIGNALS])}")
    synth = find_synth()
    with tempfile.TemporaryDirectory() as folder:
        for done, name in enumerate(wanted):
            _progress(done, len(wanted), name)
            if name in songs:
                song = songs[name]
                audio = produce(song, synth, Path(folder))
                save(out / song.folder / f"{name}.{song.format}", audio, mono=song.mono and song.format == "wav")
            else:
                save(out / "chimes" / f"{name}.flac", signals.SIGNALS[name]())
    _progress(len(wanted), len(wanted), "done")
    sys.stdout.write("\n")


def main() -> None:
    """Reads the command line and renders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pieces to make; all when left out")
    parser.add_argument("--out", type=Path, default=HOME, help="folder to write into")
    arguments = parser.parse_args()
    os.nice(10)
    began = time.monotonic()
    try:
        _render_all(arguments.names, arguments.out)
    except SynthMissing as missing:
        raise SystemExit(str(missing)) from missing
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
