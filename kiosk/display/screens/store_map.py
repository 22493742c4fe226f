"""The map of a floor, drawn from the site's data, turned so that what one faces at the screen is at its top."""

from __future__ import annotations

from math import cos, pi, sin

from kiosk.display.drawing import blended, rounded
from kiosk.display.parts import Kit
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Caption, Drawing, Shape
from kiosk.rules.service.store_plan import Area, Entry, Floor, Kind, Point, StoreGuide, said, size_of, turned

MARGIN_M = 1.2
CORNER_M = 1.4
BETWEEN_M = 0.35  # the gap that parts two areas


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
        ground = blended(palette.paper, palette.ink, 0.05)
        edge = blended(palette.paper, palette.ink, 0.45)
        line_px = max(2, self._kit.px(3))
        walls = rounded(tuple(self._at(one) for one in floor.outline), 0.6)
        shapes = [Shape(walls, ground, edge, line_px)]
        names: list[Caption] = []
        for area in (one for one in guide.areas if one.floor == floor.id):
            shapes.append(self._area(area))
            names.append(self._name(area))
        signs: list[Caption] = []
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

    def _area(self, area: Area) -> Shape:
        palette = self._kit.palette
        tone = palette.tone(area.tone if self._wanted is None or self._chosen(area) else "plain")
        middle_x, middle_y = self._at(area.middle)
        corners = []
        for corner in area.shape:
            x, y = self._at(corner)
            corners.append((_nearer(x, middle_x), _nearer(y, middle_y)))
        chosen = self._chosen(area)
        line = tone.ink if chosen or palette.border_px > 1 else blended(tone.tile, tone.ink, 0.35)
        line_px = max(3, self._kit.px(5)) if chosen else max(1, self._kit.px(2))
        return Shape(rounded(tuple(corners), CORNER_M), tone.tile, line, line_px)

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
            kit.palette.tone("plain").ink if kit.palette.border_px == 1 else kit.palette.ink,
            ground,
            icon=icon_of(entry),
            plate=kit.palette.paper,
            pad=kit.px(3),
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


def icon_of(entry: Entry) -> str:
    """Its own sign, or that of its kind."""
    return entry.icon or {Kind.GOODS: "shopping-bag", Kind.BRAND: "storefront"}.get(entry.kind, "signpost")


def _sign_px(kit: Kit) -> int:
    return max(kit.px(30), round(kit.theme.type_px("small") * 1.2))


def _nearer(value: float, middle: float) -> float:
    """A little towards the middle, so that areas stand apart."""
    if abs(value - middle) <= BETWEEN_M:
        return value
    return value - BETWEEN_M if value > middle else value + BETWEEN_M
