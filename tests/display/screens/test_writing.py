"""The keyboard on every panel, and somebody who writes on it."""

from __future__ import annotations

import pytest

from kiosk.app.album import EASES, NOW, PANELS, VIEW, Look
from kiosk.display.dictionary import book
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line, Placed
from kiosk.display.parts import Key as Button
from kiosk.display.parts import Kit, Reads
from kiosk.display.placing import Placer
from kiosk.display.screens.frame import flow_head
from kiosk.display.screens.keys import paged, wide
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.writing import Asked, tail, writing_screen
from kiosk.display.theme import KEY_MM, Theme
from kiosk.display.widgets import Screen
from kiosk.display.words import words
from kiosk.rules.forms.flow import Wrote
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Acted, GivenUp, StaffWanted
from kiosk.rules.writing.candidates import candidates
from kiosk.rules.writing.writing import Kind, Layer, LayerAsked, Letter, Writing, after, begun
from kiosk.units import LANGUAGES, Language

BACK = Button("返回", GivenUp(), "", "arrow-left", "back")
DONE = Button("继续", GivenUp(), "brand", "check", "next")
LAYERS = (
    begun(Kind.NAME, chinese=True),
    begun(Kind.NAME, chinese=True, text="王小明"),
    after(begun(Kind.WORDS, chinese=True), LayerAsked(Layer.SIGNS)),
    begun(Kind.LETTERS, chinese=False),
    begun(Kind.DIGITS, chinese=True),
)


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


def page(writing: Writing, look: Look, reads: Reads | None = None) -> Screen:
    session = Session(language=look.language, ease=look.ease)
    scene = Scene(Kit(Theme(look.panel, look.ease), words(look.language), book, reads), session, VIEW, NOW, 100.0)
    asked = Asked("请输入您的姓名", "请按证件上的姓名填写。")
    return writing_screen(scene, "writing", flow_head(scene, "输入"), asked, writing, (BACK, DONE))


class Writer:
    """Somebody who taps keys by what stands on them."""

    def __init__(self, look: Look, kind: Kind, glyphs: Glyphs, reads: Reads | None = None) -> None:
        self.reads = reads
        self.look, self.placer = look, Placer(look.panel, glyphs.measure)
        self.writing = begun(kind, chinese=look.language != LANGUAGES[2])

    def sees(self) -> Placed:
        return self.placer.place(page(self.writing, self.look, self.reads))

    def draws(self) -> Writer:
        """A line."""
        sheet = next(target for target in self.sees().targets if target.name == "write here")
        assert sheet.drawn is not None
        tap = sheet.drawn(((100, 500), (900, 480)))
        assert isinstance(tap, Acted)
        assert isinstance(tap.act, Wrote)
        self.writing = after(self.writing, tap.act.key)
        return self

    def taps(self, *names: str) -> Writer:
        for name in names:
            tap = next(target.tap for target in self.sees().targets if target.name == name)
            assert isinstance(tap, Acted)
            assert isinstance(tap.act, Wrote)
            self.writing = after(self.writing, tap.act.key)
        return self

    def types(self, letters: str) -> Writer:
        return self.taps(*(f"key {letter}" for letter in letters))

    def candidates(self) -> list[str]:
        return [one.name.partition(" ")[2] for one in self.sees().targets if one.name.startswith("candidate ")]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("ease", ["usual", "low", "large-low", "large-contrast"])
def test_no_key_is_less_than_nine_millimetres_wide_or_high(panel: str, ease: str, glyphs: Glyphs) -> None:
    look = Look(PANELS[panel], LANGUAGES[0], EASES[ease])
    placer = Placer(look.panel, glyphs.measure)
    least = KEY_MM * look.panel.px_per_mm

    for writing in LAYERS:
        placed = placer.place(page(writing, look))
        assert placed.problems == ()
        small = {target.name: target.rect[2:] for target in placed.targets if min(target.rect[2:]) < least}
        assert small == {}


@pytest.mark.parametrize(("panel", "columns"), [("1280x800", 10), ("800x480", 10), ("800x1280", 10), ("480x800", 7)])
def test_a_panel_too_narrow_for_ten_keys_beside_each_other_has_seven(panel: str, columns: int, glyphs: Glyphs) -> None:
    placed = Writer(Look(PANELS[panel]), Kind.NAME, glyphs).sees()
    keys = [target.rect[1] for target in placed.targets if target.name.startswith("key ")]

    assert keys.count(keys[0]) == columns
    assert len(keys) == 27


