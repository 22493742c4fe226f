"""The screen on which everything begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.app.album import PANELS, Look, album
from kiosk.display.glyphs import Glyphs
from kiosk.display.parts import Kit, dialog
from kiosk.display.placing import Placer
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.spoken import sentences
from kiosk.display.theme import Theme
from kiosk.display.widgets import Text
from kiosk.display.words import words
from kiosk.ports.touchscreen import FrontView, OpenHours
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Page
from kiosk.rules.lockers.locker import Size
from kiosk.units import Language
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


@pytest.mark.rule("L03")
def test_the_hint_at_closing_is_read_aloud_before_what_can_be_done_and_the_foot_is_not() -> None:
    read = sentences(dict(album(Look(language=Language("en"))))["home-closing"])

    assert read[0] == "Welcome, we are glad to help you"
    assert read[1].startswith("We close in 10 minutes")
    assert read[2].startswith("Store a bag")
    assert not any("English" in one for one in read)


def test_over_the_home_screen_only_the_question_is_read() -> None:
    home = dict(album(Look(language=Language("en"))))["home"]
    asked = dialog(Kit(Theme(PANELS["1280x800"]), words("en")), home.root, Text("Still there?", 30, (0, 0, 0)))

    assert sentences(replace(home, root=asked)) == ("Still there?",)


def test_where_no_service_is_left_behind_the_last_card_the_home_screen_stands_again() -> None:
    kit = Kit(Theme(PANELS["1280x800"]), words("zh-CN"))

    left = shown(Scene(kit, Session(page=Page.MORE), FrontView(free={Size.SMALL: 2}), TEN, MONO_S))

    assert left.key == "home"
