"""A role's heart: it looks whether every main routine makes progress, and tells systemd only then that the role lives.

What is stuck is named in the log before systemd acts. The hatch tells how every part does, from its own thread: a desk
that hangs cannot keep it to itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from kiosk.hw.systemd import Systemd
from kiosk.rules.health.vitals import Part, Sign, Vital, after, vitals
from kiosk.sentences import N_, to_wire

log = logging.getLogger(__name__)

LOOK_S = 1.0
DESK = Part(N_("the desk"), 15.0, N_("a driver or the disk keeps it waiting; the role is started again"))
SOUND = Part(N_("the sound output"), 15.0, N_("look at the sound card and its driver; the role is started again"))
SCREEN = Part(N_("the screen"), 30.0, N_("look at the display and its cable; the role is started again"))

Progress = Callable[[], object]
"""What grows as long as a part works; None while nothing is expected of it."""


class Heart:
    """A context: it beats from entering to leaving. `beat` may be called by any thread and takes no time."""

    def __init__(
        self,
        role: str,
        parts: Mapping[Part, Progress | None],
        *,
        faults: Callable[[], Sequence[str]] = tuple,
        systemd: Systemd | None = None,
        mono_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """parts: each with how its progress is seen, None for one that calls `beat`. faults: what else is out of order,
        devices that are away, say; any thread."""
        self.role = role
        self._parts: Sequence[Part] = tuple(parts)
        self._progress = {part.name: look for part, look in parts.items() if look is not None}
        self._faults = faults
        self._systemd = systemd or Systemd()
        self._mono_s = mono_s
        self._began_s = mono_s()
        self._beats: dict[str, int] = {}
        self._signs: dict[str, Sign] = {}
        self._told: set[str] = set()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._go, name="heart", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._systemd.ends()
        self._closing.set()
        self._thread.join()

    def beat(self, part: Part) -> None:
        """The part came round once more."""
        self._beats[part.name] = self._beats.get(part.name, 0) + 1

    def rests(self, part: Part) -> None:
        """Nothing is expected of the part any more."""
        self._beats.pop(part.name, None)

    def ready(self) -> None:
        """The start is over."""
        self._systemd.ready()

    def look(self) -> tuple[Vital, ...]:
        """How every part does now; what is newly stuck, or well again, is logged. The heart's thread."""
        now_s = self._mono_s()
        for part in self._parts:
            look = self._progress.get(part.name)
            seen: object = self._beats.get(part.name) if look is None else look()
            self._signs[part.name] = after(self._signs.get(part.name), seen, now_s)
        found = vitals(self._parts, self._signs, now_s)
        stuck = {vital.part.name: vital.told for vital in found if vital.stuck}
        for name, told in stuck.items():
            if name not in self._told:
                log.critical("%s", told)
                self._systemd.status(told)
        for name in self._told - set(stuck):
            log.warning("%s makes progress again", name)
        self._told = set(stuck)
        if not stuck:
            self._systemd.lives()
        return found

    def values(self) -> Mapping[str, Any]:
        """How the role does, as JSON has it. Any thread."""
        found = vitals(self._parts, dict(self._signs), self._mono_s())
        return {
            "role": self.role,
            "up_s": round(self._mono_s() - self._began_s, 1),
            "watchdog_s": self._systemd.watchdog_s,
            "parts": [
                {
                    "part": one.part.name,
                    "age_s": None if one.age_s is None else round(one.age_s, 1),
                    "patience_s": one.part.patience_s,
                    "stuck": one.stuck,
                    "told": one.told if one.stuck else "",
                    "as": to_wire(one.told) if one.stuck else "",
                }
                for one in found
            ],
            "faults": list(self._faults()),
        }

    def _go(self) -> None:
        while not self._closing.wait(LOOK_S):
            self.look()
