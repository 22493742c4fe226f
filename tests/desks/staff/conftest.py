"""The return desk with its ledger, as the corners of staff mode find it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.ledger.store import Ledger
from tests.app.return_desk import ReturnDesk
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.slips import PEOPLE
from tests.stories.test_counting_at_the_reader import CountedRoom


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> ReturnDesk:
    room = CountedRoom(ledger)
    room.in_service()
    return ReturnDesk(room, ledger=ledger, people=PEOPLE)
