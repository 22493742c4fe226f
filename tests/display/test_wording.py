from __future__ import annotations

from datetime import timedelta

import pytest
from rich.cells import cell_len

from kiosk.display.cells import bar, fit, meter_place, meter_scale
from kiosk.display.terminal_look import PLAIN
from kiosk.display.wording import length, printable, short_clock, signed, span, title_of, written_in
from tests.display.airtime import NOON, ZONE


@pytest.mark.parametrize(
    ("id", "title"),
    [
        ("music/morning_tea", "Morning tea"),
        ("music/jasmine", "茉莉花"),
        ("茉莉花", "茉莉花"),
        ("keep-packaging", "Keep-packaging"),
        ("music/", "Music/"),
        ("", ""),
    ],
)
def test_an_id_without_a_title_is_made_readable(id: str, title: str) -> None:
    assert title_of(id, {"music/jasmine": "茉莉花"}) == title


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0"),
        (0.4, "+0.4"),
        (-1.25, "−1.2"),
        (12.4, "+12"),
        (-99.0, "−99"),
        (117.0, "+1:57"),
        (-4000.0, "−1:06:40"),
    ],
)
def test_lateness_has_its_sign_and_no_more_digits_than_matter(seconds: float, text: str) -> None:
    assert signed(seconds) == text


def test_lengths_read_as_players_show_them_and_spans_as_people_say_them() -> None:
    assert [length(s) for s in (-1.0, 7.9, 185.0, 3723.0)] == ["0:00", "0:07", "3:05", "1:02:03"]
    assert [span(s) for s in (-1.0, 40.0, 720.0, 11100.0)] == ["0 s", "40 s", "12 min", "3 h 05 min"]


def test_short_times_show_seconds_only_where_there_are_some() -> None:
    assert short_clock(NOON, ZONE) == "12:00"
    assert short_clock(NOON + timedelta(seconds=5), ZONE) == "12:00:05"


@pytest.mark.parametrize("width", [0, 1, 2, 3, 7, 8, 20])
def test_a_text_is_fitted_to_the_cell_even_where_a_wide_character_would_be_halved(width: int) -> None:
    assert cell_len(fit("请勿拆包装", width)) == width
    assert cell_len(fit("a请勿拆包装", width, "right")) == width


def test_bars_and_meters_do_not_leave_their_place_whatever_they_are_told() -> None:
    for share in (-1.0, 0.0, 0.51, 1.0, 9.0):
        assert cell_len("".join(part.text for part in bar(share, 20, PLAIN))) == 20
    assert [meter_place(level) for level in (-120.0, -70.0, 0.0, 6.0)] == [0.0, 0.0, 1.0, 1.0]
    assert meter_place(-20.0) == pytest.approx(0.5)
    assert [len(meter_scale(width)) for width in (1, 5, 40)] == [1, 5, 40]


def test_what_no_font_has_is_seen_in_its_place_and_what_moves_a_cursor_is_not_there() -> None:
    assert printable("王\ue000明") == "王\ufffd明"
    assert printable("王\x1b[2J\n明") == "王 [2J 明"
    assert cell_len(printable("\U000e0fff\ud800")) == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "big5", "utf-8"])
def test_a_name_that_a_terminal_cannot_write_keeps_its_cells(encoding: str) -> None:
    name = "page 3: 王𠮷明 é"

    shown = written_in(name, encoding)

    assert cell_len(shown) == cell_len(name)
    assert shown.encode(encoding)
    assert shown.startswith("page 3: ")
    assert ("王" in shown) is (encoding in ("gbk", "big5", "utf-8"))
