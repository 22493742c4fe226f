"""What the broadcast desk knows about the air: what sounds, what waits, what was told to the mixer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.rounds import later


@dataclass(frozen=True, slots=True)
class OnAir:
    """What the broadcast desk knows about the air.

    current: what sounds, or was told to sound at once. began: when its first sample went out, None until then.
    follower: what the mixer was told to join to it. waiting: requests. programme: planned items not yet begun.
    over: a microphone laid over the music. called_off: the last evacuations that were reset or replaced, by the stems
    of their keys; the mixer may have begun a round of one that the desk hears of later. beside: what speaks in some
    zones beside the line, or was told to at once; beside_began as `began`. beside_next: told to begin with a song.
    """

    current: Item | None = None
    began: datetime | None = None
    follower: Item | None = None
    waiting: tuple[Item, ...] = ()
    programme: tuple[Item, ...] = ()
    stopping: bool = False
    over: Item | None = None
    called_off: tuple[str, ...] = ()
    beside: Item | None = None
    beside_began: datetime | None = None
    beside_next: Item | None = None

    @property
    def sounding(self) -> Item | None:
        """What counts as on the air: between two items it is the follower, which the mixer may have begun already."""
        return self.current or self.follower

    def expected_end(self, now: datetime) -> datetime:
        """When what sounds will be over, were nothing to interrupt it; `now` if nothing sounds."""
        if self.current is None:
            return now
        return later(self.began or now, self.current.duration_s)
