"""Reads schedules/guide.toml: the store's floors, areas, goods, brands and facilities, and where the screen hangs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from kiosk.config.findings import Findings, Loc, shown
from kiosk.config.schema import Table, WindowTable, Words
from kiosk.config.sections import Sections, tell_unknown
from kiosk.config.values import Id, Line
from kiosk.config.words import fit_to_say, titled
from kiosk.rules.service.store_icons import ICONS, LANDMARKS, TONES
from kiosk.rules.service.store_plan import Area, Corridor, Entry, Floor, Here, Kind, Point, StoreGuide
from kiosk.units import Language

LONGEST = 60  # characters of a name
_NAME = 'write it in three languages: { zh-CN = "…", zh-TW = "…", en = "…" }, each 60 characters at most'
_POINT = "write metres from the upper left corner of the plan, right and down, as [12.5, 30.0]; 0 to 2000"
_ALSO = 'list other words for it, as also = ["厕所", "restroom"]'
_HOURS = "write its own hours, as hours = { start = 10:00:00, end = 21:00:00 }, or leave it out: the store's"
_ICON = f"name one of {', '.join(ICONS)}"

Metres = Annotated[FiniteFloat, Field(ge=0, le=2000)]
Place = Annotated[tuple[Metres, Metres], Field(strict=False)]
Box = Annotated[tuple[Metres, Metres, Metres, Metres], Field(strict=False)]


class HereTable(Table):
    floor: Line = Field(description="name the floor on which the screen hangs, by its id")
    at: Place = Field(description=_POINT)
    facing: Literal[0, 90, 180, 270] = Field(
        default=0, description="write to which side of the plan somebody looks who reads it: 0 up, 90 right, 180, 270"
    )


class FloorTable(Table):
    id: Id = Field(description='name the floor, as id = "2"')
    label: Line = Field(max_length=6, description='write what lifts show, as label = "2F", 6 characters at most')
    name: Words = Field(description=_NAME)
    outline: list[Place] = Field(
        min_length=3, max_length=64, description="list the corners of its walls, 3 to 64, as [[0, 0], [60, 0], …]"
    )


class CorridorTable(Table):
    floor: Line = Field(description="name its floor by the id")
    line: list[Place] = Field(
        min_length=2, max_length=64, description="list the corners of its middle line, 2 to 64, as [[0, 21], [64, 21]]"
    )
    width: Annotated[FiniteFloat, Field(ge=1, le=40)] = Field(default=4.0, description="write metres, 1 to 40")


class AreaTable(Table):
    id: Id = Field(description='name the area, as id = "cosmetics"')
    floor: Line = Field(description="name its floor by the id")
    name: Words = Field(description=_NAME)
    box: Box | None = Field(default=None, description="write left, top, width, height in metres, as [0, 0, 20, 15]")
    shape: list[Place] | None = Field(
        default=None, min_length=3, max_length=64, description="list its corners, 3 to 64, instead of a box"
    )
    tone: str = Field(default="plain", description=f"name one of {', '.join(TONES)}")
    icon: str = Field(default="", description=_ICON)
    also: list[Line] = Field(default_factory=list, max_length=40, description=_ALSO)
    near: Words | None = Field(default=None, description=_NAME)
    hours: WindowTable | None = Field(default=None, description=_HOURS)


class FacilityTable(Table):
    name: Words = Field(description=_NAME)
    floor: Line = Field(description="name its floor by the id")
    at: Place = Field(description=_POINT)
    icon: str = Field(description=_ICON)
    also: list[Line] = Field(default_factory=list, max_length=40, description=_ALSO)
    near: Words | None = Field(default=None, description=_NAME)
    hours: WindowTable | None = Field(default=None, description=_HOURS)
    landmark: bool | None = Field(
        default=None, description="write true where other places are told by it, as lifts and entrances are"
    )


class SoldTable(Table):
    name: Words = Field(description=_NAME)
    area: Line = Field(description="name the area in which it is, by the id")
    at: Place | None = Field(default=None, description=_POINT)
    counter: str = Field(default="", max_length=12, description='write what stands on its sign, as counter = "A12"')
    icon: str = Field(default="", description=_ICON)
    also: list[Line] = Field(default_factory=list, max_length=40, description=_ALSO)
    near: Words | None = Field(default=None, description=_NAME)
    hours: WindowTable | None = Field(default=None, description=_HOURS)


def guide_of(sections: Sections, findings: Findings) -> StoreGuide | None:
    """The guide, or None after telling what is wrong with it."""
    return _Reading(sections, findings).guide()


class _Reading:
    def __init__(self, sections: Sections, findings: Findings) -> None:
        self._sections, self._findings = sections, findings
        self._floors: dict[str, Floor] = {}
        self._areas: dict[str, Area] = {}

    def guide(self) -> StoreGuide | None:
        sections = self._sections
        for key in ("floors", "areas"):
            sections.tell_duplicates(key)
        here = sections.one("here", HereTable, None, "add [here]: where the screen hangs")
        floors = sections.many("floors", FloorTable)
        areas = sections.many("areas", AreaTable)
        corridors = sections.many("corridors", CorridorTable)
        facilities = sections.many("facilities", FacilityTable)
        sold = {kind: sections.many(kind.value, SoldTable) for kind in (Kind.GOODS, Kind.BRAND)}
        sections.finish()
        for floor in floors:
            table = floor.value
            ways = tuple(
                Corridor(tuple(one.value.line), one.value.width) for one in corridors if one.value.floor == table.id
            )
            name = self._name(floor.loc, table.name)
            self._floors[table.id] = Floor(table.id, table.label, name, tuple(table.outline), ways)
        for corridor in corridors:
            self._known_floor(corridor.loc, corridor.value.floor)
            for corner in corridor.value.line:
                self._inside(corridor.loc, corridor.value.floor, corner)
        entries: list[Entry] = []
        for area in areas:
            made = self._area(area.value, area.loc)
            self._areas[made.id] = made
            entries.append(self._entry(area.value, area.loc, Kind.AREA, made.middle, made))
        for facility in facilities:
            table_ = facility.value
            self._known_floor(facility.loc, table_.floor)
            entries.append(self._entry(table_, facility.loc, Kind.FACILITY, table_.at, None))
        for kind, tables in sold.items():
            for one in tables:
                where = self._areas.get(one.value.area)
                if where is None:
                    known = sections.ids("areas")
                    if one.value.area not in known:
                        tell_unknown(
                            self._findings, sections.source, (*one.loc, "area"), one.value.area, known, "areas"
                        )
                    continue
                entries.append(self._entry(one.value, one.loc, kind, one.value.at or where.middle, where))
        if here is None or not self._floors:
            if not self._floors and not sections.count("floors"):
                self._error(("floors",), "has no floor", "add [[floors]]")
            return None
        self._known_floor(("here",), here.floor)
        if here.floor not in self._floors:
            return None
        hung = Here(here.floor, here.at, here.facing)
        known_entries = tuple(one for one in entries if one.floor in self._floors)
        known_areas = tuple(one for one in self._areas.values() if one.floor in self._floors)
        return StoreGuide(tuple(self._floors.values()), known_areas, known_entries, hung)

    def _area(self, table: AreaTable, loc: Loc) -> Area:
        self._known_floor(loc, table.floor)
        if table.tone not in TONES:
            self._error((*loc, "tone"), f"is {shown(table.tone)}", f"name one of {', '.join(TONES)}")
        if (table.box is None) is (table.shape is None):
            self._error(loc, "has not exactly one of box and shape", "write box = [left, top, width, height]")
        shape: tuple[Point, ...] = tuple(table.shape or ())
        if table.box is not None:
            left, top, width, height = table.box
            shape = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
        shape = shape or ((0.0, 0.0),)
        for corner in shape:
            self._inside(loc, table.floor, corner)
        return Area(table.id, table.floor, self._name(loc, table.name), shape, table.tone)

    def _entry(
        self, table: AreaTable | FacilityTable | SoldTable, loc: Loc, kind: Kind, at: Point, area: Area | None
    ) -> Entry:
        name = table.name.by_language() if isinstance(table, AreaTable) else self._name(loc, table.name)
        if table.icon and table.icon not in ICONS:
            self._error((*loc, "icon"), f"names the unknown icon {shown(table.icon)}", _ICON)
        floor = area.floor if area is not None else table.floor if isinstance(table, FacilityTable) else ""
        self._inside(loc, floor, at)
        if table.near is not None:
            fit_to_say(self._sections.source, (*loc, "near"), table.near, self._findings)
        own = table.landmark if isinstance(table, FacilityTable) else False
        key, place = loc[0], loc[1]
        return Entry(
            id=f"{key}/{int(place) + 1}",
            kind=kind,
            name=name,
            floor=floor,
            at=at,
            area=area.id if area is not None else "",
            also=tuple(table.also),
            near={} if table.near is None else table.near.by_language(),
            counter=table.counter if isinstance(table, SoldTable) else "",
            hours=_hours(table.hours),
            icon=table.icon,
            landmark=table.icon in LANDMARKS and kind is Kind.FACILITY if own is None else own,
        )

    def _name(self, loc: Loc, name: Words) -> Mapping[Language, str]:
        titled(self._sections.source, (*loc, "name"), name, self._findings)
        fit_to_say(self._sections.source, (*loc, "name"), name, self._findings)
        for language, text in name.by_language().items():
            if len(text) > LONGEST:
                self._error((*loc, "name", language), f"has {len(text)} characters", "write 60 at most")
        return name.by_language()

    def _known_floor(self, loc: Loc, floor: str) -> None:
        known = self._sections.ids("floors")
        if floor not in known:
            tell_unknown(self._findings, self._sections.source, (*loc, "floor"), floor, known, "floors")

    def _inside(self, loc: Loc, floor: str, at: Point) -> None:
        """A place beyond its floor's walls is a slip of the pen; it is drawn all the same."""
        outline = self._floors[floor].outline if floor in self._floors else ()
        if outline and not (at[0] <= max(x for x, _ in outline) and at[1] <= max(y for _, y in outline)):
            what = f"lies at {at[0]:g}, {at[1]:g}, beyond the outline of floor {shown(floor)}"
            self._error(loc, what, "look at its metres, or at the floor's outline")

    def _error(self, loc: Loc, what: str, remedy: str) -> None:
        self._findings.error(self._sections.source, loc, what, remedy)


def _hours(table: WindowTable | None) -> tuple[time, time] | None:
    return None if table is None else (table.start, table.end)
