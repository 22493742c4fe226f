"""The names that the files of a site use for each other's entries, and what to say of one that nothing bears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.config.findings import Findings, Loc, Source
from kiosk.config.sections import tell_unknown
from kiosk.rules.broadcast.material import AirClass


@dataclass(frozen=True, slots=True)
class Names:
    """Every id by kind, also of broken entries; None where its file could not be read, so that nothing is doubted.

    classes: the class of each page whose class is known.
    """

    zones: tuple[str, ...] | None
    day_types: tuple[str, ...] | None
    scripts: tuple[str, ...] | None
    playlists: tuple[str, ...] | None
    classes: Mapping[str, AirClass] = field(default_factory=dict)

    def check_zone(self, source: Source, loc: Loc, name: str, findings: Findings) -> bool:
        return _check(source, loc, name, self.zones, "zones", findings)

    def check_day_type(self, source: Source, loc: Loc, name: str, findings: Findings) -> bool:
        return _check(source, loc, name, self.day_types, "day types", findings)

    def check_script(self, source: Source, loc: Loc, name: str, findings: Findings) -> bool:
        return _check(source, loc, name, self.scripts, "scripts", findings)

    def check_playlist(self, source: Source, loc: Loc, name: str, findings: Findings) -> bool:
        return _check(source, loc, name, self.playlists, "playlists", findings)


def _check(source: Source, loc: Loc, name: str, known: tuple[str, ...] | None, kind: str, findings: Findings) -> bool:
    """Whether the name is known or cannot be doubted."""
    if known is None or name in known:
        return True
    tell_unknown(findings, source, loc, name, known, kind)
    return False
