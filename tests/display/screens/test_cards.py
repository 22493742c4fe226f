from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.app.album import EASES, MONO_S, NOW, PANELS, VIEW
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Placed, Target
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.screens import home as home_screen
from kiosk.display.screens.cards import Card, grid, rows_of, shared_out
from kiosk.display.screens.frame import body, home_foot, low, screen, store_head
from kiosk.display.screens.scene import Scene
from kiosk.display.theme import Theme
from kiosk.display.widgets import Gap
from kiosk.display.words import words
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Page, Went
from kiosk.units import LANGUAGES

TITLES = (
    "Store a bag", "Collect a bag", "Ask us something", "Return or swap", "Page somebody", "Lost and found",
    "Borrow an umbrella", "Complaint or praise", "Rate us", "Invoice", "Membership", "Gift wrapping",
)  # fmt: skip
NAMES = tuple(str(number) for number in range(len(TITLES)))
LONG = "名字特别特别长的一项服务用来看看六十个字的名字会怎样换行怎样省略名字特别特别长的一项服务用来看看六十个字的名字"


def cards(count: int, title: str = "") -> tuple[Card, ...]:
    return tuple(
        Card("star", "store", title or TITLES[place], "One touch is enough", Went(Page.HOME), NAMES[place])
        for place in range(count)
    )


def scenes() -> Iterator[tuple[str, Scene]]:
    for name, panel in PANELS.items():
        for mode, ease in EASES.items():
            kit = Kit(Theme(panel, ease), words(LANGUAGES[2]))
            yield f"{name} {mode}", Scene(kit, Session(language=LANGUAGES[2], ease=ease), VIEW, NOW, MONO_S)


def placed(scene: Scene, some: tuple[Card, ...], glyphs: Glyphs) -> Placed:
    kit = scene.kit
    upper_px = home_screen._greeting_px(scene)
    shown, _ = shared_out(scene, some, upper_px)
    rows = 2 if kit.theme.panel.portrait else 1
    content = body(kit, low(kit, Gap(height=kit.px(90)), grid(kit, shown, upper_px), rows))
    return Placer(kit.theme.panel, glyphs.measure).place(
        screen(scene, "home", store_head(scene), content, home_foot(scene))
    )


def of_cards(screen: Placed) -> list[Target]:
    return [target for target in screen.targets if target.name in (*NAMES, "more")]


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 7, 8, 9, 12])
def test_however_many_services_there_are_each_has_its_place_and_none_stays_empty(count: int, glyphs: Glyphs) -> None:
    for name, scene in scenes():
        screen = placed(scene, cards(count), glyphs)
        assert screen.problems == (), (name, count, screen.problems)
        targets = of_cards(screen)
        left = min(target.rect[0] for target in targets)
        right = max(target.rect[0] + target.rect[2] for target in targets)
        for top in {target.rect[1] for target in targets}:
            row = [target.rect for target in targets if target.rect[1] == top]
            assert (min(rect[0] for rect in row), max(rect[0] + rect[2] for rect in row)) == (left, right), (
                name,
                count,
            )
            assert len({rect[3] for rect in row}) == 1
            assert max(rect[2] for rect in row) - min(rect[2] for rect in row) <= 1


def test_the_first_services_are_never_shown_smaller_than_the_last(glyphs: Glyphs) -> None:
    for name, scene in scenes():
        for count in (3, 5, 7, 12):
            rects = [target.rect for target in of_cards(placed(scene, cards(count), glyphs))]
            areas = [width * height for _, _, width, height in rects]
            assert areas[0] >= max(areas) * 0.98, (name, count)
            counts = rows_of(scene.kit, len(rects), home_screen._greeting_px(scene))
            assert sum(counts) == len(rects)
            assert list(counts) == sorted(counts)


def test_what_has_no_place_stands_behind_the_last_card() -> None:
    kit = Kit(Theme(PANELS["800x480"]), words(LANGUAGES[2]))
    scene = Scene(kit, Session(language=LANGUAGES[2]), VIEW, NOW, MONO_S)

    shown, others = shared_out(scene, cards(12), 70)

    assert shown[-1].tap == Went(Page.MORE)
    assert (*shown[:-1], *others) == cards(12)


def test_a_name_of_sixty_characters_is_cropped_and_breaks_no_card(glyphs: Glyphs) -> None:
    for name, scene in scenes():
        assert placed(scene, cards(9, LONG), glyphs).problems == (), name


def test_a_store_with_a_very_long_name_still_has_its_clock(glyphs: Glyphs) -> None:
    for name, scene in scenes():
        long = replace(scene, view=replace(VIEW, name={LANGUAGES[2]: LONG}))
        assert placed(long, cards(3), glyphs).problems == (), name
