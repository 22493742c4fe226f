from __future__ import annotations

import pytest

from kiosk.rules.speech.normaliser import normalise
from kiosk.rules.speech.rehearsal import marked, pinyin, seconds_to_read, to_mind
from kiosk.rules.speech.tokens import Pause, Speakable, Word
from kiosk.units import Language


@pytest.mark.parametrize(
    ("syllable", "written"),
    [
        *(("ma1", "mā"), ("ma2", "má"), ("ma3", "mǎ"), ("ma4", "mà"), ("ma5", "ma")),
        *(("lai2", "lái"), ("xie4", "xiè"), ("gou3", "gǒu"), ("liu4", "liù"), ("gui4", "guì"), ("xiong2", "xióng")),
        *(("lv4", "lǜ"), ("nv3", "nǚ"), ("lve4", "lüè"), ("er2", "ér"), ("ng4", "ng")),
        *(("WiFi", "WiFi"), ("", "")),
    ],
)
def test_tones_stand_where_a_reader_expects_them(syllable: str, written: str) -> None:
    assert marked(syllable) == written


@pytest.mark.rule("B17")
def test_an_announcer_sees_how_a_rare_surname_is_read() -> None:
    said = normalise("来宾单志强先生，请您重新付款。")

    assert pinyin(said).startswith("láibīn Shàn".lower())
    assert ("单", "shàn") in to_mind(said)
    assert ("重新", "chóngxīn") in to_mind(said)


def test_words_that_are_read_in_one_way_only_need_no_mind() -> None:
    assert to_mind(normalise("谢谢光临。谢谢光临。")) == ()


def test_syllables_that_would_run_together_are_kept_apart() -> None:
    said = Speakable(Language("zh-CN"), (Word("西安", ("xi1", "an1")), Word("东门", ("dong1", "men2"))))

    assert pinyin(said) == "xī'ān dōngmén"


def test_english_has_no_pinyin() -> None:
    assert pinyin(normalise("Please come.", language=Language("en"))) == ""


def test_latin_letters_stay_as_they_are() -> None:
    said = Speakable(Language("zh-CN"), (Word("请", ("qing3",)), Word("Nike"), Pause("。", 450)))

    assert pinyin(said) == "qǐng Nike。"


@pytest.mark.rule("B17")
def test_the_time_to_read_counts_syllables_and_rests() -> None:
    said = normalise("来宾，请。")

    assert seconds_to_read(said, 42) == pytest.approx(10.0 + 0.25)  # the comma; the rest after the end is not read
