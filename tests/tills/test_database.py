from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event, make_url

from kiosk.errors import DeviceFault
from kiosk.tills.database import DatabaseReceipts, TillQuery, _opening, _receipt
from tests.contracts.test_receipts_contract import COLUMNS, TABLES, till
from tests.tills.exports import FIRST, ZONE


@pytest.fixture
def query(tmp_path: Path) -> TillQuery:
    return TillQuery(till(tmp_path, FIRST), TABLES, COLUMNS)


def change(query: TillQuery, statement: str) -> None:
    with sqlite3.connect(query.url.removeprefix("sqlite:///")) as file:
        file.execute(statement)


@pytest.fixture
def source(query: TillQuery) -> Iterator[DatabaseReceipts]:
    made = DatabaseReceipts(query, ZONE)
    yield made
    made.close()


def test_a_till_is_only_read(source: DatabaseReceipts) -> None:
    with source._engine.connect() as connection, pytest.raises(Exception, match=r"readonly|query_only"):
        connection.exec_driver_sql("DELETE FROM bills")


def test_one_question_is_asked_for_one_receipt(source: DatabaseReceipts) -> None:
    asked: list[str] = []
    event.listen(source._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    source.find("R0100000001")

    assert len(asked) == 1
    assert asked[0].startswith("SELECT bills.no AS r_number")


def test_a_till_that_does_not_answer_is_given_up_in_time_and_not_asked_meanwhile(query: TillQuery) -> None:
    hangs = threading.Event()
    source = DatabaseReceipts(replace(query, timeout_s=0.05), ZONE)
    event.listen(source._engine, "before_cursor_execute", lambda *_: hangs.wait(10))

    with pytest.raises(DeviceFault, match=r"does not answer within 0\.05 s"):
        source.find("R0100000001")
    with pytest.raises(DeviceFault, match="has not answered yet"):
        source.find("R0100000001")
    hangs.set()
    source._hand.submit(lambda: None).result(10)
    assert source.find("R0100000001") == FIRST
    source.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [("no address", "Could not parse"), ("nosuch://till/pos", "install its driver"),
     ("mysql+nosuchdriver://till/pos", "install its driver")],
)  # fmt: skip
def test_an_address_that_is_none_is_told_at_once(query: TillQuery, url: str, says: str) -> None:
    with pytest.raises(DeviceFault, match=says):
        DatabaseReceipts(replace(query, url=url), ZONE)


def test_a_database_that_is_not_there_is_told_and_not_begun(query: TillQuery, tmp_path: Path) -> None:
    source = DatabaseReceipts(replace(query, url=f"sqlite:///{tmp_path}/other.db"), ZONE)

    with pytest.raises(DeviceFault, match="cannot be asked"):
        source.find("R0100000001")

    assert not (tmp_path / "other.db").exists()
    source.close()


def test_the_password_is_in_no_message(query: TillQuery) -> None:
    with pytest.raises(DeviceFault) as fault:
        DatabaseReceipts(replace(query, url="sqlite://reader@/nowhere/pos.db", password="secret"), ZONE)

    assert "secret" not in str(fault.value)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE goods SET qty = -1", "quantity: is -1"),
        ("UPDATE goods SET qty = 0.12345", "with 5 decimals"),
        ("UPDATE goods SET price = '12.505'", "with 3 decimals"),
        ("UPDATE goods SET pos = 1", "not numbered in order"),
        ("UPDATE goods SET pos = 'a'", "n: is 'a'"),
        ("UPDATE goods SET sale = 7", "clearance: is '7'"),
        ("UPDATE bills SET sold_at = 'yesterday'", "bought: is 'yesterday'"),
        ("UPDATE bills SET sold_at = NULL", "bought: is no time"),
        ("UPDATE goods SET title = NULL", "name: is ''"),
    ],
)
def test_what_is_no_receipt_is_told_with_its_field(query: TillQuery, statement: str, says: str) -> None:
    change(query, statement)
    source = DatabaseReceipts(query, ZONE)

    with pytest.raises(DeviceFault, match="in the till's database is none") as fault:
        source.find("R0100000001")

    assert says in str(fault.value)
    assert "[returns.till]" in str(fault.value)
    source.close()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE bills SET sold_at = {int(FIRST.bought.timestamp())}",
        "UPDATE bills SET sold_at = '2026-11-20T06:03:20+00:00'",
        "UPDATE bills SET till = '03', invoice = 'F-99'",
        "UPDATE goods SET price = price + 0.0",
        "UPDATE goods SET item = item + 0.0 WHERE 0",
    ],
)
def test_a_till_may_keep_its_values_in_its_own_way(tmp_path: Path, statement: str) -> None:
    query = TillQuery(till(tmp_path, FIRST), TABLES, COLUMNS)
    if "timestamp" in statement or statement.endswith(str(int(FIRST.bought.timestamp()))):
        query = replace(query, columns={**COLUMNS, "bought": "CAST(bills.sold_at AS INTEGER)"})
    change(query, statement)
    source = DatabaseReceipts(query, ZONE)

    assert source.find("R0100000001") == FIRST
    source.close()


def test_a_database_may_count_in_decimals_and_give_moments() -> None:
    """As MySQL and PostgreSQL do, which are not there in a test."""
    row = {"r_bought": FIRST.bought.replace(tzinfo=None), "r_till": 3.0, "r_n": 1, "r_item": "20417", "r_name": "壶"}
    goods = {"r_quantity": Decimal("1.000"), "r_unit_price": Decimal("129.900"), "r_invoiced": None}

    receipt = _receipt("R0100000001", [row | goods], ZONE)

    assert (receipt.bought, receipt.till, receipt.invoiced) == (FIRST.bought, "3", False)
    assert (receipt.lines[0].quantity_milli, receipt.lines[0].unit_price_fen) == (1000, 12_990)
    assert _receipt("R0100000001", [row | goods | {"r_quantity": Decimal("2")}], ZONE).lines[0].quantity_milli == 2000


def test_other_databases_are_kept_open_and_told_to_write_nothing() -> None:
    opening = _opening(make_url("mysql+pymysql://reader@till/pos"))

    assert opening["pool_size"] == 1
    assert opening["pool_pre_ping"]
