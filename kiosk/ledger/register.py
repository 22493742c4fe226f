"""The role's view of people and releases: read again only when the ledger says that one of them changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import tzinfo

from kiosk.ledger.faults import translated
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.releases import ReleasePages
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.roster import Roster

_NEWEST = "SELECT (SELECT max(n) FROM people), (SELECT max(n) FROM releases)"


class LedgerRegister:
    """Implements ports.Register. It asks SQLite's data version, some microseconds, and reads when that moved.

    Opened when it is first asked, and again until that works: the music does not wait for it.
    """

    def __init__(self, open_ledger: Callable[[], Ledger], badge_key: bytes, zone: tzinfo) -> None:
        """open_ledger: gives the role's ledger; raises LedgerFault while it cannot."""
        self._open = open_ledger
        self._key = badge_key
        self._zone = zone
        self._watching: sqlite3.Connection | None = None
        self._version: int | None = None
        self._newest: tuple[int | None, int | None] | None = None
        self._file = (0, 0)

    def changed(self) -> Roster | None:
        ledger = self._open()
        with translated(ledger.path):
            found = ledger.path.stat()
            watching = self._watch(ledger, (found.st_dev, found.st_ino))
            (version,) = watching.execute("PRAGMA data_version").fetchone()
            if version == self._version:
                return None
            newest = watching.execute(_NEWEST).fetchone()
        if newest == self._newest:
            self._version = version
            return None
        roster = Roster(
            PeoplePages(ledger, self._key).everybody(), ReleasePages(ledger, self._zone).latest(), self._key
        )
        self._version, self._newest = version, newest
        return roster

    def close(self) -> None:
        """Let go of the file; twice does no harm."""
        if self._watching is not None:
            with suppress(sqlite3.Error):
                self._watching.close()
        self._watching = None

    def _watch(self, ledger: Ledger, file: tuple[int, int]) -> sqlite3.Connection:
        if self._watching is None or file != self._file:  # the file may have been set aside as damaged
            self.close()
            address = f"{ledger.path.absolute().as_uri()}?mode=ro"
            self._watching = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
            self._file, self._version, self._newest = file, None, None
        return self._watching
