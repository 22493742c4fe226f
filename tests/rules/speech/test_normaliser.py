from __future__ import annotations

import os
import re
import string
import subprocess
import sys
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.rules.speech.folding import folded
from kiosk.rules.speech.normaliser import MAINLAND, TAIWAN, language_of, normalise, unsayable
from kiosk.rules.speech.readings import numbered, sayable
from kiosk.rules.speech.tokens import ENGLISH, PAUSES_MS, Pause, Word
from tests.depth import examples
from tests.rules.speech.english_sentences import ENGLISH as ENGLISH_SENTENCES
from tests.rules.speech.polyphones import READINGS
from tests.rules.speech.sentences import MAINLAND as MAINLAND_SENTENCES
from tests.rules.speech.sentences import TAIWAN as TAIWAN_SENTENCES

LATIN = set(string.ascii_letters + "' ")
SYLLABLE = re.compile(r"[a-z]+[1-5]")
WRITTEN = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,:/-~%￥¥$#ABFVIPkgm元点月日号楼折第年两二个 到至，。第京热线°()<>&+", max_size=40),
    st.lists(
        st.sampled_from([sentence for sentence, _ in MAINLAND_SENTENCES + TAIWAN_SENTENCES + ENGLISH_SENTENCES]),
        max_size=4,
    ).map("".join),
)


@pytest.mark.parametrize(("text", "said"), MAINLAND_SENTENCES)
def test_mandarin_is_said_as_a_mainland_announcer_says_it(text: str, said: str) -> None:
    assert normalise(text, language=MAINLAND).text == said


@pytest.mark.parametrize(("text", "said"), TAIWAN_SENTENCES)
def test_mandarin_is_said_as_an_announcer_in_taiwan_says_it(text: str, said: str) -> None:
    assert normalise(text, language=TAIWAN).text == said


@pytest.mark.parametrize(("text", "said"), ENGLISH_SENTENCES)
def test_english_is_said_as_an_announcer_says_it(text: str, said: str) -> None:
    assert normalise(text, language=ENGLISH).text == said


@pytest.mark.parametrize(("text", "pinyin"), READINGS)
def test_a_character_with_several_readings_takes_the_right_one(text: str, pinyin: str) -> None:
    assert normalise(text).pinyin() == pinyin


def test_the_tables_hold_enough_sentences_to_mean_something() -> None:
    tables = (MAINLAND_SENTENCES, TAIWAN_SENTENCES, ENGLISH_SENTENCES, READINGS)

    assert sum(len({text for text, _ in table}) for table in tables) >= 400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请您到总服务台。", "qing3 nin2 dao4 zong3 fu2 wu4 tai2."),
        ("您好", "nin2 hao3"),
        ("小姐", "xiao2 jie3"),
        ("一起", "yi4 qi3"),
        ("一定", "yi2 ding4"),
        ("一楼", "yi1 lou2"),
        ("第一", "di4 yi1"),
        ("十一月一号", "shi2 yi1 yue4 yi1 hao4"),
        ("一百一十", "yi4 bai3 yi1 shi2"),
        ("一万", "yi2 wan4"),
        ("不要", "bu2 yao4"),
        ("不能", "bu4 neng2"),
        ("看一看", "kan4 yi5 kan4"),
        ("VIP不要", "wei1 ai4 pi1 bu2 yao4"),
        ("可以打开", "ke2 yi3 da3 kai1"),
    ],
)
def test_tones_are_those_that_are_spoken_when_a_voice_wants_them(text: str, expected: str) -> None:
    assert normalise(text).pinyin(sandhi=True) == expected


def test_tones_are_those_of_the_dictionary_otherwise() -> None:
    assert normalise("小姐，一起，不要").pinyin() == "xiao3 jie3, yi1 qi3, bu4 yao4"


def test_a_name_that_the_desk_knows_is_read_as_a_name_anywhere() -> None:
    assert normalise("单于飞到了，区域已通知").pinyin() != normalise("单于飞到了，区域已通知", names=("区域",)).pinyin()
    assert normalise("有人找区域", names=("区域",)).pinyin() == "you3 ren2 zhao3 ou1 yu4"


def test_names_that_overlap_are_read_once() -> None:
    assert normalise("单明天来了", names=("单明", "明天")).pinyin() == "shan4 ming2 tian1 lai2 le5"


