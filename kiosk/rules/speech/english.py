"""English announcement text as it is to be said: times, prices, floors, numbers, and Chinese names in letters."""

from __future__ import annotations

import re
from types import MappingProxyType

from kiosk.rules.speech.english_numbers import cardinal, digits, named, ordinal, spoken, two_digits, year
from kiosk.rules.speech.latin import is_spelled, with_brands
from kiosk.rules.speech.numerals import NUMBER
from kiosk.rules.speech.passes import Manner, Pass, spelled_out, written
from kiosk.rules.speech.readings import sayable, words
from kiosk.rules.speech.tokens import ENGLISH, PAUSES_MS, Pause, Speakable, Token, Word
from kiosk.rules.speech.written import Kind, pieces, plain

_SPAN = r"\s*(?:-{1,2}|[–—−~]|to)\s*"
_HALF = r"([ap])(?:\.\s?m(?:\.(?!\s+(?-i:[A-Z])|\s*$))?|m)(?![A-Za-z])"
_TIME = rf"(?<![0-9])(?<![0-9][.,:/])([01]?[0-9]|2[0-4]):([0-5][0-9])(?![0-9:])(?:\s?{_HALF})?(?:\s?o'clock)?"
_NAMES_OF_MONTHS = "January February March April May June July August September October November December"
_MONTHS = _NAMES_OF_MONTHS.split()
_MONTH = "|".join([*_MONTHS, *(month[:3] for month in _MONTHS if month != "May"), "Sept"])
_CURRENCIES = MappingProxyType(
    {"$": "dollar", "US$": "dollar", "HK$": "Hong Kong dollar", "NT$": "Taiwan dollar", "€": "euro", "£": "pound",
     "¥": "yuan", "RMB": "yuan", "CNY": "yuan"}
)  # fmt: skip
_SIGN = "|".join(sorted((re.escape(sign) for sign in _CURRENCIES), key=len, reverse=True))
_UNITS = MappingProxyType(
    {"kg": "kilogram", "g": "gram", "mg": "milligram", "ml": "millilitre", "mL": "millilitre", "L": "litre",
     "l": "litre", "km": "kilometre", "m": "metre", "cm": "centimetre", "mm": "millimetre", "m2": "square metre",
     "min": "minute", "h": "hour", "hrs": "hour", "°C": "degree", "°": "degree", "pcs": "piece", "W": "watt"}
)  # fmt: skip
_UNIT = "|".join(sorted((re.escape(unit) for unit in _UNITS), key=len, reverse=True))
_SYMBOLS = str.maketrans(
    {"&": " and ", "+": " plus ", "@": " at ", "%": " percent ", "=": " equals ", "°": " degrees ", "×": " times ",
     "¥": " yuan ", "€": " euros ", "£": " pounds ", "〇": " zero ",
     "≥": " at least ", "≤": " at most ", "±": " plus or minus ", "÷": " divided by ", "≈": " about ",
     "‰": " per mille "}
)  # fmt: skip
_WITH_STOP = frozenset(("Mr", "Ms", "Mrs", "Dr", "St", "Jr", "Sr", "No"))
_LONE = r"(?<![0-9A-Za-z])(?<![0-9][.,])"


def _time(found: re.Match[str], manner: Manner) -> str:
    return _said(int(found[1]), int(found[2]), found[3])


def _said(hour: int, minute: int, half: str | None, *, told: bool = False) -> str:
    if half is None and (told or hour > 12):
        half = "a" if hour % 24 < 12 else "p"
    dial = cardinal(hour % 12 or 12)
    if minute:
        dial += f" {two_digits(minute)}"
    elif half is None:
        dial += " o'clock"
    return dial + (f" {half.upper()} M" if half else "")


def _hours(found: re.Match[str], manner: Manner) -> str:
    """Opening hours: with A M and P M at both ends where the clock passes noon."""
    told = int(found[4]) > 12 and not found[3] and not found[6]
    first = _said(int(found[1]), int(found[2]), found[3], told=told)
    return f"{first} to {_said(int(found[4]), int(found[5]), found[6], told=told)}"


