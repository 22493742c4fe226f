"""The shape of [selfcheck] in site.toml: when the check before opening begins, and its test tone."""

from __future__ import annotations

from pydantic import Field, FiniteFloat

from kiosk.config.schema import Table
from kiosk.config.values import DurationS, LineOrNone
from kiosk.rules.broadcast.selfcheck import SelfCheckChoices


class SelfCheckTable(Table):
    before: DurationS = Field(
        default=1200.0, ge=300, le=10_800, description='write a duration from "5min" to "3h", as before = "20min"'
    )
    tone: bool = Field(default=True, description="write tone = true or tone = false")
    tone_dbfs: FiniteFloat = Field(default=-30.0, ge=-60, le=-12, description="write a level from -60 to -12 dBFS")
    microphone: LineOrNone | None = Field(
        default=None,
        description="write the name of the microphone that hears the hall, or leave the line out: "
        "then the announcer's listens",
    )


def selfcheck_of(table: SelfCheckTable, announcers: str | None) -> SelfCheckChoices:
    """announcers: the device of the microphone at the desk, None where no button talks."""
    usual = (table.before, table.tone, table.tone_dbfs)
    if table.microphone is not None:
        return SelfCheckChoices(*usual, table.microphone or None)
    return SelfCheckChoices(*usual, announcers, in_hall=announcers is None)
