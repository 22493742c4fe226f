"""The screen's own process: what it tells the role, what it shows first, and what it does without a display."""

from __future__ import annotations

import logging
import pickle
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from zoneinfo import ZoneInfo

import pygame
import pytest

from kiosk.app.album import VIEW
from kiosk.app.places import Places
from kiosk.app.screen_process import Role, Waking, shown_screen
from kiosk.app.screen_values import (
    BadgeRead,
    CodeRead,
    Dark,
    Known,
    Lit,
    Logged,
    Over,
    Setting,
    Stands,
    Turned,
    thinned,
    whole,
)
from kiosk.app.service_wiring import service_desk
from kiosk.config.first_look import Glass
from kiosk.config.load import load_site
from kiosk.desks.lockers.messages import Fault, StopAsked
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line
from kiosk.display.placing import Placer
from kiosk.display.theme import Panel
from kiosk.hw.clock import SystemClock
from kiosk.rules.front.attract import Promotion, Promotions
from kiosk.units import LANGUAGES
from tests.ledger.shop import fresh_ledger

PROJECT = Path(__file__).parents[2]
GLASS = Glass(800, 480, 154.0, whole=False, name={LANGUAGES[0]: "和风百货"})
SETTING = Setting(GLASS, "screen", "Asia/Shanghai")


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Connection, Connection]]:
    """The role's and the screen's."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    logged = logging.getLogger()
    before = (list(logged.handlers), logged.level)
    ours, theirs = Pipe()
    yield ours, theirs
    ours.close()
    for thread in threading.enumerate():
        if thread.name == "role":  # still listens, until the role is gone
            thread.join()
    theirs.close()
    logged.handlers, logged.level = before[0], before[1]


def told(ours: Connection) -> list[object]:
    """Everything that the screen said."""
    found = []
    while ours.poll(0):
        found.append(ours.recv())
    return found


def runs(ends: tuple[Connection, Connection], *values: object, lights: int = 1) -> list[object]:
    """What the screen said until it was over: the role tells it all that, and waits until it has lit up so often."""
    ours, theirs = ends
    said: list[object] = []

    def role() -> None:
        for value in values:
            ours.send(value)
        while said.count(Lit()) < lights:
            said.append(ours.recv())
        ours.send(Over())

    other = threading.Thread(target=role)
    other.start()
    shown_screen(theirs, GLASS)
    other.join()
    return said + told(ours)


def test_it_shows_first_whose_it_is_and_that_it_gets_ready_in_every_language(
    ends: tuple[Connection, Connection],
) -> None:
    waking = Waking(replace(GLASS, language=LANGUAGES[2]), Role(ends[1]))
    placed = Placer(Panel(800, 480, 154.0), Glyphs().measure).place(waking.screen())

    lines = [mark.text for mark in placed.marks if isinstance(mark, Line)]

    assert lines == ["和风百货", "Getting ready, one moment please", "正在准备，请稍候", "正在準備，請稍候"]
    assert placed.problems == ()
    assert placed.targets == ()
    assert not waking.over()


def test_it_ends_with_the_role(ends: tuple[Connection, Connection]) -> None:
    said = runs(ends, SETTING, VIEW)

    assert said[0] == Lit()
    assert Turned() in said
    assert not any(isinstance(one, StopAsked | Logged | Fault) for one in said)


def test_it_ends_when_the_role_is_gone_without_a_word(ends: tuple[Connection, Connection]) -> None:
    ours, theirs = ends
    ours.close()

    shown_screen(theirs, GLASS)

    assert not pygame.display.get_init()


def test_one_that_does_not_understand_the_role_ends_as_a_failure_so_that_it_is_started_again(
    ends: tuple[Connection, Connection],
) -> None:
    ours, theirs = ends
    ours.send_bytes(b"no value at all")

    with pytest.raises(SystemExit) as ended:
        shown_screen(theirs, GLASS)

    assert ended.value.code == 1
    assert any("what the role tells" in one.text for one in told(ours) if isinstance(one, Logged))


def test_a_display_that_is_not_there_is_told_and_looked_for(
    ends: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = ends
    monkeypatch.setenv("SDL_VIDEODRIVER", "nothing of the kind")
    screen = threading.Thread(target=runs_in_a_thread, args=(theirs,))
    screen.start()

    first, second = ours.recv(), ours.recv()
    ours.send(Over())
    screen.join()

    assert isinstance(first, Dark)
    assert "is a display connected?" in first.why
    assert second == first


def runs_in_a_thread(theirs: Connection) -> None:
    from kiosk.app import screen_process

    role = Role(theirs)
    threading.Thread(target=role.listen, daemon=True).start()
    screen_process._before(role, GLASS)


def test_a_panel_that_the_whole_reading_knows_otherwise_is_opened_anew(ends: tuple[Connection, Connection]) -> None:
    upright = replace(SETTING, glass=replace(GLASS, width=480, height=800, width_mm=86.0))

    said = runs(ends, upright, VIEW, lights=2)

    assert said.count(Lit()) == 2


def test_a_fact_that_the_screen_has_is_not_sent_again_and_stays_the_very_same() -> None:
    slides, stock = Promotions((Promotion("winter", {LANGUAGES[0]: "冬装"}),)), Stands()
    first, second = (slides,), (stock, Promotions(slides.today))

    sent = thinned(second, first)

    assert sent == (stock, Known(0))
    assert whole(sent, first)[1] is slides
    assert whole(thinned(first, ()), ()) == first


def test_of_a_picture_that_cannot_be_shown_staff_are_told_once_and_its_words_stay(
    ends: tuple[Connection, Connection], tmp_path: Path
) -> None:
    ours, theirs = ends
    fine, broken = tmp_path / "fine.png", tmp_path / "broken.png"
    pygame.image.save(pygame.Surface((30, 20), depth=24), fine)
    broken.write_bytes(fine.read_bytes()[:40])
    pictures = {"fine": str(fine), "broken": str(broken), "none": ""}
    slides = Promotions(tuple(Promotion(id, {}, picture=path) for id, path in pictures.items()))
    role = Role(theirs)

    for free in ({}, VIEW.free):
        role._take(replace(VIEW, free=free, facts=(slides,)))

    assert role._view is not None
    shown = role._view.fact(Promotions)
    assert shown is not None
    assert [bool(one.picture) for one in shown.today] == [True, False, False]
    (fault,) = told(ours)
    assert isinstance(fault, Fault)
    assert "broken" in fault.text


def test_whatever_a_store_with_every_service_tells_its_screen_can_be_sent(tmp_path: Path) -> None:
    site, clock = load_site(PROJECT), SystemClock(ZoneInfo("Asia/Shanghai"))
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        desk = service_desk(site, Places(PROJECT, tmp_path), lambda: ledger, clock, pytest.fail)
        assert desk is not None
        facts = tuple(desk.facts_at("screen"))

    sent = pickle.loads(pickle.dumps(facts))

    assert {"StoreGuide", "ReturnCounter"} <= {type(fact).__name__ for fact in facts}
    assert [type(fact) for fact in sent] == [type(fact) for fact in facts]


def test_codes_and_badges_before_anybody_stands_there_are_nobodys(ends: tuple[Connection, Connection]) -> None:
    ours, theirs = ends
    role = Role(theirs)

    role._take(CodeRead("4006381333931"))
    role._take(BadgeRead("lina"))

    assert told(ours) == []
