"""Plays MIDI files through FluidSynth, one player at a time."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import midi
import numpy as np
import soundfile
from numpy.typing import NDArray
from perform import Performance

RATE = 44_100
WORKERS = 2
FONT_NAME = "FluidR3_GM.sf2"
FONT_FOLDERS = (Path("/usr/share/sounds/sf2"), Path("/usr/share/soundfonts"))
REMEDY = "install both with: apt-get install fluidsynth fluid-soundfont-gm"
OPTIONS = {
    "synth.reverb.room-size": "0.55",
    "synth.reverb.damp": "0.35",
    "synth.reverb.width": "0.7",
    "synth.reverb.level": "0.55",
    "synth.chorus.active": "0",
    "synth.dynamic-sample-loading": "1",
    "synth.polyphony": "256",
}
Audio = NDArray[np.float64]


class SynthMissing(RuntimeError):
    """FluidSynth or its sound font is not installed."""


@dataclass(frozen=True)
class Synth:
    """A FluidSynth program and the sound font it plays."""

    program: str
    font: Path

    def play(self, score: Path, out: Path) -> Audio:
        """Renders one MIDI file to float stereo. Raises RuntimeError if the synth fails."""
        command = [self.program, "-ni", "-q", "-g", "0.6", "-r", str(RATE)]
        for key, value in OPTIONS.items():
            command += ["-o", f"{key}={value}"]
        command += ["-O", "float", "-T", "wav", "-F", str(out), str(self.font), str(score)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or not out.exists():
            raise RuntimeError(f"fluidsynth failed on {score.name}: {done.stderr[-400:]}")
        samples, _ = soundfile.read(str(out), dtype="float64", always_2d=True)
        out.unlink()
        return np.asarray(samples, dtype=np.float64)


def find_synth() -> Synth:
    """Looks for the program and the font. Raises SynthMissing naming the remedy."""
    program = shutil.which("fluidsynth")
    if program is None:
        raise SynthMissing(f"fluidsynth is not installed; {REMEDY}")
    for folder in FONT_FOLDERS:
        if (folder / FONT_NAME).exists():
            return Synth(program, folder / FONT_NAME)
    raise SynthMissing(f"the sound font {FONT_NAME} is not installed; {REMEDY}")


def stems(synth: Synth, performance: Performance, work: Path) -> dict[str, Audio]:
    """Each player of a performance rendered alone, all the same length."""

    def one(name: str) -> Audio:
        score = work / f"{name}.mid"
        midi.write(score, performance.takes[name], performance)
        return synth.play(score, work / f"{name}.wav")

    names = list(performance.takes)
    with ThreadPoolExecutor(WORKERS) as pool:
        played = dict(zip(names, pool.map(one, names), strict=True))
    longest = max(len(audio) for audio in played.values())
    return {n: np.pad(a, ((0, longest - len(a)), (0, 0))) for n, a in played.items()}
