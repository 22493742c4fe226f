"""The shape of every table in a site's files; each field's description is the remedy that a person is shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat

from kiosk.config.values import (
    CalendarDate,
    DurationS,
    GuardText,
    Id,
    Line,
    SitePath,
    SitePathOrNone,
    TimeOfDay,
    site_path,
)
from kiosk.units import LANGUAGES, Language


class Table(BaseModel):
    """What all tables have in common: unknown keys and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Words(Table):
    """A text in the three languages; one of them is enough, the others are asked for by a warning."""

    zh_cn: Line | None = Field(
        default=None, alias="zh-CN", description="write the text in simplified Chinese between quotes"
    )
    zh_tw: Line | None = Field(
        default=None, alias="zh-TW", description="write the text in traditional Chinese between quotes"
    )
    en: Line | None = Field(default=None, description="write the text in English between quotes")

    def by_language(self) -> dict[Language, str]:
        """The languages that are there."""
        words = {Language("zh-CN"): self.zh_cn, Language("zh-TW"): self.zh_tw, Language("en"): self.en}
        return {language: text for language, text in words.items() if text is not None}


_TITLE = 'write it in three languages: { zh-CN = "…", zh-TW = "…", en = "…" }'


class StoreTable(Table):
    name: Words = Field(description=_TITLE)
    time_zone: Line = Field(description='write the name of a time zone, as time_zone = "Asia/Shanghai"')


class OutputTable(Table):
    device: str = Field(
        default="", description='write the name of the sound output, or "" for the system\'s own choice'
    )
    channels: int = Field(default=2, ge=2, le=16, description="write the number of output channels, 2 to 16")
    block_frames: int = Field(default=1024, ge=256, le=4096, description="write sample frames per block, 256 to 4096")


class NamedOutputTable(OutputTable):
    id: Id = Field(description='name the output, as id = "upstairs"')


_VOLUME = "write decibels from -60 (all but silent) to 0 (as loud as the output gets)"
Decibels = Annotated[FiniteFloat, Field(ge=-60, le=0)]


class ZoneTable(Table):
    id: Id = Field(description='name the zone, as id = "hall"')
    output: Id | None = Field(
        default=None, description='name one of the [[outputs]], as output = "upstairs"; left out, it is the first'
    )
    title: Words = Field(description=_TITLE)
    channels: tuple[int, int] = Field(
        strict=False, description="write two output channels, counted from 1, as channels = [1, 2]"
    )
    volume_db: Decibels = Field(default=0.0, description=_VOLUME)
    evacuation_db: Decibels | None = Field(default=None, description=_VOLUME)


class NeighbourhoodTable(Table):
    start: TimeOfDay = Field(description='write a time of day as 21:00:00 or "21:00"')
    end: TimeOfDay = Field(description='write a time of day as 08:00:00 or "08:00"')
    ceiling_db: Decibels = Field(description=_VOLUME)
    zones: list[Id] = Field(default_factory=list, description='list zones, as zones = ["street"]; [] is all of them')


class LevelsTable(Table):
    music_lufs: FiniteFloat = Field(default=-23.0, ge=-45, le=-10, description="write a loudness from -45 to -10 LUFS")
    announcement_lufs: FiniteFloat = Field(
        default=-18.0, ge=-45, le=-10, description="write a loudness from -45 to -10 LUFS"
    )
    ceiling_dbfs: FiniteFloat = Field(default=-1.0, ge=-12, le=0, description="write a peak level from -12 to 0 dBFS")


class ProgrammeTable(Table):
    separation: DurationS = Field(
        default=3600.0, le=86_400, description='write a duration from "0min" to "24h", as "60min"'
    )
    late_grace: DurationS = Field(default=300.0, le=3600, description='write a duration from "0s" to "1h", as "5min"')
    interrupt_fade: DurationS = Field(
        default=0.3, ge=0.01, le=5, description='write a duration from "10ms" to "5s", as "300ms"'
    )
    seed: str = Field(default="", description='write any text, or "": each seed shuffles the music in another way')


_PIN = "write a GPIO number from 4 to 27 but 14 and 15, as {0} = {1}"


class PanelTable(Table):
    chip: Annotated[int, Field(ge=0, le=15)] | None = Field(
        default=None, description="write the number of /dev/gpiochip*, as chip = 0, or leave it out: the Pi knows"
    )
    bounce_ms: int = Field(default=20, ge=5, le=100, description="write milliseconds from 5 to 100, as bounce_ms = 20")
    hold: DurationS = Field(default=3.0, ge=1, le=10, description='write a duration from "1s" to "10s", as "3s"')
    stuck: DurationS = Field(
        default=60.0, ge=15, le=600, description='write a duration from "15s" to "10min", as "60s"'
    )
    on_air_lamp: int | None = Field(default=None, description=_PIN.format("on_air_lamp", 22))
    fault_lamp: int | None = Field(default=None, description=_PIN.format("fault_lamp", 21))
    key_switch: int | None = Field(default=None, description=_PIN.format("key_switch", 26))


