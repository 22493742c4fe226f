"""Saying by two taps what is left: what kind of thing, and its colour; nobody has to."""

from __future__ import annotations

from kiosk.display.colors import Color
from kiosk.display.parts import Key, soft, swatch, text, tile, touch_card
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.screens.stages import STEPS, STORE
from kiosk.display.widgets import Align, Column, Gap, Grow, Row, Screen, Sized, Widget
from kiosk.ports.touchscreen import BagStage
from kiosk.rules.front.taps import GivenUp, ThingSaid
from kiosk.rules.lockers.things import Ask

KINDS = {
    "handbag": ("handbag", N_("Handbag")),
    "backpack": ("backpack", N_("Rucksack")),
    "suitcase": ("suitcase-rolling", N_("Suitcase")),
    "shopping bag": ("shopping-bag", N_("Shopping bag")),
    "parcel": ("package", N_("Parcel")),
    "something else": ("dots-three-circle", N_("Something else")),
}
COLOURS: dict[str, tuple[tuple[Color, ...], str]] = {
    "black": (((32, 32, 36),), N_("Black")),
    "white": (((250, 250, 248),), N_("White")),
    "grey": (((140, 142, 148),), N_("Grey")),
    "red": (((200, 44, 48),), N_("Red")),
    "blue": (((38, 92, 190),), N_("Blue")),
    "green": (((46, 136, 82),), N_("Green")),
    "brown": (((128, 84, 50),), N_("Brown")),
    "several": (((200, 44, 48), (232, 180, 40), (38, 92, 190)), N_("Mixed")),
}


def things(scene: Scene, at: BagStage) -> Screen:
    """The question that the desk asks."""
    kit, ask = scene.kit, Ask.KIND if at.sentence == "deposit.kind" else Ask.COLOUR
    portrait = kit.theme.panel.portrait
    lower = portrait and kit.theme.ease.low_reach
    if ask is Ask.KIND:
        title, columns = scene.say("What are you leaving with us?"), 3 if lower else 2 if portrait else 3
        cards = [_card(scene, ask, word, scene.say(name), _sign(scene, icon)) for word, (icon, name) in KINDS.items()]
    else:
        title, columns = scene.say("Which colour is it?"), 4 if lower else 2 if portrait else 4
        cards = [
            _card(scene, ask, word, scene.say(name), swatch(scene.kit, colours, _sign_px(scene)))
            for word, (colours, name) in COLOURS.items()
        ]
    line = soft(kit, scene.say("If you lose your tag, this helps us recognise your things."), "body", lines=2)
    rows: list[Widget] = []
    for place in range(0, len(cards), columns):
        row = [Grow(one) for one in cards[place : place + columns]]
        row += [Grow(Gap())] * (columns - len(row))
        rows.append(Grow(Row(tuple(row), kit.gap("near"), Align.FILL)))
    said = Column((text(kit, title, "title", lines=2), line), kit.gap("hair"))
    skip = Key(scene.say("Skip"), ThingSaid(ask, ""), "", "caret-right", "skip")
    cancel = Key(scene.say("Cancel"), GivenUp(), "", "x", "give up")
    return screen(
        scene,
        at.sentence,
        flow_head(scene, scene.say(STORE), 3, STEPS["deposit"]),
        body(kit, low(kit, said, Column(tuple(rows), kit.gap("near")))),
        flow_foot(scene, (cancel, skip)),
    )


def _sign_px(scene: Scene) -> int:
    kit = scene.kit
    if kit.theme.ease.low_reach:
        return kit.px(56)
    return kit.px(96 if kit.theme.panel.scale > 0.9 and not kit.theme.ease.large_text else 72)


def _sign(scene: Scene, icon: str) -> Widget:
    return tile(scene.kit, icon, "store", _sign_px(scene))


def _card(scene: Scene, ask: Ask, word: str, name: str, sign: Widget) -> Widget:
    kit = scene.kit
    if kit.theme.panel.portrait and kit.theme.ease.low_reach:
        words = text(kit, name, "small", Align.CENTRE, lines=2)
        inner: Widget = Column((Sized(sign, across=Align.CENTRE), words), kit.gap("hair"), down=Align.CENTRE)
    else:
        inner = Row((sign, Grow(text(kit, name, "lead", lines=2))), kit.gap("near"))
    return touch_card(kit, inner, ThingSaid(ask, word), f"thing {word}")
