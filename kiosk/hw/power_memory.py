"""What stands under power, written down: a role that was killed finds its amplifier as it left it, and leaves it on.

The record holds for this boot of the machine only, and is believed only where the pins of a process that ended keep
what they were (`outputs_persist`).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.ports.broadcast import PowerSwitches
from kiosk.rules.broadcast.power import Unit

log = logging.getLogger(__name__)

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
PARAMETERS = Path("/sys/module")


def outputs_persist(modules: Path = PARAMETERS) -> bool:
    """Whether this kernel leaves an output as it is when its process ends. A Raspberry Pi's says so; others let go."""
    told = [*modules.glob("pinctrl_*/parameters/persist_gpio_outputs")]
    try:
        return bool(told) and all(one.read_text().strip() in ("Y", "1") for one in told)
    except OSError:
        return False


def boot_id(file: Path = BOOT_ID) -> str:
    """Which boot of the machine this is, "" where nobody knows."""
    try:
        return file.read_text().strip()
    except OSError:
        return ""


@dataclass(slots=True)
class RememberedPower:
    """Implements ports.PowerSwitches before other switches: what is on is in `file`, with the monotonic time since.

    Killed between relay and record, the record says less than what is on, never more: then the relay is switched off at
    the next start, and on in order. A file that cannot be written is told once.
    """

    switches: PowerSwitches
    file: Path
    mono_s: Callable[[], float]
    boot: str = field(default_factory=boot_id)
    _since_s: dict[str, float] = field(default_factory=dict)
    _told: bool = False

    def __post_init__(self) -> None:
        self._since_s = dict(_recorded(self.file, self.boot))

    def switch(self, unit: Unit, *, on: bool) -> None:
        if not on and self._since_s.pop(unit.value, None) is not None:
            self._write()
        self.switches.switch(unit, on=on)
        if on and unit.value not in self._since_s:
            self._since_s[unit.value] = self.mono_s()
            self._write()

    def reads(self, unit: Unit) -> bool | None:
        return self.switches.reads(unit)

    def off(self) -> None:
        """The role ends in order: nothing is on."""
        self._since_s.clear()
        self._write()

    def _write(self) -> None:
        new = self.file.with_suffix(".new")
        try:
            if not self._since_s:
                self.file.unlink(missing_ok=True)
                return
            self.file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps({"boot": self.boot, "since_s": self._since_s}), encoding="utf-8")
            new.replace(self.file)
        except OSError as error:
            if not self._told:
                self._told = True
                log.warning(
                    "%s cannot be written (%s): should the role be killed, music comes back seconds later; "
                    "free some space, or make its disk writable",
                    self.file, error.strerror,
                )  # fmt: skip


def left_on(file: Path, mono_s: float, warm_s: float, boot: str | None = None) -> frozenset[Unit]:
    """Source and amplifier, where both are on, in this boot, and the amplifier for `warm_s` at least; else nothing."""
    since_s = _recorded(file, boot_id() if boot is None else boot)
    amplifier_s = since_s.get(Unit.AMPLIFIER.value)
    if amplifier_s is None or Unit.SOURCE.value not in since_s or not 0.0 <= warm_s <= mono_s - amplifier_s:
        return frozenset()
    return frozenset({Unit.SOURCE, Unit.AMPLIFIER})


def _recorded(file: Path, boot: str) -> Mapping[str, float]:
    """Nothing, where what stands there is of another boot or cannot be believed."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if not boot or found["boot"] != boot:
            return {}
        return {str(unit): float(since_s) for unit, since_s in found["since_s"].items() if unit in _NAMES}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


_NAMES = frozenset(unit.value for unit in (Unit.SOURCE, Unit.AMPLIFIER))  # the microphone's is off at a start
