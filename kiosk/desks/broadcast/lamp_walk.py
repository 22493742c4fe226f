"""Lighting every lamp of the panel in turn, for a person to see, and reading its pin (B01)."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.errors import DeviceFault
from kiosk.ports.broadcast import Panel
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.broadcast.selfcheck import Finding, fault, ok
from kiosk.rules.broadcast.verdicts import lamp as judged

LIT_S = 0.5


@dataclass(slots=True)
class LampWalk:
    """names: the lamps that are wired. findings: what was wrong so far, complete once `over`. Seconds are monotonic."""

    panel: Panel
    names: tuple[str, ...]
    findings: list[Finding] = field(default_factory=list)
    _at: int = 0
    _since_s: float | None = None

    @property
    def over(self) -> bool:
        return self._at >= len(self.names)

    def next_due(self, mono_s: float) -> float | None:
        """When the next lamp has its turn, None once it is over."""
        if self.over:
            return None
        return mono_s if self._since_s is None else self._since_s + LIT_S

    def step(self, mono_s: float) -> None:
        """Keep the lamp lit whose turn it is, read it once it was long enough, and go on. Others may show it dark."""
        if self.over:
            return
        self._since_s = mono_s if self._since_s is None else self._since_s
        name = self.names[self._at]
        try:
            self.panel.show(name, Lamp.ON)
            if mono_s - self._since_s < LIT_S:
                return
            self._judge(name, wanted=True)
            self.panel.show(name, Lamp.OFF)
            self._judge(name, wanted=False)
        except DeviceFault as error:
            self.findings.append(fault(Topic.LAMPS, str(error)))
        self._at, self._since_s = self._at + 1, None
        if self.over and not self.findings:
            self.findings.append(ok(Topic.LAMPS, f"{len(self.names)} lamps were lit in turn, and every pin followed"))

    def leave(self) -> None:
        """Given up: what is lit goes dark as far as that can be done."""
        if not self.over and self._since_s is not None:
            try:
                self.panel.show(self.names[self._at], Lamp.OFF)
            except DeviceFault as error:
                self.findings.append(fault(Topic.LAMPS, str(error)))

    def _judge(self, name: str, *, wanted: bool) -> None:
        found = judged(name, wanted=wanted, reads=self.panel.reads(name))
        if found is not None and found not in self.findings:
            self.findings.append(found)
