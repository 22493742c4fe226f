"""The map of a floor, drawn from the site's data, turned so that what one faces at the screen is at its top."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin

from kiosk.display.colors import Color
from kiosk.display.drawing import blended, rounded
from kiosk.display.illustrations import disc
from kiosk.display.parts import Kit
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Box, Caption, Drawing, Icon, Row, Shape, Sized, Text, Widget
from kiosk.rules.service.store_plan import Area, Entry, Floor, Kind, Point, StoreGuide, said, size_of, turned
from kiosk.rules.service.store_way import way_to

MARGIN_M = 1.4
CORNER_M = 0.7
DEEP_M = 0.9  # how high walls look, seen a little from the front
ASKED_MOST = ("toilet", "wheelchair", "elevator", "escalator", "stairs", "bank", "baby", "parking")
WAY_M, CASING_M = 0.7, 1.15  # half the width of the line that leads to a place, and of what sets it off


def store_map(scene: Scene, guide: StoreGuide, floor: Floor, wanted: Entry | None = None) -> Drawing:
    """One floor. wanted: what is pointed at; then everything else stands back."""
    return _Map(scene, guide, floor, wanted).drawing()


class _Map:
    def __init__(self, scene: Scene, guide: StoreGuide, floor: Floor, wanted: Entry | None) -> None:
        self._scene, self._kit, self._guide, self._floor, self._wanted = scene, scene.kit, guide, floor, wanted
        sizes = [size_of(one) for one in guide.floors]
        self._size = max(x for x, _ in sizes), max(y for _, y in sizes)

    def drawing(self) -> Drawing:
        guide, floor, palette = self._guide, self._floor, self._kit.palette
        plain = palette.border_px > 1
        ground = blended(palette.paper, palette.ink, 0.09 if floor.corridors else 0.04)
        edge = blended(palette.paper, palette.ink, 0.32)
        walls = rounded(tuple(self._at(one) for one in floor.outline), 0.6)
        deep = blended(palette.paper, palette.ink, 0.18)
        shapes = [] if plain else [Shape(_lower(walls, DEEP_M * 1.4), deep, deep, max(2, self._kit.px(3)))]
        shapes.append(Shape(walls, ground, edge, max(2, self._kit.px(3))))
        shapes += self._corridors()
        shapes.append(Shape(walls, None, edge, max(2, self._kit.px(3))))
        names: list[Caption] = []
        areas = [one for one in guide.areas if one.floor == floor.id]
        for area in areas:
            shapes += self._area(area)
            names.append(self._name(area))
        if self._wanted is None:
            names += [sign for area in areas if (sign := self._icon(area)) is not None]
        signs: list[Caption] = []
        if self._wanted is not None:
            shapes += self._way(way_to(guide, self._wanted))
        if floor.id == guide.here.floor:
            shapes += self._marker()
            signs.append(self._you())
        if self._wanted is not None:
            signs.insert(0, self._pin(self._wanted))
        signs += [self._sign(one, ground) for one in guide.on(floor.id) if one.kind is Kind.FACILITY]
        across, down = self._size if guide.here.facing % 180 == 0 else self._size[::-1]
        return Drawing(tuple(shapes), (*signs, *names), (across + 2 * MARGIN_M, down + 2 * MARGIN_M))

    def _at(self, point: Point) -> Point:
        x, y = turned(point, self._size, self._guide.here.facing)
        return x + MARGIN_M, y + MARGIN_M

    def _chosen(self, area: Area) -> bool:
        return self._wanted is not None and self._wanted.area == area.id

    def _corridors(self) -> list[Shape]:
        """Where one walks: each line as wide as it is, its corners filled."""
        paper = self._kit.palette.paper
        found: list[Shape] = []
        for corridor in self._floor.corridors:
            line = tuple(self._at(one) for one in corridor.line)
            found += _stroke(line, corridor.width_m / 2, paper, square=True)
        return found

    def _area(self, area: Area) -> list[Shape]:
        """A room; its walls meet those of its neighbours."""
        palette = self._kit.palette
        tone = palette.tone(area.tone if self._wanted is None or self._chosen(area) else "plain")
        corners = rounded(tuple(self._at(corner) for corner in area.shape), CORNER_M)
        chosen = self._chosen(area)
        line = tone.ink if chosen or palette.border_px > 1 else palette.paper
        line_px = max(3, self._kit.px(5 if chosen else 3))
        room = Shape(corners, tone.tile, line, line_px)
        if palette.border_px > 1:
            return [room]
        return [Shape(_lower(corners, DEEP_M), blended(tone.tile, tone.ink, 0.3)), room]

    def _way(self, way: tuple[Point, ...]) -> list[Shape]:
        """The line to follow, with its end where the place is marked."""
        palette = self._kit.palette
        line = tuple(self._at(one) for one in way)
        casing = _stroke(line, CASING_M, palette.paper)
        return casing + _stroke(line, WAY_M, palette.tone("brand").strong)

    def _icon(self, area: Area) -> Caption | None:
        """The sign of a room above its name, where there is place for both; None for a room without one."""
        kit, tone = self._kit, self._kit.palette.tone(area.tone)
        icons = (one.icon for one in self._guide.on(area.floor) if one.kind is Kind.AREA and one.area == area.id)
        icon = next(icons, "")
        if not icon:
            return None
        xs, ys = zip(*(self._at(corner) for corner in area.shape), strict=True)
        x, y = self._at(area.middle)
        size = round(_sign_px(kit) * 1.2)
        high = max(ys) - min(ys)
        room = (max(xs) - min(xs), high / 2.4)
        places = ((x, y - 0.24 * high), (x, y + 0.24 * high))
        return Caption("", places, size, tone.ink, tone.tile, room, icon)

    def _name(self, area: Area) -> Caption:
        kit = self._kit
        tone = kit.palette.tone(area.tone if self._wanted is None or self._chosen(area) else "plain")
        xs, ys = zip(*(self._at(corner) for corner in area.shape), strict=True)
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        x, y = self._at(area.middle)
        places = tuple((x, y + part * high) for part in (0.0, -0.26, 0.26, -0.13, 0.13))
        words = said(area.name, self._scene.session.language)
        return Caption(
            words, places, kit.theme.type_px("small"), tone.ink, tone.tile, (wide, high), bold=self._chosen(area)
        )

    def _sign(self, entry: Entry, ground: tuple[int, int, int]) -> Caption:
        kit = self._kit
        return Caption(
            "",
            (self._at(entry.at),),
            _sign_px(kit),
            kit.palette.paper if kit.palette.border_px == 1 else kit.palette.ink,
            ground,
            icon=icon_of(entry),
            plate=_plate(kit),
            pad=kit.px(5),
        )

    def _pin(self, entry: Entry) -> Caption:
        kit = self._kit
        tone = kit.palette.tone("brand")
        icon = icon_of(entry) if entry.kind is Kind.FACILITY else "map-pin"
        size = round(_sign_px(kit) * 1.35)
        return Caption(
            "",
            (self._at(entry.at),),
            size,
            tone.on,
            tone.strong,
            icon=icon,
            plate=tone.strong,
            pad=kit.px(8),
            first=True,
        )

    def _marker(self) -> list[Shape]:
        """Where one stands, and which way one looks: up, as the map is turned."""
        x, y = self._at(self._guide.here.at)
        tone, paper = self._kit.palette.tone("call"), self._kit.palette.paper
        ring = tuple((x + 1.5 * cos(step * pi / 12), y + 1.5 * sin(step * pi / 12)) for step in range(24))
        dot = tuple((x + 1.1 * cos(step * pi / 12), y + 1.1 * sin(step * pi / 12)) for step in range(24))
        look = ((x - 1.0, y - 1.7), (x, y - 3.6), (x + 1.0, y - 1.7))
        return [Shape(ring, paper), Shape(dot, tone.strong), Shape(look, tone.strong)]

    def _you(self) -> Caption:
        kit = self._kit
        tone = kit.palette.tone("call")
        x, y = self._at(self._guide.here.at)
        size = kit.theme.type_px("small")
        places = ((x, y + 4.2), (x + 9.0, y), (x - 9.0, y), (x, y - 6.0))
        return Caption(
            self._scene.say("You are here"),
            places,
            size,
            tone.on,
            tone.strong,
            plate=tone.strong,
            pad=kit.px(8),
            bold=True,
        )


def legend(scene: Scene, guide: StoreGuide, floor: Floor) -> tuple[Widget, ...]:
    """What the signs of a floor mean, each once, those that are asked for most first."""
    kit, language = scene.kit, scene.session.language
    facilities = sorted((one for one in guide.on(floor.id) if one.kind is Kind.FACILITY), key=asked)
    named = {icon_of(one): said(one.name, language) for one in reversed(facilities)}
    return tuple(_told(kit, icon, named[icon]) for icon in dict.fromkeys(map(icon_of, facilities)))


def _told(kit: Kit, icon: str, words: str) -> Widget:
    size, plate = _sign_px(kit), _plate(kit)
    color = kit.palette.paper if kit.palette.border_px == 1 else kit.palette.ink
    whole = size + 2 * kit.px(5)
    sign = Sized(Box(Icon(icon, size, color), (plate, plate), whole // 2), whole, whole, widest=whole)
    return Row((sign, Text(words, kit.theme.type_px("small"), kit.palette.ink, lines=2)), kit.gap("tight"))


def asked(entry: Entry) -> int:
    """How often people ask for it, about: the most asked for first."""
    return ASKED_MOST.index(entry.icon) if entry.icon in ASKED_MOST else len(ASKED_MOST)


def icon_of(entry: Entry) -> str:
    """Its own sign, or that of its kind."""
    return entry.icon or {Kind.GOODS: "shopping-bag", Kind.BRAND: "storefront"}.get(entry.kind, "signpost")


def _sign_px(kit: Kit) -> int:
    return max(kit.px(30), round(kit.theme.type_px("small") * 1.2))


def _plate(kit: Kit) -> Color:
    """What a sign stands on: dark, as signs in a store are."""
    return kit.palette.tone("plain").ink if kit.palette.border_px == 1 else kit.palette.paper


def _lower(corners: tuple[Point, ...], by_m: float) -> tuple[Point, ...]:
    return tuple((x, y + by_m) for x, y in corners)


def _stroke(line: Sequence[Point], half: float, fill: Color, *, square: bool = False) -> list[Shape]:
    """A thick line as polygons. square: its ends are cut off, and only its corners are round."""
    found: list[Shape] = []
    for (x, y), (to_x, to_y) in pairwise(line):
        long = hypot(to_x - x, to_y - y) or 1.0
        across, down = -(to_y - y) / long * half, (to_x - x) / long * half
        corners = ((x + across, y + down), (to_x + across, to_y + down), (to_x - across, to_y - down))
        found.append(Shape((*corners, (x - across, y - down)), fill))
    found += [disc(x, y, half, fill) for x, y in (line[1:-1] if square else line)]
    return found
