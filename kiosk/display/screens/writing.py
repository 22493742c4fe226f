"""A text that is being written: its field, and the keys that write it."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.display.parts import Key as Button
from kiosk.display.parts import Kit, number_pad
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Box, Column, Text, Widget
from kiosk.rules.forms.flow import Next, Wrote
from kiosk.rules.front.taps import Acted
from kiosk.rules.writing.writing import Backspace, Key, Kind, Layer, LayerAsked, Letter, Writing

DIGITS = "1234567890"
LETTERS = ("qwertyuiop", "asdfghjkl'", "zxcvbnm ")


def field(kit: Kit, writing: Writing) -> Widget:
    """What is written so far, with the caret behind it."""
    shown = f"{writing.text}{writing.letters}|"
    return Box(
        Text(shown, kit.theme.type_px("head"), kit.palette.ink, lines=1, crop=True),
        (kit.palette.paper, kit.palette.paper),
        kit.theme.radius("tile"),
        (kit.gap("usual"), kit.gap("near")),
        kit.palette.tone("brand").ink,
        max(2, kit.palette.border_px),
    )


def keyboard(scene: Scene, writing: Writing) -> Widget:
    """Every key of the layer that is shown."""
    kit = scene.kit
    height = kit.px(94)
    done = Button("", Acted(Next()), "brand", "check", "next")
    erase = Button("", Acted(Wrote(Backspace())), "plain", "backspace", "erase")
    if writing.kind is Kind.DIGITS:
        digits = [_key(sign) for sign in DIGITS]
        return number_pad(kit, [*digits[:9], erase, digits[9], done], 3, max(kit.theme.panel.target, height))
    rows: list[Widget] = []
    signs: Sequence[str] = (DIGITS, *LETTERS)
    if writing.layer is Layer.SIGNS:
        signs = (DIGITS, "-/:;()@\"'.", ",?!#%&*+= ")
    for row in signs:
        shown = row.upper() if writing.layer is Layer.CAPITALS else row
        rows.append(number_pad(kit, [_key(sign) for sign in shown], len(row), height))
    other = Layer.CAPITALS if writing.layer is Layer.LATIN else Layer.LATIN
    caps = Button("Aa", Acted(Wrote(LayerAsked(other))), "plain", "", "capitals")
    rows.append(number_pad(kit, [caps, erase, done], 3, height))
    return Column(tuple(rows), kit.px(10))


def _key(sign: str) -> Button:
    key: Key = Letter(sign)
    return Button(sign if sign != " " else "␣", Acted(Wrote(key)), name=f"key {sign}")
