from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from kiosk.display import dictionary
from kiosk.display.dictionary import FILE, read
from kiosk.rules.writing.book import EMPTY, Book

SMALL = """
# a comment
[characters]
mao 帽50毛70
zi 子90
[words]
mz\tmao zi 帽子60毛子20\tmu zhi 木质40
[surnames]
mao 毛80
ou yang 欧阳60
[taiwan]
毛 毛
"""


def test_words_are_looked_up_by_whole_and_by_begun_syllables() -> None:
    book = Book(SMALL)

    assert book.words(("mao", "zi")) == ((60, "帽子"), (20, "毛子"))
    assert book.words(("m", "z")) == ((60, "帽子"), (40, "木质"), (20, "毛子"))
    assert book.words(("mao", "z")) == ((60, "帽子"), (20, "毛子"))
    assert book.words(("zi", "mao")) == ()
    assert book.words(("mu", "zi")) == ()
    assert book.words(("m",)) == ((70, "毛"), (50, "帽"))
    assert book.words(("x",)) == ()


def test_names_are_looked_up_by_whole_and_by_begun_syllables() -> None:
    book = Book(SMALL)

    assert book.named("surnames", ("mao",)) == ((80, "毛"),)
    assert book.named("surnames", ("o", "y")) == ((60, "欧阳"),)
    assert book.named("surnames", ("m", "z")) == ()


def test_a_dictionary_that_is_not_there_knows_nothing_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert read(tmp_path / "none.txt") is EMPTY
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\x00")
    assert read(tmp_path / "broken.txt") is EMPTY
    assert "install the kiosk again" in caplog.text
    assert EMPTY.readings("帽") == ()


def test_a_torn_dictionary_is_read_as_far_as_it_goes() -> None:
    whole = FILE.read_text(encoding="utf-8")

    for end in (0, 100, 5000, 40_000, len(whole) - 7):
        Book(whole[:end]).words(("mao", "zi"))


def test_the_dictionary_is_small_on_the_disk_and_in_memory() -> None:
    assert FILE.stat().st_size < 2_000_000
    tracemalloc.start()
    book = Book(FILE.read_text(encoding="utf-8"))
    book.readings("帽")
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert taken < 20_000_000


def test_the_dictionary_tells_whose_it_is() -> None:
    assert "Apache License" in (FILE.parent / "LICENSE.txt").read_text(encoding="utf-8")
    assert "rime-pinyin-simp" in FILE.read_text(encoding="utf-8")[:600]


def test_the_dictionary_is_read_once() -> None:
    assert dictionary.book() is dictionary.book()
