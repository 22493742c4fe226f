"""What the house tells its people, in staff mode: notices, the self-check's faults, warnings, calls for somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.desks.staff.corner import Said
from kiosk.ports.bag_day import NoticeBoard
from kiosk.ports.lockers import Note
from kiosk.ports.staff_view import Kind, Matter, Offered, Warned
from kiosk.rules.broadcast.checks import Who
from kiosk.rules.broadcast.selfcheck import Report
from kiosk.rules.people.person import Person
from kiosk.sentences import N_, in_languages

CALLED = "somebody asks for help at "
SEATS = {"screen": N_("At the touchscreen")}  # others have the names that the store gave them
ELSEWHERE = ("locker ", "notice: ", "lost tag ")  # matters of their own
WHO = {
    Who.ANNOUNCER: N_("Announcer"),
    Who.DEPARTMENT_HEAD: N_("Department head"),
    Who.TECHNICIAN: N_("Technician"),
}
MENDED = N_("It goes by itself once it is mended")
SEEN = Offered("seen", N_("Seen to"), "check", "good")
STAYS = N_("It stays here until somebody has seen to it")


class Checks(Protocol):
    """The newest self-check; raises LedgerFault."""

    def latest(self) -> Report | None: ...


@dataclass(slots=True)
class NoticeCorner:
    """Implements Corner: what hangs on the board of the house, for whoever is registered to see to. elsewhere: how the
    keys of notices begin that are matters of another corner."""

    board: NoticeBoard
    elsewhere: tuple[str, ...] = ()
    name: str = "notice"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        return tuple(
            Matter(f"{self.name} {one.n}", Kind.NOTICE, one.text, at=one.at, deeds=(SEEN,))
            for one in self.board.hanging()
            if not one.key.startswith(self.elsewhere)
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
    """Implements Corner: what the front role's desks and devices tell. withdraw: takes back what begins so; seen: what
    happened, and somebody has seen to. calls: they are records, which another corner minds."""

    warnings: Callable[[], tuple[Warned, ...]]
    withdraw: Callable[[str], None]
    note: Callable[[Note, datetime], None]
    seen: Callable[[str], None]
    name: str = "warning"
    calls: bool = False

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        elsewhere = (*ELSEWHERE, CALLED) if self.calls else ELSEWHERE
        found = [self._matter(one) for one in reversed(self.warnings()) if not one.text.startswith(elsewhere)]
        return tuple(sorted(found, key=lambda one: one.kind is not Kind.CALL))

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        found = self._found(thing)
        return None if found is None else self._matter(found)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        found = self._found(thing)
        if found is None:
            return Said(N_("Somebody has seen to it"), refused=True)
        if deed == SEEN.deed and found.happened:
            self.seen(found.text)
            self.note(Note(who.id, "has seen to", "a warning", {"text": "".join(found.text)}), now)
            return Said(N_("It is taken down"))
        if not found.text.startswith(CALLED) or deed != SEEN.deed:
            return Said(MENDED, refused=True)
        self.withdraw(found.text)
        self.note(Note(who.id, "goes to", found.text.removeprefix(CALLED)), now)
        return Said(N_("It is noted that you go"))

    def _found(self, thing: str) -> Warned | None:
        return next((one for one in self.warnings() if one.mark == thing), None)

    def _matter(self, warned: Warned) -> Matter:
        key = f"{self.name} {warned.mark}"
        if warned.text.startswith(CALLED):
            place = warned.text.removeprefix(CALLED)
            words = N_("A shopper asks for somebody")
            return Matter(
                key, Kind.CALL, words, line=SEATS.get(place, place), at=warned.at, pressing=True, deeds=(SEEN,)
            )
        return of_warning(key, warned)


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
                in_languages(one.check.title),
                line=one.what,
                at=report.ended,
                told=((WHO[one.check.who], in_languages(one.check.remedy)),),
            )
            for one in report.faults
        )

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        return next((one for one in self.matters(who, now) if one.key == f"{self.name} {thing}"), None)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        return Said(MENDED, refused=True)


def of_warning(key: str, warned: Warned, line: str = "") -> Matter:
    """What happened can be seen to; what is broken goes once it is mended."""
    deeds, what = ((SEEN,), STAYS) if warned.happened else ((), MENDED)
    return Matter(key, Kind.WARNING, warned.text, line=line, at=warned.at, deeds=deeds, told=(("", what),))
