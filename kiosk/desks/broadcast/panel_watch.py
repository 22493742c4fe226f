"""The desk's hand on the announcer's panel: contacts become requests, what is on the air becomes lamps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message, Pressed, TalkAsked, TalkClosed, TalkOver
from kiosk.desks.broadcast.microphone import MicrophoneWatch
from kiosk.errors import DeviceFault
from kiosk.ports.broadcast import Panel
from kiosk.rules.broadcast.debounce import ChatterReported, Clean, Contacts, Edge, NoiseReported, StuckReported
from kiosk.rules.broadcast.gestures import Asked, Gesture, Hands, Incomplete, Style, TalkBegan, TalkEnded
from kiosk.rules.broadcast.key_switch import KEY
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.panel import ON_AIR, Button, Lamp
from kiosk.sentences import tell

REPORT_S = 1.0  # so often the contacts are read again, lest an edge was lost


@dataclass(slots=True)
class PanelWatch:
    """An attendant of the desk. contacts and hands live on monotonic time: a clock that is set bounces no button."""

    panel: Panel
    buttons: Mapping[str, Button]
    contacts: Contacts
    hands: Hands
    microphone: MicrophoneWatch | None = None
    _desk: Desk = field(init=False)
    _out_of_order: set[str] = field(default_factory=set)
    _reported_s: float = 0.0

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        """A contact moved, or a talk that a button began is over."""
        match message:
            case Edge(button) if button != KEY:
                self._follow(self.contacts.feed(message))
            case TalkClosed(button):
                self.hands.close(button, self._desk.clock.mono_s())
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        """Time passed: bounces settle, holds are long enough, contacts are read again, lamps are shown."""
        mono_s = self._desk.clock.mono_s()
        self._follow(self.contacts.pass_to(mono_s))
        self._act(self.hands.pass_to(mono_s))
        if mono_s - self._reported_s >= REPORT_S:
            self._reported_s = mono_s
            self._guarded(self.panel.report)
        self._show_lamps(self._desk.line.air, mono_s)

    def next_wake(self, now: datetime) -> datetime | None:
        dues = [due for due in (self.contacts.next_due(), self.hands.next_due()) if due is not None]
        return self._desk.wall(min(dues), now) if dues else None

    def _show_lamps(self, air: OnAir, mono_s: float) -> None:
        """Every lamp as the air stands: lit while its script sounds, blinking while it waits (B16)."""
        sounding = {item.id for item in (air.current, air.beside) if item is not None}
        waiting = {item.id for item in air.waiting}
        talk = {ON_AIR: Lamp.OFF} if self.microphone is None else self.microphone.lamps(mono_s)
        self._show(ON_AIR, talk[ON_AIR])
        for button in self.buttons.values():
            self._show(button.id, self._lamp(button, sounding, waiting, talk))

    def _lamp(self, button: Button, sounding: set[str], waiting: set[str], talk: Mapping[str, Lamp]) -> Lamp:
        if button.id in self._out_of_order:
            return Lamp.FAULT
        if button.id in talk:
            return talk[button.id]
        if button.script is None:
            return self._desk.lamps.get(button.id, Lamp.OFF)
        return Lamp.ON if button.script in sounding else Lamp.WAIT if button.script in waiting else Lamp.OFF

    def _show(self, name: str, lamp: Lamp) -> None:
        self._guarded(lambda: self.panel.show(name, lamp))

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except DeviceFault as fault:
            self._desk.warn(str(fault))

    def _follow(self, cleans: tuple[Clean, ...]) -> None:
        for clean in cleans:
            match clean:
                case StuckReported(button):
                    self._out_of_order.add(button)
                    self._desk.warn(tell("button {button}: it is stuck; free it, or look at its wire", button=button))
                case ChatterReported(button):
                    self._out_of_order.add(button)
                    self._desk.warn(
                        tell("button {button}: its contact chatters; it is ignored until it is calm", button=button)
                    )
                case NoiseReported(button):
                    self._desk.warn(tell("button {button}: there is noise on its wire; it still works", button=button))
                case _:
                    self._out_of_order.discard(clean.button)
            self._act(self.hands.feed(clean))

    def _act(self, gestures: tuple[Gesture, ...]) -> None:
        for gesture in gestures:
            match gesture:
                case Asked(button):
                    self._desk.handle(Pressed(button))
                case Incomplete(button, how):
                    self._desk.warn(
                        tell("button {button}: nothing happened; {guidance}", button=button, guidance=_guidance(how))
                    )
                case TalkBegan(button):
                    self._desk.handle(TalkAsked(button))
                case TalkEnded(button, why):
                    self._desk.handle(TalkOver(button, why.value))


def _guidance(how: Style) -> str:
    return "it must be held for longer" if how is Style.HOLD else "it must be pressed together with its partner"
