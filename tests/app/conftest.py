"""The return desk behind a real window, with a ledger of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
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
def desk(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReturnDesk]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    room = CountedRoom(ledger)
    room.in_service()
    one = ReturnDesk(room, PANELS["1280x800"], ledger=ledger, people=PEOPLE)
    with one.window:
        yield one
