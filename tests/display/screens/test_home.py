"""The screen on which everything begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

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
from kiosk.ports.touchscreen import BagStage, FrontView, OpenHours
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Page
from kiosk.rules.lockers.locker import Size
from kiosk.units import Language
from tests.ledger.values import TEN

MONO_S = 100.0
HOME = Session()


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


def said(hours: OpenHours, session: Session = HOME, **more: object) -> tuple[str, ...]:
    kit = Kit(Theme(PANELS["1280x800"]), words("en"))
    view = FrontView(free={Size.SMALL: 2}, hours=hours, **more)  # type: ignore[arg-type]
    return sentences(shown(Scene(kit, session, view, TEN, MONO_S)))


@pytest.mark.rule("L03")
@pytest.mark.parametrize(
    ("closes", "told"),
    [
        (TEN + timedelta(hours=12), "open until 22:00"),
        (TEN + timedelta(minutes=30), "We close at 10:30"),
        (None, "open day and night"),
        (TEN + timedelta(days=1, hours=12), "open day and night"),
    ],
)
def test_a_store_that_stays_open_says_so_and_names_no_closing(closes: datetime | None, told: str) -> None:
    read = " | ".join(said(OpenHours(TEN - timedelta(hours=1), closes)))

    assert told in read
    assert ("close" in read) is told.startswith("We close")


@pytest.mark.parametrize(
    ("closes", "told"),
    [(TEN + timedelta(hours=15), "11:00 to 01:00"), (None, "from 11:00"), (TEN + timedelta(days=2), "from 11:00")],
)
def test_a_closed_store_says_from_when_it_is_open(closes: datetime | None, told: str) -> None:
    assert told in " | ".join(said(OpenHours(TEN + timedelta(hours=1), closes)))


@pytest.mark.rule("L03")
@pytest.mark.parametrize(
    ("by", "told"),
    [
        (None, "Fetch everything today, before we close"),
        (TEN + timedelta(hours=7), "Fetch everything by 17:00"),
        (TEN + timedelta(hours=19), "Fetch everything by 05:00, Sunday 25 October"),
    ],
)
def test_who_leaves_a_bag_is_told_until_when_it_is_to_be_fetched(by: datetime | None, told: str) -> None:
    kept = BagStage("deposit.kept", number=7)

    assert told in said(OpenHours(TEN - timedelta(hours=1), None, by), bags=kept)
