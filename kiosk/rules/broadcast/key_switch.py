"""The panel's key switch: on or off, once its contact is steady; unlike a button it may stay on all day."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.rules.broadcast.debounce import Edge

KEY = "key switch"  # the name of its contact; no button can have this id


@dataclass(slots=True)
class KeySwitch:
    """steady_s: the contact has to rest so long before it counts. A contact that comes to no rest counts as off."""

    steady_s: float = 0.05
    restless_s: float = 2.0
    on: bool = False
    _closed: bool = False
    _since_s: float | None = None  # when the contact moved last, None once that counted
    _restless_from_s: float = 0.0

    def feed(self, edge: Edge) -> None:
        """The contact moved, or is reported anew."""
        if edge.closed is self._closed:
            return
        self._closed = edge.closed
        if self._since_s is None:
            self._restless_from_s = edge.mono_s
        self._since_s = edge.mono_s

    def pass_to(self, mono_s: float) -> bool:
        """Time passed; whether the key is on now."""
        if self._since_s is not None and mono_s - self._since_s >= self.steady_s:
            self.on, self._since_s = self._closed, None
        elif self._since_s is not None and mono_s - self._restless_from_s > self.restless_s:
            self.on = False
        return self.on

    def next_due(self) -> float | None:
        """When the contact will have rested long enough, None where nothing is open."""
        return None if self._since_s is None else self._since_s + self.steady_s
