"""The screen on which everything begins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.app.album import PANELS
from kiosk.display.glyphs import Glyphs
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.theme import Theme
from kiosk.display.words import words
from kiosk.ports.touchscreen import FrontView, OpenHours
from kiosk.rules.front.session import Session
from kiosk.rules.lockers.locker import Size
from tests.ledger.values import TEN

MONO_S = 100.0


@pytest.mark.parametrize("panel", ["1280x800", "1024x600", "800x480", "800x1280"])
def test_no_card_moves_when_the_hint_at_closing_comes(panel: str) -> None:
    placer = Placer(PANELS[panel], Glyphs().measure)
    kit = Kit(Theme(PANELS[panel]), words("zh-CN"))

    def rects(hours: OpenHours | None) -> dict[str, object]:
        view = FrontView(free={Size.SMALL: 2}, hours=hours)
        placed = placer.place(shown(Scene(kit, Session(), view, TEN, MONO_S)))
        return {target.name: target.rect for target in placed.targets}

    opens = TEN - timedelta(hours=2)
    usual = rects(OpenHours(opens, TEN + timedelta(hours=9)))

    assert rects(OpenHours(opens, TEN + timedelta(minutes=40))) == usual
    assert rects(OpenHours(opens, TEN + timedelta(minutes=9))) == usual
    assert rects(None) == usual
