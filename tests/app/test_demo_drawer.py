"""What a click in the demo's drawer does: at the readers, at the panel, at the printer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.demo_receipts import demo_slips
from kiosk.app.demo_staff import BADGES
from kiosk.app.drawer import HEIGHT, WIDTH, WIDTH_MM
from kiosk.app.drawer_face import DrawerFace
from kiosk.app.front_demo import CALL_PAGE, furnished, roll_of
from kiosk.app.places import Places
from kiosk.app.played_printer import VERBS, with_printer
from kiosk.config.load import load_site
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line, Photo, Placed, opened
from kiosk.display.placing import Placer
from kiosk.display.theme import Panel
from kiosk.ports.drawer import DrawerView, Paper, Sheet
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.rules.lockers.locker import Size as LockerSize
from kiosk.rules.people.badge import BadgeShown
from kiosk.rules.printing.jobs import Condition
from kiosk.units import LockerId
from tests.ledger.values import TEN

DEMO = Path(__file__).parents[2]
PANEL = Panel(WIDTH, HEIGHT, WIDTH_MM)
SHEET = Sheet("sheet-1.png", "queue ticket R003", 640, 400)


class Newcomer:
    """Somebody with a mouse before the drawer's window."""

    def __init__(self, view: DrawerView) -> None:
        self.pressed: list[str | BadgeShown] = []
        self.asked: list[tuple[str, str]] = []
        self._placer = Placer(PANEL, Glyphs().measure)
        self.face = DrawerFace(PANEL, self.pressed.append, lambda verb, what: self.asked.append((verb, what)))
        self.face.tell(view)

    def sees(self) -> Placed:
        placed = self._placer.place(self.face.screen())
        assert placed.problems == ()
        return placed

    def reads(self) -> str:
        return " ".join(mark.text for mark in opened(self.sees().marks) if isinstance(mark, Line))

    def clicks(self, *names: str) -> None:
        for name in names:
            placed = self.sees()
            targets = [*placed.targets, *(target for pane in placed.panes for target in pane.roll.targets)]
            tap = next(target.tap for target in targets if target.name == name)
            assert tap is not None
            self.face.tapped(tap)  # type: ignore[arg-type] # leafing is the window's


def view(**more: Any) -> DrawerView:
    one = Locker(LockerId(1), LockerSize.SMALL, 1, 1, Assignment.FREE, Door.CLOSED, TEN)
    return DrawerView(lockers=LockersReport(TEN, (one,)), badges=BADGES, **more)


@pytest.mark.rule("R01")
def test_a_click_on_a_receipt_of_the_till_holds_it_before_the_scanner() -> None:
    slips = demo_slips(load_site(DEMO), date(2026, 11, 22))
    newcomer = Newcomer(view(receipts=slips))

    newcomer.clicks("readers", "receipt R0111210001")

    assert newcomer.asked == [("scan", "R0111210001")]
    assert "青花瓷茶杯、棉麻桌布" in newcomer.reads()
    assert [slip.bought for slip in slips] == sorted((slip.bought for slip in slips), reverse=True)


@pytest.mark.rule("B14")
def test_the_announcers_badge_goes_to_the_panel_or_the_screen_and_the_leads_to_the_screen() -> None:
    newcomer = Newcomer(view())

    newcomer.clicks("readers", "panel BADGE-VOICE", "badge BADGE-VOICE", "badge BADGE-LEAD")

    assert newcomer.pressed == [BadgeShown("BADGE-VOICE")]
    assert newcomer.asked == [("scan", "BADGE-VOICE"), ("scan", "BADGE-LEAD")]


def test_what_was_printed_hangs_from_the_printer_the_newest_above() -> None:
    older = Sheet("sheet-0.png", "lost tag 4", 640, 900)
    newcomer = Newcomer(view(paper=Paper(Condition.READY, (older, SHEET))))

    newcomer.clicks("paper")

    shown = [mark for mark in opened(newcomer.sees().marks) if isinstance(mark, Photo)]
    assert [mark.path for mark in shown] == ["sheet-1.png", "sheet-0.png"]
    assert all(
        round(640 * mark.rect[3] / mark.rect[2]) in (h - 1, h, h + 1) for mark, h in zip(shown, (400, 900), strict=True)
    )


@pytest.mark.parametrize(
    ("condition", "click", "asked"),
    [
        (Condition.READY, "paper-out", "paper-out"),
        (Condition.PAPER_OUT, "paper-in", "paper-in"),
        (Condition.READY, "cover-open", "cover-open"),
        (Condition.COVER_OPEN, "cover-shut", "cover-shut"),
        (Condition.READY, "tear", "tear"),
    ],
)
def test_hands_take_the_roll_open_the_cover_and_tear_off(condition: Condition, click: str, asked: str) -> None:
    newcomer = Newcomer(view(paper=Paper(condition, (SHEET,))))

    newcomer.clicks("paper", click)

    assert newcomer.asked == [(asked, "demo")]
    assert condition.value in newcomer.reads()


def test_every_click_at_the_printer_is_something_that_can_be_done_to_it(tmp_path: Path) -> None:
    roll, left = roll_of(Places(tmp_path, tmp_path)), []

    def lockers(asked: Mapping[str, Any], report: LockersReport) -> None:
        left.append(asked["verb"])

    play = with_printer(roll, lockers)
    seen = []
    for verb in (*VERBS, "pull"):
        play({"verb": verb, "what": "demo"}, LockersReport(TEN))
        seen.append(roll.look())

    assert seen[:4] == [Condition.PAPER_OUT, Condition.READY, Condition.COVER_OPEN, Condition.READY]
    assert left == ["pull"]


def test_before_the_front_role_is_up_there_is_the_panel_alone() -> None:
    newcomer = Newcomer(DrawerView())

    assert [target.name for target in newcomer.sees().targets] == ["panel"]


def test_the_demo_prints_everything_on_one_roll_and_has_a_page_for_calls_that_nobody_answers() -> None:
    site = furnished(load_site(DEMO), desktop=True)

    assert site.touchscreen is not None
    assert site.touchscreen.call_page == CALL_PAGE
    assert site.lockers is not None
    assert [one.id for one in site.printers] == [site.lockers.slip_printer]
    assert furnished(load_site(DEMO), desktop=False).touchscreen is None
