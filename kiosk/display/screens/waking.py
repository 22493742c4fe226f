"""What a screen shows while its role starts: whose it is, and in every language that it takes a moment."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.display.parts import Kit, soft, text
from kiosk.display.widgets import Align, Column, Icon, Screen, Sized, Widget
from kiosk.display.words import Say


def waking(kit: Kit, name: str, says: Sequence[Say]) -> Screen:
    """name: of the store, "" where nobody said it yet. says: each language, the one that it begins with first."""
    lines: list[Widget] = [Sized(Icon("storefront", kit.px(150), kit.palette.tone("brand").ink), across=Align.CENTRE)]
    if name:
        lines.append(text(kit, name, "title", Align.CENTRE, 2))
    lines += [soft(kit, say("Getting ready, one moment please"), "lead", Align.CENTRE) for say in says]
    return Screen("waking", Column(tuple(lines), kit.gap("near"), down=Align.CENTRE), kit.palette.page)
