"""Numbers in English words, without hyphens: twenty one, third, nine oh five."""

from __future__ import annotations

_BELOW_TWENTY = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_SMALL = _BELOW_TWENTY.split()
_BY_TEN = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = _BY_TEN.split()
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}  # fmt: skip
LARGEST_DIGITS = 12


def cardinal(number: int) -> str:
    """0 to 10^12 - 1, with "and" before the last two digits."""
    for scale, name in _SCALES:
        if number >= scale:
            high, low = divmod(number, scale)
            joined = "" if not low else (" and " if low < 100 else " ") + cardinal(low)
            return f"{cardinal(high)} {name}{joined}"
    if number >= 100:
        high, low = divmod(number, 100)
        return f"{_SMALL[high]} hundred" + (f" and {cardinal(low)}" if low else "")
    if number >= 20:
        high, low = divmod(number, 10)
        return _TENS[high] + (f" {_SMALL[low]}" if low else "")
    return _SMALL[number]


def ordinal(number: int) -> str:
    """1 is first, 21 is twenty first."""
    *before, last = cardinal(number).split(" ")
    named = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return " ".join([*before, named])


def digits(written: str) -> str:
    """Digit by digit, letters kept."""
    return " ".join(_SMALL[int(char)] if char.isdecimal() else char for char in written)


def spoken(written: str) -> str:
    """A number as it is written: 1,280 / 3.14 / 007."""
    whole, _, decimals = written.replace(",", "").partition(".")
    by_digits = (len(whole) > 1 and whole[0] == "0") or len(whole) > LARGEST_DIGITS
    said = digits(whole) if by_digits else cardinal(int(whole))
    return said + (f" point {digits(decimals)}" if decimals else "")


def two_digits(number: int) -> str:
    """Minutes, and the end of a year: 5 is oh five."""
    return ("oh " if 0 < number < 10 else "") + cardinal(number)


def year(number: int) -> str:
    """1998 is nineteen ninety eight, 2005 two thousand and five, 2026 twenty twenty six."""
    high, low = divmod(number, 100)
    if (high == 20 and low < 10) or (not low and high % 10 == 0):
        return cardinal(number)
    return f"{cardinal(high)} {two_digits(low) if low else 'hundred'}"


def named(written: str) -> str:
    """A number that is a name: room 12 is twelve, 305 three oh five."""
    if len(written) <= 2 or (written.endswith("00") and len(written) == 3):
        return spoken(written)
    return digits(written).replace("zero", "oh")
