"""A screen whose calls are minded, for tests: a book in memory, a board, the loudspeakers, and the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kiosk.desks.service.call import CallClerk
from kiosk.desks.service.messages import Called, DeedAsked
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.errors import LedgerFault
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ports.bag_day import AirRequest, AirStage
from kiosk.rules.lockers.closing import Reminder
from kiosk.rules.people.person import Person
from kiosk.rules.service.call import SERVICE, CallStands
from kiosk.units import ScriptId
from tests.desks.service.desk_room import Board
from tests.rules.service.services import TEN, WANG

PAGE = ScriptId("call")


@dataclass
class Air:
    """Implements AirRequests in memory."""

    asked: dict[str, Reminder] = field(default_factory=dict)

    def ask(self, reminder: Reminder, by: str, now: datetime) -> None:
        self.asked.setdefault(reminder.key, reminder)

    def waiting(self) -> tuple[AirRequest, ...]:
        return ()

    def close(self, n: int, stage: AirStage, at: datetime, why: str = "") -> None:
        """Nobody airs anything here."""


@dataclass
class Questions:
    """Implements OpenQuestions in memory; the disk may be full."""

    asked: list[str] = field(default_factory=list)
    full: bool = False

    def count(self, words: str, day: date) -> None:
        if self.full:
            raise LedgerFault("the disk is full")
        self.asked.append(words)


@dataclass
class CallRoom:
    """Implements Clock."""

    page: ScriptId | None = PAGE
    book: MemoryServiceRecords = field(default_factory=MemoryServiceRecords)
    board: Board = field(default_factory=Board)
    air: Air = field(default_factory=Air)
    questions: Questions = field(default_factory=Questions)
    wall: datetime = TEN
    warnings: list[str] = field(default_factory=list)
    desk: ServiceDesk = field(init=False)

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self) -> None:
        names = {"wang": "王芳"}
        clerk = CallClerk(
            self.book, self.board, self.air, self.page, lambda id: names.get(id, ""), questions=self.questions
        )
        self.desk = ServiceDesk(
            self, self.book, by_id((SERVICE,)), self.warnings.append, {SERVICE.id: clerk}, self.board
        )
        self.passes(0)

    def now(self) -> datetime:
        return self.wall

    def mono_s(self) -> float:
        return 0.0

    def calls(self, seat: str = "screen", about: str = "") -> None:
        self.desk.handle(Called(seat, about))
        self.desk.pass_to(self.wall)

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.desk.pass_to(self.wall)

    def does(self, deed: str, number: int = 1, person: Person = WANG) -> str:
        said: list[str] = []
        self.desk.handle(DeedAsked(SERVICE.id, number, deed, person, {}, said.append))
        self.desk.pass_to(self.wall)
        return said[0]

    def stands(self, seat: str = "screen") -> CallStands | None:
        return next((one for one in self.desk.facts_at(seat) if isinstance(one, CallStands)), None)
