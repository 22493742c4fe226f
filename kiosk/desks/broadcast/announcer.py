"""The broadcast desk: it keeps the day's programme on the air, airs what is asked for, and switches the equipment.

One thread calls it: messages in, orders to the mixer out. It never waits; `next_wake` says when it wants to be called
even if nothing happens.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Attendant, Desk
from kiosk.desks.broadcast.clock_watch import ClockWatch
from kiosk.desks.broadcast.counter import Counter
from kiosk.desks.broadcast.day_plan import DRIFT_S, DayPlan
from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.journal import Journal, is_planned
from kiosk.desks.broadcast.line import Line
from kiosk.desks.broadcast.messages import (
    AirAsked,
    BinderHeld,
    Fault,
    Happened,
    Message,
    PlanFailed,
    PlanOrder,
    PlanReady,
    Pressed,
    ScriptAsked,
    Stocked,
    StopAsked,
    Tick,
)
from kiosk.desks.broadcast.notices import Notices
from kiosk.desks.broadcast.plan_orders import Spare
from kiosk.errors import DeviceFault
from kiosk.ports.broadcast import AsRunLog, Ended, Missed, Mixer, Started
from kiosk.ports.clock import Clock
from kiosk.ports.staff_view import Warned
from kiosk.rules.broadcast.beside import is_beside
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import Began, OnAir, Over, Replanned, Requested, Stop, Woke, next_wake
from kiosk.rules.broadcast.panel import Button, ButtonAction
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.sentences import tell

log = logging.getLogger(__name__)

PAUSE_S = 300.0  # before a longer pause the equipment is switched off


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
    """The desk. order_plan hands work to the office, whose answers are posted back as messages."""

    clock: Clock
    mixer: Mixer
    equipment: Equipment
    choices: Choices
    log: AsRunLog
    order_plan: Callable[[PlanOrder], None]
    spare: Spare | None = None
    attendants: Sequence[Attendant] = ()
    journal: Journal = field(init=False)
    line: Line = field(init=False)
    counter: Counter = field(init=False)
    plan: DayPlan = field(init=False)
    _notices: Notices = field(init=False)
    _watch: ClockWatch = field(init=False)
    _over: bool = False

    def __post_init__(self) -> None:
        self._notices = Notices(self.clock.mono_s, self.clock.now)
        self.journal = Journal(self.log, self.clock.now().date())
        self.line = Line(self.mixer, self.journal, self.choices.interrupt_fade_s, self._notices.happened)
        self.counter = Counter(self.line, self.equipment, self.choices.buttons, self.choices.hold_s)
        if self.spare is not None:
            self.counter.material = self.spare.material.of_emergencies()
        self._watch = ClockWatch(self.clock)
        self.plan = DayPlan(
            self.clock, self.line, self.journal, self.equipment, self.counter, self._notices, self._watch,
            self.order_plan, self.spare,
        )  # fmt: skip
        self.counter.others[ButtonAction.STOP] = self._stop_for_the_night
        desk = Desk(
            self.clock, self.line, self.journal, self.equipment, self.counter,
            self._watch.wall, self._deal_with, self.warn, self.plan.is_open, lambda: self.plan.day,
            self._notices.withdraw, self._notices.happened, self._notices.seen,
            self._notices.warned, self._notices.recall,
        )  # fmt: skip
        for attendant in self.attendants:
            attendant.join(desk)

    @property
    def air(self) -> OnAir:
        """What sounds, what waits, what is planned."""
        return self.line.air

    @property
    def day(self) -> BusinessDay | None:
        """The business day, None while it is not known yet."""
        return self.plan.day

    @property
    def done(self) -> bool:
        """After StopAsked: everything is off, the role may end."""
        return self._over

    @property
    def warnings(self) -> list[str]:
        """What the people at the desk should know, the newest last."""
        return self._notices.shown

    @property
    def warned(self) -> tuple[Warned, ...]:
        """The same, with since when; any thread may ask."""
        return self._notices.warned()

    def warn(self, text: str) -> None:
        """Tell the people at the desk, once."""
        self._notices.tell(text)

    def begin(self) -> None:
        """The role starts: mend the log, ask for the day."""
        now = self.clock.now()
        interrupted = self.journal.mend(now)
        self.journal.take_up(now.date())
        self.journal.note(now, "broadcast", "starts", "the broadcast desk", interrupted=str(interrupted))
        self.plan.ask(now)
        day = None if self.spare is None else self.spare.day_at(now)
        if day is not None and day.opens <= now:
            self.equipment.power_up_for(day.opens, day.closes, now)
        if self.equipment.rising:
            self._keep_going(now)  # it warms up, and the output is opened, while the office still plans

    def next_wake(self) -> datetime | None:
        """When to be called with Tick at the latest, None for whenever."""
        now = self.clock.now()
        wakes = [next_wake(self.air), self.equipment.next_wake()]
        wakes += [attendant.next_wake(now) for attendant in self.attendants]
        if self.plan.day is not None and self.air.current is None:
            wakes += [moment for moment in (self.plan.opens, self.plan.closes) if moment > now]
        return min((wake for wake in wakes if wake is not None), default=None)

    def handle(self, message: Message) -> None:
        """Take one message, act on it, and do what it has become time for."""
        self.plan.turn(self.clock.now())
        self._deal_with(message)
        self._keep_going(self.clock.now())

    def _deal_with(self, message: Message) -> None:
        self._act(message)
        now = self.clock.now()
        for attendant in self.attendants:
            attendant.take(message, now)

    def _act(self, message: Message) -> None:
        now = self.clock.now()
        match message:
            case Started(key, mono_s):
                self._began(key, self._watch.wall(mono_s, now), now)
            case Ended():
                self._ended(message, now)
            case Missed(key):
                if (missed := self.line.told(key)) is not None:
                    self.line.feed(Requested(missed), now)
            case Tick():
                self._watch_the_clock(now)
                self.plan.remind(now)
            case Pressed() | ScriptAsked() | AirAsked():
                self.counter.open = self.plan.is_open(now)
                if self.counter.ask(message, now):
                    self.plan.ask(now)
            case PlanReady() | PlanFailed() | Stocked():
                self.plan.hear(message, now)
            case Fault(text):
                self.warn(text)
            case Happened(text):
                self._notices.happened(text)
            case BinderHeld(held):
                self.plan.hold(held, now)
            case StopAsked(why):
                self._stop(why, now)
            case _:
                pass  # for an attendant

    # what is on the air

    def _began(self, key: str, at: datetime, now: datetime) -> None:
        item = self.line.told(key)
        if item is None:
            return
        self.journal.began(item, at, planned=is_planned(item))
        if self.air.over is not None and self.air.over.key == key:
            return  # it lies over what is on
        if item.air_class is AirClass.MUSIC and item.kind is not Kind.TONE_BED:
            self.plan.orders.plays()
        self.line.feed(Began(item, at), now)
        if is_beside(item):
            return  # it takes no time from the line
        if not is_planned(item) or abs(at.timestamp() - item.start.timestamp()) > DRIFT_S:
            self.plan.ask(now)

    def _ended(self, report: Ended, now: datetime) -> None:
        item = self.line.over(report.key)
        if item is None:
            return
        line = self.journal.ended(item, report, self._watch.wall(report.mono_s, now), planned=is_planned(item))
        if report.fault:
            self._notices.happened(tell("{item}: {fault}", item=item.id, fault=report.fault))
            self.plan.orders.broke(_broken(item, report))
        before = self.air
        self.line.feed(Over(item.key), now)
        evacuated = before.current is not None and before.current.air_class is AirClass.EVACUATION
        if report.fault or (evacuated and self.air.follower is None):
            self.plan.ask(now)
        log.info("%s %s %s", line.outcome.value, line.kind.value, line.id)

    # the equipment

    def _keep_going(self, now: datetime) -> None:
        """After every message: the equipment's steps, what waited for power, and never a silence while open (B03)."""
        for attendant in self.attendants:
            attendant.pass_to(now)
        try:
            self.equipment.run(now)
        except DeviceFault as fault:
            self.warn(str(fault))
        ready = self.equipment.ready(now)
        if ready:
            self.counter.powered(now)
        if ready and self.air.sounding is None:
            self.line.feed(Woke(), now)
            self.plan.fill_silence(now)
        self._switch_for_the_day(now)

    def _switch_for_the_day(self, now: datetime) -> None:
        """On in time for the opening; off in order when the last sound of the day (or of the role) is over (B02)."""
        sounding = (self.air.current, self.air.follower, self.air.over, self.air.beside)
        silent = not any(sounding) and not self.counter.waiting_for_power
        if self.air.stopping:
            if silent:
                self.equipment.power_down(now)
            if silent and not self._over and self.equipment.is_off:
                self._over = True
                self.journal.note(now, "broadcast", "ends", "the broadcast desk")
        elif self.plan.day is None:
            return
        elif now >= self.plan.closes and not self.plan.goes_on:
            if silent and not self.air.programme:
                self.equipment.power_down(now)
                if self.equipment.is_off and not self.plan.orders.put_off:
                    self.plan.ask(now)
        else:
            if silent and now.timestamp() < self.plan.opens.timestamp() - PAUSE_S:
                self.equipment.power_down(now)  # an emergency at night is over, or the clock was set back
            self.equipment.power_up_for(self.plan.opens, self.plan.closes, now)

    def _stop(self, why: str, now: datetime) -> None:
        if not self.air.stopping:
            self.journal.note(now, "broadcast", "is told to stop", "the broadcast desk", why=why)
            self.line.feed(Stop(), now)

    def _stop_for_the_night(self, button: Button, operator: str, now: datetime) -> None:
        current = self.air.current
        if not self.plan.is_open(now):
            self.line.refuse(operator, f"button {button.id}", "the store is closed", now)
        elif current is not None and current.air_class is AirClass.EVACUATION:
            self.line.refuse(operator, f"button {button.id}", "the evacuation is on the air until the reset", now)
        else:
            self.plan.end_early(now)

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
        self._notices.happened(
            tell(
                "{now} the clock was set by {step_s} s; the day is planned anew",
                now=f"{now:%H:%M:%S}",
                step_s=f"{step_s:+.0f}",
            )
        )
        self.line.feed(Replanned(()), now)
        self.plan.ask(now)


def _broken(item: Item, report: Ended) -> set[str]:
    """The files of an item that do not play: those whose part the mixer names, else what it was at."""
    parts = list(zip(item.part_names, item.parts, strict=True))
    named = {part.path for name, part in parts if f"{name}: " in report.fault}
    if named or report.whole:
        return named
    return {part.path for name, part in parts if report.phase in ("", name)}
