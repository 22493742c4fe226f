"""A service desk with its book, its clerk and its clock, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.desks.service.clerk import Said
from kiosk.desks.service.messages import DeedAsked, EntryAsked, FormGiven, RecordsAsked
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.errors import LedgerFault
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ports.bag_day import Notice
from kiosk.rules.people.person import Person
from kiosk.rules.service.rating import SERVICE as RATING
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Service
from tests.rules.service.services import ANSWERS, LEAD, REPAIR, TEN, WANG


class Book(MemoryServiceRecords):
    """meanwhile: what somebody else does between looking at a record and writing it. damaged: nothing is deleted."""

    meanwhile: Callable[[], object] | None = None
    damaged = False

    def record(self, service: str, number: int) -> Record | None:
        found = super().record(service, number)
        quicker, self.meanwhile = self.meanwhile, None
        if quicker is not None:
            quicker()
        return found

    def purge(self, service: str, before: datetime) -> int:
        if self.damaged:
            raise LedgerFault("damaged")
        return super().purge(service, before)


@dataclass
class Board:
    """Implements NoticeBoard in memory; the disk may be full."""

    notices: dict[str, Notice] = field(default_factory=dict)
    full: bool = False

    def put(self, notice: Notice) -> None:
        self._write()
        self.notices[notice.key] = notice

    def take_down(self, key: str, at: datetime, by: str = "") -> bool:
        self._write()
        return self.notices.pop(key, None) is not None

    def hanging(self) -> tuple[Notice, ...]:
        return tuple(self.notices.values())

    def _write(self) -> None:
        if self.full:
            raise LedgerFault("the disk is full")


@dataclass
class Repairer:
    """Implements Clerk. tired: its ledger cannot be read."""

    service: str = "repair"
    heard: list[str] = field(default_factory=list)
    objection: Said | None = None
    tired: bool = False

    def objects(self, record: Record, now: datetime) -> Said | None:
        return self.objection

    def entered(self, record: Record, now: datetime) -> None:
        self.heard.append(f"entered {record.number}")

    def done(self, record: Record, done: Done, now: datetime) -> None:
        self.heard.append(f"{done.deed} {record.number}: {record.stage}")

    def said(self, record: Record, now: datetime) -> Said:
        self._awake()
        return Said(f"repair.{len(self.heard)}")

    def facts(self, now: datetime) -> tuple[object, ...]:
        self._awake()
        return (f"{now:%H:%M}",)

    def pass_to(self, now: datetime) -> None:
        self._awake()

    def _awake(self) -> None:
        if self.tired:
            raise LedgerFault("the workshop's ledger is gone")


@dataclass
class Room:
    """Implements Clock."""

    clerk: Repairer | None = None
    services: tuple[Service, ...] = (REPAIR, RATING)
    book: Book = field(default_factory=Book)
    board: Board = field(default_factory=Board)
    warnings: list[str] = field(default_factory=list)
    wall: datetime = TEN
    desk: ServiceDesk = field(init=False)

    def __post_init__(self) -> None:
        clerks = {} if self.clerk is None else {self.clerk.service: self.clerk}
        self.desk = ServiceDesk(self, self.book, by_id(self.services), self.warnings.append, clerks, self.board)

    def now(self) -> datetime:
        return self.wall

    def mono_s(self) -> float:
        return 0.0

    def gives(self, service: str = "repair", **answers: str) -> None:
        wanted = ANSWERS | answers if service == "repair" else answers
        self.desk.handle(FormGiven("screen", service, wanted))

    def says(self) -> str:
        said = self.desk.said("screen")
        return "" if said is None else said[1].sentence

    def does(
        self,
        deed: str,
        number: int = 1,
        told: Mapping[str, str] | None = None,
        *,
        person: Person = WANG,
        service: str = "repair",
    ) -> str:
        said: list[str] = []
        self.desk.handle(DeedAsked(service, number, deed, person, told or {}, said.append))
        return said[0]

    def enters(self, service: str = "repair", *, person: Person = WANG, **answers: str) -> Record | str:
        kept: list[Record | str] = []
        self.desk.handle(EntryAsked(service, person, ANSWERS | answers, kept.append))
        return kept[0]

    def waits(self, person: Person = LEAD) -> tuple[Record, ...]:
        shown: list[tuple[Record, ...]] = []
        self.desk.handle(RecordsAsked(person, shown.append))
        return shown[0]

    def passes(self, time: timedelta = timedelta(0)) -> None:
        self.wall += time
        self.desk.pass_to(self.wall)
