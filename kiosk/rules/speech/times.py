"""Dates and times of day, in Mandarin.

Shoppers hear the twelve-hour clock with the part of the day (21:05 is 晚上九点零五分); the part is left out where the
text has it already and before noon, where a lone 9:30 is plain. A range says both parts: 上午九点到晚上十点.
"""

from __future__ import annotations

import re

from kiosk.rules.speech.numerals import cardinal, digits
from kiosk.rules.speech.passes import SPAN, Manner, Pass, written

_PART = (
    r"凌晨|清晨|早晨|早上|今早|明早|上午|中午|正午|下午|午后|午後|傍晚|今晚|明晚|当晚|當晚|每晚|晚上|晚间|晚間"
    r"|夜间|夜間|深夜|夜里|夜裡|午夜|晚|早"
)
_TIME = (
    rf"(?:(?P<part>{_PART})\s*)?(?<![0-9])(?<![0-9][.,:/])(?P<hour>[01]?[0-9]|2[0-4])\s?:\s?(?P<minute>[0-5][0-9])"
    r"(?::(?P<second>[0-5][0-9]))?(?![0-9:])(?:\s?(?P<half>[ap])\.?m(?![A-Za-z])\.?)?"
)
_HALVES = r"(?<![0-9])(?<![0-9][.:])(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap])\.?m(?![A-Za-z])\.?"


def _said(part: str, hour: int, minute: int, second: str | None) -> str:
    on_dial = hour - 12 if hour > 12 else hour
    said = part + ("两" if on_dial == 2 else cardinal(on_dial)) + "点"
    if second is not None:
        return f"{said}{_two_digits(minute)}分{_two_digits(int(second))}秒"
    if minute == 30:
        return said + "半"
    return said + (f"{_two_digits(minute)}分" if minute else "")


def _two_digits(number: int) -> str:
    return ("零" if 0 < number < 10 else "") + cardinal(number)


def _part_of(hour: int) -> str:
    for until, part in ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午")):
        if hour < until:
            return part
    return "晚上"


def _hour(found: re.Match[str], end: str = "") -> int:
    hour, half = int(found[f"hour{end}"]), (found[f"half{end}"] or "").lower()
    if half == "p" and hour < 12:
        return hour + 12
    return 0 if half == "a" and hour == 12 else hour


def _time(found: re.Match[str], manner: Manner) -> str:
    hour, minute = _hour(found), int(found["minute"])
    told = found["half"] or hour > 12 or (hour == 12 and not minute)
    return _said(found["part"] or (_part_of(hour) if told else ""), hour, minute, found["second"])


def _half(found: re.Match[str], manner: Manner) -> str:
    return _said(_part_of(_hour(found)), _hour(found), 0, None)


def _opening_hours(found: re.Match[str], manner: Manner) -> str:
    first, last = _hour(found), _hour(found, "2")
    minute, last_minute = int(found["minute"]), int(found["minute2"])
    crosses_noon = first < 12 <= last
    before = found["part"] or (_part_of(first) if found["half"] or first >= 12 or crosses_noon else "")
    after = found["part2"] or ""
    if not after:
        overnight = last < 6 and first >= 12
        told = found["half2"] or last > 12 or (last == 12 and not last_minute) or overnight
        after = _part_of(last) if told else ""
    if after == before:
        after = ""
    return _said(before, first, minute, found["second"]) + "到" + _said(after, last, last_minute, found["second2"])


def _hour_and_minute(found: re.Match[str], manner: Manner) -> str:
    """9点05分, 21时30分: as they were written, the minutes with their zero."""
    hour, minute = int(found[1]), int(found[3])
    if hour > 24 or minute > 59:
        return f"{cardinal(hour)}{found[2]}{cardinal(minute)}{found[4]}"
    return ("两" if hour == 2 else cardinal(hour)) + found[2] + (_two_digits(minute)) + (found[4] or "分")


def _date(found: re.Match[str], manner: Manner) -> str:
    year, month, day = found[1], int(found[2]), int(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return f"{digits(year)}年{cardinal(month)}月{cardinal(day)}日"


def _month_and_day(found: re.Match[str], manner: Manner) -> str:
    """6/18 is a date where it cannot be a fraction that somebody would say."""
    month, day = int(found[1]), int(found[2])
    sayable = month < day <= 10 and all(month % by or day % by for by in range(2, month + 1))
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (sayable and not found[3]):
        return found[0]
    return f"{cardinal(month)}月{cardinal(day)}日"


def _without_zero(found: re.Match[str], manner: Manner) -> str:
    return cardinal(int(found[1]))


_SPAN_2 = _TIME.replace(">", "2>").replace("(?<![0-9])(?<![0-9][.,:/])", "")
_YEAR = r"(?:1[89]|20|21)[0-9]{2}"

TIMES: tuple[Pass, ...] = (
    (written(rf"(?<![0-9])({_YEAR})\s?[-/.]\s?([01]?[0-9])\s?[-/.]\s?([0-3]?[0-9])(?![0-9])日?"), _date),
    (written(_TIME + SPAN + _SPAN_2, any_case=True), _opening_hours),
    (written(_TIME, any_case=True), _time),
    (written(_HALVES, any_case=True), _half),
    (
        written(r"(?<![0-9])(?<![0-9][.])([0-9]{1,2})\s?([点點时時])\s?([0-9]{1,2})(?![0-9.])\s?(分(?!之)|)"),
        _hour_and_minute,
    ),
    (
        written(rf"(?<![0-9])(?<![0-9][.,])({_YEAR})({SPAN})({_YEAR})(?=\s?[年届屆])"),
        lambda found, manner: f"{digits(found[1])}到{digits(found[3])}",
    ),
    (
        written(rf"(?<![0-9])(?<![0-9][.,])({_YEAR})(?=\s?(?:年(?!以上|历史)|[春夏秋冬届屆款版]|新[款品春年]))"),
        lambda found, manner: digits(found[1]),
    ),
    (written(r"(?<![0-9])([0-9]0)(?=[后後])"), lambda found, manner: digits(found[1])),
    (written(r"(?<![0-9./])0([1-9])(?=\s?[月日号號])"), _without_zero),
    (written(r"(?<![0-9./-])(1[0-2]|[1-9])/([1-3]?[0-9])(?![0-9/%])(日?)"), _month_and_day),
    (
        written(
            r"([周週]|星期|礼拜|禮拜)([一二三四五六日天])\s*[-–—~〜～]+\s*([周週]|星期|礼拜|禮拜)?(?=[一二三四五六日天])"
        ),
        lambda found, manner: f"{found[1]}{found[2]}到{found[1]}",
    ),
)
