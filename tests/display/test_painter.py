from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pygame
import pytest

from kiosk.app.album import PANELS, Look, album
from kiosk.display import shapes
from kiosk.display.fonts import RARE, font_path
from kiosk.display.glyphs import STAND_IN, Glyphs
from kiosk.display.marks import Figure, Ground, Placed, Target
from kiosk.display.painter import Painter
from kiosk.display.placing import Placer
from kiosk.display.theme import STILL, Motion, Panel
from kiosk.display.widgets import Shape
from kiosk.units import LANGUAGES

PRESS = (15, 23, 42, 28)
PANEL = PANELS["800x480"]
SIZE = (PANEL.width, PANEL.height)
NAMES = ("home", "deposit.size", "deposit.tag", "code", "code-typed", "still-there", "closed", "home-late", "home")


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


@pytest.fixture(scope="module")
def screens(glyphs: Glyphs) -> dict[str, Placed]:
    placer = Placer(PANEL, glyphs.measure)
    return {name: placer.place(screen) for name, screen in album(Look(PANEL))}


def pixels(painter: Painter) -> bytes:
    return pygame.image.tobytes(painter.canvas, "RGB")


def anew(placed: Placed, glyphs: Glyphs, pressed: Target | None = None) -> bytes:
    painter = Painter(SIZE, glyphs)
    painter.show(placed, pressed, PRESS, 0.0)
    return pixels(painter)


def test_painting_only_what_changed_looks_like_painting_everything(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs)

    for name in NAMES:
        painter.show(screens[name], None, PRESS, 0.0)
        assert pixels(painter) == anew(screens[name], glyphs), name


def test_nothing_of_a_long_letter_is_left_of_the_question_before(glyphs: Glyphs) -> None:
    panel = PANELS["1280x800"]
    placer, painter = Placer(panel, glyphs.measure), Painter((panel.width, panel.height), glyphs)
    asked = [(name, screen) for name, screen in album(Look(panel, LANGUAGES[2])) if name.startswith("return-")]

    for name, screen in asked:
        painter.show(placer.place(screen), None, PRESS, 0.0)
        left = pixels(painter)
        painter.forget()
        painter.show(placer.place(screen), None, PRESS, 0.0)
        assert left == pixels(painter), name

    assert len(asked) > 5


def test_pressing_repaints_the_button_and_nothing_else(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs)
    painter.show(screens["home"], None, PRESS, 0.0)
    button = next(target for target in screens["home"].targets if target.name == "call staff")

    dirty = painter.show(screens["home"], button, PRESS, 0.0)

    assert pixels(painter) == anew(screens["home"], glyphs, button)
    assert [rect.size for rect in dirty] == [(button.rect[2] + 2, button.rect[3] + 2)]


def test_a_screen_that_stays_is_not_painted_again(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs)
    painter.show(screens["home"], None, PRESS, 0.0)
    painted = painter.painted_px

    assert painter.show(screens["home"], None, PRESS, 1.0) == []
    assert painter.painted_px == painted


def test_a_countdown_repaints_a_small_part(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs)
    painter.show(screens["code"], None, PRESS, 0.0)
    before = painter.painted_px

    painter.show(screens["code-typed"], None, PRESS, 0.0)

    assert painter.painted_px - before < 0.2 * SIZE[0] * SIZE[1]


def test_what_was_made_once_is_not_made_again(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs)
    for name in NAMES:
        painter.show(screens[name], None, PRESS, 0.0)
    made, drawn = painter.shapes.made, glyphs.drawn

    for _, now in pairwise(NAMES * 3):
        painter.show(screens[now], None, PRESS, 0.0)

    assert (painter.shapes.made, glyphs.drawn) == (made, drawn)


def test_a_drawing_that_only_moved_is_not_drawn_again() -> None:
    house = (Shape(((0.0, 0.0), (40.0, 100.0), (80.0, 0.0)), (200, 10, 10), (0, 0, 0), 2),)
    kept = shapes.Shapes()

    first = kept.figure(Figure((10, 10, 160, 200), house, 2.0))

    assert kept.figure(Figure((30, 70, 160, 200), house, 2.0)) is first
    assert kept.made == 1
    assert first.get_bounding_rect().size == (160, 200)


