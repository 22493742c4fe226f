"""A slip is committed while the shopper stands there; the register of a sale day is there when the lead asks for it."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.display.sheet_paint import page_pdf, raster
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.rules.returns.register import register, rows, sheet
from kiosk.rules.returns.slip import Slip
from kiosk.rules.returns.slip_deeds import EVENT
from kiosk.rules.returns.slip_sheets import copies
from kiosk.rules.returns.slip_words import WORDS
from kiosk.units import Language
from tests.bench.figures import Figures
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.slips import KEY, NOW, SHANGHAI, TO_PAID, done, filled

pytestmark = pytest.mark.bench

SLIPS = 2000
CN = Language("zh-CN")


def test_a_day_of_two_thousand_slips(figures: Figures, tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        queue = LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: KEY)
        book = LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY, lambda: queue)
        took_s = []
        slip = filled()
        for n in range(SLIPS):
            wanted = replace(filled(), receipt=f"R{n:08}", filled=NOW + timedelta(seconds=n))
            begun_s = time.perf_counter()
            kept = book.fill(wanted)
            took_s.append(time.perf_counter() - begun_s)
            assert isinstance(kept, Slip)
            slip = kept
        for deed, by in TO_PAID:
            after = done(slip, (deed, by))
            assert book.keep(after, was=slip, by=by.id, event=EVENT[type(deed)])
            slip = after
        begun_s = time.perf_counter()
        found = register(NOW.date(), book.of_day(NOW.date()), book.last_before(NOW.date()))
        assert len(rows(found, {})) == SLIPS
        read_s = time.perf_counter() - begun_s
        pages = page_pdf([sheet(found, WORDS[CN], "和风百货", {}, "")], across=True)
        page_s = time.perf_counter() - begun_s
        begun_s = time.perf_counter()
        sheets = copies(slip, "和风百货", CN, "", {})
        painted = [raster(one, 576) for one in sheets]
        paint_s = time.perf_counter() - begun_s

    assert pages.startswith(b"%PDF")
    assert all(one.height for one in painted)
    note = f"{SLIPS} slips, each with its number in one durable transaction"
    figures.at_most("return slip: committed, median", statistics.median(took_s) * 1e3, 10.0, "ms", note=note)
    figures.at_most("return slip: committed, 99 %", sorted(took_s)[SLIPS * 99 // 100] * 1e3, 10.0, "ms", note=note)
    figures.at_most("register of 2,000 slips", read_s, 2.0, "s", note="read, checked for gaps, totals, rows")
    figures.at_most("register of 2,000 slips as PDF", page_s, 2.0, "s", note="the same, and drawn on A4 pages")
    figures.tell("return slip: three copies painted", paint_s * 1e3, "ms", note="576 dots")
