"""The voice that the store installs: any program that is given the text on stdin and writes a WAV file."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path

from kiosk.audio.speech.engine import Sentence, Voiced
from kiosk.audio.speech.programs import read_voiced, run
from kiosk.errors import DeviceFault
from kiosk.units import Language

REMEDY = "see [speech] command in site.toml, and try the line by hand"


class Command:
    """line: a command line, no shell. {wav} in it becomes the path to write to, {language} zh-CN, zh-TW or en.

    Without {wav} the path is added as the last argument.
    """

    def __init__(self, line: str) -> None:
        self._line = line

    @property
    def name(self) -> str:
        return "command"

    def mark(self, language: Language) -> str:
        return f"{self._line}|{language}"

    def knows(self, sentence: Sentence) -> bool:
        return True

    def say(self, sentence: Sentence, *, limit_s: float) -> Voiced | None:
        try:
            words = shlex.split(self._line)
        except ValueError as error:
            raise DeviceFault(f"the command line {self._line!r} cannot be read: {error}; {REMEDY}") from error
        if not words:
            raise DeviceFault(f"the command line is empty; {REMEDY}")
        with tempfile.TemporaryDirectory(prefix="kiosk-voice-") as folder:
            path = Path(folder) / "said.wav"
            places = {"{wav}": str(path), "{language}": str(sentence.said.language)}
            arguments = [_filled(word, places) for word in words]
            if "{wav}" not in self._line:
                arguments.append(str(path))
            run(arguments, sentence.said.text + "\n", limit_s=limit_s, remedy=REMEDY)
            if not path.exists():
                raise DeviceFault(f"{Path(words[0]).name} ended well but wrote no WAV file; {REMEDY}")
            return read_voiced(path)

    def close(self) -> None:
        """Nothing stays open."""


def _filled(word: str, places: dict[str, str]) -> str:
    for place, value in places.items():
        word = word.replace(place, value)
    return word
