"""Music that joins the library while the store is open is played today, without a restart (B04)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.app.office import Office
from kiosk.desks.broadcast.messages import MusicChanged, Stocked
from kiosk.desks.broadcast.music_watch import MusicWatch
from kiosk.rules.broadcast.as_run import Outcome
from tests.stories.shop import MONDAY, Shop
from tests.stories.test_stocking import FEW

TUESDAY = MONDAY + timedelta(days=1)


class Added(Shop):
    """A store whose playlists grow, once somebody reads them."""

    def __init__(self, office: Office, grown: Office) -> None:
        super().__init__(office)
        self.grown = grown
        self.read = 0
        self.attendants = (MusicWatch(self._read),)

    def _read(self) -> None:
        self.read += 1
        self.desk.office = self.grown
        self.role.inbox.append(Stocked(self.grown.material, 0, ()))


@pytest.fixture
def shop(office: Office) -> Added:
    few = {path: sound for path, sound in office.sounds.items() if "/music/" not in path or path in FEW}
    return Added(Office(office.site, few, office.spoken), office)


def new(shop: Shop, begin: str) -> set[str]:
    known = {path[7:-4] for path in FEW}
    return {
        line.id
        for line in shop.songs()
        if line.real_start is not None
        and line.real_start > shop.at(begin)
        and line.id.startswith("music/")
        and line.id not in known
    }


@pytest.mark.rule("B04")
@pytest.mark.rule("B03")
def test_music_that_the_head_added_is_played_today_and_no_song_is_cut_for_it(shop: Added) -> None:
    shop.opens_at("08:55").until("10:00").into_a_song()
    before = new(shop, "09:00")

    shop.gets(MusicChanged()).until("14:00")

    assert before == set()
    assert len(new(shop, "10:00")) > 10
    assert all(line.outcome is Outcome.PLAYED for line in shop.songs() if line.real_end)
    assert shop.read == 1


@pytest.mark.rule("B04")
def test_music_that_nobody_told_of_is_played_from_the_next_day_on(shop: Added) -> None:
    shop.opens_at("08:55").until("23:00")
    today = new(shop, "09:00")
    shop.until("12:00", day=TUESDAY)
    shop.day = TUESDAY

    assert today == set()
    assert len(new(shop, "09:00")) > 5
    assert shop.read == 1
