"""The table [touchscreen] of site.toml: the panel where shoppers store and fetch, and the scanner beside it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kiosk.config.findings import Findings, shown
from kiosk.config.first_look import HEIGHT, WIDTH
from kiosk.config.names import Names
from kiosk.config.schema import Table, Words
from kiosk.config.sections import Sections
from kiosk.config.site import Scanner, Touchscreen
from kiosk.config.values import DurationS, Id
from kiosk.rules import service
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service
from kiosk.units import Language, ScriptId


class TouchscreenTable(Table):
    width: int = Field(default=WIDTH, ge=480, le=3840, description="write the panel's width in pixels, 480 to 3840")
    height: int = Field(default=HEIGHT, ge=480, le=3840, description="write the panel's height in pixels, 480 to 3840")
    width_mm: float = Field(
        ge=60.0, le=1500.0, description='measure the picture with a ruler: 217.0 for a panel of 10.1", 154.0 for 7"'
    )
    whole: bool = Field(default=True, description="write true for the whole display, false for a window")
    language: Literal["zh-CN", "zh-TW", "en"] = Field(
        default="zh-CN", description='write the language it begins with: "zh-CN", "zh-TW" or "en"'
    )
    scanners: tuple[str, ...] | list[str] | None = Field(
        default=None, description='name the scanners beside it, as ["lockers"]; left out, all of them'
    )
    sound: str = Field(
        default="",
        description='name the small sound output beside it, as [preview] does; "" for none: then nothing is read aloud',
    )
    services: tuple[str, ...] | list[str] | None = Field(
        default=None, description='name what it offers beside bags, as ["rating"]; left out, everything'
    )
    place: Words | None = Field(
        default=None,
        description='write where it hangs, as people call it: { zh-CN = "一楼东门", zh-TW = "…", en = "…" }',
    )
    call_page: Id | None = Field(
        default=None, description="name the page of schedules/binder.toml that is aired when nobody answers a call"
    )
    call_names: bool = Field(
        default=False, description="write true where the screen may tell the first name of who is coming"
    )
    idle: DurationS = Field(default=45.0, ge=10, le=600, description='write a duration from "10s" to "10min", as "45s"')
    attract: DurationS = Field(
        default=60.0, ge=0, le=3600, description='write a duration from "10s" to "1h", or "0s" for none, as "60s"'
    )


def touchscreen_of(
    sections: Sections, names: Names, scanners: tuple[Scanner, ...], findings: Findings
) -> Touchscreen | None:
    """The touchscreen, None where the store has none, or after telling what is wrong with it."""
    if "touchscreen" not in sections.source.table:
        sections.knows("touchscreen")
        return None
    table = sections.one("touchscreen", TouchscreenTable, None)
    if table is None:
        return None
    known = tuple(scanner.id for scanner in scanners)
    beside = known if table.scanners is None else tuple(table.scanners)
    for name in beside:
        if name not in known:
            what = f"there is no scanner {shown(name)}"
            findings.error(sections.source, ("touchscreen", "scanners"), what, "name one of [[scanners]] by its id")
    offered = None if table.services is None else tuple(table.services)
    for name in offered or ():
        if name not in (services := [one.id for one in found_in(service, "SERVICE", Service) if one.offered]):
            what = f"there is no service {shown(name)}"
            findings.error(sections.source, ("touchscreen", "services"), what, f"name some of {', '.join(services)}")
    if table.call_page is not None:
        names.check_script(sections.source, ("touchscreen", "call_page"), table.call_page, findings)
    return Touchscreen(
        table.width,
        table.height,
        table.width_mm,
        table.whole,
        Language(table.language),
        beside,
        offered,
        table.sound,
        place={} if table.place is None else table.place.by_language(),
        call_page=None if table.call_page is None else ScriptId(table.call_page),
        call_names=table.call_names,
        attract_s=table.attract,
        idle_s=table.idle,
    )
