"""How lists follow a finger, run out and come to rest: offsets in pixels, times in monotonic seconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, log

from kiosk.display.marks import Pane
from kiosk.display.motion import eased
from kiosk.display.theme import Motion

STOPS_PX_S = 12.0  # slower than that is at rest
FASTEST_PX_S = 9000.0
RECENT_S = 0.1  # the speed of a throw is that of the finger's last moment
GIVES = 0.35  # how much a list follows a finger beyond its end
TURN = 0.86  # of a room: the last entry is seen again, so that nobody loses the place
NOTCH = 0.25  # of a room, for a step of the wheel


@dataclass(slots=True)
class Rolling:
    """One list. room: how much of it is seen. offset: where it was at `since_s`. speed: px/s if it glides. goal: where
    it goes by itself."""

    motion: Motion
    furthest: int = 0
    room: int = 0
    offset: float = 0.0
    since_s: float = 0.0
    speed: float = 0.0
    goal: float | None = None
    held: bool = False
    _moves: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=16))

    def at(self, now_s: float) -> float:
        """The offset at a moment."""
        passed_s = max(0.0, now_s - self.since_s)
        if self.goal is not None:
            part = eased(passed_s / self.motion.turn_s) if self.motion.turn_s > 0 else 1.0
            return self.offset + (self.goal - self.offset) * part
        if self.speed:
            part = 1.0 - exp(-min(passed_s, self._glides_s) / self.motion.glide_s)
            return self._within(self.offset + self.speed * self.motion.glide_s * part)
        return self.offset

    def moving(self, now_s: float) -> bool:
        """Whether it looks different a moment later, by itself."""
        passed_s = now_s - self.since_s
        if self.goal is not None:
            return passed_s < self.motion.turn_s
        if not self.speed or self.at(now_s) == (self.furthest if self.speed > 0 else 0):
            return False
        return passed_s < self._glides_s

    def rest(self, now_s: float) -> None:
        """Stand still where it is."""
        self.offset, self.since_s, self.speed, self.goal = self.at(now_s), now_s, 0.0, None

    def pulled(self, by: float, now_s: float) -> None:
        """A finger moved it: down is positive, towards its beginning."""
        if not self.held:
            self.rest(now_s)
            self.held = True
            self._moves.clear()
        self._moves.append((now_s, by))
        beyond = self.offset < 0 if by > 0 else self.offset > self.furthest
        self.offset -= by * GIVES if beyond else by
        self.since_s = now_s

    def released(self, now_s: float) -> None:
        """The finger left it: it goes on as it was thrown, or comes back from beyond its end."""
        self.held = False
        self.since_s = now_s
        if self.offset != self._within(self.offset):
            self._go(self._within(self.offset))
        elif self.motion.glide_s > 0:
            recent = [(at_s, by) for at_s, by in self._moves if now_s - at_s <= RECENT_S]
            if len(recent) > 1:
                took_s = max(0.008, now_s - recent[0][0])
                speed = -sum(by for _, by in recent[1:]) / took_s
                self.speed = max(-FASTEST_PX_S, min(FASTEST_PX_S, speed))
        self._moves.clear()

    def turned(self, by: float, now_s: float) -> None:
        """To a place further on, from where it would have come to rest."""
        goal = self.goal if self.goal is not None else self.at(now_s)
        self.rest(now_s)
        self._go(self._within(goal + by))

    def fits(self, furthest: int, now_s: float) -> None:
        """The list became longer or shorter."""
        if furthest != self.furthest:
            self.furthest = furthest
            if not self.held and self.at(now_s) != self._within(self.at(now_s)):
                self.rest(now_s)
                self.offset = self._within(self.offset)
            if self.goal is not None:
                self.goal = self._within(self.goal)

    @property
    def _glides_s(self) -> float:
        """How long a throw lasts."""
        return self.motion.glide_s * log(max(1.0, abs(self.speed) / STOPS_PX_S))

    def _go(self, goal: float) -> None:
        if self.motion.turn_s > 0:
            self.goal = goal
        else:
            self.offset = goal

    def _within(self, offset: float) -> float:
        return min(float(self.furthest), max(0.0, offset))


class Rolls:
    """The lists of the screen that is shown, by name. The window's thread only."""

    def __init__(self, motion: Motion) -> None:
        self._motion = motion
        self._all: dict[str, Rolling] = {}

    def show(self, panes: Iterable[Pane], now_s: float, *, anew: bool) -> None:
        """These lists are to be seen now. anew: on another screen, where all of them begin at their top."""
        before = {} if anew else self._all
        self._all = {}
        for pane in panes:
            rolling = self._all[pane.name] = before.get(pane.name) or Rolling(self._motion)
            rolling.room = pane.rect[3]
            rolling.fits(pane.furthest, now_s)

    def offsets(self, now_s: float) -> dict[str, int]:
        return {name: round(rolling.at(now_s)) for name, rolling in self._all.items()}

    def moving(self, now_s: float) -> bool:
        return any(rolling.moving(now_s) for rolling in self._all.values())

    def stopped(self, name: str, now_s: float) -> bool:
        """A finger came down on a list: whether that stopped it, so that it touches nothing."""
        rolling = self._all[name]
        moved = rolling.moving(now_s)
        rolling.rest(now_s)
        return moved

    def pulled(self, name: str, by: float, now_s: float) -> None:
        self._all[name].pulled(by, now_s)

    def released(self, now_s: float) -> None:
        """No finger is on any list."""
        for rolling in self._all.values():
            if rolling.held or rolling.offset != min(rolling.furthest, max(0.0, rolling.offset)):
                rolling.released(now_s)

    def turned(self, name: str, rooms: float, now_s: float) -> None:
        """Leaf by so many rooms."""
        rolling = self._all[name]
        rolling.turned(rooms * TURN * rolling.room, now_s)

    def wheeled(self, name: str, notches: float, now_s: float) -> None:
        """The wheel was turned, up is positive."""
        rolling = self._all[name]
        rolling.turned(-notches * NOTCH * rolling.room, now_s)
