"""How a store speaks and where it listens beforehand, as plain values: no pydantic, the broadcast role holds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.rules.speech.settings import SpeechSettings
from kiosk.units import LANGUAGES, Language

# The most frequent in China: a third of all people bear one of them.
FREQUENT_SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")


@dataclass(frozen=True, slots=True)
class Speech:
    """voices: the engines and their manners. languages: in which a page is heard that names none, in that order.

    breath_s: silence between two languages. surnames: whose plain page is spoken before opening.
    """

    voices: SpeechSettings = field(default_factory=SpeechSettings)
    languages: tuple[Language, ...] = LANGUAGES[:1]
    breath_s: float = 1.0
    surnames: tuple[str, ...] = FREQUENT_SURNAMES


@dataclass(frozen=True, slots=True)
class Preview:
    """device: the output on which scripts are heard before they are aired (B17), "" where there is none."""

    device: str = ""
