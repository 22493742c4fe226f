"""The table [queue] of site.toml: how numbers are called, and where they are shown."""

from __future__ import annotations

from pydantic import Field

from kiosk.config.findings import Findings
from kiosk.config.names import Names
from kiosk.config.schema import Table
from kiosk.config.sections import Sections
from kiosk.config.values import DurationS, Id
from kiosk.rules.service.queue_calls import QueueChoices
from kiosk.units import ZoneId


class QueueTable(Table):
    desks: int = Field(default=2, ge=1, le=20, description="write how many desks call numbers, 1 to 20")
    aloud: bool = Field(default=True, description="write false where numbers are not called over the loudspeakers")
    ready: bool = Field(default=False, description="write true to say aloud, too, who comes next, or false")
    stale: DurationS = Field(
        default=240.0, ge=30, le=1800, description='write a duration from "30s" to "30min", as "4min"'
    )
    together: int = Field(default=4, ge=1, le=8, description="write how many calls are one announcement, 1 to 8")
    zones: list[Id] = Field(
        default_factory=list, description='list zones, as zones = ["entrance"]; [] is the whole store'
    )
    at_screen: bool = Field(
        default=True, description="write false where the touchscreen gives out no numbers for the service desk"
    )
    board: bool = Field(default=True, description="write false where the idle touchscreen shows no numbers")


def queue_of(sections: Sections, names: Names, findings: Findings) -> QueueChoices:
    """What the store chose; the usual once a problem has been told."""
    table = sections.one("queue", QueueTable, QueueTable)
    if table is None:
        return QueueChoices()
    for place, zone in enumerate(table.zones):
        names.check_zone(sections.source, ("queue", "zones", place), zone, findings)
    return QueueChoices(
        table.aloud,
        table.ready,
        table.stale,
        table.together,
        tuple(map(ZoneId, table.zones)),
        table.desks,
        table.board,
        table.at_screen and "queue" in sections.source.table,  # a site that says nothing has no desk for it
    )
