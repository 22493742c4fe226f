"""A store whose day takes three minutes."""

from __future__ import annotations

from tests import sites

# A day of three minutes, so that rendering all of it takes a second; the first use listens to the files with libVLC.
DAY_TYPES = """\
[[day_types]]
id = "weekday"
title = { zh-CN = "平日", zh-TW = "平日", en = "Weekday" }
welcome = { start = 09:00:00, end = 09:00:20, playlist = "welcome" }
dayparts = [{ start = 09:00:20, end = 09:02:40, playlist = "day" }]
closing = { start = 09:02:40, end = 09:03:00, playlist = "closing" }
calls = [{ at = 09:02:00, script = "closing-30" }]
"""


BINDER = sites.BINDER.replace("start = 10:15:00, end = 20:15:00", "start = 09:01:00, end = 09:02:00")


SOUNDS_S = {
    "sounds/welcome.wav": 10.0,
    "sounds/closing.wav": 10.0,
    "sounds/chime.wav": 0.5,
    "sounds/speech/member-day.wav": 3.0,
    **{f"sounds/music/song {number}.wav": 7.0 + 1.37 * number for number in range(1, 10)},
}
