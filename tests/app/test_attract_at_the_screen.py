"""A screen that nobody touches shows what is on; the first touch leads home, and by night it is dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from kiosk.display.marks import Line, Photo
from kiosk.display.shapes import Shapes, picture_fault
from kiosk.display.theme import Motion
from kiosk.rules.front.attract import EACH_S, Promotion, Promotions
from kiosk.units import LANGUAGES
from tests.app.touching import DAY, Hand
from tests.stories.bag_room import TEN, BagRoom

SLIDES = Promotions(
    (
        Promotion("member-day", {LANGUAGES[0]: "会员日"}),
        Promotion("winter", {LANGUAGES[0]: "冬装上新"}),
    )
)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), facts=(SLIDES,))
    hand.face.attract_s = 60.0
    with hand.window:
        yield hand


def test_promotions_follow_one_another_and_a_touch_leads_home(hand: Hand) -> None:
    hand.looks()
    assert hand.waits(59.0).key == "home"
    hand.waits(2.0)
    assert "会员日" in hand.reads()
    hand.waits(EACH_S)
    assert "冬装上新" in hand.reads()
    assert "call staff" in [target.name for target in hand.looks().targets]

    hand.taps("begin")

    assert hand.looks().key == "home"


def test_a_language_chosen_on_a_slide_is_the_homes(hand: Hand) -> None:
    hand.looks()
    hand.waits(61.0)

    hand.taps("English")

    assert hand.looks().key == "home"
    assert "Store a bag" in hand.reads()


def test_a_tag_scanned_while_slides_are_shown_opens_its_locker(hand: Hand) -> None:
    hand.looks()
    hand.waits(61.0)

    hand.room.scans("stolen", reader="screen")

    assert hand.looks().key == "tag.refused"


def test_between_two_slides_nothing_is_drawn_and_the_window_sleeps(hand: Hand) -> None:
    hand.looks()
    hand.waits(61.0)
    painted, screen = hand.window.painter.painted_px, hand.face.screen()
    hand.room.passes(3.0)
    hand.looks()

    assert hand.window.painter.painted_px == painted
    assert hand.face.screen() is screen
    assert 3.0 < hand.face.due_s() <= EACH_S


def test_a_closed_screen_that_nobody_touches_goes_dark_and_comes_back_with_a_touch(hand: Hand) -> None:
    hand.room.wall = TEN.replace(hour=7)
    hand.hours = DAY
    bright = hand.looks()
    assert bright.key == "closed"
    hand.waits(61.0)
    left, top = 5, 300
    assert hand.window.painter.canvas.get_at((left, top))[:3] == (0, 0, 0)

    hand.taps("English")

    assert hand.window.painter.canvas.get_at((left, top))[:3] != (0, 0, 0)


def test_a_store_without_promotions_keeps_its_home_screen(hand: Hand) -> None:
    hand.facts = (Promotions(()),)
    hand.looks()

    assert hand.waits(200.0).key == "home"


def test_slides_change_calmly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), motion=Motion(), facts=(SLIDES,))
    hand.face.attract_s = 60.0
    with hand.window:
        hand.looks()
        hand.waits(61.0)
        hand.waits(EACH_S - 2.0)
        hand.room.seconds += 1.5
        hand.looks()

        assert hand.window.painter.moving


def test_a_picture_that_goes_while_it_is_shown_leaves_its_room_empty(tmp_path: Path) -> None:
    shapes, path = Shapes(), tmp_path / "day.png"
    surface = pygame.Surface((300, 100), depth=24)
    surface.fill((200, 10, 10))
    pygame.image.save(surface, path)

    there = shapes.photo(Photo((0, 0, 50, 50), str(path), 8))
    gone = shapes.photo(Photo((0, 0, 60, 60), str(tmp_path / "gone.png"), 8))

    assert there.get_at((25, 25))[:3] == (200, 10, 10)
    assert there.get_at((0, 0))[3] == 0
    assert gone.get_at((30, 30))[3] == 0
    assert "cannot be shown" in picture_fault(str(tmp_path / "gone.png"))
    assert picture_fault(str(path)) == ""


@pytest.mark.rule("L06")
def test_whoever_has_ended_something_is_reminded_of_the_things_put_down_for_it(hand: Hand) -> None:
    hand.room.scans("stolen", reader="screen")
    assert hand.looks().notes == ()

    while hand.looks().key != "home":
        hand.waits(1.0)

    (note,) = hand.looks().notes
    words = "".join(mark.text for mark in note.marks if isinstance(mark, Line))
    assert words == "请带好您的随身物品"
    hand.waits(10.0)
    hand.taps("fetch", "home")
    assert hand.looks().notes == ()


def test_minutes_are_told_before_the_doors_open_and_before_they_close(hand: Hand) -> None:
    hand.room.wall = TEN.replace(hour=8, minute=34, second=30)
    assert "还有 26 分钟开门" in hand.reads()

    hand.room.wall = TEN.replace(hour=21, minute=50)
    assert "距离结束营业还有 10 分钟" in hand.reads()