def test_a_name_can_be_taught_like_a_word() -> None:
    taught = {"单小明": ("dan1", "xiao3", "ming2")}

    assert normalise("来宾单小明先生", readings=taught).pinyin() == "lai2 bin1 dan1 xiao3 ming2 xian1 sheng5"
    assert normalise("请找王小明", names=("王小明",)).pinyin() == "qing3 zhao3 wang2 xiao3 ming2"


def test_the_store_can_teach_a_reading() -> None:
    assert (
        normalise("欢迎光临朝天门", readings={"朝天门": ("zhao1", "tian1", "men2")})
        .pinyin()
        .endswith("zhao1 tian1 men2")
    )


def test_a_pause_lasts_as_long_as_its_mark_says() -> None:
    tokens = normalise("您好，请进。").tokens

    assert [token for token in tokens if isinstance(token, Pause)] == [Pause("，", 250), Pause("。", 450)]
    assert [token.text for token in tokens if isinstance(token, Word)] == ["您好", "请", "进"]


def test_marks_that_meet_are_one_pause_the_longest() -> None:
    assert normalise("，您好，。！请进、").text == "您好。请进"


def test_what_cannot_be_said_is_told() -> None:
    assert unsayable("王☺明こ", MAINLAND) == ("☺", "こ")
    assert unsayable("王小明") == ()


def test_the_language_shows_in_the_characters() -> None:
    assert language_of("Welcome") == ENGLISH
    assert language_of("欢迎") == MAINLAND
    assert language_of("歡迎") == TAIWAN


def test_traditional_text_keeps_its_characters_and_is_read_alike() -> None:
    assert normalise("貴重物品").text == "貴重物品"
    assert normalise("貴重物品").pinyin() == normalise("贵重物品").pinyin()


@pytest.mark.parametrize(
    ("marked", "expected"), [("lǜ", "lv4"), ("ma", "ma5"), ("ê̄", "e1"), ("ńg", "ng2"), ("ɡē", "ge1")]
)
def test_tone_marks_become_tone_numbers(marked: str, expected: str) -> None:
    assert numbered(marked) == expected


@given(st.text(max_size=50))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(folded(text)) == len(text)


@settings(max_examples=examples(400))
@example("12:00-13:30", None)
@example("VIP. Next", None)
@example("V I P. Please", None)
@example("Mr. J. Smith. A. B", None)
@example("。" * 5 + "9" * 30 + ".", None)
@example("¥" + "9" * 5000 + ".5", None)
@example("½ Ⅷ ٣ ①", None)
@example("“‘’”—…", None)
@given(WRITTEN, st.sampled_from([None, MAINLAND, TAIWAN, ENGLISH]))
def test_any_text_becomes_what_a_voice_can_say(text: str, language: object) -> None:
    said = normalise(text, language=language)  # type: ignore[arg-type]

    marks = PAUSES_MS.keys() if said.language != ENGLISH else set(",.:;!?")
    assert [char for char in said.text if not (char in LATIN or char in marks or sayable(char))] == []
    assert all(
        SYLLABLE.fullmatch(syllable) for token in said.tokens if isinstance(token, Word) for syllable in token.pinyin
    )
    assert all(
        len(token.pinyin) == len(token.text) for token in said.tokens if isinstance(token, Word) and not token.latin
    )
    assert len(said.pinyin(sandhi=True).split()) == len(said.pinyin().split())


@settings(max_examples=examples(400))
@example("VIP. Next", ENGLISH)
@example("A\r", ENGLISH)
@example("A. . Bob,. J. Smith", ENGLISH)
@example("3-5", MAINLAND)
@given(WRITTEN, st.sampled_from([MAINLAND, TAIWAN, ENGLISH]))
def test_what_can_be_said_already_is_left_alone(text: str, language: object) -> None:
    once = normalise(text, language=language)  # type: ignore[arg-type]

    again = normalise(once.text, language=once.language)

    assert again.text == once.text
    assert again.lost == ()


def test_importing_the_normaliser_loads_no_dictionary_and_little_memory() -> None:
    code = (
        "import sys, tracemalloc; tracemalloc.start();"
        "import kiosk.rules.speech.normaliser;"
        "print('pypinyin' in sys.modules, tracemalloc.get_traced_memory()[0])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )

    loaded, size = done.stdout.split()
    assert loaded == "False"
    assert int(size) < 10_000_000


def test_reading_a_thousand_sentences_keeps_little() -> None:
    normalise("您好")
    tracemalloc.start()

    for number in range(1000):
        normalise(f"来宾王小明先生，请您到{number}号柜台，￥{number}.50，{number % 24}:05。")

    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000_000
