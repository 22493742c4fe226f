"""The announcer's microphone: who talks, when its supply is on, what the lamps say, what is kept of it (B10, B16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message, Pressed, TalkAsked, TalkClosed, TalkOver
from kiosk.desks.broadcast.requests import item_of
from kiosk.errors import DeviceFault
from kiosk.ports.broadcast import Heard, Microphone, MicrophoneReport, Started
from kiosk.rules.broadcast.material import LIVE, Announcement, Clip
from kiosk.rules.broadcast.on_air import Requested
from kiosk.rules.broadcast.panel import ON_AIR, TALKS, Button, Lamp
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.rules.broadcast.rights import Deed
from kiosk.rules.broadcast.talk import (
    BUTTON_LAMPS,
    ON_LINE,
    POWERED,
    Act,
    Event,
    Limits,
    Stage,
    deadline_s,
    is_free,
    turn,
)
from kiosk.sentences import tell

VOICE = "voice"
TALK = "talk"  # who needs the supply
AGAIN_S = 2.0  # a supply that would not go off is switched again
TELL_S = 4.0  # so long the lamp tells that the microphone is away
_EVENTS = {
    Heard.THERE: Event.THERE,
    Heard.LISTENS: Event.LISTENS,
    Heard.VOICE: Event.HEARD,
    Heard.DEAF: Event.DEAF,
}


@dataclass(slots=True)
class MicrophoneWatch:
    """An attendant of the desk. buttons: those of the site. record: what is said is kept. It counts monotonic time."""

    microphone: Microphone
    buttons: Mapping[str, Button]
    limits: Limits = field(default_factory=Limits)
    record: bool = False
    stage: Stage = Stage.IDLE
    _desk: Desk = field(init=False)
    _asked: TalkAsked | None = None
    _next: TalkAsked | None = None
    _item: Item | None = None
    _since_s: float = 0.0
    _why: str = ""
    _powered: bool = False
    _switch_s: float = 0.0
    _deaf_until_s: float = 0.0
    _deaf: str = ""

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def lamps(self, mono_s: float) -> dict[str, Lamp]:
        """What the on-air lamp and the talk buttons' lamps say."""
        lamps = {button.id: Lamp.OFF for button in self.buttons.values() if button.action in TALKS}
        if mono_s < self._deaf_until_s:
            lamps[self._deaf] = Lamp.FAULT
        if self._asked is not None:
            lamps[self._asked.button] = BUTTON_LAMPS[self.stage]
        if self._next is not None:
            lamps[self._next.button] = Lamp.WAIT
        return {**lamps, ON_AIR: Lamp.ON if self.stage in POWERED else Lamp.OFF}

    def take(self, message: Message, now: datetime) -> None:
        """Somebody asks or has done, the microphone answers, the mixer begins."""
        match message:
            case Pressed(button, operator, held_s) if held_s is not None:
                self._pressed(button, operator, held_s, now)
            case TalkAsked():
                self._ask(message, now)
            case TalkOver(button, why):
                self._has_done(button, why, now)
            case Started(key) if self._item is not None and key == self._item.key:
                self._feed(Event.BEGAN, now)
            case MicrophoneReport():
                self._hear(message, now)
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        """Where the talk stands on the air; how long it may last; the supply as it should be."""
        self._look_at_the_air(now)
        self._keep_time(now)
        self._switch_supply(now)
        if self.stage is Stage.IDLE and self._next is not None:
            following, self._next = self._next, None
            self._ask(following, now)
            self._switch_supply(now)

    def next_wake(self, now: datetime) -> datetime | None:
        mono_s = self._desk.clock.mono_s()
        dues = [due for due, _ in self._dues()]
        if self._powered is not (self.stage in POWERED):
            dues.append(self._switch_s)
        if mono_s < self._deaf_until_s:
            dues.append(self._deaf_until_s)
        return self._desk.wall(min(dues), now) if dues else None

    # people

    def _pressed(self, name: str, operator: str, held_s: float, now: datetime) -> None:
        """By a command: held for so long, from the first word on; a latching button without a time is pressed."""
        button = self.buttons.get(name)
        if button is None or button.action not in TALKS:
            return
        if held_s > 0.0:
            self._ask(TalkAsked(name, operator, held_s), now)
        elif not button.latch:
            self._desk.line.refuse(
                operator, f"button {name}", "it talks while it is held: hold it for some seconds", now
            )
        elif self._asked is not None and self._asked.button == name and self.stage is not Stage.CLOSING:
            self._has_done(name, "the button was pressed again", now)
        else:
            self._ask(TalkAsked(name, operator), now)

    def _ask(self, asked: TalkAsked, now: datetime) -> None:
        button = self.buttons.get(asked.button)
        if button is None or button.action not in TALKS:
            return
        if self.stage is Stage.CLOSING and self._next is None:
            self._next = asked
        elif self.stage is not Stage.IDLE:
            self._refuse(asked, "somebody talks already", now)
        elif self._desk.line.air.stopping:
            self._refuse(asked, "the broadcast is closing", now)
        elif not self._desk.equipment.ready(now):
            self._refuse(asked, "the equipment is off; the store is closed", now)
        elif (named := self._desk.counter.admit(asked.operator, Deed.TALK, f"button {asked.button}", now)) is None:
            self._desk.handle(TalkClosed(asked.button))
        else:
            self._asked = asked = replace(asked, operator=named)
            self._desk.journal.note(now, named, "asks to talk", asked.button)
            free = is_free(self._desk.line.air, TALKS[button.action])
            self._feed(Event.ASKED_FREE if free else Event.ASKED_BUSY, now)
            self._switch_supply(now)

    def _refuse(self, asked: TalkAsked, why: str, now: datetime) -> None:
        self._desk.line.refuse(asked.operator, asked.button, why, now)
        self._desk.handle(TalkClosed(asked.button))

    def _has_done(self, button: str, why: str, now: datetime) -> None:
        if self._next is not None and self._next.button == button:
            self._next = None
        elif self._asked is not None and self._asked.button == button:
            self._finish(Event.OVER, why, now)

    # the microphone

    def _hear(self, report: MicrophoneReport, now: datetime) -> None:
        match report.what:
            case Heard.DEAF:
                self._go_deaf(report.text, now)
            case Heard.KEPT:
                seconds = f"{report.seconds:.1f}"
                self._desk.journal.note(now, "microphone", "keeps", report.text, seconds=seconds)
            case Heard.PURGED:
                self._desk.journal.note(now, "microphone", "purges", "recorded talks", count=str(report.count))
            case Heard.NOT_KEPT | Heard.MUTE:
                self._desk.warn(report.text)
            case _:
                self._feed(_EVENTS[report.what], now)

    def _go_deaf(self, why: str, now: datetime) -> None:
        """Whoever pressed sees it on the lamp and reads it on the board; the music was not ducked for nothing."""
        asked = self._asked
        if asked is None or self.stage in (Stage.IDLE, Stage.CLOSING, Stage.QUEUED):
            return
        self._deaf, self._deaf_until_s = asked.button, self._desk.clock.mono_s() + TELL_S
        said = self.stage is Stage.LIVE
        self._finish(Event.DEAF, why, now)
        if said:
            self._desk.happened(why)
        else:
            self._desk.line.refuse(asked.operator, asked.button, why, now)

    # the air

    def _look_at_the_air(self, now: datetime) -> None:
        if self._item is None or self.stage not in ON_LINE:
            return
        air, key = self._desk.line.air, self._item.key
        if self.stage is Stage.CALLED and any(one.key == key for one in air.waiting):
            self._feed(Event.HELD_BACK, now)
        elif not any(one is not None and one.key == key for one in (air.current, air.follower, air.over, *air.waiting)):
            if self.stage is Stage.CLOSING:
                self._feed(Event.GONE, now)
            else:
                self._finish(Event.GONE, "it was taken off the air", now)

    def _keep_time(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        for due_s, event in self._dues():
            if mono_s < due_s:
                continue
            if event is Event.DEAF:
                self._go_deaf("the microphone does not answer; look at its plug and its supply", now)
            elif event is Event.TOO_LONG and self._asked is not None:
                name = self._asked.button
                self._finish(event, "the longest talking time is over", now)
                longest = f"{self.limits.longest_s:g} s"
                self._desk.happened(
                    tell(
                        "button {name}: released after {longest}, the longest talk; look whether it sticks",
                        name=name,
                        longest=longest,
                    )
                )
            else:
                self._finish(event, "its time is over", now)
            return

    def _dues(self) -> list[tuple[float, Event]]:
        """What time will bring, monotonic seconds, the soonest first."""
        dues = []
        limit = deadline_s(self.stage, self._prelude_s(), self.limits)
        if limit is not None:
            dues.append((self._since_s + limit[0], limit[1]))
        if self.stage is Stage.LIVE and self._asked is not None and self._asked.for_s is not None:
            dues.append((self._since_s + self._asked.for_s, Event.OVER))
        return sorted(dues, key=lambda one: one[0])

    def _finish(self, event: Event, why: str, now: datetime) -> None:
        """The talk comes to its end; a button that began it and is still down is to be let go before it talks again."""
        asked, before = self._asked, self.stage
        self._why = why
        if self._item is not None and before in ON_LINE - {Stage.LIVE, Stage.CLOSING}:
            self._desk.journal.will_be_cut(self._item, f"{why}; nothing was said")
        self._feed(event, now)
        if asked is not None and before is not self.stage:
            self._desk.handle(TalkClosed(asked.button))

    def _feed(self, event: Event, now: datetime) -> None:
        before = self.stage
        self.stage, acts = turn(before, event)
        if self.stage is not before:
            self._since_s = self._desk.clock.mono_s()
        for act in acts:
            self._do(act, now)
        if self.stage is Stage.IDLE and before is not Stage.IDLE:
            self._asked, self._item, self._why = None, None, ""
        if before in POWERED and self.stage not in POWERED:
            self._switch_supply(now)  # with the last word, not a message later

    def _do(self, act: Act, now: datetime) -> None:
        match act:
            case Act.LOOK:
                self.microphone.look()
            case Act.LISTEN:
                self._switch_supply(now)
                self.microphone.listen()
            case Act.REQUEST:
                self._item = self._item_for(now)
                self._desk.line.feed(Requested(self._item), now)
            case Act.WITHDRAW if self._item is not None:
                self._desk.line.withdraw(self._item.key, now)
            case Act.RECORD if self.record:
                self.microphone.record(f"{now:%Y-%m-%d/%H%M%S}")
            case Act.REST:
                self.microphone.rest()
            case Act.END:
                self.microphone.end()
                self._note_end(now)
            case _:
                pass

    def _note_end(self, now: datetime) -> None:
        if self._asked is not None:
            self._desk.journal.note(now, self._asked.operator, "ends the talk", self._asked.button, why=self._why)

    def _item_for(self, now: datetime) -> Item:
        """The talk as an item: prelude, voice, postlude; as long as it may get at most."""
        assert self._asked is not None
        asked, button = self._asked, self.buttons[self._asked.button]
        prelude, postlude = self._desk.counter.material.talk
        whole = (("prelude", prelude), (VOICE, Clip(LIVE, 0.0)), ("postlude", postlude))
        parts = [(name, clip) for name, clip in whole if clip is not None]
        clips, names = tuple(clip for _, clip in parts), tuple(name for name, _ in parts)
        talk = Announcement(button.id, TALKS[button.action], clips, names)
        taken = self._desk.journal.aired | self._desk.line.keys()
        item = item_of(talk, Kind.TALK, asked.operator, now, taken)
        end = datetime.fromtimestamp(item.end.timestamp() + self.limits.longest_s, tz=now.tzinfo)
        return replace(item, end=end)

    def _prelude_s(self) -> float:
        prelude = self._desk.counter.material.talk[0]
        return 0.0 if prelude is None else prelude.duration_s

    # the supply

    def _switch_supply(self, now: datetime) -> None:
        """On while the stage says so, off the moment it does not; one that will not go off is tried again (B16)."""
        wanted, mono_s = self.stage in POWERED, self._desk.clock.mono_s()
        if wanted is self._powered or mono_s < self._switch_s:
            return
        try:
            self._desk.equipment.supply(TALK, on=wanted)
        except DeviceFault as fault:
            self._desk.warn(str(fault))
            if not wanted:
                self._switch_s = mono_s + AGAIN_S
                return
        self._powered, self._switch_s = wanted, 0.0
