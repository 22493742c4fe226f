"""Who minds returns at the touchscreen: has receipts looked up, checks the decision again, gives out numbers (S07)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.desks.service.clerk import Said
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.errors import LedgerFault
from kiosk.ports.service import RecordBook
from kiosk.rules.front.returning import DECISION, Finding, ReceiptAt, ReturnCounter, answers_of, step
from kiosk.rules.returns.receipt import BadReceipt, Receipt, quantity_of
from kiosk.rules.returns.receipt_number import NumberForm, Unknown, read
from kiosk.rules.service.queue import Ticket, Topic
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.returning import LINE, QUANTITY, SERVICE, with_slip
from kiosk.rules.service.service import BY_ITSELF
from kiosk.sentences import tell

FORGOTTEN_AFTER = timedelta(hours=1)  # nobody stands at the screen so long
CATCH_UP_EVERY = timedelta(minutes=1)
KNOWN = {
    Unknown.ANOTHER_STORE: Finding.ANOTHER_STORE,
    Unknown.NO_RECEIPT: Finding.NO_RECEIPT,
    Unknown.NOTHING: Finding.NO_RECEIPT,
}

_AGAIN = Said("service.again")

Print = Callable[[Ticket, int, datetime], None]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What came of a number. receipt: None where no till knows it. back: see ReceiptAt. fault: why nobody could be
    asked, "" for nothing."""

    number: str
    receipt: Receipt | None = None
    back: tuple[tuple[int, int], ...] = ()
    fault: str = ""


class ReceiptWindow(Protocol):
    """Where receipts are asked for without waiting."""

    def ask(self, number: str) -> None:
        """Have a receipt looked up, as `receipt_number.read` gave its number."""

    def answers(self) -> tuple[LookedUp, ...]:
        """What has come since; each once."""


@dataclass(slots=True)
class ReturnClerk:
    """Implements Clerk and LooksUp. form: how the store's receipts are numbered. prints: has a ticket printed.

    happened: tells staff of what went wrong. slips_for: slips that count, by the records that they were filled for.
    """

    window: ReceiptWindow
    counter: ReturnCounter
    form: NumberForm
    queue: QueueDesk
    book: RecordBook
    prints: Print
    happened: Callable[[str], None]
    slips_for: Callable[[tuple[int, ...]], Mapping[int, int]] = lambda _: {}
    service: str = SERVICE.id
    _caught_up: datetime | None = None
    _at: dict[str, tuple[str, ReceiptAt, datetime]] = field(default_factory=dict)  # seat -> number, what, since when
    _tickets: dict[int, tuple[Ticket, int]] = field(default_factory=dict)  # number of the record -> ticket, ahead

    def look_up(self, seat: str, words: str, now: datetime) -> None:
        """A receipt was scanned or typed."""
        number = read(words, self.form)
        if isinstance(number, Unknown):
            self._at[seat] = "", ReceiptAt(seat, words, KNOWN[number]), now
            return
        self._at[seat] = number, ReceiptAt(seat, words, Finding.SOUGHT), now
        self.window.ask(number)

    def objects(self, record: Record, now: datetime) -> Said | None:
        """What was decided at the screen is decided here again: nothing else is kept as our recommendation."""
        if LINE not in record.answers:
            return None if set(record.answers) <= {"receipt", "outcome"} and self._for_a_person(record) else _AGAIN
        _, found, _ = self._at.get(record.by, ("", None, now))
        if found is None or found.receipt is None:
            return _AGAIN
        try:
            quantity = quantity_of(record.answers.get(QUANTITY, ""))
        except BadReceipt:
            return _AGAIN
        chosen = {**record.answers, QUANTITY: str(quantity)}
        at = step(self.counter.book, found, chosen, now.date())
        if at.page != DECISION or dict(answers_of(found, chosen, at)) != dict(record.answers):
            return _AGAIN
        return None

    def entered(self, record: Record, now: datetime) -> None:
        """A number of the queue, written beside the record so that whoever calls it finds both."""
        ticket, ahead = self.queue.take(Topic.RETURNS, now)
        self._tickets[record.number] = ticket, ahead
        self._at.pop(record.by, None)
        told = Done(now, BY_ITSELF, f"ticket {ticket.shown}")
        try:
            self.book.keep(replace(record, history=(*record.history, told)), was=record, over=False)
        except LedgerFault as fault:
            self.happened(
                tell(
                    "{record} goes with ticket {ticket}, which could not be noted: {fault}",
                    record=SERVICE.names(record),
                    ticket=ticket.shown,
                    fault=fault,
                )
            )
        self.prints(ticket, ahead, now)

    def done(self, record: Record, done: Done, now: datetime) -> None:
        """The return desk goes on with the slip."""

    def said(self, record: Record, now: datetime) -> Said:
        if record.number not in self._tickets:
            return Said("service.later")
        ticket, ahead = self._tickets[record.number]
        values = (("ticket", ticket.shown), ("ahead", str(ahead)))
        return Said("return.ticket" if ahead else "return.next", values)

    def facts(self, now: datetime) -> tuple[object, ...]:
        return (self.counter, *(found for _, found, _ in self._at.values()))

    def pass_to(self, now: datetime) -> None:
        self._look_for_answers(now)
        if self._caught_up is None or abs(now - self._caught_up) >= CATCH_UP_EVERY:
            self._catch_up(now)
            self._caught_up = now

    def _catch_up(self, now: datetime) -> None:
        """Where the power went between a slip and its ticket, the ticket is closed before it can lapse."""
        waiting = {one.number: one for one in self.book.waiting_of(self.service)}
        filled = self.slips_for(tuple(waiting)) if waiting else {}
        for number, slip in filled.items():
            self.book.keep(with_slip(waiting[number], slip, now), was=waiting[number], over=True)

    def _look_for_answers(self, now: datetime) -> None:
        for answer in self.window.answers():
            if answer.fault:
                self.happened(tell("receipts cannot be looked up at the touchscreen: {fault}", fault=answer.fault))
            for seat, (number, asked, since) in tuple(self._at.items()):
                if number == answer.number and asked.finding is Finding.SOUGHT:
                    self._at[seat] = number, _found(asked, answer, now), since
        self._at = {seat: one for seat, one in self._at.items() if abs(now - one[2]) < FORGOTTEN_AFTER}
        self._tickets = {n: one for n, one in self._tickets.items() if abs(now - one[0].at) < FORGOTTEN_AFTER}

    def _for_a_person(self, record: Record) -> bool:
        return record.answers.get("outcome") == "person"


def _found(asked: ReceiptAt, answer: LookedUp, now: datetime) -> ReceiptAt:
    if answer.fault:
        return replace(asked, finding=Finding.AWAY)
    if answer.receipt is None:
        return replace(asked, finding=Finding.UNKNOWN)
    zone = now.tzinfo
    assert zone is not None
    receipt = replace(answer.receipt, member="")  # whose it is concerns no screen
    return replace(asked, finding=Finding.FOUND, receipt=receipt, bought_on=receipt.bought_on(zone), back=answer.back)
