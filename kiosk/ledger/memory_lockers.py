"""The lockers' pages without a file: for tests and simulation; it can fill up as a disk can."""

from __future__ import annotations

from kiosk.errors import LedgerFault
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Locker
from kiosk.units import LockerId


class MemoryLockers:
    """Implements LockerBook. One thread at a time. full: nothing can be written, as on a full disk."""

    def __init__(self) -> None:
        self.kept: dict[LockerId, Locker] = {}
        self.all_deposits: dict[int, Deposit] = {}
        self.notes: list[Note] = []
        self.full = False

    def lockers(self) -> tuple[Locker, ...]:
        """Every locker as it stands."""
        return tuple(self.kept[id] for id in sorted(self.kept))

    def deposits(self) -> tuple[Deposit, ...]:
        """Those that are not over."""
        return tuple(lies for lies in self.all_deposits.values() if lies.over is None)

    def next_deposit(self) -> int:
        """One more than the newest."""
        return max(self.all_deposits, default=0) + 1

    def write(self, entry: Entry) -> None:
        """A step as a whole, with the ledger's own guards."""
        if self.full:
            raise LedgerFault("the lockers in memory have no room")
        lockers = {**self.kept, **{each.id: each for each in entry.lockers}}
        deposits = dict(self.all_deposits)
        for lies in entry.deposits:
            before = deposits.get(lies.n)
            if before is None and deposits and lies.n != max(deposits) + 1:
                raise LedgerFault("deposits are numbered in order")
            if before is not None and before.over is not None:
                raise LedgerFault("a deposit that is over stays over")
            deposits[lies.n] = lies
        numbers = [each.number for each in lockers.values()]
        held = [lies.locker for lies in deposits.values() if lies.over is None]
        if len(numbers) != len(set(numbers)) or len(held) != len(set(held)):
            raise LedgerFault("a number stands for two lockers, or a locker is given away twice")
        self.kept, self.all_deposits = lockers, deposits
        self.notes += entry.notes
