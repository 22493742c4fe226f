"""Printers in staff mode: how each is, what waits for it, and the sheets of which nobody knows how they ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.reasons import reason, why_form
from kiosk.ports.printer import PrintQueue
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.people.person import Person
from kiosk.rules.printing.jobs import Condition, Event, Job, Stage, after
from kiosk.sentences import N_, Sentence, tell

COPY = "副本 COPY"
LONG = timedelta(minutes=2)  # a job that waits for longer is told of, though its printer be well
JOB, PRINTER = "job", "printer"  # what the keys of matters say after the corner's name
SEEN = Offered("seen", N_("It is on paper"), "check", "good")
REPRINT = Offered("reprint", N_("Print it again, marked as a copy"), "printer")
WITHDRAW = Offered(
    "withdraw",
    N_("Discard it"),
    "x",
    "care",
    why_form(
        N_("Discard it"),
        (
            ("written by hand", N_("It was written by hand")),
            ("nobody needs it", N_("Nobody needs it any more")),
            ("printed twice", N_("It was printed twice")),
        ),
    ),
)
_EVENTS = {SEEN.deed: Event.SEEN, REPRINT.deed: Event.COPIED, WITHDRAW.deed: Event.WITHDRAWN}
_SUBJECTS = (
    ("ticket of locker ", N_("Ticket of locker {what}")),
    ("queue ticket ", N_("Queue ticket {what}")),
    ("test of ", N_("Test sheet of {what}")),
)
_BROKE_OFF = {f"broke off: the printer {one.value}": one for one in Condition}


def offered_for(stage: Stage) -> tuple[Offered, ...]:
    """What may be said of a job by whoever looked, as the table of jobs allows."""
    return tuple(one for one in (SEEN, REPRINT, WITHDRAW) if after(stage, _EVENTS[one.deed]) is not None)


@dataclass(slots=True)
class PrinterCorner:
    """Implements Corner, for whoever is registered, as `kiosk printers` does. printers: their ids, as the site has
    them."""

    queue: PrintQueue
    printers: Sequence[str]
    name: str = "print"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        jobs, conditions = self.queue.open_jobs(), self.queue.conditions()
        ill = [
            self._printer(id, *conditions[id], jobs)
            for id in self.printers
            if id in conditions and conditions[id][0] is not Condition.READY
        ]
        held = {id for id in self.printers if id in conditions and not conditions[id][0].prints}
        told = (job for job in jobs if job.stage is Stage.UNSURE or self._waits_long(job, held, now))
        return (*ill, *(self._job(job) for job in told))

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        kind, _, which = thing.partition(" ")
        if kind == JOB:
            job = self._found(which)
            return None if job is None else self._job(job)
        condition = self.queue.conditions().get(which)
        if kind != PRINTER or condition is None or which not in self.printers:
            return None
        return self._printer(which, *condition, self.queue.open_jobs())

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        kind, _, which = thing.partition(" ")
        job = self._found(which) if kind == JOB else None
        if job is None or deed not in {one.deed for one in offered_for(job.stage)}:
            return Said(N_("Somebody has seen to it"), refused=True)
        if deed == REPRINT.deed:
            copied = self.queue.copy(job.n, now, by=who.id, stamp=COPY)
            if copied is None:
                return Said(N_("Its content is forgotten: it cannot be printed again"), refused=True)
            return Said(tell("Job {n} prints it again, marked as a copy", n=copied.n))
        settled = self.queue.note(job.n, _EVENTS[deed], now, by=who.id, why=reason(told))
        if settled is None:
            return Said(N_("Somebody has seen to it"), refused=True)
        return Said(N_("It is noted"))

    def _waits_long(self, job: Job, held: set[str], now: datetime) -> bool:
        return job.stage is Stage.WAITING and (job.printer in held or now - job.since >= LONG)

    def _found(self, n: str) -> Job | None:
        return next((job for job in self.queue.open_jobs() if str(job.n) == n), None)

    def _printer(self, id: str, condition: Condition, since: datetime, jobs: Sequence[Job]) -> Matter:
        waiting = [job for job in jobs if job.printer == id and job.stage is Stage.WAITING]
        told = tuple((N_("Waits to be printed") if at == 0 else "", _called(job)) for at, job in enumerate(waiting))
        return Matter(
            f"{self.name} {PRINTER} {id}",
            Kind.PRINTER,
            tell("Printer {printer}", printer=id),
            line=condition.value,
            at=since,
            pressing=not condition.prints,
            told=told,
            tags=(tell("{count} waiting", count=len(waiting)),) if waiting else (),
        )

    def _job(self, job: Job) -> Matter:
        unsure = job.stage is Stage.UNSURE
        told = ((N_("Printer"), job.printer), *(((N_("Why"), _why(job.why)),) if job.why else ()))
        return Matter(
            f"{self.name} {JOB} {job.n}",
            Kind.PRINTER,
            _called(job),
            line=N_("Perhaps printed, perhaps not: look at the printer") if unsure else N_("Waits to be printed"),
            at=job.since,
            deeds=offered_for(job.stage),
            told=told,
        )


def _called(job: Job) -> Sentence:
    """What it is; its subject stands in the ledger in the words of whoever had it printed."""
    known = ((key, job.subject.removeprefix(begins)) for begins, key in _SUBJECTS if job.subject.startswith(begins))
    key, what = next(known, ("{what}", job.subject))
    return tell("{n} · {subject}", n=job.n, subject=tell(key, what=what))


def _why(why: str) -> str:
    if (condition := _BROKE_OFF.get(why)) is not None:
        return tell("broke off: the printer {how}", how=tell(condition.value))
    return tell(why)
