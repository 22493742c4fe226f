"""The broadcast desk: it keeps the day's programme on the air, airs what is asked for, and switches the equipment.

One thread calls it: messages in, orders to the mixer out. It never waits; `next_wake` says when it wants to be called
even if nothing happens.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.desks.clock_watch import ClockWatch
from kiosk.desks.counter import Counter
from kiosk.desks.equipment import Equipment
from kiosk.desks.journal import Journal, is_planned
from kiosk.desks.line import Line
from kiosk.desks.messages import (
    Fault,
    Message,
    PageAsked,
    PageSpoken,
    PlanFailed,
    PlanOrder,
    PlanReady,
    Pressed,
    ScriptAsked,
    StopAsked,
    Tick,
)
from kiosk.desks.notices import Notices
from kiosk.desks.panel_watch import PanelWatch
from kiosk.desks.plan_orders import PlanOrders, Spare
from kiosk.errors import DeviceFault
from kiosk.ports import AsRunLog, Clock, Ended, Missed, Mixer, Started
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.filler import filler
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import (
    Began,
    OnAir,
    Over,
    Replanned,
    Requested,
    Stop,
    Woke,
    next_wake,
)
from kiosk.rules.broadcast.panel import Button
from kiosk.rules.broadcast.programme import Item, Kind

log = logging.getLogger(__name__)

DRIFT_S = 0.25  # so far from the plan, the rest of the day is planned anew
PAUSE_S = 300.0  # before a longer pause the equipment is switched off
LAST_FADE_S = 4.0  # unplanned music fades where the doors close
LAST_BLINK_S = 1.0
UNPLANNED = "the day could not be planned"


@dataclass(frozen=True, slots=True)
class Choices:
    """The store's choices at this desk. interrupt_fade_s: how fast an emergency fades the music.

    hold_s: how long a button with that guard is held.
    """

    interrupt_fade_s: float
    buttons: Mapping[str, Button]
    hold_s: float = 3.0


@dataclass(slots=True)
class Announcer:
    """The desk. order_plan and order_speech hand work to the office, whose answers are posted back as messages."""

    clock: Clock
    mixer: Mixer
    equipment: Equipment
    choices: Choices
    log: AsRunLog
    order_plan: Callable[[PlanOrder], None]
    order_speech: Callable[[PageAsked], None]
    spare: Spare | None = None
    panel: PanelWatch | None = None
    day: BusinessDay | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    journal: Journal = field(init=False)
    line: Line = field(init=False)
    counter: Counter = field(init=False)
    _plans: PlanOrders = field(init=False)
    _notices: Notices = field(init=False)
    _opens: datetime = field(init=False)  # of `day`, kept because every message asks for them
    _closes: datetime = field(init=False)
    _watch: ClockWatch = field(init=False)
    _over: bool = False

    def __post_init__(self) -> None:
        self._notices = Notices(self.clock.mono_s)
        self.journal = Journal(self.log, self.clock.now().date())
        self.line = Line(self.mixer, self.journal, self.choices.interrupt_fade_s, self.warn)
        self.counter = Counter(self.line, self.equipment, self.choices.buttons, self.choices.hold_s)
        self._plans = PlanOrders(self.order_plan)
        self._watch = ClockWatch(self.clock)
        if self.panel is not None:
            self.panel.ask = self._press
            self.panel.warn = self.warn

    @property
    def air(self) -> OnAir:
        """What sounds, what waits, what is planned."""
        return self.line.air

    @property
    def done(self) -> bool:
        """After StopAsked: everything is off, the role may end."""
        return self._over

    def begin(self) -> None:
        """The role starts: mend the log, ask for the day."""
        now = self.clock.now()
        interrupted = self.journal.mend(now)
        self.journal.take_up(now.date())
        self.journal.note(now, "broadcast", "starts", "the broadcast desk", interrupted=str(interrupted))
        self._ask_for_plan(now)

    def next_wake(self) -> datetime | None:
        """When to be called with Tick at the latest, None for whenever."""
        wakes = [wake for wake in (next_wake(self.air), self.equipment.next_wake()) if wake is not None]
        if self.day is not None and self.air.current is None:
            now = self.clock.now()
            wakes += [moment for moment in (self._opens, self._closes) if moment > now]
        if self.panel is not None and (due_s := self.panel.next_due_s()) is not None:
            wakes.append(self._watch.wall(due_s, self.clock.now()))
        return min(wakes, default=None)

    def handle(self, message: Message) -> None:
        """Take one message and act on it."""
        now = self.clock.now()
        match message:
            case Started(key, mono_s):
                self._began(key, self._watch.wall(mono_s, now), now)
            case Ended():
                self._ended(message, now)
            case Missed(key):
                if (missed := self.line.told(key)) is not None:
                    self.line.feed(Requested(missed), now)
            case Edge():
                if self.panel is not None:
                    self.panel.feed(message)
            case Tick():
                self._watch_the_clock(now)
                self._remind_the_office(now)
            case Pressed() | ScriptAsked() | PageSpoken():
                self._ask(message, now)
            case PageAsked():
                if (page := self.counter.page(message, now)) is not None:
                    self.order_speech(page)
            case PlanReady():
                self._take_plan(message, now)
            case PlanFailed(_, why):
                self._go_without_plan(why, now)
            case Fault(text):
                self.warn(text)
            case StopAsked(why):
                self._stop(why, now)
        self._keep_going(now)

    def _press(self, button: str) -> None:
        self._ask(Pressed(button), self.clock.now())

    def _ask(self, asked: Pressed | ScriptAsked | PageSpoken, now: datetime) -> None:
        self.counter.open = self._open(now)
        if self.counter.ask(asked, now):
            self._ask_for_plan(now)

    @property
    def warnings(self) -> list[str]:
        """What the people at the desk should know, the newest last."""
        return self._notices.shown

    def warn(self, text: str) -> None:
        """Tell the people at the desk, once."""
        self._notices.tell(text)

    # what is on the air

    def _began(self, key: str, at: datetime, now: datetime) -> None:
        item = self.line.told(key)
        if item is None:
            return
        self.journal.began(item, at, planned=is_planned(item))
        if self.air.current is not None and item.air_class is AirClass.MICROPHONE:
            return  # it lies over what is on
        if item.air_class is AirClass.MUSIC and item.kind is not Kind.TONE_BED:
            self._plans.plays()
        self.line.feed(Began(item, at), now)
        if not is_planned(item) or abs(at.timestamp() - item.start.timestamp()) > DRIFT_S:
            self._ask_for_plan(now)

    def _ended(self, report: Ended, now: datetime) -> None:
        item = self.line.over(report.key)
        if item is None:
            return
        line = self.journal.ended(item, report, self._watch.wall(report.mono_s, now), planned=is_planned(item))
        if report.fault:
            self.warn(f"{item.id}: {report.fault}")
            self._plans.broke(_broken(item, report))
        before = self.air
        self.line.feed(Over(item.key), now)
        evacuated = before.current is not None and before.current.air_class is AirClass.EVACUATION
        if report.fault or (evacuated and self.air.follower is None):
            self._ask_for_plan(now)
        log.info("%s %s %s", line.outcome.value, line.kind.value, line.id)

    # the programme

    def _ask_for_plan(self, now: datetime) -> None:
        """Have the rest of the day laid out from where what sounds and what waits will be over."""
        if self._plans.pending or self.air.stopping:
            return
        if self.air.current is not None and self.air.current.repeats:
            return  # nobody knows when an evacuation ends
        begin_s = self.air.expected_end(now).timestamp() + sum(item.duration_s for item in self.air.waiting)
        if not self.equipment.ready(now):
            begin_s = max(begin_s, now.timestamp() + self.equipment.lead_s)
        begin = datetime.fromtimestamp(begin_s, tz=now.tzinfo)
        if self.day is not None and now < self._closes <= begin:
            self.line.feed(Replanned(()), now)  # what is on outlasts the day; the next one is planned at night
            return
        if self.day is None or begin >= self._closes:
            self._plans.forgive()  # each file has another chance every day
        aired = frozenset(self.journal.aired | {item.key for item in self.air.waiting})
        without = frozenset(self._plans.bad_files)
        order = PlanOrder(begin, tuple(self.journal.heard), aired, without, self._basis())
        self._plans.give(order, self.clock.mono_s())

    def _take_plan(self, plan: PlanReady, now: datetime) -> None:
        self._plans.answered()
        self._notices.withdraw(UNPLANNED)
        if self.air.stopping:
            return
        if plan.order.basis != self._basis():
            self._ask_for_plan(now)
            return
        fresh = self.day is None or plan.day.date != self.day.date
        self.titles, self.counter.material = plan.titles, plan.material
        if fresh:
            self._turn_to(plan.day, now)
            self.journal.note(now, "planner", "plans", plan.day.date.isoformat(), items=str(len(plan.programme.items)))
            if not self.journal.aired <= plan.order.aired:
                self._ask_for_plan(now)  # restarted after midnight, in a business day that began the day before
            for warning in plan.programme.warnings:
                self.warn(warning)
        self._keep_hours(plan.day)
        for item in plan.missed:
            self.journal.skipped(item, now, "nothing could be aired when it was due")
        # the bed is laid piece by piece where it is needed: a planned one would outlast the trouble
        items = tuple(item for item in plan.programme.items if item.kind is not Kind.TONE_BED)
        self.line.feed(Replanned(items), now)

    def _turn_to(self, day: BusinessDay, now: datetime) -> None:
        """Another business day: its own log, and yesterday's troubles are over."""
        log.info("the business day is %s", day.date)
        self._keep_hours(day)
        self.journal.take_up(day.date)
        self._notices.forget()
        self.line.forget()

    def _keep_hours(self, day: BusinessDay) -> None:
        self.day, self._opens, self._closes = day, day.opens, day.closes

    def _go_without_plan(self, why: str, now: datetime) -> None:
        """What is planned already goes on; where nothing is, the usual day's songs keep silence away (B03)."""
        self._plans.failed(self.clock.mono_s())
        self.warn(f"{UNPLANNED}: {why}")
        if self.spare is None or (self.day is not None and now < self._closes) or self.air.stopping:
            return
        day = self.spare.day_at(now)
        if day is not None and (self.day is None or day.date != self.day.date):
            self._turn_to(day, now)
            self.warn(f"{UNPLANNED}: {why}")
            if not self.counter.material.songs():
                self.counter.material = self.spare.material

    def _remind_the_office(self, now: datetime) -> None:
        if self._plans.overdue(self.clock.mono_s()):
            self._go_without_plan("the back office does not answer", now)
        elif self._plans.due_again(self.clock.mono_s()):
            self._ask_for_plan(now)

    def _basis(self) -> tuple[str, ...]:
        """What a plan goes by: one for another state of things is out of date."""
        keys = [self.air.current.key if self.air.current else "", *(item.key for item in self.air.waiting)]
        return (*keys, str(self.day.date) if self.day else "", str(self._watch.steps))

    def _keep_going(self, now: datetime) -> None:
        """After every message: the equipment's steps, what waited for power, and never a silence while open (B03)."""
        if self.panel is not None:
            self.panel.pass_to(self.clock.mono_s())
        try:
            self.equipment.run(now)
        except DeviceFault as fault:
            self.warn(str(fault))
        ready = self.equipment.ready(now)
        if ready:
            self.counter.powered(now)
        if ready and self.air.current is None:
            self.line.feed(Woke(), now)
            if self._silent_while_open(now) and self.day is not None:
                self._fill_the_silence(self.day, now)
        self._switch_for_the_day(now)
        if self.panel is not None:
            self.panel.show(self.air)

    def _fill_the_silence(self, day: BusinessDay, now: datetime) -> None:
        """The song of the hour that rested longest; the bed where none plays, and after it one is tried again."""
        last = {one.song_id: datetime.fromtimestamp(one.end, tz=now.tzinfo) for one in self.journal.heard}
        playable = self.counter.material.without(frozenset(self._plans.bad_files))
        if not playable.songs():
            self._plans.try_one()
        item = filler(day, playable, now, last)
        if item.end > day.closes:
            left_s = day.closes.timestamp() - now.timestamp()
            item = replace(item, end=day.closes, fade_out_s=min(LAST_FADE_S, left_s))
        self.line.feed(Requested(item), now)

    def _open(self, now: datetime) -> bool:
        """The broadcast hours, less a last blink in which nothing begins any more."""
        return self.day is not None and self._opens <= now < self._closes - timedelta(seconds=LAST_BLINK_S)

    def _silent_while_open(self, now: datetime) -> bool:
        if self.air.stopping or self.air.current is not None or self.air.follower is not None:
            return False
        soon = bool(self.air.programme) and self.air.programme[0].start.timestamp() <= now.timestamp() + DRIFT_S
        return not soon and self._open(now)

    def _switch_for_the_day(self, now: datetime) -> None:
        """On in time for the opening; off in order when the last sound of the day (or of the role) is over (B02)."""
        silent = self.air.current is None and self.air.follower is None and not self.counter.waiting_for_power
        if self.air.stopping:
            if silent:
                self.equipment.power_down(now)
            if silent and not self._over and self.equipment.is_off:
                self._over = True
                self.journal.note(now, "broadcast", "ends", "the broadcast desk")
        elif self.day is None:
            return
        elif now >= self._closes:
            if silent and not self.air.programme:
                self.equipment.power_down(now)
                if self.equipment.is_off and not self._plans.put_off:
                    self._ask_for_plan(now)
        else:
            if silent and now.timestamp() < self._opens.timestamp() - PAUSE_S:
                self.equipment.power_down(now)  # an emergency at night is over, or the clock was set back
            self.equipment.power_up_for(self._opens, self._closes, now)

    def _stop(self, why: str, now: datetime) -> None:
        if not self.air.stopping:
            self.journal.note(now, "broadcast", "is told to stop", "the broadcast desk", why=why)
            self.line.feed(Stop(), now)

    # time

    def _watch_the_clock(self, now: datetime) -> None:
        """A wall clock that was set changes what should be on; monotonic time tells that it was (DESIGN, Time)."""
        step_s = self._watch.stepped_s(now)
        if step_s == 0.0:
            return
        self.equipment.shift(step_s)
        self.journal.shift(step_s)
        self.line.shift(step_s)
        self.journal.note(now, "clock", "was set", "the wall clock", by_s=f"{step_s:.1f}")
        self.warn(f"{now:%H:%M:%S} the clock was set by {step_s:+.0f} s; the day is planned anew")
        self.line.feed(Replanned(()), now)
        self._ask_for_plan(now)


def _broken(item: Item, report: Ended) -> set[str]:
    """The files of an item that do not play: those whose part the mixer names, else what it was at."""
    parts = list(zip(item.part_names, item.parts, strict=True))
    named = {part.path for name, part in parts if f"{name}: " in report.fault}
    if named or report.whole:
        return named
    return {part.path for name, part in parts if report.phase in ("", name)}
