"""Slips, queue tickets and the day's log while the power goes: no number twice, nothing signed or paid forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.store import Ledger
from kiosk.ports.return_slips import ToPrint
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.printing.document import Document, Line
from kiosk.rules.returns.slip import Event, Slip, Stage
from kiosk.rules.returns.slip_deeds import EVENT
from kiosk.rules.service.queue import Topic
from tests.hil.deeds import Found, LedgerDeed
from tests.ledger.values import TEN, a_song, played
from tests.rules.returns.slips import EXCHANGE, FILLING, KEY, MEI, NOW, SHANGHAI, TO_PAID, TO_REDEEMED, done, filled

Slips = dict[int, tuple[Stage, int]]  # by number: how far, and by how many deeds


class ReturnSlips(LedgerDeed):
    """Slips are filled, signed, approved with their copies queued, stamped, and settled."""

    name = "return slips, from the number to the cash"
    filling, steps = FILLING, TO_PAID
    count = 6

    def acts(self, ledger: Ledger, acknowledged: Callable[[object], None]) -> None:
        queue = LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: KEY)
        book = LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY, lambda: queue)
        slips: Slips = {}
        for number in range(self.count):
            slip = book.fill(replace(filled(self.filling), number=0, receipt=f"R{number}"))
            assert isinstance(slip, Slip)
            slips[slip.number] = slip.stage, slip.deeds
            acknowledged(dict(slips))
            for deed, by in self.steps:
                after = done(slip, (deed, by))
                event = EVENT[type(deed)]
                sheets = ToPrint("desk", tuple(Document(f"copy {n}", (Line("一行"),)) for n in range(3)))
                kept = book.keep(
                    after, was=slip, by=by.id, event=event, to_print=sheets if event is Event.APPROVE else None
                )
                assert kept
                slip = after
                slips[slip.number] = slip.stage, slip.deeds
                acknowledged(dict(slips))

    def differs(self, ledger: Ledger, world: Slips | None, next_world: Slips | None) -> Iterator[Found]:
        queue = LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: KEY)
        book = LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY, lambda: queue)
        slips = book.of_day(NOW.date())
        stands = {slip.number: (slip.stage, slip.deeds) for slip in slips}
        if stands not in (world or {}, next_world or {}):
            yield Found(f"slips stand at {stands}, {world} was acknowledged", lost=True)
        approved = sum(slip.deeds >= 2 for slip in slips)
        if (jobs := len(queue.open_jobs())) != 3 * approved:
            yield Found(f"{jobs} copies wait for the printer, of {approved} approved slips", lost=True)
        further = book.fill(replace(filled(self.filling), number=0, receipt="R99"))
        if (
            not isinstance(further, Slip)
            or further.number != max(stands, default=0) + 1
            or further.number in (world or {})
        ):
            yield Found(f"the next slip is {further}", twice=True)
        yield from self.settled_twice(book, slips)

    def settled_twice(self, book: LedgerReturnSlips, slips: tuple[Slip, ...]) -> Iterator[Found]:
        """What was paid or redeemed counts no second time, whoever still sees it as it stood before."""
        for slip in slips:
            if slip.stage is not Stage.SETTLED:
                continue
            before = replace(slip, stage=Stage.STAMPED, deeds=slip.deeds - 1)
            deed, by = self.steps[-1]
            if book.keep(done(before, (deed, by)), was=before, by=by.id, event=EVENT[type(deed)]):
                yield Found(f"slip {slip.number} was settled twice", twice=True)


class Exchanges(ReturnSlips):
    """Exchange slips, up to the new goods at the till."""

    name = "exchange slips, redeemed at the till"
    filling, steps = EXCHANGE, TO_REDEEMED


class QueueTickets(LedgerDeed):
    """Shoppers take numbers, desks call them."""

    name = "queue tickets"

    def acts(self, ledger: Ledger, acknowledged: Callable[[object], None]) -> None:
        queue = LedgerQueue(lambda: ledger, SHANGHAI)
        for number in range(12):
            topic = Topic.RETURNS if number % 3 else Topic.SERVICE
            queue.take(topic, NOW.date(), NOW)
            acknowledged([(one.topic, one.number, one.stage) for one in queue.of_day(NOW.date())])
            if number % 2:
                queue.call_next(1, frozenset(Topic), NOW.date(), NOW, MEI.id)
                acknowledged([(one.topic, one.number, one.stage) for one in queue.of_day(NOW.date())])

    def differs(self, ledger: Ledger, world: list[object] | None, next_world: list[object] | None) -> Iterator[Found]:
        queue = LedgerQueue(lambda: ledger, SHANGHAI)
        stands = [(one.topic, one.number, one.stage) for one in queue.of_day(NOW.date())]
        if stands not in (world or [], next_world or []):
            yield Found(f"tickets stand at {stands}, {world} was acknowledged", lost=True)
        for topic in Topic:
            numbers = [number for of, number, _ in stands if of is topic]
            if numbers != list(range(1, len(numbers) + 1)):
                yield Found(f"tickets of {topic} are {numbers}", twice=True)
            if (ticket := queue.take(topic, NOW.date(), NOW)).number in numbers:
                yield Found(f"ticket {ticket.shown} was given before", twice=True)


class AsRunLog(LedgerDeed):
    """A morning of songs; a row that was begun and not ended is what the restart goes on with (B10)."""

    name = "the as-run log"

    def acts(self, ledger: Ledger, acknowledged: Callable[[object], None]) -> None:
        pages = AsRunPages(ledger, SHANGHAI)
        rows: list[tuple[str, Outcome | None]] = []
        for number in range(1, 13):
            pages.started(a_song(number))
            rows.append((a_song(number).key, a_song(number).outcome))
            acknowledged(list(rows))
            pages.ended(played(a_song(number)))
            rows[-1] = (a_song(number).key, Outcome.PLAYED)
            acknowledged(list(rows))

    def differs(self, ledger: Ledger, world: list[object] | None, next_world: list[object] | None) -> Iterator[Found]:
        pages = AsRunPages(ledger, SHANGHAI)
        stands = [(row.key, row.outcome) for row in pages.of_day(TEN.date())]
        if stands not in (world or [], next_world or []):
            yield Found(f"the log stands at {stands[-2:]}, {(world or [None])[-1]} was acknowledged", lost=True)
