"""What the broadcast role tells of itself, in staff mode: its warnings, what is stuck, that it does not answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.desks.staff.board_corner import MENDED, mark_of
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.messages import RoleHeard
from kiosk.ports.staff_view import Kind, Matter, Warned
from kiosk.rules.people.person import Person
from kiosk.sentences import N_

ELSEWHERE = ("for the ", "self-check: ")  # notices of the house and findings: matters of their own
SILENT = N_("The broadcast role does not answer")
PATIENCE = 2  # unanswered questions, one after another: a start takes some seconds
DO = N_("What to do")
REMEDY = N_(
    "Listen whether the store is on the air. It is started again by itself; if this stays for five minutes, switch the"
    " kiosk off and on and call the technician."
)


@dataclass(slots=True)
class RoleCorner:
    """Implements Corner. What was heard last stays until the next answer, or until nothing is heard any more."""

    name: str = "broadcast"
    _warned: tuple[Warned, ...] = ()
    _unanswered: int = 0
    _silent: datetime | None = None  # since when it does not answer

    def hear(self, heard: RoleHeard) -> None:
        """It answered, or it did not."""
        if heard.answered:
            self._warned, self._unanswered, self._silent = heard.warned, 0, None
            return
        self._unanswered += 1
        self._silent = self._silent or heard.at
        if self._unanswered >= PATIENCE:
            self._warned = (Warned(SILENT, self._silent),)

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        found = [self._matter(one) for one in reversed(self._warned) if not one.text.startswith(ELSEWHERE)]
        return tuple(found)

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        return next((self._matter(one) for one in self._warned if mark_of(one.text) == thing), None)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        return Said(MENDED, refused=True)

    def _matter(self, warned: Warned) -> Matter:
        silent = warned.text == SILENT
        return Matter(
            f"{self.name} {mark_of(warned.text)}",
            Kind.WARNING,
            warned.text,
            line=N_("Told by the broadcast role") if not silent else "",
            at=warned.at,
            pressing=silent,
            told=((DO, REMEDY),) if silent else (),
        )
