"""A service that is open at a screen: acts go in, the next moment of it comes out, and what its desk is told.

A flow is a frozen value. Most services need none of their own: a form says what they ask (`forms.filling`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.rules.writing.writing import Key

Answers = tuple[tuple[str, str], ...]  # what was asked, what was answered; each once


@dataclass(frozen=True, slots=True)
class Chose:
    """One of several, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A key of the keyboard."""

    key: Key


@dataclass(frozen=True, slots=True)
class Next:
    """To the next page, with what is there."""


@dataclass(frozen=True, slots=True)
class Back:
    """To the page before."""


@dataclass(frozen=True, slots=True)
class Read:
    """A scanner at the screen has read something."""

    code: str


Act = Chose | Wrote | Next | Back | Read


@dataclass(frozen=True, slots=True)
class Given:
    """A service is asked for, with all that it wants to know; its desk looks at it again."""

    service: str
    answers: Answers = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """The desk of a service is to look something up; what it finds comes back as a fact for this screen."""

    service: str
    words: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What an act leads to. flow: None once it is over, and the home screen comes. given, sought: for the desk."""

    flow: Flow | None
    given: Given | None = None
    sought: Sought | None = None


class Flow(Protocol):
    """Implementations are frozen, hashable, and hold nothing that is not shown at the screen."""

    @property
    def service(self) -> str:
        """The id of the service."""

    @property
    def page(self) -> str:
        """What is shown, "service.page": another one is another screen."""

    @property
    def writes(self) -> bool:
        """Whether what a scanner reads is meant for it now, and not for a desk."""

    def after(self, act: Act) -> Turn:
        """What an act makes of it; one that makes no sense now changes nothing."""
