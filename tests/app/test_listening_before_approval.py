"""Staff listen to a page before they approve it: beside the screen, never over the store's loudspeakers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
from kiosk.app.aloud import Aloud, Listened
from kiosk.rules.broadcast.paging import wording
from kiosk.units import LANGUAGES
from tests.app.staffed_screen import POLICY, StaffedScreen
from tests.app.test_reading_aloud import Listener
from tests.app.test_staff_mode import PLANNER, SPEAKER, page_asked
from tests.ledger.shop import fresh_ledger
from tests.stories.test_counting_at_the_reader import CountedRoom

CHINESE = LANGUAGES[0]
QUIET = ((), CHINESE)


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: Listener) -> Iterator[StaffedScreen]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        room = CountedRoom(ledger)
        room.in_service()
        one = StaffedScreen(room, PANELS["1280x800"], ledger=ledger, people=(SPEAKER, PLANNER))
        one.face.aloud, one.face.listened = Aloud(heard), Listened(heard)
        with one.window:
            yield one


@pytest.mark.rule("B17")
def test_a_page_is_heard_as_it_would_be_read_before_anybody_approves_it(screen: StaffedScreen, heard: Listener) -> None:
    n = page_asked(screen)
    [page] = screen.pages.unfinished()
    screen.enters(SPEAKER)

    screen.taps(f"page {n}", "listen zh-CN")

    assert heard.heard == [((wording(page.request),), CHINESE)]
    assert screen.decisions.waiting() == ()
    assert [one.stage for one in screen.pages.unfinished()] == [page.stage], "nothing has gone to the store's lines"


@pytest.mark.rule("B17")
def test_it_is_heard_again_from_the_beginning_and_left_off_by_a_key(screen: StaffedScreen, heard: Listener) -> None:
    n = page_asked(screen)
    screen.enters(SPEAKER)

    screen.taps(f"page {n}", "listen zh-CN", "listen zh-CN")
    assert heard.heard[0] == heard.heard[1]

    screen.taps("quiet")

    assert heard.heard[2:] == [QUIET]
    assert not [one for one in screen.looks().targets if one.name == "quiet"]


@pytest.mark.parametrize("way", [("back",), ("people",), ("leave",), ("approve",), ("decline",)])
def test_whoever_goes_on_or_decides_hears_no_more_of_it(
    screen: StaffedScreen, heard: Listener, way: tuple[str, ...]
) -> None:
    n = page_asked(screen)
    screen.enters(SPEAKER)
    screen.taps(f"page {n}", "listen zh-CN")

    screen.taps(*way)

    assert heard.heard[-1] == QUIET


def test_nothing_is_said_on_once_staff_went_without_a_word(screen: StaffedScreen, heard: Listener) -> None:
    n = page_asked(screen)
    screen.enters(SPEAKER)
    screen.taps(f"page {n}", "listen zh-CN")

    screen.waits(46.0)
    screen.waits(16.0)

    assert screen.looks().key == "home"
    assert heard.heard[-1] == QUIET


@pytest.mark.rule("B17")
def test_a_page_of_the_binder_is_heard_before_it_is_released(screen: StaffedScreen, heard: Listener) -> None:
    screen.enters(PLANNER)

    screen.taps("binder", f"script {POLICY.id}", "listen zh-CN")

    assert heard.heard == [((POLICY.text[CHINESE],), CHINESE)]


def test_where_no_output_is_wired_beside_the_screen_nothing_is_offered_to_listen_to(screen: StaffedScreen) -> None:
    screen.face.aloud = screen.face.listened = None
    n = page_asked(screen)
    screen.enters(SPEAKER)

    screen.taps(f"page {n}")

    assert not [one for one in screen.looks().targets if one.name.startswith("listen")]
