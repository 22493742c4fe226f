"""The screen's words in three languages: English in the screens themselves, the others in gettext's catalogues."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from gettext import GNUTranslations
from pathlib import Path

from kiosk.sentences import said_in
from kiosk.units import Language

FOLDER = Path(__file__).parent / "locale"
DOMAIN = "touchscreen"
CATALOGUES = {Language("zh-CN"): "zh_CN", Language("zh-TW"): "zh_TW"}

Say = Callable[[str], str]


def english(text: str) -> str:
    """As it stands in the screens."""
    return text


def catalogue(language: Language, suffix: str = "mo") -> Path:
    """Where the words of a language lie."""
    return FOLDER / CATALOGUES[language] / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"


@cache
def words(language: Language) -> Say:
    """What puts the screens' English, and sentences, into a language; a text that it does not have stays English."""
    if language not in CATALOGUES:
        return english
    with catalogue(language).open("rb") as file:
        return partial(said_in, GNUTranslations(file).gettext)
