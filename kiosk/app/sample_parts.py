"""The pieces that screens are made of, each on a page of its own, filled with what is hard for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kiosk.display.parts import Kit, pill, scroll, soft, text, tile, touch_card
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Column, Grow, Icon, Row, Screen, Widget
from kiosk.rules.front.taps import Page, Went

ENTRIES = 400
GOODS = ("女装", "男鞋", "化妆品", "儿童玩具与文具用品", "家居床品", "Kitchen and household appliances", "眼镜", "珠宝")


def samples(scene: Scene) -> Iterator[tuple[str, Screen]]:
    """Each page by its name."""
    yield "part-list", _list(scene, ENTRIES)
    yield "part-list-short", _list(scene, 2)


def _list(scene: Scene, count: int) -> Screen:
    kit = scene.kit
    title = text(kit, "列表", "head", lines=1)
    entries = Grow(scroll(kit, _entries(kit, count), "groups"))
    return screen(
        scene,
        "part-list",
        flow_head(scene, "列表"),
        body(kit, low(kit, title, entries)),
        flow_foot(scene, ()),
    )


@lru_cache(maxsize=8)
def _entries(kit: Kit, count: int) -> tuple[Widget, ...]:
    size = kit.px(84)
    found: list[Widget] = []
    for number in range(count):
        words = Column(
            (
                text(kit, f"{GOODS[number % len(GOODS)]} {number + 1}", "lead", lines=3),
                soft(kit, f"{number % 6 + 1} 楼，第 {number % 40 + 1} 专柜", "small", lines=1),
            )
        )
        side = pill(kit, "营业中", "good") if number % 3 else Icon("caret-right", kit.px(30), kit.palette.soft)
        inner = Row((tile(kit, "storefront", "brand", size), Grow(words), side), kit.gap("near"))
        found.append(touch_card(kit, inner, Went(Page.HOME), f"group {number + 1}"))
    return tuple(found)
