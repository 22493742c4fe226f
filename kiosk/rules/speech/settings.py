"""How the store speaks: its voices in the order in which they are tried, and the manner of each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.units import Language

ENGINES = ("recorded", "kokoro", "command", "espeak")
LAST_RESORT = "espeak"


@dataclass(frozen=True, slots=True)
class Manner:
    """How one language is read. voice: a name that the engine knows. speed: 0.5 to 2.0, 1.0 is the voice's own."""

    voice: str
    speed: float = 1.0


MANNERS: Mapping[Language, Manner] = {
    Language("zh-CN"): Manner("zf_xiaobei", 0.95),
    Language("en"): Manner("af_heart", 0.87),
}


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """How the store speaks. engines: in the order they are tried; those that need a setting are left out without it.

    recorded: a folder with inventory.toml (`recorded`). command: a command line (`command`). model: a joined Kokoro
    model other than the packages'. manners: by language, for Kokoro. limit_s and per_syllable_s: the patience with one
    engine. idle_s: after so long without work the Kokoro process ends and its memory is free.
    """

    engines: tuple[str, ...] = ENGINES
    recorded: Path | None = None
    command: str = ""
    model: Path | None = None
    manners: Mapping[Language, Manner] = field(default_factory=lambda: dict(MANNERS))
    limit_s: float = 25.0
    per_syllable_s: float = 1.0
    idle_s: float = 90.0

    def manner(self, language: Language) -> Manner:
        """Mandarin of Taiwan is read like Mandarin unless it has a manner of its own."""
        return self.manners.get(language) or self.manners.get(Language("zh-CN")) or MANNERS[Language("zh-CN")]
