"""A store in virtual time: its clock, its people, its disk and its wires do what they do to us, as verbs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from kiosk.app.office import Office
from kiosk.app.simulate import SilentSounding
from kiosk.app.virtual import VirtualBroadcast
from kiosk.desks.broadcast.announcer import Announcer, Choices
from kiosk.desks.broadcast.attendant import Attendant
from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.messages import (
    Message,
    Output,
    PageAsked,
    PageSpoken,
    PlanFailed,
    PlanOrder,
    Pressed,
    ScriptAsked,
    StopAsked,
    Tick,
)
from kiosk.desks.broadcast.output_watch import OutputWatch
from kiosk.desks.broadcast.page_desk import PageDesk
from kiosk.desks.broadcast.plan_orders import Spare
from kiosk.desks.broadcast.requests import whom
from kiosk.desks.broadcast.volume_watch import VolumeWatch
from kiosk.errors import DeviceFault
from kiosk.hw.clock import VirtualClock
from kiosk.ledger.memory import MemoryAsRun, Note
from kiosk.ledger.memory_pages import MemoryPages
from kiosk.ledger.spool import SpooledAsRun
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import AirClass, Announcement
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom, wording
from kiosk.rules.broadcast.power import Delays, Unit
from kiosk.units import ScriptId

MONDAY = date(2026, 11, 23)
STEP_S = 0.6  # after the clock was set, the next tick notices


class Relays:
    """The mains relays, with the moments at which they moved; some may stick."""

    def __init__(self, clock: VirtualClock) -> None:
        self.on: set[Unit] = set()
        self.history: list[tuple[float, Unit, bool]] = []
        self.stuck: dict[Unit, int] = {}
        self.welded_open: set[Unit] = set()
        self.unreadable = False
        self.left_on: frozenset[Unit] = frozenset()
        self._clock = clock

    def switch(self, unit: Unit, *, on: bool) -> None:
        if self.stuck.get(unit, 0) > 0:
            self.stuck[unit] -= 1
            raise DeviceFault(f"the relay of the {unit.value} does not answer; check its cable")
        (self.on.add if on else self.on.discard)(unit)
        self.history.append((self._clock.mono_s(), unit, on))

    def reads(self, unit: Unit) -> bool | None:
        if self.unreadable:
            raise DeviceFault(f"the relay of the {unit.value} cannot be read back; check the chip")
        return unit in self.on and unit not in self.welded_open


@dataclass(slots=True)
class Desk:
    """The office's side: it answers at once, after a while, with an error, or not at all."""

    office: Office
    takes_s: float = 0.0
    fails: str = ""
    silent: bool = False
    orders: list[PlanOrder] = field(default_factory=list)
    answers: deque[tuple[float, Message]] = field(default_factory=deque)

    def plan(self, order: PlanOrder, now_s: float, post: Callable[[Message], None]) -> None:
        self.orders.append(order)
        if self.silent:
            return
        answer: Message
        try:
            answer = PlanFailed(order, self.fails) if self.fails else self.office.plan(order)
        except ValueError as error:
            answer = PlanFailed(order, str(error))
        if self.takes_s:
            self.answers.append((now_s + self.takes_s, answer))
        else:
            post(answer)


class Passing(SilentSounding):
    """Silent sound, with the office's late answers and, where asked for, the tick of every second."""

    def __init__(self, clock: VirtualClock, post: Callable[[Message], None], desk: Desk) -> None:
        super().__init__(clock, post)
        self.tick_s = float("inf")
        self._clock = clock
        self._post = post
        self._desk = desk

    def pass_time(self, until_s: float, inbox: Sequence[Message]) -> float:
        answers = self._desk.answers
        until_s = min([until_s, self._clock.mono_s() + self.tick_s, *(at for at, _ in answers)])
        reached_s = super().pass_time(until_s, inbox)
        while answers and answers[0][0] <= reached_s:
            self._post(answers.popleft()[1])
        if self.tick_s < float("inf"):
            self._post(Tick())
        return reached_s


