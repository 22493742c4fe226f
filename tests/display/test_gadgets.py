"""Switches, notes that leave, codes and pads: placed, painted, and touched at the offscreen window."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.album import EASES, PANELS, Look, album
from kiosk.display.colors import contrast
from kiosk.display.gadgets import MOST_STROKES, TOAST_S, qr_code, signature, signed, toast, toggle, with_stroke
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Ground, Line, Modules, Sign, Strokes
from kiosk.display.painter import Painter
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.theme import Panel, Theme
from kiosk.display.widgets import Align, Column, Gap, Grow, Screen, Sized, Stroke, Widget
from kiosk.display.window import Opening, Window
from kiosk.display.words import english
from kiosk.rules.front.taps import GivenUp, Tap, Typed
from tests.display.test_lists import KIT, PANEL, Glass, Reader

LINK = "https://store.example/slip/000482719?k=7QX2"


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


def screen(root: Widget, key: str = "gadget", kit: Kit = KIT) -> Screen:
    return Screen(key, root, kit.palette.page)


def painted(root: Widget, glyphs: Glyphs, panel: Panel = PANEL) -> pygame.Surface:
    painter = Painter((panel.width, panel.height), glyphs)
    painter.show(Placer(panel, glyphs.measure).place(screen(root)), None, (0, 0, 0, 0), 0.0)
    return painter.canvas


def read(surface: pygame.Surface) -> list[str]:
    grey = pygame.surfarray.array3d(surface).mean(axis=2).astype("uint8").T.copy()
    return [code.text for code in zxingcpp.read_barcodes(grey)]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("ease", ["usual", "contrast"])
def test_a_code_on_any_panel_is_read_by_a_telephone(panel: str, ease: str, glyphs: Glyphs) -> None:
    kit = Kit(Theme(PANELS[panel], EASES[ease]), english)
    code = Sized(qr_code(kit, LINK, 190), across=Align.CENTRE, down=Align.CENTRE)

    assert read(painted(code, glyphs, PANELS[panel])) == [LINK]


def test_every_square_of_a_code_is_as_large_as_every_other_and_white_is_around_it(glyphs: Glyphs) -> None:
    placed = Placer(PANEL, glyphs.measure).place(screen(qr_code(KIT, LINK, 200)))
    mark = next(mark for mark in placed.marks if isinstance(mark, Modules))
    picture = Painter((PANEL.width, PANEL.height), glyphs).shapes.modules(mark)
    count = len(mark.rows)
    side = 200 // count
    edge = (200 - side * count) // 2

    for y in range(count):
        for x in range(count):
            seen = {
                picture.get_at((edge + x * side + across, edge + y * side + down))[0]
                for across in (0, side - 1)
                for down in (0, side - 1)
            }
            assert seen == {0 if mark.rows[y][x] else 255}
    assert not any(any(row[:4]) or any(row[-4:]) for row in mark.rows)
    assert not any(map(any, (*mark.rows[:4], *mark.rows[-4:])))


def test_a_code_too_small_to_be_read_is_told(glyphs: Glyphs) -> None:
    problems = Placer(PANEL, glyphs.measure).place(screen(qr_code(KIT, LINK, 60))).problems

    assert any("modules in 60 pixels" in problem for problem in problems)


@pytest.mark.parametrize("ease", ["usual", "contrast"])
@pytest.mark.parametrize("on", [True, False])
def test_a_switch_is_pressed_as_a_whole_and_stands_out(ease: str, on: bool, glyphs: Glyphs) -> None:
    kit = Kit(Theme(PANEL, EASES[ease]), english)
    placed = Placer(PANEL, glyphs.measure).place(screen(Column((toggle(kit, "Print", GivenUp(), on=on),)), kit=kit))
    knob, track = [mark for mark in placed.marks if isinstance(mark, Ground)][-1:-3:-1]
    inside = (track.rect[0], track.rect[0] + track.rect[2])

    assert placed.problems == ()
    assert [target.name for target in placed.targets] == ["Print"]
    assert contrast(knob.fill[0], track.fill[0]) >= 3.0
    assert (inside[1] - knob.rect[0] - knob.rect[2] < knob.rect[0] - inside[0]) is on


@pytest.fixture
def glass(monkeypatch: pytest.MonkeyPatch) -> Iterator[Glass]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    made: list[Glass] = []
    window = Window(Opening(PANEL), None, lambda: made[0].now_s)
    made.append(Glass(window, Reader(screen(Gap()))))
    with window:
        yield made[0]


def texts(glass: Glass) -> list[str]:
    glass.looks()
    return [mark.text for mark in glass.window.painter._marks if isinstance(mark, Line)]


def test_a_note_is_shown_for_its_while_and_leaves_by_itself(glass: Glass) -> None:
    glass.face.shown = screen(toast(KIT, Gap(), "Saved", "1"))
    assert texts(glass) == ["Saved"]
    assert glass.window._notes.due_s(glass.looks().notes, glass.now_s) == pytest.approx(TOAST_S)

    glass.now_s += TOAST_S - 0.1
    glass.face.shown = screen(toast(KIT, Gap(height=1), "Saved", "1"))
    assert texts(glass) == ["Saved"]
    glass.now_s += 0.2
    assert texts(glass) == []
    assert glass.window._notes.due_s(glass.looks().notes, glass.now_s) == float("inf")


def test_the_same_words_on_another_occasion_are_shown_anew(glass: Glass) -> None:
    glass.face.shown = screen(toast(KIT, Gap(), "Saved", "1"))
    texts(glass)
    glass.now_s += TOAST_S + 1.0

    glass.face.shown = screen(toast(KIT, Gap(), "Saved", "2"))

    assert texts(glass) == ["Saved"]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("ease", ["usual", "large-low", "large-contrast"])
def test_a_note_covers_nothing_that_a_shopper_touches(panel: str, ease: str, glyphs: Glyphs) -> None:
    look = Look(PANELS[panel], ease=EASES[ease])
    kit = Kit(Theme(look.panel, look.ease), english)
    placer = Placer(look.panel, glyphs.measure)
    for name, page in album(look):
        if name in ("home", "fetch", "deposit.size", "part-writing-name", "part-gadgets"):
            placed = placer.place(Screen(name, toast(kit, page.root, "已保存，谢谢您的耐心", "1"), page.ground))
            top = max(mark.rect[1] + mark.rect[3] for mark in placed.notes[0].marks if isinstance(mark, Line | Sign))
            for target in placed.targets:  # the clock is the staff's door, and opens below a note as well
                assert target.name == "clock" or target.rect[1] >= top, (name, target.name)


def drew(stroke: Stroke) -> Tap:
    return Typed(str(len(stroke)))


def pad(strokes: tuple[Stroke, ...] = ()) -> Screen:
    return screen(Column((Gap(height=80), Grow(signature(KIT, strokes, drew)), Gap(height=100))), "pad")


def test_a_finger_on_a_pad_draws_a_line_that_is_seen_at_once_and_told_when_it_ends(glass: Glass) -> None:
    glass.face.shown = pad()
    glass.looks()
    glass.now_s += 1.0

    glass.sends(pygame.FINGERDOWN, 150, 200)
    glass.sends(pygame.FINGERMOTION, 200, 300)
    live = [mark for mark in glass.window.painter._marks if isinstance(mark, Strokes) and mark.strokes]
    assert len(live[0].strokes[0]) == 2
    glass.sends(pygame.FINGERMOTION, 900, 2000)
    glass.sends(pygame.FINGERUP, 900, 2000)

    assert glass.face.taps == [Typed("3")]
    assert glass.window._pointer.sketch is None


def test_a_line_stays_within_its_pad(glass: Glass) -> None:
    made: list[Stroke] = []

    def keeps(stroke: Stroke) -> Tap:
        made.append(stroke)
        return GivenUp()

    glass.face.shown = screen(Column((Gap(height=80), Grow(signature(KIT, (), keeps)))), "pad")
    glass.looks()
    glass.now_s += 1.0
    glass.sends(pygame.FINGERDOWN, 150, 200)
    glass.sends(pygame.FINGERMOTION, 5, 5)
    glass.sends(pygame.FINGERUP, 5, 5)

    assert all(0 <= x <= 1000 and 0 <= y <= 1000 for x, y in made[0])


def test_a_panel_that_is_pulled_out_ends_a_line_without_a_word(glass: Glass) -> None:
    glass.face.shown = pad()
    glass.looks()
    glass.now_s += 1.0
    glass.sends(pygame.FINGERDOWN, 150, 200)
    glass.window._take(pygame.event.Event(pygame.WINDOWFOCUSLOST), glass.face)

    assert glass.face.taps == []
    assert glass.window._pointer.sketch is None


def test_what_was_drawn_is_painted_and_no_picture_of_it_is_kept(glyphs: Glyphs) -> None:
    painter = Painter((PANEL.width, PANEL.height), glyphs)
    placer = Placer(PANEL, glyphs.measure)
    painter.show(placer.place(pad()), None, (0, 0, 0, 0), 0.0)
    empty, made = pygame.image.tobytes(painter.canvas, "RGB"), painter.shapes.made

    painter.show(placer.place(pad((((100, 500), (900, 500)),))), None, (0, 0, 0, 0), 0.0)

    assert pygame.image.tobytes(painter.canvas, "RGB") != empty
    assert painter.shapes.made == made


def test_a_dot_is_no_signature_and_a_full_pad_takes_no_more() -> None:
    assert not signed(())
    assert not signed((((500, 500),),))
    assert not signed((((500, 500), (520, 510)),) * 3)
    assert signed((((100, 500), (300, 400)), ((300, 500), (500, 400))))
    full: tuple[Stroke, ...] = ()
    for _ in range(60):
        full = with_stroke(full, ((1, 1), (2, 2)))
    assert len(full) == MOST_STROKES


@given(st.lists(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=6), max_size=4))
def test_any_lines_can_be_painted(strokes: list[list[tuple[int, int]]]) -> None:
    mark = Strokes((0, 0, 60, 30), tuple(map(tuple, strokes)), (0, 0, 0), 3)

    assert Painter((60, 30), Glyphs()).shapes.strokes(mark).get_size() == (60, 30)
