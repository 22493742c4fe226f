"""What the people at the desk should know: warnings, each once, the newest few, yesterday's forgotten."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ports.staff_view import Warned

log = logging.getLogger(__name__)

SHOWN = 6
FORGET_S = 8 * 3600.0  # a new business day begins without the warnings of the one before


@dataclass(slots=True)
class Notices:
    """mono_s: the monotonic clock. now: wall time. shown: oldest first."""

    mono_s: Callable[[], float]
    now: Callable[[], datetime]
    shown: list[str] = field(default_factory=list)
    _told_s: dict[str, float] = field(default_factory=dict)
    _since: dict[str, Warned] = field(default_factory=dict)

    def tell(self, text: str) -> None:
        """Warn, unless it is shown already; then it only stays for longer."""
        self._tell(Warned(text, self.now()))

    def happened(self, text: str) -> None:
        """The same, of what went wrong once: somebody can see to it."""
        self._tell(Warned(text, self.now(), happened=True))

    def seen(self, mark: str) -> None:
        """Somebody has seen to what happened."""
        over = {one.text for one in self.warned() if one.happened and one.mark == mark}
        self.shown[:] = [text for text in self.shown if text not in over]

    def warned(self) -> tuple[Warned, ...]:
        """What is shown, with since when; any thread may ask."""
        since = self._since
        return tuple(since[text] for text in tuple(self.shown) if text in since)

    def withdraw(self, beginning: str) -> None:
        """What is over is not shown any more."""
        self.shown[:] = [text for text in self.shown if not text.startswith(beginning)]

    def forget(self) -> None:
        """A new day: what is older than eight hours goes."""
        recent_s = self.mono_s() - FORGET_S
        self._told_s = {text: at_s for text, at_s in self._told_s.items() if at_s > recent_s}
        self.shown[:] = [text for text in self.shown if text in self._told_s]

    def _tell(self, told: Warned) -> None:
        if told.text not in self.shown:
            log.warning(told.text)
            self.shown.append(told.text)
            del self.shown[:-SHOWN]
            self._since = {one: told if one == told.text else self._since[one] for one in self.shown}
        self._told_s[told.text] = self.mono_s()
