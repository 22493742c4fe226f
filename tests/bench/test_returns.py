"""How fast a return is decided, a receipt found among ten million lines, and a till's export taken."""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

import pytest

from kiosk.app.receipts import MemberVeil
from kiosk.rules.returns.clause import Answer, Question, Reason, Remedy
from kiosk.rules.returns.decision import decide
from kiosk.rules.returns.questions import open_questions
from kiosk.tills.imported import ImportedReceipts
from tests.bench.figures import Figures
from tests.rules.returns.policies import BOUGHT, FLAWLESS, GOODS, case, demo_book
from tests.tills.exports import HEADING, READING, ZONE

pytestmark = pytest.mark.bench

DECISIONS = 100_000
LINES_OF_ONE = 4
IMPORTED = int(os.environ.get("KIOSK_BENCH_LINES", "1000000"))
TIMES = 10
LOOKUPS = 2_000


def test_a_decision_takes_microseconds(figures: Figures) -> None:
    book = demo_book()
    draw = random.Random(1)
    unsure = {**FLAWLESS, Question.FAULT: Answer.UNSURE}
    cases = [
        case(draw.choice(list(GOODS)), draw.randrange(40), wish=draw.choice(list(Remedy)), answers=answers,
             reason=draw.choice(list(Reason)), doubt=draw.random() < 0.1)
        for answers in islice(cycle((FLAWLESS, unsure, {})), 3_000)
    ]  # fmt: skip
    taken_s = []
    for one in islice(cycle(cases), DECISIONS):
        begun = time.perf_counter()
        decide(book, one)
        taken_s.append(time.perf_counter() - begun)
    asked_s = []
    for one in cases[:500]:
        begun = time.perf_counter()
        open_questions(book, one)
        asked_s.append(time.perf_counter() - begun)

    note = f"{DECISIONS:,} cases of {len(GOODS)} kinds of goods, 0 to 39 days old"
    figures.at_most("return decided, median", 1e6 * statistics.median(taken_s), 20.0, "µs", note=note)
    figures.tell("return decided, p99", 1e6 * statistics.quantiles(taken_s, n=100)[98], "µs", note=note)
    figures.tell("what to ask next, median", 1e3 * statistics.median(asked_s), "ms")


def rows(lines: int) -> Iterator[str]:
    """An export of a store with 30,000 articles, a third of whose shoppers are members."""
    yield HEADING + "\n"
    draw = random.Random(2)
    for at in range(lines):
        receipt, n = divmod(at, LINES_OF_ONE)
        sold = draw.randrange(30_000)
        member = f"8800{receipt % 90_000:05}" if receipt % 3 == 0 else ""
        bought = BOUGHT + timedelta(days=receipt % 20)
        quantity = "0.535" if sold % 20 == 0 else str(1 + sold % 2)
        yield (
            f"R01{receipt:08},{bought} 14:{receipt % 60:02}:20,{receipt % 24},{member},0,{n + 1},{sold:05},"
            f"69{sold:011},商品名称第{sold}号,陶瓷,{quantity},{sold % 900}.90,0,0,\n"
        )


def test_a_receipt_is_found_among_ten_million_lines_and_an_export_taken_at_once(
    tmp_path: Path, figures: Figures
) -> None:
    export = tmp_path / "day.csv"
    with export.open("w", encoding="utf-8") as file:
        file.writelines(rows(IMPORTED))
    path = tmp_path / "receipts.sqlite"
    receipts = ImportedReceipts(path, ZONE, MemberVeil(b"k" * 32))

    begun, cpu = time.perf_counter(), time.process_time()
    receipts.take(export, READING)
    wall_s, cpu_s = time.perf_counter() - begun, time.process_time() - cpu

    export.unlink()
    size = f"{IMPORTED:,} lines, {IMPORTED // LINES_OF_ONE:,} receipts"
    figures.at_least("export taken, processor time", IMPORTED / cpu_s, 50_000, "lines/s", note=size)
    figures.tell("export taken, on the clock", IMPORTED / wall_s, "lines/s", note=f"load {os.getloadavg()[0]:.1f}")
    many = IMPORTED // LINES_OF_ONE
    with sqlite3.connect(path) as ledger:
        for times in range(1, TIMES):
            more = times * many
            ledger.execute(
                "INSERT INTO receipt SELECT id + ?, printf('R01%08d', id - 1 + ?), bought, till, '', invoiced, file"
                " FROM receipt WHERE id <= ?", (more, more, many),
            )  # fmt: skip
            ledger.execute(
                "INSERT INTO line SELECT id + ? * 10000, article, quantity_milli, serial FROM line WHERE id < ?",
                (more, (many + 1) * 10_000),
            )
    ledger.close()
    draw = random.Random(3)
    taken_s = []
    for _ in range(LOOKUPS):
        number = f"R01{draw.randrange(many * TIMES):08}"
        begun = time.perf_counter()
        found = receipts.find(number)
        taken_s.append(time.perf_counter() - begun)
        assert found is not None
        assert len(found.lines) == LINES_OF_ONE

    note = f"{TIMES * IMPORTED:,} lines, {path.stat().st_size / 1e6:.0f} MB, {LOOKUPS} look-ups"
    figures.at_most("receipt found, median", 1e3 * statistics.median(taken_s), 5.0, "ms", note=note)
    figures.at_most("receipt found, p99", 1e3 * statistics.quantiles(taken_s, n=100)[98], 5.0, "ms", note=note)
    path.unlink()
