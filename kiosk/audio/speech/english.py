"""English as Kokoro's English voices were taught it: espeak-ng's phonetic spelling, written in their alphabet."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from kiosk.audio.speech.programs import run

Spelling = Callable[[str], str]

# Words that espeak-ng misreads, or that stores say their own way; in Kokoro's alphabet.
READINGS = MappingProxyType(
    {
        "hefeng": "hˌʌfˈʌŋ",
        "wechat": "wˈiʧˌæt",
        "alipay": "ˈæləpˌA",
        "unionpay": "jˈunjənpˌA",
        "wifi": "wˈIfˌI",
        "delicatessen": "dˌɛləkətˈɛsᵊn",
    }
)

# Longest first. Diphthongs are one letter: A as in day, I as in my, O as in go, W as in now, Y as in boy.
_LETTERS = (
    ("ʔˌn\u0329", "tᵊn"),
    ("ʔn\u0329", "tᵊn"),
    ("a^ɪ", "I"),
    ("a^ʊ", "W"),
    ("e^ɪ", "A"),
    ("o^ʊ", "O"),
    ("ɔ^ɪ", "Y"),
    ("d^ʒ", "ʤ"),
    ("t^ʃ", "ʧ"),
    ("ə^l", "ᵊl"),
    ("ɜːɹ", "ɜɹ"),
    ("ɜː^ɹ", "ɜɹ"),
    ("ɜː", "ɜɹ"),
    ("ɪə", "iə"),
    ("ɚ", "əɹ"),
    ("ɐ", "ə"),
    ("e", "A"),
    ("o", "ɔ"),
    ("r", "ɹ"),
    ("x", "k"),
    ("ç", "k"),
    ("ɬ", "l"),
    ("ɾ", "T"),
    ("ʔ", "t"),
    ("g", "ɡ"),
)
_SYLLABIC = re.compile("(\\S)\u0329")
# espeak-ng writes some small words together, which hurries them.
_JOINED = (
    (re.compile("(?<=[^ ˈˌ])(ð[əɪi])(?= |$)"), " \\1"),
    (re.compile("(^| )ɔn(?= )"), "\\1ˌɔn"),
    (re.compile("ðɪ(?= |$)"), "ði"),
    (re.compile("dunˌɑt"), "dˈu nˌɑt"),
    (re.compile("ɹɹ"), "ɹ"),
)
_LANGUAGE_CHANGE = re.compile(r"\([a-z-]+\)")
_DROPPED = re.compile("[\\^ː\u0303\u032a\u0361\u200d_-]")  # ties, lengths, joints
_WORD = re.compile(r"[^\s]+")


def phonemes(words: str, spelled: Spelling) -> str:
    """A breath of English words, without punctuation. Raises DeviceFault where the speller is missing."""
    said: list[str] = []
    unread: list[str] = []
    for word in [*_WORD.findall(words), ""]:
        reading = READINGS.get(word.lower())
        if reading is None and word:
            unread.append(word)
            continue
        if unread:
            said.append(kokoro_letters(spelled(" ".join(unread))))
            unread = []
        if reading:
            said.append(reading)
    return " ".join(said)


def kokoro_letters(ipa: str) -> str:
    """espeak-ng's American English, with ties, in Kokoro's letters."""
    ipa = _LANGUAGE_CHANGE.sub("", ipa)
    for theirs, ours in _LETTERS:
        ipa = ipa.replace(theirs, ours)
    letters = " ".join(_DROPPED.sub("", _SYLLABIC.sub("ᵊ\\1", ipa)).split())
    for joined, apart in _JOINED:
        letters = joined.sub(apart, letters)
    return letters


def spelled_by_espeak(words: str) -> str:
    """What espeak-ng would say, as phonetic letters. Raises DeviceFault."""
    speller = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", "en-us", "--stdin"]
    return run(speller, words, limit_s=5.0, remedy="install the package espeak-ng")
