"""A bag-storage desk with four simulated lockers and a counter for staff, whose clocks stand still until told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.desks.lockers.bag_desk import BagDesk
from kiosk.desks.lockers.messages import Answer, Care, CareAsked, Message, StaffAsked, Tick, Wanted
from kiosk.desks.lockers.staff import Staff
from kiosk.desks.lockers.staff_counter import StaffCounter
from kiosk.errors import LedgerFault
from kiosk.hw.lock_simulated import SimulatedBank
from kiosk.ledger.memory_lockers import MemoryLockers
from kiosk.rules.lockers.locker import Size
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId
from tests.ledger.values import TEN

LOCKERS = tuple(LockerId(number) for number in range(1, 5))
PEOPLE = {
    "lina": Person("lina", "Li Na", frozenset({Right.SUPERVISOR}), login="li"),
    "wang": Person("wang", "Wang Qiang", frozenset({Right.BAGS}), TEN.date()),
    "anna": Person("anna", "Anna", frozenset({Right.ANNOUNCER}), TEN.date()),
    "gone": Person("gone", "Gao", frozenset({Right.SUPERVISOR}), removed=True),
}


class StaffedDesk:
    """In service, all four empty. people_fault: why the register cannot be read, "" where it can."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        self.people_fault = ""
        self.book = MemoryLockers()
        self.inbox: deque[Message] = deque()
        self.later: list[tuple[float, Callable[[], None]]] = []
        self.bank = SimulatedBank(LOCKERS, post=self.inbox.append, mono_s=self.mono_s, later=self.act_later)
        self.staff = Staff()
        self.desk = BagDesk(
            clock=self,
            bank=self.bank,
            book=self.book,
            plan=dict.fromkeys(LOCKERS, Size.SMALL),
            attendants=(StaffCounter(self.person), self.staff),
        )
        self.desk.begin()
        self.settle()
        for locker in LOCKERS:
            self.post(CareAsked(Care.EMPTY, locker, "test"))
        self.book.notes.clear()

    def now(self) -> datetime:
        return TEN + timedelta(seconds=self.passed_s)

    def mono_s(self) -> float:
        return self.passed_s

    def act_later(self, after_s: float, act: Callable[[], None]) -> None:
        self.later.append((self.passed_s + after_s, act))

    def person(self, id: str) -> Person | None:
        if self.people_fault:
            raise LedgerFault(self.people_fault)
        return PEOPLE.get(id)

    def post(self, message: Message) -> None:
        """What is posted is dealt with at once, and so is what follows from it."""
        self.inbox.append(message)
        self.settle()

    def settle(self) -> None:
        while self.inbox:
            self.desk.handle(self.inbox.popleft())

    def passes(self, seconds: float) -> None:
        for _ in range(round(seconds / 0.1)):
            self.passed_s += 0.1
            due = [act for at_s, act in self.later if at_s <= self.passed_s]
            self.later = [one for one in self.later if one[0] > self.passed_s]
            for act in due:
                act()
            self.post(Tick())

    def asks(self, wanted: Callable[[Callable[[Answer], None]], Wanted]) -> Answer:
        """Somebody at the counter, and what they are told."""
        answers: list[Answer] = []
        self.post(StaffAsked(wanted(answers.append)))
        [answer] = answers
        return answer

    def noted(self) -> list[tuple[str, str, str]]:
        """Who did what to what, for the audit."""
        return [(note.actor, note.action, note.subject) for note in self.book.notes]
