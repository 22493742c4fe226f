from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.display import handwriting
from kiosk.display.handwriting import LIBRARY, MODEL, Reader
from kiosk.display.widgets import Stroke

try:
    READER: Reader | None = Reader()
except OSError:
    READER = None
installed = pytest.mark.skipif(READER is None, reason="libzinnia0 and its model are not installed")

CHARACTERS: dict[str, tuple[Stroke, ...]] = {
    "王": (
        ((180, 200), (800, 190)),
        ((200, 480), (780, 470)),
        ((490, 200), (490, 800)),
        ((130, 800), (880, 790)),
    ),
    "二": (((250, 300), (750, 290)), ((120, 780), (880, 770))),
    "人": (((500, 120), (450, 450), (300, 650), (120, 850)), ((480, 400), (600, 650), (880, 850))),
    "大": (
        ((130, 380), (500, 375), (870, 370)),
        ((500, 110), (495, 250), (480, 380), (430, 540), (330, 700), (140, 880)),
        ((500, 390), (540, 520), (640, 680), (760, 800), (890, 880)),
    ),
    "木": (
        ((120, 350), (880, 340)),
        ((500, 100), (500, 900)),
        ((480, 360), (350, 560), (130, 760)),
        ((520, 360), (660, 560), (880, 760)),
    ),
    "中": (
        ((200, 300), (200, 620)),
        ((200, 300), (800, 300), (790, 620)),
        ((200, 610), (800, 610)),
        ((500, 100), (500, 920)),
    ),
    "日": (
        ((250, 150), (250, 850)),
        ((250, 150), (750, 150), (750, 850)),
        ((250, 480), (750, 480)),
        ((250, 840), (750, 840)),
    ),
}


@installed
@pytest.mark.parametrize("character", CHARACTERS)
def test_a_character_that_a_finger_draws_is_read(character: str) -> None:
    assert READER is not None
    assert character in READER.reads(CHARACTERS[character])[:3]


@installed
def test_nothing_drawn_is_nothing_and_a_dot_is_something() -> None:
    assert READER is not None
    assert READER.reads(()) == ()
    assert READER.reads(((),)) == ()
    assert READER.reads((((500, 500),),))


@installed
@given(st.lists(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), max_size=5), max_size=5))
def test_any_lines_are_read_without_a_word(strokes: list[list[tuple[int, int]]]) -> None:
    assert READER is not None
    found = READER.reads(tuple(map(tuple, strokes)))

    assert len(set(found)) == len(found)


@installed
def test_a_model_that_is_taken_away_while_somebody_writes_reads_nothing_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = tmp_path / "some.model"
    model.symlink_to(MODEL)
    reader = Reader(LIBRARY, model)
    model.unlink()

    assert reader.reads(CHARACTERS["王"]) == ()
    assert "nothing drawn is read" in caplog.text


def test_a_system_without_it_offers_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Reader(model=tmp_path / "none.model")
    with pytest.raises(OSError, match="no-such-library"):
        Reader("no-such-library.so", Path(__file__))


@installed
def test_a_damaged_model_is_told_and_handwriting_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    torn = tmp_path / "torn.model"
    torn.write_bytes(b"no model at all")
    with pytest.raises(OSError, match="no model that zinnia can read"):
        Reader(LIBRARY, torn)

    monkeypatch.setattr(handwriting, "Reader", lambda: Reader(LIBRARY, torn))
    assert handwriting.reader.__wrapped__() is None
    assert "install libzinnia0 and its model again" in caplog.text
    monkeypatch.setattr(handwriting, "Reader", lambda: Reader(LIBRARY, MODEL.with_name("none")))
    assert handwriting.reader.__wrapped__() is None