def test_a_ground_that_fades_from_top_to_foot_is_kept_as_a_strip() -> None:
    sky = Ground((5, 3, 300, 200), ((0, 0, 200), (200, 0, 0)))
    painter = Painter((400, 220), Glyphs())

    painter.show(Placed("sky", (sky,), (), None, ()), None, (0, 0, 0, 0), 0.0)

    assert painter.canvas.get_at((5, 3))[:3] == painter.canvas.get_at((304, 3))[:3] == (0, 0, 200)
    assert painter.canvas.get_at((5, 202))[:3] == painter.canvas.get_at((304, 202))[:3] == (200, 0, 0)
    assert painter.canvas.get_at((305, 3))[:3] == painter.canvas.get_at((5, 203))[:3] == (0, 0, 0)
    strip = painter.shapes.shade(200, sky.fill)
    assert painter.shapes.made == 1
    assert strip.get_width() < 100


@pytest.mark.parametrize("radius", [0, 1, 26])
@pytest.mark.parametrize(("border", "border_px"), [(None, 1), ((200, 30, 30), 1), ((200, 30, 30), 5)])
@pytest.mark.parametrize("size", [(300, 200), (53, 60), (12, 9)])
def test_a_ground_put_together_from_its_corners_looks_as_one_that_is_painted_whole(
    radius: int, border: tuple[int, int, int] | None, border_px: int, size: tuple[int, int]
) -> None:
    card = Ground((5, 3, *size), ((10, 120, 90), (10, 120, 90)), min(radius, min(size) // 2), border, border_px)
    painter = Painter((400, 220), Glyphs())
    whole = pygame.Surface((400, 220), depth=32)
    whole.blit(painter.shapes.ground(card), (5, 3))

    painter.show(Placed("card", (card,), (), None, ()), None, (0, 0, 0, 0), 0.0)

    assert pygame.image.tobytes(painter.canvas, "RGB") == pygame.image.tobytes(whole, "RGB")


def test_of_a_large_card_only_the_corners_are_kept() -> None:
    shapes = [Ground((0, 0, wide, 400), ((255, 255, 255),) * 2, 26, (200, 200, 200)) for wide in (300, 400, 500)]
    painter = Painter((600, 420), Glyphs())

    painter.prepare(Placed("cards", tuple(shapes), (), None, ()))

    assert painter.shapes.made == 2  # and a piece of their colour


def test_another_screen_comes_with_a_movement_that_ends_in_it(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs, Motion(change_s=0.2, rise_px=10))
    window = pygame.Surface(SIZE, depth=32)
    painter.frame(window, painter.show(screens["home"], None, PRESS, 0.0), 0.0)
    before = pygame.image.tobytes(window, "RGB")

    painter.frame(window, painter.show(screens["deposit.size"], None, PRESS, 1.0), 1.0)
    first = pygame.image.tobytes(window, "RGB")
    painter.frame(window, [], 1.1)
    moving = painter.moving
    painter.frame(window, [], 1.21)

    assert moving
    assert not painter.moving
    assert first != before
    assert pygame.image.tobytes(window, "RGB") == pixels(painter) == anew(screens["deposit.size"], glyphs)


def test_coming_home_the_head_reaches_behind_the_cards_from_the_moment_they_come(
    screens: dict[str, Placed], glyphs: Glyphs
) -> None:
    painter = Painter(SIZE, glyphs, Motion(change_s=0.2, rise_px=10))
    window = pygame.Surface(SIZE, depth=32)
    painter.frame(window, painter.show(screens["fetch"], None, PRESS, 0.0), 0.0)
    painter.frame(window, painter.show(screens["home"], None, PRESS, 1.0), 1.0)
    assert screens["home"].moving is not None
    beside_the_cards = (10, screens["home"].moving[1] + 20)

    seen = []
    for at_s in (1.06, 1.1, 1.15, 1.3):
        painter.frame(window, [], at_s)
        seen.append(window.get_at(beside_the_cards)[:3])

    assert all(abs(one - other) <= 4 for color in seen for one, other in zip(color, seen[-1], strict=True)), seen
    assert seen[-1][2] > seen[-1][0] + 100  # blue, as the head


def test_a_head_that_is_another_fades_with_the_rest_and_is_not_torn_off(
    screens: dict[str, Placed], glyphs: Glyphs
) -> None:
    painter = Painter(SIZE, glyphs, Motion(change_s=0.2, rise_px=10))
    window = pygame.Surface(SIZE, depth=32)
    painter.frame(window, painter.show(screens["home"], None, PRESS, 0.0), 0.0)
    greeting = (10, screens["home"].moving[1] - 20) if screens["home"].moving else (0, 0)
    blue = window.get_at(greeting)

    painter.frame(window, painter.show(screens["fetch"], None, PRESS, 1.0), 1.0)
    painter.frame(window, [], 1.03)
    fading = window.get_at(greeting)
    painter.frame(window, [], 1.3)

    assert blue[0] < fading[0] < window.get_at(greeting)[0]
    assert pygame.image.tobytes(window, "RGB") == anew(screens["fetch"], glyphs)


def test_a_screen_that_was_left_before_comes_from_above(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs, Motion(change_s=0.2, rise_px=40))
    window = pygame.Surface(SIZE, depth=32)

    def half_way(name: str, at_s: float) -> bytes:
        """What is seen in the middle of the movement to a screen."""
        painter.frame(window, painter.show(screens[name], None, PRESS, at_s), at_s)
        painter.frame(window, [], at_s + 0.1)
        seen = pygame.image.tobytes(window, "RGB")
        painter.frame(window, [], at_s + 0.3)
        return seen

    half_way("home", 0.0)
    half_way("deposit.size", 1.0)
    half_way("deposit.valuables", 2.0)
    back = half_way("deposit.size", 3.0)
    painter.forget()
    half_way("deposit.valuables", 4.0)
    forward = half_way("deposit.size", 5.0)

    assert back != forward


def test_without_motion_a_screen_is_there_at_once(screens: dict[str, Placed], glyphs: Glyphs) -> None:
    painter = Painter(SIZE, glyphs, STILL)
    painter.show(screens["home"], None, PRESS, 0.0)
    painter.show(screens["deposit.size"], None, PRESS, 0.0)

    assert not painter.moving


def test_a_character_that_no_font_has_is_a_printers_sign_and_not_a_box(glyphs: Glyphs) -> None:
    rare = chr(0x2A6D6)

    drawn, meant = (glyphs.line(f"王{one}", 20, False, (0, 0, 0)) for one in (rare, STAND_IN))
    assert glyphs.measure(f"王{rare}", 20, False) == glyphs.measure(f"王{STAND_IN}", 20, False)
    assert pygame.image.tobytes(drawn, "RGBA") == pygame.image.tobytes(meant, "RGBA")


def test_a_character_that_no_font_has_is_named_in_the_log_once(caplog: pytest.LogCaptureFixture) -> None:
    glyphs = Glyphs()
    for size in (20, 30):
        glyphs.line(f"王{chr(0x2A6D6)}", size, False, (0, 0, 0))

    assert [record.getMessage() for record in caplog.records] == ["no font has U+2A6D6: 〓 stands for it"]


def test_names_with_rare_characters_are_drawn_as_they_are_written(
    glyphs: Glyphs, caplog: pytest.LogCaptureFixture
) -> None:
    for one in "䶮㛃𠅤犇堃喆昇槑𬀩𬸚龘":
        shape = glyphs.line(one, 40, False, (0, 0, 0))
        stand_in = glyphs.line(STAND_IN, 40, False, (0, 0, 0))
        assert pygame.image.tobytes(shape, "RGBA") != pygame.image.tobytes(stand_in, "RGBA"), one
        assert shape.get_width() == pytest.approx(40, abs=1)
    assert caplog.records == []


def test_the_font_of_rare_characters_is_opened_only_where_one_of_them_comes(tmp_path: Path) -> None:
    path = tmp_path / "rare.ttf"
    path.write_bytes(font_path(RARE).read_bytes())
    glyphs = Glyphs([path])

    glyphs.measure("王小明", 20, False)
    path.unlink()  # nobody has read it yet
    absent = glyphs.measure("䶮", 20, False)

    assert absent == glyphs.measure(STAND_IN, 20, False)


def test_another_font_lends_what_the_houses_font_has_not(tmp_path: Path) -> None:
    lender = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not lender.exists():
        pytest.skip("DejaVu Sans is not installed")
    (tmp_path / "torn.ttf").write_bytes(lender.read_bytes()[:4000])
    thai, alone = Glyphs([tmp_path / "none.ttf", tmp_path / "torn.ttf", lender]), Glyphs()
    hebrew = "א"

    lent, stand_in = (one.line(hebrew, 20, False, (0, 0, 0)) for one in (thai, alone))

    assert pygame.image.tobytes(lent, "RGBA") != pygame.image.tobytes(stand_in, "RGBA")


def test_a_panel_tells_how_large_a_finger_is_on_it() -> None:
    assert Panel(1280, 800, 217.0).target == 95
    assert Panel(800, 480, 154.0).target == 84


def test_a_sign_whose_file_is_damaged_or_gone_has_another_stand_in_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shapes, "ICONS", tmp_path)
    (tmp_path / "torn.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0")
    (tmp_path / "binary.svg").write_bytes(b"\xff\xfe\x00\x01")

    for name in ("torn", "binary", "gone"):
        assert shapes.Shapes().icon(name, 24, (0, 0, 0)).get_size() == (24, 24)
    assert "the icon torn.svg cannot be read" in caplog.text
    assert "install the kiosk again" in caplog.text
