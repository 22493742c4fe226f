"""Mistakes in where the sound goes and how loud it is, as in mistakes.py."""

from __future__ import annotations

from tests.config.mistakes import Mistake

ONE = """\
[output]
device = ""
channels = 2
block_frames = 1024

[[zones]]
id = "hall"
"""
SEVERAL = """\
[[outputs]]
id = "downstairs"
device = "USB 1"

[[outputs]]
id = "upstairs"
device = "USB 2"

[[zones]]
id = "hall"
output = "upstair"
"""

ZONE_MISTAKES = {
    "a zone on an output that is not there": Mistake(
        "site",
        "channels = [1, 2]",
        'output = "upstairs"\nchannels = [1, 2]',
        'zone[1] "hall".output',
        "names an output, but there are none",
        "begin each output with [[outputs]]",
    ),
    "a zone on an output that is misspelt": Mistake(
        "site",
        ONE,
        SEVERAL,
        'zone[1] "hall".output',
        'names the unknown output "upstair"',
        'did you mean "upstairs"?',
    ),
    "one output beside several": Mistake(
        "site",
        "[levels]",
        '[[outputs]]\nid = "upstairs"\ndevice = "USB"\n[levels]',
        "output (line 5)",
        "stands beside [[outputs]]",
        "take [output] out",
    ),
    "no outputs at all": Mistake(
        "site",
        "[store]",
        "outputs = []\n[store]",
        "outputs",
        "names no output",
        "begin each output with [[outputs]]",
    ),
    "two outputs on one device": Mistake(
        "site",
        "[levels]",
        '[[outputs]]\nid = "a"\n[[outputs]]\nid = "b"\n[levels]',
        'output[2] "b".device',
        'names the device "", which "a" has already',
        "give every output a device of its own",
    ),
    "quiet hours all day": Mistake(
        "site",
        "[levels]",
        "[[neighbourhood]]\nstart = 21:00:00\nend = 21:00:00\nceiling_db = -20\n[levels]",
        "neighbourhood[1].end",
        "begins and ends at 21:00",
        "lower volume_db of the zones instead",
        severity="warning",
    ),
    "quiet hours for an unknown zone": Mistake(
        "site",
        "[levels]",
        '[[neighbourhood]]\nstart = 21:00:00\nend = 08:00:00\nceiling_db = -20\nzones = ["hal"]\n[levels]',
        "neighbourhood[1].zone[1]",
        'names the unknown zone "hal"',
        'did you mean "hall"?',
    ),
    "quiet hours that are louder than the output": Mistake(
        "site",
        "[levels]",
        "[[neighbourhood]]\nstart = 21:00:00\nend = 08:00:00\nceiling_db = 3\n[levels]",
        "neighbourhood[1].ceiling_db",
        "is 3, which is too large",
        "write decibels from -60",
    ),
    "a daypart's volume for an unknown zone": Mistake(
        "day_types",
        'end = 14:00:00, playlist = "day"',
        'end = 14:00:00, playlist = "day", volume = { hal = -9.0 }',
        'day_type[1] "weekday".daypart[1].volume.hal',
        'names the unknown zone "hal"',
        'did you mean "hall"?',
    ),
    "a daypart louder than the output": Mistake(
        "day_types",
        'end = 14:00:00, playlist = "day"',
        'end = 14:00:00, playlist = "day", volume = { hall = 6 }',
        'day_type[1] "weekday".daypart[1].volume.hall',
        "is 6, which is too large",
    ),
    "an evacuation for some zones": Mistake(
        "binder",
        'title = { zh-CN = "疏散"',
        'zones = ["hall"]\ntitle = { zh-CN = "疏散"',
        'script[4] "evacuation".zones',
        "names zones, but an evacuation is heard in the whole store",
        "take the line out",
        severity="warning",
    ),
}
