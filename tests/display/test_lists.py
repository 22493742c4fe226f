"""Lists as they are placed, painted and drawn by a finger at the offscreen window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pygame
import pytest

from kiosk.app.album import PANELS
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line, Pane, Placed, opened
from kiosk.display.painter import Painter, thumb
from kiosk.display.parts import Kit, scroll, text, touch_card
from kiosk.display.placing import Placer
from kiosk.display.theme import STILL, Motion, Theme
from kiosk.display.widgets import Align, Box, Column, Gap, Grow, Layers, Screen, Sized, Widget
from kiosk.display.window import Opening, Window
from kiosk.display.words import english
from kiosk.rules.front.taps import Tap, Typed

PANEL = PANELS["800x480"]
KIT = Kit(Theme(PANEL), english)
PRESS = (15, 23, 42, 28)


def entry(number: int) -> Widget:
    return touch_card(KIT, text(KIT, f"entry {number}"), Typed(str(number)), f"entry {number}")


def page(count: int, key: str = "list", over: Widget | None = None) -> Screen:
    entries = tuple(entry(number) for number in range(count))
    root: Widget = Column((Gap(height=60), Grow(scroll(KIT, entries, "groups")), Gap(height=40)))
    if over is not None:
        root = Layers(root, over, (0, 0, 0, 120))
    return Screen(key, root, KIT.palette.page)


@pytest.fixture(scope="module")
def placer() -> Placer:
    return Placer(PANEL, Glyphs().measure)


def names(placed: Placed) -> list[str]:
    return [target.name for target in placed.targets]


def lines(placed: Placed) -> list[str]:
    return [mark.text for mark in opened(placed.marks, seen=True) if isinstance(mark, Line)]


def test_only_what_is_seen_of_a_list_can_be_touched(placer: Placer) -> None:
    placed = placer.place(page(400))
    pane = placed.panes[0]

    top = [name for name in names(placed) if name.startswith("entry")]
    foot = placed.rolled({"groups": pane.furthest})

    assert top[0] == "entry 0"
    assert len(top) < 6
    assert "entry 399" in names(foot)
    assert "entry 0" not in names(foot)
    for target in (*placed.targets, *foot.targets):
        if target.pane:
            assert pane.rect[1] <= target.rect[1] < target.rect[1] + target.rect[3] <= pane.rect[1] + pane.rect[3]


def test_what_lies_within_a_room_is_as_if_there_were_no_list(placer: Placer) -> None:
    placed = placer.place(page(2))

    assert names(placed) == ["entry 0", "entry 1"]
    assert placed.panes[0].furthest == 0


def test_entries_take_the_place_of_a_thumb_that_is_not_needed(placer: Placer) -> None:
    def right(placed: Placed) -> int:
        left, _, width, _ = next(target.rect for target in placed.targets if target.name == "entry 0")
        return left + width

    assert right(placer.place(page(1))) == PANEL.width
    assert right(placer.place(page(400))) < PANEL.width


def test_a_list_without_room_for_anything_is_told(placer: Placer) -> None:
    entries = tuple(entry(number) for number in range(9))
    cramped = Screen("list", Sized(scroll(KIT, entries, "groups"), down=Align.START), KIT.palette.page)

    assert "the list groups has no room" in placer.place(cramped).problems


def test_a_dialog_over_a_list_lets_nobody_touch_or_draw_it_and_leaves_it_where_it_was(placer: Placer) -> None:
    placed = placer.place(page(50, over=Box(Gap())))

    assert (names(placed), placed.panes) == ([], ())
    assert [mark.name for mark in placed.marks if isinstance(mark, Pane)] == ["groups"]


def test_the_thumb_is_at_the_top_first_and_at_the_foot_at_the_end(placer: Placer) -> None:
    pane = placer.place(page(50)).panes[0]
    room = pane.rect

    first = thumb(pane)
    last = thumb(Pane(room, pane.roll, "groups", pane.thumb, offset=pane.furthest))

    assert first.rect[1] == room[1]
    assert last.rect[1] + last.rect[3] == room[1] + room[3]
    assert first.rect[3] == last.rect[3] < room[3] / 2


@pytest.mark.parametrize("offset", [1, 37, 300, 1999])
def test_a_drawn_list_looks_as_if_it_had_been_painted_there_at_once(placer: Placer, offset: int) -> None:
    glyphs = Glyphs()
    placed = placer.place(page(50))
    moved, anew = (Painter((PANEL.width, PANEL.height), glyphs) for _ in range(2))
    moved.show(placed.rolled({"groups": 140}), None, PRESS, 0.0)
    dirty = moved.show(placed.rolled({"groups": offset}), None, PRESS, 0.0)
    anew.show(placed.rolled({"groups": offset}), None, PRESS, 0.0)

    assert pygame.image.tobytes(moved.canvas, "RGB") == pygame.image.tobytes(anew.canvas, "RGB")
    assert len(dirty) == 1
    assert dirty[0].height <= placed.panes[0].rect[3] + 2


def test_a_list_paints_nothing_beyond_its_room(placer: Placer) -> None:
    painter = Painter((PANEL.width, PANEL.height), Glyphs())
    bare = Painter((PANEL.width, PANEL.height), Glyphs())
    placed = placer.place(page(50))
    bare.show(placed, None, PRESS, 0.0)
    painter.show(placed.rolled({"groups": 333}), None, PRESS, 0.0)
    top, height = placed.panes[0].rect[1], placed.panes[0].rect[3]

    for strip in ((0, 0, PANEL.width, top), (0, top + height, PANEL.width, PANEL.height - top - height)):
        one, other = (pygame.image.tobytes(one.canvas.subsurface(strip), "RGB") for one in (painter, bare))
        assert one == other


def test_an_entry_fades_out_where_it_is_cut(placer: Placer) -> None:
    placed = placer.place(page(50))
    pane = placed.panes[0]
    painter = Painter((PANEL.width, PANEL.height), Glyphs())
    ground = painter.canvas
    painter.show(placed.rolled({"groups": 40}), None, PRESS, 0.0)

    x, top = pane.rect[0] + 200, pane.rect[1]
    paper = KIT.palette.paper
    away = [sum(paper) - sum(ground.get_at((x, top + down))[:3]) for down in (0, 8, 16, 40)]

    assert away == sorted(away, reverse=True)
    assert away[0] > 5
    assert away[-1] == 0


def test_four_hundred_entries_are_placed_once_and_found_again(placer: Placer) -> None:
    one, same, other = page(400), page(400), page(399)

    first, again = placer.place(one).panes[0], placer.place(same).panes[0]

    assert first.roll is again.roll
    assert placer.place(other).panes[0].roll is not first.roll


@dataclass
class Reader:
    """A face that shows one page, and remembers what it was told."""

    shown: Screen
    taps: list[Tap] = field(default_factory=list)
    read: int = 0

    def screen(self) -> Screen:
        return self.shown

    def ahead(self) -> Iterator[Screen]:
        return iter(())

    def left(self) -> int:
        return 0

    def press_color(self) -> tuple[int, int, int, int]:
        return PRESS

    def tapped(self, tap: Tap) -> None:
        self.taps.append(tap)

    def touched(self) -> None:
        self.read += 1

    def due_s(self) -> float:
        return 1.0

    def over(self) -> bool:
        return False


class Glass:
    """The window with a finger on it, in virtual time."""

    def __init__(self, window: Window, face: Reader) -> None:
        self.window, self.face = window, face
        self.now_s = 100.0

    def sends(self, kind: int, y: int, x: int = 300, dt_s: float = 0.016) -> None:
        self.now_s += dt_s
        at = {"x": (x + 0.5) / PANEL.width, "y": (y + 0.5) / PANEL.height, "finger_id": 3}
        self.window._take(pygame.event.Event(kind, at), self.face)

    def draws(self, start: int, by: int, steps: int = 8, dt_s: float = 0.016) -> None:
        self.sends(pygame.FINGERDOWN, start, dt_s=1.0)
        for step in range(1, steps + 1):
            self.sends(pygame.FINGERMOTION, start + by * step // steps, dt_s=dt_s)
        self.sends(pygame.FINGERUP, start + by, dt_s=0.001)

    def looks(self) -> Placed:
        self.window.draw(self.face)
        assert self.window._placed is not None
        return self.window._placed

    @property
    def offset(self) -> int:
        return self.looks().panes[0].offset


@pytest.fixture(params=[STILL, Motion()], ids=["still", "lively"])
def glass(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Glass]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    made: list[Glass] = []
    window = Window(Opening(PANEL), request.param, lambda: made[0].now_s)
    made.append(Glass(window, Reader(page(50))))
    with window:
        made[0].looks()
        yield made[0]


def test_a_finger_draws_the_list_and_taps_nothing(glass: Glass) -> None:
    glass.draws(300, -200)

    assert glass.offset >= 170
    assert glass.face.taps == []
    assert glass.face.read == 1


def test_a_finger_that_trembles_taps(glass: Glass) -> None:
    glass.draws(200, 10)

    assert glass.face.taps == [Typed("1")]
    assert glass.offset == 0


def test_a_finger_that_comes_back_to_where_it_was_has_not_tapped(glass: Glass) -> None:
    glass.sends(pygame.FINGERDOWN, 200, dt_s=1.0)
    glass.sends(pygame.FINGERMOTION, 280)
    glass.sends(pygame.FINGERMOTION, 200)
    glass.sends(pygame.FINGERUP, 200)

    assert glass.face.taps == []


def test_a_drawn_list_is_tapped_where_it_is_now(glass: Glass) -> None:
    glass.draws(300, -200)
    glass.now_s += 5.0
    target = [target for target in glass.looks().targets if target.pane][1]
    y = target.rect[1] + target.rect[3] // 2

    glass.draws(y, 0)

    assert glass.face.taps == [target.tap]
    assert target.name not in ("entry 0", "entry 1")


def test_a_finger_that_stops_a_running_list_taps_nothing(glass: Glass) -> None:
    glass.draws(380, -300)
    if not glass.window.moving:
        return

    glass.sends(pygame.FINGERDOWN, 250, dt_s=0.05)
    glass.sends(pygame.FINGERUP, 250)

    assert not glass.window.moving
    assert glass.face.taps == []


def test_the_keys_leaf_and_nobody_else_hears_of_it(glass: Glass) -> None:
    key = next(target for target in glass.looks().targets if target.name == "leaf down")
    x, y = key.rect[0] + 20, key.rect[1] + 20

    glass.sends(pygame.FINGERDOWN, y, x, 1.0)
    glass.sends(pygame.FINGERUP, y, x)
    glass.now_s += 2.0

    assert glass.offset > 200
    assert glass.face.taps == []
    assert glass.face.read == 1


def test_the_wheel_turns_the_list_below_the_pointer(glass: Glass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.mouse, "get_pos", lambda: (300, 200))
    glass.window._take(pygame.event.Event(pygame.MOUSEWHEEL, y=-1), glass.face)
    glass.now_s += 2.0
    assert glass.offset > 50

    monkeypatch.setattr(pygame.mouse, "get_pos", lambda: (300, 10))
    glass.window._take(pygame.event.Event(pygame.MOUSEWHEEL, y=-1), glass.face)
    assert glass.face.read == 1


def test_another_screen_begins_at_the_top_even_with_a_finger_on_it(glass: Glass) -> None:
    glass.sends(pygame.FINGERDOWN, 300, dt_s=1.0)
    glass.sends(pygame.FINGERMOTION, 200)
    glass.sends(pygame.FINGERMOTION, 150)
    assert glass.offset == 50

    glass.face.shown = page(40, "other")
    glass.looks()
    glass.sends(pygame.FINGERMOTION, 100)
    glass.sends(pygame.FINGERUP, 100)

    assert glass.offset == 0
    assert glass.face.taps == []


def test_the_same_screen_made_again_stays_where_it_was(glass: Glass) -> None:
    glass.draws(300, -200, dt_s=0.2)
    glass.now_s += 5.0
    before = glass.offset

    glass.face.shown = page(51)

    assert glass.offset == before > 0


def test_a_panel_that_is_pulled_out_while_a_list_is_drawn_leaves_it_at_rest(glass: Glass) -> None:
    glass.sends(pygame.FINGERDOWN, 200, dt_s=1.0)
    glass.sends(pygame.FINGERMOTION, 300)
    glass.sends(pygame.FINGERMOTION, 400)
    glass.window._take(pygame.event.Event(pygame.WINDOWFOCUSLOST), glass.face)
    glass.now_s += 3.0

    assert glass.offset == 0
    assert not glass.window.moving
