"""What the return desk may rely on, wherever receipts come from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.ports.receipts import Receipts
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.returns.receipt import Receipt, shown_quantity
from kiosk.tills.database import DatabaseReceipts, TillQuery
from tests.tills.exports import CUPS, FIRST, KETTLE, MEAT, READING, SECOND, ZONE, export, receipts_at

COLUMNS = {
    "number": "bills.no", "bought": "bills.sold_at", "till": "bills.till", "member": "bills.card",
    "invoiced": "bills.invoice <> ''", "n": "goods.pos", "item": "goods.item", "barcode": "goods.ean",
    "name": "goods.title", "category": "goods.class", "quantity": "goods.qty", "unit_price": "goods.price",
    "clearance": "goods.sale", "appliance": "goods.class = '小家电'", "serial": "goods.sn",
}  # fmt: skip
TABLES = "bills JOIN goods ON goods.bill = bills.no"


def till(folder: Path, *receipts: Receipt) -> str:
    """A till's database with these receipts; its address."""
    path = folder / "pos.db"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE bills (no TEXT PRIMARY KEY, sold_at TEXT, till TEXT, card TEXT, invoice TEXT)")
        file.execute("CREATE TABLE goods (bill TEXT, pos INT, item TEXT, ean TEXT, title TEXT, class TEXT, qty REAL,"
                     " price TEXT, sale INT, sn TEXT)")  # fmt: skip
        for one in receipts:
            head = (one.number, f"{one.bought:%Y-%m-%d %H:%M:%S}", one.till, one.member or None, "F1" * one.invoiced)
            file.execute("INSERT INTO bills VALUES (?, ?, ?, ?, ?)", head)
            for line in reversed(one.lines):
                goods = (one.number, line.n, line.item, line.barcode, line.name, line.category,
                         float(shown_quantity(line.quantity_milli)), shown_fen(line.unit_price_fen),
                         int(line.clearance), line.serial or None)  # fmt: skip
                file.execute(f"INSERT INTO goods VALUES ({', '.join('?' * 10)})", goods)
    return f"sqlite:///{path}"


def imported(folder: Path) -> Receipts:
    receipts = receipts_at(folder)
    receipts.take(export(folder, KETTLE, CUPS, MEAT), READING)
    return receipts


def asked(folder: Path) -> Receipts:
    return DatabaseReceipts(TillQuery(till(folder, FIRST, SECOND), TABLES, COLUMNS), ZONE)


@pytest.fixture(params=[imported, asked], ids=["imported", "database"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Receipts]:
    make: Callable[[Path], Receipts] = request.param
    receipts = make(tmp_path)
    yield receipts
    receipts.close()


@pytest.mark.rule("R01")
def test_a_receipt_is_found_whole_by_its_number(source: Receipts) -> None:
    assert source.find("R0100000001") == FIRST
    assert source.find("R0100000002") == SECOND


@pytest.mark.rule("R01")
@pytest.mark.parametrize("number", ["R0100000003", "R01' OR '1'='1", ""])
def test_a_receipt_that_no_till_knows_is_none(source: Receipts, number: str) -> None:
    assert source.find(number) is None


def test_a_receipt_may_be_asked_for_again_and_again(source: Receipts) -> None:
    assert {source.find("R0100000001") for _ in range(5)} == {FIRST}


def test_a_source_may_be_closed_twice(source: Receipts) -> None:
    source.close()
    source.close()
