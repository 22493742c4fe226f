from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiosk.app.front_demo import ROLL, roll_of
from kiosk.app.places import Places
from kiosk.display.sheet_paint import raster
from kiosk.hw.simulated_printer import KEPT, SimulatedPrinter
from kiosk.rules.printing.document import Align, Document, Line, Size
from kiosk.rules.printing.jobs import Condition, Event

TICKET = Document("ticket R003", (Line("和风百货", align=Align.CENTRE), Line("R003", Size.HUGE, bold=True)))
MARGIN = 32


@pytest.fixture
def roll(tmp_path: Path) -> SimulatedPrinter:
    return roll_of(Places(tmp_path, tmp_path))


def test_a_sheet_hangs_from_it_dot_for_dot_as_a_roll_printer_prints_it(roll: SimulatedPrinter) -> None:
    outcome = roll.print(TICKET)

    [sheet] = roll.shown().sheets
    dots = raster(TICKET, ROLL.dots)
    with Image.open(sheet.path) as picture:
        paper = picture.crop((MARGIN, MARGIN, MARGIN + dots.width, MARGIN + dots.height))
        inked = paper.point(lambda shade: 255 - shade).convert("1").tobytes()
    assert (outcome.end, outcome.condition) == (Event.DONE, Condition.READY)
    assert (sheet.title, inked) == ("ticket R003", dots.rows)
    assert Path(sheet.path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("trouble", "mend", "condition"),
    [
        (SimulatedPrinter.takes_roll, SimulatedPrinter.new_roll, Condition.PAPER_OUT),
        (SimulatedPrinter.opens, SimulatedPrinter.shuts, Condition.COVER_OPEN),
    ],
)
def test_without_paper_or_with_its_cover_open_it_prints_nothing_until_somebody_sees_to_it(
    roll: SimulatedPrinter, trouble: object, mend: object, condition: Condition
) -> None:
    assert callable(trouble)
    assert callable(mend)
    trouble(roll)

    outcome = roll.print(TICKET)

    assert (outcome.end, outcome.condition, roll.look()) == (Event.NOT_BEGUN, condition, condition)
    assert roll.shown().sheets == ()
    mend(roll)
    assert roll.print(TICKET).end is Event.DONE


def test_what_is_torn_off_leaves_no_picture_behind(roll: SimulatedPrinter, tmp_path: Path) -> None:
    roll.print(TICKET)

    roll.tear_off()

    assert roll.shown().sheets == ()
    assert list(tmp_path.rglob("*.png")) == []


def test_so_many_sheets_hang_from_it_and_no_more(roll: SimulatedPrinter, tmp_path: Path) -> None:
    for _ in range(KEPT + 2):
        roll.print(TICKET)

    assert len(roll.shown().sheets) == KEPT
    assert len(list(tmp_path.rglob("*.png"))) == KEPT


def test_what_a_demo_left_that_was_ended_by_force_is_thrown_away_by_the_next(
    roll: SimulatedPrinter, tmp_path: Path
) -> None:
    roll.print(TICKET)

    roll_of(Places(tmp_path, tmp_path))

    assert list(tmp_path.rglob("*.png")) == []


def test_where_its_folder_cannot_be_written_nothing_counts_as_printed(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("in the way", encoding="utf-8")

    outcome = roll_of(Places(tmp_path, tmp_path)).print(TICKET)

    assert (outcome.end, outcome.condition) == (Event.NOT_BEGUN, Condition.BUSY)
