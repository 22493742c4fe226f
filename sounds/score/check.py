"""Measures every rendered file and fails when one is out of bounds."""

import sys
from dataclasses import dataclass
from pathlib import Path

import master
import numpy as np
import soundfile
from synth import Audio

HOME = Path(__file__).resolve().parent.parent
FOLDERS = ("welcome", "closing", "chimes", "preludes", "music")
SUFFIXES = {".mp3", ".flac", ".wav"}
MAX_TOTAL_MB = 22.0
MAX_PEAK_DBTP = -1.5
MAX_HEAD_S = 0.030
MAX_TAIL_S = 0.4
TAIL_DB = -55.0
DOOR_S, DOOR_TOLERANCE_S = 150.0, 0.15
MUSIC_S = (45.0, 240.0)
CUE_S = (1.8, 6.2)
LUFS_TOLERANCE = {"music": 0.3, "welcome": 0.3, "closing": 0.3}
CUE_TOLERANCE = 1.0
PAUSE_BY_DESIGN = {"evacuation_tone"}


@dataclass(frozen=True)
class Measure:
    """What one file measures; head_s and tail_s are near silence, below -60 dBFS."""

    path: Path
    seconds: float
    lufs: float
    peak_dbtp: float
    head_s: float
    tail_s: float
    end_db: float
    dc: float
    size: int


def measure(path: Path) -> Measure:
    """Decodes and measures one file."""
    samples, rate = soundfile.read(str(path), dtype="float64", always_2d=True)
    if rate != master.RATE:
        raise ValueError(f"{path.name}: {rate} Hz instead of {master.RATE}")
    audio: Audio = np.asarray(samples)
    if audio.shape[1] == 1:  # one channel plays on both sides
        audio = np.repeat(audio, 2, axis=1)
    loud = np.flatnonzero(np.abs(audio).max(axis=1) > 10 ** (-60 / 20))
    end = audio[-int(0.05 * rate) :]
    end_db = 20 * np.log10(max(float(np.sqrt((end**2).mean())), 1e-9))
    return Measure(
        path=path,
        seconds=len(audio) / rate,
        lufs=master.loudness(audio),
        peak_dbtp=master.true_peak_db(audio),
        head_s=int(loud[0]) / rate,
        tail_s=(len(audio) - 1 - int(loud[-1])) / rate,
        end_db=float(end_db),
        dc=float(np.abs(audio.mean(axis=0)).max()),
        size=path.stat().st_size,
    )


def faults(found: Measure) -> list[str]:
    """What is out of bounds, in words."""
    folder = found.path.parent.name
    tolerance = LUFS_TOLERANCE.get(folder, CUE_TOLERANCE)
    shortest, longest = MUSIC_S if folder == "music" else CUE_S
    if folder in ("welcome", "closing"):
        shortest, longest = DOOR_S - DOOR_TOLERANCE_S, DOOR_S + DOOR_TOLERANCE_S
    by_design = found.path.stem in PAUSE_BY_DESIGN
    rules = {
        "length": shortest <= found.seconds <= longest,
        "loudness": abs(found.lufs - master.TARGET_LUFS) <= tolerance,
        "peak": found.peak_dbtp <= MAX_PEAK_DBTP,
        "head": found.head_s <= MAX_HEAD_S,
        "tail": by_design or (found.tail_s <= MAX_TAIL_S and found.end_db <= TAIL_DB),
        "dc": found.dc < 0.001,
    }
    return [name for name, kept in rules.items() if not kept]


def main() -> int:
    """Prints the table; 1 when any file or the total size is out of bounds."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME
    paths = [p for name in FOLDERS for p in sorted((folder / name).glob("*")) if p.suffix in SUFFIXES]
    bad = 0
    head = ("file", "s", "LUFS", "dBTP", "head", "tail", "end dB", "kB", "kbps")
    row = "{:34}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>6}  {}\n"
    sys.stdout.write(row.format(*head, ""))
    for path in paths:
        found = measure(path)
        wrong = faults(found)
        bad += bool(wrong)
        cells = (
            str(path.relative_to(folder)),
            f"{found.seconds:.2f}",
            f"{found.lufs:.2f}",
            f"{found.peak_dbtp:.2f}",
            f"{found.head_s:.3f}",
            f"{found.tail_s:.2f}",
            f"{found.end_db:.0f}",
            f"{found.size / 1000:.0f}",
            f"{found.size * 8 / found.seconds / 1000:.0f}",
            " ".join(wrong).upper(),
        )
        sys.stdout.write(row.format(*cells))
    total_mb = sum(p.stat().st_size for p in paths) / 1e6
    sys.stdout.write(f"{len(paths)} files, {total_mb:.2f} MB of {MAX_TOTAL_MB:.0f}\n")
    return 1 if bad or total_mb > MAX_TOTAL_MB else 0


if __name__ == "__main__":
    raise SystemExit(main())
