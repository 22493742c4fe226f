"""The self-check from the command line where no role runs: the same looks, each waited for (B01)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from kiosk.app.inspection import HallEar, Progress, room
from kiosk.app.office import Office
from kiosk.app.places import Places
from kiosk.app.self_checking import lamps_of, panel_of
from kiosk.app.wiring import wired
from kiosk.audio.output import PyAudioStream
from kiosk.audio.reference_tone import tone
from kiosk.audio.voice import Mix
from kiosk.config.site import Output, Site
from kiosk.desks.broadcast.lamp_walk import LIT_S, LampWalk
from kiosk.desks.broadcast.messages import Fault, Message
from kiosk.errors import DeviceFault
from kiosk.hw.clock import SystemClock
from kiosk.ports.broadcast import Panel, PowerSwitches
from kiosk.rules.broadcast import verdicts
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.power import Switching, Unit, down, up
from kiosk.rules.broadcast.selfcheck import Finding, Occasion, Report, fault, report_of, unknown
from kiosk.rules.broadcast.tone import TONE_S
from kiosk.units import amplitude_of

SILENT_S = 1.0  # so long the output is watched where no tone is played


class TonePlayer:
    """Pulled by a sound card: silence until `begin`, then the tone on its zones' channels, each as loud as its zone.

    begin: the card's first channel within the mix, from 0.
    """

    def __init__(self, site: Site, output: Output, begin: int = 0) -> None:
        self.output = output
        mix = np.zeros(site.channels, np.float32)
        for zone in site.zones:
            mix[[channel - 1 for channel in site.mix_channels(zone)]] = amplitude_of(zone.volume_db)
        self._gains = mix[begin : begin + output.channels]
        self._tone = tone(site.selfcheck.tone_dbfs)
        self._at = len(self._tone)

    def begin(self) -> None:
        self._at = 0

    def pull(self, frames: int) -> Mix:
        """The next frames of all channels."""
        piece = self._tone[self._at : self._at + frames]
        self._at += len(piece)
        block = np.zeros((frames, len(self._gains)), np.float32)
        block[: len(piece)] = piece[:, None] * self._gains
        return block


def tone_players(site: Site) -> list[TonePlayer]:
    """One for every card."""
    players, begin = [], 0
    for output in (site.output, *site.further_outputs):
        players.append(TonePlayer(site, output, begin))
        begin += output.channels
    return players


@dataclass(slots=True)
class HandCheck:
    """with_tone: switch the equipment on in order, play the tone, hear it, switch off in order. tell: what it does."""

    office: Office
    places: Places
    clock: SystemClock
    with_tone: bool
    new_reference: bool
    tell: Callable[[str], None]
    progress: Progress | None = None
    findings: list[Finding] = field(default_factory=list)

    def run(self, day: date) -> Report:
        """Do it all; takes seconds, with a tone about twenty. What cannot be looked at is a finding."""
        begun = self.clock.now()
        self.tell("files, plan, disk, ledger, clock")
        self.findings += room(self.office, self.places, day, begun, self.progress)
        told: list[Message] = []
        self.places.power_record.unlink(missing_ok=True)  # everything is off at once: nothing is left on
        with ExitStack() as stack:
            switches, attendants = stack.enter_context(wired(self.office.site, told.append, self.clock.mono_s))
            broken = [fault(Topic.POWER, message.text) for message in told if isinstance(message, Fault)]
            self.findings += broken
            self._lamps(panel_of(attendants))
            if self.with_tone:
                self._sound(switches)
            else:
                self._silent_output()
        return report_of(day, Occasion.ASKED, begun, self.clock.now(), self.findings)

    def _lamps(self, panel: Panel | None) -> None:
        names = lamps_of(self.office.site)
        if panel is None or not names:
            self.findings.append(unknown(Topic.LAMPS, "no lamp is wired"))
            return
        self.tell("lamps: look at the panel")
        walk = LampWalk(panel, names)
        while not walk.over:
            walk.step(self.clock.mono_s())
            self.clock.sleep(LIT_S / 5)
        self.findings += walk.findings

    def _silent_output(self) -> None:
        """The output is opened and fed with silence; nothing is switched."""
        self.tell("sound output")
        self.findings += [
            unknown(Topic.POWER, "the relays are switched with --tone only"),
            unknown(Topic.MICROPHONE, "the microphone is tried with --tone only"),
            unknown(Topic.TONE, "it is played with --tone only"),
        ]
        with ExitStack() as stack:
            self._watched(self._open(tone_players(self.office.site), stack), lambda: self.clock.sleep(SILENT_S))

    def _sound(self, switches: PowerSwitches) -> None:
        site = self.office.site
        players = tone_players(site)
        delays = site.power.delays
        with ExitStack() as stack:
            self.tell("the equipment comes on")
            streams = self._open(players, stack)
            stack.callback(self._switch, switches, down(delays))
            self._switch(switches, up(delays))
            self.clock.sleep(delays.warm_s)
            for unit in (Unit.SOURCE, Unit.AMPLIFIER):
                self._read(switches, unit, wanted=True)
            self._watched(streams, lambda: self._play(players, switches))
        for unit in (Unit.SOURCE, Unit.AMPLIFIER):
            self._read(switches, unit, wanted=False)

    def _begin(self, players: Sequence[TonePlayer]) -> None:
        for player in players:
            player.begin()

    def _play(self, players: Sequence[TonePlayer], switches: PowerSwitches) -> None:
        choices = self.office.site.selfcheck
        if choices.microphone is None:
            self.tell("test tone: listen whether every area sounds")
            self.findings.append(unknown(Topic.MICROPHONE, "there is no microphone"))
            self.findings.append(unknown(Topic.TONE, "no microphone heard it: listen whether every area sounds"))
            self._begin(players)
            self.clock.sleep(TONE_S)
            return
        ear = HallEar(choices, self.places.tone_reference, new_reference=self.new_reference)
        with ExitStack() as stack:
            self._try(switches, Unit.MICROPHONE, on=True)
            stack.callback(self._try, switches, Unit.MICROPHONE, on=False)
            stack.enter_context(closing(ear))
            self.findings += ear.open()
            self.tell("test tone: the microphone listens")
            self._begin(players)
            begun_s = self.clock.mono_s()
            self.findings += ear.hear()
            self.clock.sleep(max(0.0, TONE_S - (self.clock.mono_s() - begun_s)))

    def _open(self, players: Sequence[TonePlayer], stack: ExitStack) -> list[tuple[PyAudioStream, str]]:
        """The cards that can be opened, each with its id where there are several."""
        streams: list[tuple[PyAudioStream, str]] = []
        for player in players:
            output = player.output
            which = output.id if len(players) > 1 else ""
            try:
                stream = PyAudioStream(
                    player.pull, device=output.device, channels=output.channels, block_frames=output.block_frames
                )
            except DeviceFault as error:
                self.findings.append(fault(Topic.OUTPUT, f"{which}: {error}" if which else str(error)))
                continue
            stack.callback(stream.close)
            stream.start()
            streams.append((stream, which))
        return streams

    def _watched(self, streams: Sequence[tuple[PyAudioStream, str]], meanwhile: Callable[[], None]) -> None:
        """Nothing happens where no card could be opened."""
        if not streams:
            return
        before = [verdicts.OutputReading(stream.name, stream.frames, which) for stream, which in streams]
        meanwhile()
        after = [verdicts.OutputReading(stream.name, stream.frames, which) for stream, which in streams]
        self.findings += [verdicts.output(*pair) for pair in zip(before, after, strict=True)]

    def _switch(self, switches: PowerSwitches, steps: tuple[Switching, ...]) -> None:
        passed_s = 0.0
        for step in steps:
            self.clock.sleep(step.after_s - passed_s)
            passed_s = step.after_s
            self._try(switches, step.unit, on=step.on)

    def _try(self, switches: PowerSwitches, unit: Unit, *, on: bool) -> None:
        try:
            switches.switch(unit, on=on)
        except DeviceFault as error:
            self.findings.append(fault(Topic.POWER, str(error)))

    def _read(self, switches: PowerSwitches, unit: Unit, *, wanted: bool) -> None:
        try:
            self.findings.append(verdicts.relay(unit, wanted=wanted, reads=switches.reads(unit)))
        except DeviceFault as error:
            self.findings.append(fault(Topic.POWER, str(error)))
