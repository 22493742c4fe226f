from __future__ import annotations

from kiosk.display.marks import Line
from kiosk.display.placing import Placer
from kiosk.display.theme import Panel
from kiosk.display.widgets import Column, Fitting, Grow, Screen, Text, Touch, Widget
from kiosk.rules.front.taps import StillThere

INK = (0, 0, 0)
PANEL = Panel(800, 480, 154.0)


def place(root: Widget, panel: Panel = PANEL) -> tuple[list[str], tuple[str, ...], list[int]]:
    placer = Placer(panel, lambda text, size, bold: len(text) * size)
    placed = placer.place(Screen("a screen", root, (INK, INK)))
    lines = [mark.text for mark in placed.marks if isinstance(mark, Line)]
    return lines, placed.problems, [target.rect[3] for target in placed.targets]


def words(text: str, size: int) -> Text:
    return Text(text, size, INK, lines=1)


def test_the_first_way_that_its_room_has_place_for_is_shown() -> None:
    assert place(Fitting((words("far too long", 100), words("fits", 100), words("short", 10)))) == (["fits"], (), [])


def test_the_last_way_is_shown_in_any_case_and_what_does_not_fit_is_told() -> None:
    lines, problems, _ = place(Fitting((words("far too long", 100), words("toolongaswell", 90))))

    assert lines[0].startswith("toolong")
    assert problems != ()


def test_what_was_tried_and_not_shown_cannot_be_touched() -> None:
    tall = Touch(words("far too long to fit", 100), StillThere(), "tall")

    lines, problems, targets = place(Fitting((tall, words("fits", 100))))

    assert (lines, problems, targets) == (["fits"], (), [])


def test_rows_of_an_even_column_are_as_high_as_their_shares_whatever_is_in_them() -> None:
    low = Touch(words("one", 20), StillThere(), "low")
    high = Touch(Column((words("two", 40), words("lines", 40))), StillThere(), "high")

    assert place(Column((Grow(low), Grow(high)), even=True))[2] == [240, 240]
    assert place(Column((Grow(low, 3), Grow(high, 1)), even=True))[2] == [360, 120]
    assert place(Column((Grow(low), Grow(high))))[2] != [240, 240]
