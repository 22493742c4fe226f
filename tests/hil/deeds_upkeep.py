"""Upgrades, backups and restores while the power goes: what is there after is whole, the old or the new."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from kiosk.app.backup import back_up, backups, bring_back, contents
from kiosk.app.places import Places
from kiosk.errors import LedgerFault
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.files import schema_version
from kiosk.ledger.schema import NEWEST
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from tests.hil.deeds import LEDGER, Found, Mark
from tests.hil.volatile_disk import HERE
from tests.ledger.shop import ask, fresh_ledger, ledger_of_revision_1, log_songs
from tests.ledger.values import SHANGHAI, TEN
from tests.sites import write_site

NOTES = 40
OLD, NEW = "old", "new"


class LedgerUpgrade:
    """A ledger of the first version is brought up to date, as at the first start after an upgrade."""

    name = "upgrade of the ledger"

    def prepare(self, disk: Path) -> None:
        ledger_of_revision_1(disk / LEDGER, notes=NOTES)

    def live(self, disk: Path, mark: Mark) -> None:
        mark(pickle.dumps(OLD))
        open_ledger(disk / LEDGER).close()
        mark(pickle.dumps(NEW))

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        if told[-1] == NEW and schema_version(disk / LEDGER) != NEWEST:
            yield Found("the ledger is as it was before the upgrade", lost=True)
        try:
            ledger = open_ledger(disk / LEDGER)
        except LedgerFault as fault:
            yield Found(str(fault), lost=True)
            return
        with ledger:
            verdict = verify(ledger)
            if not isinstance(verdict, Intact) or verdict.lines < NOTES:
                yield Found(str(verdict), lost=True)
            if not AsRunPages(ledger, SHANGHAI).of_day(TEN.date()):
                yield Found("the song of the old ledger is gone", lost=True)
        if ask(disk / LEDGER, "PRAGMA integrity_check") != [("ok",)]:
            yield Found("the ledger is damaged", lost=True)


class Backup:
    """A backup is made; another one is there from the night before."""

    name = "backup"

    def prepare(self, disk: Path) -> None:
        where = places(disk)
        with fresh_ledger(where.ledger) as ledger:
            log_songs(AsRunPages(ledger, SHANGHAI), 10)
        where.lost_tags_key.write_bytes(os.urandom(32))
        back_up(where, disk / "backups", TEN - timedelta(days=1))

    def live(self, disk: Path, mark: Mark) -> None:
        mark(pickle.dumps(1))
        back_up(places(disk), disk / "backups", TEN)
        mark(pickle.dumps(2))

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        found = backups(disk / "backups")
        if len(found) < told[-1]:
            yield Found(f"{len(found)} backups, {told[-1]} were told of", lost=True)
        for file in found:
            try:
                contents(file)
            except LedgerFault as fault:
                yield Found(str(fault), lost=True)


class Restore:
    """Ledger and keys of the night before are put back; until that was told, those of today count."""

    name = "restore"
    before, since = 10, 5

    def prepare(self, disk: Path) -> None:
        where = places(disk)
        with fresh_ledger(where.ledger) as ledger:
            log_songs(AsRunPages(ledger, SHANGHAI), self.before)
            where.lost_tags_key.write_bytes(bytes(32))
            back_up(where, disk / "backups", TEN)
            log_songs(AsRunPages(ledger, SHANGHAI), self.before + self.since)

    def live(self, disk: Path, mark: Mark) -> None:
        mark(pickle.dumps(OLD))
        bring_back(backups(disk / "backups")[-1], places(disk), TEN)
        mark(pickle.dumps(NEW))

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        where = places(disk)
        if not where.ledger.exists() or schema_version(where.ledger) is None:
            yield Found("there is no ledger: the next start begins an empty one", lost=True)
            return
        with open_ledger(where.ledger) as ledger:
            yield from (Found(problem, lost=True) for problem in ledger.check())
            songs = len(AsRunPages(ledger, SHANGHAI).of_day(TEN.date()))
            if not isinstance(verify(ledger), Intact):
                yield Found(str(verify(ledger)), lost=True)
        if songs not in ((self.before,) if told[-1] == NEW else (self.before, self.before + self.since)):
            yield Found(f"{songs} songs in the ledger, though {told[-1]} was told", lost=True)
        if where.lost_tags_key.read_bytes() != bytes(32):
            yield Found("the key is gone, and with it what is sealed", lost=True)


class ProgramUpgrade:
    """tools/install puts a new release beside the old one and switches to it."""

    name = "upgrade of the program"

    def prepare(self, disk: Path) -> None:
        self._installs(disk, OLD)

    def live(self, disk: Path, mark: Mark) -> None:
        mark(pickle.dumps(OLD))
        self._installs(disk, NEW)
        mark(pickle.dumps(NEW))

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        program = disk / "root" / "opt" / "kiosk"
        release = program / "pyproject.toml"
        if not release.exists():
            yield Found("there is no program", lost=True)
            return
        which = (program / "docs" / "which.md").read_text() if (program / "docs" / "which.md").exists() else "neither"
        if which not in (told[-1], *coming[:1]):
            yield Found(f"the release is {which}, though {told[-1]} was told", lost=True)
        for there in sorted((HERE / "kiosk").rglob("*.py")):
            mine = program / there.relative_to(HERE)
            if not mine.exists() or mine.read_bytes() != there.read_bytes():
                yield Found(f"{mine.name} of the release that is in use is not whole", lost=True)
                return
        for unit in (HERE / "systemd").glob("kiosk-*.service"):
            mine = disk / "root" / "etc" / "systemd" / "system" / unit.name
            if not mine.exists() or mine.read_bytes() != unit.read_bytes():
                yield Found(f"the unit {unit.name} is not whole", lost=True)

    def _installs(self, disk: Path, which: str) -> None:
        checkout = checkout_at(disk.parent / which)
        (checkout / "docs" / "which.md").write_text(which)
        venv = Path(sys.executable).parents[1]
        subprocess.run(
            [checkout / "tools" / "install", "--root", disk / "root"],
            env={**os.environ, "KIOSK_VENV": str(venv)}, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip


def checkout_at(into: Path) -> Path:
    """A copy of the project, with a small store."""
    for part in ("kiosk", "tools", "systemd", "docs"):
        ignored = shutil.ignore_patterns("__pycache__", "voices", "pictures")
        shutil.copytree(HERE / part, into / part, ignore=ignored)
    write_site(into)
    (into / "sounds").mkdir(exist_ok=True)
    for file in (HERE / "pyproject.toml", *HERE.glob("*.md"), *HERE.glob("requirements*.lock"), HERE / "Makefile"):
        shutil.copy(file, into)
    return into


def places(disk: Path) -> Places:
    return Places(write_site(disk / "site") if not (disk / "site").exists() else disk / "site", disk / "state")
