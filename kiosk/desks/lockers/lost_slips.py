"""An attendant that has the slip of a lost tag printed as soon as its fee was taken: both copies, once (L08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Answer, LostSlipAsked, Message
from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import LostTagBook
from kiosk.ports.lockers import Entry, Note
from kiosk.ports.lost_slips import LostSlipBook, LostSlipPrinter, SlipReport, SlipStage
from kiosk.rules.lockers.lost_tag import Step
from kiosk.sentences import N_, tell

LOOK_S = 1.0
RETRY_S = 60.0  # after the printer took nothing
UNREAD = N_("slips of lost tags are not printed")
_BEGUN = (SlipStage.PRINTED, SlipStage.UNSURE)


@dataclass(slots=True)
class LostSlips:
    """cases: the lost-tag book. slips: what was printed. A slip that was in hand when the role ended may have been
    printed or not: a person looks, and it is never printed twice by itself."""

    cases: LostTagBook
    slips: LostSlipBook
    printer: LostSlipPrinter
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _in_hand: set[int] = field(default_factory=set)
    _retry_s: dict[int, float] = field(default_factory=dict)
    _owed: dict[int, SlipStage] = field(default_factory=dict)

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        if isinstance(message, SlipReport):
            self._heard(message)
        elif isinstance(message, LostSlipAsked):
            message.reply(self._again(message, now))

    def pass_to(self, now: datetime) -> None:
        """Time passed: what was paid meanwhile is printed."""
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s < LOOK_S:
            return
        self._looked_s = mono_s
        try:
            for case, stage in list(self._owed.items()):
                self.slips.keep(case, stage, now)
                del self._owed[case]
            self._look(self.slips.stages(), now, mono_s)
        except LedgerFault as fault:
            self._desk.warn(tell("{what}: {fault}", what=tell(UNREAD), fault=fault))
        else:
            self._desk.withdraw(UNREAD)

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _again(self, asked: LostSlipAsked, now: datetime) -> Answer:
        """Whoever asks has looked at the printer; what goes on by itself is not printed beside that."""
        try:
            case = self.cases.case(asked.case)
            if case is None or not case.receipt or not case.name:
                return Answer(tell("case {case} has no slip to print", case=asked.case), refused=True)
            if case.n in self._in_hand:
                return Answer(tell("the slip of case {case} is being printed", case=case.n), refused=True)
            self.slips.keep(case.n, SlipStage.PRINTING, now)
        except LedgerFault as fault:
            return Answer(tell("{what}: {fault}", what=tell(UNREAD), fault=fault), refused=True)
        note = Note(asked.operator, "has the slip printed", f"lost tag {case.n}")
        self._desk.cabinet.records.keep(Entry(now, notes=(note,)))
        self._in_hand.add(case.n)
        self.printer.print_lost_slip(case)
        return Answer(tell("both copies of the slip go to the printer"))

    def _look(self, stages: Mapping[int, SlipStage], now: datetime, mono_s: float) -> None:
        paid = {case.n: case for case in self.cases.waiting() if case.step is Step.PAID}
        for n, case in paid.items():
            stage = stages.get(n)
            if n in self._in_hand or stage in _BEGUN or mono_s < self._retry_s.get(n, mono_s):
                continue
            if stage is SlipStage.PRINTING:
                self.slips.keep(n, SlipStage.UNSURE, now)
                self._unsure(n, tell("the kiosk stopped while it was printed"))
                continue
            self.slips.keep(n, SlipStage.PRINTING, now)
            self._in_hand.add(n)
            self.printer.print_lost_slip(case)
        for n in [n for n in self._retry_s if n not in paid]:  # signed by hand, or given up
            del self._retry_s[n]
            self._desk.withdraw(_slip(n))

    def _heard(self, report: SlipReport) -> None:
        n = report.case
        if n in self._in_hand:
            self._in_hand.discard(n)
            self._owed[n] = report.stage
        self._looked_s = float("-inf")
        self._desk.withdraw(_slip(n))
        match report.stage:
            case SlipStage.REFUSED:
                self._retry_s[n] = self._desk.clock.mono_s() + RETRY_S
                why = tell("is not printed yet, it is tried again: {why}", why=report.why)
                self._desk.warn(tell("{slip}{why}", slip=_slip(n), why=why))
            case SlipStage.UNSURE:
                self._unsure(n, report.why)
            case _:
                self._retry_s.pop(n, None)
                if report.why:
                    self._desk.happened(tell("{slip}{why}", slip=_slip(n), why=report.why))

    def _unsure(self, n: int, why: str) -> None:
        may = tell(
            "may not have come out: {why}; look at the printer, else print it: kiosk lockers lost slip {n}",
            why=why,
            n=n,
        )
        self._desk.happened(tell("{slip}{why}", slip=_slip(n), why=may))


def _slip(n: int) -> str:
    return tell("the slip of lost tag {n} ", n=n)
