"""Putting text into speech: the voice of last resort, espeak-ng, fed with pinyin, cached by what is said.

espeak-ng reads hanzi badly and pinyin passably; pypinyin knows which reading a word takes. A call takes a fraction of a
second of another process's time, so it belongs into the back office.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from hashlib import blake2b
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from kiosk.errors import DeviceFault

VOICE = "cmn-latn-pinyin"
WORDS_PER_MINUTE = 140  # unhurried (B21)
PAUSE_10MS = 2  # between words
LONGEST_S = 30.0
_PAUSES = str.maketrans({"，": ", ", "。": ". ", "、": ", ", "！": "! ", "？": "? ", "：": ": ", "；": "; "})


def speak(text: str, folder: Path) -> Path:
    """A WAV file in which `text` (Mandarin) is said; made once. Raises DeviceFault where no voice can say it."""
    name = blake2b(f"{VOICE}|{WORDS_PER_MINUTE}|{text}".encode(), digest_size=12).hexdigest()
    spoken = folder / f"{name}.wav"
    if spoken.exists():
        return spoken
    unfinished = folder / f".{name}.{os.getpid()}.wav"
    command = ["espeak-ng", "-v", VOICE, "-s", str(WORDS_PER_MINUTE), "-g", str(PAUSE_10MS), "-w", str(unfinished)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [*command, "--", pinyin(text)], check=True, capture_output=True, timeout=LONGEST_S, encoding="utf-8"
        )
        unfinished.replace(spoken)
    except FileNotFoundError as error:
        raise DeviceFault("no voice: the program espeak-ng is missing; install the package espeak-ng") from error
    except (subprocess.SubprocessError, OSError) as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise DeviceFault(f"the voice failed: {error}; try espeak-ng by hand") from error
    return spoken


def pinyin(text: str) -> str:
    """The text as syllables with tone numbers, punctuation kept as pauses."""
    syllables = lazy_pinyin(text.translate(_PAUSES), style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(syllable.strip() for syllable in syllables if syllable.strip())
