"""The quantities the whole house shares, named by unit so that they cannot be mixed up."""

from __future__ import annotations

import re
from typing import NewType

ZoneId = NewType("ZoneId", str)  # a part of the store with a volume of its own
ScriptId = NewType("ScriptId", str)  # a page of the announcement binder
PlaylistId = NewType("PlaylistId", str)
LockerId = NewType("LockerId", int)  # the position of a locker in its bank, 1 or more; its tag may say another number
Language = NewType("Language", str)  # "zh-CN", "zh-TW" or "en"

LANGUAGES = (Language("zh-CN"), Language("zh-TW"), Language("en"))
SAMPLE_RATE_HZ = 44_100


def seconds_of(frames: int) -> float:
    """How long `frames` sample frames last at the house rate."""
    return frames / SAMPLE_RATE_HZ


def frames_in(seconds: float) -> int:
    """The number of sample frames nearest to `seconds`."""
    return round(seconds * SAMPLE_RATE_HZ)


def amplitude_of(gain_db: float) -> float:
    """The factor by which a gain in decibels multiplies samples; 0 dB is 1.0."""
    return float(10.0 ** (gain_db / 20.0))


_DURATION = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})min)?(?:(\d{1,6})s)?(?:(\d{1,6})ms)?", re.ASCII)


def duration_s(text: str) -> float:
    """The seconds in a duration written as "15min", "90s", "1h30min" or "300ms", largest unit first. ValueError."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise ValueError(text)
    hours, minutes, seconds, milliseconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000