_DELAY = 'write a duration from "{0}" to "60s", as "3s"'


class PowerTable(Table):
    source_pin: int | None = Field(default=None, description=_PIN.format("source_pin", 23))
    amplifier_pin: int | None = Field(default=None, description=_PIN.format("amplifier_pin", 24))
    microphone_pin: int | None = Field(default=None, description=_PIN.format("microphone_pin", 25))
    settle: DurationS = Field(default=3.0, ge=0.1, le=60, description=_DELAY.format("100ms"))
    warm: DurationS = Field(default=2.0, le=60, description=_DELAY.format("0s"))
    quiet: DurationS = Field(default=2.0, le=60, description=_DELAY.format("0s"))
    drain: DurationS = Field(default=3.0, ge=0.1, le=60, description=_DELAY.format("100ms"))


class ButtonPageTable(Table):
    to: Literal["guest", "staff"] = Field(description='write "guest" or "staff"')
    title: Literal["mr", "ms"] = Field(description='write "mr" or "ms"')
    name: Line = Field(description='write the name as it is to be spoken, as name = "王强"')
    reason: Literal["friend", "call", "child", "property"] | None = Field(
        default=None, description='write one of "friend", "call", "child", "property"'
    )
    place: str = Field(default="", description='write where to come to, or "" for the main service desk')
    language: Literal["zh-CN", "zh-TW", "en"] = Field(default="zh-CN", description='write "zh-CN", "zh-TW" or "en"')
    zones: list[Id] = Field(default_factory=list, description='list zones, as zones = ["hall"]; [] is the whole store')


class ButtonTable(Table):
    id: Id = Field(description='name the button, as id = "promo"')
    action: Literal[
        "script",
        "urgent",
        "evacuate",
        "reset",
        "next-song",
        "page",
        "approve",
        "decline",
        "reached",
        "talk",
        "talk-over",
        "stop",
    ] = Field(
        description='write one of "script", "urgent", "evacuate", "reset", "next-song", "page", "approve", "decline",'
        ' "reached", "talk", "talk-over", "stop"'
    )
    script: Id | None = Field(default=None, description='name the page that the button airs, as script = "member-day"')
    pin: int | None = Field(default=None, description=_PIN.format("pin", 17))
    lamp: int | None = Field(default=None, description=_PIN.format("lamp", 27))
    page: ButtonPageTable | None = Field(
        default=None, description='write { to = "staff", title = "mr", name = "王强" }'
    )
    guard: GuardText | None = Field(
        default=None, description='write "hold", or "with:" and the id of another button, as guard = "with:reset"'
    )
    latch: bool | None = Field(default=None, description="write latch = true or latch = false, on a button that talks")


class PhaseTable(Table):
    start: TimeOfDay = Field(description='write a time of day as 09:00:00 or "09:00"')
    end: TimeOfDay = Field(description='write a time of day as 09:10:00 or "09:10"')
    playlist: Id = Field(description='name a playlist of schedules/playlists.toml, as playlist = "morning"')
    volume: dict[str, Decibels] = Field(
        default_factory=dict, description="name zones and decibels from -60 to 0, as volume = { hall = -9.0 }"
    )


class CallTable(Table):
    at: TimeOfDay = Field(description='write a time of day as 21:30:00 or "21:30"')
    script: Id = Field(description='name a page of schedules/binder.toml, as script = "closing-30"')


class ShiftTable(Table):
    start: TimeOfDay = Field(description='write a time of day as 08:30:00 or "08:30"')
    end: TimeOfDay | None = Field(default=None, description="write a time of day, or nothing: until the doors close")


_SHIFTS = "list stretches as { start = 08:30:00, end = 12:00:00 } and { start = 14:00:00 }; [] is never"


class StaffingTable(Table):
    hours: list[ShiftTable] | None = Field(default=None, description=_SHIFTS)


class DayTypeTable(Table):
    id: Id = Field(description='name the day type, as id = "weekday"')
    title: Words = Field(description=_TITLE)
    welcome: PhaseTable | None = Field(
        default=None, description='write { start = 09:00:00, end = 09:10:00, playlist = "welcome" }'
    )
    dayparts: list[PhaseTable] = Field(
        min_length=1, description='list at least one { start = 09:10:00, end = 21:50:00, playlist = "day" }'
    )
    closing: PhaseTable | None = Field(
        default=None, description='write { start = 21:50:00, end = 22:00:00, playlist = "closing" }'
    )
    calls: list[CallTable] = Field(
        default_factory=list, description='list calls as { at = 21:30:00, script = "closing-30" }'
    )
    staffed: list[ShiftTable] | None = Field(default=None, description=_SHIFTS)


