"""What clean presses mean: a press, a hold, two buttons together, talk while held, talk until pressed again.

One table, total over style, state and event; what is not in it changes nothing. From a press to its release a button
acts once: a long press is not also a double press.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.rules.broadcast.debounce import (
    ChatterReported,
    Clean,
    NoiseReported,
    Pressed,
    Recovered,
    Released,
    StuckReported,
)
from kiosk.rules.broadcast.panel import TALKS, Button, Hold, Together


class Style(Enum):
    """How a button is worked."""

    PRESS = "pressed"
    HOLD = "held"  # guarded: held for hold_s
    CHORD = "pressed together with its partner"  # guarded
    PARTNER = "pressed, or together with one that it guards"  # so it acts when let go
    TALK = "held while talking"
    LATCH = "pressed to talk, pressed again to end"


class State(Enum):
    """Where a button is in its gesture."""

    UP = "up"
    DOWN = "down, and nothing is decided"
    SPENT = "down, and everything is decided"
    LIVE = "down, and the microphone is open"
    LATCHED = "up, and the microphone is open"


class Event(Enum):
    """What happens to a button."""

    PRESS = "pressed"
    RELEASE = "let go"
    LOST = "not to be trusted any more"
    DUE = "its time is over"
    JOIN = "its partner is down too"
    CLOSED = "what it began was ended by somebody else"


class TalkEnd(Enum):
    """Why the microphone is closed; the values are what logs say."""

    LET_GO = "the button was let go"
    PRESSED_AGAIN = "the button was pressed again"
    TOO_LONG = "the longest talking time is over"
    LOST = "the button is stuck or its wire is loose"


class _Act(Enum):
    NOTHING = "nothing"
    ASK = "ask"
    INCOMPLETE = "incomplete"
    TALK = "talk"


_Turn = tuple[State, _Act | TalkEnd]
_UP, _DOWN, _SPENT, _LIVE, _LATCHED = State.UP, State.DOWN, State.SPENT, State.LIVE, State.LATCHED
_OVER: Mapping[tuple[State, Event], _Turn] = {
    (_SPENT, Event.RELEASE): (_UP, _Act.NOTHING),
    (_SPENT, Event.LOST): (_UP, _Act.NOTHING),
    (_DOWN, Event.LOST): (_UP, _Act.NOTHING),
    (_LIVE, Event.LOST): (_UP, TalkEnd.LOST),
    (_LATCHED, Event.LOST): (_UP, TalkEnd.LOST),
    (_LIVE, Event.CLOSED): (_SPENT, _Act.NOTHING),
    (_LATCHED, Event.CLOSED): (_UP, _Act.NOTHING),
}
_TURNS: Mapping[Style, Mapping[tuple[State, Event], _Turn]] = {
    Style.PRESS: {
        (_UP, Event.PRESS): (_SPENT, _Act.ASK),
    },
    Style.HOLD: {
        (_UP, Event.PRESS): (_DOWN, _Act.NOTHING),
        (_DOWN, Event.DUE): (_SPENT, _Act.ASK),
        (_DOWN, Event.RELEASE): (_UP, _Act.INCOMPLETE),
    },
    Style.CHORD: {
        (_UP, Event.PRESS): (_DOWN, _Act.NOTHING),
        (_DOWN, Event.JOIN): (_SPENT, _Act.ASK),
        (_DOWN, Event.DUE): (_SPENT, _Act.INCOMPLETE),
        (_DOWN, Event.RELEASE): (_UP, _Act.INCOMPLETE),
    },
    Style.PARTNER: {
        (_UP, Event.PRESS): (_DOWN, _Act.NOTHING),
        (_DOWN, Event.JOIN): (_SPENT, _Act.NOTHING),
        (_DOWN, Event.DUE): (_SPENT, _Act.ASK),
        (_DOWN, Event.RELEASE): (_UP, _Act.ASK),
    },
    Style.TALK: {
        (_UP, Event.PRESS): (_LIVE, _Act.TALK),
        (_LIVE, Event.RELEASE): (_UP, TalkEnd.LET_GO),
    },
    Style.LATCH: {
        (_UP, Event.PRESS): (_LIVE, _Act.TALK),
        (_LIVE, Event.RELEASE): (_LATCHED, _Act.NOTHING),
        (_LATCHED, Event.PRESS): (_SPENT, TalkEnd.PRESSED_AGAIN),
    },
}


def turn(style: Style, state: State, event: Event) -> _Turn:
    """The cell of the table: the state after the event, and what is done."""
    own = _TURNS[style].get((state, event))
    return own or _OVER.get((state, event)) or (state, _Act.NOTHING)


@dataclass(frozen=True, slots=True)
class Limits:
    """hold_s: how long a guarded button is held. together_s: two buttons pressed within it are pressed together."""

    hold_s: float = 3.0
    together_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Handling:
    """How a button is worked; partner: the other button of a chord."""

    style: Style = Style.PRESS
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The button's action is asked for, its guard is met; how: for the log."""

    button: str
    how: Style
    mono_s: float


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A guarded button was pressed without what its guard demands: nothing happens, somebody is told why (B14)."""

    button: str
    how: Style
    mono_s: float


@dataclass(frozen=True, slots=True)
class TalkBegan:
    """Somebody wants to talk from now on."""

    button: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class TalkEnded:
    """The talk is over: the microphone's power goes off (B16)."""

    button: str
    why: TalkEnd
    mono_s: float


