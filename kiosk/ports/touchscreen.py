"""What the touchscreen is told of the store at one moment: frozen values, so that a screen is a function of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from kiosk.rules.lockers.locker import Size
from kiosk.units import Language


@dataclass(frozen=True, slots=True)
class BagStage:
    """A shopper's procedure with a bag, at this screen. sentence: the key of what is said ("deposit.put-in").

    step: of the procedure, "" for a tag that was refused. number: of the locker's tag, 0 for none yet. deadline_s: when
    the step ends by itself, monotonic; None for never. over: it lingers for a moment, to be read.
    """

    sentence: str
    step: str = ""
    number: int = 0
    size: Size | None = None
    deadline_s: float | None = None
    over: bool = False


LONG = timedelta(hours=20)  # beyond it a clock's time does not tell which day is meant


@dataclass(frozen=True, slots=True)
class OpenHours:
    """From when to when the store is open, today or, once it has closed, next. closes: when the doors close, None where
    nobody sees them closed for weeks. bags_by: until when what is left in a locker now is to be fetched, where that is
    sooner."""

    opens: datetime
    closes: datetime | None
    bags_by: datetime | None = None

    def open_at(self, now: datetime) -> bool:
        return self.opens <= now and (self.closes is None or now < self.closes)

    def closes_soon(self, now: datetime) -> datetime | None:
        """When the doors close, None where nobody needs to mind it yet."""
        since = max(now, self.opens)
        return self.closes if self.closes is not None and self.closes - since < LONG else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service's desk says at this screen. sentence: its key ("rating.thanks"). values: filled into its words."""

    service: str
    sentence: str
    values: tuple[tuple[str, str], ...] = ()


Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class FrontView:
    """name: of the store. free: how many lockers of a size can be given now; a size the store has not is left out.

    hours: None where nobody said when the store is open. bags: None while no procedure runs at this screen. services:
    the ids of those that can be had here now. outcome: None while none of them says anything. facts: what their screens
    are told, frozen values, each of a type of its own: a store guide, what can be borrowed. speaks: a voice can read
    the screen aloud.
    """

    name: Mapping[Language, str] = field(default_factory=dict)
    free: Mapping[Size, int] = field(default_factory=dict)
    hours: OpenHours | None = None
    bags: BagStage | None = None
    services: tuple[str, ...] = ()
    outcome: Outcome | None = None
    facts: tuple[object, ...] = ()
    speaks: bool = False

    def fact(self, kind: type[Fact]) -> Fact | None:
        """What is known of a kind, None for nothing."""
        return next((one for one in self.facts if isinstance(one, kind)), None)


class ReadingVoice(Protocol):
    """Reads the screen aloud, beside it. Any thread may call; nothing waits, nothing fails: the screen says it all."""

    def say(self, sentences: tuple[str, ...], language: Language) -> None:
        """One after the other; what was being said is left off. No sentence: be quiet."""
