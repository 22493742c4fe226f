"""The front role's loop: one message at a time, each to the desk that it is for."""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from kiosk.app.front_renewal import Renewal
from kiosk.app.front_wiring import Front
from kiosk.app.process import TICK_S
from kiosk.desks.lockers.messages import Message, ReportAsked, StopAsked, Tick
from kiosk.desks.service.messages import ServiceMessage
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.messages import StaffMessage
from kiosk.desks.staff.staff_desk import StaffDesk
from kiosk.ports.lockers import Scanned
from kiosk.ports.lockers_report import LockersReport

REPORT_S = 0.25
SHORTEST_WAIT_S = 0.005

Inbox = queue.SimpleQueue[Message | ServiceMessage | StaffMessage]
Watch = Callable[[LockersReport], None]


class Onlooker(Protocol):
    """What stands before the desks: the touchscreen, or nothing."""

    def show(self) -> None:
        """Something may stand otherwise. The desk's thread."""

    def reads(self, scanned: Scanned) -> bool:
        """A code was scanned: whether the screen takes it, and no desk. The desk's thread."""

    def rests(self) -> bool:
        """Whether nobody has stood there for a while. The desk's thread."""


class Nobody:
    """No screen."""

    def show(self) -> None:
        """Nobody looks."""

    def reads(self, _: Scanned) -> bool:
        """It is for the desk."""
        return False

    def rests(self) -> bool:
        """Always."""
        return True


@dataclass(slots=True)
class Round:
    """What the loop minds. services: None where their book cannot be kept. beat: after each message.

    watch: shown how the lockers stand. staff: None where there is no screen. renewal: with another site.
    """

    front: Front
    services: ServiceDesk | None
    inbox: Inbox
    beat: Callable[[], None]
    watch: Watch | None = None
    staff: StaffDesk | None = None
    renewal: Renewal | None = None

    def goes(self, onlooker: Onlooker) -> None:
        """Until the desk is closed."""
        desk, clock = self.front.desk, self.front.clock
        shown_s = ticked_s = float("-inf")
        longest_s = TICK_S if self.watch is None else REPORT_S
        while not desk.done:
            self.beat()
            wake = desk.next_wake()
            left_s = longest_s if wake is None else (wake - clock.now()).total_seconds()
            message: Message | ServiceMessage | StaffMessage = Tick()
            with suppress(queue.Empty):
                message = self.inbox.get(timeout=min(max(left_s, SHORTEST_WAIT_S), longest_s))
            self._deal_with(message, onlooker)
            if clock.mono_s() - ticked_s >= TICK_S:  # however many ask how the lockers stand meanwhile
                ticked_s = clock.mono_s()
                if not desk.done and not isinstance(message, Tick):
                    self._deal_with(Tick(), onlooker)
            if self.renewal is not None and not desk.done:
                site = self.renewal.due(clock.now(), clock.mono_s(), self.front)
                if site and onlooker.rests():
                    desk.handle(StopAsked(f"the site {site} is to be taken up"))
            if self.watch is not None and clock.mono_s() - shown_s >= REPORT_S:
                shown_s = clock.mono_s()
                try:
                    self.watch(self.front.report())
                except OSError:
                    self.watch = None
                    desk.handle(StopAsked("nobody watches the board any more"))

    def _deal_with(self, message: Message | ServiceMessage | StaffMessage, onlooker: Onlooker) -> None:
        match message:
            case ReportAsked():
                message.reply(self.front.report())
                return
            case Scanned() if onlooker.reads(message):
                return
            case _ if isinstance(message, ServiceMessage):
                if self.services is not None:
                    self.services.handle(message)
            case _ if isinstance(message, StaffMessage):
                if self.staff is not None:
                    self.staff.handle(message)
            case _:
                self.front.desk.handle(message)
        if self.services is not None:
            self.services.pass_to(self.front.clock.now())
        onlooker.show()
