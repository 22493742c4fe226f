"""How the deeds of a matter stand below each other."""

from __future__ import annotations

from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Ground, Placed
from kiosk.display.parts import Key, Kit
from kiosk.display.placing import Placer
from kiosk.display.screens.staff.deeds import FLAT, beside, deeds
from kiosk.display.theme import Panel, Theme
from kiosk.display.widgets import Gap, Screen, Text
from kiosk.rules.front.staff_taps import QuietWanted

KIT = Kit(Theme(Panel()), str)
BACK = Key("Back", QuietWanted(), FLAT, "arrow-left", "back")


def key(words: str, tone: str = "") -> Key:
    return Key(words, QuietWanted(), tone, "check", words)


def placed(*keys: Key, told: int = 1) -> Placed:
    lines = [Text(f"line {at}", 30, (0, 0, 0)) for at in range(told)]
    glyphs = Glyphs()
    root = beside(KIT, lines, deeds(KIT, keys, BACK)) if keys else Gap()
    return Placer(KIT.theme.panel, glyphs.measure).place(Screen("deeds", root, KIT.palette.page))


def order(screen: Placed) -> list[str]:
    return [one.name for one in sorted(screen.targets, key=lambda one: one.rect[1]) if not one.name.startswith("leaf")]


def test_what_wants_care_stands_apart_below_what_is_usual() -> None:
    screen = placed(key("approve", "good"), key("refuse", "care"), key("listen"))

    assert order(screen) == ["approve", "listen", "refuse", "back"]
    tops = {one.name: one.rect[1] for one in screen.targets}
    assert tops["refuse"] - tops["listen"] > tops["listen"] - tops["approve"]


def test_only_what_is_offered_first_may_lead() -> None:
    strong = KIT.palette.tone("brand").strong

    def leads(screen: Placed) -> int:
        return sum(isinstance(mark, Ground) and mark.fill[0] == strong for mark in screen.panes[1].roll.marks)

    assert leads(placed(key("approve", "good"), key("listen"))) == 1
    assert leads(placed(key("look"), key("all is there", "good"), key("it is empty", "good"))) == 0


def test_the_way_back_stays_where_it_is_however_much_can_be_done() -> None:
    few, many = placed(key("one")), placed(*(key(f"deed {at}") for at in range(9)))

    assert {one.rect for one in few.targets if one.name == "back"} == {
        one.rect for one in many.targets if one.name == "back"
    }


def test_the_keys_of_a_long_sheet_lie_on_its_edge() -> None:
    screen = placed(key("one"), told=60)

    sheet = max(
        (mark.rect for mark in screen.marks if isinstance(mark, Ground)),
        key=lambda rect: rect[2] * rect[3] * (rect[2] < 1280),
    )
    down = next(one.rect for one in screen.targets if one.name == "leaf down")
    assert sheet[0] + sheet[2] - (down[0] + down[2]) <= KIT.px(6)
    assert screen.problems == ()
