"""What the bag-storage desk writes down: at once where it can, and in order later where the disk is full.

Giving things back does not wait for a disk; taking new ones in does.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from kiosk.errors import LedgerFault
from kiosk.ports.lockers import Entry, LockerBook

ROOM = 5000  # entries, about 1 kB each


@dataclass(slots=True)
class Records:
    """The desk's thread only. fault: why entries wait, with the remedy; "" while the ledger takes them.

    What waits is in memory only: a power cut would lose it, and its lockers would count as occupied still. That is why
    the ledger keeps room for it: only once that is used up, too, does anything of a bag wait.
    """

    book: LockerBook
    fault: str = ""
    _spool: deque[Entry] = field(default_factory=deque)

    @property
    def waiting(self) -> int:
        """How many entries are in memory only."""
        return len(self._spool)

    def write(self, entry: Entry) -> bool:
        """Make an entry durable; False, and nothing happened, where that cannot be now."""
        return self.retry() and self._written(entry)

    def keep(self, entry: Entry) -> None:
        """Make an entry durable, now or as soon as that can be."""
        entry = replace(entry, happened=bool(entry.lockers or entry.deposits))
        if not self.write(entry) and (entry.lockers or entry.deposits or len(self._spool) < ROOM):
            self._spool.append(entry)  # beyond that, notes alone are lost

    def retry(self) -> bool:
        """Write what waits, as far as the ledger takes it; whether nothing waits any more."""
        while self._spool:
            if not self._written(self._spool[0]):
                return False
            self._spool.popleft()
        return True

    def _written(self, entry: Entry) -> bool:
        try:
            self.book.write(entry)
        except LedgerFault as fault:
            self.fault = str(fault)
            return False
        self.fault = ""
        return True
