"""How a service looks at the touchscreen: its card, its first page, its own pages where a form will not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Screen
from kiosk.rules.forms.flow import Flow


@dataclass(frozen=True, slots=True)
class Told:
    """What the shopper is told in the end. The words may hold {number} and other values of the sentence. waits: how it
    stands may still change, while somebody looks at it. step: how far it is, of how many; (0, 0) for no such thing.
    takes_back: the words of the key with which it is taken back; "" where it cannot be. big: what stands large in the
    place of the sign, as "{ticket}"; "" for the sign. leads: the words of a key that leads on, and the service that it
    opens; ("", "") for none."""

    headline: str
    line: str
    icon: str
    tone: str = "good"
    waits: bool = False
    step: tuple[int, int] = (0, 0)
    takes_back: str = ""
    big: str = ""
    leads: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Face:
    """id: of the service. rank: its place on the home screen, from 1. begins: its first page. told: what its desk may
    say, by the key of the sentence. draw: its own screens; None where its flow is a form that is filled in. card: the
    home screen has one; else something that was told leads to it."""

    id: str
    rank: int
    icon: str
    tone: str
    title: str
    line: str
    begins: Callable[[Scene], Flow]
    told: Mapping[str, Told] = field(default_factory=dict)
    draw: Callable[[Scene, Flow], Screen] | None = None
    card: bool = True
