"""Displays of another size than the panel, and those that go."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.screen_process import DISPLAY
from kiosk.display.fit import Fit
from kiosk.display.theme import STILL, Panel
from kiosk.display.widgets import Screen
from kiosk.display.window import MOUSE_AGAIN_S, Opening, Window, room_for
from kiosk.errors import DeviceFault
from kiosk.rules.front.taps import Typed
from tests.display.test_lists import PANEL, Glass, Reader, page
from tests.stories.x_display import PRESENT, x_display


@given(*(st.integers(200, 4000) for _ in range(4)), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_a_finger_means_the_place_of_the_picture_that_it_lies_on(
    wide: int, high: int, window_wide: int, window_high: int, across: float, down: float
) -> None:
    fit = Fit((wide, high), (window_wide, window_high))
    left, top, width, height = fit.rect
    x, y = fit.inside(left + across * width, top + down * height)

    assert left >= 0
    assert top >= 0
    assert left + width <= window_wide
    assert top + height <= window_high
    assert abs(width - fit.scale * wide) <= 1
    assert abs(height - fit.scale * high) <= 1
    assert abs(x - across * wide) <= 1
    assert abs(y - down * high) <= 1


def test_beside_the_picture_nothing_is_touched() -> None:
    fit = Fit((800, 480), (1000, 480))

    assert fit.inside(99, 200)[0] < 0
    assert fit.inside(100, 200)[0] == 0
    assert fit.inside(901, 200)[0] >= 800


def test_a_display_that_is_too_small_and_one_of_another_size_are_told_with_what_to_do() -> None:
    assert Fit((800, 480), (800, 480)).remark == ""
    assert "less than 640x480" in Fit((800, 480), (600, 400)).remark
    assert "less than 640x480" in Fit((800, 480), (1280, 470)).remark
    assert "set width and height in site.toml" in Fit((1280, 800), (1920, 1080)).remark


@pytest.mark.parametrize("panel", [Panel(600, 400), Panel(639, 479), Panel(400, 900)])
def test_a_panel_smaller_than_640x480_is_refused_with_what_to_do(panel: Panel) -> None:
    with pytest.raises(DeviceFault, match="too small: 640x480 at least; set width and height"):
        Window(Opening(panel)).__enter__()


@pytest.fixture
def glass(monkeypatch: pytest.MonkeyPatch) -> Iterator[Glass]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    made: list[Glass] = []
    window = Window(Opening(PANEL), STILL, lambda: made[0].now_s)
    made.append(Glass(window, Reader(page(50))))
    with window:
        made[0].looks()
        yield made[0]


def clicks(glass: Glass, x: int, y: int) -> None:
    glass.now_s += 1.0
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        glass.window._take(pygame.event.Event(kind, pos=(x, y), button=1, touch=False), glass.face)


def test_a_display_that_becomes_smaller_shows_all_of_the_picture_and_is_touched_where_it_shows(glass: Glass) -> None:
    glass.window._surface = pygame.display.set_mode((400, 300))
    glass.window._take(pygame.event.Event(pygame.WINDOWSIZECHANGED, x=400, y=300), glass.face)
    glass.looks()
    assert glass.window.fit.rect == (0, 30, 400, 240)

    target = next(target for target in glass.looks().targets if target.name == "entry 1")
    x, y = target.rect[0] + target.rect[2] // 2, target.rect[1] + target.rect[3] // 2
    clicks(glass, x // 2, 30 + y // 2)
    assert glass.face.taps == [Typed("1")]
    seen = pygame.transform.smoothscale(glass.window.painter.canvas, (400, 240))
    assert pygame.image.tobytes(glass.window._surface.subsurface((0, 30, 400, 240)), "RGB") == pygame.image.tobytes(
        seen, "RGB"
    )

    pygame.display.set_mode((PANEL.width, PANEL.height))
    glass.window._take(pygame.event.Event(pygame.WINDOWSIZECHANGED, x=800, y=480), glass.face)
    assert glass.window.fit.exact


def test_what_is_to_be_said_of_its_size_is_told_and_that_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    said: list[str] = []
    with Window(Opening(PANEL, remarks=said.append), STILL) as window:
        for size in ((400, 300), (PANEL.width, PANEL.height)):
            pygame.display.set_mode(size)
            window._take(pygame.event.Event(pygame.WINDOWSIZECHANGED, x=size[0], y=size[1]), Reader(page(1)))

    assert [bool(one) for one in said] == [True, False]
    assert said[0].startswith(DISPLAY)


def test_a_mouse_works_again_once_the_touch_panel_is_gone(glass: Glass) -> None:
    glass.draws(200, 0)
    clicks(glass, 300, 200)
    assert len(glass.face.taps) == 1

    glass.now_s += MOUSE_AGAIN_S
    clicks(glass, 300, 200)
    assert len(glass.face.taps) == 2


def test_a_touch_panel_that_comes_back_with_other_finger_numbers_works(glass: Glass) -> None:
    glass.sends(pygame.FINGERDOWN, 200, dt_s=1.0)  # the cable is pulled: the end of this touch is never told
    for id in (900, 901, 902):
        for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
            glass.now_s += 0.2
            at = {"x": 0.4, "y": 200.5 / PANEL.height, "finger_id": id}
            glass.window._take(pygame.event.Event(kind, at), glass.face)

    assert glass.face.taps == [Typed("1")]


class Gone(Reader):
    """The display is pulled out when the screen is asked for."""

    def screen(self) -> Screen:
        if self.read:
            pygame.display.quit()
        self.read += 1
        return page(self.read)


def test_a_display_that_goes_while_it_is_used_is_a_fault_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    with Window(Opening(PANEL), STILL) as window, pytest.raises(DeviceFault, match=r"display is gone.*cable"):
        window.run(Gone(page(1)))


@pytest.mark.skipif(not PRESENT, reason="Xvfb is not installed")
def test_the_window_takes_the_room_that_the_display_has(monkeypatch: pytest.MonkeyPatch) -> None:
    with x_display(600, 400, second="1024x768") as x:
        monkeypatch.setenv("DISPLAY", x.name)
        monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
        assert "WAYLAND_DISPLAY" not in os.environ
        pygame.display.init()
        sizes = [room_for((800, 480), whole=whole) for whole in (True, False)]
        small = room_for((500, 300), whole=False)
        beside = [room_for((800, 480), whole=whole, display=1) for whole in (True, False)]
        with pytest.raises(DeviceFault, match="there is no display 2, the first of 2 is 0"):
            Window(Opening(PANEL, whole=True, display=2)).__enter__()

    assert sizes == [(600, 400), (600, 360)]
    assert small == (500, 300)
    assert beside == [(1024, 768), (800, 480)]


def test_a_display_that_is_plugged_in_later_is_found_for_all_are_looked_for_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    with pytest.raises(DeviceFault, match="no window can be opened"):
        Window(Opening(PANEL, display=7)).__enter__()

    assert not pygame.display.get_init()
