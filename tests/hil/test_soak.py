"""Three days at both desks in virtual time, an hour in real time: memory, threads and file handles stay as they are.

KIOSK_SOAK_DAYS and KIOSK_SOAK_MINUTES: how long, 3 and 60 unless told.
"""

from __future__ import annotations

import gc
import os
import random
import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from kiosk.app.office import Office
from kiosk.config.load import load_site
from kiosk.desks.broadcast.messages import Message, PageAsked, Pressed
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from tests.audio.waiting import let_pass
from tests.hil.on_air import Store
from tests.hil.table import record
from tests.sites import SOUNDS_S, write_site
from tests.stories.bag_room import BagRoom
from tests.stories.conftest import SITE, SONGS, office_of
from tests.stories.shop import MONDAY, Shop

pytestmark = pytest.mark.hil

DAYS = int(os.environ.get("KIOSK_SOAK_DAYS", "3"))
MINUTES = float(os.environ.get("KIOSK_SOAK_MINUTES", "60"))
FLAT_MB = 8.0
BUTTONS = ("promo", "promo", "next", "evacuate")
NAMES = ("王小明", "李红", "陈晓云")


@dataclass(frozen=True, slots=True)
class Size:
    """What a process takes of the machine."""

    rss_mb: float
    threads: int
    handles: int

    @classmethod
    def of(cls, process: psutil.Process) -> Size:
        return cls(process.memory_info().rss / 1e6, process.num_threads(), process.num_fds())

    def told(self) -> str:
        return f"{self.rss_mb:.0f} MB, {self.threads}, {self.handles}"


def here() -> Size:
    gc.collect()
    return Size.of(psutil.Process())


def flat(first: Size, last: Size) -> bool:
    return last.rss_mb - first.rss_mb < FLAT_MB and (last.threads, last.handles) == (first.threads, first.handles)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    sounds_s = {path: 0.01 for path in SOUNDS_S if "/music/" not in path}
    sounds_s |= {f"sounds/music/song {number}.wav": 0.01 for number in range(1, SONGS + 1)}
    return office_of(load_site(write_site(tmp_path / "site", sounds_s=sounds_s, site=SITE)))


def asked(chance: random.Random) -> Message:
    """Somebody at the broadcast desk."""
    if chance.random() < 0.3:
        return PageAsked(PageRequest(Whom.GUEST, Title.MS, chance.choice(NAMES)), "anna")
    return Pressed(chance.choice(BUTTONS), "anna")


def test_three_days_at_the_broadcast_desk_leave_it_as_small_as_the_first(office: Office, tmp_path: Path) -> None:
    chance = random.Random(1)
    sizes: list[Size] = []
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        shop = Shop(office, log=AsRunPages(ledger, office.site.zone_info))  # type: ignore[arg-type]
        shop.spare = True
        shop.opens_at("08:40")
        for number in range(DAYS):
            day = MONDAY + timedelta(days=number)
            shop.until("09:05", day=day)
            while shop.now < shop.at("22:00", day=day):
                shop.gets(asked(chance)).passes(chance.uniform(5.0, 900.0)).reset()
            shop.until("23:50", day=day)
            shop.desk.orders.clear()  # the shop's notes, not the desk's memory
            sizes.append(here())
        verdict = verify(ledger)
        lines = [line for number in range(DAYS) for line in shop.log.of_day(MONDAY + timedelta(days=number))]

    record("soak", ("broadcast desk", f"{24 * DAYS} h simulated", sizes[0].told(), sizes[-1].told()))
    assert isinstance(verdict, Intact)
    assert len(lines) > 200 * DAYS
    assert all(line.outcome is not Outcome.ON_AIR for line in lines)
    assert shop.relays.on == set()
    assert flat(sizes[0], sizes[-1]), sizes


def leave_and_fetch(room: BagRoom, chance: random.Random) -> None:
    """A shopper who shops for a while."""
    id = room.begins()
    tag = room.puts_in(id, "a bag")
    room.shuts(id).scans(tag).passes(chance.uniform(30.0, 600.0)).scans(tag).passes(0.5)
    room.takes_out(id, tag)
    room.shuts(id).passes(61.0)


def test_three_days_at_the_lockers_leave_their_desk_as_small_as_the_first() -> None:
    chance = random.Random(2)
    sizes: list[Size] = []
    room = BagRoom().in_service()
    shoppers = 0
    for _ in range(DAYS):
        end = room.wall + timedelta(hours=24)
        while room.wall < end:
            leave_and_fetch(room, chance)
            shoppers += 1
            room.passes(chance.uniform(1.0, 300.0))
        sizes.append(here())

    record("soak", ("lockers' desk", f"{24 * DAYS} h simulated, {shoppers} bags", sizes[0].told(), sizes[-1].told()))
    assert shoppers > 100 * DAYS
    assert not any(cell.bag for cell in room.cells.values())
    assert flat(sizes[0], sizes[-1]), sizes


@pytest.mark.sound
def test_an_hour_on_the_air_leaves_the_role_as_small_as_after_its_first_minutes(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.opens()
        role = psutil.Process(store.role.pid)
        let_pass(min(360.0, MINUTES * 6.0))
        first = Size.of(role)
        let_pass(MINUTES * 60.0)
        last = Size.of(role)
        store.stop()

    record("soak", ("broadcast role", f"{MINUTES:g} min in real time", first.told(), last.told()))
    assert flat(first, last), (first, last)
    assert threading.active_count() < 20
