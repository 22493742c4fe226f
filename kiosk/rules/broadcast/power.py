"""The equipment's fixed order of power: the source before the amplifier, the amplifier off first (B02)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.sentences import N_


class Unit(Enum):
    """What is switched; the values name it in logs."""

    SOURCE = N_("mixer and source")
    AMPLIFIER = N_("amplifier")
    MICROPHONE = N_("microphone supply")  # apart from the sequence: on only while somebody talks (B16)


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds that the equipment manual demands.

    settle_s: the source runs so long before the amplifier goes on. warm_s: the amplifier is on so long before sound.
    quiet_s: silence before the amplifier goes off. drain_s: the amplifier is off so long before the source goes off.
    """

    settle_s: float = 3.0
    warm_s: float = 2.0
    quiet_s: float = 2.0
    drain_s: float = 3.0

    @property
    def lead_s(self) -> float:
        """How long before the first sound powering up begins."""
        return self.settle_s + self.warm_s


@dataclass(frozen=True, slots=True)
class Switching:
    """One step: `after_s` seconds from the beginning of the sequence, `unit` goes on or off."""

    after_s: float
    unit: Unit
    on: bool


def up(delays: Delays) -> tuple[Switching, ...]:
    """Powering up; sound may begin `delays.lead_s` after its beginning."""
    return (Switching(0.0, Unit.SOURCE, True), Switching(delays.settle_s, Unit.AMPLIFIER, True))


def down(delays: Delays) -> tuple[Switching, ...]:
    """Powering down, from the moment at which the last sound ended."""
    return (
        Switching(delays.quiet_s, Unit.AMPLIFIER, False),
        Switching(delays.quiet_s + delays.drain_s, Unit.SOURCE, False),
    )
