"""The front role as its own process, with lock boards and a reader at the other ends of ptys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.app.hatch import ask, listens
from kiosk.app.places import Places
from kiosk.app.tag_keys import KeyRing, make_keys
from kiosk.errors import KioskError
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import TagPages
from kiosk.ports.lock_limits import BoardKind
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.tags import Plaque
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId
from tests.audio.waiting import eventually
from tests.hw.board_rig import BoardRig
from tests.hw.lock_rigs import Coils
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.sites import SITE, write_site

LOCKERS = tuple(LockerId(number) for number in range(1, 5))
PIN = "482913"
PATIENCE_S = 60.0  # three roles may start at once, on a machine that has more to do
ROWS = """
[lockers]
rest = "500ms"

[[lockers.rows]]
size = "small"
lockers = "1-4"
place = "left wall"
"""
BANK = """
[[lockers.bank]]
driver = "rs485"
board = "kerong"
port = "{board}"
address = 1
baud = 115200
lockers = "1-4"
pulse = "100ms"

[[scanners]]
id = "reader"
device = "{reader}"
"""


@dataclass
class Reader:
    """A serial scanner."""

    master: int = field(init=False)
    device: str = field(init=False)
    _slave: int = field(init=False)

    def __post_init__(self) -> None:
        self.master, self._slave = os.openpty()
        self.device = os.ttyname(self._slave)

    def reads(self, text: str) -> None:
        os.write(self.master, text.encode() + b"\r")

    def close(self) -> None:
        os.close(self.master)
        os.close(self._slave)


class Shop:
    """A shop with four lockers, bags in 1 and 2, and a supervisor "lina"."""

    def __init__(self, folder: Path) -> None:
        self.coils = Coils()
        self.bank = BoardRig({1: LOCKERS}, self.coils, kind=BoardKind.KERONG)
        self.reader = Reader()
        wired = BANK.format(board=self.bank.device, reader=self.reader.device)
        site = write_site(folder / "site", site=SITE + ROWS + wired)
        self.places = Places(site, folder / "state")
        self.roles: list[subprocess.Popen[str]] = []
        self.env: dict[str, str] | None = None  # of its roles, where it is not that of the test

    def furnish(self) -> None:
        """What the ledger knows of a running shop."""
        now = datetime.now(SHANGHAI)
        with fresh_ledger(self.places.ledger) as ledger:
            lina = Person("lina", "Li Na", frozenset({Right.SUPERVISOR}))
            PeoplePages(ledger, b"").add(lina, "test", now, pin=PIN)
            lockers = [Locker(id, Size.SMALL, id, 1, Assignment.FREE, Door.CLOSED, now) for id in LOCKERS]
            for n in (1, 2):
                lies = Deposit(n, LockerId(n), n, 1, now, stored=now, kept=now)
                one = Locker(LockerId(n), Size.SMALL, n, 1, Assignment.OCCUPIED, Door.CLOSED, now, deposit=n)
                lockers[n - 1] = one
                self.book(ledger).write(Entry(now, (one,), (lies,)))
            self.book(ledger).write(Entry(now, tuple(lockers[2:])))
            make_keys(self.places.tag_keys)
            for id in LOCKERS:
                self.tags(ledger).issue_plaque(Plaque(id, 1), "test", now)

    def book(self, ledger: Ledger) -> LedgerLockers:
        return LedgerLockers(lambda: ledger, SHANGHAI)

    def tags(self, ledger: Ledger) -> TagPages:
        ring = KeyRing(self.places.tag_keys, lambda: datetime.now(SHANGHAI))
        return TagPages(lambda: ledger, ring.accepted)

    def plaque(self, number: int) -> str:
        """What a plaque of the shop says."""
        with closing(fresh_ledger(self.places.ledger)) as ledger:
            return self.tags(ledger).issue_plaque(Plaque(number, 1), "test", datetime.now(SHANGHAI))

    def start(self, *, up: bool = True) -> subprocess.Popen[str]:
        """`kiosk run front`, as systemd does it."""
        where = ("--site", str(self.places.site), "--state", str(self.places.state))
        role = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "front", *where], stderr=subprocess.PIPE, text=True, env=self.env
        )
        self.roles.append(role)
        if up:
            eventually(lambda: self.doors()["doors"] == len(LOCKERS), within_s=PATIENCE_S, what="the role is up")
            asked = self.bank.asked[1]
            eventually(lambda: self.bank.asked[1] > asked + 2, within_s=PATIENCE_S, what="the doors are looked at")
        return role

    def kill(self, role: subprocess.Popen[str]) -> None:
        role.send_signal(signal.SIGKILL)
        role.communicate(timeout=PATIENCE_S)

    def stop(self, role: subprocess.Popen[str]) -> str:
        """SIGTERM, and what it logged until it had ended."""
        role.send_signal(signal.SIGTERM)
        return role.communicate(timeout=PATIENCE_S)[1]

    def doors(self) -> dict[str, Any]:
        """What the hatch tells of them; none while there is no role, or while its desk is busy beyond patience."""
        if not listens(self.places.front_hatch):
            return {"doors": 0}
        try:
            return dict(ask(self.places.front_hatch, {"do": "doors"}, role="front"))
        except KioskError as error:
            if "the desk is busy" in str(error):
                return {"doors": 0}
            raise

    def counted(self, seat: str) -> int | None:
        """The locker that a count of tags at a seat asks for; None where nothing is counted."""
        count = ask(self.places.front_hatch, {"do": "count", "seat": seat}, role="front")["count"]
        return None if count is None else int(count["at"] or 0)

    def asks(self, **asked: object) -> dict[str, Any]:
        """The supervisor asks at the hatch."""
        return dict(ask(self.places.front_hatch, {**asked, "as": "lina", "pin": PIN}, role="front"))

    def stands(self, number: int) -> dict[str, Any]:
        rows: list[dict[str, Any]] = self.asks(do="status")["status"]["lockers"]
        return next(row for row in rows if row["locker"] == number)

    def close(self) -> None:
        for role in self.roles:
            if role.poll() is None:
                self.kill(role)
        self.bank.close()
        self.reader.close()
