"""What is on the air: every event goes through the rules, and their orders to the mixer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.broadcast.journal import AWAY, Journal
from kiosk.ports.broadcast import Mixer
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import (
    Again,
    BesideNext,
    Event,
    Fade,
    Follow,
    LayBeside,
    LayOver,
    NextSong,
    OnAir,
    Order,
    Play,
    Refuse,
    Reset,
    Withdrawn,
    step,
)
from kiosk.rules.broadcast.programme import Item
from kiosk.sentences import tell


@dataclass(slots=True)
class Line:
    """break_in_fade_s: how fast an emergency fades the music. happened: tells the people at the desk."""

    mixer: Mixer
    journal: Journal
    break_in_fade_s: float
    happened: Callable[[str], None]
    air: OnAir = field(default_factory=OnAir)
    _told: dict[str, Item] = field(default_factory=dict)

    def feed(self, event: Event, now: datetime) -> None:
        """Let the rules decide and carry their orders out."""
        before = self.air
        self.air, orders = step(self.air, event, now, break_in_fade_s=self.break_in_fade_s)
        for order in orders:
            self._carry_out(order, before, event, now)

    def told(self, key: str) -> Item | None:
        """What the mixer was told to play under that key and has not reported over."""
        return self._told.get(key)

    def over(self, key: str) -> Item | None:
        """The same, for the last time."""
        return self._told.pop(key, None)

    def keys(self) -> set[str]:
        """Keys that are in use."""
        return self._told.keys() | {item.key for item in self.air.waiting}

    def withdraw(self, key: str, now: datetime) -> None:
        """What waits under that key is not wanted any more; what follows is laid out without it."""
        self.feed(Withdrawn(key), now)

    def forget(self) -> None:
        """Let go of what the mixer was told in vain; a role lives for years."""
        air = self.air
        told = (air.current, air.follower, air.over, air.beside, air.beside_next)
        kept = {item.key for item in told if item is not None}
        self._told = {key: item for key, item in self._told.items() if key in kept}

    def shift(self, by_s: float) -> None:
        """The wall clock was set: what sounds began that much earlier or later."""
        if self.air.began is not None:
            began = datetime.fromtimestamp(self.air.began.timestamp() + by_s, tz=self.air.began.tzinfo)
            self.air = replace(self.air, began=began)

    def _carry_out(self, order: Order, before: OnAir, event: Event, now: datetime) -> None:
        match order:
            case Play(item, over_s):
                self._told[item.key] = item
                if before.current is not None:
                    why = "next song" if isinstance(event, NextSong) else f"{item.id} broke in"
                    self.journal.will_be_cut(before.current, why)
                if before.beside is not None and item.air_class is AirClass.EVACUATION:
                    self.journal.will_be_cut(before.beside, f"{item.id} broke in")
                self.mixer.play(item, over_s=over_s)
            case Follow(item):
                if item is not None:
                    self._told[item.key] = item
                self.mixer.follow(item)
            case LayOver(item):
                self._told[item.key] = item
                self.mixer.lay_over(item)
            case LayBeside(item, over_s):
                self._told[item.key] = item
                self.mixer.lay_beside(item, over_s=over_s)
            case BesideNext(item):
                if item is not None:
                    self._told[item.key] = item
                self.mixer.beside_next(item)
            case Again(item, of):
                self._told[item.key] = item
                self.journal.will_be_interrupted(of, f"{AWAY}; it starts again from its beginning")
                self.mixer.again(item, of=of)
            case Fade(over_s):
                if before.current is not None:
                    self.journal.will_be_cut(before.current, "reset" if isinstance(event, Reset) else "closing")
                self.mixer.fade(over_s)
            case Refuse(item, why):
                self.refuse(item.operator or "programme", item.id, why, now)

    def refuse(self, operator: str, what: str, why: str, now: datetime) -> None:
        """Whoever asked is told; so is the log."""
        self.journal.note(now, operator, "is refused", what, why=why)
        self.happened(tell("{what} is not aired: {why}", what=what, why=why))
