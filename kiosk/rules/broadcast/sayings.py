"""What has to be put into speech before the store opens: the scripts that no announcer recorded, and likely pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.rules.broadcast.material import AirClass, Script
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom, wording
from kiosk.units import Language, ScriptId

_FIRST = (AirClass.EVACUATION, AirClass.URGENT, AirClass.ROUTINE)


@dataclass(frozen=True, slots=True)
class Saying:
    """A text for a voice. script: whose it is, None for a page. names: of people in it, to be read as names."""

    text: str
    language: Language
    air_class: AirClass = AirClass.ROUTINE
    script: ScriptId | None = None
    names: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """What a person calls it: the script's id, or the name that is paged."""
        return self.script or f"page {' '.join(self.names)}"


def script_sayings(binder: Iterable[Script]) -> tuple[Saying, ...]:
    """The texts of the binder that are spoken, in each language in which they are heard, emergencies first."""
    sayings = [
        Saying(script.text[language], language, script.air_class, script.id)
        for script in binder
        for language in script.said_in
        if not script.recordings.get(language)
    ]
    return tuple(sorted(sayings, key=lambda saying: _FIRST.index(saying.air_class)))


def page_sayings(surnames: Iterable[str], language: Language) -> tuple[Saying, ...]:
    """The plain call of a guest to the main service desk, for each surname and both titles (B11)."""
    requests = [PageRequest(Whom.GUEST, title, name, language=language) for name in surnames for title in Title]
    return tuple(Saying(wording(one), one.language, names=(one.name,)) for one in requests)
