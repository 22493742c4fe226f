"""One kind of mistake after the other, each a single change to a valid site, with what the installer then reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.errors import Problem
from tests.sites import FILES

JARGON = re.compile(
    r"pydantic|Input should|Field required|valid (string|integer|number|tuple|dictionary|list)|NoneType|Traceback|"
    r"(string|int|float|list|dict|tuple|model|literal|extra)_(type|error|forbidden)|datetime\.|<class|Errno|tomllib"
)


@dataclass(frozen=True)
class Mistake:
    """One change to a valid site, and the place, the words and the remedy that the installer reads."""

    file: str
    old: str
    new: str
    place: str
    what: str
    remedy: str = ""
    severity: str = "error"


WINDOW = "window = { start = 10:15:00, end = 20:15:00 }"
URGENT_TEXT = 'text = { zh-CN = "请注意。", zh-TW = "請注意。", en = "Attention, please." }'

MISTAKES = {
    # The day
    "a gap in the day": Mistake(
        "day_types", "end = 14:00:00", "end = 13:00:00", 'day_type[1] "weekday".daypart[2] (line 5)',
        "nothing plays from 13:00 to 14:00, between daypart 1 (09:10 to 13:00) and daypart 2 (14:00 to 21:50)",
        "let daypart 2 start at 13:00, or daypart 1 end at 14:00",
    ),
    "dayparts that overlap": Mistake(
        "day_types", "end = 14:00:00", "end = 15:00:00", 'day_type[1] "weekday".daypart[2] (line 5)',
        "daypart 1 (09:10 to 15:00) and daypart 2 (14:00 to 21:50) overlap from 14:00 to 15:00",
    ),
    "welcome music that reaches into the programme": Mistake(
        "day_types", "end = 09:10:00", "end = 09:15:00", 'day_type[1] "weekday".daypart[1]',
        "the welcome music (09:00 to 09:15) and daypart 1 (09:10 to 14:00) overlap from 09:10 to 09:15",
    ),
    "closing music that comes late": Mistake(
        "day_types", "closing = { start = 21:50:00", "closing = { start = 21:55:00", 'day_type[1] "weekday".closing',
        "nothing plays from 21:50 to 21:55, between daypart 2 (14:00 to 21:50) and the closing music (21:55 to 22:00)",
    ),
    "a daypart of no length": Mistake(
        "day_types", "end = 14:00:00", "end = 09:10:00", 'day_type[1] "weekday".daypart[1]',
        "daypart 1 starts and ends at 09:10, so it has no length",
    ),
    "a day that runs backwards": Mistake(
        "day_types", "closing = { start = 21:50:00, end = 22:00:00", "closing = { start = 21:50:00, end = 21:40:00",
        'day_type[1] "weekday" (line 1)', "the day would last 36.7 hours: the closing music ends before it starts",
    ),
    "no daypart": Mistake(
        "day_types", 'dayparts = [{ start = 09:10:00, end = 22:20:00, playlist = "day" }]', "dayparts = []",
        'day_type[2] "weekend".dayparts', "is an empty list", "list at least one {",
    ),
    "minutes instead of a time": Mistake(
        "day_types", "start = 09:00:00", "start = 540", 'day_type[1] "weekday".welcome.start (line 4)',
        "is the number 540, not a time of day", "if you mean 09:00, write 09:00:00",
    ),
    "midnight as 24:00": Mistake(
        "day_types", "end = 22:30:00", 'end = "24:00"', 'day_type[2] "weekend".closing.end',
        'is the text "24:00", not a time of day', "midnight is 00:00:00",
    ),
    "an unknown playlist": Mistake(
        "day_types", 'playlist = "day"', 'playlist = "dya"', 'day_type[1] "weekday".daypart[1].playlist',
        'names the unknown playlist "dya"', 'did you mean "day"?',
    ),
    "a call of an unknown page": Mistake(
        "day_types", "closing-30", "closing30", 'day_type[1] "weekday".call[1].script (line 10)',
        'names the unknown script "closing30"', 'did you mean "closing-30"?',
    ),
    "a call of an urgent page": Mistake(
        "day_types", "closing-30", "lost-child", 'day_type[1] "weekday".call[1].script',
        'calls "lost-child", which is urgent: it airs only when a person asks for it',
    ),
    "a call after the doors have closed": Mistake(
        "day_types", "at = 21:30:00", "at = 22:00:00", 'day_type[1] "weekday".call[1].at',
        "22:00 lies outside the day, which lasts from 09:00 to 22:00",
    ),
    "two day types of one name": Mistake(
        "day_types", 'id = "weekend"', 'id = "weekday"', 'day_type[2] "weekday".id (line 13)',
        'the id "weekday" is taken by entry 1 already', "give each entry an id of its own",
    ),
    # The calendar
    "a weekday without a day type": Mistake(
        "calendar", 'friday = "weekday"\n', "", "weekdays.friday",
        "is missing", 'name the day type of every friday, as friday = "weekday"',
    ),
    "a misspelt weekday": Mistake(
        "calendar", "friday =", "fryday =", "weekdays.fryday (line 6)", 'unknown key "fryday"',
        'did you mean "friday"?',
    ),
    "a weekday with an unknown day type": Mistake(
        "calendar", 'friday = "weekday"', 'friday = "weekdya"', "weekdays.friday",
        'names the unknown day type "weekdya"', 'did you mean "weekday"?',
    ),
    "no weekdays at all": Mistake(
        "calendar", "[weekdays]", "[week]", "weekdays", "is missing",
        "name the day type of each weekday under [weekdays]",
    ),
    "holidays with an unknown day type": Mistake(
        "calendar", 'holiday = "weekend"', 'holiday = "festival"', "public_holidays.holiday (line 11)",
        'names the unknown day type "festival"',
    ),
    "a date mapped twice": Mistake(
        "calendar", "2026-12-25]", "2026-12-24]", "dates[1].days[2]",
        '2026-12-24 has the day type "weekend" already', "name each date once",
    ),
    "a date between quotes": Mistake(
        "calendar", "2026-12-25]", '"2026-12-25"]', "dates[1].days[2]",
        'is the text "2026-12-25", not a date', "write a date without quotes",
    ),
    "a misspelt section": Mistake(
        "calendar", "[public_holidays]", "[public_holiday]", "public_holiday (line 10)",
        'unknown section "public_holiday"', 'did you mean "public_holidays"?',
    ),
    # The store
    "an unknown time zone": Mistake(
        "site", "Asia/Shanghai", "Asia/Shanghia", "store.time_zone (line 3)",
        'names the unknown time zone "Asia/Shanghia"', 'did you mean "Asia/Shanghai"?',
    ),
    "a nameless store": Mistake(
        "site", 'name = { zh-CN = "和风百货", zh-TW = "和風百貨", en = "Hefeng Department Store" }', "name = {}",
        "store.name", "is empty", "write it in zh-CN, zh-TW, en",
    ),
    "a store without an English name": Mistake(
        "site", ', en = "Hefeng Department Store"', "", "store.name", "is missing in en", severity="warning",
    ),
    "a misspelt language": Mistake(
        "site", "zh-CN", "zh_CN", "store.name.zh_CN", 'unknown key "zh_CN"', 'did you mean "zh-CN"?',
    ),
    "a misspelt key": Mistake(
        "site", "block_frames", "blok_frames", "output.blok_frames", 'unknown key "blok_frames"',
        'did you mean "block_frames"?',
    ),
    "a volume beyond the output's": Mistake(
        "site", "volume_db = -6.0", "volume_db = 6", 'zone[1] "hall".volume_db', "is 6, which is too large",
        "write decibels from -60 (all but silent) to 0",
    ),
    "a volume that is no number": Mistake(
        "site", "volume_db = -6.0", "volume_db = nan", 'zone[1] "hall".volume_db', "is nan, not a number to work with",
    ),
    "channels that the output lacks": Mistake(
        "site", "channels = [1, 2]", "channels = [1, 3]", 'zone[1] "hall".channels',
        "names channel 3, but the output has the channels 1 to 2", "raise output.channels",
    ),
    "zones that share a channel": Mistake(
        "site", "[levels]",
        '[[zones]]\nid = "food"\ntitle = { zh-CN = "a", zh-TW = "b", en = "c" }\nchannels = [2, 2]\n[levels]',
        'zone[2] "food".channels', 'channel 2 belongs to the zone "hall" already',
    ),
    "a single channel": Mistake(
        "site", "channels = [1, 2]", "channels = 1", 'zone[1] "hall".channels', "is the number 1",
        "write two output channels, counted from 1, as channels = [1, 2]",
    ),
    "announcements softer than the music": Mistake(
        "site", "announcement_lufs = -18.0", "announcement_lufs = -30", "levels.announcement_lufs",
        "announcements at -30 LUFS are softer than music at -23 LUFS", severity="warning",
    ),
    "a duration without a unit": Mistake(
        "site", '"60min"', "60", "programme.separation", "is the number 60, which has no unit", 'write "60min", "60s"',
    ),
    "a duration in words": Mistake(
        "site", '"5min"', '"five minutes"', "programme.late_grace", 'is the text "five minutes", not a duration',
        'write a duration from "0s" to "1h", as "5min"',
    ),
    "a button that does nothing known": Mistake(
        "site", 'action = "script"', 'action = "skript"', 'button[1] "promo".action',
        'is "skript", which is not known here; did you mean "script"?', 'write one of "script", "urgent"',
    ),
    "a button for an unknown page": Mistake(
        "site", 'script = "member-day"', 'script = "memberday"', 'button[1] "promo".script (line 30)',
        'names the unknown script "memberday"', 'did you mean "member-day"?',
    ),
    "a button whose page does not fit": Mistake(
        "site", 'script = "member-day"', 'script = "lost-child"', 'button[1] "promo".script',
        'the page "lost-child" is urgent, which does not fit the action script', 'write action = "urgent"',
    ),
    "a button without a page": Mistake(
        "site", 'script = "evacuation"', "", 'button[2] "evacuate".script', "is missing",
        "name a page whose class is evacuation",
    ),
    "a reset with a page": Mistake(
        "site", 'action = "reset"', 'action = "reset"\nscript = "member-day"', 'button[3] "reset".script',
        "a reset button airs no page", "take the line out",
    ),
    # The binder
    "a window of no length": Mistake(
        "binder", "start = 10:15:00", "start = 20:15:00", 'script[1] "member-day".window', "starts and ends at 20:15",
    ),
    "a window in the night": Mistake(
        "binder", WINDOW, "window = { start = 23:15:00, end = 23:55:00 }", 'script[1] "member-day".window (line 13)',
        "23:15 to 23:55 lies outside the broadcast hours of every day type",
        "the broadcast hours are: weekday 09:00 to 22:00, weekend 09:00 to 22:30",
    ),
    "a window that no due moment reaches": Mistake(
        "binder", WINDOW + '\ninterval = "60min"', 'window = { start = 08:15:00, end = 09:55:00 }\ninterval = "5h"',
        'script[1] "member-day".window', "comes up at 08:15 and every 300 min after, which is never within",
    ),
    "an interval below a minute": Mistake(
        "binder", 'interval = "60min"', 'interval = "30s"', 'script[1] "member-day".interval',
        'is "30s", which is too small', 'write a duration from "1min" to "24h"',
    ),
    "an interval without a window": Mistake(
        "binder", WINDOW + "\n", "", 'script[1] "member-day".interval', "has no window to repeat in", "add window = {",
    ),
    "a window for an urgent page": Mistake(
        "binder", 'class = "urgent"', 'class = "urgent"\n' + WINDOW, 'script[3] "lost-child".window',
        "has a window although it is urgent: such a page airs only when a person asks for it",
    ),
    "a window for the evacuation": Mistake(
        "binder", 'class = "evacuation"', 'class = "evacuation"\n' + WINDOW, 'script[4] "evacuation".window',
        "has a window although it is evacuation",
    ),
    "an unknown class": Mistake(
        "binder", 'class = "routine"', 'class = "rutine"', 'script[1] "member-day".class',
        'is "rutine", which is not known here; did you mean "routine"?',
    ),
    "validity that ends before it begins": Mistake(
        "binder", "valid_until = 2026-12-31", "valid_until = 2026-10-31", 'script[1] "member-day".valid_until',
        "is valid from 2026-11-21 but only until 2026-10-31",
    ),
    "an unknown zone": Mistake(
        "binder", 'zones = ["hall"]', 'zones = ["hal"]', 'script[1] "member-day".zone[1]',
        'names the unknown zone "hal"', 'did you mean "hall"?',
    ),
    "a recording that is not there": Mistake(
        "binder", "member-day.wav", "memberday.wav", 'script[1] "member-day".recording (line 10)',
        'the file "sounds/speech/memberday.wav" is not there; the text is spoken instead',
        'did you mean "member-day.wav"?',
    ),
    "a recording without a text that is not there": Mistake(
        "binder", URGENT_TEXT, 'recording = "sounds/speech/lost.wav"', 'script[3] "lost-child".recording',
        'the file "sounds/speech/lost.wav" is not there',
    ),
    "a prelude that is not there": Mistake(
        "binder", 'prelude = "sounds/chime.wav"', 'prelude = "sounds/chimes/chime.wav"', "defaults.prelude",
        'the file "sounds/chimes/chime.wav" is not there', "not even the folder sounds/chimes is there",
    ),
    "a prelude that is no sound": Mistake(
        "binder", 'prelude = "sounds/chime.wav"', 'prelude = "site.toml"', "defaults.prelude",
        '"site.toml" is not a sound file', "known endings are .aac, .flac",
    ),
    "a prelude that is a folder": Mistake(
        "binder", 'prelude = "sounds/chime.wav"', 'prelude = "sounds/music"', "defaults.prelude",
        '"sounds/music" is a folder, not a sound file',
    ),
    "announcements without light music": Mistake(
        "binder", 'prelude = "sounds/chime.wav"', "", 'script[1] "member-day"',
        "has no prelude, and neither have the defaults (B09)", severity="warning",
    ),
    "a path out of the site": Mistake(
        "binder", "sounds/speech/member-day.wav", "../member-day.wav", 'script[1] "member-day".recording',
        'is "../member-day.wav", which does not stay inside the site directory',
    ),
    "a path with backslashes": Mistake(
        "binder", "sounds/speech/member-day.wav", "sounds\\\\speech\\\\a.wav", 'script[1] "member-day".recording',
        "with backslashes", "write paths with /",
    ),
    "a page that says nothing": Mistake(
        "binder", URGENT_TEXT, "", 'script[3] "lost-child" (line 23)', "has neither a recording nor a text",
    ),
    "a text that lacks languages": Mistake(
        "binder", URGENT_TEXT, 'text.zh-CN = "请注意。"', 'script[3] "lost-child".text', "is missing in zh-TW and en",
        severity="warning",
    ),
    "an empty text": Mistake(
        "binder", "Attention, please.", " ", 'script[3] "lost-child".text.en', "is empty", "write the text in English",
    ),
    "words that staff may not say": Mistake(
        "binder", "请注意。", "我不知道。", 'script[3] "lost-child".text.zh-CN',
        "says 不知道, which staff may not say to a shopper (S02)", severity="warning",
    ),
    "an id with a space": Mistake(
        "binder", 'id = "evacuation"', 'id = "evac now"', 'script[4] "evac now".id',
        'is "evac now", which cannot be an id', 'such as "member-day"',
    ),
    "one section instead of a list": Mistake(
        "binder", FILES["binder"][1], "[scripts]\n", "scripts (line 1)", "is one section, not a list of entries",
        "begin each entry with [[scripts]]",
    ),
    "a recording with an endless name": Mistake(
        "binder", "sounds/speech/member-day.wav", "sounds/" + "x" * 300 + ".wav", 'script[1] "member-day".recording',
        "cannot be reached",
    ),
    "text over several lines": Mistake(
        "binder", "[defaults]\n", 'note = """\n[[scripts]]\nid = 1\n"""\n[defaults]\n', "note (line 1)",
        'unknown section "note"', "The sections of this file are defaults, scripts.",
    ),
    # The playlists
    "a file without playlists": Mistake(
        "playlists", FILES["playlists"][1], "", "playlists", "names no playlist",
        "begin each playlist with [[playlists]]",
    ),
    "a file without day types": Mistake(
        "day_types", FILES["day_types"][1], "", "day_types", "names no day type",
        "begin each day type with [[day_types]]",
    ),
    "a file without zones": Mistake(
        "site", FILES["site"][1], "", "zones", "names no zone", "begin each zone of the store with [[zones]]",
    ),
    "an empty playlist": Mistake(
        "playlists", 'files = ["sounds/music/*"]', "files = []", 'playlist[2] "day".files', "is an empty list",
        'as files = ["sounds/music/*.mp3"]',
    ),
    "a pattern that matches nothing": Mistake(
        "playlists", '"sounds/music/*"', '"sounds/music/*", "sounds/music/*.mp3"', 'playlist[2] "day".file[2] (line 7)',
        'the pattern "sounds/music/*.mp3" matches no sound file',
    ),
    "a pattern that is none": Mistake(
        "playlists", "sounds/music/*", "sounds/**.wav", 'playlist[2] "day".file[1]', '"sounds/**.wav" is not a pattern',
    ),
    "a song that is not there": Mistake(
        "playlists", "sounds/welcome.wav", "sounds/welcom.wav", 'playlist[1] "welcome".file[1]',
        'the file "sounds/welcom.wav" is not there', 'did you mean "welcome.wav"?',
    ),
    "a playlist without music": Mistake(
        "playlists", "sounds/welcome.wav", "sounds/welcom.wav", 'playlist[1] "welcome"',
        "is empty: not one of its sound files is there",
    ),
    # The writing
    "a time without seconds": Mistake(
        "day_types", "09:00:00", "09:00", "", "line 4, column 22: is not valid TOML",
        'write 09:00:00 or "09:00"; the line reads',
    ),
    "curly quotes": Mistake(
        "binder", '"member-day"', "“member-day”", "", "line 6, column 6: is not valid TOML", "straight quotes",
    ),
    "a text without quotes": Mistake("binder", '"member-day"', "member-day", "", "line 6, column 6", "between quotes"),
    "a quote that is not closed": Mistake(
        "binder", '"member-day"', '"member-day', "", "line 6, column 17", "the closing quote is missing",
    ),
    "a key given twice": Mistake(
        "binder", 'id = "member-day"', 'id = "member-day"\nid = "member-day"', "", "line 7",
        "given two times: keep one",
    ),
    "a list that is not closed": Mistake(
        "calendar", "2026-12-25]", "2026-12-25", "", "end of file: is not valid TOML",
        "a closing quote, bracket or value is missing",
    ),
    "single brackets": Mistake(
        "binder", "[[scripts]]", "[scripts]", "", "line 17", "two brackets each time: [[scripts]]",
    ),
}  # fmt: skip


def assert_readable(problem: Problem) -> None:
    """A problem names a file and a remedy, in words that an installer knows."""
    assert problem.file in {"schedules/returns.toml", *(file for file, _ in FILES.values())}
    assert problem.what
    assert problem.remedy
    assert problem.severity in {"error", "warning"}
    assert not JARGON.search(str(problem)), str(problem)
