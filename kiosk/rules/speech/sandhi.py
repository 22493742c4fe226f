"""Tones as they are spoken: 一 and 不 before other tones, and third tones before third tones."""

from __future__ import annotations

Spelled = tuple[str, tuple[str, ...]]  # a word and its syllables with tone numbers

_NUMERALS = frozenset("零〇一二三四五六七八九十幺")
_POWERS = frozenset("百千万亿萬億")
_COUNTED_FROM = frozenset("第初星期周週禮礼拜")  # 一 after these, and
_NAMED_BY_NUMBER = frozenset("楼樓层層月号號日路期等级級区區线線座栋棟")  # before these, is a name and keeps its tone


def as_spoken(words: list[Spelled]) -> list[Spelled]:
    """One breath of words with the tones that are heard; words without tones (Latin) are left alone."""
    text = "".join(word for word, syllables in words if len(word) == len(syllables))
    flat = [syllable for word, syllables in words for syllable in syllables if len(word) == len(syllables)]
    changed = [_light(text, flat, at) for at in range(len(flat))]
    spoken: list[Spelled] = []
    for word, syllables in words:
        if len(word) == len(syllables):
            syllables, changed = tuple(changed[: len(word)]), changed[len(word) :]
        spoken.append((word, syllables))
    return _third_tones(spoken)


def _light(text: str, syllables: list[str], at: int) -> str:
    """一 and 不 by the tone that follows."""
    char, own = text[at], syllables[at]
    after = syllables[at + 1][-1:] if at + 1 < len(text) else ""
    if char == "不" and own == "bu4":
        return "bu2" if after == "4" else own
    if char != "一" or own != "yi1" or not after:
        return own
    before, behind = text[at - 1] if at else "", text[at + 1]
    if behind not in _POWERS and (before in _NUMERALS or behind in _NUMERALS or behind in _NAMED_BY_NUMBER):
        return own
    if before in _COUNTED_FROM or before in _POWERS:
        return own
    return "yi2" if after in "45" else "yi4"


def _third_tones(words: list[Spelled]) -> list[Spelled]:
    """3 + 3 becomes 2 + 3: always inside a word, across words only where one of the two is a single syllable."""
    spoken = [(word, _rising(list(syllables))) for word, syllables in words]
    for at in range(len(spoken) - 1):
        (word, here), (_, there) = spoken[at], spoken[at + 1]
        dictionary = words[at + 1][1]
        if here and dictionary and here[-1][-1:] == dictionary[0][-1:] == "3" and min(len(here), len(there)) == 1:
            spoken[at] = (word, (*here[:-1], here[-1][:-1] + "2"))
    return spoken


def _rising(syllables: list[str]) -> tuple[str, ...]:
    for at in range(len(syllables) - 1):
        if syllables[at][-1:] == syllables[at + 1][-1:] == "3":
            syllables[at] = syllables[at][:-1] + "2"
    return tuple(syllables)
