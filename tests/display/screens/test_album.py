"""What every screen keeps to, in every state, size, language and mode."""

from __future__ import annotations

import pytest

from kiosk.app.album import EASES, PANELS, Look, album
from kiosk.cli import screens as options
from kiosk.display.colors import contrast
from kiosk.display.fonts import REGULAR, font_path
from kiosk.display.glyphs import STAND_IN, Glyphs, covered
from kiosk.display.marks import Line, Placed, Sign, opened
from kiosk.display.placing import Placer
from kiosk.display.shapes import ICONS
from kiosk.rules.front.taps import StaffWanted
from kiosk.units import LANGUAGES, Language
from tools.words import texts, words_of

FORBIDDEN = (
    "不懂", "不会", "不知道", "不行", "没有", "我忙着呢", "这事跟我没关系",
    "不會", "沒有", "我忙著呢", "這事跟我沒關係",
)  # fmt: skip
DIALOGS = ("still-there", "staff-called")
AA_TEXT, AA_SIGNS = 4.5, 3.0


def placed(look: Look, glyphs: Glyphs) -> dict[str, Placed]:
    placer = Placer(look.panel, glyphs.measure)
    return {name: placer.place(screen) for name, screen in album(look)}


def of_staff(screen: Placed) -> bool:
    """Whether whoever stands there is staff, for whom nobody is called and no control is lowered."""
    return screen.key.startswith("staff")


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("ease", ["usual", "low", "large-low", "large-contrast"])
def test_every_text_fits_and_every_target_is_large_enough(panel: str, ease: str, glyphs: Glyphs) -> None:
    found = {
        (language, name): screen.problems
        for language in LANGUAGES
        for name, screen in placed(Look(PANELS[panel], language, EASES[ease]), glyphs).items()
        if screen.problems
    }

    assert found == {}


@pytest.mark.parametrize("panel", ["800x480", "480x800", "1024x600-7in"])
@pytest.mark.parametrize("ease", ["usual", "large-contrast"])
def test_that_staff_are_coming_has_room_as_well(panel: str, ease: str, glyphs: Glyphs) -> None:
    look = Look(PANELS[panel], LANGUAGES[2], EASES[ease], called=True)

    assert {name: screen.problems for name, screen in placed(look, glyphs).items() if screen.problems} == {}


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("ease", ["low", "large-low"])
def test_in_low_reach_mode_everything_to_touch_is_low(panel: str, ease: str, glyphs: Glyphs) -> None:
    look = Look(PANELS[panel], LANGUAGES[2], EASES[ease])

    too_high = [
        (name, target.name)
        for name, screen in placed(look, glyphs).items()
        if name not in DIALOGS and not name.startswith("staff-")
        for target in screen.targets
        if target.rect[1] < look.panel.reach_top and not target.hold_s
    ]

    assert too_high == []


@pytest.mark.parametrize("ease", ["usual", "contrast"])
def test_every_text_and_sign_stands_out_from_its_ground(ease: str, glyphs: Glyphs) -> None:
    faint = {
        (mark.text if isinstance(mark, Line) else mark.name, round(contrast(mark.color, ground), 2))
        for screen in placed(Look(ease=EASES[ease]), glyphs).values()
        for mark in opened(screen.marks)
        if isinstance(mark, Line | Sign)
        for ground in mark.grounds
        if contrast(mark.color, ground) < (AA_TEXT if isinstance(mark, Line) else AA_SIGNS)
    }

    assert faint == set()


def test_staff_can_be_called_from_every_screen_that_asks_nothing_first(glyphs: Glyphs) -> None:
    for name, screen in placed(Look(), glyphs).items():
        assert (
            name in DIALOGS or of_staff(screen) or any(isinstance(target.tap, StaffWanted) for target in screen.targets)
        ), name


def test_no_two_targets_of_a_screen_overlap(glyphs: Glyphs) -> None:
    for panel in PANELS.values():
        for name, screen in placed(Look(panel), glyphs).items():
            for place, one in enumerate(screen.targets):
                for other in screen.targets[place + 1 :]:
                    a, b = one.rect, other.rect
                    apart = a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
                    assert apart, (name, one.name, other.name)


@pytest.mark.rule("S02")
def test_no_screen_says_what_staff_must_not_say(glyphs: Glyphs) -> None:
    said = {text for language in LANGUAGES[:2] for text in words_of(language).values()}

    assert [text for text in said for word in FORBIDDEN if word in text] == []


@pytest.mark.rule("S02")
@pytest.mark.parametrize(
    ("screen", "words"),
    [("home", "您好，很高兴为您服务"), ("staff-called", "请稍等"), ("retrieval.done", "欢迎再次光临")],
)
def test_the_greeting_the_wait_and_the_farewell_are_the_stores(screen: str, words: str, glyphs: Glyphs) -> None:
    shown = "".join(mark.text for mark in placed(Look(), glyphs)[screen].marks if isinstance(mark, Line))

    assert words in shown


@pytest.mark.parametrize("language", LANGUAGES[:2])
def test_every_text_of_the_screens_has_its_translation_and_none_is_left_over(language: Language) -> None:
    translated = words_of(language)

    assert sorted(set(texts()) - set(translated)) == [], "run python -m tools.words and translate these"
    assert sorted(set(translated) - set(texts())) == [], "run python -m tools.words"
    assert [text for text, said in translated.items() if not said] == [], "translate these, then run tools.words"


@pytest.mark.parametrize("language", LANGUAGES[:2])
def test_a_translation_has_the_same_gaps_to_fill(language: Language) -> None:
    def gaps(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    assert [text for text, said in words_of(language).items() if gaps(text) != gaps(said)] == []


def test_every_character_of_every_language_is_in_the_houses_font() -> None:
    said = {*texts(), *(said for language in LANGUAGES[:2] for said in words_of(language).values())}
    font = covered(font_path(REGULAR))

    assert {character for text in said for character in text if character not in font} == set()
    assert STAND_IN in font


def test_every_sign_that_a_screen_shows_lies_among_the_icons(glyphs: Glyphs) -> None:
    names = {
        mark.name
        for screen in placed(Look(), glyphs).values()
        for mark in opened(screen.marks)
        if isinstance(mark, Sign)
    }

    assert {name for name in names if not (ICONS / f"{name}.svg").exists()} == set()


def test_the_command_offers_every_size_and_mode() -> None:
    assert tuple(PANELS) == options.SIZES
    assert tuple(EASES) == options.MODES
