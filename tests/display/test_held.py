"""A key that is held, at the offscreen window in virtual time."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from kiosk.display.theme import Motion
from kiosk.display.widgets import Box, Column, Screen, Text, Touch
from kiosk.display.window import Opening, Window
from kiosk.rules.front.taps import Erased, GivenUp
from tests.display.test_lists import KIT, PANEL, Glass, Reader

MOTION = Motion()


def key(name: str, repeats: bool) -> Touch:
    words = Text(name, 30, KIT.palette.ink)
    tap = Erased() if repeats else GivenUp()
    return Touch(Box(words, pad=(40, 40)), tap, name, repeats=repeats)


@pytest.fixture
def glass(monkeypatch: pytest.MonkeyPatch) -> Iterator[Glass]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    made: list[Glass] = []
    page = Screen("keys", Column((key("erase", True), key("cancel", False))), KIT.palette.page)
    window = Window(Opening(PANEL), MOTION, lambda: made[0].now_s)
    made.append(Glass(window, Reader(page)))
    with window:
        made[0].looks()
        yield made[0]


def holds(glass: Glass, y: int, seconds: float) -> None:
    """A finger stays; the window goes on as it would."""
    glass.sends(pygame.FINGERDOWN, y, dt_s=1.0)
    end_s = glass.now_s + seconds
    while glass.now_s < end_s:
        glass.now_s += 0.01
        glass.window._repeat(glass.face)
        glass.looks()


def test_a_key_that_is_held_is_tapped_again_and_again(glass: Glass) -> None:
    holds(glass, 60, MOTION.hold_s + 5.5 * MOTION.again_s)
    held = len(glass.face.taps)
    glass.sends(pygame.FINGERUP, 60)

    assert 4 <= held <= 7
    assert glass.face.taps == [Erased()] * held


def test_a_short_tap_is_one(glass: Glass) -> None:
    holds(glass, 60, MOTION.hold_s / 2)
    glass.sends(pygame.FINGERUP, 60)
    holds(glass, 60, 0.1)
    glass.sends(pygame.FINGERUP, 60)

    assert glass.face.taps == [Erased(), Erased()]


def test_a_finger_that_slides_off_a_key_ends_its_repeating(glass: Glass) -> None:
    holds(glass, 60, MOTION.hold_s + 0.1)
    before = len(glass.face.taps)
    glass.sends(pygame.FINGERMOTION, 300)
    for _ in range(100):
        glass.now_s += 0.01
        glass.window._repeat(glass.face)

    assert len(glass.face.taps) == before > 0


def test_a_button_that_is_held_is_tapped_once_when_it_is_let_go(glass: Glass) -> None:
    holds(glass, 200, 3.0)
    glass.sends(pygame.FINGERUP, 200)

    assert glass.face.taps == [GivenUp()]
