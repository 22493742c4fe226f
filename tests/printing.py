"""A printer for tests, with verbs for what shops do to printers, and a board that remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ports.bag_day import Notice
from kiosk.ports.printer import Outcome
from kiosk.rules.printing.document import Document
from kiosk.rules.printing.jobs import Condition, Event


@dataclass
class FakePrinter:
    """Implements ports.printer.Printer. paper: what came out whole. pieces: what came out in part."""

    condition: Condition = Condition.READY
    paper: list[Document] = field(default_factory=list)
    pieces: list[Document] = field(default_factory=list)
    fails: Outcome | None = None
    before: Callable[[], None] = lambda: None
    closed: bool = False

    def look(self) -> Condition:
        return self.condition

    def print(self, document: Document) -> Outcome:
        self.before()
        if self.fails is not None:
            failed, self.fails = self.fails, None
            self.condition = failed.condition
            if failed.end is Event.BROKE_OFF:
                self.pieces.append(document)
            if failed.end is Event.LOST_SIGHT:
                self.paper.append(document)
            return failed
        self.paper.append(document)
        return Outcome(Event.DONE, self.condition)

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeBoard:
    """Implements NoticeBoard."""

    notices: dict[str, Notice] = field(default_factory=dict)

    def put(self, notice: Notice) -> None:
        self.notices.setdefault(notice.key, notice)

    def take_down(self, key: str, at: datetime, by: str = "") -> bool:
        return self.notices.pop(key, None) is not None

    def hanging(self) -> tuple[Notice, ...]:
        return tuple(self.notices.values())

    @property
    def texts(self) -> list[str]:
        return [notice.text for notice in self.notices.values()]
