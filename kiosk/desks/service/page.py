"""Who takes a shopper's wish to have somebody called to the broadcast desk, and tells how it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.desks.service.clerk import Said
from kiosk.rules.broadcast.page_check import Accepted, Fault, Refused, Verdict, check
from kiosk.rules.broadcast.page_watch import OVER, OVERDUE, Stage
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom, called
from kiosk.rules.service.page import CALLER, DRIVER, NAME, PLATE, SERVICE, STAFF, TITLE, WHOM
from kiosk.rules.service.record import Done, Record
from kiosk.units import LANGUAGES, Language, ZoneId

LOOK_EVERY = timedelta(seconds=1)
FORGOTTEN_AFTER = timedelta(hours=1)  # nobody stands at the screen so long
WRONG = {
    Fault.TITLE: "page.by-name",
    Fault.DEPARTMENT: "page.by-name",
    Fault.ADDRESS: "page.by-name",
    Fault.PLATE: "page.wrong-plate",
}
ENGLISH = LANGUAGES[2]


class Standing(Protocol):
    """How a page stands. why: it was declined, in words that a shopper may read."""

    @property
    def stage(self) -> Stage: ...

    @property
    def why(self) -> str: ...


class Requests(Protocol):
    """The front role's side of the pages. Raises LedgerFault."""

    def ask(self, request: PageRequest, now: datetime, *, caller: str = "", number: str = "", by: str = "front") -> int:
        """Durable when this returns its number."""

    def state(self, n: int) -> Standing | None:
        """How page n stands."""

    def withdraw(self, n: int, now: datetime) -> bool:
        """Whether it was in time."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the store calls people. languages: of its speech, usually the first. place: where the screen hangs, {} for
    the main service desk. lacking: the characters of a text that no voice has, in a language."""

    languages: tuple[Language, ...] = LANGUAGES[:1]
    place: Mapping[Language, str] = field(default_factory=dict)
    times: int = 2
    zones: Collection[ZoneId] | None = None
    lacking: Callable[[str, Language], Collection[str]] = lambda _text, _language: ()


@dataclass(slots=True)
class _Watched:
    n: int
    since: datetime
    standing: Standing | None = None


@dataclass(slots=True)
class PageClerk:
    """Implements Clerk and TakesBack."""

    requests: Requests
    manner: Manner = field(default_factory=Manner)
    service: str = SERVICE.id
    _pages: dict[int, _Watched] = field(default_factory=dict)  # number of the record -> its page
    _looked: datetime | None = None

    def objects(self, record: Record, now: datetime) -> Said | None:
        """Before it is sent, it is checked as the broadcast desk will check it."""
        verdict = self._checked(record)
        if not isinstance(verdict, Refused):
            return None
        sentence = WRONG.get(verdict.fault, "page.wrong-name")
        if sentence == "page.by-name" and verdict.mended is not None:
            return Said("page.by-name-mended", (("form", called(verdict.mended)),))
        return Said(sentence, (("form", verdict.say),))

    def entered(self, record: Record, now: datetime) -> None:
        verdict = self._checked(record)
        assert isinstance(verdict, Accepted), "it was checked before it was kept"
        n = self.requests.ask(verdict.request, now, caller=record.answers.get(CALLER, ""), by=record.by)
        self._pages[record.number] = _Watched(n, now, self.requests.state(n))

    def done(self, record: Record, done: Done, now: datetime) -> None:
        """Nobody does anything to it here: the page is minded at the broadcast desk."""

    def said(self, record: Record, now: datetime) -> Said:
        watched = self._pages.get(record.number)
        if watched is None or watched.standing is None:
            return Said("page.gone")
        standing = watched.standing
        if standing.stage is Stage.DECLINED and standing.why and standing.why != OVERDUE:
            return Said("page.declined-why", (("why", standing.why),))
        return Said(f"page.{standing.stage.value}")

    def take_back(self, record: Record, now: datetime) -> None:
        """The shopper needs nobody any more. Too late, and it is called all the same."""
        if (watched := self._pages.get(record.number)) is not None:
            self.requests.withdraw(watched.n, now)
            watched.standing = self.requests.state(watched.n)

    def facts(self, now: datetime) -> tuple[object, ...]:
        return ()

    def pass_to(self, now: datetime) -> None:
        if not self._pages or (self._looked is not None and abs(now - self._looked) < LOOK_EVERY):
            return
        self._looked = now
        self._pages = {id: one for id, one in self._pages.items() if abs(now - one.since) < FORGOTTEN_AFTER}
        for watched in self._pages.values():
            if watched.standing is None or watched.standing.stage not in OVER:
                watched.standing = self.requests.state(watched.n)

    def _checked(self, record: Record) -> Verdict:
        request = request_of(record.answers, self.manner)
        spoken = request.name + request.place
        lacking = self.manner.lacking(spoken, request.language)
        return check(request, zones=self.manner.zones, unsayable=lacking)


def request_of(answers: Mapping[str, str], manner: Manner) -> PageRequest:
    """What is to be said. A name in Latin letters is called in English where the store speaks it."""
    name = answers.get(NAME, "")
    language = manner.languages[0]
    if name and name.isascii() and ENGLISH in manner.languages:
        language = ENGLISH
    whom, reason = {
        DRIVER: (Whom.GUEST, Reason.VEHICLE),
        STAFF: (Whom.STAFF, Reason.FRIEND),
    }.get(answers.get(WHOM, ""), (Whom.GUEST, Reason.FRIEND))
    place = "" if reason is Reason.VEHICLE else manner.place.get(language, "")
    return PageRequest(
        whom,
        Title(answers.get(TITLE, "mr")),
        name,
        reason,
        place,
        language,
        plate=answers.get(PLATE, ""),
        times=manner.times,
    )