def _price(found: re.Match[str], manner: Manner) -> str:
    unit = _CURRENCIES[found[1].upper()]
    if found[4]:
        return f"{spoken(found[2])} to {spoken(found[4])} {found[3] or ''} {_plural(unit, '2')}"
    whole, _, decimals = found[2].replace(",", "").partition(".")
    cents = int(decimals.ljust(2, "0")) if len(decimals) <= 2 else 0
    if found[3] or len(decimals) > 2 or len(whole) > 12:
        return f"{spoken(found[2])} {found[3] or ''} {_plural(unit, '2')}"
    if not int(whole) and cents:
        return (
            f"{spoken(found[2].rstrip('0'))} yuan"
            if unit == "yuan"
            else f"{cardinal(cents)} {'pence' if unit == 'pound' else 'cents'}"
        )
    return f"{cardinal(int(whole))} {_plural(unit, whole)}" + (f" {two_digits(cents)}" if cents else "")


def _plural(unit: str, written_number: str) -> str:
    return unit if written_number == "1" or unit == "yuan" else unit + "s"


def _measure(found: re.Match[str], manner: Manner) -> str:
    return f"{spoken(found[1])} {_plural(_UNITS[found[2]], found[1])}"


def _date(found: re.Match[str], manner: Manner) -> str:
    month, day = int(found[2]), int(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return f"{_MONTHS[month - 1]} {ordinal(day)}, {year(int(found[1]))}"


def _day_of_month(found: re.Match[str], manner: Manner) -> str:
    month = next(name for name in _MONTHS if name.lower().startswith(found[1][:3].lower()))
    return f"{month} {ordinal(int(found[2]))}" + (f", {year(int(found[3]))}" if found[3] else "")


def _phone(found: re.Match[str], manner: Manner) -> str:
    return ", ".join(digits(group) for group in re.findall(r"[0-9]+", found[0]))


def _plate(found: re.Match[str], manner: Manner) -> str:
    return f"{found[1]} {found[2].upper()}, {digits(found[3].upper())}"


def _plate_of_taiwan(found: re.Match[str], manner: Manner) -> str:
    return ", ".join(digits(part) for part in found.groups() if part)


def _floor(found: re.Match[str], manner: Manner) -> str:
    return f"the {ordinal(int(found[2]))} floor"


def _fraction(found: re.Match[str], manner: Manner) -> str:
    over, under = int(found[1]), int(found[2])
    if not 0 < over < under:
        return f"{cardinal(over)} over {cardinal(under)}"
    part = {2: "half", 4: "quarter"}.get(under) or ordinal(under)
    return f"{cardinal(over)} {part}{'s' if over > 1 else ''}"


_PASSES: tuple[Pass, ...] = (
    (
        written(
            rf"(?<![A-Za-z])({_SIGN})\s?({NUMBER})(?:\s?(million|thousand|billion))?(?:{_SPAN}(?:{_SIGN})?({NUMBER}))?",
            any_case=True,
        ),
        _price,
    ),
    (
        written(r"(?<![0-9])([12][0-9]{3})[-/.]([01]?[0-9])[-/.]([0-3]?[0-9])(?![0-9])"),
        _date,
    ),
    (written(_TIME + _SPAN + _TIME.replace("(?<![0-9])(?<![0-9][.,:/])", ""), any_case=True), _hours),
    (written(_TIME, any_case=True), _time),
    (
        written(r"(?<![0-9:.])(1[0-2]|0?[1-9])\s?([ap])\.?\s?m(?![A-Za-z])\.?", any_case=True),
        lambda found, manner: _said(int(found[1]), 0, found[2]),
    ),
    (
        written(rf"\b({_MONTH})\.?\s([0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9:])(?:,?\s((?:19|20)[0-9]{{2}})(?![0-9]))?"),
        _day_of_month,
    ),
    (written(r"(?<=\bin )((?:19|20)[0-9]{2})(?![0-9.,])"), lambda found, manner: year(int(found[1]))),
    (
        written(rf"{_LONE}\+?[0-9]{{2,4}}(?:[- ][0-9]{{3,4}}){{2,3}}(?![0-9])|{_LONE}0?1[3-9][0-9]{{9}}(?![0-9])"),
        _phone,
    ),
    (written(r"(?<= )([A-Z][a-z]+)\s{1,2}([A-Z])\s?[·.\-]?\s?((?=[A-Z]*[0-9])[A-Z0-9]{5,6})(?![A-Za-z0-9])"), _plate),
    (
        written(
            r"(?<![A-Za-z0-9-])([A-Z]{2,3})-([0-9]{4})(?![0-9-])|(?<![A-Za-z0-9-])([0-9]{4})-([A-Z]{2})(?![A-Za-z])"
        ),
        _plate_of_taiwan,
    ),
    (
        written(rf"{_LONE}(?:level )?B([1-9])F?(?![0-9A-Za-z])"),
        lambda found, manner: f"level B {cardinal(int(found[1]))}",
    ),
    (written(rf"{_LONE}(\bthe )?([1-9][0-9]?)/?F(?![A-Za-z0-9])"), _floor),
    (written(r"(?<![0-9])([0-9]{1,3})(?:st|nd|rd|th)(?![A-Za-z])"), lambda found, manner: ordinal(int(found[1]))),
    (
        written(r"(?:\bNo\.?\s?|#\s?)([0-9]{1,6})(?![0-9])", any_case=True),
        lambda found, manner: f"number {named(found[1])}",
    ),
    (
        written(r"\b(room|counter|gate|locker|shop|unit|flight|line|bus)\s([0-9]{1,6})(?![0-9.:])", any_case=True),
        lambda found, manner: f"{found[1]} {named(found[2])}",
    ),
    (written(rf"{_LONE}({NUMBER})\s?({_UNIT})(?![A-Za-z0-9])"), _measure),
    (written(r"(?<![0-9])24/7(?![0-9])"), lambda found, manner: "twenty four seven"),
    (written(r"(?<![0-9./⁄])([0-9]{1,2})[/⁄]([0-9]{1,2})(?![0-9/⁄])"), _fraction),
    (
        written(rf"(?<![0-9])(?<![0-9][.,])({NUMBER})(\s?%)?{_SPAN}(?=[0-9])"),
        lambda found, manner: f"{spoken(found[1])}{' percent' if found[2] else ''} to ",
    ),
    (
        written(r"(?<![A-Za-z])([A-Za-z]{1,3})-?([0-9]{1,6})(?![0-9.,])"),
        lambda found, manner: f"{found[1]} {named(found[2])}",
    ),
    (written(r"(?<![0-9A-Za-z])[-−](?=[0-9])"), lambda found, manner: "minus "),
    (written(NUMBER), lambda found, manner: f" {spoken(found[0])} "),
)
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-/](?=[A-Za-z])")
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


