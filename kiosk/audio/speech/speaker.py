"""The speaker: tries the store's voices in order until one has said the text, finishes the sound and keeps it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from kiosk.audio.speech.command import Command
from kiosk.audio.speech.delivery import Delivery, measured
from kiosk.audio.speech.engine import Engine, Wave, sentences, syllables
from kiosk.audio.speech.espeak import Espeak
from kiosk.audio.speech.finishing import VERSION, at_house_rate, joined, levelled, trimmed
from kiosk.audio.speech.kokoro import Kokoro
from kiosk.audio.speech.recorded import Reader, Recorded
from kiosk.audio.speech.shelf import Kept, Shelf
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.library import Sound
from kiosk.rules.speech.settings import SpeechSettings
from kiosk.rules.speech.tokens import Speakable
from kiosk.units import Language

log = logging.getLogger(__name__)

REST_S = 300.0  # a voice that failed is left alone for so long: a page does not wait for it twice
FEWEST_TO_JUDGE = 4  # syllables


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one engine may take for one text."""

    limit_s: float = 25.0
    per_syllable_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """path: a WAV at the house rate. engine: who said it. sound: its length and level.

    delivery: how it was said, None where it was kept from before. instead: why no better voice said it, "" where this
    is the best there is for it.
    """

    path: Path
    engine: str
    sound: Sound
    delivery: Delivery | None = None
    instead: str = ""


class Speaker:
    """Belongs to one thread of a process that does not mix sound. Close it."""

    def __init__(
        self,
        engines: Sequence[Engine],
        shelf: Shelf,
        *,
        patience: Patience | None = None,
        mono_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engines = tuple(engines)
        self._shelf = shelf
        self._patience = patience or Patience()
        self._mono_s = mono_s
        self._resting: dict[str, float] = {}
        self._told: dict[str, str] = {}

    def speak(self, said: Speakable) -> Spoken:
        """The text in speech, made once. Raises DeviceFault where no voice can say it, naming every reason."""
        if not sentences(said):
            raise DeviceFault("there is nothing to say: the text holds no word that a voice knows")
        reasons: list[str] = []
        better: list[str] = []
        for engine in self._engines:
            resting = self._resting.get(engine.name, 0.0) > self._mono_s()
            kept = self._kept(engine, said)
            if kept is not None:
                return Spoken(kept.path, engine.name, kept.sound, instead="; ".join(better))
            if resting:
                reasons.append(f"{engine.name}: {self._told.get(engine.name, 'resting')}")
                better.append(reasons[-1])
                continue
            try:
                made = self._made(engine, said)
            except DeviceFault as fault:
                self._failed(engine, str(fault))
                reasons.append(f"{engine.name}: {fault}")
                better.append(reasons[-1])
                continue
            if made is None:
                reasons.append(f"{engine.name} has no words for it")
                log.debug("%s has no words for a text", engine.name)
                continue
            self._told.pop(engine.name, None)
            kept = self._shelf.keep(_key(engine, said), made[0])
            return Spoken(kept.path, engine.name, kept.sound, made[1], "; ".join(better))
        raise DeviceFault(f"no voice: {'; '.join(reasons) or 'none is configured'}")

    def ready(self, said: Speakable) -> Spoken | None:
        """What is kept of a text, in the best voice that has said it; None where it is still to be made.

        Its `instead` is not empty where a better voice would try. Nothing is made: it takes a millisecond.
        """
        better: list[str] = []
        for engine in self._engines:
            kept = self._kept(engine, said)
            if kept is not None:
                return Spoken(kept.path, engine.name, kept.sound, instead="; ".join(better))
            if self._would_try(engine, said):
                better.append(f"{engine.name} has not said it yet")
        return None

    def close(self) -> None:
        """End what the engines run. What is kept stays."""
        for engine in self._engines:
            engine.close()
        self._shelf.close()

    def _kept(self, engine: Engine, said: Speakable) -> Kept | None:
        try:
            return self._shelf.find(_key(engine, said))
        except DeviceFault:
            return None

    def _would_try(self, engine: Engine, said: Speakable) -> bool:
        try:
            return all(engine.knows(sentence) for sentence in sentences(said))
        except DeviceFault:
            return False

    def _made(self, engine: Engine, said: Speakable) -> tuple[Wave, Delivery] | None:
        """The finished sound of all sentences in one voice; None where the engine lacks the words for one of them."""
        count = syllables(said)
        until_s = self._mono_s() + self._patience.limit_s + count * self._patience.per_syllable_s
        row: list[tuple[Wave, int]] = []
        before: dict[Speakable, Wave] = {}  # a page is said twice, and made once
        for sentence in sentences(said):
            wave = before.get(sentence.said)
            if wave is None:
                left_s = until_s - self._mono_s()
                if left_s <= 0:
                    raise DeviceFault("it took too long; shorten the text or choose a faster voice")
                voiced = engine.say(sentence, limit_s=left_s)
                if voiced is None:
                    return None
                wave = before[sentence.said] = trimmed(at_house_rate(voiced))
            row.append((wave, sentence.pause_ms))
        wave = levelled(joined(row))
        delivery = measured(wave, count)
        if delivery is None or (count >= FEWEST_TO_JUDGE and not delivery.plausible):
            heard = "nothing" if delivery is None else f"{delivery.duration_s:.1f} s"
            log.warning("%s: %s was heard for %d syllables, so another voice says it", engine.name, heard, count)
            return None
        if not delivery.unhurried:
            log.info("%s spoke %.1f syllables a second, for an announcer's 3.5 to 4.8", engine.name, delivery.rate)
        return wave, delivery

    def _failed(self, engine: Engine, why: str) -> None:
        """Told once, until the engine has spoken again or complains of something else."""
        if self._told.get(engine.name) != why:
            log.warning("the voice %s is left out for now: %s", engine.name, why)
        self._told[engine.name] = why
        self._resting[engine.name] = self._mono_s() + REST_S


def speaker(settings: SpeechSettings, folder: Path, read: Reader) -> Speaker:
    """The store's voices as configured. folder: where speech is kept; the joined model lies beside it.

    read: text to words with readings, for the announcer's inventory. Raises ValueError for an engine of no known name.
    """
    makers: dict[str, Callable[[], Engine | None]] = {
        "recorded": lambda: Recorded(settings.recorded, read) if settings.recorded else None,
        "kokoro": lambda: Kokoro(settings, folder.parent / "voice"),
        "command": lambda: Command(settings.command) if settings.command else None,
        "espeak": lambda: Espeak(),
    }
    unknown = [name for name in settings.engines if name not in makers]
    if unknown:
        raise ValueError(f"there is no speech engine {unknown[0]!r}; there are {', '.join(makers)}")
    engines = [engine for name in settings.engines if (engine := makers[name]()) is not None]
    return Speaker(engines, Shelf(folder), patience=Patience(settings.limit_s, settings.per_syllable_s))


def _key(engine: Engine, said: Speakable) -> str:
    """Everything that shapes the sound. Raises DeviceFault where the engine cannot even tell."""
    language: Language = said.language
    shaped = f"{VERSION}|{engine.name}|{engine.mark(language)}|{language}|{said.tokens!r}"
    return blake2b(shaped.encode(), digest_size=12).hexdigest()
