"""The announcer's own voice: clips of phrases and names, joined at the sample where they make up the whole sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kiosk.audio.speech.engine import Sentence, Voiced, Wave
from kiosk.audio.speech.finishing import at_house_rate, silence
from kiosk.audio.speech.programs import read_voiced
from kiosk.errors import DeviceFault
from kiosk.rules.speech.tokens import Pause, Speakable
from kiosk.units import LANGUAGES, SAMPLE_RATE_HZ, Language

INVENTORY = "inventory.toml"
Units = tuple[str, ...]  # hanzi one by one, Latin words, marks of pauses
Reader = Callable[[str, Language], Speakable]


@dataclass(frozen=True, slots=True)
class _Rest:
    ms: int


class Recorded:
    """folder: holds the clips and inventory.toml, a table for each language: what is said = "file".

        [zh-CN]
        "来宾" = "carrier/guest.flac"
        "张" = "names/zhang.flac"
        "请您到总服务台，谢谢。" = "carrier/please-come.flac"

    The longest clips are preferred. Pauses between clips are silence of the length that the text asks for, in samples.
    """

    def __init__(self, folder: Path, read: Reader) -> None:
        self._folder = folder
        self._read = read
        self._inventory: Mapping[Language, Mapping[Units, Path]] | None = None

    @property
    def name(self) -> str:
        return "recorded"

    def mark(self, language: Language) -> str:
        """The state of the files: a clip that is recorded again is heard again."""
        files = sorted(self._clips(language).values(), key=str)
        return "|".join(f"{path}:{_changed(path)}" for path in files)

    def knows(self, sentence: Sentence) -> bool:
        return self._row(sentence) is not None

    def say(self, sentence: Sentence, *, limit_s: float) -> Voiced | None:
        del limit_s  # reading a few clips is a matter of milliseconds
        row = self._row(sentence)
        if row is None:
            return None
        waves: list[Wave] = []
        for one in row:
            waves.append(silence(one.ms) if isinstance(one, _Rest) else at_house_rate(read_voiced(one)))
        return Voiced(np.concatenate(waves), SAMPLE_RATE_HZ)

    def close(self) -> None:
        """Forget the inventory; it is read anew."""
        self._inventory = None

    def _row(self, sentence: Sentence) -> Sequence[Path | _Rest] | None:
        said = sentence.said
        return _covered(_units(said), self._clips(said.language), _rests(said))

    def _clips(self, language: Language) -> Mapping[Units, Path]:
        if self._inventory is None:
            self._inventory = self._loaded()
        return self._inventory.get(language, {})

    def _loaded(self) -> Mapping[Language, Mapping[Units, Path]]:
        path = self._folder / INVENTORY
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise DeviceFault(f"{path}: {error}; it lists the announcer's clips") from error
        inventory: dict[Language, dict[Units, Path]] = {}
        for name, table in tables.items():
            language = Language(name)
            if language not in LANGUAGES or not isinstance(table, dict):
                raise DeviceFault(f"{path}: [{name}] is none of {', '.join(LANGUAGES)}")
            clips = inventory.setdefault(language, {})
            for text, file in table.items():
                units = _without_end(_units(self._read(text, language)))
                if units:
                    clips[units] = self._folder / str(file)
        return inventory


def _units(said: Speakable) -> Units:
    units: list[str] = []
    for token in said.tokens:
        if isinstance(token, Pause):
            units.append(token.mark)
        else:
            units += [token.text.lower()] if token.latin else list(token.text)
    return tuple(units)


def _rests(said: Speakable) -> dict[int, int]:
    """Where the pauses are among the units, and their lengths in ms; the last mark is the sentence's end."""
    rests: dict[int, int] = {}
    at = 0
    for token in said.tokens:
        if isinstance(token, Pause):
            rests[at] = token.ms
        at += 1 if isinstance(token, Pause) or token.latin else len(token.text)
    return {place: ms if place < at - 1 else 0 for place, ms in rests.items()}


def _without_end(units: Units) -> Units:
    return units[:-1] if units and units[-1] in "、，：；。！？" else units


def _covered(units: Units, clips: Mapping[Units, Path], rests: Mapping[int, int]) -> Sequence[Path | _Rest] | None:
    """The fewest clips that say all of it, from the end backwards; None where there is no such row."""
    longest = max((len(clip) for clip in clips), default=0)
    best: dict[int, tuple[int, tuple[Path | _Rest, ...]]] = {len(units): (0, ())}
    for at in range(len(units) - 1, -1, -1):
        choices = []
        if at in rests and at + 1 in best:
            count, row = best[at + 1]
            choices.append((count, (_Rest(rests[at]), *row)))
        for length in range(1, min(longest, len(units) - at) + 1):
            clip = clips.get(units[at : at + length])
            if clip is not None and at + length in best:
                count, row = best[at + length]
                choices.append((count + 1, (clip, *row)))
        if choices:
            best[at] = min(choices, key=lambda choice: choice[0])
    return best[0][1] if 0 in best else None


def _changed(path: Path) -> str:
    try:
        stat = path.stat()
    except OSError:
        return "missing"
    return f"{stat.st_size}:{stat.st_mtime_ns}"
