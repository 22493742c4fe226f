"""The parts of a role that must make progress, and which of them stand still; whoever is stuck is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.sentences import tell


@dataclass(frozen=True, slots=True)
class Part:
    """A routine that must come round. patience_s: without progress for so long it is stuck. remedy: what to look at."""

    name: str
    patience_s: float
    remedy: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The last progress of a part. seen: what it showed; None where nothing is expected of it now. at_s: monotonic."""

    seen: object
    at_s: float


@dataclass(frozen=True, slots=True)
class Vital:
    """How a part does. age_s: since its last progress; None while nothing is expected of it."""

    part: Part
    age_s: float | None

    @property
    def stuck(self) -> bool:
        return self.age_s is not None and self.age_s > self.part.patience_s

    @property
    def told(self) -> str:
        """What the log says of a part that is stuck."""
        assert self.age_s is not None
        return tell(
            "{part} has made no progress for {seconds} s: {remedy}",
            part=tell(self.part.name),
            seconds=round(self.age_s),
            remedy=tell(self.part.remedy),
        )


def after(sign: Sign | None, seen: object, now_s: float) -> Sign:
    """A part shows something: progress, where it is not what it showed before."""
    if sign is not None and seen is not None and seen == sign.seen:
        return sign
    return Sign(seen, now_s)


def vitals(parts: Sequence[Part], signs: Mapping[str, Sign], now_s: float) -> tuple[Vital, ...]:
    """How every part does, in their order. One that has never shown anything is not asked yet: the role starts."""
    found = []
    for part in parts:
        sign = signs.get(part.name)
        age_s = None if sign is None or sign.seen is None else max(0.0, now_s - sign.at_s)
        found.append(Vital(part, age_s))
    return tuple(found)