def english(text: str) -> Speakable:
    """What an English voice is to say. Never fails; `lost` is what was left out."""
    said = spelled_out(_HANZI.sub(_in_letters, with_brands(plain(text), latin_only=True)), _PASSES, Manner())
    found, lost = pieces(_HYPHEN.sub(" ", said.translate(_SYMBOLS)), sayable, spell=is_spelled)
    tokens: list[Token] = []
    for at, piece in enumerate(found):
        if piece.kind is Kind.MARK:
            if piece.text == "。" and _abbreviated([word.text for word in found[max(0, at - 2) : at]]):
                continue
            tokens.append(Pause(piece.text, PAUSES_MS[piece.text]))
        else:
            tokens.append(Word(piece.text))
    return Speakable(ENGLISH, tuple(tokens), tuple(lost))


def _abbreviated(before: list[str]) -> bool:
    """Whether the full stop after these belongs to the last word: J. Smith, Dr. Lee, but not 9 P M."""
    if len(before[-1]) > 1:
        return before[-1] in _WITH_STOP
    return before[-1].isupper() and not (len(before) > 1 and len(before[0]) == 1 and before[0].isupper())


def _in_letters(found: re.Match[str]) -> str:
    """Hanzi in an English text, mostly a name: pinyin without tones, the first word apart (Wang Xiaoming)."""
    parts = ["".join(syllable[:-1] for syllable in word.pinyin).replace("v", "yu") for word in words(found[0])]
    name = [parts[0], "".join(parts[1:])] if len(found[0]) <= 4 else parts
    return f" {' '.join(part.capitalize() for part in name)} "
