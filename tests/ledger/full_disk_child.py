"""A ledger on a disk of a few megabytes that is full, with somebody who grabs every byte that is let go of.

Run in a mount namespace of its own by test_reserve.py: python -m tests.ledger.full_disk_child FOLDER STEP
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.errors import LedgerFault
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.migrate import migrate
from kiosk.ledger.reserve import Reserve
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.lockers.deposit import Deposit, Outcome
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.units import LockerId
from tests.ledger.values import SHANGHAI, TEN

LOCKERS = 64
PIECE = bytes(64 * 1024)


def grab(folder: Path) -> None:
    """Every byte that the disk has."""
    for size in (len(PIECE), 4096, 512):
        try:
            with (folder / "hog").open("ab", buffering=0) as hog:
                while hog.write(PIECE[:size]) == size:
                    pass
        except OSError:
            continue


def bag_in(id: int, now: datetime) -> tuple[Locker, Deposit]:
    locker = Locker(LockerId(id), Size.SMALL, id, 1, Assignment.OCCUPIED, Door.CLOSED, now, deposit=id)
    return locker, Deposit(id, LockerId(id), id, 1, now, stored=now, kept=now)


def fetched(id: int, now: datetime) -> Entry:
    locker, lies = bag_in(id, now)
    free = replace(locker, assignment=Assignment.FREE, deposit=0)
    over = replace(lies, over=now, outcome=Outcome.FETCHED)
    notes = tuple(
        Note("tag", what, f"locker {id}", {"tag": f"plaque {id}.1"}) for what in ("opens", "is open", "fetched")
    )
    return Entry(now, (free,), (over,), notes, happened=True)


def lives(folder: Path, ledger: Ledger, *, kept: bool) -> dict[str, Any]:
    """The disk fills, every bag is fetched, a new one comes, and the power goes."""
    reserve = Reserve(lambda: ledger) if kept else None
    book = LedgerLockers(lambda: ledger, SHANGHAI, reserve)
    lockers, deposits = zip(*(bag_in(id, TEN) for id in range(1, LOCKERS)), strict=True)
    empty = Locker(LockerId(LOCKERS), Size.SMALL, LOCKERS, 1, Assignment.FREE, Door.CLOSED, TEN)
    book.write(Entry(TEN, (*lockers, empty), deposits))
    grab(folder)
    stop = threading.Event()

    def grabs_on() -> None:
        while not stop.wait(0.0005):
            grab(folder)

    hog = threading.Thread(target=grabs_on)
    hog.start()
    told = {"new": "", "written": 0, "failed": ""}
    try:
        locker, lies = bag_in(LOCKERS, TEN)
        book.write(Entry(TEN, (locker,), (lies,)))
    except LedgerFault as fault:
        told["new"] = str(fault)
    try:
        for id in range(1, LOCKERS):
            book.write(fetched(id, TEN))
            told["written"] = id
        quarantined = replace(empty, assignment=Assignment.QUARANTINED, why="its tag is lost")
        for _ in range(300):
            book.write(Entry(TEN, (quarantined,), happened=True))
        told["written"] = LOCKERS
    except LedgerFault as fault:
        told["failed"] = str(fault)
    stop.set()
    hog.join()
    return told


def stands(folder: Path, ledger: Ledger) -> dict[str, Any]:
    """What a start finds, and whether it takes new bags."""
    reserve = Reserve(lambda: ledger)
    book = LedgerLockers(lambda: ledger, SHANGHAI, reserve)
    told: dict[str, Any] = {"lying": len(book.deposits()), "check": ledger.check(), "new": ""}
    lost = replace(bag_in(1, TEN)[0], assignment=Assignment.QUARANTINED, deposit=0)
    with suppress(LedgerFault):
        book.write(Entry(TEN, (lost,), happened=True))  # also after the power cut
    told["quarantined"] = [one.id for one in book.lockers() if one.assignment is Assignment.QUARANTINED]
    try:
        locker, lies = bag_in(LOCKERS, TEN)
        book.write(Entry(TEN, (locker,), (lies,)))
    except LedgerFault as fault:
        told["new"] = str(fault)
    return told


def main() -> None:
    folder, step = Path(sys.argv[1]), sys.argv[2]
    path = folder / "ledger.sqlite"
    if not path.exists():
        migrate(path)
    ledger = open_ledger(path)
    if step == "free":
        (folder / "hog").unlink()
    told = stands(folder, ledger) if step in ("stands", "free") else lives(folder, ledger, kept=step == "kept")
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)  # the power goes


if __name__ == "__main__":
    main()
