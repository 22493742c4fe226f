"""What can happen to the air, and what the mixer is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.rules.broadcast.programme import Item
from kiosk.units import ZoneId


@dataclass(frozen=True, slots=True)
class Requested:
    """Somebody or something wants an item on the air."""

    item: Item


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whoever asked for an item wants it no more; what has begun is not concerned."""

    key: str


@dataclass(frozen=True, slots=True)
class Began:
    """The mixer put the first sample of an item out; it may have been faster than the last order."""

    item: Item
    at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """An item is finished, cut or failed."""

    key: str


@dataclass(frozen=True, slots=True)
class Replanned:
    """The rest of the day, laid out anew from the end of what sounds."""

    programme: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Woke:
    """Time passed; something planned may be due to start out of silence."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The announcer ends the evacuation."""


@dataclass(frozen=True, slots=True)
class NextSong:
    """The announcer skips the song that sounds."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The role is to end in order: an announcement is read to its end, music fades (B10)."""


@dataclass(frozen=True, slots=True)
class OutputBack:
    """A sound output was away and sounds again: an announcement under way was heard in part, or not at all.

    zones: those it feeds, none for all of them.
    """

    zones: tuple[ZoneId, ...] = ()


Event = Requested | Withdrawn | Began | Over | Replanned | Woke | Reset | NextSong | Stop | OutputBack


@dataclass(frozen=True, slots=True)
class Play:
    """Start at once; what sounds fades over `over_s`."""

    item: Item
    over_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Follow:
    """Join to the end of what sounds; None lets silence follow."""

    item: Item | None


@dataclass(frozen=True, slots=True)
class LayOver:
    """Start at once over the music, which is ducked under it."""

    item: Item


@dataclass(frozen=True, slots=True)
class LayBeside:
    """Start at once in the item's zones; the song there fades out over `over_s` and comes back at the end."""

    item: Item
    over_s: float = 0.0


@dataclass(frozen=True, slots=True)
class BesideNext:
    """Start in the item's zones at the first sample of the next song; None takes an earlier order back."""

    item: Item | None


@dataclass(frozen=True, slots=True)
class Fade:
    """Fade what sounds to silence."""

    over_s: float


@dataclass(frozen=True, slots=True)
class Again:
    """Start what sounds over from its beginning, as `item`; `of` is the key under which it sounds."""

    item: Item
    of: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Tell whoever asked that the item will not be aired, and why."""

    item: Item
    why: str


Order = Play | Follow | LayOver | LayBeside | BesideNext | Fade | Again | Refuse
