from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.hw.escpos_wire import CLEARED, bands, condition_of, dots_of, heard
from kiosk.ports.printer import Raster
from kiosk.rules.printing.jobs import Condition
from tests.depth import examples

FINE = 0x12


@pytest.mark.parametrize(
    ("how", "why", "paper", "condition"),
    [
        (FINE, FINE, FINE, Condition.READY),
        (FINE, FINE, FINE | 0x0C, Condition.PAPER_LOW),
        (FINE | 0x08, FINE | 0x04, FINE, Condition.COVER_OPEN),
        (FINE | 0x08, FINE | 0x20, FINE, Condition.PAPER_OUT),
        (FINE, FINE, FINE | 0x6C, Condition.PAPER_OUT),
        (FINE | 0x08, FINE | 0x40, FINE, Condition.CUTTER),
        (FINE | 0x08, FINE, FINE, Condition.BUSY),
        (FINE | 0x08, FINE | 0x24, FINE | 0x60, Condition.COVER_OPEN),
    ],
)
def test_what_a_printer_says_of_itself_becomes_one_sentence_for_staff(
    how: int, why: int, paper: int, condition: Condition
) -> None:
    assert condition_of(how, why, paper) is condition


def test_answers_in_turn_and_at_once_are_told_apart() -> None:
    told = heard(b"\x13\x00\x12\x03\x11")

    assert (told.status, told.in_turn, told.rubbish) == (0x12, 2, 0)


def test_that_the_buffer_was_thrown_away_is_no_answer_to_anything_else() -> None:
    told = heard(CLEARED)

    assert (told.status, told.in_turn, told.rubbish) == (None, 0, 0)


@settings(max_examples=examples(100))
@given(st.binary(max_size=40))
def test_whatever_comes_over_the_wire_is_heard_without_harm(data: bytes) -> None:
    told = heard(data)

    assert told.in_turn + told.rubbish <= len(data)


@settings(max_examples=examples(50))
@given(st.integers(1, 9), st.integers(1, 130), st.integers(1, 60))
def test_bands_put_together_are_the_sheet(across: int, down: int, dots: int) -> None:
    raster = Raster(across * 8, bytes((n * 7) % 256 for n in range(across * down)))

    strips = list(bands(raster, dots))

    assert b"".join(strip.rows for strip in strips) == raster.rows
    assert all(strip.height <= dots for strip in strips)
    assert dots_of(strips[0])[:8] == b"\x1dv0\x00" + bytes((across, 0, strips[0].height, 0))
