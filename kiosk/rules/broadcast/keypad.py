"""The keys of a terminal as hands on the panel: a key says when it goes down, never when it comes up again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase

from kiosk.rules.broadcast.gestures import Handling, Limits, Style, handlings
from kiosk.rules.broadcast.panel import Button

KEYS = "1234567890" + ascii_lowercase
REPEATS_S = 0.7  # a key that is held down comes again within it: the same hand, not another press
TAP_S = 0.3  # longer than the slowest contact bounces
SPARE_S = 0.5  # a guarded button is held so much longer than it has to be
CHORD_PART = 0.9  # of the time within which two buttons are pressed together


@dataclass(frozen=True, slots=True)
class Move:
    """A hand presses a button, or lets it go."""

    button: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A key beside its button, for people. hint: how the key works it, "" for a plain press. down: it is pressed."""

    key: str
    button: str
    hint: str = ""
    down: bool = False


@dataclass(slots=True)
class Keypad:
    """Characters and time in, moves of buttons out. Seconds are monotonic.

    A plain button is tapped. One that is guarded by holding stays down for as long as it must be held, or until its key
    comes again. Two that belong together stay down for a moment, in which the other's key joins. One that talks while
    it is held stays down until its key comes again.
    """

    handlings: Mapping[str, Handling]
    limits: Limits
    _buttons: Mapping[str, str] = field(init=False)
    _up_s: dict[str, float | None] = field(default_factory=dict)
    _typed_s: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._buttons = dict(zip(KEYS, self.handlings, strict=False))

    def feed(self, text: str, mono_s: float) -> tuple[Move, ...]:
        """What was typed; characters that are nobody's key do nothing."""
        moves = self.pass_to(mono_s)
        for char in text.lower():
            button = self._buttons.get(char)
            if button is None:
                continue
            before_s = self._typed_s.get(char)
            self._typed_s[char] = mono_s
            if before_s is None or mono_s - before_s >= REPEATS_S:
                moves += self._typed(button, mono_s)
        return moves

    def pass_to(self, mono_s: float) -> tuple[Move, ...]:
        """The buttons whose time is over are let go."""
        over = [button for button, up_s in self._up_s.items() if up_s is not None and up_s <= mono_s]
        return tuple(self._let_go(button) for button in over)

    def next_due(self) -> float | None:
        """When to call `pass_to` at the latest, None for whenever."""
        return min((up_s for up_s in self._up_s.values() if up_s is not None), default=None)

    def shown(self) -> tuple[Key, ...]:
        """Every key with its button, in the order of the panel."""
        return tuple(
            Key(key, button, self._hint(button), button in self._up_s) for key, button in self._buttons.items()
        )

    def _typed(self, button: str, mono_s: float) -> tuple[Move, ...]:
        style = self.handlings[button].style
        if button in self._up_s:
            return (self._let_go(button),) if style in (Style.HOLD, Style.TALK) else ()
        self._up_s[button] = None if style is Style.TALK else mono_s + self._held_s(style)
        return (Move(button, closed=True),)

    def _let_go(self, button: str) -> Move:
        del self._up_s[button]
        return Move(button, closed=False)

    def _held_s(self, style: Style) -> float:
        match style:
            case Style.HOLD:
                return self.limits.hold_s + SPARE_S
            case Style.CHORD | Style.PARTNER:
                return self.limits.together_s * CHORD_PART
            case _:
                return TAP_S

    def _hint(self, button: str) -> str:
        handling = self.handlings[button]
        match handling.style:
            case Style.HOLD if button in self._up_s:
                return "held; again: let go"
            case Style.HOLD:
                return f"holds {self.limits.hold_s:g} s"
            case Style.CHORD:
                return f"with {self._key_of(handling.partner)}"
            case Style.TALK:
                return "again: let go" if button in self._up_s else "hold: toggle"
            case Style.LATCH:
                return "again: end"
            case _:
                return ""

    def _key_of(self, button: str) -> str:
        return next((key for key, one in self._buttons.items() if one == button), button)


def keypad_for(buttons: Iterable[Button], hold_s: float) -> Keypad:
    """The keypad of a site's panel; buttons beyond the thirty-sixth have no key."""
    return Keypad(handlings(buttons), Limits(hold_s=hold_s))
