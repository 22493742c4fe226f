from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from kiosk.audio.speech import mandarin
from kiosk.audio.speech.kokoro_model import VOCABULARY

# What misaki 0.9.4, with which the voices were taught, makes of every syllable of pypinyin's dictionary in all tones.
TAUGHT = Path(__file__).with_name("misaki_syllables.txt")


@pytest.fixture(scope="module")
def taught() -> Mapping[str, str]:
    rows = [line.split() for line in TAUGHT.read_text(encoding="utf-8").splitlines()]
    return {f"{plain}{tone}": form for plain, *forms in rows for tone, form in enumerate(forms, start=1)}


def test_every_syllable_is_spelled_as_the_voices_were_taught(taught: Mapping[str, str]) -> None:
    better = {f"yo{tone}" for tone in range(1, 6)}  # it makes wo of 哟

    ours = {syllable: mandarin.phonemes(syllable) for syllable in taught}

    assert len(taught) > 2000
    assert {syllable for syllable in taught if ours[syllable] != taught[syllable]} == better


def test_every_syllable_of_the_dictionary_is_known_to_the_model(taught: Mapping[str, str]) -> None:
    plain = {to_normal(one) for entry in PINYIN_DICT.values() for one in entry.split(",")}

    letters = {letter for one in plain for tone in "12345" for letter in mandarin.phonemes(one + tone)}

    assert {f"{one}1" for one in plain} <= {one.replace("ü", "v") for one in taught} | set(taught)
    assert letters <= VOCABULARY.keys()


@pytest.mark.parametrize("syllable", ["nü3", "nv3", "NV3"])
def test_the_three_ways_to_write_an_umlaut_are_one(syllable: str) -> None:
    assert mandarin.phonemes(syllable) == "ny↓"


def test_a_syllable_that_begins_with_a_vowel_does_not_run_into_the_one_before_it() -> None:
    assert mandarin.word(["qin1", "ai4"]) == "ʨʰi→n ai↘"
    assert mandarin.word(["xi1", "an1"]) == "ɕi→ a→n"
    assert mandarin.word(["lai2", "bin1"]) == "lai↗pi→n"


@pytest.mark.parametrize("syllable", ["", "lai", "lai0", "bx1", "123", "来2", "zzz4", "2"])
def test_what_is_no_syllable_is_refused(syllable: str) -> None:
    with pytest.raises(ValueError, match=r"Mandarin syllable|end in a tone"):
        mandarin.phonemes(syllable)
