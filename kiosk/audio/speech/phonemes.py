"""A sentence as Kokoro reads it, in pieces that the model takes at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.audio.speech import english, mandarin
from kiosk.audio.speech.english import Spelling
from kiosk.audio.speech.kokoro_model import MOST_TOKENS, VOCABULARY
from kiosk.rules.speech.tokens import LATIN_MARKS, Pause, Speakable, Word


@dataclass(frozen=True, slots=True)
class Piece:
    """phonemes: at most MOST_TOKENS of the model's letters. pause_ms: the rest after it."""

    phonemes: str
    pause_ms: int = 0


def pieces(said: Speakable, spelled: Spelling) -> tuple[Piece, ...]:
    """The sentence cut at its pauses as evenly as can be. Raises ValueError for what the model was never taught."""
    breaths = [part for breath in _breaths(said, spelled) for part in _short(breath)]
    for breath in breaths:
        unknown = sorted(set(breath.phonemes) - VOCABULARY.keys())
        if unknown:
            raise ValueError(f"it cannot say {unknown} in {breath.phonemes!r}")
    fewest = len(_gathered(breaths, MOST_TOKENS))
    evenly = next(most for most in range(1, MOST_TOKENS + 1) if len(_gathered(breaths, most)) == fewest)
    return tuple(_gathered(breaths, evenly))


def _breaths(said: Speakable, spelled: Spelling) -> Iterable[Piece]:
    """From pause to pause, the pause's mark at the end: it carries the tone of the voice."""
    words: list[Word] = []
    for token in (*said.tokens, None):
        if isinstance(token, Word):
            words.append(token)
            continue
        if words:
            mark = LATIN_MARKS[token.mark] if isinstance(token, Pause) else ""
            yield Piece(_read(words, spelled) + mark, token.ms if isinstance(token, Pause) else 0)
            words = []


def _read(words: list[Word], spelled: Spelling) -> str:
    """Words apart by spaces; Latin words that stand together are spelled together."""
    said: list[str] = []
    latin: list[str] = []
    for word in (*words, None):
        if word is not None and not word.pinyin:
            latin.append(word.text)
            continue
        if latin:
            said.append(english.phonemes(" ".join(latin), spelled))
            latin = []
        if word is not None:
            said.append(mandarin.word(word.pinyin))
    return " ".join(said)


def _short(breath: Piece) -> list[Piece]:
    """A breath that is too long for the model, halved at the space nearest to its middle, again and again."""
    if len(breath.phonemes) <= MOST_TOKENS:
        return [breath]
    middle = len(breath.phonemes) // 2
    gaps = [at for at, letter in enumerate(breath.phonemes) if letter == " "]
    cut = min(gaps, key=lambda at: abs(at - middle)) if gaps else middle
    halves = (Piece(breath.phonemes[:cut]), Piece(breath.phonemes[cut:].strip(), breath.pause_ms))
    return [part for half in halves for part in _short(half)]


def _gathered(breaths: list[Piece], most: int) -> list[Piece]:
    """Breaths put together up to `most` letters; one that is longer stays alone."""
    gathered: list[Piece] = []
    for breath in breaths:
        together = f"{gathered[-1].phonemes} {breath.phonemes}" if gathered else ""
        if gathered and len(together) <= most:
            gathered[-1] = Piece(together, breath.pause_ms)
        else:
            gathered.append(breath)
    return gathered
