"""The broadcast desk in virtual time: the real rules and desk as fast as the machine can, with sound or without."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.app.events import Happening
from kiosk.app.wiring import page_desk
from kiosk.config.site import Site
from kiosk.desks.broadcast.announcer import Announcer, Choices
from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.messages import Message, PageAsked, PageSpoken, PlanFailed, PlanOrder, PlanReady, Tick
from kiosk.desks.broadcast.volume_watch import VolumeWatch
from kiosk.hw.clock import VirtualClock
from kiosk.hw.power import SimulatedPower
from kiosk.ledger.memory_pages import MemoryPages
from kiosk.ports.broadcast import AsRunLog, Mixer
from kiosk.rules.broadcast.power import Delays

_BLINK_S = 1e-6


class Sounding(Protocol):
    """The audio side of a virtual day: lets time pass until a moment or until something happened."""

    @property
    def mixer(self) -> Mixer:
        """What the desk plays on."""

    def pass_time(self, until_s: float, inbox: Sequence[Message]) -> float:
        """Play on until `until_s` at the latest; returns the moment reached: earlier if the inbox fills."""


@dataclass(slots=True)
class VirtualBroadcast:
    """A broadcast role whose clock, office and sound stand still until they are asked."""

    announcer: Announcer
    clock: VirtualClock
    sounding: Sounding
    inbox: deque[Message] = field(default_factory=deque)

    def run(self, until: datetime, happenings: Sequence[Happening] = ()) -> None:
        """Let the desk work until a moment, with what happens meanwhile."""
        waiting = deque(happenings)
        self._work()
        while (now := self.clock.now()) < until:
            if waiting and waiting[0].at <= now:
                self.inbox.append(waiting.popleft().message)
                self._work()
                continue
            wakes = [until]
            wakes += [wake for wake in (self.announcer.next_wake(), waiting[0].at if waiting else None) if wake]
            due_s = max(0.0, min(wakes).timestamp() - now.timestamp())
            reached_s = self.sounding.pass_time(self.clock.mono_s() + max(due_s, _BLINK_S), self.inbox)
            self.clock.move_to(reached_s)
            if not self.inbox:
                self.inbox.append(Tick())
            self._work()

    def _work(self) -> None:
        while self.inbox:
            self.announcer.handle(self.inbox.popleft())


def virtual_broadcast(
    site: Site,
    start: datetime,
    log: AsRunLog,
    *,
    plan: Callable[[PlanOrder], PlanReady],
    speak: Callable[[PageAsked], PageSpoken],
    sounding: Callable[[VirtualClock, Callable[[Message], None]], Sounding],
) -> VirtualBroadcast:
    """Wire a desk to a virtual clock from `start` on; `sounding` makes its mixer."""
    clock = VirtualClock(start)
    inbox: deque[Message] = deque()
    sound = sounding(clock, inbox.append)

    def order_plan(order: PlanOrder) -> None:
        try:
            inbox.append(plan(order))
        except ValueError as error:
            inbox.append(PlanFailed(order, str(error)))

    announcer = Announcer(
        clock=clock,
        mixer=sound.mixer,
        equipment=Equipment(SimulatedPower(), Delays(), lambda: None, lambda: None, clock.now),
        choices=Choices(site.programme.interrupt_fade_s, {button.id: button for button in site.buttons}),
        log=log,
        order_plan=order_plan,
        attendants=(
            page_desk(site, MemoryPages(), lambda asked: inbox.append(speak(asked))),
            VolumeWatch(site.volume_plan),
        ),
    )
    announcer.begin()
    return VirtualBroadcast(announcer, clock, sound, inbox)
