from __future__ import annotations

import pytest

from kiosk.audio.speech import english
from kiosk.audio.speech.english import spelled_by_espeak
from kiosk.audio.speech.kokoro_model import VOCABULARY


@pytest.mark.parametrize(
    ("ipa", "letters"),
    [
        ("ɡˈʊd mˈɔː^ɹnɪŋ", "ɡˈʊd mˈɔɹnɪŋ"),
        ("d^ʒˈʌst ˈo^ʊpən", "ʤˈʌst ˈOpən"),
        ("t^ʃˈe^ɪnd^ʒ", "ʧˈAnʤ"),
        ("fˈɜːst", "fˈɜɹst"),
        ("sˈɜːvɪs", "sˈɜɹvɪs"),
        ("lˈɪɾə^l", "lˈɪTᵊl"),
        ("bˈʌʔn\u0329", "bˈʌtᵊn"),
        ("(zh)nˈi(en)", "nˈi"),
        ("ɔnðə fˈɜːst", "ˌɔn ðə fˈɜɹst"),
        ("duːnˌɑːt mˈɛmbɚɹ", "dˈu nˌɑt mˈɛmbəɹ"),
    ],
)
def test_phonetic_spelling_becomes_the_voices_letters(ipa: str, letters: str) -> None:
    assert english.kokoro_letters(ipa) == letters


def test_english_is_read_by_espeak_and_known_to_the_model() -> None:
    words = (
        "good evening and thank you for visiting Hefeng Department Store the jewellery on floor three is thirty "
        "percent off while stocks last please take your purchases to the nearest checkout queue zoo"
    )

    letters = english.phonemes(words, spelled_by_espeak)

    assert set(letters) <= VOCABULARY.keys()
    assert letters.startswith("ɡˈʊd ˈivnɪŋ")
    assert len(letters.split()) >= len(words.split()) - 3  # espeak runs "for a" and its like together


def test_a_word_of_the_house_is_read_the_houses_way() -> None:
    spoken = english.phonemes("visit Hefeng this May", lambda words: "/".join(words.split()).lower())

    assert spoken == f"visit {english.READINGS['hefeng']} this/may"


def test_every_reading_of_the_house_is_known_to_the_model() -> None:
    assert {letter for reading in english.READINGS.values() for letter in reading} <= VOCABULARY.keys()
