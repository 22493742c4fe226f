"""Builds small, whole site directories: real TOML, real (tiny) sound files, one change away from any mistake."""

from __future__ import annotations

import math
import struct
import wave
from collections.abc import Mapping
from pathlib import Path

SITE = """\
[store]
name = { zh-CN = "和风百货", zh-TW = "和風百貨", en = "Hefeng Department Store" }
time_zone = "Asia/Shanghai"

[output]
device = ""
channels = 2
block_frames = 1024

[[zones]]
id = "hall"
title = { zh-CN = "卖场", zh-TW = "賣場", en = "Sales floor" }
channels = [1, 2]
volume_db = -6.0

[levels]
music_lufs = -23.0
announcement_lufs = -18.0
ceiling_dbfs = -1.0

[programme]
separation = "60min"
late_grace = "5min"
interrupt_fade = "300ms"
seed = ""

[[buttons]]
id = "promo"
action = "script"
script = "member-day"

[[buttons]]
id = "evacuate"
action = "evacuate"
script = "evacuation"
guard = "hold"

[[buttons]]
id = "reset"
action = "reset"

[speech]
engines = ["espeak"]
"""

DAY_TYPES = """\
[[day_types]]
id = "weekday"
title = { zh-CN = "平日", zh-TW = "平日", en = "Weekday" }
welcome = { start = 09:00:00, end = 09:10:00, playlist = "welcome" }
dayparts = [
  { start = 09:10:00, end = 14:00:00, playlist = "day" },
  { start = 14:00:00, end = 21:50:00, playlist = "day" },
]
closing = { start = 21:50:00, end = 22:00:00, playlist = "closing" }
calls = [{ at = 21:30:00, script = "closing-30" }]

[[day_types]]
id = "weekend"
title = { zh-CN = "周末", zh-TW = "週末", en = "Weekend" }
welcome = { start = 09:00:00, end = 09:10:00, playlist = "welcome" }
dayparts = [{ start = 09:10:00, end = 22:20:00, playlist = "day" }]
closing = { start = 22:20:00, end = 22:30:00, playlist = "closing" }
"""

CALENDAR = """\
[weekdays]
monday = "weekday"
tuesday = "weekday"
wednesday = "weekday"
thursday = "weekday"
friday = "weekday"
saturday = "weekend"
sunday = "weekend"

[public_holidays]
holiday = "weekend"
workday = "weekday"

[[dates]]
day_type = "weekend"
days = [2026-12-24, 2026-12-25]
"""

BINDER = """\
[defaults]
prelude = "sounds/chime.wav"
postlude = "sounds/chime.wav"

[[scripts]]
id = "member-day"
class = "routine"
title = { zh-CN = "会员日", zh-TW = "會員日", en = "Member day" }
text = { zh-CN = "各位来宾，会员日开始了。", zh-TW = "各位來賓，會員日開始了。", en = "Our member days are on." }
recording = "sounds/speech/member-day.wav"
valid_from = 2026-11-21
valid_until = 2026-12-31
window = { start = 10:15:00, end = 20:15:00 }
interval = "60min"
zones = ["hall"]

[[scripts]]
id = "closing-30"
class = "routine"
title = { zh-CN = "闭店", zh-TW = "打烊", en = "Closing" }
text = { zh-CN = "还有三十分钟。", zh-TW = "還有三十分鐘。", en = "We close in thirty minutes." }

[[scripts]]
id = "lost-child"
class = "urgent"
title = { zh-CN = "寻人", zh-TW = "尋人", en = "Lost child" }
text = { zh-CN = "请注意。", zh-TW = "請注意。", en = "Attention, please." }

[[scripts]]
id = "evacuation"
class = "evacuation"
title = { zh-CN = "疏散", zh-TW = "疏散", en = "Evacuation" }
text = { zh-CN = "请离开。", zh-TW = "請離開。", en = "Please leave now." }
"""

PLAYLISTS = """\
[[playlists]]
id = "welcome"
files = ["sounds/welcome.wav"]

[[playlists]]
id = "day"
files = ["sounds/music/*"]

[[playlists]]
id = "closing"
files = ["sounds/closing.wav"]
"""

FILES = {
    "site": ("site.toml", SITE),
    "day_types": ("schedules/day_types.toml", DAY_TYPES),
    "calendar": ("schedules/calendar.toml", CALENDAR),
    "binder": ("schedules/binder.toml", BINDER),
    "playlists": ("schedules/playlists.toml", PLAYLISTS),
}

SOUNDS_S: Mapping[str, float] = {
    "sounds/welcome.wav": 0.3,
    "sounds/closing.wav": 0.3,
    "sounds/chime.wav": 0.1,
    "sounds/speech/member-day.wav": 0.2,
    "sounds/music/song 1.wav": 1.3,
    "sounds/music/song 2.wav": 1.4,
    "sounds/music/song 10.wav": 1.5,
}


def write_site(root: Path, *, sounds_s: Mapping[str, float] = SOUNDS_S, **changes: str | tuple[str, str]) -> Path:
    """Write a valid site into `root` and return it.

    changes: by file ("site", "day_types", "calendar", "binder", "playlists"): its whole new text, or a pair of what to
    replace (it must occur) and by what. sounds_s: the sound files and their lengths in seconds.
    """
    unknown = changes.keys() - FILES.keys()
    assert not unknown, f"no such file of a site: {unknown}"
    for key, (file, text) in FILES.items():
        change = changes.get(key, text)
        if isinstance(change, tuple):
            old, new = change
            assert old in text, f"{old!r} is not in {file}"
            change = text.replace(old, new, 1)
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change, encoding="utf-8")
    for pitch, (sound, seconds) in enumerate(sounds_s.items()):
        write_tone(root / sound, seconds, hertz=330.0 + 55.0 * pitch)
    return root


def write_tone(path: Path, seconds: float, *, hertz: float = 440.0, rate: int = 44_100, channels: int = 2) -> Path:
    """Write a soft sine as a 16-bit WAV file; one second of it is computed and then repeated."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frames = round(seconds * rate)
    block = min(frames, rate)
    wave_shape = (round(6000 * math.sin(2 * math.pi * round(hertz) * at / rate)) for at in range(block))
    samples = b"".join(struct.pack("<h", value) * channels for value in wave_shape)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        for start in range(0, frames, rate):
            out.writeframes(samples[: min(rate, frames - start) * 2 * channels])
    return path
