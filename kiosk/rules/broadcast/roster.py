"""Who is registered and what is released, as the ledger has it at one moment."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.rules.broadcast.releases import Release
from kiosk.rules.people.badge import badge_mark
from kiosk.rules.people.person import Person
from kiosk.units import ScriptId


@dataclass(frozen=True, slots=True)
class Roster:
    """people: by id, those who were removed as well. releases: the last word on each page. badge_key: of the marks."""

    people: Mapping[str, Person] = field(default_factory=dict)
    releases: Mapping[ScriptId, Release] = field(default_factory=dict)
    badge_key: bytes = field(default=b"", repr=False)

    def person(self, id: str) -> Person | None:
        """Somebody who is registered, None for anybody else."""
        found = self.people.get(id)
        return None if found is None or found.removed else found

    def of_login(self, login: str) -> Person | None:
        """Whoever uses this machine under that name."""
        return next((one for one in self.people.values() if login and one.login == login and not one.removed), None)

    def of_badge(self, number: str) -> Person | None:
        """Whose badge it is; takes as long whoever it is."""
        mark = badge_mark(self.badge_key, number)
        found = None
        for one in self.people.values():
            if hmac.compare_digest(one.badge_mark, mark) and not one.removed:
                found = one
        return found
