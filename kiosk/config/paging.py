"""Checks what a store says about pages: how they are asked after, and what the buttons say that page somebody."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kiosk.config.findings import Findings, Loc, shown
from kiosk.config.schema import ButtonPageTable, ButtonTable, Table
from kiosk.config.sections import Entry, Sections
from kiosk.config.values import DurationS
from kiosk.rules.broadcast.page_check import Refused, check
from kiosk.rules.broadcast.page_watch import PagingChoices, Unattended
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.rules.broadcast.panel import ButtonAction
from kiosk.units import Language, ZoneId


class PagingTable(Table):
    times: int = Field(default=2, ge=1, le=5, description="write how often a page is said, 1 to 5")
    ask_every: DurationS = Field(
        default=60.0, ge=15, le=600, description='write a duration from "15s" to "10min", as "60s"'
    )
    message_after: DurationS = Field(
        default=120.0, ge=30, le=3600, description='write a duration from "30s" to "1h", as "2min"'
    )
    again: bool = Field(default=False, description="write true to say the page again at each question, or false")
    patience: DurationS = Field(
        default=600.0, ge=60, le=7200, description='write a duration from "1min" to "2h", as "10min"'
    )
    unattended: Literal["air", "wait", "decline"] = Field(
        default="wait", description='write one of "air", "wait", "decline"'
    )
    keep_slips: DurationS = Field(
        default=72 * 3600.0, ge=3600, le=720 * 3600, description='write a duration from "1h" to "720h", as "72h"'
    )
    keep_names: DurationS = Field(
        default=24 * 3600.0, le=720 * 3600, description='write a duration from "0h" to "720h", as "24h"'
    )


def paging_of(sections: Sections, findings: Findings) -> PagingChoices | None:
    """What the section [paging] says, None once a problem has been told."""
    table = sections.one("paging", PagingTable, PagingTable)
    if table is None:
        return None
    if table.ask_every > table.message_after:
        what = "is longer than message_after, so nobody would ever be asked whether the person came"
        findings.error(sections.source, ("paging", "ask_every"), what, "make it shorter than message_after")
    return PagingChoices(
        table.ask_every,
        table.message_after,
        table.again,
        table.patience,
        Unattended(table.unattended),
        table.times,
        table.keep_slips,
        table.keep_names,
    )


def page_of(table: ButtonPageTable | None) -> PageRequest | None:
    """What a button of the action "page" says."""
    if table is None:
        return None
    return PageRequest(
        Whom(table.to),
        Title(table.title),
        table.name,
        None if table.reason is None else Reason(table.reason),
        table.place,
        Language(table.language),
        zones=tuple(ZoneId(zone) for zone in table.zones),
    )


def check_page(sections: Sections, entry: Entry[ButtonTable], findings: Findings) -> None:
    """A button that pages somebody says whom, and says it as the store pages people (B11, B12)."""
    button, loc = entry.value, entry.loc
    inner: Loc = (*loc, "page")
    if button.action != ButtonAction.PAGE.value:
        if button.page is not None:
            findings.error(sections.source, inner, f"a {button.action} button pages nobody", "take the line out")
        return
    request = page_of(button.page)
    if request is None:
        remedy = 'say whom, as page = { to = "staff", title = "mr", name = "王强" }'
        findings.error(sections.source, inner, "is missing", remedy)
        return
    zones = {ZoneId(zone) for zone in sections.ids("zones")}
    verdict = check(request, zones=zones)
    if isinstance(verdict, Refused):
        fields = {"name": request.name, "place": request.place, "zones": ", ".join(request.zones)}
        written = fields.get(verdict.field, "")
        findings.error(sections.source, (*inner, verdict.field), f"is {shown(written)}", verdict.why)
