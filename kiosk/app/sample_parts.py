"""The pieces that screens are made of, each on a page of its own, filled with what is hard for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kiosk.display.gadgets import qr_code, signature, toast, toggle
from kiosk.display.parts import Key, Kit, pill, scroll, soft, text, tile, touch_card
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.writing import Asked, writing_screen
from kiosk.display.widgets import Align, Column, Grow, Icon, Row, Screen, Stroke, Widget
from kiosk.rules.front.taps import Page, Tap, Went
from kiosk.rules.writing.writing import Candidate, Kind, Layer, LayerAsked, Letter, Stroked, Writing, after, begun
from kiosk.rules.writing.writing import Key as Letters

ENTRIES = 400
SPELLED = tuple(Letter(sign) for sign in "ouyangnana")
NAME_SIGNED: tuple[Stroke, ...] = (
    ((180, 300), (330, 290), (480, 280)),
    ((340, 140), (330, 400), (320, 620)),
    ((200, 470), (330, 460), (460, 450)),
    ((160, 640), (330, 630), (520, 610)),
    ((600, 300), (640, 420), (700, 560), (790, 660), (860, 690)),
    ((830, 240), (760, 420), (650, 600), (580, 680)),
)
KING: tuple[Stroke, ...] = (
    ((180, 200), (800, 190)),
    ((200, 480), (780, 470)),
    ((490, 200), (490, 800)),
    ((130, 800), (880, 790)),
)
LONG = "我的黑色双肩包掉在三楼的"
WRITINGS: tuple[tuple[str, Kind, tuple[Letters, ...]], ...] = (
    ("name", Kind.NAME, SPELLED),
    ("empty", Kind.NAME, ()),
    (
        "long",
        Kind.WORDS,
        (*(Letter(sign) for sign in "wodeqianbaodiaozaisanloule"), Candidate(LONG, 20)),
    ),
    ("latin", Kind.NAME, (LayerAsked(Layer.LATIN), *(Letter(sign) for sign in "Jonathan"))),
    ("signs", Kind.WORDS, (Letter("a"), LayerAsked(Layer.SIGNS))),
    ("hand", Kind.NAME, (LayerAsked(Layer.HAND), *(Stroked(stroke) for stroke in KING))),
    ("digits", Kind.DIGITS, tuple(Letter(sign) for sign in "1380013")),
    ("amount", Kind.AMOUNT, tuple(Letter(sign) for sign in "128.5")),
    ("card", Kind.CARD, tuple(Letter(sign) for sign in "110105194912X")),
)
GOODS = ("女装", "男鞋", "化妆品", "儿童玩具与文具用品", "家居床品", "Kitchen and household appliances", "眼镜", "珠宝")


def samples(scene: Scene) -> Iterator[tuple[str, Screen]]:
    """Each page by its name."""
    yield "part-list", _list(scene, ENTRIES)
    yield "part-list-short", _list(scene, 2)
    yield "part-gadgets", _gadgets(scene)
    for name, kind, keys in WRITINGS:
        writing = begun(kind, chinese=scene.chinese, longest=60)
        for key in keys:
            writing = after(writing, key)
        yield f"part-writing-{name}", _writing(scene, writing)


def _signed_there(stroke: Stroke) -> Tap:
    return Went(Page.HOME)


def _gadgets(scene: Scene) -> Screen:
    """A switch on and off, a code, a pad with a name on it, and a note over the head."""
    kit = scene.kit
    switches = (
        Grow(toggle(kit, "打印小票", Went(Page.HOME), on=True)),
        Grow(toggle(kit, "发送短信", Went(Page.HOME), on=False)),
    )
    size = min(kit.theme.panel.width, kit.theme.panel.height) // 3
    code = Column((qr_code(kit, "https://example.com/r/4827-19035", size),), align=Align.CENTRE, down=Align.CENTRE)
    pad = Grow(signature(kit, NAME_SIGNED, _signed_there))
    portrait = kit.theme.panel.portrait
    upper: Widget = Column(switches, kit.gap("near")) if portrait else Row(switches, kit.gap("near"), Align.FILL)
    lower: Widget = Column((code, pad), kit.gap("near")) if portrait else Row((code, pad), kit.gap("usual"), Align.FILL)
    wanted = (
        low(kit, text(kit, "签名", "head"), pad)
        if kit.theme.ease.low_reach
        else Column((upper, Grow(lower)), kit.gap("near"))
    )
    page = screen(scene, "part-gadgets", flow_head(scene, "部件"), body(kit, wanted), flow_foot(scene, ()))
    return replace(page, root=toast(kit, page.root, "已保存，谢谢", "saved"))


def _read(strokes: tuple[Stroke, ...]) -> tuple[str, ...]:
    """As if zinnia had read them: the same pictures on every machine."""
    return tuple("王玉主丰廿圭") if strokes else ()


def _writing(scene: Scene, writing: Writing) -> Screen:
    scene = replace(scene, kit=replace(scene.kit, reads=_read))
    back = Key(scene.say("Back"), Went(Page.HOME), "", "arrow-left", "back")
    done = Key(scene.say("Go on"), Went(Page.HOME), "brand", "check", "next")
    asked = Asked("请输入您的姓名", "请按证件上的姓名填写。")
    return writing_screen(scene, "part-writing", flow_head(scene, "输入", 2, 4), asked, writing, (back, done))


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
