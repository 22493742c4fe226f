"""Two trays of the drawer: the printer's paper, and what can be held to the readers: badges, the till's receipts."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.display.colors import Color
from kiosk.display.parts import Kit, card, scroll, soft, text
from kiosk.display.widgets import Align, Box, Column, Gap, Grow, Icon, Picture, Row, Sized, Text, Touch, Widget
from kiosk.ports.drawer import DrawerView, Paper, Sheet
from kiosk.rules.forms.flow import Chose
from kiosk.rules.front.taps import Acted, Tap
from kiosk.rules.printing.jobs import Condition

PAPER: Color = (252, 252, 250)
EDGE: Color = (214, 214, 208)


def act(what: str) -> Tap:
    """A tap of the drawer: a verb and what it is done to."""
    return Acted(Chose(what))


def key(kit: Kit, icon: str, words: str, tap: Tap, name: str) -> Widget:
    """Something that hands do."""
    look = kit.palette.tone("plain")
    size = kit.theme.type_px("body")
    parts = (Icon(icon, round(size * 1.3), look.ink), Grow(Text(words, size, look.ink, True, lines=2)))
    radius = kit.theme.radius("tile")
    body = Box(Row(parts, kit.px(12)), (look.tile, look.tile), radius, (kit.px(16), kit.px(6)))
    return Touch(Sized(body, kit.theme.panel.target, max(kit.theme.panel.target, kit.px(72))), tap, name, radius)


def in_pairs(kit: Kit, keys: Sequence[Widget], gap: int = 8) -> list[Widget]:
    """Two beside each other."""
    rows: list[Widget] = []
    for place in range(0, len(keys), 2):
        pair = [Grow(one) for one in keys[place : place + 2]]
        rows.append(Row((*pair, *([Grow(Gap())] if len(pair) == 1 else [])), kit.px(gap), Align.FILL))
    return rows


def paper_tray(kit: Kit, paper: Paper, width: int) -> Widget:
    """What was printed, the newest above, as it hangs from the printer; and what hands do to it. width: of the room."""
    shut = paper.condition is not Condition.COVER_OPEN
    filled = paper.condition is not Condition.PAPER_OUT
    keys = (
        key(kit, "x", "take the roll out", act("paper-out demo"), "paper-out")
        if filled
        else key(kit, "arrow-line-down", "put a roll in", act("paper-in demo"), "paper-in"),
        key(kit, "door-open", "open its cover", act("cover-open demo"), "cover-open")
        if shut
        else key(kit, "lock-key", "shut its cover", act("cover-shut demo"), "cover-shut"),
        key(kit, "hand-palm", "tear off", act("tear demo"), "tear"),
    )
    state = Text(
        f"The printer {paper.condition.value}",
        kit.theme.type_px("lead"),
        kit.palette.tone("good" if paper.condition.prints else "call").ink,
        True,
        lines=3,
    )
    sheets = [_sheet(kit, one, width - 2 * kit.px(16)) for one in reversed(paper.sheets)]
    hanging = sheets or [soft(kit, "Nothing was printed yet. Tickets and slips come out here.", "body")]
    return Column((card(kit, state, "near"), *in_pairs(kit, keys), Grow(scroll(kit, hanging, "paper"))), kit.px(12))


def _sheet(kit: Kit, sheet: Sheet, width: int) -> Widget:
    height = round(sheet.height * width / sheet.width)
    strip = Box(Sized(Picture(sheet.path), width, height, widest=width), (PAPER, PAPER), 2, (0, 0), EDGE, 1)
    return Column((soft(kit, sheet.title, "small", lines=1), Sized(strip, across=Align.CENTRE)), kit.px(4))


def readers_tray(kit: Kit, view: DrawerView) -> Widget:
    """Badges for both readers; the till's receipts, each of which is scanned by a click."""
    badges = [
        key(
            kit,
            "identification-card",
            f"{one.whose} (panel)" if one.at_panel else one.whose,
            act(f"{'badge' if one.at_panel else 'scan'} {one.code}"),
            f"{'panel' if one.at_panel else 'badge'} {one.code}",
        )
        for one in view.badges
    ]
    slips = [
        Touch(
            card(
                kit,
                Column(
                    (
                        Text(one.number, kit.theme.type_px("body"), kit.palette.ink, True, lines=1),
                        Text(one.goods, kit.theme.type_px("body"), kit.palette.ink, lines=1, crop=True),
                        soft(kit, f"bought {one.bought}", "small", lines=1),
                    )
                ),
                "near",
            ),
            act(f"scan {one.number}"),
            f"receipt {one.number}",
            kit.theme.radius("card"),
        )
        for one in view.receipts
    ]
    rows: list[Widget] = [text(kit, "Show a badge", "lead", lines=1), *in_pairs(kit, badges)]
    if slips:
        rows += [text(kit, "Scan a receipt of the till", "lead", lines=1), *slips]
    return Grow(scroll(kit, rows, "readers", "tight"))
