"""The service desk's tables of site.toml: loans, consumables, campaigns, festivals, change and handover."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from kiosk.config.findings import Findings, shown
from kiosk.config.schema import Table, Words
from kiosk.config.sections import Sections
from kiosk.config.values import Id, Line, TimeOfDay
from kiosk.config.words import titled
from kiosk.rules.service.choices import Campaign, ChangeLimits, Consumable, Lendable, ServiceChoices
from kiosk.rules.service.festival import USUAL, Festival

_DAY = r"^(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])$"
_TITLE = 'write it in three languages: { zh-CN = "…", zh-TW = "…", en = "…" }'


class LoanTable(Table):
    id: Id = Field(description='name what is lent, as id = "umbrella"')
    title: Words = Field(description=_TITLE)
    count: int = Field(ge=1, le=999, description="write how many the store has, 1 to 999")
    icon: Literal["umbrella", "wheelchair", "baby-carriage", "package"] = Field(
        default="package", description='write its sign: "umbrella", "wheelchair", "baby-carriage" or "package"'
    )


class ConsumableTable(Table):
    id: Id = Field(description='name what is handed out, as id = "parking-coupon"')
    title: Words = Field(description=_TITLE)
    low: int = Field(default=10, ge=0, le=100_000, description="write the number below which staff are told")


class CampaignTable(Table):
    id: Id = Field(description='name the campaign, as id = "double-eleven"')
    title: Words = Field(description=_TITLE)
    vendor: Line = Field(description="write whose gifts they are")
    begins: datetime.date = Field(description="write its first day, as 2026-11-01")
    ends: datetime.date = Field(description="write its last day, as 2026-11-11")


class FestivalTable(Table):
    id: Id = Field(description='name the festival, as id = "mid-autumn"')
    title: Words = Field(description=_TITLE)
    date: str = Field(pattern=_DAY, description='write month and day, as date = "12-25"')
    lunar: bool = Field(default=False, description="write true where that is a date of the lunar calendar, or false")
    days_before: int = Field(default=0, ge=0, le=15, description="write how many days before that it is, 0 to 15")


class ChangeTable(Table):
    daily: int = Field(default=500, ge=0, le=100_000, description="write how many yuan of change are given a day")
    each: int = Field(default=20, ge=0, le=1_000, description="write how many yuan of change one person gets a day")


class HandoverTable(Table):
    at: list[TimeOfDay] = Field(
        default_factory=list, max_length=6, description='write when shifts end, as at = [17:00:00] or at = ["17:00"]'
    )


def service_of(sections: Sections, findings: Findings) -> ServiceChoices:
    """What the store chose, after telling what is wrong with it."""
    for name in ("loans", "consumables", "campaigns", "festivals"):
        sections.tell_duplicates(name)
    loans = sections.many("loans", LoanTable)
    consumables = sections.many("consumables", ConsumableTable)
    campaigns = sections.many("campaigns", CampaignTable)
    festivals = sections.many("festivals", FestivalTable)
    change = sections.one("change", ChangeTable, ChangeTable) or ChangeTable()
    handover = sections.one("handover", HandoverTable, HandoverTable) or HandoverTable()
    titles = [(entry.loc, entry.value.title) for entry in loans]
    titles += [(entry.loc, entry.value.title) for entry in consumables]
    titles += [(entry.loc, entry.value.title) for entry in campaigns]
    titles += [(entry.loc, entry.value.title) for entry in festivals]
    for loc, title in titles:
        titled(sections.source, (*loc, "title"), title, findings)
    for one in campaigns:
        if one.value.ends < one.value.begins:
            what = f"{shown(one.value.id)} ends before it begins"
            findings.error(sections.source, (*one.loc, "ends"), what, "write the last day on which gifts are given")
    if change.each > change.daily:
        what = f"one person may get {change.each} yuan, and all of them together {change.daily}"
        findings.error(sections.source, ("change", "each"), what, "write no more than the whole day's change")
    return ServiceChoices(
        tuple(Lendable(one.id, one.title.by_language(), one.count, one.icon) for one in (e.value for e in loans)),
        tuple(Consumable(one.id, one.title.by_language(), one.low) for one in (e.value for e in consumables)),
        tuple(
            Campaign(one.id, one.title.by_language(), one.vendor, one.begins, one.ends)
            for one in (e.value for e in campaigns)
        ),
        ChangeLimits(change.daily, change.each),
        tuple(_festival(entry.value) for entry in festivals) or USUAL,
        tuple(sorted(set(handover.at))),
    )


def _festival(table: FestivalTable) -> Festival:
    month, day = map(int, table.date.split("-"))
    return Festival(table.id, table.title.by_language(), month, day, table.lunar, table.days_before)
