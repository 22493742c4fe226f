"""Pictures that are drawn, not shipped: the store's front, a locker with a bag, a tag, a shopping bag."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import cos, pi, sin

from kiosk.display.colors import Color, rgb
from kiosk.display.drawing import blended, rounded
from kiosk.display.theme import Tone
from kiosk.display.widgets import Caption, Drawing, Shape

WHITE, NIGHT = rgb("#ffffff"), rgb("#0b1f5c")
GLAD = frozenset(("brand", "store", "fetch", "good", "ease"))
"""Moods in which a picture may sparkle."""
WARM, AWNING = rgb("#ffd98a"), rgb("#fb7a3c")
LEAF, LEAF_LIGHT = rgb("#1fae7a"), rgb("#4fd1a1")
FRONT = (560.0, 240.0)


@lru_cache(maxsize=2)
def store_front(sky: Color) -> Drawing:
    """The store as it stands in its street, before a strong colour."""
    far, near = blended(sky, WHITE, 0.12), blended(sky, WHITE, 0.2)
    wall, shade, glass = blended(sky, WHITE, 0.93), blended(sky, WHITE, 0.78), blended(sky, WHITE, 0.42)
    sign = blended(sky, NIGHT, 0.55)
    shapes = [disc(452, 66, 34, WARM)]
    shapes += [box(*one, far, 6) for one in ((16, 96, 70, 144), (96, 66, 56, 174), (466, 110, 62, 130))]
    shapes += [box(*one, near, 6) for one in ((56, 132, 64, 108), (428, 142, 58, 98), (500, 150, 60, 90))]
    for x, y in ((70, 36), (330, 16)):
        shapes += [disc(x, y, 13, far), disc(x + 17, y - 6, 17, far), disc(x + 36, y, 13, far)]
        shapes.append(box(x - 12, y, 60, 13, far, 6))
    # the house: its roof, two floors of windows, the board above the doors
    shapes += [box(196, 44, 188, 26, shade, 5), box(172, 62, 236, 178, wall, 6), box(164, 60, 252, 13, shade, 4)]
    shapes += [Shape(((270, 44), (290, 24), (310, 44)), shade), box(288, 4, 3, 22, shade), _flag(291, 5)]
    for row, y in enumerate((82, 116)):
        for place in range(7):
            lit = (place + 2 * row) % 3 == 0
            shapes.append(box(184 + place * 31, y, 22, 25, WARM if lit else glass, 4))
    shapes.append(box(172, 148, 236, 22, sign))
    shapes += [box(232 + place * 15, 154, 9, 10, blended(sign, WARM, 0.9), 2) for place in range(8)]
    # the shop windows, each with something in it, and the awnings over them
    for x in (182, 338):
        shapes.append(box(x, 182, 60, 50, blended(WARM, WHITE, 0.45), 3))
        shapes += [box(x + 10, 206, 16, 26, AWNING, 3), box(x + 33, 198, 18, 34, LEAF, 3)]
        shapes.append(Shape(arc(x + 18, 206, 5, 180, 360, 2), sign))
    shapes.append(box(252, 182, 76, 58, sign, 4))
    shapes += [box(257, 187, 31, 53, WARM, 2), box(292, 187, 31, 53, WARM, 2)]
    shapes += [box(283, 210, 3, 12, sign), box(294, 210, 3, 12, sign)]
    for x, wide in ((176, 72), (248, 84), (332, 72)):
        shapes += _awning(x, 168, wide)
    for x, y, size in ((140, 200, 26), (438, 192, 30), (524, 208, 22), (24, 206, 24)):
        shapes += [box(x - 3, y, 6, 44, blended(LEAF, NIGHT, 0.45)), disc(x, y, size, LEAF)]
        shapes.append(disc(x - size * 0.25, y - size * 0.28, size * 0.55, LEAF_LIGHT))
    shapes.append(box(0, 234, 560, 6, blended(sky, WHITE, 0.55), 3))
    return Drawing(tuple(shapes), (), FRONT)


@lru_cache(maxsize=2)
def open_locker(look: Tone) -> Drawing:
    """Lockers in a row, one of them open, with a bag in it."""
    ground = look.tile
    body, door = blended(ground, look.strong, 0.2), blended(ground, look.strong, 0.42)
    dark, inside = blended(look.strong, NIGHT, 0.35), blended(look.strong, NIGHT, 0.62)
    shapes = [disc(250, 118, 112, blended(ground, WHITE, 0.55)), box(46, 26, 408, 188, dark, 12)]
    for column in range(4):
        x = 56 + column * 98
        if column == 1:
            shapes.append(box(x, 36, 94, 168, inside, 4))
            continue
        for y, high in ((36, 80), (122, 82)):
            shapes.append(box(x, y, 94, high, body if (column + (y > 40)) % 2 else door, 6))
            shapes += [box(x + 26, y + 13 + 8 * slot, 42, 3, dark, 1) for slot in range(2)]
            shapes.append(disc(x + 80, y + high / 2 + 8, 4.5, dark))
    leaf = ((154, 36), (116, 20), (116, 220), (154, 204))
    shapes += [Shape(leaf, look.strong), Shape(((116, 20), (109, 22), (109, 218), (116, 220)), dark)]
    shapes.append(disc(124, 122, 5, WHITE))
    shapes.append(box(160, 188, 82, 7, blended(inside, WHITE, 0.2), 3))
    shapes += [box(34, 214, 432, 8, blended(ground, look.strong, 0.3), 4)]
    shapes.append(disc(201, 134, 39, blended(inside, WARM, 0.9)))
    sign = Caption("", ((201, 134),), 0, look.strong, WARM, (58.0, 58.0), "backpack", first=True)
    return Drawing(tuple(shapes), (sign,), (500.0, 236.0))


@lru_cache(maxsize=6)
def locker_of_size(look: Tone, of: int, bag: str) -> Drawing:
    """A cabinet that is divided into so many lockers; one stands open, with what it holds. bag: its sign, "" for
    none: then all are locked."""
    ground = look.tile
    dark, door = blended(look.ink, NIGHT, 0.35), blended(ground, look.ink, 0.34)
    inside = blended(look.ink, NIGHT, 0.6)
    shapes = [disc(150, 122, 112, blended(ground, WHITE, 0.55)), box(74, 12, 152, 212, dark, 12)]
    high = 196 / of
    open_at = (of - 1) // 2 if bag else of
    for place in range(of):
        top = 20 + place * high
        if place == open_at:
            shapes.append(box(82, top + 2, 136, high - 4, inside, 4))
            continue
        shapes += [box(82, top + 2, 136, high - 4, door, 5), disc(206, top + high / 2, 4, dark)]
        shapes.append(box(94, top + high / 2 - 2, 40, 4, dark, 1))
    shapes.append(box(44, 224, 212, 8, blended(ground, look.ink, 0.3), 4))
    if not bag:
        return Drawing(tuple(shapes), (), (300.0, 240.0))
    top = 20 + open_at * high
    shapes += [Shape(((82, top + 2), (48, top - 8), (48, top + high + 8), (82, top + high - 2)), look.ink)]
    size = min(high - 8, 120)
    shapes.append(disc(152, top + high / 2, size / 2, blended(WARM, WHITE, 0.35)))
    sign = Caption("", ((152, top + high / 2),), 0, look.ink, WARM, (size * 0.9, size * 0.9), bag, first=True)
    return Drawing(tuple(shapes), (sign,), (300.0, 240.0))


@lru_cache(maxsize=2)
def tag_before_reader(look: Tone) -> Drawing:
    """A tag with its code, in the light of the reader."""
    ground = look.tile
    soft, dark = blended(ground, look.strong, 0.28), blended(look.strong, NIGHT, 0.4)
    beam = blended(ground, look.strong, 0.14)
    shapes = [Shape(((386, 100), (386, 144), (296, 188), (296, 50)), beam)]
    shapes += [box(384, 62, 92, 120, dark, 20), box(374, 84, 22, 76, look.strong, 8), disc(446, 84, 6, LEAF_LIGHT)]
    shapes += [box(402, 108, 44, 5, soft, 2), box(402, 122, 30, 5, soft, 2)]
    plate = rounded(((84, 118), (128, 62), (304, 62), (304, 174), (128, 174)), 16)
    shapes += [Shape(tuple((x + 4, y + 8) for x, y in plate), soft), Shape(plate, WHITE, look.strong, 3)]
    shapes += [disc(122, 118, 11, look.strong), disc(122, 118, 5, ground)]
    x = 158.0
    for place, wide in enumerate((4, 2, 6, 2, 3, 5, 2, 4, 2, 6, 3, 2, 5, 2)):
        shapes.append(box(x, 84, wide, 50, dark))
        x += wide + (3 if place % 3 else 5)
    shapes += [box(158, 144, 54, 8, soft, 4), box(220, 144, 40, 8, soft, 4)]
    shapes.append(box(142, 112, 176, 4, AWNING, 2))
    shapes = [replace(one, points=tuple((x - 54, y) for x, y in one.points)) for one in shapes]  # into the middle
    return Drawing((disc(226, 118, 112, blended(ground, WHITE, 0.55)), *shapes), (), (452.0, 236.0))


@lru_cache(maxsize=24)
def emblem(look: Tone, icon: str, badge: str = "", *, slim: bool = False, glad: bool = False) -> Drawing:
    """A sign in a bright disc, with a small one on its edge that says what is the matter with it; "" for none. slim:
    the disc alone, for little room. glad: with sparks, for what is no trouble."""
    ground = look.tile
    if slim:
        sign = Caption("", ((90, 90),), 0, look.ink, WHITE, (124.0, 124.0), icon, first=True)
        return Drawing((disc(90, 90, 90, WHITE),), (sign,), (180.0, 180.0))
    soft = blended(ground, look.ink, 0.3)
    shapes = [disc(150, 118, 112, blended(ground, WHITE, 0.5)), disc(150, 118, 80, WHITE)]
    shapes += [disc(46, 62, 6, soft), disc(262, 176, 8, soft), disc(38, 150, 4, WHITE), disc(252, 96, 4, WHITE)]
    if glad:
        shapes += [spark(256, 46, 15, WARM), spark(52, 190, 11, WARM)]
    signs = [Caption("", ((150, 118),), 0, look.ink, WHITE, (112.0, 112.0), icon, first=True)]
    if badge:
        shapes += [disc(212, 172, 38, WHITE), disc(212, 172, 31, look.ink)]
        signs.append(Caption("", ((212, 172),), 0, WHITE, look.ink, (48.0, 48.0), badge, first=True))
    return Drawing(tuple(shapes), tuple(signs), (300.0, 236.0))


@lru_cache(maxsize=8)
def shopping_bag(ground: Color, look: Tone, icon: str) -> Drawing:
    """A big paper bag with the promotion's sign on it, and what sparkles about it, on a strong ground."""
    pale, mid = blended(ground, WHITE, 0.14), blended(ground, WHITE, 0.24)
    paper, fold, inner = WHITE, blended(WHITE, ground, 0.18), blended(WHITE, ground, 0.34)
    shapes = [disc(300, 300, 286, pale), disc(300, 300, 214, mid)]
    for x, y, size, color in ((70, 150, 20, WARM), (528, 196, 26, WARM), (500, 92, 12, WHITE), (96, 470, 13, WHITE)):
        shapes.append(spark(x, y, size, color))
    for x, y, size, color in ((130, 92, 9, AWNING), (560, 330, 10, AWNING), (44, 320, 8, LEAF_LIGHT)):
        shapes.append(disc(x, y, size, color))
    for x, y, turn, color in ((548, 452, 0.5, LEAF_LIGHT), (64, 224, 1.2, AWNING), (440, 56, 2.2, WARM)):
        shapes.append(_strip(x, y, turn, color))
    shapes.append(Shape(_oval(306, 540, 176, 22), blended(ground, NIGHT, 0.4)))
    # a smaller one stands behind
    shapes += [Shape(arc(446, 300, 26, 180, 360, 6), blended(AWNING, NIGHT, 0.25)), box(388, 300, 118, 236, AWNING, 6)]
    shapes += [
        box(388, 330, 118, 20, blended(AWNING, WHITE, 0.28)),
        box(478, 300, 28, 236, blended(AWNING, NIGHT, 0.18)),
    ]
    shapes.append(Shape(arc(300, 216, 62, 180, 360, 9), inner))
    shapes += [Shape(((152, 216), (412, 216), (424, 540), (140, 540)), paper)]
    shapes += [Shape(((412, 216), (452, 236), (456, 526), (424, 540)), fold)]
    shapes.append(Shape(arc(282, 222, 62, 180, 360, 9), look.strong))
    shapes += [disc(220.5, 236, 8, look.strong), disc(343.5, 236, 8, look.strong)]
    shapes.append(disc(282, 388, 98, look.tile))
    sign = Caption("", ((282, 388),), 0, look.ink, look.tile, (124.0, 124.0), icon, first=True)
    return Drawing(tuple(shapes), (sign,), (600.0, 600.0))


