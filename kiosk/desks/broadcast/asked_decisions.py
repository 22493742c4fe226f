"""An attendant that carries out what staff at the front decided about pages: they meet in the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Answer, Message, PageDecided, PageStep
from kiosk.errors import LedgerFault
from kiosk.ports.page_decisions import PageDecision, PageDecisions
from kiosk.sentences import N_, tell

LOOK_S = 1.0
UNREAD = N_("what the front role decided about pages cannot be read")


@dataclass(slots=True)
class AskedDecisions:
    """An attendant. The page desk looks at the rights of whoever decided once more, and notes it under their name."""

    decisions: PageDecisions
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _done: dict[int, str] = field(default_factory=dict)  # carried out, and not written down yet

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        pass

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s < LOOK_S:
            return
        self._looked_s = mono_s
        try:
            for decision in self.decisions.waiting():
                if decision.n not in self._done:
                    self._done[decision.n] = self._carried_out(decision)
                self.decisions.close(decision.n, now, self._done[decision.n])
                del self._done[decision.n]
        except LedgerFault as fault:
            self._desk.warn(tell("{what}: {fault}", what=tell(UNREAD), fault=fault))
        else:
            self._desk.withdraw(UNREAD)

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _carried_out(self, decision: PageDecision) -> str:
        """What the page desk answers."""
        if decision.step not in {step.value for step in PageStep}:
            return f"nobody can {decision.step} a page"
        answers: list[Answer] = []
        step = PageStep(decision.step)
        self._desk.handle(PageDecided(step, decision.by, decision.page, decision.why, answers.append))
        return answers[-1].text if answers else ""
