"""The service desk's book without a file: for tests; it can fill up as a disk can."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.ports.service import Beside
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Refused, twice


class MemoryServiceRecords:
    """Implements RecordBook. One thread at a time. full: nothing can be written, as on a full disk."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, int], Record] = {}
        self.over: dict[tuple[str, int], datetime] = {}
        self.purged: set[tuple[str, int]] = set()
        self.once: dict[tuple[str, int], str] = {}
        self.has: dict[tuple[str, int], str] = {}
        self.looks: list[tuple[datetime, str, str]] = []
        self.full = False

    def enter(self, record: Record, *, over: bool, beside: Beside | None = None) -> Record | Refused:
        self._has_room()
        if beside is not None:
            if number := self.said_once(record.service, beside.once):
                return twice(record.service, number)
            others = (one for here, one in self.records.items() if here[0] == record.service)
            beside_it = tuple(
                one for one in others if one.at >= beside.since or (one.service, one.number) not in self.over
            )
            if beside.objects is not None and (refused := beside.objects(beside_it)) is not None:
                return refused
        kept = replace(record, number=sum(service == record.service for service, _ in self.records) + 1)
        self.records[kept.service, kept.number] = kept
        self.once[kept.service, kept.number] = "" if beside is None else beside.once
        if over:
            self.over[kept.service, kept.number] = kept.at
        return kept

    def keep(self, record: Record, *, was: Record, over: bool, once: str = "", has: str = "") -> bool:
        self._has_room()
        here = record.service, record.number
        found = self.records.get(here)
        if found is None or (found.stage, len(found.history)) != (was.stage, len(was.history)):
            return False
        if here in self.over and not over:
            raise LedgerFault("a record that is over stays over")
        self.records[here] = record
        self.once[here], self.has[here] = once, has
        if over:
            self.over[here] = record.history[-1].at
        return True

    def record(self, service: str, number: int) -> Record | None:
        return self.records.get((service, number))

    def waiting(self, at_rest: Collection[tuple[str, str]] = ()) -> tuple[Record, ...]:
        still = (one for here, one in self.records.items() if here not in self.over)
        return tuple(one for one in still if (one.service, one.stage) not in at_rest)

    def waiting_of(self, service: str) -> tuple[Record, ...]:
        return tuple(one for one in self.waiting() if one.service == service)

    def since(self, service: str, moment: datetime) -> tuple[Record, ...]:
        return tuple(one for one in self.records.values() if one.service == service and one.at >= moment)

    def said_once(self, service: str, once: str) -> int:
        found = (number for (of, number), said in self.once.items() if once and of == service and said == once)
        return next(found, 0)

    def that_has(self, service: str, has: str) -> int:
        found = (number for (of, number), said in self.has.items() if has and of == service and said == has)
        return max(found, default=0)

    def learn(self, service: str, stages: Collection[str], has: Callable[[Record], str], most: int) -> int:
        known = [
            (here, has(one))
            for here, one in self.records.items()
            if here[0] == service and here not in self.has and one.stage in stages and one.history
        ]
        self.has.update(known[:most])
        return len(known[:most])

    def looked(self, at: datetime, by: str, about: str) -> None:
        self._has_room()
        self.looks.append((at, by, about))

    def purge(self, service: str, before: datetime) -> int:
        old = [here for here, at in self.over.items() if here[0] == service and at < before and here not in self.purged]
        self.purged.update(old)
        for here in old:
            self.has.pop(here, None)
        for here in old:
            one = self.records[here]
            self.records[here] = replace(one, answers={}, history=tuple(replace(done, told={}) for done in one.history))
        return len(old)

    def _has_room(self) -> None:
        if self.full:
            raise LedgerFault("the service desk's book in memory has no room")