def box(left: float, top: float, wide: float, high: float, fill: Color, radius: float = 0) -> Shape:
    corners = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high))
    return Shape(rounded(corners, radius), fill)


def disc(x: float, y: float, radius: float, fill: Color) -> Shape:
    return Shape(_oval(x, y, radius, radius), fill)


def spark(x: float, y: float, size: float, fill: Color) -> Shape:
    """A star of four rays."""
    points = []
    for step in range(8):
        far = size if step % 2 == 0 else size * 0.28
        points.append((x + far * sin(step * pi / 4), y - far * cos(step * pi / 4)))
    return Shape(tuple(points), fill)


def arc(x: float, y: float, radius: float, start: int, end: int, thick: float) -> tuple[tuple[float, float], ...]:
    """A bow, as the outline of its line."""
    turns = [(start + (end - start) * part / 24) * pi / 180 for part in range(25)]
    outside, inside = radius + thick / 2, radius - thick / 2
    outer = [(x + outside * cos(turn), y + outside * sin(turn)) for turn in turns]
    inner = [(x + inside * cos(turn), y + inside * sin(turn)) for turn in turns]
    return (*outer, *reversed(inner))


def _oval(x: float, y: float, across: float, down: float) -> tuple[tuple[float, float], ...]:
    count = min(64, max(20, round(across)))
    turns = (2 * pi * step / count for step in range(count))
    return tuple((x + across * cos(turn), y + down * sin(turn)) for turn in turns)


def _awning(left: float, top: float, wide: float) -> list[Shape]:
    """Stripes that end in scallops."""
    count = round(wide / 12)
    step = wide / count
    stripes: list[Shape] = []
    for place in range(count):
        color = AWNING if place % 2 == 0 else WHITE
        x = left + place * step
        stripes += [box(x, top, step, 14, color), disc(x + step / 2, top + 14, step / 2, color)]
    return stripes


def _flag(x: float, y: float) -> Shape:
    return Shape(((x, y), (x + 24, y + 6), (x, y + 13)), AWNING)


def _strip(x: float, y: float, turn: float, fill: Color) -> Shape:
    """A piece of confetti."""
    along, over = (cos(turn), sin(turn)), (-sin(turn), cos(turn))
    corners = ((-12, -4), (12, -4), (12, 4), (-12, 4))
    return Shape(tuple((x + a * along[0] + b * over[0], y + a * along[1] + b * over[1]) for a, b in corners), fill)
