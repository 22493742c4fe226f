"""One printer's work: the oldest job of its queue, printed once and seen to its end; trouble is told to staff.

Intent is committed before the first dot and the end after the printer's own word, so that a crash or a power cut leaves
a job that is either still waiting or unsure; what is unsure is printed again by a person only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import ForWhom, Notice, NoticeBoard
from kiosk.ports.printer import Outcome, Printer, PrintQueue
from kiosk.rules.printing.document import Align, Document, Line, Size
from kiosk.rules.printing.jobs import Condition, Event, Job
from kiosk.sentences import N_, tell

BEGUN_ANEW = "▲ 打印中断后重新打印 · printed anew after a break ▲"
CRASHED = N_("the kiosk stopped while it was being printed")
LOST = N_("the printer fell silent before it said that it was done")
NOTICES = "printer "  # how the keys of its notices begin
KEPT = timedelta(days=1)  # so long a sheet can be printed again


class Press:
    """`turn` again and again from one thread, `look` now and then; both wait for the printer, and never raise."""

    def __init__(
        self,
        name: str,
        printer: Printer,
        queue: PrintQueue,
        board: NoticeBoard,
        now: Callable[[], datetime],
        tell: Callable[[str], None],
    ) -> None:
        """name: what site.toml calls it. board: where staff read how it is. tell: of a ledger that cannot be used."""
        self._name, self._printer = name, printer
        self._queue, self._board = queue, board
        self._now, self._tell = now, tell
        self._begun = False
        self._told: Condition | None = None
        self._unsure: int | None = None
        self._to_note: tuple[int, Event, str] | None = None  # what came of a job, until the ledger has it

    def turn(self) -> bool:
        """Print one job if one waits and the printer can; whether there may be another at once."""
        try:
            return self._turn()
        except LedgerFault as fault:
            self._tell(tell("printer {printer}: {fault}", printer=self._name, fault=fault))
            return False

    def look(self) -> Condition:
        """See how the printer is, and tell of it. Never raises."""
        condition = self._printer.look()
        try:
            self._report(condition)
            self._tell_unsure()
        except LedgerFault as fault:
            self._tell(tell("printer {printer}: {fault}", printer=self._name, fault=fault))
        return condition

    def _turn(self) -> bool:
        if not self._begun:
            self._queue.lost_sight(self._name, self._now(), CRASHED)
            self._tell_unsure()
            self._begun = True
        self._settle()
        if not self._queue.waits(self._name):
            return False
        condition = self._printer.look()
        self._report(condition)
        if not condition.prints:
            return False
        taken = self._queue.begin(self._name, self._now())
        if taken is None:
            return False
        job, document = taken
        outcome = self._printer.print(_again(document) if job.why else document)
        self._to_note = (job.n, outcome.end, _why(job, outcome))
        self._settle()
        self._report(outcome.condition)
        self._tell_unsure()
        return outcome.condition.prints and outcome.end is Event.DONE

    def _settle(self) -> None:
        """Nothing else is printed until the ledger knows what came of the last job."""
        if self._to_note is not None:
            n, event, why = self._to_note
            self._queue.note(n, event, self._now(), why=why)
            self._to_note = None

    def _report(self, condition: Condition) -> None:
        if condition is self._told:
            return
        now = self._now()
        self._queue.report(self._name, condition, now)
        key = f"{NOTICES}{self._name}"
        if condition is Condition.READY:
            self._board.take_down(key, now)
        else:
            if self._told is not None and self._told is not Condition.READY:
                self._board.take_down(key, now)  # another trouble is news
            text = tell("The printer {printer} {how}.", printer=self._name, how=tell(condition.value))
            self._board.put(Notice(key, ForWhom.STAFF, text, now))
        self._told = condition

    def _tell_unsure(self) -> None:
        """Staff see which sheets they have to look for, until none is left."""
        unsure = [job for job in self._queue.open_jobs() if job.printer == self._name and job.stage.value == "unsure"]
        if len(unsure) == self._unsure:
            return
        key, now = f"{NOTICES}{self._name} unsure", self._now()
        if unsure:
            listed = tuple(f"{job.n} ({job.subject})" for job in unsure[:3])
            what = tell(
                "Perhaps printed, perhaps not: job {jobs}; look, then kiosk printers reprint or seen", jobs=listed
            )
            self._board.put(Notice(key, ForWhom.STAFF, what, now))
        else:
            self._board.take_down(key, now)
        self._unsure = len(unsure)


def _again(document: Document) -> Document:
    mark = Line(BEGUN_ANEW, Size.SMALL, align=Align.CENTRE)
    return replace(document, parts=(mark, *document.parts))


def _why(job: Job, outcome: Outcome) -> str:
    """What is kept with the job; where it is not "", some of it is on paper already."""
    match outcome.end:
        case Event.LOST_SIGHT:
            return LOST
        case Event.BROKE_OFF:
            return f"broke off: the printer {outcome.condition.value}"
        case Event.NOT_BEGUN:
            return job.why
        case _:
            return ""
