"""The tables [announcers] and [badge] of site.toml: who may use the desk, and the reader that knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from kiosk.config.schema import Table
from kiosk.config.sections import Sections
from kiosk.config.site import Announcers, Badge
from kiosk.config.values import DurationS, Line
from kiosk.rules.broadcast.releases import Asking


class AnnouncersTable(Table):
    required: bool | None = Field(
        default=None,
        description="write true: only registered people use the desk; false: anybody; left out: from the first one on",
    )
    release: Literal["none", "policy", "all"] = Field(
        default="policy", description='write which pages air only once they are released: "none", "policy" or "all"'
    )
    signed_in: DurationS = Field(
        default=600.0, ge=30, le=43_200, description='write a duration from "30s" to "12h", as "10min"'
    )


class BadgeTable(Table):
    device: Line = Field(description='write the reader\'s port, as device = "/dev/ttyUSB0"')
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] = Field(
        default=9600, description="write the reader's speed, as baud = 9600"
    )


@dataclass(frozen=True, slots=True)
class Admission:
    """What the two tables say."""

    announcers: Announcers
    badge: Badge | None


def admission_of(sections: Sections) -> Admission | None:
    """Who may use the desk, or None after telling what is wrong."""
    announcers = sections.one("announcers", AnnouncersTable, AnnouncersTable)
    badge = None
    if "badge" in sections.source.table:
        table = sections.one("badge", BadgeTable, None)
        if table is None:
            return None
        badge = Badge(table.device, table.baud)
    else:
        sections.knows("badge")
    if announcers is None:
        return None
    return Admission(Announcers(announcers.required, Asking(announcers.release), announcers.signed_in), badge)