@pytest.mark.parametrize("panel", PANELS)
def test_the_question_is_as_large_as_the_answer_until_somebody_writes(panel: str, glyphs: Glyphs) -> None:
    writer = Writer(Look(PANELS[panel]), Kind.NAME, glyphs)

    def size() -> int:
        return next(mark.size for mark in writer.sees().marks if isinstance(mark, Line) and "您的姓名" in mark.text)

    empty = size()
    writer.types("wang")

    assert empty == Theme(PANELS[panel]).type_px("head")
    assert size() < empty


@pytest.mark.parametrize(("panel", "rows"), [("1280x800", 4), ("1024x600", 4), ("800x480", 3), ("800x1280", 4)])
def test_digits_lie_as_on_a_telephone_where_fingers_have_room_for_it(panel: str, rows: int, glyphs: Glyphs) -> None:
    placed = Writer(Look(PANELS[panel]), Kind.DIGITS, glyphs).sees()
    at = {target.name: target.rect for target in placed.targets}
    least = PANELS[panel].target

    assert len({at[f"key {digit}"][1] for digit in range(10)}) == rows
    assert (at["key 0"][0] == at["key 8"][0]) == (rows == 4)
    assert all(min(at[f"key {digit}"][2:]) >= least for digit in range(10))


def test_on_the_large_panel_every_key_is_as_large_as_a_finger_needs(glyphs: Glyphs) -> None:
    look = Look()
    placed = Writer(look, Kind.NAME, glyphs).types("li").sees()

    assert min(target.rect[2] for target in placed.targets) >= look.panel.target
    assert min(target.rect[3] for target in placed.targets) >= look.panel.target


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("ease", ["usual", "low"])
def test_staff_can_be_called_while_something_is_written(panel: str, ease: str, glyphs: Glyphs) -> None:
    look = Look(PANELS[panel], LANGUAGES[0], EASES[ease])

    for writing in LAYERS:
        placed = Placer(look.panel, glyphs.measure).place(page(writing, look))
        assert any(isinstance(target.tap, StaffWanted) for target in placed.targets)
        assert any(target.name == "back" for target in placed.targets)


@pytest.mark.parametrize("panel", PANELS)
def test_a_name_is_written_by_pinyin(panel: str, glyphs: Glyphs) -> None:
    writer = Writer(Look(PANELS[panel]), Kind.NAME, glyphs).types("ouyangnana")
    assert writer.candidates()[0] == "欧阳娜娜"

    writer.taps("candidate 欧阳娜娜")

    assert writer.writing.whole == "欧阳娜娜"
    assert writer.candidates() == []


@pytest.mark.parametrize("key", ["space", "next"])
def test_space_and_done_take_the_first_candidate_while_letters_wait(key: str, glyphs: Glyphs) -> None:
    writer = Writer(Look(), Kind.WORDS, glyphs).types("maozi").taps(key)

    assert writer.writing.whole == "帽子"
    assert next(target.tap for target in writer.sees().targets if target.name == "next") == DONE.tap


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("letters", ["shi", "yi", "lv"])
def test_leafing_shows_every_candidate_and_then_the_first_ones_again(panel: str, letters: str, glyphs: Glyphs) -> None:
    writer = Writer(Look(PANELS[panel]), Kind.WORDS, glyphs).types(letters)
    every = {one.text for one in candidates(book(), letters)}
    first, seen, turns = writer.candidates(), set[str](), 0
    while not seen or writer.candidates() != first:
        seen |= set(writer.candidates())
        writer.taps("more")
        turns += 1

    assert seen == every
    assert turns < 60


