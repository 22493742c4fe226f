"""Room on the disk that is kept for the last records: what was given back stays given back, though the disk be full.

The room is inside the ledger's own file, as free pages, and inside its journal: nobody else on this machine can
take it, however fast they fill the disk. Nothing new is begun once the disk is nearly full, so that it lasts.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.errors import LedgerFault
from kiosk.ledger.faults import FullDisk, translated
from kiosk.ledger.store import Ledger

log = logging.getLogger(__name__)

ROOM_BYTES = 3 << 20  # in the file, and as much in the journal: thousands of records
LEAST_BYTES = 2 << 20  # below that it is taken anew
MARGIN_BYTES = 4 << 20  # of the disk, left to others
LOOK = timedelta(minutes=10)


class Reserve:
    """One thread, the desk's."""

    def __init__(self, ledger: Callable[[], Ledger]) -> None:
        """ledger: opens it; raises LedgerFault."""
        self._ledger = ledger
        self._looked: datetime | None = None

    def keep(self, now: datetime) -> bool:
        """Whether the disk has room to spare; then the ledger takes what it lacks of its own. Raises LedgerFault."""
        ledger = self._ledger()
        with translated(ledger.path):
            disk = os.statvfs(ledger.path.parent)
        spare_bytes = disk.f_bavail * disk.f_frsize - MARGIN_BYTES
        if spare_bytes <= 0:
            return False
        begun = self._looked is None  # a journal begins empty
        if (begun or self._is_time(now)) and spare_bytes > 2 * ROOM_BYTES:
            self._looked = now
            if begun or ledger.spare_bytes() < LEAST_BYTES:
                try:
                    ledger.make_room(ROOM_BYTES)
                except LedgerFault as fault:
                    log.warning("no room is kept for the last records: %s", fault)
        return True

    def use(self) -> None:
        """The disk is full: what the journal takes of it is used again. Raises LedgerFault."""
        self._ledger().begin_journal_anew()

    def nothing_new(self) -> FullDisk:
        """Why nothing new is begun."""
        path = self._ledger().path
        return FullDisk(f"{path} has no room to spare: the disk is nearly full: free some space; nothing new is taken")

    def _is_time(self, now: datetime) -> bool:
        return self._looked is None or not self._looked <= now < self._looked + LOOK
