from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.app.album import EASES, MONO_S, NOW, PANELS, VIEW
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Figure, Line, Placed, Sign, opened
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.screens.faces import faces
from kiosk.display.screens.forms import form
from kiosk.display.screens.scene import Scene
from kiosk.display.theme import Theme
from kiosk.display.words import words
from kiosk.rules.forms import filling
from kiosk.rules.forms.filling import Filling
from kiosk.rules.forms.form import Choice, Form, Notice, Option, Page, Words
from kiosk.rules.front.session import Session
from kiosk.units import LANGUAGES

FACE = faces()["rating"]
SIXTY = "An answer of sixty characters which goes on and on and on to"
LONG_CHINESE = (
    "名字特别特别长的一个答案用来看看六十个字的答案会怎样换行怎样省略名字特别特别长的一个答案用来看看六十个字的答"
)


def options(count: int, *, icon: str = "star", words: str = "", left: int | None = None) -> tuple[Option, ...]:
    return tuple(
        Option(str(one), words or f"Answer number {one}", "", icon, "store", left, literal=True) for one in range(count)
    )


def of(*pages: Page, review: bool = False) -> Form:
    return Form("rating", "Rate us", lambda _: pages, review)


def scenes() -> Iterator[tuple[str, Scene]]:
    for name, panel in PANELS.items():
        for mode, ease in EASES.items():
            kit = Kit(Theme(panel, ease), words(LANGUAGES[2]))
            yield f"{name} {mode}", Scene(kit, Session(language=LANGUAGES[2], ease=ease), VIEW, NOW, MONO_S)


def place(scene: Scene, shown: Filling, glyphs: Glyphs) -> Placed:
    return Placer(scene.kit.theme.panel, glyphs.measure).place(form(scene, FACE, shown))


def asked(scene: Scene, some: tuple[Option, ...], glyphs: Glyphs) -> Placed:
    return place(scene, filling.opened(of(Choice("a", "Which one?", some)), chinese=False), glyphs)


def within_reach(screen: Placed) -> set[str]:
    """The names of what can be touched, at once or once a list was drawn."""
    listed = {target.name for pane in screen.panes for target in pane.roll.targets}
    return {target.name for target in screen.targets} | listed


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


@pytest.mark.parametrize("icon", ["star", ""])
def test_however_many_answers_there_are_each_can_be_given(icon: str, glyphs: Glyphs) -> None:
    for name, scene in scenes():
        for count in (1, 2, 3, 4, 5, 6, 7, 9, 12, 30):
            screen = asked(scene, options(count, icon=icon), glyphs)
            assert screen.problems == (), (name, count)
            assert {f"choose {one}" for one in range(count)} <= within_reach(screen), (name, count)


@pytest.mark.parametrize("long", [SIXTY, LONG_CHINESE])
def test_an_answer_of_sixty_characters_is_shown_whole(long: str, glyphs: Glyphs) -> None:
    for name, scene in scenes():
        screen = asked(scene, options(5, words=long), glyphs)
        said = "".join(mark.text for mark in opened(screen.marks) if isinstance(mark, Line)).replace(" ", "")
        assert screen.problems == (), name
        assert said.count(long.replace(" ", "")) == 5, name


def test_what_is_all_lent_is_shown_and_cannot_be_chosen(glyphs: Glyphs) -> None:
    scene = next(scenes())[1]

    some = (*options(1, left=0), *options(3, left=4)[1:])
    screen = asked(scene, some, glyphs)

    assert {name for name in within_reach(screen) if name.startswith("choose")} == {"choose 1", "choose 2"}
    assert [mark.text for mark in screen.marks if isinstance(mark, Line) and "loan" in mark.text] == ["All on loan"]


def test_a_long_complaint_can_be_looked_over_before_it_is_sent_and_hides_who_wrote_it(glyphs: Glyphs) -> None:
    pages = of(
        Choice("what", "What is it about?", options(3)),
        Words("name", "What is your name?", private=True),
        Words("phone", "Your telephone number", private=True),
        Words("story", "What happened?", longest=400),
        review=True,
    )
    story = "The umbrella that I borrowed does not open any more. " * 6
    answers = (("what", "1"), ("name", "王小明"), ("phone", "13812345678"), ("story", story))

    for name, scene in scenes():
        screen = place(scene, Filling(pages, False, answers, 4), glyphs)
        said = "".join(mark.text for mark in opened(screen.marks) if isinstance(mark, Line))
        assert screen.problems == (), name
        assert said.count("umbrella") == 6
        assert "小明" not in said
        assert "3812345" not in said
        assert "send" in within_reach(screen)


def test_what_is_to_be_read_first_has_its_way_on_in_every_size(glyphs: Glyphs) -> None:
    notice = Notice(
        "n",
        "Please keep what is dear with you",
        "We cannot answer for it.",
        (("wallet", "Money"), ("clock", "Watches")),
    )
    for name, scene in scenes():
        screen = place(scene, filling.opened(of(notice, Choice("a", "Which?", options(2))), chinese=False), glyphs)
        assert screen.problems == (), name
        assert {"agree", "back", "call staff"} <= within_reach(screen)


def test_while_the_desk_is_asked_the_screen_says_so(glyphs: Glyphs) -> None:
    for name, scene in scenes():
        screen = place(
            scene, Filling(of(Choice("a", "Which?", options(2))), False, (("a", "1"),), 1, sent=True), glyphs
        )
        assert screen.problems == (), name
        assert any("moment" in mark.text for mark in screen.marks if isinstance(mark, Line))


@pytest.mark.parametrize(("panel", "count"), [("1280x800", 2), ("1280x800", 5), ("800x1280", 2), ("800x1280", 5)])
def test_few_answers_fill_their_cards_with_pictures_of_one_size(panel: str, count: int, glyphs: Glyphs) -> None:
    known = dict(scenes())

    pictures = [one for one in asked(known[f"{panel} usual"], options(count), glyphs).marks if isinstance(one, Figure)]
    plain = [one for one in asked(known[f"{panel} contrast"], options(count), glyphs).marks if isinstance(one, Figure)]

    assert len(pictures) == count
    widths = [one.rect[2] for one in pictures]
    assert max(widths) - min(widths) <= 1  # a row's pixels cannot always be shared out evenly
    assert plain == []


def test_what_a_yes_or_no_is_about_stands_on_its_card(glyphs: Glyphs) -> None:
    scene = dict(scenes())["1280x800 usual"]
    yes, no = (Option(one, one, "", sign, "good", of="package") for one, sign in (("yes", "check"), ("no", "drop")))

    signs = [one.name for one in asked(scene, (yes, no), glyphs).marks if isinstance(one, Sign)]

    assert [one for one in signs if one in ("package", "check", "drop")] == ["package", "check", "package", "drop"]
