"""The desk's dealings with the back office: one plan on order at a time, and patience that ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.messages import PlanOrder
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.library import Material

RETRY_S = 60.0  # before a plan that failed is ordered again
PATIENCE_S = 90.0  # so long an answer may take: a Pi plans a day in a few seconds


@dataclass(frozen=True, slots=True)
class Spare:
    """What to go by while there is no plan: a day's clockwork (None: unknown) and all that can be played."""

    day_at: Callable[[datetime], BusinessDay | None]
    material: Material


@dataclass(slots=True)
class PlanOrders:
    """bad_files: what turned out not to play, in the order of failing. Seconds are monotonic."""

    send: Callable[[PlanOrder], None]
    bad_files: dict[str, None] = field(default_factory=dict)
    _sent_s: float | None = None
    _again_s: float | None = None
    _outage: bool = False

    @property
    def pending(self) -> bool:
        """An answer is on its way."""
        return self._sent_s is not None

    @property
    def put_off(self) -> bool:
        """The last order failed and is not to be repeated yet."""
        return self._again_s is not None

    def give(self, order: PlanOrder, mono_s: float) -> None:
        """Order a plan; the answer comes through the inbox."""
        self._sent_s, self._again_s = mono_s, None
        self.send(order)

    def answered(self) -> None:
        """A plan came."""
        self._sent_s = None

    def failed(self, mono_s: float) -> None:
        """No plan came or will come: try again in a minute."""
        self._sent_s, self._again_s = None, mono_s + RETRY_S

    def overdue(self, mono_s: float) -> bool:
        """The office owes an answer for too long."""
        return self._sent_s is not None and mono_s - self._sent_s > PATIENCE_S

    def due_again(self, mono_s: float) -> bool:
        """It is time to try again."""
        return self._again_s is not None and mono_s >= self._again_s

    def broke(self, paths: Iterable[str]) -> None:
        """These files do not play: plan without them."""
        for path in paths:
            self.bad_files.pop(path, None)
            self.bad_files[path] = None

    def try_one(self) -> None:
        """Nothing plays at all: the file that failed longest ago is worth a try."""
        self._outage = True
        for path in list(self.bad_files)[:1]:
            del self.bad_files[path]

    def plays(self) -> None:
        """A song plays: if that ends an outage, the others may as well."""
        if self._outage:
            self.forgive()

    def forgive(self) -> None:
        """Every file has another chance."""
        self._outage = False
        self.bad_files.clear()
