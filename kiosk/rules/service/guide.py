"""Ask something: what is sold where, where the toilets are, until when it is open (rule S01).

What is found is looked up by who draws it; the flow only knows on which page one is, and what was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.rules.forms.flow import Act, Back, Chose, Next, Turn, Wrote
from kiosk.rules.forms.form import Form, Page
from kiosk.rules.service.service import Service
from kiosk.rules.writing.writing import Kind, Writing, after, begun
from kiosk.sentences import N_

ALL, SEARCH, FOUND = "all", "search", "found"
LIST, FLOOR, PLACE = "list:", "floor:", "place:"
LONGEST = 24  # characters of a question
DEEPEST = 12  # pages that "back" remembers


def _pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    """It is a flow of its own: there is no form."""
    return ()


SERVICE = Service("guide", Form("guide", N_("Find and ask"), _pages), begins="closed", keep_days=1, taken=False)


@dataclass(frozen=True, slots=True)
class Asking:
    """Implements Flow. trail: the pages that led here, the newest last: "all", "list:goods", "floor:2", "search",
    "found", "place:goods/3"."""

    chinese: bool = True
    trail: tuple[str, ...] = (ALL,)
    written: Writing = field(default_factory=Writing)

    @property
    def service(self) -> str:
        return SERVICE.id

    @property
    def at(self) -> str:
        """The page."""
        return self.trail[-1]

    @property
    def page(self) -> str:
        return f"guide.{self.at}"

    @property
    def writes(self) -> bool:
        """A scanner's code is no question: a tag is for the lockers, here too."""
        return False

    @property
    def question(self) -> str:
        return self.written.whole.strip()

    def after(self, act: Act) -> Turn:
        match act:
            case Back():
                return Turn(replace(self, trail=self.trail[:-1]) if len(self.trail) > 1 else None)
            case Chose(id) if id == SEARCH:
                return Turn(self._to(SEARCH, begun(Kind.SEARCH, chinese=self.chinese, longest=LONGEST)))
            case Chose(id) if id.startswith((LIST, PLACE, FLOOR)) and id != self.at:
                other_floor = id.startswith(FLOOR) and self.at.startswith(FLOOR)
                return Turn(replace(self, trail=(*self.trail[:-1], id)) if other_floor else self._to(id, self.written))
            case Wrote(key) if self.at == SEARCH:
                return Turn(replace(self, written=after(self.written, key)))
            case Next() if self.at == SEARCH and self.question:
                return Turn(self._to(FOUND, self.written))
            case _:
                return Turn(self)

    def _to(self, page: str, written: Writing) -> Asking:
        first, *others = self.trail
        return replace(self, trail=(first, *others[1 - DEEPEST :], page), written=written)