_WEEKDAY = 'name the day type of every {0}, as {0} = "weekday"'


class WeekdaysTable(Table):
    monday: Id = Field(description=_WEEKDAY.format("monday"))
    tuesday: Id = Field(description=_WEEKDAY.format("tuesday"))
    wednesday: Id = Field(description=_WEEKDAY.format("wednesday"))
    thursday: Id = Field(description=_WEEKDAY.format("thursday"))
    friday: Id = Field(description=_WEEKDAY.format("friday"))
    saturday: Id = Field(description=_WEEKDAY.format("saturday"))
    sunday: Id = Field(description=_WEEKDAY.format("sunday"))


class PublicHolidaysTable(Table):
    holiday: Id | None = Field(
        default=None, description='name the day type of public holidays, as holiday = "festival"'
    )
    workday: Id | None = Field(
        default=None, description='name the day type of make-up workdays, as workday = "weekday"'
    )


class DatesTable(Table):
    day_type: Id = Field(description='name the day type of these dates, as day_type = "festival"')
    days: list[CalendarDate] = Field(min_length=1, description="list dates, as days = [2026-12-24, 2026-12-25]")


class WindowTable(Table):
    start: TimeOfDay = Field(description='write a time of day as 10:15:00 or "10:15"')
    end: TimeOfDay = Field(description='write a time of day as 20:15:00 or "20:15"')


_RECORDING = 'write a sound file, as {0} = "sounds/speech/{0}/member-day.flac"'


class BinderDefaultsTable(Table):
    prelude: SitePath | None = Field(
        default=None, description="write a sound file, as sounds/preludes/prelude_day.flac"
    )
    postlude: SitePath | None = Field(
        default=None, description="write a sound file, as sounds/preludes/postlude_day.flac"
    )


class RecordingsTable(Table):
    """A recording for each language; a plain path is one in the page's first language."""

    zh_cn: SitePath | None = Field(default=None, alias="zh-CN", description=_RECORDING.format("zh-CN"))
    zh_tw: SitePath | None = Field(default=None, alias="zh-TW", description=_RECORDING.format("zh-TW"))
    en: SitePath | None = Field(default=None, description=_RECORDING.format("en"))

    def by_language(self, first: Language) -> dict[Language, str]:
        """The languages that are there. first: the page's first language."""
        paths = dict(zip(LANGUAGES, (self.zh_cn, self.zh_tw, self.en), strict=True))
        return {language: path for language, path in paths.items() if path is not None}


class OneRecording(RecordingsTable):
    path: str

    def by_language(self, first: Language) -> dict[Language, str]:
        return {first: self.path}


def _recordings(value: object) -> object:
    return OneRecording(path=site_path(value)) if isinstance(value, str) else value


_AROUND = 'write a sound file, or "" for none'


class ScriptTable(Table):
    id: Id = Field(description='name the page, as id = "member-day"')
    air_class: Literal["routine", "urgent", "evacuation"] = Field(
        alias="class", description='write one of "routine", "urgent", "evacuation"'
    )
    title: Words = Field(description=_TITLE)
    text: Words = Field(default_factory=Words, description=_TITLE)
    recording: Annotated[RecordingsTable, BeforeValidator(_recordings)] = Field(
        default_factory=RecordingsTable, description="write a sound file, as sounds/speech/zh/member-day.flac"
    )
    languages: list[Literal["zh-CN", "zh-TW", "en"]] | None = Field(
        default=None, min_length=1, description='list languages, as languages = ["zh-CN", "en"]'
    )
    valid_from: CalendarDate | None = Field(default=None, description="write a date as 2026-11-21")
    valid_until: CalendarDate | None = Field(default=None, description="write a date as 2026-12-31")
    window: WindowTable | None = Field(default=None, description="write { start = 10:15:00, end = 20:15:00 }")
    interval: Annotated[DurationS, Field(ge=60, le=86_400)] | None = Field(
        default=None, description='write a duration from "1min" to "24h", as "15min"'
    )
    zones: list[Id] = Field(default_factory=list, description='list zones, as zones = ["hall"]; [] is the whole store')
    policy: bool = Field(
        default=False, description="write policy = true for a page that only the planning department releases"
    )
    prelude: SitePathOrNone | None = Field(default=None, description=_AROUND)
    postlude: SitePathOrNone | None = Field(default=None, description=_AROUND)


class PlaylistTable(Table):
    id: Id = Field(description='name the playlist, as id = "morning"')
    files: list[SitePath] = Field(min_length=1, description='list files or patterns, as files = ["sounds/music/*.mp3"]')
