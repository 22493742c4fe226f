"""What the people at the desk should know: what is wrong, the newest few; what merely happened, until it is seen to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ports.staff_view import Warned

log = logging.getLogger(__name__)

SHOWN = 6
MOST_HAPPENED = 34  # with the others as many as the front role is told of
FORGET_S = 8 * 3600.0  # a new business day begins without the faults of the one before: what is still so is told again


@dataclass(slots=True)
class Notices:
    """mono_s: the monotonic clock. now: wall time."""

    mono_s: Callable[[], float]
    now: Callable[[], datetime]
    _told: dict[str, Warned] = field(default_factory=dict)  # oldest first; never changed, but made anew
    _told_s: dict[str, float] = field(default_factory=dict)

    @property
    def shown(self) -> list[str]:
        """The newest few, oldest first, for the board."""
        return [*self._told][-SHOWN:]

    def tell(self, text: str) -> None:
        """Warn, unless it is shown already; then it only stays for longer."""
        self._tell(Warned(text, self.now()))

    def happened(self, text: str) -> None:
        """The same, of what went wrong once: it stays until somebody has seen to it."""
        self._tell(Warned(text, self.now(), happened=True))

    def recall(self, before: tuple[Warned, ...]) -> None:
        """What happened before this role began, and nobody has seen to."""
        self._keep([*(one for one in before if one.text not in self._told), *self._told.values()])

    def seen(self, mark: str) -> None:
        """Somebody has seen to what happened."""
        self._keep([one for one in self._told.values() if not (one.happened and one.mark == mark)])

    def warned(self) -> tuple[Warned, ...]:
        """All that is told, with since when; any thread may ask."""
        return tuple(self._told.values())

    def withdraw(self, beginning: str) -> None:
        """What is over is not shown any more."""
        self._keep([one for one in self._told.values() if not one.text.startswith(beginning)])

    def forget(self) -> None:
        """A new day: what is older than eight hours goes, unless somebody is to see to it."""
        recent_s = self.mono_s() - FORGET_S
        self._told_s = {text: at_s for text, at_s in self._told_s.items() if at_s > recent_s}
        self._keep([one for one in self._told.values() if one.happened or one.text in self._told_s])

    def _tell(self, told: Warned) -> None:
        if told.text not in self._told:
            log.warning(told.text)
            self._keep([*self._told.values(), told])
        self._told_s[told.text] = self.mono_s()

    def _keep(self, told: list[Warned]) -> None:
        happened = [one for one in told if one.happened][-MOST_HAPPENED:]
        stays = {id(one) for one in (*happened, *[one for one in told if not one.happened][-SHOWN:])}
        self._told = {one.text: one for one in told if id(one) in stays}
