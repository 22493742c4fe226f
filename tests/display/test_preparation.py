from __future__ import annotations

from io import StringIO

from rich.console import Console

from kiosk.display.preparation import Preparation
from tests.display.airtime import terminal, written


def test_preparing_shows_each_task_with_a_bar_and_what_was_done_last() -> None:
    console = terminal(100, 30)

    with Preparation("和风百货 [一店]", console) as preparation:
        preparation.begin("Measuring sounds", 2)
        preparation.advance("music/morning_tea")
        preparation.advance("音乐/茉莉花")
        preparation.begin("Planning the day", 0)

    shown = written(console)
    assert "和风百货 [一店]" in shown
    assert "Measuring sounds" in shown
    assert "1/2" in shown
    assert "2/2" in shown
    assert "茉莉花" in shown
    assert "━" in shown
    assert "Planning the day" in shown


def test_without_a_terminal_preparing_is_a_line_a_task() -> None:
    stream = StringIO()

    with Preparation("和风百货", Console(file=stream, _environ={})) as preparation:
        preparation.begin("measuring sounds", 16)
        preparation.advance("music/morning_tea")

    assert stream.getvalue() == "和风百货: preparing the day\npreparing: measuring sounds, 16 to do\n"


def test_a_step_before_any_task_is_passed_over() -> None:
    with Preparation("和风百货", terminal()) as preparation:
        preparation.advance()
