"""Another site, and a damaged ledger, while the power goes: what is there after is whole, the old or the new."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.app.backup import back_up, ledgers_of
from kiosk.app.places import Places
from kiosk.app.site_versions import Versions
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.files import copy_ledger
from kiosk.ledger.mending import mend
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from tests.hil.deeds import Found, Mark
from tests.ledger.shop import fresh_ledger, log_songs
from tests.ledger.values import SHANGHAI, TEN

OLD, NEW, NEWEST = "old", "new", "newest"
SONG = bytes(range(256)) * 200


class SiteSwitch:
    """A plain folder becomes a link, is switched, and switched again; the oldest version goes."""

    name = "switch of the site"

    def prepare(self, disk: Path) -> None:
        a_site(disk / "kiosk", OLD)

    def live(self, disk: Path, mark: Mark) -> None:
        mark(pickle.dumps(OLD))
        for hour, which in enumerate((NEW, NEWEST)):
            source = a_site(disk.parent / which, which)
            versions, now = Versions(disk / "kiosk"), TEN + timedelta(hours=hour)
            with versions.alone():
                versions.switch_to(versions.admit(versions.take_in(source, now), now, "anna", source))
                mark(pickle.dumps(which))
                versions.let_go(1)

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        site = disk / "kiosk"
        if not (site / "site.toml").exists():
            yield Found("there is no site", lost=True)
            return
        which = (site / "site.toml").read_text()
        if which not in (told[-1], *coming[:1]):
            yield Found(f"the site is {which!r}, though {told[-1]} was told", lost=True)
        if (site / "sounds" / "new.wav").read_bytes() != which.encode() * 5000:
            yield Found(f"a sound of the site {which} is not whole", lost=True)
        if (site / "sounds" / "song.wav").read_bytes() != SONG:
            yield Found("a sound that both have is not whole", lost=True)
        versions = Versions(site)
        with versions.alone():  # and whoever comes next can go on
            for one in versions.all():
                if len((one.path / "site.toml").read_text()) not in map(len, (OLD, NEW, NEWEST)):
                    yield Found(f"{one.path.name} is no whole version", lost=True)


def a_site(folder: Path, which: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "sounds").mkdir(parents=True)
    (folder / "site.toml").write_text(which)
    (folder / "sounds" / "song.wav").write_bytes(SONG)
    (folder / "sounds" / "new.wav").write_bytes(which.encode() * 5000)
    return folder


class Mending:
    """A ledger that the card spoilt is brought back from a backup."""

    name = "mending of the ledger"
    before = 10

    def prepare(self, disk: Path) -> None:
        where = Places(disk / "site", disk)
        (disk / "site").mkdir()
        with fresh_ledger(where.ledger) as ledger:
            log_songs(AsRunPages(ledger, SHANGHAI), self.before)
        back_up(where, disk / "backups", TEN)
        copy_ledger(where.ledger, disk / "as-it-was.sqlite")
        where.ledger.write_bytes(b"garbage" * 3000)

    def live(self, disk: Path, mark: Mark) -> None:
        mark(pickle.dumps(OLD))
        mended = mend(disk / "ledger.sqlite", partial(ledgers_of, disk / "backups"), TEN)
        assert mended.how
        mark(pickle.dumps(NEW))

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        again = mend(disk / "ledger.sqlite", partial(ledgers_of, disk / "backups"), TEN)
        if told[-1] == NEW and again.how:
            yield Found("it was mended, and is damaged again", lost=True)
        with open_ledger(disk / "ledger.sqlite") as ledger:
            if len(AsRunPages(ledger, SHANGHAI).of_day(TEN.date())) != self.before:
                yield Found("songs are lost", lost=True)
            if not isinstance(verify(ledger), Intact):
                yield Found(str(verify(ledger)), lost=True)
