"""What the house tells its people, in staff mode: notices, the self-check's faults, warnings, calls for somebody."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.desks.staff.corner import Said
from kiosk.ports.bag_day import NoticeBoard
from kiosk.ports.lockers import Note
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.broadcast.selfcheck import Report
from kiosk.rules.forms.words import N_
from kiosk.rules.people.person import Person
from kiosk.units import LANGUAGES

CALLED = "somebody asks for help at "
ELSEWHERE = ("locker ", "notice: ")  # matters of their own
SEEN = Offered("seen", N_("Seen to"), "check", "good")


class Checks(Protocol):
    """The newest self-check; raises LedgerFault."""

    def latest(self) -> Report | None: ...


@dataclass(slots=True)
class NoticeCorner:
    """Implements Corner: what hangs on the board of the house, for whoever is registered to see to."""

    board: NoticeBoard
    name: str = "notice"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        return tuple(
            Matter(f"{self.name} {one.n}", Kind.NOTICE, one.text, literal=True, at=one.at, deeds=(SEEN,))
            for one in self.board.hanging()
        )

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        return next((one for one in self.matters(who, now) if one.key == f"{self.name} {thing}"), None)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        key = next((one.key for one in self.board.hanging() if str(one.n) == thing), None)
        if deed != SEEN.deed or key is None or not self.board.take_down(key, now, who.id):
            return Said(N_("Somebody has seen to it"), refused=True)
        return Said(N_("It is taken down"))


@dataclass(slots=True)
class WarningCorner:
    """Implements Corner: what the front role's desks and devices tell. withdraw: takes back what begins so."""

    warnings: Callable[[], tuple[str, ...]]
    withdraw: Callable[[str], None]
    note: Callable[[Note, datetime], None]
    name: str = "warning"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        found = [self._matter(text) for text in reversed(self.warnings()) if not text.startswith(ELSEWHERE)]
        return tuple(sorted(found, key=lambda one: one.kind is not Kind.CALL))

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        text = self._text(thing)
        return None if text is None else self._matter(text)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        text = self._text(thing)
        if text is None or not text.startswith(CALLED) or deed != SEEN.deed:
            return Said(N_("It goes by itself once it is mended"), refused=True)
        self.withdraw(text)
        self.note(Note(who.id, "goes to", text.removeprefix(CALLED)), now)
        return Said(N_("It is noted that you go"))

    def _text(self, thing: str) -> str | None:
        return next((text for text in self.warnings() if _mark(text) == thing), None)

    def _matter(self, text: str) -> Matter:
        key = f"{self.name} {_mark(text)}"
        if text.startswith(CALLED):
            place = text.removeprefix(CALLED)
            words = N_("A shopper asks for somebody")
            return Matter(key, Kind.CALL, words, line=place, pressing=True, deeds=(SEEN,))
        return Matter(key, Kind.WARNING, text, literal=True)


@dataclass(slots=True)
class CheckCorner:
    """Implements Corner: what the broadcast role found before opening, for whoever is to mend it (B01)."""

    checks: Checks
    name: str = "check"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        report = self.checks.latest()
        if report is None or report.ended.date() != now.date():
            return ()
        return tuple(
            Matter(
                f"{self.name} {one.topic.value}",
                Kind.CHECK,
                one.check.title[LANGUAGES[2]],
                line=one.what,
                at=report.ended,
                told=(("", one.what), (one.check.who.value.capitalize(), one.check.remedy[LANGUAGES[2]])),
            )
            for one in report.faults
        )

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        return next((one for one in self.matters(who, now) if one.key == f"{self.name} {thing}"), None)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        return Said(N_("It goes by itself once it is mended"), refused=True)


def _mark(text: str) -> str:
    """What tells one warning from another in a key."""
    return f"{zlib.crc32(text.encode()):08x}"
