"""What the front role and the process of its screen tell each other: frozen values, through one pipe.

The role sends a Setting first, then FrontViews, codes and badges; the screen sends what is for the desks' inbox, as it
is, and what stands here. A fact that the screen has been told already goes as a Known: it is large, and what the
screens know of it hangs on that very value.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.config.first_look import Glass
from kiosk.units import Language


@dataclass(frozen=True, slots=True)
class Setting:
    """What the screen must know to begin. seat: what it is called at the desks. zone: of the store's clock. attract_s:
    untouched for so long it shows what is on. idle_s: so long it asks whether somebody is still there. speaks: a voice
    can read it aloud."""

    glass: Glass
    seat: str
    zone: str
    attract_s: float = 0.0
    idle_s: float = 45.0
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The same fact as in the view before. place: among its facts."""

    place: int


def thinned(facts: tuple[object, ...], before: tuple[object, ...]) -> tuple[object, ...]:
    """What is sent of them."""
    return tuple(Known(before.index(fact)) if fact in before else fact for fact in facts)


def whole(facts: tuple[object, ...], before: tuple[object, ...]) -> tuple[object, ...]:
    """What was meant."""
    return tuple(before[fact.place] if isinstance(fact, Known) else fact for fact in facts)


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A scanner beside the screen has read what the screen asks for."""

    text: str


@dataclass(frozen=True, slots=True)
class BadgeRead:
    """A badge of the staff was shown beside the screen."""

    person: str


@dataclass(frozen=True, slots=True)
class Over:
    """The role ends, and the screen with it."""


@dataclass(frozen=True, slots=True)
class Turned:
    """The window came round."""


@dataclass(frozen=True, slots=True)
class Lit:
    """The display is there, and shows something."""


@dataclass(frozen=True, slots=True)
class Dark:
    """There is no display; the screen looks for it by itself."""

    why: str


@dataclass(frozen=True, slots=True)
class Stands:
    """Who stands there. reads: what is open takes codes. staffed: somebody of the staff is there, or wants to be.
    untouched: nobody has done anything since touched_s, monotonic."""

    reads: bool = False
    staffed: bool = False
    untouched: bool = True
    touched_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Aloud:
    """To be said beside the screen."""

    sentences: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Logged:
    """A line for the role's log. level: as logging has it."""

    level: int
    name: str
    text: str