def test_somebody_from_taiwan_gets_their_characters_and_whoever_wants_others_may_switch(glyphs: Glyphs) -> None:
    writer = Writer(Look(language=Language("zh-TW")), Kind.WORDS, glyphs).types("fazhan")
    assert writer.candidates()[0] == "發展"
    assert writer.taps("forms").candidates()[0] == "发展"
    assert writer.taps("forms").candidates()[0] == "發展"


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("ease", ["usual", "low", "large-low", "large-contrast"])
def test_characters_may_be_drawn_where_the_system_reads_them(panel: str, ease: str, glyphs: Glyphs) -> None:
    writer = Writer(Look(PANELS[panel], ease=EASES[ease]), Kind.NAME, glyphs, reads=lambda strokes: ("发", "友"))
    writer.taps("hand")
    assert writer.candidates() == []
    sheet = next(target for target in writer.sees().targets if target.name == "write here")
    assert writer.sees().problems == ()
    assert 0.5 < sheet.rect[2] / sheet.rect[3] < 2.0
    assert min(sheet.rect[2:]) >= 1.5 * writer.look.panel.target

    writer.draws().draws()
    assert writer.candidates() == ["发", "友"]
    assert writer.taps("forms").candidates() == ["發", "髮", "友"]
    writer.taps("candidate 發").draws().taps("next")
    assert writer.writing.whole == "發發"
    assert writer.taps("pinyin").types("ma").candidates()


def test_where_the_system_cannot_read_them_nobody_is_asked_to_draw(glyphs: Glyphs) -> None:
    assert "hand" not in [target.name for target in Writer(Look(), Kind.NAME, glyphs).sees().targets]


def test_a_foreign_name_begins_with_capitals_by_itself(glyphs: Glyphs) -> None:
    writer = Writer(Look(language=LANGUAGES[2]), Kind.NAME, glyphs)

    assert writer.types("mary").taps("space").types("ann").writing.whole == "Mary Ann"
    assert writer.taps("capitals").types("bc").writing.whole == "Mary AnnBc"


def test_signs_and_digits_are_one_key_away_and_so_is_the_way_back(glyphs: Glyphs) -> None:
    writer = Writer(Look(), Kind.WORDS, glyphs).taps("signs").types("3").taps("letters").types("lou").taps("space")
    assert writer.writing.whole == "3楼"

    assert writer.taps("signs", "latin").types("ab").writing.whole == "3楼ab"
    assert writer.taps("pinyin").types("m").candidates()


def test_a_telephone_number_is_written_with_digits_alone(glyphs: Glyphs) -> None:
    writer = Writer(Look(), Kind.DIGITS, glyphs).types("1380").taps("erase")

    assert writer.writing.whole == "138"
    assert len(writer.sees().targets) == 10 + 2 + 2


def test_the_end_of_a_long_text_is_seen_and_the_caret_with_it(glyphs: Glyphs) -> None:
    long = begun(Kind.WORDS, chinese=True, longest=200, text="我的黑色双肩包掉在三楼的试衣间里了" * 6)
    for panel in PANELS.values():
        placed = Placer(panel, glyphs.measure).place(page(after(long, Letter("m")), Look(panel)))
        texts = [mark.text for mark in placed.marks if isinstance(mark, Line)]
        assert placed.problems == ()
        assert any(text.startswith("…") and text.endswith("里了") for text in texts)


def test_what_is_wrong_is_said_where_the_candidates_will_be(glyphs: Glyphs) -> None:
    scene = Scene(Kit(Theme(), words(LANGUAGES[0]), book), Session(), VIEW, NOW, 100.0)
    asked = Asked("请输入", "提示", "太短了")
    head = flow_head(scene, "输入")
    shown = writing_screen(scene, "writing", head, asked, begun(Kind.NAME, chinese=True), (BACK, DONE))
    texts = [mark.text for mark in Placer(Look().panel, glyphs.measure).place(shown).marks if isinstance(mark, Line)]

    assert "太短了" in texts
    assert "提示" not in texts


def test_candidates_are_laid_into_lines_and_pages() -> None:
    assert paged([], 100, 20, 5, 1) == [[[]]]
    assert paged([30, 30, 30, 30], 100, 20, 5, 1) == [[[0, 1]], [[2, 3]]]
    assert paged([30, 30, 30, 30], 100, 20, 5, 2) == [[[0, 1, 2], [3]]]
    assert paged([300, 300], 100, 20, 5, 1) == [[[0]], [[1]]]


def test_what_is_said_to_be_wide_is_never_too_narrow(glyphs: Glyphs) -> None:
    for text in ("欧阳娜娜", "wodeqianbao", "MMWWmm", "Iliad…", "1380013800"):
        assert wide(text, 34) >= glyphs.measure(text, 34, False)
    assert tail("abc", 30, 1000) == "abc"
    assert tail("", 30, 0) == ""
