"""The self-check at the desk: begun before the opening, its report kept, its faults told; it never bars the opening."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.lamp_walk import LampWalk
from kiosk.desks.broadcast.messages import Inspected, Message, Part, SelfCheckAsked
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ports.broadcast import Ended, Inspector, Panel, SelfCheckBook, Started
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.rules.broadcast.selfcheck import (
    Finding,
    Occasion,
    Report,
    SelfCheckChoices,
    due_at,
    fault,
    may_sound,
    occasion_for,
    report_of,
    state_line,
    told,
    unknown,
)
from kiosk.rules.broadcast.verdicts import OutputReading
from kiosk.rules.broadcast.verdicts import output as judged_output
from kiosk.rules.broadcast.verdicts import relay as judged_relay
from kiosk.sentences import tell

log = logging.getLogger(__name__)

TONE_ID = "self-check/test-tone"
TELLS = "self-check: "  # how its warnings begin
AGAIN_S = 60.0  # before a day that cannot be told is asked for again
OUTPUT_S = 2.5  # so long the output is watched where no tone is played
MAINS = (Unit.SOURCE, Unit.AMPLIFIER)


class Stage(Enum):
    """Where a check is; the values are what its report says of one that took too long."""

    ROOM = "the inspection of files and machine"
    OUTPUT = "the equipment's coming on"
    EAR = "opening the microphone"
    TONE = "the test tone"
    OFF = "switching off"


PATIENCE_S = {Stage.ROOM: 600.0, Stage.OUTPUT: 60.0, Stage.EAR: 30.0, Stage.TONE: 60.0, Stage.OFF: 60.0}


@dataclass(slots=True)
class _Run:
    """A check in progress. Seconds are monotonic. sounds: it may switch the equipment and play the tone."""

    occasion: Occasion
    day: date
    begun: datetime
    since_s: float
    sounds: bool
    lamps: LampWalk | None
    stage: Stage = Stage.ROOM
    inspected: bool = False
    key: str = ""
    before: tuple[OutputReading, ...] = ()
    before_s: float = 0.0
    supplied: bool = False
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class SelfCheck:
    """An attendant of the desk; it stands behind the panel's, so that a lamp it lights stays lit.

    day_at: the business day that a moment belongs to, else the next; None: unknown. output: what each sound card
    has taken so far. tone: the clip that the inspector writes. lamps: those that are wired, on `panel`.
    """

    choices: SelfCheckChoices
    inspector: Inspector
    book: SelfCheckBook
    day_at: Callable[[datetime], BusinessDay | None]
    output: Callable[[], tuple[OutputReading, ...]]
    tone: Clip
    panel: Panel | None = None
    lamps: tuple[str, ...] = ()
    report: Report | None = None
    _desk: Desk = field(init=False)
    _run: _Run | None = None
    _day: BusinessDay | None = None
    _asked_s: float | None = None
    _done: date | None = None

    @property
    def state(self) -> str:
        """Half a line for the board, "" before the first check."""
        if self._run is not None:
            return "self-check runs"
        return "" if self.report is None else state_line(self.report)

    def join(self, desk: Desk) -> None:
        self._desk = desk
        try:
            self.report = self.book.latest()
        except LedgerFault as error:
            log.warning("what the last self-check found is not known: %s", error)
        if self.report is not None and self.report.occasion is not Occasion.ASKED:
            self._done = self.report.day

    def take(self, message: Message, now: datetime) -> None:
        run = self._run
        match message:
            case SelfCheckAsked(operator):
                self._desk.journal.note(now, operator, "asks for", "self-check")
                if run is None:
                    self._begin(Occasion.ASKED, now)
            case Inspected(part, findings) if run is not None:
                self._inspected(run, part, findings, now)
            case Started(key) if run is not None and key == run.key:
                self._tone_sounds(run)
            case Ended(key, fault=why) if run is not None and key == run.key:
                self._tone_over(run, why)

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        if self._run is None:
            if self._is_due(now, mono_s):
                assert self._day is not None
                self._begin(occasion_for(self._day, now), now)
            return
        if self._desk.line.air.stopping:
            self._give_up()
            return
        self._go_on(self._run, now, mono_s)

    def next_wake(self, now: datetime) -> datetime | None:
        if self._run is None:
            if self._day is None or self._done == self._day.date or self._desk.line.air.stopping:
                return None
            return max(now, due_at(self._day, self.choices.before_s))
        mono_s = self._desk.clock.mono_s()
        dues = [self._run.since_s + PATIENCE_S[self._run.stage]]
        if self._run.lamps is not None and (due_s := self._run.lamps.next_due(mono_s)) is not None:
            dues.append(due_s)
        if self._run.stage is Stage.OUTPUT:
            dues.append(mono_s + OUTPUT_S)
        return now + timedelta(seconds=max(0.0, min(dues) - mono_s))

    # when

    def _is_due(self, now: datetime, mono_s: float) -> bool:
        if self._desk.line.air.stopping:
            return False
        if self._day is None or now >= self._day.closes:
            if self._asked_s is not None and mono_s - self._asked_s < AGAIN_S:
                return False
            self._day, self._asked_s = self.day_at(now), mono_s
        return (
            self._day is not None and self._done != self._day.date and now >= due_at(self._day, self.choices.before_s)
        )

    def _begin(self, occasion: Occasion, now: datetime) -> None:
        day = self.day_at(now)
        sounds = may_sound(day, now) and not self._desk.equipment.rising
        lamps = LampWalk(self.panel, self.lamps) if sounds and self.panel is not None and self.lamps else None
        business_date = now.date() if day is None else day.date
        self._run = _Run(occasion, business_date, now, self._desk.clock.mono_s(), sounds, lamps)
        if self.lamps and lamps is None:
            self._run.findings.append(unknown(Topic.LAMPS, "the lamps are not tried while the store is open"))
        elif not self.lamps:
            self._run.findings.append(unknown(Topic.LAMPS, "no lamp is wired"))
        log.info("the self-check begins, %s", occasion.value)
        self.inspector.inspect_room(business_date)

    # how it goes on

    def _go_on(self, run: _Run, now: datetime, mono_s: float) -> None:
        if run.lamps is not None:
            run.lamps.step(mono_s)
            if run.lamps.over:
                run.findings += run.lamps.findings
                run.lamps = None
        if mono_s - run.since_s > PATIENCE_S[run.stage]:
            self._too_long(run, now)
            return
        match run.stage:
            case Stage.ROOM if run.inspected and run.lamps is None:
                self._after_room(run, now)
            case Stage.OUTPUT:
                self._watch_output(run, now, mono_s)
            case Stage.OFF if self._desk.equipment.is_off:
                self._read_relays(run, wanted=False)
                self._finish(run, now)

    def _turn(self, run: _Run, stage: Stage) -> None:
        run.stage, run.since_s = stage, self._desk.clock.mono_s()

    def _inspected(self, run: _Run, part: Part, findings: tuple[Finding, ...], now: datetime) -> None:
        run.findings += findings
        match part:
            case Part.ROOM:
                run.inspected = True
            case Part.EAR if run.stage is Stage.EAR:
                self._play_tone(run, now)

    def _after_room(self, run: _Run, now: datetime) -> None:
        if not run.sounds or not self.choices.tone:
            self._turn(run, Stage.OUTPUT)
            run.findings.append(unknown(Topic.TONE, "no test tone: " + self._why_silent(run)))
            run.findings.append(unknown(Topic.MICROPHONE, "the microphone is tried with the test tone only"))
        elif any(one.topic is Topic.TONE for one in run.findings):
            self._turn(run, Stage.OUTPUT)  # its file could not be written
        elif self.choices.microphone is None:
            run.findings.append(unknown(Topic.MICROPHONE, "there is no microphone"))
            run.findings.append(unknown(Topic.TONE, "no microphone heard it: listen whether every area sounds"))
            self._play_tone(run, now)
        else:
            self._turn(run, Stage.EAR)
            self._supply(run, on=True)
            self.inspector.open_ear()

    def _why_silent(self, run: _Run) -> str:
        return "the site wants none" if run.sounds else "the store is open, or about to open"

    def _play_tone(self, run: _Run, now: datetime) -> None:
        """As an emergency at night is: the equipment comes on in order, plays it, and goes off in order (B02)."""
        desk = self._desk
        day = self.day_at(now)
        air = desk.line.air
        if desk.equipment.rising or air.current is not None or air.waiting or not may_sound(day, now):
            run.findings.append(unknown(Topic.TONE, "no test tone: the air was not free"))
            self._supply(run, on=False)
            self._turn(run, Stage.OUTPUT)
            return
        run.key = f"{TONE_ID}@{now.isoformat(timespec='milliseconds')}"
        item = Item(
            key=run.key,
            kind=Kind.TEST_TONE,
            id=TONE_ID,
            air_class=AirClass.MUSIC,  # so that an emergency breaks into it
            parts=(self.tone,),
            part_names=("tone",),
            start=now,
            end=now + timedelta(seconds=self.tone.duration_s),
            operator="self-check",
        )
        self._turn(run, Stage.TONE)
        desk.counter.waiting_for_power.append(item)
        desk.equipment.power_up(now)

    def _tone_sounds(self, run: _Run) -> None:
        run.before = self.output()
        self._read_relays(run, wanted=True)
        if self.choices.microphone is not None:
            self.inspector.hear_tone()

    def _tone_over(self, run: _Run, why: str) -> None:
        if not run.before:
            run.findings.append(fault(Topic.TONE, f"the test tone was not played: {why}"))
        else:
            self._judge_output(run)
        self._supply(run, on=False)
        self._turn(run, Stage.OFF)

    def _watch_output(self, run: _Run, now: datetime, mono_s: float) -> None:
        """No tone: whether the output takes frames is seen where it is open anyway; nothing is switched for it."""
        equipment = self._desk.equipment
        if not equipment.rising:
            run.findings.append(unknown(Topic.OUTPUT, "the equipment is off, and is not switched now"))
            run.findings.append(unknown(Topic.POWER, "the relays are not switched now"))
            self._finish(run, now)
        elif not run.before:
            if equipment.ready(now):
                run.before, run.before_s = self.output(), mono_s
        elif mono_s - run.before_s >= OUTPUT_S:
            self._judge_output(run)
            self._read_relays(run, wanted=True)
            self._finish(run, now)

    def _judge_output(self, run: _Run) -> None:
        run.findings += [judged_output(before, after) for before, after in zip(run.before, self.output(), strict=True)]

    def _read_relays(self, run: _Run, *, wanted: bool) -> None:
        for unit in MAINS:
            try:
                reads = self._desk.equipment.switches.reads(unit)
                run.findings.append(judged_relay(unit, wanted=wanted, reads=reads))
            except DeviceFault as error:
                run.findings.append(fault(Topic.POWER, str(error)))

    def _supply(self, run: _Run, *, on: bool) -> None:
        """The microphone's supply is on while it listens, and not a moment longer, unless somebody talks (B16)."""
        if run.supplied is on:
            return
        run.supplied = on
        try:
            self._desk.equipment.supply(TELLS, on=on)
        except DeviceFault as error:
            run.findings.append(fault(Topic.POWER, str(error)))

    # how it ends

    def _too_long(self, run: _Run, now: datetime) -> None:
        topic = {Stage.ROOM: Topic.FILES, Stage.EAR: Topic.MICROPHONE, Stage.TONE: Topic.TONE}.get(
            run.stage, Topic.POWER
        )
        if run.stage is not Stage.OFF or not self._desk.equipment.rising:  # it stays on where the opening is near
            run.findings.append(
                unknown(
                    topic,
                    tell(
                        "{stage} took longer than {seconds} s",
                        stage=run.stage.value,
                        seconds=round(PATIENCE_S[run.stage]),
                    ),
                )
            )
        self._finish(run, now)

    def _finish(self, run: _Run, now: datetime) -> None:
        self._leave(run)
        report = report_of(run.day, run.occasion, run.begun, now, run.findings)
        self.report = report
        if run.occasion is not Occasion.ASKED:
            self._done = run.day
        self._desk.withdraw(TELLS)
        for line in told(report):
            self._desk.warn(line)
        log.info("%s", state_line(report))
        try:
            self.book.keep(report)
        except LedgerFault as error:
            self._desk.journal.note(now, "self-check", "finds", str(run.day), verdict=report.verdict.value)
            self._desk.happened(tell("the self-check's report is not kept: {cause}", cause=error))

    def _give_up(self) -> None:
        """The role closes: nothing is left lit, supplied or running."""
        assert self._run is not None
        self._leave(self._run)

    def _leave(self, run: _Run) -> None:
        self._run = None
        if run.lamps is not None:
            run.lamps.leave()
        self._supply(run, on=False)
        self.inspector.dismiss()
