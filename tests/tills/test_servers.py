"""A till's own server, asked through its real driver: PostgreSQL and MariaDB, where this machine has them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import SQLAlchemyError

from kiosk.tills.database import DatabaseReceipts, TillQuery
from tests.contracts.test_receipts_contract import COLUMNS, TABLES
from tests.depth import DEEP
from tests.tills.exports import FIRST, SECOND, ZONE
from tests.tills.till_servers import mariadb, postgresql

DEEP_ONLY = pytest.mark.skipif(not DEEP, reason="a server that takes ten seconds to set up: KIOSK_DEEP=1")
SERVERS = [pytest.param(postgresql, id="postgresql"), pytest.param(mariadb, id="mariadb", marks=DEEP_ONLY)]


@pytest.fixture(scope="module", params=SERVERS)
def source(request: pytest.FixtureRequest) -> Iterator[DatabaseReceipts]:
    with request.param(FIRST, SECOND) as url:
        receipts = DatabaseReceipts(TillQuery(url, TABLES, COLUMNS, timeout_s=10.0), ZONE)
        yield receipts
        receipts.close()


@pytest.mark.rule("R01")
def test_a_receipt_is_found_whole_on_a_real_server(source: DatabaseReceipts) -> None:
    assert source.find("R0100000001") == FIRST
    assert source.find("R0100000002") == SECOND
    assert source.find("R0100000003") is None
    assert source.find("R01' OR '1'='1") is None


def test_a_server_is_only_read_though_its_user_might_write_and_however_often_a_connection_is_used(
    source: DatabaseReceipts,
) -> None:
    for _ in range(3):
        with source._engine.connect() as connection, pytest.raises(SQLAlchemyError, match=r"(?i)read.only"):
            connection.exec_driver_sql("DELETE FROM goods")
        assert source.find("R0100000001") == FIRST
