"""The inspector, the self-check's page and a panel of lamps in virtual time, with verbs for what may be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kiosk.desks.broadcast.messages import Inspected, Message, Part
from kiosk.desks.broadcast.self_check import SelfCheck
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.material import Clip
from kiosk.rules.broadcast.panel import Lamp, lit
from kiosk.rules.broadcast.selfcheck import Finding, Report, SelfCheckChoices, ok
from kiosk.rules.broadcast.tone import TONE_S
from kiosk.rules.broadcast.verdicts import OutputReading
from tests.stories.shop import Shop

FINE = {
    Part.ROOM: tuple(
        ok(topic, "fine")
        for topic in (Topic.FILES, Topic.PLAN, Topic.SPEECH, Topic.DISK, Topic.LEDGER, Topic.CLOCK, Topic.HEAT)
    ),
    Part.EAR: (ok(Topic.MICROPHONE, "noise floor -60 dBFS"),),
    Part.TONE: (ok(Topic.TONE, "heard"),),
}


class Looking:
    """Implements ports.Inspector: answers in the same instant, unless it was told to hang."""

    def __init__(self, post: Callable[[Message], None]) -> None:
        self.answers = dict(FINE)
        self.hangs: set[Part] = set()
        self.asked: list[Part | date] = []
        self.dismissed = 0
        self._post = post

    def inspect_room(self, day: date) -> None:
        self.asked.append(day)
        self._answer(Part.ROOM)

    def open_ear(self) -> None:
        self._answer(Part.EAR)

    def hear_tone(self) -> None:
        self._answer(Part.TONE)

    def dismiss(self) -> None:
        self.dismissed += 1

    def finds(self, part: Part, *findings: Finding) -> None:
        self.answers[part] = findings

    def _answer(self, part: Part) -> None:
        self.asked.append(part)
        if part not in self.hangs:
            self._post(Inspected(part, self.answers[part]))


class Page:
    """Implements ports.SelfCheckBook in memory; its disk may fill."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.full = False
        self.unreadable = False

    def keep(self, report: Report) -> None:
        if self.full:
            raise LedgerFault("the disk is full: delete old recordings")
        self.reports.append(report)

    def latest(self) -> Report | None:
        if self.unreadable:
            raise LedgerFault("the disk cannot be read: replace it")
        return self.reports[-1] if self.reports else None


class Lamps:
    """Implements ports.Panel: lamps that keep a history; wires may be cut or short."""

    def __init__(self) -> None:
        self.shown: dict[str, Lamp] = {}
        self.history: list[tuple[str, Lamp]] = []
        self.dead: set[str] = set()
        self.broken: set[str] = set()

    def show(self, name: str, lamp: Lamp) -> None:
        if name in self.broken:
            raise DeviceFault(f"the lamp {name} cannot use GPIO 17: the chip does not answer")
        if self.shown.get(name, Lamp.OFF) is not lamp:
            self.history.append((name, lamp))
        self.shown[name] = lamp

    def reads(self, name: str) -> bool | None:
        return lit(self.shown[name], 0.0) and name not in self.dead

    def report(self) -> None:
        """No contact is wired."""


class Checked:
    """A shop whose desk checks itself. frames: what a card takes a second; device: what the first is called.

    further: what the others are called, by their ids.
    """

    def __init__(self, shop: Shop, choices: SelfCheckChoices = SelfCheckChoices()) -> None:  # noqa: B008
        self.shop = shop
        self.page = Page()
        self.lamps = Lamps()
        self.device, self.frames_s = "USB Audio", 44_100.0
        self.further: dict[str, str] = {}
        self.knows_the_day = True
        self.choices = choices
        self.wired: tuple[str, ...] = ("promo", "on air")
        self.checker: SelfCheck
        self.looking: Looking
        self.hire()

    def hire(self) -> None:
        """Another life of the role: the page of the ledger stays."""
        self.looking = Looking(lambda message: self.shop.role.inbox.append(message))
        self.checker = SelfCheck(
            choices=self.choices,
            inspector=self.looking,
            book=self.page,
            day_at=lambda now: self.shop.usual_day(now) if self.knows_the_day else None,
            output=self._output,
            tone=Clip("/state/test-tone.flac", TONE_S),
            panel=self.lamps,
            lamps=self.wired,
        )
        self.shop.attendants = (self.checker,)

    @property
    def report(self) -> Report:
        assert self.checker.report is not None, "no self-check has ended"
        return self.checker.report

    def of(self, topic: Topic) -> list[Finding]:
        return [one for one in self.report.findings if one.topic is topic]

    def what(self, topic: Topic) -> str:
        return " | ".join(one.what for one in self.of(topic))

    def _output(self) -> tuple[OutputReading, ...]:
        frames = round(self.frames_s * self.shop.clock.mono_s())
        further = (OutputReading(device, frames, card) for card, device in self.further.items())
        return (OutputReading(self.device, frames, "downstairs" if self.further else ""), *further)
