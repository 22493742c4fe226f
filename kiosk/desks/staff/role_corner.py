"""What the broadcast role tells of itself, in staff mode: its warnings, what is stuck, that it does not answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desks.staff.board_corner import MENDED, SEEN, of_warning
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.messages import RoleHeard
from kiosk.ports.seen_warnings import SeenWarnings
from kiosk.ports.staff_view import Matter, Warned
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
    """Implements Corner. What was heard last stays until the next answer, or until nothing is heard any more; what
    somebody has seen to is not shown again, though the other role tell it until it has taken it down."""

    words: SeenWarnings
    name: str = "broadcast"
    _seen: frozenset[Warned] = frozenset()
    _warned: tuple[Warned, ...] = ()
    _unanswered: int = 0
    _silent: datetime | None = None  # since when it does not answer

    def hear(self, heard: RoleHeard) -> None:
        """It answered, or it did not."""
        if heard.answered:
            self._warned, self._unanswered, self._silent = heard.warned, 0, None
            self._seen &= frozenset(heard.warned)
            return
        self._unanswered += 1
        self._silent = self._silent or heard.at
        if self._unanswered >= PATIENCE:
            self._warned = (Warned(SILENT, self._silent),)

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        shown = (one for one in reversed(self._warned) if one not in self._seen)
        return tuple(self._matter(one) for one in shown if not one.text.startswith(ELSEWHERE))

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        found = self._found(thing)
        return None if found is None else self._matter(found)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        found = self._found(thing)
        if found is None:
            return Said(N_("Somebody has seen to it"), refused=True)
        if deed != SEEN.deed or not found.happened:
            return Said(MENDED, refused=True)
        self.words.see(found, who.id, now)
        self._seen |= {found}
        return Said(N_("It is taken down"))

    def _found(self, thing: str) -> Warned | None:
        return next((one for one in self._warned if one.mark == thing and one not in self._seen), None)

    def _matter(self, warned: Warned) -> Matter:
        key = f"{self.name} {warned.mark}"
        if warned.text != SILENT:
            return of_warning(key, warned, N_("Told by the broadcast role"))
        return replace(of_warning(key, warned), pressing=True, told=((DO, REMEDY),))
