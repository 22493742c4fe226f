"""Checks [speech] and [preview] of site.toml: the voices, the languages of the pages, the output for previews."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Literal

from pydantic import Field, FiniteFloat

from kiosk.config.findings import Findings, Source, shown
from kiosk.config.schema import Table
from kiosk.config.sections import Sections
from kiosk.config.speaking import FREQUENT_SURNAMES, Preview, Speech
from kiosk.config.values import DurationS, Line, SitePath
from kiosk.rules.speech.settings import ENGINES, MANNERS, Manner, SpeechSettings
from kiosk.units import LANGUAGES, Language

Tongue = Literal["zh-CN", "zh-TW", "en"]
_LANGUAGES = 'list languages in the order in which they are heard, as languages = ["zh-CN", "en"]'
_VOICE = 'write { voice = "zf_xiaobei", speed = 0.95 }'


class VoiceTable(Table):
    voice: Line = Field(description='name a Kokoro voice, as voice = "zf_xiaobei"')
    speed: FiniteFloat = Field(
        default=1.0, ge=0.5, le=2.0, description="write a speed from 0.5 to 2.0, as speed = 0.95"
    )


class VoicesTable(Table):
    zh_cn: VoiceTable | None = Field(default=None, alias="zh-CN", description=_VOICE)
    zh_tw: VoiceTable | None = Field(default=None, alias="zh-TW", description=_VOICE)
    en: VoiceTable | None = Field(default=None, description=_VOICE)

    def manners(self) -> dict[Language, Manner]:
        """The store's own, else the house's."""
        own = dict(zip(LANGUAGES, (self.zh_cn, self.zh_tw, self.en), strict=True))
        return {**MANNERS, **{language: Manner(one.voice, one.speed) for language, one in own.items() if one}}


class SpeechTable(Table):
    engines: list[Literal["recorded", "kokoro", "command", "espeak"]] = Field(
        default=["recorded", "kokoro", "command", "espeak"],
        min_length=1,
        description=f"list some of {', '.join(ENGINES)}, the best first",
    )
    languages: list[Tongue] = Field(default=["zh-CN"], min_length=1, description=_LANGUAGES)
    breath: DurationS = Field(default=1.0, le=10, description='write a duration from "0s" to "10s", as "1s"')
    voices: VoicesTable = Field(
        default_factory=VoicesTable, description=f"write zh-CN = {_VOICE.removeprefix('write ')}"
    )
    recorded: SitePath | None = Field(
        default=None, description="write the folder with inventory.toml, as sounds/speech/inventory"
    )
    command: str = Field(default="", description='write a command line, as command = "my-voice --out {wav}"')
    patience: DurationS = Field(
        default=25.0, ge=1, le=300, description='write a duration from "1s" to "5min", as "25s"'
    )
    patience_per_syllable: DurationS = Field(
        default=1.0, le=10, description='write a duration from "0s" to "10s", as "1s"'
    )
    surnames: list[Line] = Field(
        default=list(FREQUENT_SURNAMES), description='list surnames, as surnames = ["王", "李"]; [] for none'
    )


class PreviewTable(Table):
    device: str = Field(default="", description='write the name of a second sound output, or "" where there is none')


def speech_of(sections: Sections, root: Path, findings: Findings) -> Speech | None:
    """[speech], or None once a problem has been told."""
    table = sections.one("speech", SpeechTable, SpeechTable)
    if table is None:
        return None
    _check_engines(sections.source, table, root, findings)
    settings = SpeechSettings(
        engines=tuple(dict.fromkeys(table.engines)),
        recorded=None if table.recorded is None else root / table.recorded,
        command=table.command,
        manners=table.voices.manners(),
        limit_s=table.patience,
        per_syllable_s=table.patience_per_syllable,
    )
    languages = tuple(Language(one) for one in dict.fromkeys(table.languages))
    return Speech(settings, languages, table.breath, tuple(dict.fromkeys(table.surnames)))


def preview_of(sections: Sections, findings: Findings) -> Preview | None:
    """[preview], or None once a problem has been told. What is previewed must never go on the air (B17)."""
    table = sections.one("preview", PreviewTable, PreviewTable)
    if table is None:
        return None
    output = sections.source.table.get("output")
    if table.device and isinstance(output, dict) and table.device == output.get("device"):
        what = f"is {shown(table.device)}, the output of the broadcast"
        findings.error(sections.source, ("preview", "device"), what, "name another output: a preview is not on the air")
    return Preview(table.device)


def _check_engines(source: Source, table: SpeechTable, root: Path, findings: Findings) -> None:
    if table.recorded is not None and not (root / table.recorded / "inventory.toml").is_file():
        what = f'names the folder "{table.recorded}", which holds no inventory.toml'
        remedy = "list the announcer's clips in it, or take the line out; another voice speaks meanwhile"
        findings.missing_sound(source, ("speech", "recorded"), what, remedy)
    if table.command:
        try:
            words = shlex.split(table.command)
        except ValueError as error:
            findings.error(source, ("speech", "command"), f"cannot be read: {error}", "close every quote")
        else:
            if not words:
                findings.error(source, ("speech", "command"), "is blank", "name a program, or take the line out")
    elif table.engines == ["command"]:
        what = "names only the engine command, but there is no command line"
        findings.error(source, ("speech", "engines"), what, 'add command = "my-voice --out {wav}"')