Gesture = Asked | Incomplete | TalkBegan | TalkEnded


def handlings(buttons: Iterable[Button]) -> dict[str, Handling]:
    """How each button of the site is worked, as its guard says."""
    known = list(buttons)
    guards = {button.guard.other for button in known if isinstance(button.guard, Together)}
    out: dict[str, Handling] = {}
    for button in known:
        if button.action in TALKS:
            out[button.id] = Handling(Style.LATCH if button.latch else Style.TALK)
            continue
        match button.guard:
            case Hold():
                out[button.id] = Handling(Style.HOLD)
            case Together(other):
                out[button.id] = Handling(Style.CHORD, other)
            case None:
                out[button.id] = Handling(Style.PARTNER if button.id in guards else Style.PRESS)
    return out


@dataclass(slots=True)
class Hands:
    """The hands on a panel: clean events and time in, gestures out, in the order of their stamps."""

    handlings: Mapping[str, Handling]
    limits: Limits = field(default_factory=Limits)
    _states: dict[str, State] = field(default_factory=dict)
    _since_s: dict[str, float] = field(default_factory=dict)

    def feed(self, clean: Clean) -> tuple[Gesture, ...]:
        """What an event, and the time until it, brought about. A button that nobody knows brings nothing about."""
        before = self.pass_to(clean.mono_s)
        if clean.button not in self.handlings:
            return before
        out: tuple[Gesture, ...] = ()
        match clean:
            case Pressed(button, mono_s):
                out = self._turn(button, Event.PRESS, mono_s) + self._join(button, mono_s)
            case Released(button, mono_s, let_go):
                out = self._turn(button, Event.RELEASE if let_go else Event.LOST, mono_s)
            case StuckReported(button, mono_s) | ChatterReported(button, mono_s):
                out = self._turn(button, Event.LOST, mono_s)
            case NoiseReported() | Recovered():
                pass
        return before + out

    def pass_to(self, mono_s: float) -> tuple[Gesture, ...]:
        """What the time until `mono_s` brought about."""
        dues = ((at_s, button) for button in self._states if (at_s := self._due(button)) is not None)
        over = sorted(one for one in dues if one[0] <= mono_s)
        return tuple(gesture for at_s, button in over for gesture in self._turn(button, Event.DUE, at_s))

    def close(self, button: str, mono_s: float) -> None:
        """The talk that a button began was ended otherwise: held on, it does nothing; pressed again, it begins anew."""
        if button in self._states:
            self._turn(button, Event.CLOSED, mono_s)

    def next_due(self) -> float | None:
        """When to call `pass_to` at the latest, monotonic seconds; None for whenever."""
        return min((at_s for button in self._states if (at_s := self._due(button)) is not None), default=None)

    def state(self, button: str) -> State:
        """Where a button is in its gesture."""
        return self._states.get(button, State.UP)

    def _join(self, button: str, mono_s: float) -> tuple[Gesture, ...]:
        """Both buttons of a chord are down and undecided: they were pressed together, in whichever order."""
        chords = [(one, handling.partner) for one, handling in self.handlings.items() if handling.style is Style.CHORD]
        joined = [chord for chord in chords if button in chord and all(self.state(one) is State.DOWN for one in chord)]
        both = dict.fromkeys(one for chord in joined for one in chord)
        return tuple(gesture for one in both for gesture in self._turn(one, Event.JOIN, mono_s))

    def _due(self, button: str) -> float | None:
        style = self.handlings[button].style
        match self._states[button]:
            case State.DOWN:
                return self._since_s[button] + (self.limits.hold_s if style is Style.HOLD else self.limits.together_s)
            case _:
                return None

    def _turn(self, button: str, event: Event, mono_s: float) -> tuple[Gesture, ...]:
        style, before = self.handlings[button].style, self.state(button)
        self._states[button], act = turn(style, before, event)
        if before is State.UP:
            self._since_s[button] = mono_s
        match act:
            case TalkEnd():
                return (TalkEnded(button, act, mono_s),)
            case _Act.ASK:
                return (Asked(button, style, mono_s),)
            case _Act.INCOMPLETE:
                return (Incomplete(button, style, mono_s),)
            case _Act.TALK:
                return (TalkBegan(button, mono_s),)
            case _Act.NOTHING:
                return ()
