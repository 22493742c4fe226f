"""The desk's day: it has the programme laid out, takes it when it comes, and goes on when none does (B03)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kiosk.desks.broadcast.clock_watch import ClockWatch
from kiosk.desks.broadcast.counter import Counter
from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.journal import Journal
from kiosk.desks.broadcast.line import Line
from kiosk.desks.broadcast.messages import PlanFailed, PlanOrder, PlanReady, Stocked
from kiosk.desks.broadcast.notices import Notices
from kiosk.desks.broadcast.plan_orders import RETRY_S, PlanOrders, Spare
from kiosk.ports.clock import Clock
from kiosk.rules.broadcast.beside import is_beside
from kiosk.rules.broadcast.day import AHEAD_S, BusinessDay
from kiosk.rules.broadcast.filler import filler
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import NIGHT, Night, Replanned, Requested
from kiosk.rules.broadcast.programme import Kind
from kiosk.sentences import N_
from kiosk.units import ScriptId

log = logging.getLogger(__name__)

DRIFT_S = 0.25  # so far from the plan, the rest of the day is planned anew
LAST_FADE_S = 4.0  # unplanned music fades where the doors close
LAST_BLINK_S = 1.0
UNPLANNED = "the day could not be planned"
PREPARING = N_("the back office prepares")


@dataclass(slots=True)
class DayPlan:
    """order: hands work to the office, which answers through the inbox. spare: what to go by while there is no plan."""

    clock: Clock
    line: Line
    journal: Journal
    equipment: Equipment
    counter: Counter
    notices: Notices
    watch: ClockWatch
    order: Callable[[PlanOrder], None]
    spare: Spare | None = None
    day: BusinessDay | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[ScriptId, str] = field(default_factory=dict)
    orders: PlanOrders = field(init=False)
    opens: datetime = field(init=False)  # of `day`, kept because every message asks for them
    closes: datetime = field(init=False)
    goes_on: bool = False  # into the next day: then the doors stay open
    _stocked: int = 0
    _over_until: datetime | None = None  # stopped for the night: the close that the day would have had
    _planned: date | None = None  # the day of the newest plan
    _ahead_s: float = float("-inf")
    _told_held: Mapping[ScriptId, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.orders = PlanOrders(self.order)

    def ask(self, now: datetime) -> None:
        """Have the rest of the day laid out from where what sounds and what waits will be over."""
        air = self.line.air
        if self.orders.pending or air.stopping:
            return
        if self._over_until is not None and now >= self._over_until:
            self._over_until = None
        if self._is_stopped(self.day) and not self.equipment.is_off:
            return
        if air.current is not None and air.current.repeats:
            return  # nobody knows when an evacuation ends
        begin_s = air.expected_end(now).timestamp() + sum(
            item.duration_s for item in air.waiting if not is_beside(item)
        )
        if not self.equipment.ready(now):
            begin_s = max(begin_s, now.timestamp() + self.equipment.lead_s)
        begin = datetime.fromtimestamp(begin_s, tz=now.tzinfo)
        if self._over_until is not None:
            begin = max(begin, self._over_until)
        if self.day is not None and not self.goes_on and now < self.closes <= begin:
            self.line.feed(Replanned(()), now)  # what is on outlasts the day; the next one is planned at night
            return
        if self.day is None or (begin >= self.closes and not self.goes_on):
            self.orders.forgive()  # each file has another chance every day
        aired = frozenset(self.journal.aired | {item.key for item in air.waiting})
        without = frozenset(self.orders.bad_files)
        order = PlanOrder(begin, tuple(self.journal.heard), aired, without, self._basis(), self.held)
        self.orders.give(order, self.clock.mono_s())

    def end_early(self, now: datetime) -> None:
        """The day is over for the announcer: nothing more is aired, and the next plan is the next day's (B19)."""
        for item in self.line.air.programme:
            if item.air_class is not AirClass.MUSIC:
                self.journal.skipped(item, now, NIGHT)
        self._over_until, self.closes, self.goes_on = self.closes, now, False
        self.line.feed(Night(), now)

    def _is_stopped(self, day: BusinessDay | None) -> bool:
        return self._over_until is not None and day is not None and day.closes <= self._over_until

    def hold(self, held: Mapping[ScriptId, str], now: datetime) -> None:
        """These pages may not air, until further notice: neither by themselves nor when asked for (B13).

        What waits or is planned of them is taken out at once, whatever the office is at; what is on is read to its end.
        """
        self.held = self.counter.held = held
        air = self.line.air
        for item in (one for one in air.waiting if one.id in held):
            self.line.refuse(item.operator or "programme", item.id, held[ScriptId(item.id)], now)
        self.line.air = replace(air, waiting=tuple(one for one in air.waiting if one.id not in held))
        if any(one.id in held for one in (*air.waiting, *air.programme)):
            self.line.feed(Replanned(tuple(one for one in air.programme if one.id not in held)), now)
        if self.day is not None:
            self.ask(now)

    def hear(self, message: PlanReady | PlanFailed | Stocked, now: datetime) -> None:
        """The office answers, or has more in stock."""
        match message:
            case PlanReady():
                self.take(message, now)
            case PlanFailed(_, why):
                self.go_without(why, now)
            case Stocked():
                self.restock(message, now)

    def take(self, plan: PlanReady, now: datetime) -> None:
        """The office's answer; one for another state of things is out of date, and asked for again."""
        self.orders.answered()
        self.notices.withdraw(UNPLANNED)
        if self.line.air.stopping:
            return
        if plan.order.basis != self._basis():
            self.ask(now)
            return
        if self._is_stopped(plan.day):
            return
        # the bed is laid piece by piece where it is needed: a planned one would outlast the trouble
        items = tuple(item for item in plan.programme.items if item.kind is not Kind.TONE_BED)
        if self.day is not None and self.goes_on and now < self.closes and plan.day.date > self.day.date:
            self.line.feed(Replanned(items), now)  # what is on outlasts the day; the next takes over in its time
            return
        fresh = self.day is None or plan.day.date != self.day.date
        self.titles, self.counter.material, self.counter.planned = plan.titles, plan.material, True
        unplanned, self._planned = plan.day.date != self._planned, plan.day.date
        if fresh:
            self._turn_to(plan.day, now)
        if unplanned:
            self.journal.note(now, "planner", "plans", plan.day.date.isoformat(), items=str(len(plan.programme.items)))
        if fresh and not self.journal.aired <= plan.order.aired:
            self.ask(now)  # restarted after midnight, in a business day that began the day before
        if unplanned or plan.order.held != self._told_held:
            for name in self._told_held:
                self.notices.withdraw(f"page {name} is due ")
            self._told_held = plan.order.held
            for warning in plan.programme.warnings:
                self.notices.tell(warning)
        self._keep_hours(plan.day)
        for item in plan.missed:
            self.journal.skipped(item, now, "nothing could be aired when it was due")
        self.line.feed(Replanned(items), now)

    def turn(self, now: datetime) -> None:
        """The doors stay open while the day goes on into the next: that takes over, and whatever sounds goes on."""
        if self.day is None or not self.goes_on or self.line.air.stopping:
            return
        if now >= self.closes:
            following = None if self.spare is None else self.spare.day_at(now)
            if following is not None and following.date > self.day.date:
                self._turn_to(following, now)
                self.orders.forgive()
            if not self.orders.put_off:
                self.ask(now)
        elif self._lacks_the_next(now):
            self._ahead_s = self.clock.mono_s()
            self.ask(now)

    def _lacks_the_next(self, now: datetime) -> bool:
        """Whether nothing is planned yet of what follows the end of this day, and that is near."""
        if self.closes.timestamp() - now.timestamp() > AHEAD_S / 2 or self.orders.put_off:
            return False
        programme = self.line.air.programme
        planned = bool(programme) and programme[-1].start >= self.closes
        return not planned and self.clock.mono_s() - self._ahead_s >= RETRY_S

    def go_without(self, why: str, now: datetime) -> None:
        """What is planned already goes on; where nothing is, the usual day's songs keep silence away (B03)."""
        self.orders.failed(self.clock.mono_s())
        self.notices.tell(f"{UNPLANNED}: {why}")
        if self.spare is None or (self.day is not None and now < self.closes) or self.line.air.stopping:
            return
        day = self.spare.day_at(now)
        if day is not None and (self.day is None or day.date != self.day.date):
            self._turn_to(day, now)
            self.notices.tell(f"{UNPLANNED}: {why}")
            if not self.counter.material.songs():
                self.counter.material, self.counter.planned = self.spare.material, True

    def restock(self, stocked: Stocked, now: datetime) -> None:
        """More can be played than before: the rest of the day is laid out with it."""
        self.notices.withdraw(PREPARING)
        for fault in stocked.faults:
            self.notices.tell(fault)
        if stocked.left:
            self.notices.tell(f"{PREPARING} {stocked.left} more files and texts; what is ready is on the air")
        self._stocked += 1
        if self.spare is not None:
            self.spare = replace(self.spare, material=stocked.material)
        self.ask(now)

    def remind(self, now: datetime) -> None:
        """Time passed: an answer may be overdue, an order that failed may be worth another try."""
        if self.orders.overdue(self.clock.mono_s()):
            self.go_without("the back office does not answer", now)
        elif self.orders.due_again(self.clock.mono_s()):
            self.ask(now)

    def is_open(self, now: datetime) -> bool:
        """The broadcast hours, less a last blink in which nothing begins any more."""
        if self.day is None or now < self.opens:
            return False
        return self.goes_on or now < self.closes - timedelta(seconds=LAST_BLINK_S)

    def fill_silence(self, now: datetime) -> None:
        """Nothing is on or about to be while the store is open: the song of the hour that rested longest.

        The bed where no song plays, and after it one of those is tried again.
        """
        if self.day is None or not self._silent(now):
            return
        last = {one.song_id: datetime.fromtimestamp(one.end, tz=now.tzinfo) for one in self.journal.heard}
        playable = self.counter.material.without(frozenset(self.orders.bad_files))
        if not playable.songs():
            self.orders.try_one()
        item = filler(self.day, playable, now, last)
        if item.end > self.closes and not self.goes_on:
            left_s = self.closes.timestamp() - now.timestamp()
            item = replace(item, end=self.closes, fade_out_s=min(LAST_FADE_S, left_s))
        self.line.feed(Requested(item), now)

    def _silent(self, now: datetime) -> bool:
        air = self.line.air
        if air.stopping or air.current is not None or air.follower is not None:
            return False
        soon = bool(air.programme) and air.programme[0].start.timestamp() <= now.timestamp() + DRIFT_S
        return not soon and self.is_open(now)

    def _turn_to(self, day: BusinessDay, now: datetime) -> None:
        """Another business day: its own log, and yesterday's troubles are over."""
        log.info("the business day is %s", day.date)
        gone_on = self.goes_on and day.joins_before
        self._keep_hours(day)
        self.journal.take_up(day.date, gone_on=gone_on)
        self.notices.forget()
        self.line.forget()

    def _keep_hours(self, day: BusinessDay) -> None:
        self.day, self.opens, self.closes, self.goes_on = day, day.opens, day.closes, day.joins_after

    def _basis(self) -> tuple[str, ...]:
        """What a plan goes by: one for another state of things is out of date."""
        air = self.line.air
        keys = [air.current.key if air.current else "", *(item.key for item in air.waiting if not is_beside(item))]
        return (
            *keys,
            str(self.day.date) if self.day else "",
            str(self.watch.steps),
            str(self._stocked),
            *sorted(self.held),
        )
