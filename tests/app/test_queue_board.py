"""The queue's board: on a touchscreen that nobody touches, in a terminal, on a display of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pygame
import pytest
from rich.console import Console

from kiosk.app.album import NAMES, PANELS
from kiosk.app.queue_board import EACH_S, NOTHING, BoardFace, board_watch
from kiosk.app.staff_album import called_now, sample_board
from kiosk.app.touchscreen import BOARD_S
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.display.queue_text import board_text
from kiosk.display.theme import STILL
from kiosk.display.window import Opening, Window
from kiosk.errors import LedgerFault
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.rules.front.attract import Promotion, Promotions
from kiosk.rules.front.taps import Page, Went
from kiosk.rules.service.queue import Topic
from kiosk.rules.service.queue_board import Board
from kiosk.units import LANGUAGES
from tests import sites
from tests.app.touching import Hand
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.slips import NOW
from tests.stories.bag_room import TEN, BagRoom

BOARD = sample_board(TEN)
SLIDES = Promotions((Promotion("member-day", {LANGUAGES[0]: "会员日"}),))


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), facts=(SLIDES, BOARD))
    hand.face.attract_s = 60.0
    with hand.window:
        yield hand


@pytest.mark.rule("S07")
def test_an_untouched_screen_shows_the_numbers_while_somebody_waits_and_a_touch_leads_home(hand: Hand) -> None:
    hand.looks()
    assert hand.waits(BOARD_S - 1.0).key == "home"
    assert hand.waits(2.0).key == "queue"
    assert "R007" in hand.reads()
    assert hand.waits(60.0).key == "queue"  # no promotion takes its place

    hand.taps("begin")

    assert hand.looks().key == "home"


@pytest.mark.rule("S07")
def test_a_number_that_was_called_a_moment_ago_blinks(hand: Hand) -> None:
    hand.facts = (called_now(BOARD),)
    hand.looks()
    hand.waits(BOARD_S + 1.0)
    first = hand.looks().marks
    assert hand.face.due_s() <= 1.001

    second = hand.waits(1.0).marks

    assert second != first
    assert hand.waits(1.0).marks == first


def test_the_board_gives_way_to_what_is_on_once_nobody_waits(hand: Hand) -> None:
    hand.looks()
    hand.waits(BOARD_S + 1.0)
    hand.facts = (SLIDES, replace(BOARD, waiting=(), places=()))

    assert hand.looks().key == "home"
    hand.waits(60.0)
    assert "会员日" in hand.reads()


@pytest.mark.parametrize("width", [60, 200])
def test_the_terminal_shows_the_same_board(width: int) -> None:
    def shown(board: Board, second: int = 0) -> str:
        console = Console(width=width, record=True, file=None, force_terminal=False)
        with console.capture() as told:
            console.print(board_text(board, "和风百货", LANGUAGES[0], NOW.replace(second=second), width))
        return told.get()

    told = shown(called_now(BOARD), 1)
    for words in ("R007", "1 号柜台", "空闲", "暂停", "A008", "请准备", "A005", "约 6 分钟"):
        assert words in told
    assert "无人等候" in shown(NOTHING)


class TestOnADisplayOfItsOwn:
    """It reads the ledger once a second and speaks one language after the other."""

    @pytest.fixture
    def ledger(self, tmp_path: Path) -> Iterator[Ledger]:
        with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
            yield opened

    @pytest.fixture
    def site(self, tmp_path: Path) -> Site:
        return load_site(sites.write_site(tmp_path / "site"))

    def test_it_shows_what_the_ledger_says(self, site: Site, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
        now: list[datetime] = [NOW]
        panel = PANELS["1280x800"]
        face = BoardFace(panel, NAMES, LANGUAGES, board_watch(site, lambda: ledger), lambda: now[0])
        with Window(Opening(panel), STILL) as window:
            window.step(face)
            QueueDesk(LedgerQueue(lambda: ledger, site.zone_info)).take(Topic.RETURNS, NOW)
            now[0] += timedelta(seconds=1)
            window.step(face)
            assert window._placed is not None
            assert "R001" in str(window._placed.marks)
            keys = set()
            for _ in range(3):
                keys.add(str(face.screen()))
                assert face.screen() is face.screen()
                now[0] += timedelta(seconds=EACH_S)
            assert len(keys) == len(LANGUAGES)
        face.tapped(Went(Page.HOME))
        face.touched()
        assert (list(face.ahead()), face.left(), face.over(), face.press_color()[3]) == ([], 0, False, 0)
        assert 0 < face.due_s() <= 1.001
        assert not pygame.display.get_init()

    def test_a_ledger_that_cannot_be_read_leaves_it_empty(self, site: Site) -> None:
        def away() -> Ledger:
            raise LedgerFault("the disk is gone")

        assert board_watch(site, away)(NOW) == NOTHING
