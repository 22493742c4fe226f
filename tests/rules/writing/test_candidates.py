from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.display.dictionary import book
from kiosk.rules.writing.book import EMPTY
from kiosk.rules.writing.candidates import candidates
from kiosk.rules.writing.writing import Candidate, Kind, Letter, after, begun
from tests.depth import examples
from tests.rules.writing.usual_names import NAMES

BOOK = book()


def words(letters: str, *, names: bool = False, before: str = "", taiwan: bool = False) -> list[str]:
    return [one.text for one in candidates(BOOK, letters, names=names, before=before, taiwan=taiwan)]


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("maozi", "帽子"), ("zhuangui", "专柜"), ("shiyijian", "试衣间"), ("nv", "女"), ("lvse", "绿色"),
        ("wodeqianbaodiaole", "我的钱包掉了"), ("wozaisanloudiulehuangsedeyusan", "我在三楼丢了黄色的雨伞"),
    ],
)  # fmt: skip
def test_whole_syllables_give_the_word_or_the_sentence_first(letters: str, word: str) -> None:
    assert words(letters)[0] == word


@pytest.mark.parametrize(
    ("letters", "word"),
    [("mz", "帽子"), ("xsjian", "洗手间"), ("xishouj", "洗手间"), ("qb", "钱包"), ("syj", "试衣间")],
)
def test_first_letters_give_words_too(letters: str, word: str) -> None:
    assert word in words(letters)[:8]


def test_a_divider_says_where_a_syllable_ends() -> None:
    assert words("xian")[0] == "先"
    assert words("xi'an")[0] == "西安"
    assert "先" not in words("xi'an")
    assert words("xi'")[0] == words("xi")[0]


def test_letters_that_can_be_read_in_two_ways_give_both() -> None:
    assert {"方案", "反感"} <= set(words("fangan")[:4])


def test_letters_that_are_no_pinyin_stay_what_they_are() -> None:
    assert words("i") == ["i"]
    assert words("uuu") == ["uuu"]
    assert candidates(EMPTY, "maozi") == (Candidate("maozi", 5),)


def test_wrong_letters_at_the_end_still_give_the_words_before_them() -> None:
    found = candidates(BOOK, "maoziu")

    assert Candidate("maoziu", 6) == found[0]
    assert Candidate("帽子", 5) in found


def test_nothing_typed_means_nothing() -> None:
    assert candidates(BOOK, "") == ()
    assert words("'") == ["'"]


def test_a_word_for_the_first_letters_leaves_the_others() -> None:
    found = {one.text: one.letters for one in candidates(BOOK, "beibaodiule")}

    assert found["背包"] == 6
    assert found["被"] == 3


def test_fifty_four_of_seventy_usual_names_stand_among_the_first_five() -> None:
    missed = [name for name, letters in NAMES if name not in words(letters, names=True)[:5]]

    assert len(NAMES) == 70
    assert len(missed) <= 16, missed


@pytest.mark.parametrize(
    ("letters", "surname"),
    [
        ("shan", "单"), ("qiu", "仇"), ("xie", "解"), ("ou", "区"), ("zha", "查"), ("zeng", "曾"), ("ge", "葛"),
        ("ouyang", "欧阳"), ("sima", "司马"), ("zhuge", "诸葛"), ("yuchi", "尉迟"), ("moqi", "万俟"), ("s'ma", "司马"),
    ],
)  # fmt: skip
def test_a_surname_is_found_by_how_it_is_read_in_names(letters: str, surname: str) -> None:
    assert surname in words(letters, names=True)[:6]


def test_behind_a_surname_given_names_come_and_no_surnames() -> None:
    assert words("mei", names=True, before="王")[0] == "梅"
    assert "子涵" in words("zihan", names=True, before="陈")[:3]
    assert words("zhao", names=True)[0] == "赵"
    assert words("zhao", names=True, before="李")[0] != "赵"


def test_a_name_of_many_syllables_still_gives_its_beginning() -> None:
    found = candidates(BOOK, "gulinazhaaerdemaimaiti", names=True)

    assert any(one.letters < 22 for one in found)


def test_taiwan_writes_otherwise() -> None:
    assert words("toufa", taiwan=True)[0] == "頭髮"
    assert words("fazhan", taiwan=True)[0] == "發展"
    assert "裡面" in words("limian", taiwan=True)[:4]
    assert words("zhangwei", names=True, taiwan=True)[0] == "張偉"
    assert words("fanbingbing", names=True, taiwan=True)[0].startswith("范")
    assert words("xiaoyawen", names=True, taiwan=True)[0].startswith("蕭")


def test_a_character_that_taiwan_writes_in_two_ways_is_offered_in_both() -> None:
    assert {"鍾", "鐘"} <= set(words("zhong", taiwan=True))
    assert {"發", "髮"} <= set(words("fa", taiwan=True))


def test_nothing_unseemly_is_offered_by_itself() -> None:
    assert "手淫" not in words("shouyin")
    assert "收银" in words("shouyin")


@settings(max_examples=examples(150))
@given(
    st.text(alphabet=string.ascii_lowercase + "'", max_size=16),
    st.booleans(),
    st.sampled_from(["", "王"]),
    st.booleans(),
)
def test_whatever_letters_come_the_candidates_are_sane_and_writing_ends(
    letters: str, names: bool, before: str, taiwan: bool
) -> None:
    found = candidates(BOOK, letters, names=names, before=before, taiwan=taiwan)

    assert len({one.text for one in found}) == len(found) <= 200
    assert all(0 < one.letters <= len(letters) and one.text for one in found)
    writing = begun(Kind.NAME, chinese=True, longest=60)
    for letter in letters:
        writing = after(writing, Letter(letter))
    for _ in range(len(letters) + 1):
        waiting = candidates(BOOK, writing.letters, names=names, taiwan=taiwan)
        if waiting:
            writing = after(writing, waiting[-1])
    assert writing.letters == ""
