"""The table [touchscreen] of site.toml: the panel where shoppers store and fetch, and the scanner beside it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kiosk.config.findings import Findings, shown
from kiosk.config.schema import Table
from kiosk.config.sections import Sections
from kiosk.config.site import Scanner, Touchscreen
from kiosk.rules import service
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service
from kiosk.units import Language


class TouchscreenTable(Table):
    width: int = Field(default=1280, ge=480, le=3840, description="write the panel's width in pixels, 480 to 3840")
    height: int = Field(default=800, ge=480, le=3840, description="write the panel's height in pixels, 480 to 3840")
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


def touchscreen_of(sections: Sections, scanners: tuple[Scanner, ...], findings: Findings) -> Touchscreen | None:
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
    language = Language(table.language)
    return Touchscreen(table.width, table.height, table.width_mm, table.whole, language, beside, offered, table.sound)
