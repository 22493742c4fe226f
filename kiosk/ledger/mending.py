"""A damaged ledger is brought back: from itself where all of it is readable, else upon a backup.

What comes of it is whole, proved by the audit chain, and put in place by a rename: a power cut on the way leaves the
damaged one, and the next start mends again.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.faults import translated
from kiosk.ledger.files import alone_with, beside, set_aside
from kiosk.ledger.folders import make_folder, sync_folder
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.migrate import migrate
from kiosk.ledger.notices import hang
from kiosk.ledger.salvage import copied_as_far_as_readable, poured, vouch_for_the_rest
from kiosk.ledger.store import MENDED, Ledger, adopt_mended, damage_of
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.bag_day import ForWhom, Notice
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.lockers.cabinet import doubted

log = logging.getLogger(__name__)

Backups = Callable[[Path], Iterator[tuple[str, Path]]]
"""Unpacks ledgers of backups into a folder, the newest first: the name of each backup, and its ledger."""

WAIT_S = 10.0  # for a write that is under way
ALL_OF_IT = "from its own rows: nothing is lost"


class Hopeless(LedgerFault):
    """Nothing can be made of the ledger nor of a backup; trying again does not help."""


@dataclass(frozen=True, slots=True)
class Mended:
    """how: what it was made of, for people; "" where nothing was damaged. lockers: to be looked into by staff."""

    how: str = ""
    lockers: int = 0
    aside: str = ""


def mend(path: Path, backups: Backups, now: datetime) -> Mended:
    """Bring the ledger at `path` back, if it is damaged or gone. Raises Hopeless where nothing can be made of it,
    LedgerFault where the disk refuses, or another program writes."""
    with translated(path):
        make_folder(path.parent)
        with alone_with(path):
            adopt_mended(path)
            damage = damage_of(path)
            if path.exists() and damage is None:
                return Mended()
            work = path.with_name(f".{path.name}.mending")
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            try:
                with _nobody_writing(path):
                    candidate, how = _candidate(path, work, backups, now)
                    lockers = 0 if how == ALL_OF_IT else _doubt(candidate, now)
                    _tell(candidate, damage, how, lockers, now)
                    return _in_place(path, candidate, Mended(how, lockers))
            finally:
                shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _nobody_writing(path: Path) -> Iterator[None]:
    """The other role may still write into what is whole of it: it waits, and then into the mended one."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as held:
        try:
            held.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise  # any other: so damaged that nobody can write
        yield


def doubt_lockers(ledger: Ledger, now: datetime) -> int:
    """Somebody has to look into every locker: the ledger is older than what lies in them. How many they are."""
    book = LedgerLockers(lambda: ledger, UTC)
    known = tuple(book.lockers())
    if known:
        note = Note("ledger", "doubts", "the lockers", {"lockers": str(len(known))})
        book.write(Entry(now, tuple(doubted(one, now) for one in known), (), (note,)))
    return len(known)


def lockers_alike(one: Path, other: Path) -> bool:
    """Whether two ledgers tell the same of what lies in which locker; no, where either cannot be read."""
    told = []
    for path in (one, other):
        try:
            with closing(sqlite3.connect(path)) as connection:
                rows = connection.execute("SELECT id, number, generation, assignment, deposit FROM locker ORDER BY id")
                told.append(rows.fetchall())
        except sqlite3.Error:
            return False
    return told[0] == told[1]


def _candidate(path: Path, work: Path, backups: Backups, now: datetime) -> tuple[Path, str]:
    """The best that can be made, whole and proved, and what it was made of."""
    copy = work / "damaged.sqlite"
    if path.exists():
        copied_as_far_as_readable(path, copy)
        fresh = _fresh(work / "itself.sqlite")
        if _upon(fresh, copy) == () and _sound(fresh):
            return fresh, ALL_OF_IT
    for name, ledger in backups(work):
        merged = work / f"upon-{ledger.name}"
        try:
            migrate(ledger)
            shutil.copy(ledger, merged)
            if copy.exists() and _upon(merged, copy) is not None and _proved(merged, now):
                return merged, f"from {name} and what was readable of it since"
        except (LedgerFault, sqlite3.Error) as error:
            log.warning("%s: %s", name, error)
        if _sound(ledger):
            return ledger, f"from {name}: what was written since is lost"
    fresh = _fresh(work / "rest.sqlite")
    if copy.exists() and _upon(fresh, copy) is not None and _proved(fresh, now):
        return fresh, "from what was readable of it: there was no backup"
    raise Hopeless(f"{path}: neither it nor a backup can be read: begin anew, and restore a backup from elsewhere")


def _fresh(path: Path) -> Path:
    path.unlink(missing_ok=True)
    migrate(path)
    return path


def _upon(target: Path, copy: Path) -> tuple[str, ...] | None:
    """What was lost of the copy on the way into the target, None where it tells nothing at all."""
    try:
        return poured(copy, target)
    except sqlite3.Error as error:
        log.warning("the damaged ledger tells nothing more: %s", error)
        return None


def _proved(path: Path, now: datetime) -> bool:
    with Ledger(path) as ledger:
        if (recovered := vouch_for_the_rest(ledger, now)) > 0:
            log.warning("%d rows were recovered without their lines of the audit, or are lost", recovered)
    return _sound(path)


def _sound(path: Path) -> bool:
    try:
        with Ledger(path) as ledger:
            wrong = ledger.check()
            verdict = verify(ledger)
    except LedgerFault as fault:
        wrong, verdict = (str(fault),), None
    if wrong or not isinstance(verdict, Intact):
        log.warning("it cannot be made of that: %s", wrong[0] if wrong else verdict)
    return not wrong and isinstance(verdict, Intact)


def _doubt(path: Path, now: datetime) -> int:
    with Ledger(path) as ledger:
        return doubt_lockers(ledger, now)


def _tell(path: Path, damage: LedgerFault | None, how: str, lockers: int, now: datetime) -> None:
    look = f"; look into all {lockers} lockers (kiosk lockers status): their tags open nothing until then"
    text = f"the ledger was damaged and is back {how}{look if lockers else ''}"
    with Ledger(path) as ledger, ledger.write() as connection:
        details = {"damage": str(damage or "it was gone"), "how": how, "lockers": str(lockers)}
        audit.append(connection, audit.Fact(now, "ledger", "damaged ledger brought back", path.name, details))
        hang(connection, Notice("ledger/damaged", ForWhom.MANAGER, text, now))


def _in_place(path: Path, candidate: Path, mended: Mended) -> Mended:
    ready = beside(path, MENDED)
    with candidate.open("rb") as file:
        os.fsync(file.fileno())
    candidate.rename(ready)  # from here on it is taken up, whenever the power goes
    sync_folder(path.parent)
    aside = set_aside(path) if path.exists() else None
    adopt_mended(path)
    return Mended(mended.how, mended.lockers, "" if aside is None else aside.name)
