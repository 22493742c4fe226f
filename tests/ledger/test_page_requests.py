from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.ledger.page_requests import PageRequests, Standing
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.page_watch import Event, Stage, after
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from tests.ledger.shop import fresh_ledger

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
LATER = TEN + timedelta(seconds=30)
REQUEST = PageRequest(Whom.GUEST, Title.MR, "王小明")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.mark.rule("B18")
def test_the_front_role_sees_where_its_request_stands(ledger: Ledger) -> None:
    front, desk = PageRequests(lambda: ledger, SHANGHAI), LedgerPages(lambda: ledger, SHANGHAI)

    n = front.ask(REQUEST, TEN, caller="李娜", number="8888")
    assert front.state(n) == Standing(Stage.REQUESTED, "", TEN)
    (asked,) = desk.requested()
    assert (asked.request, asked.caller, asked.number) == (REQUEST, "李娜", "8888")
    desk.keep(after(asked, Event.DECLINED, LATER, why="this is no name"), was=Stage.REQUESTED)

    assert front.state(n) == Standing(Stage.DECLINED, "this is no name", LATER)
    assert front.state(99) is None


@pytest.mark.rule("B18")
def test_a_request_is_withdrawn_in_time_or_not_at_all(ledger: Ledger) -> None:
    front, desk = PageRequests(lambda: ledger, SHANGHAI), LedgerPages(lambda: ledger, SHANGHAI)
    early, late = front.ask(REQUEST, TEN), front.ask(REQUEST, TEN)
    desk.keep(after(desk.requested()[1], Event.APPROVED, LATER), was=Stage.REQUESTED)

    assert front.withdraw(early, LATER)
    assert not front.withdraw(late, LATER)

    assert [page.n for page in desk.unfinished()] == [late]
    standing = front.state(early)
    assert standing is not None
    assert standing.stage is Stage.WITHDRAWN
