"""The live board on a terminal: what it sends, and what a terminal may lack."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper
from time import perf_counter

import pytest
from rich.cells import cell_len
from rich.console import Console

from kiosk.display.board import LiveBoard, PlainBoard, board, board_for, frame
from tests.display.airtime import TITLES, on_air, screen_of, silence, song, terminal, written
from tests.display.board_text import text_of, whole


def test_a_title_cannot_smuggle_escape_codes_onto_the_screen() -> None:
    text = whole(replace(on_air(song("music/\x1b[2Jbad\nname")), warnings=("a\x07b",)))

    assert "\x1b" not in text
    assert "\x07" not in text


def test_without_colours_every_card_still_reads_the_same() -> None:
    console = terminal(100, 30, no_color=True)

    console.print(board(on_air(), 100, 30, titles=TITLES), end="")

    assert "[38;2;" not in written(console)
    assert "♪ MUSIC" in written(console)


def test_a_terminal_without_unicode_gets_plain_signs_in_the_same_places() -> None:
    console = terminal(80, 24, encoding="ascii")

    console.print(board(on_air(song("music/first")), 80, 24, titles={}), end="")

    shown = written(console)
    assert "╭" not in shown
    assert "+- " in shown
    assert "~ MUSIC" in shown


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "big5", "utf-8"])
def test_names_that_the_terminal_cannot_write_neither_stop_the_board_nor_shift_it(encoding: str) -> None:
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding=encoding)
    console = Console(file=stream, force_terminal=True, width=100, height=30, legacy_windows=False, _environ={})
    report = replace(on_air(), pages=("page 3: has 来宾王𠮷先生 been reached?",), warnings=("㐀 𫖮 Дмитрий",))

    with LiveBoard(console, titles=TITLES) as live:
        live.show(report)
        stream.flush()
        painted = raw.getvalue().decode(encoding)

    lines = screen_of(painted, 100, 30)
    assert {cell_len(line) for line in lines} == {100}
    assert any("been reached?" in line for line in lines)
    assert ("𠮷" in painted) is (encoding == "utf-8")


def test_the_live_board_shows_the_last_report_on_its_own_screen_and_leaves_it() -> None:
    console = terminal(100, 30)
    first, second = on_air(after_s=60.0), on_air(after_s=61.0)

    with LiveBoard(console, titles=TITLES) as live:
        live.show(first)
        live.show(second)
        painted = written(console)

    assert screen_of(painted, 100, 30) == text_of(frame(second, 100, 30, titles=TITLES))
    assert painted.startswith("\x1b[?1049h")
    assert "\x1b[?1049l" in written(console)[len(painted) :]
    assert "\x1b[?25h" in written(console)[len(painted) :]


def test_the_live_board_sends_only_the_lines_that_changed() -> None:
    console = terminal(100, 30)
    live = LiveBoard(console, titles=TITLES)
    live.show(on_air())
    before = len(written(console))

    live.show(on_air())
    same = len(written(console)) - before
    live.show(replace(on_air(), underruns=1))
    changed = written(console)[before + same :]

    assert same == 0
    assert "1 underrun" in changed
    assert changed.count("H") < 10


def test_the_live_board_repaints_after_the_terminal_changed_its_size() -> None:
    console = terminal(100, 30)
    live = LiveBoard(console, titles=TITLES)
    live.show(on_air())
    before = len(written(console))

    console.size = (80, 24)
    live.show(on_air())

    assert screen_of(written(console)[before:], 80, 24) == text_of(frame(on_air(), 80, 24, titles=TITLES))


def test_a_stray_message_is_painted_over_within_ten_seconds() -> None:
    console = terminal(100, 30)
    live = LiveBoard(console, titles=TITLES)
    live.show(on_air())
    console.file.write("\x1b[5;5Hstray")

    for _ in range(40):
        live.show(on_air())

    assert screen_of(written(console), 100, 30) == text_of(frame(on_air(), 100, 30, titles=TITLES))


def test_a_terminal_that_hung_up_does_not_stop_the_broadcast() -> None:
    console = terminal()
    console.file = _HungUp()

    with LiveBoard(console) as live:
        live.show(on_air())
        live.show(silence())


class _HungUp(StringIO):
    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")


def test_a_terminal_gets_the_live_board_and_a_pipe_plain_lines() -> None:
    pipe = terminal()
    pipe._force_terminal = False

    assert isinstance(board_for(terminal()), LiveBoard)
    assert isinstance(board_for(pipe), PlainBoard)


def test_the_board_does_not_bring_pygame_with_it() -> None:
    code = "import sys, kiosk.display.board; sys.exit('pygame' in sys.modules or 'numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.bench
def test_a_board_costs_a_small_part_of_the_quarter_second_between_two() -> None:
    console = terminal(160, 45)
    live = LiveBoard(console, titles=TITLES)
    reports = [on_air(after_s=place / 4) for place in range(200)]

    started = perf_counter()
    for report in reports:
        live.show(report)

    assert (perf_counter() - started) / len(reports) < 0.008
