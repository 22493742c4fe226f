"""An attendant that minds the end of the day: reminders on the air, what stays overnight, sheets nobody has signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Message
from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import AirRequests, ForWhom, Notice, NoticeBoard, SheetBook
from kiosk.rules.lockers.cabinet import Event
from kiosk.rules.lockers.closing import (
    USUAL,
    ClosingChoices,
    Hours,
    SheetKind,
    business_day,
    overdue,
    overnight,
    reminder_due,
)
from kiosk.rules.lockers.locker import Assignment
from kiosk.sentences import N_, tell

LOOK_S = 1.0
DESK = "bag storage"
UNWRITTEN = N_("the lockers' day cannot be read or written")
TELLS = "notice: "  # how what hangs on the board begins among the warnings


@dataclass(slots=True)
class ClosingWatch:
    """hours_on: when the store opens and closes on a date, None for never, or where nobody knows.

    sheets, board, requests: the ledger's. What cannot be written now is worked out again a second later.
    """

    hours_on: Callable[[date], Hours | None]
    sheets: SheetBook
    board: NoticeBoard
    requests: AirRequests
    choices: ClosingChoices = USUAL
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _asked: str = ""
    _told: frozenset[str] = frozenset()
    _shown: frozenset[str] = frozenset()

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        pass

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s < LOOK_S or not self._desk.cabinet.known:
            return
        self._looked_s = mono_s
        self._keep_overnight(now)
        try:
            hours = business_day(now, self.hours_on, self.choices)
            if hours is not None:
                self._remind(hours, now)
                self._miss_sheets(hours, now)
            self._show()
        except LedgerFault as fault:
            self._desk.warn(tell("{what}: {fault}", what=tell(UNWRITTEN), fault=fault))
        else:
            self._desk.withdraw(UNWRITTEN)

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _keep_overnight(self, now: datetime) -> None:
        """From closing on, things are the supervisor's to hand out (L04), though the ledger be full."""
        cabinet = self._desk.cabinet
        for id in overnight(cabinet.lockers.values(), cabinet.deposits.values(), self.hours_on, now):
            cabinet.decide(id, Event.STAYED, now, DESK)  # whoever has its door open goes on all the same

    def _remind(self, hours: Hours, now: datetime) -> None:
        taken = sum(one.assignment is Assignment.OCCUPIED for one in self._desk.cabinet.lockers.values())
        due = reminder_due(hours, now, taken, self.choices)
        if due is not None and due.key != self._asked:
            self.requests.ask(due, DESK, now)
            self._asked = due.key

    def _miss_sheets(self, hours: Hours, now: datetime) -> None:
        signed = {sheet.kind for sheet in self.sheets.signed(hours.day)}
        for kind in SheetKind:
            key = f"sheet/{hours.day.isoformat()}/{kind.value}"
            if kind in signed:
                if key in self._told:
                    self.board.take_down(key, now)
            elif overdue(kind, hours, signed, now, self.choices) and key not in self._told:
                text = tell("the {sheet} of {day} is not signed", sheet=tell(kind.value), day=hours.day.isoformat())
                self.board.put(Notice(key, ForWhom.MANAGER, text, now))

    def _show(self) -> None:
        """The board, among what the desk tells staff."""
        hanging = self.board.hanging()
        self._told = frozenset(notice.key for notice in hanging)
        texts = {f"{TELLS}{notice.text}" for notice in hanging}
        for text in sorted(self._shown - texts):
            self._desk.withdraw(text)
        for text in sorted(texts):
            self._desk.warn(text)
        self._shown = frozenset(texts)
