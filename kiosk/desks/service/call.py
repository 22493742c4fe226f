"""Who minds the calls from the screens: staff are told, told again, and the screen sees that somebody is coming."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.desks.service.clerk import Said
from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import AirRequests, ForWhom, Notice, NoticeBoard
from kiosk.ports.service import OpenQuestions, RecordBook
from kiosk.rules.lockers.closing import Reminder
from kiosk.rules.service.call import ABOUT, COMING, SERVICE, USUAL, CallStands, CallTimes, unanswered
from kiosk.rules.service.desk_figures import countable
from kiosk.rules.service.record import Done, Record
from kiosk.sentences import tell
from kiosk.units import ScriptId

LOOK_EVERY = timedelta(seconds=1)
AIRED_WITHIN = timedelta(minutes=5)  # later a call over the loudspeakers makes no sense


@dataclass(slots=True)
class CallClerk:
    """Implements Clerk. page: of the binder, aired when nobody answers; None for none. name_of: a person's first name
    by the id, "" where it is not told. questions: where is counted what the guide could not answer."""

    book: RecordBook
    board: NoticeBoard
    air: AirRequests
    page: ScriptId | None = None
    name_of: Callable[[str], str] = lambda _: ""
    times: CallTimes = USUAL
    questions: OpenQuestions | None = None
    service: str = SERVICE.id
    _open: tuple[Record, ...] = ()
    _looked: datetime | None = None
    _told: set[tuple[int, str]] = field(default_factory=set)  # number, and what was told of it

    def objects(self, record: Record, now: datetime) -> Said | None:
        """Once is enough, unless there is another question."""
        waiting = [one for one in self._open if one.by == record.by]
        asked = {one.answers.get(ABOUT, "") for one in waiting}
        return Said("call.asked") if waiting and record.answers.get(ABOUT, "") in ("", *asked) else None

    def entered(self, record: Record, now: datetime) -> None:
        self._look(now)
        if self.questions is not None and (words := countable(record.answers.get(ABOUT, ""))):
            with suppress(LedgerFault):  # the call stands; a count that is lost keeps nobody waiting
                self.questions.count(words, now.date())

    def done(self, record: Record, done: Done, now: datetime) -> None:
        self._look(now)

    def said(self, record: Record, now: datetime) -> Said:
        return Said("call.asked")

    def facts(self, now: datetime) -> tuple[object, ...]:
        """The newest call of each seat."""
        stands = {one.by: CallStands(one.by, one.stage, self._who(one)) for one in self._open}
        return tuple(stands.values())

    def pass_to(self, now: datetime) -> None:
        """Others may have answered it meanwhile, from the terminal: the book knows."""
        if self._looked is None or abs(now - self._looked) >= LOOK_EVERY:
            self._look(now)
        for record in self._open:
            again, leads = unanswered(record, now, self.times)
            if again:
                self._once(record, "again", now)
            if leads:
                self._once(record, "leads", now)

    def _look(self, now: datetime) -> None:
        if self._looked is None:
            self._told |= {told for notice in self.board.hanging() if (told := _told_of(notice.key)) is not None}
        self._open = self.book.waiting_of(SERVICE.id)
        self._looked = now
        calls = {one.number: one for one in self._open}
        for number in {number for number, _ in self._told}:
            if number not in calls or calls[number].stage == COMING:
                self._take_down(number, now)

    def _once(self, record: Record, what: str, now: datetime) -> None:
        """Told and written once, as soon as it can be written; a restart renews the text of the same notice."""
        if (record.number, what) in self._told:
            return
        self._tell(record, what, now)
        self._told.add((record.number, what))

    def _tell(self, record: Record, what: str, now: datetime) -> None:
        waits = tell(
            "a shopper at {seat} has asked for somebody since {time}", seat=record.by, time=f"{record.at:%H:%M}"
        )
        does = f"kiosk service do {SERVICE.id} {record.number} {COMING}"
        if what == "leads":
            text = tell(
                "{waits}, and nobody has answered: please go there, or send somebody ({does})", waits=waits, does=does
            )
            self.board.put(Notice(_key(record.number, what), ForWhom.MANAGER, text, now))
            return
        self.board.put(
            Notice(_key(record.number, what), ForWhom.STAFF, tell("{waits}: {does}", waits=waits, does=does), now)
        )
        if self.page is not None:
            until = now + AIRED_WITHIN
            self.air.ask(Reminder(_key(record.number, "aired"), self.page, now, until), "service desk", now)

    def _take_down(self, number: int, now: datetime) -> None:
        for what in ("again", "leads"):
            if (number, what) in self._told:
                self.board.take_down(_key(number, what), now)
                self._told.discard((number, what))

    def _who(self, record: Record) -> str:
        return self.name_of(record.owner) if record.owner else ""


def _told_of(key: str) -> tuple[int, str] | None:
    """Of which call a notice tells, and what; None for another's."""
    about, _, what = key.partition("/")
    number, _, what = what.partition("/")
    return (int(number), what) if about == SERVICE.id and number.isdigit() else None


def _key(number: int, what: str) -> str:
    return f"call/{number}/{what}"
