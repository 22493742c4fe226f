"""What staff can do about something, as a column of keys: what settles it first and filled, what wants care apart."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.display.parts import Key, Kit, card, scroll, text, tile
from kiosk.display.widgets import Align, Box, Column, Gap, Grow, Icon, Row, Sized, Text, Touch, Widget

SETTLES, CARE, FLAT = "good", "care", "plain"


def deeds(kit: Kit, keys: Sequence[Key], back: Key | None, name: str = "deeds") -> Widget:
    """A column of them. The first leads, where it settles the matter; those that want care, or give something up,
    stand apart at the end. back: the way out, always at the same place where the panel is high enough."""
    lead = keys[0] if keys and keys[0].tone == SETTLES else None
    usual = [key for key in keys if key is not lead and key.tone not in (CARE, FLAT)]
    apart = [key for key in keys if key.tone in (CARE, FLAT)]
    rows = [] if lead is None else [_leading(kit, lead)]
    rows += [deed(kit, key) for key in usual]
    if rows and apart:
        rows.append(Gap(height=kit.gap("tight")))
    rows += [deed(kit, key) for key in apart]
    if back is None:
        return scroll(kit, rows, name)
    way_out = deed(kit, back)
    if kit.theme.panel.low:
        return scroll(kit, [*rows, way_out], name)
    return Column((Grow(scroll(kit, rows, name) if rows else Gap()), way_out), kit.gap("near"))


def deed(kit: Kit, key: Key) -> Widget:
    """Something to do: a card with its sign in the colour of what it means; flat, where it leads away."""
    size = _sign_px(kit)
    if key.tone == FLAT:
        look = kit.palette.tone(FLAT)
        sign: Widget = Sized(Icon(key.icon, round(size * 0.5), look.ink), size, size, widest=size)
        border = kit.palette.line if kit.palette.border_px > 1 else None
        pad = (kit.gap("near"), kit.gap("near"))
        inner = Row((sign, Grow(text(kit, key.text, "lead", lines=4))), kit.gap("near"))
        flat = (look.strong, look.strong)
        return _touch(kit, key, Box(inner, flat, kit.theme.radius("card"), pad, border, kit.palette.border_px))
    sign = tile(kit, key.icon or "caret-right", key.tone or "brand", size)
    inner = Row((sign, Grow(text(kit, key.text, "lead", lines=4))), kit.gap("near"))
    return _touch(kit, key, card(kit, inner, "near"))


def _leading(kit: Kit, key: Key) -> Widget:
    """What settles it: filled, so that nobody looks for it."""
    palette, size = kit.palette, _sign_px(kit)
    look = palette.tone("brand")
    sign = Sized(Icon(key.icon or "check", round(size * 0.62), look.on), size, size, Align.CENTRE, widest=size)
    words = Text(key.text, kit.theme.type_px("lead"), look.on, True, lines=4)
    raised = kit.px(10) if palette.border_px == 1 else 0
    pad = (kit.gap("near"), kit.gap("near"))
    fill, shade = (look.strong, look.strong), (*look.strong, 70)
    inner = Row((sign, Grow(words)), kit.gap("near"))
    box = Box(inner, fill, kit.theme.radius("card"), pad, shadow=raised, shadow_color=shade)
    return _touch(kit, key, box)


def beside(kit: Kit, told: Sequence[Widget], acts: Widget) -> Widget:
    """What there is to know, on a sheet, and what can be done: side by side where there is room."""
    left = sheet_of(kit, told)
    if kit.theme.panel.portrait:
        return Column((Grow(left), Grow(acts)), kit.gap("near"))
    shares = (5, 4) if kit.theme.ease.large_text else (3, 2)
    return Row((Grow(left, shares[0]), Grow(acts, shares[1])), kit.gap("usual"), Align.FILL)


def sheet_of(kit: Kit, lines: Sequence[Widget]) -> Widget:
    """A sheet of paper whose keys for leafing lie on its edge."""
    return card(kit, scroll(kit, lines, "told", edge=kit.gap("usual")), "usual")


def _touch(kit: Kit, key: Key, child: Widget) -> Widget:
    least = kit.theme.panel.target
    return Touch(Sized(child, least, least), key.tap, key.name or key.text, kit.theme.radius("card"))


def _sign_px(kit: Kit) -> int:
    return max(kit.px(64), round(kit.theme.type_px("lead") * 1.8))
