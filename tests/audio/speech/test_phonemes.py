from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.audio.speech.kokoro_model import MOST_TOKENS
from kiosk.audio.speech.phonemes import pieces
from kiosk.rules.speech.tokens import Pause, Speakable, Word
from tests.audio.speech.voices import MANDARIN

LAIBIN = Word("来宾", ("lai2", "bin1"))
NINHAO = Word("您好", ("nin2", "hao3"))


def spelled(words: str) -> str:
    return words.lower().replace("g", "ɡ")


def said(*tokens: Word | Pause) -> Speakable:
    return Speakable(MANDARIN, tokens)


def test_words_stand_apart_and_marks_give_the_tone_of_the_sentence() -> None:
    (piece,) = pieces(said(LAIBIN, NINHAO, Pause("，", 250), NINHAO, Pause("！", 450)), spelled)

    assert piece.phonemes == "lai↗pi→n ni↗nxau↓, ni↗nxau↓!"
    assert piece.pause_ms == 450


def test_latin_words_that_stand_together_are_spelled_together() -> None:
    (piece,) = pieces(said(LAIBIN, Word("big"), Word("mall"), NINHAO), spelled)

    assert piece.phonemes == "lai↗pi→n biɡ mall ni↗nxau↓"


def test_a_long_sentence_is_cut_at_its_pauses_as_evenly_as_can_be() -> None:
    breath = (LAIBIN, LAIBIN, LAIBIN, NINHAO, Pause("，", 250))
    everything = said(*(breath * 4)[:-1], Pause("。", 450))

    cut = pieces(everything, spelled)

    lengths = [len(piece.phonemes) for piece in cut]
    assert len(cut) == 2
    assert max(lengths) - min(lengths) <= 2
    assert [piece.pause_ms for piece in cut] == [250, 450]


@given(st.lists(st.lists(st.sampled_from([LAIBIN, NINHAO, Word("mall")]), min_size=1, max_size=40), max_size=6))
def test_no_piece_is_longer_than_the_model_takes_and_nothing_is_lost(breaths: list[list[Word]]) -> None:
    tokens: list[Word | Pause] = []
    for words in breaths:
        tokens += [*words, Pause("，", 250)]

    cut = pieces(said(*tokens), spelled)

    assert all(len(piece.phonemes) <= MOST_TOKENS for piece in cut)
    together = " ".join(piece.phonemes for piece in cut)
    assert together.count("lai↗") == sum(token is LAIBIN for token in tokens)
    assert together.count("mall") == sum(isinstance(token, Word) and token.text == "mall" for token in tokens)
    assert together.count(",") == len(breaths)


def test_what_the_model_was_never_taught_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot say"):
        pieces(said(Word("Ωmega")), lambda words: "Ωmega")
