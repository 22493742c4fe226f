"""Pinyin as Kokoro's Mandarin voices were taught it: phonemes of one letter each, the tone as an arrow after the vowel.

The letters follow the International Phonetic Alphabet; ʦ and ꭧ are one letter, as is ɨ, the vowel of zi and zhi.
Tones are those of the dictionary: third tones and 一 or 不 change by the voice's own ear, as it was taught.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

TONES = MappingProxyType({"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""})

_INITIALS = MappingProxyType(
    {
        "b": "p",
        "p": "pʰ",
        "m": "m",
        "f": "f",
        "d": "t",
        "t": "tʰ",
        "n": "n",
        "l": "l",
        "g": "k",
        "k": "kʰ",
        "h": "x",
        "j": "ʨ",
        "q": "ʨʰ",
        "x": "ɕ",
        "zh": "ꭧ",
        "ch": "ꭧʰ",
        "sh": "ʂ",
        "r": "ɻ",
        "z": "ʦ",
        "c": "ʦʰ",
        "s": "s",
        "": "",
    }
)

# The tone goes where the bar is.
_FINALS = MappingProxyType(
    {
        "a": "a|",
        "ai": "ai|",
        "an": "a|n",
        "ang": "a|ŋ",
        "ao": "au|",
        "e": "ɤ|",
        "ei": "ei|",
        "en": "ə|n",
        "eng": "ə|ŋ",
        "i": "i|",
        "ia": "ja|",
        "ian": "jɛ|n",
        "iang": "ja|ŋ",
        "iao": "jau|",
        "ie": "je|",
        "in": "i|n",
        "ing": "i|ŋ",
        "iong": "jʊ|ŋ",
        "iou": "jou|",
        "o": "wo|",
        "ong": "ʊ|ŋ",
        "ou": "ou|",
        "u": "u|",
        "ua": "wa|",
        "uai": "wai|",
        "uan": "wa|n",
        "uang": "wa|ŋ",
        "uei": "wei|",
        "uen": "wə|n",
        "ueng": "wə|ŋ",
        "uo": "wo|",
        "ü": "y|",
        "üan": "ɥɛ|n",
        "üe": "ɥe|",
        "ün": "y|n",
    }
)
_AFTER_SIBILANT = "ɨ|"
_SIBILANTS = frozenset({"zh", "ch", "sh", "r", "z", "c", "s"})

# Syllables that are no initial with a final.
_ALONE = MappingProxyType(
    {
        "er": "ɚ|",
        "r": "ɚ|",
        "o": "ɔ|",
        "io": "jɔ|",
        "yo": "jɔ|",
        "ê": "ɛ|",
        "m": "m|",
        "n": "n|",
        "ng": "ŋ|",
        "hm": "hm|",
        "hng": "hŋ|",
    }
)

# How the finals are written where no initial goes before them, and what they are short for after one.
_WRITTEN_ALONE = MappingProxyType(
    {
        "yi": "i",
        "ya": "ia",
        "yan": "ian",
        "yang": "iang",
        "yao": "iao",
        "ye": "ie",
        "yin": "in",
        "ying": "ing",
        "yong": "iong",
        "you": "iou",
        "wu": "u",
        "wa": "ua",
        "wai": "uai",
        "wan": "uan",
        "wang": "uang",
        "wei": "uei",
        "wen": "uen",
        "weng": "ueng",
        "wo": "uo",
        "wong": "ong",
        "yu": "ü",
        "yuan": "üan",
        "yue": "üe",
        "yun": "ün",
    }
)
_SHORTENED = MappingProxyType({"iu": "iou", "ui": "uei", "un": "uen", "ue": "üe"})
_OPEN = frozenset("aeoê")


def phonemes(syllable: str) -> str:
    """One syllable with its tone number ("lai2", "nü3" or "nv3"). Raises ValueError where there is no such syllable."""
    plain, tone = syllable[:-1].lower().replace("v", "ü").replace("u:", "ü"), TONES.get(syllable[-1:])
    if tone is None:
        raise ValueError(f"{syllable!r} does not end in a tone from 1 to 5")
    alone = _ALONE.get(plain)
    if alone is not None:
        return alone.replace("|", tone)
    initial = next(one for one in (plain[:2], plain[:1], "") if one in _INITIALS)
    final = _full_final(initial, plain.removeprefix(initial)) if initial else _WRITTEN_ALONE.get(plain, plain)
    if final == "i" and initial in _SIBILANTS:
        return _INITIALS[initial] + _AFTER_SIBILANT.replace("|", tone)
    if final not in _FINALS:
        raise ValueError(f"{syllable!r} is no Mandarin syllable")
    return _INITIALS[initial] + _FINALS[final].replace("|", tone)


def word(syllables: Sequence[str]) -> str:
    """A word's phonemes. Where pinyin writes an apostrophe the voice needs a gap: qin'ai is heard as qi'nai else."""
    first, *others = syllables
    return phonemes(first) + "".join((" " if one[0] in _OPEN else "") + phonemes(one) for one in others)


def _full_final(initial: str, written: str) -> str:
    """After j, q and x a written u is ü; iu, ui and un are short."""
    if initial in "jqx" and written.startswith("u"):
        return "ü" + written[1:]
    return _SHORTENED.get(written, written)
