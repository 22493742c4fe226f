"""Another tag for a locker by finger: the bag attendant's screen, the supervisor's badge and PIN (L09)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
from kiosk.app.new_tags import NewTags
from kiosk.ledger.tags import TagPages
from kiosk.rules.lockers.codes import text_of
from kiosk.rules.lockers.tags import KEY_BYTES, Plaque, TagKey
from kiosk.units import LockerId
from tests.app.staffed_screen import StaffedScreen
from tests.app.test_lost_tags_at_the_screen import signs
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import TEN
from tests.rules.lockers.lost_tag_people import MEI, TAO
from tests.stories.test_counting_at_the_reader import CountedRoom

KEY = TagKey(1, bytes(range(KEY_BYTES)))


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StaffedScreen]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        room = CountedRoom(ledger)
        room.in_service()
        one = StaffedScreen(room, PANELS["1280x800"], finger=True, ledger=ledger, people=(MEI, TAO))
        pages = TagPages(lambda: ledger, lambda: (KEY,))
        pages.issue_plaque(Plaque(3, 2), "test", TEN)
        one.staff.lockers.tags = NewTags(pages, one.now, lambda: (KEY,))
        with one.window:
            yield one


def generation(screen: StaffedScreen, n: int) -> int:
    return screen.room.desk.cabinet.lockers[LockerId(n)].generation


@pytest.mark.rule("L09")
def test_the_supervisor_signs_on_the_attendants_screen_and_the_locker_has_another_tag(screen: StaffedScreen) -> None:
    screen.enters(MEI)
    screen.taps("lockers", "locker 2")
    screen.finds("retag")
    screen.taps("retag", "choose own")
    signs(screen, MEI)
    assert generation(screen, 2) == 1, "an attendant's own word does not do"

    screen.taps("lockers", "locker 2")
    screen.finds("retag")
    screen.taps("retag", "choose own")
    signs(screen, TAO)

    assert generation(screen, 2) == 2
    assert "旧牌已失效" in screen.reads()


@pytest.mark.rule("L09")
def test_a_tag_that_is_there_already_is_scanned_before_the_supervisor_signs(screen: StaffedScreen) -> None:
    screen.enters(TAO)
    screen.taps("lockers", "locker 3")
    screen.finds("retag")
    screen.taps("retag", "choose scanned")
    assert screen.face.reads(text_of(Plaque(3, 2), KEY))
    screen.taps("next")
    screen.types("246135")
    screen.taps("next")

    assert generation(screen, 3) == 2
    assert "3 号柜现在用 3 号牌" in screen.reads()
