"""The way in: announcement text as it is written becomes what a voice is to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from kiosk.rules.speech.english import english
from kiosk.rules.speech.folding import is_traditional
from kiosk.rules.speech.latin import syllables
from kiosk.rules.speech.passes import Manner
from kiosk.rules.speech.readings import sayable, words
from kiosk.rules.speech.tokens import ENGLISH, PAUSES_MS, Pause, Speakable, Token, Word
from kiosk.rules.speech.written import Kind, pieces, plain, spelled
from kiosk.units import Language

MAINLAND = Language("zh-CN")
TAIWAN = Language("zh-TW")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_NO_READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def normalise(
    text: str,
    *,
    language: Language | None = None,
    names: tuple[str, ...] = (),
    readings: Mapping[str, tuple[str, ...]] = _NO_READINGS,
) -> Speakable:
    """What is to be said. Never fails: what cannot be said is listed in `lost`.

    language: whose words and digits; None judges by the characters. names: people's names in the text, so that their
    surnames are read as such even where nothing else shows it. readings: the store's own words with their syllables.
    """
    language = language or language_of(text)
    if language == ENGLISH:
        return english(text)
    written, lost = pieces(spelled(plain(text), Manner(taiwan=language == TAIWAN)), sayable)
    tokens: list[Token] = []
    for piece in written:
        if piece.kind is Kind.MARK:
            tokens.append(Pause(piece.text, PAUSES_MS[piece.text]))
        elif piece.kind is Kind.LATIN:
            tokens.append(Word(piece.text, syllables(piece.text)))
        else:
            tokens += words(piece.text, names=names, readings=readings)
    return Speakable(language, tuple(tokens), tuple(lost))


def language_of(text: str) -> Language:
    """English where no hanzi occurs, Taiwan's Mandarin where a traditional character does, else the mainland's."""
    if not _HAN.search(text):
        return ENGLISH
    return TAIWAN if is_traditional(text) else MAINLAND


def unsayable(text: str, language: Language | None = None) -> tuple[str, ...]:
    """The characters of a text that no voice can say, for whoever typed it."""
    return normalise(text, language=language).lost