class Shop:
    """A day at the broadcast desk. Times are store time of `day`; lines are the as-run log's."""

    def __init__(self, office: Office, *, day: date = MONDAY, log: MemoryAsRun | None = None) -> None:
        self.office = office
        self.day = day
        self.log = log or MemoryAsRun(office.site.zone_info)
        self.desk = Desk(office)
        self.spare = False
        self.attendants: Sequence[Attendant] = ()
        self.relays_at: Callable[[VirtualClock], Relays] = Relays
        self.book = MemoryPages()
        self.choices = office.site.paging
        self.pages: PageDesk | None = None
        self.speechless = ""
        self.attended_by: Callable[[Shop, Callable[[Message], None]], Sequence[Attendant]] = lambda *_: ()
        self.spooled: SpooledAsRun | None = None
        self._role: VirtualBroadcast | None = None
        self._sounding: Passing | None = None
        self._relays: Relays | None = None

    # the day

    def opens_at(self, text: str, *, spool: bool = False) -> Shop:
        """The role starts at that time."""
        site = self.office.site
        clock = VirtualClock(self.at(text))
        inbox: deque[Message] = deque()
        self._sounding = Passing(clock, inbox.append, self.desk)
        self._relays = self.relays_at(clock)
        self.starting = clock
        self.spooled = SpooledAsRun(self.log, site.zone_info) if spool else None
        self.pages = PageDesk(
            self.book,
            lambda asked: inbox.append(self._spoken(asked)),
            self.usual_day,
            tuple(zone.id for zone in site.zones),
            self.choices,
        )
        announcer = Announcer(
            clock=clock,
            mixer=self._sounding.mixer,
            equipment=Equipment(self._relays, Delays(), lambda: None, lambda: None, clock.now, self._relays.left_on),
            choices=Choices(site.programme.interrupt_fade_s, {button.id: button for button in site.buttons}),
            log=self.spooled or self.log,
            order_plan=lambda order: self.desk.plan(order, clock.mono_s(), inbox.append),
            spare=Spare(self.usual_day, self.office.material) if self.spare else None,
            attendants=(
                *self.attendants,
                OutputWatch(),
                self.pages,
                *self.attended_by(self, inbox.append),
                VolumeWatch(site.volume_plan),
            ),
        )
        announcer.begin()
        self._role = VirtualBroadcast(announcer, clock, self._sounding, inbox)
        return self

    def until(self, text: str, *, day: date | None = None) -> Shop:
        """Time passes until a store time."""
        self.role.run(self.at(text, day=day))
        return self

    def passes(self, seconds: float) -> Shop:
        self.role.run(self.now + timedelta(seconds=seconds))
        return self

    def into_a_song(self, seconds: float = 5.0) -> AsRun:
        """Time passes until a song has been on for so long; returns its line."""
        return self._into(AirClass.MUSIC, seconds)

    def into_an_announcement(self, seconds: float = 1.0) -> AsRun:
        return self._into(AirClass.ROUTINE, seconds)

    def ticks(self) -> Shop:
        """From now on the desk is woken every second, as by APScheduler."""
        assert self._sounding is not None
        self._sounding.tick_s = 1.0
        return self

    # people

    def press(self, button: str) -> Shop:
        return self.gets(Pressed(button, "anna"))

    def page(self, name: str = "王小明") -> Shop:
        return self.gets(PageAsked(PageRequest(Whom.GUEST, Title.MR, name), "anna"))

    def asks_for(self, script: str) -> Shop:
        return self.gets(ScriptAsked(ScriptId(script), "anna"))

    def urgent(self) -> Shop:
        return self.asks_for("lost-child")

    def evacuate(self) -> Shop:
        return self.press("evacuate")

    def reset(self) -> Shop:
        return self.press("reset")

    def stop(self) -> Shop:
        return self.gets(StopAsked("SIGINT"))

    def gets(self, *messages: Message) -> Shop:
        """Messages arrive in this very instant."""
        self.role.inbox.extend(messages)
        self.role.run(self.now)
        return self

    # the world

    def output_goes(self) -> Shop:
        """The sound output is lost; the programme goes on where nobody hears it."""
        return self.gets(Output(heard=False))

    def output_is_back(self) -> Shop:
        return self.gets(Output(heard=True))

    def clock_steps(self, seconds: float) -> Shop:
        """The wall clock is set; the next tick notices."""
        self.clock.step(seconds)
        self.role.run(self.now + timedelta(seconds=STEP_S))
        return self.gets(Tick())

    def file_breaks(self, *paths: str) -> Shop:
        self.sounding.mixer.unplayable.update(paths)
        return self

    def files_are_back(self) -> Shop:
        self.sounding.mixer.unplayable.clear()
        return self

    def disk_fills(self) -> Shop:
        self.log.fill_up()
        return self

    def disk_is_freed(self) -> Shop:
        self.log.make_room()
        return self

    def relay_sticks(self, unit: Unit, times: int) -> Shop:
        self.relays.stuck[unit] = times
        return self

    def power_goes(self) -> Shop:
        """Everything stops in this instant; `opens_at` starts the role again with what the log holds."""
        self._role = None
        return self

    # what came of it

    @property
    def role(self) -> VirtualBroadcast:
        assert self._role is not None, "the role is not running"
        return self._role

    @property
    def announcer(self) -> Announcer:
        return self.role.announcer

    @property
    def sounding(self) -> Passing:
        assert self._sounding is not None
        return self._sounding

    @property
    def relays(self) -> Relays:
        assert self._relays is not None
        return self._relays

    @property
    def clock(self) -> VirtualClock:
        return self.role.clock

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def lines(self) -> tuple[AsRun, ...]:
        return self.lines_of(self.day)

    def lines_of(self, day: date) -> tuple[AsRun, ...]:
        return tuple(self.log.of_day(day))

    def songs(self) -> list[AsRun]:
        return [line for line in self.lines if line.air_class is AirClass.MUSIC]

    def calls(self, name: str = "") -> list[AsRun]:
        """Announcements that were heard or should have been, those of one script where it is named."""
        lines = [line for line in self.lines if line.air_class is not AirClass.MUSIC]
        return [line for line in lines if not name or line.id == name]

    def last(self, name: str) -> AsRun:
        return self.calls(name)[-1]

    def notes(self, action: str) -> list[Note]:
        return [note for note in self.log.notes if note.action == action]

    def at(self, text: str, *, day: date | None = None) -> datetime:
        return datetime.combine(day or self.day, time.fromisoformat(text), tzinfo=self.office.site.zone_info)

    def silence_s(self, begin: str, end: str) -> float:
        """Seconds without sound between two times of the day."""
        reached, until = self.at(begin).timestamp(), self.at(end).timestamp()
        silent_s = 0.0
        for line in sorted(self.heard(), key=lambda one: real_start(one)):
            silent_s += max(0.0, min(real_start(line), until) - reached)
            reached = max(reached, line.real_end.timestamp() if line.real_end else until)
        return silent_s + max(0.0, until - reached)

    def heard(self) -> Iterable[AsRun]:
        return (line for line in self.lines if line.real_start is not None)

    def _into(self, air_class: AirClass, seconds: float) -> AsRun:
        for _ in range(10_000):
            air = self.announcer.air
            if air.current is not None and air.began is not None and air.current.air_class is air_class:
                left_s = air.began.timestamp() + seconds - self.now.timestamp()
                if left_s >= 0:
                    self.passes(left_s)
                    return next(line for line in reversed(self.lines) if line.key == air.current.key)
            self.passes(max(0.05, air.expected_end(self.now).timestamp() - self.now.timestamp() + 0.05))
        raise AssertionError(f"no {air_class.value} came")

    def _spoken(self, asked: PageAsked) -> PageSpoken:
        if self.speechless:
            return PageSpoken(asked, None, self.speechless)
        clip = replace(next(iter(self.office.material.announcements.values())).parts[0], path=wording(asked.request))
        page = Announcement(f"page/{whom(asked.request)}", AirClass.ROUTINE, (clip,), ("script",), asked.request.zones)
        return PageSpoken(asked, page)

    def usual_day(self, moment: datetime) -> BusinessDay | None:
        try:
            return self.office.day_at(moment)
        except ValueError:
            return None


def real_start(line: AsRun) -> float:
    assert line.real_start is not None
    return line.real_start.timestamp()


def seconds_between(earlier: AsRun, later: AsRun) -> float:
    """From the end of one line to the start of the other."""
    assert earlier.real_end is not None
    return real_start(later) - earlier.real_end.timestamp()


def played(lines: Iterable[AsRun]) -> list[AsRun]:
    return [line for line in lines if line.outcome is Outcome.PLAYED]
