"""The broadcast desk: it keeps the day's programme on the air, airs what is asked for, and switches the equipment.

One thread calls it: messages in, orders to the mixer out. It never waits; `next_wake` says when it wants to be called
even if nothing happens.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.equipment import Equipment
from kiosk.desks.journal import Journal, is_planned
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
from kiosk.errors import DeviceFault
from kiosk.ports import AsRunLog, Clock, Ended, Missed, Mixer, Started
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.filler import filler
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import AirClass, Announcement
from kiosk.rules.broadcast.on_air import (
    Began,
    Event,
    Fade,
    Follow,
    LayOver,
    NextSong,
    OnAir,
    Order,
    Over,
    Play,
    Refuse,
    Replanned,
    Requested,
    Reset,
    Stop,
    Woke,
    next_wake,
    step,
)
from kiosk.rules.broadcast.panel import AIRS, Button, ButtonAction
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.units import ScriptId

log = logging.getLogger(__name__)

DRIFT_S = 0.25  # so far from the plan, the rest of the day is planned anew
CLOCK_STEP_S = 2.0
RETRY_S = 60.0  # before a plan that failed is ordered again
PAUSE_S = 300.0  # before a longer pause the equipment is switched off
WARNINGS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Choices:
    """The store's choices at this desk. interrupt_fade_s: how fast an emergency fades the music."""

    interrupt_fade_s: float
    buttons: Mapping[str, Button]


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
    air: OnAir = field(default_factory=OnAir)
    day: BusinessDay | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    journal: Journal = field(init=False)
    _material: Material = field(default_factory=lambda: Material({}, {}))
    _told: dict[str, Item] = field(default_factory=dict)
    _bad_files: set[str] = field(default_factory=set)
    _plan_pending: bool = False
    _plan_again_s: float = float("inf")
    _when_powered: list[Item] = field(default_factory=list)
    _wall_minus_mono_s: float = field(init=False)
    _over: bool = False

    def __post_init__(self) -> None:
        now = self.clock.now()
        self.journal = Journal(self.log, now.date())
        self._wall_minus_mono_s = now.timestamp() - self.clock.mono_s()

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
        return min(wakes, default=None)

    def handle(self, message: Message) -> None:
        """Take one message and act on it."""
        now = self.clock.now()
        match message:
            case Started(key, mono_s):
                self._began(key, self._wall(mono_s, now), now)
            case Ended():
                self._ended(message, now)
            case Missed(key):
                self._feed(Requested(self._told[key]), now)
            case Tick():
                self._watch_the_clock(now)
                if self.clock.mono_s() > self._plan_again_s:
                    self._ask_for_plan(now)
            case Pressed(button, operator):
                self._pressed(button, operator, now)
            case ScriptAsked(script, operator):
                self._ask_script(script, None, operator, now)
            case PageAsked(request, operator):
                self.journal.note(now, operator, "asks for a page", request.name, whom=request.whom.value)
                self.order_speech(message)
            case PageSpoken():
                self._page_spoken(message, now)
            case PlanReady():
                self._take_plan(message, now)
            case PlanFailed(_, why):
                self._plan_pending = False
                self._plan_again_s = self.clock.mono_s() + RETRY_S
                self.warn(f"the day could not be planned: {why}")
            case Fault(text):
                self.warn(text)
            case StopAsked(why):
                self._stop(why, now)
        self._keep_going(now)

    def phase(self, now: datetime) -> str:
        """What the day is doing, in words for the board."""
        if self.air.stopping:
            return "closing down"
        if self.day is None:
            return "planning the day"
        if now < self.day.opens:
            return f"opens at {self.day.opens:%H:%M:%S}"
        if now >= self.day.closes:
            return "closed"
        day_type = self.day.day_type
        if now < self.day.end_moment(day_type.welcome):
            return "welcome"
        return "closing" if now >= self.day.moment(day_type.closing.start) else "programme"

    def warn(self, text: str) -> None:
        """Tell the people at the desk, once."""
        if text not in self.warnings:
            log.warning(text)
            self.warnings.append(text)
            del self.warnings[:-WARNINGS_SHOWN]

    # what is on the air

    def _began(self, key: str, at: datetime, now: datetime) -> None:
        item = self._told.get(key)
        if item is None:
            return
        self.journal.began(item, at, planned=is_planned(item))
        if self.air.current is not None and item.air_class is AirClass.MICROPHONE:
            return  # it lies over what is on
        self._feed(Began(item, at), now)
        if not is_planned(item) or abs(at.timestamp() - item.start.timestamp()) > DRIFT_S:
            self._ask_for_plan(now)

    def _ended(self, report: Ended, now: datetime) -> None:
        item = self._told.pop(report.key, None)
        if item is None:
            return
        line = self.journal.ended(item, report, self._wall(report.mono_s, now), planned=is_planned(item))
        if report.fault:
            self.warn(f"{item.id}: {report.fault}")
            if not report.whole:
                self._bad_files.update(part.path for part in item.parts)
        before = self.air
        self._feed(Over(item.key), now)
        if report.fault or (before.current is not None and before.current.air_class is AirClass.EVACUATION):
            self._ask_for_plan(now)
        log.info("%s %s %s", line.outcome.value, line.kind.value, line.id)

    def _feed(self, event: Event, now: datetime) -> None:
        """Let the rules decide and carry their orders out."""
        before = self.air
        self.air, orders = step(self.air, event, now, break_in_fade_s=self.choices.interrupt_fade_s)
        for order in orders:
            self._carry_out(order, before, event, now)

    def _carry_out(self, order: Order, before: OnAir, event: Event, now: datetime) -> None:
        match order:
            case Play(item, over_s):
                self._told[item.key] = item
                if before.current is not None:
                    why = "next song" if isinstance(event, NextSong) else f"{item.id} broke in"
                    self.journal.will_be_cut(before.current, why)
                self.mixer.play(item, over_s=over_s)
            case Follow(item):
                if item is not None:
                    self._told[item.key] = item
                self.mixer.follow(item)
            case LayOver(item):
                self._told[item.key] = item
                self.mixer.lay_over(item)
            case Fade(over_s):
                if before.current is not None:
                    self.journal.will_be_cut(before.current, "reset" if isinstance(event, Reset) else "closing")
                self.mixer.fade(over_s)
            case Refuse(item, why):
                self.journal.note(now, item.operator or "programme", "is refused", item.id, why=why)
                self.warn(f"{item.id} is not aired: {why}")

    # what people ask for

    def _pressed(self, name: str, operator: str, now: datetime) -> None:
        button = self.choices.buttons.get(name)
        if button is None:
            self.warn(f"button {name}: there is none of that name; there are: {', '.join(self.choices.buttons)}")
            return
        self.journal.note(now, operator, "presses", name, means=button.action.value)
        if button.action is ButtonAction.RESET:
            self._feed(Reset(), now)
        elif button.action is ButtonAction.NEXT_SONG:
            self._feed(NextSong(), now)
        elif button.script is not None:
            self._ask_script(button.script, AIRS[button.action], operator, now)

    def _ask_script(self, script: ScriptId, wanted: AirClass | None, operator: str, now: datetime) -> None:
        announcement = self._material.announcements.get(script)
        if announcement is None:
            self.journal.note(now, operator, "is refused", script, why="no such page, or it cannot be played")
            self.warn(f"script {script}: it is not in the binder or cannot be played; see kiosk check")
            return
        if wanted is not None and announcement.air_class is not wanted:
            self.warn(f"script {script}: it is {announcement.air_class.value}, the button airs {wanted.value} only")
            return
        self._request(_item_of(announcement, Kind.ANNOUNCEMENT, operator, now), now)

    def _page_spoken(self, spoken: PageSpoken, now: datetime) -> None:
        if spoken.announcement is None:
            self.journal.note(now, spoken.asked.operator, "is refused", spoken.asked.request.name, why=spoken.fault)
            self.warn(f"page for {spoken.asked.request.name}: {spoken.fault}")
            return
        self._request(_item_of(spoken.announcement, Kind.PAGE, spoken.asked.operator, now), now)

    def _request(self, item: Item, now: datetime) -> None:
        if self.equipment.ready(now):
            self._feed(Requested(item), now)
            self._ask_for_plan(now)
        elif item.air_class in (AirClass.URGENT, AirClass.EVACUATION):
            self._when_powered.append(item)
            self.equipment.power_up(now)
        else:
            self._carry_out(Refuse(item, "the equipment is off; the store is closed"), self.air, Requested(item), now)

    # the programme

    def _ask_for_plan(self, now: datetime) -> None:
        """Have the rest of the day laid out from where what sounds and what waits will be over."""
        if self._plan_pending or self.air.stopping:
            return
        if self.air.current is not None and self.air.current.repeats:
            return  # nobody knows when an evacuation ends
        begin_s = self.air.expected_end(now).timestamp() + sum(item.duration_s for item in self.air.waiting)
        if not self.equipment.ready(now):
            begin_s = max(begin_s, now.timestamp() + self.equipment.lead_s)
        begin = datetime.fromtimestamp(begin_s, tz=now.tzinfo)
        aired = frozenset(self.journal.aired | {item.key for item in self.air.waiting})
        order = PlanOrder(begin, tuple(self.journal.heard), aired, frozenset(self._bad_files), self._basis())
        self._plan_pending, self._plan_again_s = True, float("inf")
        self.order_plan(order)

    def _take_plan(self, plan: PlanReady, now: datetime) -> None:
        self._plan_pending = False
        if self.air.stopping:
            return
        if plan.order.basis != self._basis():
            self._ask_for_plan(now)
            return
        fresh = self.day is None or plan.day.date != self.day.date
        self.day, self.titles, self._material = plan.day, plan.titles, plan.material
        if fresh:
            self.journal.take_up(plan.day.date)
            self.journal.note(now, "planner", "plans", plan.day.date.isoformat(), items=str(len(plan.programme.items)))
            if not self.journal.aired <= plan.order.aired:
                self._ask_for_plan(now)  # restarted after midnight, in a business day that began the day before
            for warning in plan.programme.warnings:
                self.warn(warning)
        self._feed(Replanned(plan.programme.items), now)
        self.equipment.power_up_for(plan.day.opens, plan.day.closes, now)

    def _basis(self) -> tuple[str, ...]:
        keys = [self.air.current.key if self.air.current else "", *(item.key for item in self.air.waiting)]
        return (*keys, str(self.day.date) if self.day else "")

    def _keep_going(self, now: datetime) -> None:
        """After every message: the equipment's steps, what waited for power, and never a silence while open (B03)."""
        try:
            self.equipment.run(now)
        except DeviceFault as fault:
            self.warn(str(fault))
        if self._when_powered and self.equipment.ready(now):
            waiting, self._when_powered = self._when_powered, []
            for item in waiting:
                self._feed(Requested(item), now)
        if self.equipment.ready(now):
            self._feed(Woke(), now)
        if self._silent_while_open(now) and self.day is not None:
            if all(song.clip.path in self._bad_files for song in self._material.songs()):
                self._bad_files.clear()  # the tone bed plays meanwhile; then the library gets another chance
            last = {one.song_id: datetime.fromtimestamp(one.end, tz=now.tzinfo) for one in self.journal.heard}
            playable = self._material.without(frozenset(self._bad_files))
            self._feed(Requested(filler(self.day, playable, now, last)), now)
        self._close_down(now)

    def _silent_while_open(self, now: datetime) -> bool:
        if self.day is None or self.air.stopping or not self.equipment.ready(now):
            return False
        silent = self.air.current is None and self.air.follower is None
        soon = bool(self.air.programme) and self.air.programme[0].start.timestamp() <= now.timestamp() + DRIFT_S
        return silent and not soon and self.day.opens <= now < self.day.closes

    def _close_down(self, now: datetime) -> None:
        """When the last sound of the day (or of the role) is over: the equipment off in order, then the next day."""
        if self.air.current is not None or self.air.follower is not None or self._when_powered:
            return
        if self.air.stopping:
            self.equipment.power_down(now)
            if not self._over and self.equipment.is_off:
                self._over = True
                self.journal.note(now, "broadcast", "ends", "the broadcast desk")
        elif self.day is not None and now >= self.day.closes and not self.air.programme:
            self.equipment.power_down(now)
            if self.equipment.is_off:
                self._ask_for_plan(now)
        elif self.day is not None and now.timestamp() < self.day.opens.timestamp() - PAUSE_S:
            self.equipment.power_down(now)  # an emergency at night is over, or the clock was set back
            self.equipment.power_up_for(self.day.opens, self.day.closes, now)

    def _stop(self, why: str, now: datetime) -> None:
        if not self.air.stopping:
            self.journal.note(now, "broadcast", "is told to stop", "the broadcast desk", why=why)
            self._feed(Stop(), now)

    # time

    def _watch_the_clock(self, now: datetime) -> None:
        """A wall clock that was set changes what should be on; monotonic time tells that it was (DESIGN, Time)."""
        difference_s = now.timestamp() - self.clock.mono_s()
        step_s = difference_s - self._wall_minus_mono_s
        if abs(step_s) > CLOCK_STEP_S:
            self._wall_minus_mono_s = difference_s
            self.equipment.shift(step_s)
            if self.air.began is not None:
                began = datetime.fromtimestamp(self.air.began.timestamp() + step_s, tz=now.tzinfo)
                self.air = replace(self.air, began=began)
            self.journal.note(now, "clock", "was set", "the wall clock", by_s=f"{step_s:.1f}")
            self.warn(f"{now:%H:%M:%S} the clock was set by {step_s:+.0f} s; the day is planned anew")
            self._feed(Replanned(()), now)
            self._ask_for_plan(now)

    def _wall(self, mono_s: float, now: datetime) -> datetime:
        return datetime.fromtimestamp(now.timestamp() - (self.clock.mono_s() - mono_s), tz=now.tzinfo)


def _item_of(announcement: Announcement, kind: Kind, operator: str, now: datetime) -> Item:
    return Item(
        key=f"{announcement.id}@{now.isoformat(timespec='milliseconds')}/{operator}",
        kind=kind,
        id=announcement.id,
        air_class=announcement.air_class,
        parts=announcement.parts,
        part_names=announcement.part_names,
        start=now,
        end=datetime.fromtimestamp(now.timestamp() + announcement.duration_s, tz=now.tzinfo),
        zones=announcement.zones,
        repeats=announcement.air_class is AirClass.EVACUATION,
        operator=operator,
    )


def upcoming(air: OnAir, most: int) -> Sequence[Item]:
    """What comes next on the air, for the board."""
    return (*air.waiting, *air.programme)[:most]
