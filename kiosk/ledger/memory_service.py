"""The service desk's book without a file: for tests; it can fill up as a disk can."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.rules.service.record import Record


class MemoryServiceRecords:
    """Implements RecordBook. One thread at a time. full: nothing can be written, as on a full disk."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, int], Record] = {}
        self.over: dict[tuple[str, int], datetime] = {}
        self.purged: set[tuple[str, int]] = set()
        self.full = False

    def enter(self, record: Record, *, over: bool) -> Record:
        self._has_room()
        kept = replace(record, number=sum(service == record.service for service, _ in self.records) + 1)
        self.records[kept.service, kept.number] = kept
        if over:
            self.over[kept.service, kept.number] = kept.at
        return kept

    def keep(self, record: Record, *, was: Record, over: bool) -> bool:
        self._has_room()
        here = record.service, record.number
        found = self.records.get(here)
        if found is None or (found.stage, len(found.history)) != (was.stage, len(was.history)):
            return False
        if here in self.over and not over:
            raise LedgerFault("a record that is over stays over")
        self.records[here] = record
        if over:
            self.over[here] = record.history[-1].at
        return True

    def record(self, service: str, number: int) -> Record | None:
        return self.records.get((service, number))

    def waiting(self) -> tuple[Record, ...]:
        return tuple(one for here, one in self.records.items() if here not in self.over)

    def since(self, service: str, moment: datetime) -> tuple[Record, ...]:
        return tuple(one for one in self.records.values() if one.service == service and one.at >= moment)

    def purge(self, service: str, before: datetime) -> int:
        old = [here for here, at in self.over.items() if here[0] == service and at < before and here not in self.purged]
        self.purged.update(old)
        for here in old:
            one = self.records[here]
            self.records[here] = replace(one, answers={}, history=tuple(replace(done, told={}) for done in one.history))
        return len(old)

    def _has_room(self) -> None:
        if self.full:
            raise LedgerFault("the service desk's book in memory has no room")
