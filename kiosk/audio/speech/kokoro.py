"""The Kokoro voice: its model lives in a process of its own, which ends when nobody asks, and its memory is free."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import logging
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from kiosk.audio.speech import kokoro_child
from kiosk.audio.speech.engine import Sentence, Voiced, Wave
from kiosk.audio.speech.english import Spelling, spelled_by_espeak
from kiosk.audio.speech.finishing import at_house_rate, joined, trimmed
from kiosk.audio.speech.kokoro_model import BAND_HZ, RATE_HZ, REMEDY, VOCABULARY, VOICES, model_file
from kiosk.audio.speech.phonemes import pieces
from kiosk.errors import DeviceFault
from kiosk.rules.speech.settings import Manner, SpeechSettings
from kiosk.units import SAMPLE_RATE_HZ, Language

log = logging.getLogger(__name__)

THREADS = 2
_READ_BYTES = 1 << 16
_GONE_S = 5.0
_LAST_WORDS = 200


class Kokoro:
    """Reads Mandarin and English, mixed too. Opening the model takes 1 to 4 s, a sentence about as long as it lasts."""

    def __init__(self, settings: SpeechSettings, models: Path, *, spelled: Spelling = spelled_by_espeak) -> None:
        """models: the folder in which the joined model is kept where the set-up made none."""
        self._settings = settings
        self._models = models
        self._spelled = spelled
        self._child: _Child | None = None

    @property
    def name(self) -> str:
        return "kokoro"

    @property
    def process(self) -> int | None:
        """The id of the model's process, None while there is none."""
        return self._child.pid if self._child is not None and self._child.lives else None

    def mark(self, language: Language) -> str:
        manner = self._settings.manner(language)
        return f"kokoro-82m-int8|{manner.voice}|{manner.speed}"

    def knows(self, sentence: Sentence) -> bool:
        return True

    def say(self, sentence: Sentence, *, limit_s: float) -> Voiced | None:
        until_s = time.monotonic() + limit_s
        manner = self._settings.manner(sentence.said.language)
        try:
            parts = pieces(sentence.said, self._spelled)
        except ValueError as error:
            log.warning("Kokoro leaves a text to another voice: it holds sounds that Kokoro was never taught")
            log.debug("%s", error)  # not above: a page names people
            return None
        spoken = []
        for part in parts:
            numbers = [VOCABULARY[phoneme] for phoneme in part.phonemes]
            wave = trimmed(self._voiced(numbers, manner, until_s), RATE_HZ)
            spoken.append((at_house_rate(Voiced(wave, RATE_HZ), band_hz=BAND_HZ), part.pause_ms))
        return Voiced(joined(spoken), SAMPLE_RATE_HZ)

    def close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def _voiced(self, numbers: Sequence[int], manner: Manner, until_s: float) -> Wave:
        voice = VOICES / f"{manner.voice}.bin"
        if not voice.is_file():
            there = ", ".join(sorted(one.stem for one in VOICES.glob("*.bin")))
            raise DeviceFault(f"there is no voice {manner.voice}; there are {there}")
        asked = {"tokens": list(numbers), "voice": str(voice), "speed": manner.speed}
        try:
            if self._child is not None:
                with contextlib.suppress(_EndedEarly):  # it was idle for too long just now: once more with a new one
                    return self._child.ask(asked, until_s)
                self._child.end()
            self._child = self._hired()
            return self._child.ask(asked, until_s)
        except _EndedEarly as error:
            raise DeviceFault(f"the Kokoro process ended: {error}; {REMEDY}") from error
        except DeviceFault:
            self.close()
            raise

    def _hired(self) -> _Child:
        if importlib.util.find_spec("onnxruntime") is None:
            raise DeviceFault(f"the package onnxruntime is not installed; {REMEDY}")
        return _Child(self._settings.model or model_file(self._models), self._settings.idle_s)


class _EndedEarly(Exception):
    """The process was gone before it answered; the text is what it last complained of."""


class _Child:
    """One process with the model, and the pipes to it."""

    def __init__(self, model: Path, idle_s: float) -> None:
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed in end()
        program = [sys.executable, "-P", str(Path(kokoro_child.__file__)), str(model), str(THREADS), str(idle_s)]
        self._process = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, start_new_session=True
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, asked: dict[str, Any], until_s: float) -> Wave:
        """The samples for one piece. Raises _EndedEarly, or DeviceFault where it is too late or refuses."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise _EndedEarly(self._last_words()) from error
        head, body = self._read(b"", None, until_s)
        answer = json.loads(head)
        if "error" in answer:
            raise DeviceFault(f"Kokoro: {answer['error']}; {REMEDY}")
        _, body = self._read(body, 4 * int(answer["samples"]), until_s)
        return np.frombuffer(body, dtype="<f4").astype(np.float32)

    def _read(self, got: bytes, wanted: int | None, until_s: float) -> tuple[bytes, bytes]:
        """Up to a line's end (wanted is None) and what came after it, or as many bytes as wanted."""
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while (b"\n" not in got) if wanted is None else (len(got) < wanted):
                left_s = until_s - time.monotonic()
                if left_s <= 0 or not selector.select(left_s):
                    raise DeviceFault("Kokoro took too long; this machine may be too slow for it or too busy")
                some = os.read(pipe, _READ_BYTES)
                if not some:
                    raise _EndedEarly(self._last_words())
                got += some
        if wanted is None:
            head, _, rest = got.partition(b"\n")
            return head, rest
        return b"", got

    def end(self) -> None:
        """Kill it, at once."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was still to be written to it
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GONE_S)

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GONE_S)
        self._complaints.seek(0)
        last = self._complaints.read()[-_LAST_WORDS:].decode(errors="replace").strip()
        return last or f"exit code {self._process.returncode}"
