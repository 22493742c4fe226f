"""What is posted into the inbox for the service desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.rules.people.person import Person
from kiosk.rules.service.record import Record


@dataclass(frozen=True, slots=True)
class FormGiven:
    """Somebody at a screen has filled in a form."""

    seat: str
    service: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LookUpAsked:
    """Somebody at a screen gave words by which the desk of a service is to find something."""

    seat: str
    service: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What the desk said at a screen has been read."""

    seat: str


@dataclass(frozen=True, slots=True)
class DeedAsked:
    """Staff do something to a record. person: proved who they are before. reply: told why not, "" for done."""

    service: str
    number: int
    deed: str
    person: Person
    told: Mapping[str, str] = field(default_factory=dict)
    reply: Callable[[str], None] = field(default=lambda _: None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EntryAsked:
    """Staff write a new record, for a shopper or for the store. reply: the record as it was kept, or why it was not."""

    service: str
    person: Person
    answers: Mapping[str, str]
    reply: Callable[[Record | str], None] = field(default=lambda _: None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RecordsAsked:
    """Staff want to see what waits. person: who looks; that is logged where it is personal (S20)."""

    person: Person
    reply: Callable[[tuple[Record, ...]], None] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody at a screen wants a person to come. about: the question that the screen could not answer, or ""."""

    seat: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class TakeBackAsked:
    """What was asked for at a screen, and is shown there, is wanted no more."""

    seat: str


ServiceMessage = TakeBackAsked | Called | FormGiven | LookUpAsked | AnswerRead | DeedAsked | EntryAsked | RecordsAsked
