"""The real role at a real screen, in three languages at once: clicks on X servers, and what is printed is read back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pytest

from kiosk.app.album import MONO_S, PANELS
from kiosk.display.theme import Panel
from kiosk.ledger.page_requests import PageRequests
from kiosk.ledger.store import open_ledger
from kiosk.rules.broadcast.page_watch import Stage
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Page
from kiosk.units import LANGUAGES, Language, LockerId
from tests.audio.waiting import let_pass
from tests.depth import DEEP
from tests.ledger.values import SHANGHAI
from tests.stories.front_role import Shop
from tests.stories.print_reader import PrintReader, can_read
from tests.stories.test_touch_shop import with_screen
from tests.stories.x_display import PRESENT, x_display

AT = ("1024x600", "800x1280", "800x480") if DEEP else ("1024x600",)
SITE = '\n[touchscreen]\nwidth = {0}\nheight = {1}\nwidth_mm = {2}\nservices = ["page"]\nidle = "{3}"\n'
NAMES = dict(zip(LANGUAGES, ("简体中文", "繁體中文", "English"), strict=True))
THREE = LockerId(3)
AGAIN_S = 3.0  # a tag that is read twice within it is read once

pytestmark = pytest.mark.skipif(
    not PRESENT or not can_read(), reason="Xvfb, or tesseract with its languages, is missing"
)

ONE_AT_A_TIME = Lock()  # a ledger is migrated by whoever opens it first, and migrations know of one process only


@dataclass
class Shopper(PrintReader):
    """tag: of the locker that they will be given."""

    tag: str = ""


Story = Callable[[Shop, Shopper], None]


@contextmanager
def store(folder: Path, panel: Panel, idle: str) -> Iterator[tuple[Shop, Shopper]]:
    """A shop with bags in lockers 1 and 2, at a display of its own."""
    folder.mkdir()
    with x_display(panel.width, panel.height) as x:
        shop = Shop(folder / "shop")
        shop.env = {**os.environ, "DISPLAY": x.name, "SDL_VIDEODRIVER": "x11"}
        shop.env.pop("WAYLAND_DISPLAY", None)
        with_screen(shop.places.site, SITE.format(panel.width, panel.height, panel.width_mm, idle))
        with ONE_AT_A_TIME:
            shop.furnish()
            tag = shop.plaque(THREE)
        try:
            yield shop, Shopper(x, folder, panel, tag=tag)
        finally:
            shop.close()


def lived_in(stories: tuple[Story, ...], language: Language, folder: Path, panel: Panel, idle: str) -> None:
    """One role from its start to its end, in one language; nothing goes wrong, and all of it can be read."""
    with store(folder, panel, idle) as (shop, reader):
        role = shop.start()
        reader.touches(reader.reads(reader.screen()), NAMES[language])
        reader.photographed.clear()  # that was in the language of the store
        reader.language = language
        for story in stories:
            story(shop, reader)
        logged = shop.stop(role)
        assert role.returncode == 0, logged
        assert "Traceback" not in logged
        assert reader.read_back() == []
        assert len(reader.photographed) > 1


def in_every_language(folder: Path, size: str, idle: str, *stories: Story) -> None:
    with ThreadPoolExecutor(len(LANGUAGES)) as three:
        told = [
            three.submit(lived_in, stories, language, folder / language, PANELS[size], idle) for language in LANGUAGES
        ]
        for one in told:
            one.result()


def calls_staff(shop: Shop, reader: Shopper) -> None:
    reader.touches(reader.reads(reader.screen()), "call staff")
    reader.called = True
    called = Session(language=reader.language, called_s=MONO_S)
    reader.touches(reader.reads(reader.screen(called), dialog=True))


def lost_a_tag(shop: Shop, reader: Shopper) -> None:
    reader.touches(reader.reads(reader.screen()), "fetch")
    fetch = Session(language=reader.language, page=Page.FETCH)
    reader.touches(reader.reads(reader.screen(fetch)), "call staff")
    called = Session(language=reader.language, page=Page.FETCH, called_s=MONO_S)
    reader.touches(reader.reads(reader.screen(called), dialog=True))
    reader.touches(reader.reads(reader.screen(fetch)), "home")


def has_somebody_called(shop: Shop, reader: Shopper) -> None:
    reader.touches(reader.reads(reader.screen()), "page")
    flow = reader.service("page")
    chosen = () if reader.language == LANGUAGES[2] else ("next",)  # what wei means, before what comes next
    for name in ("choose friend", "key w", "key e", "key i", *chosen, "next", "choose mr", "next"):
        reader.reads(reader.flow(flow))
        following = reader.acts(flow, name)
        assert following is not None
        flow = following
    reader.reads(reader.flow(flow))
    reader.acts(flow, "send")
    reader.touches(reader.reads(reader.screen(told="page.requested")), "take back")
    reader.touches(reader.reads(reader.screen(told="page.withdrawn")), "done")
    with open_ledger(shop.places.ledger) as ledger:
        page = PageRequests(lambda: ledger, SHANGHAI).state(1)
    assert page is not None
    assert page.stage is Stage.WITHDRAWN


def leaves_a_bag(shop: Shop, reader: Shopper) -> None:
    reader.touches(reader.reads(reader.screen()), "store")
    reader.touches(reader.step("deposit.size"), "size small")
    reader.touches(reader.step("deposit.valuables"), "agree")
    reader.touches(reader.step("deposit.check"), "agree")
    reader.step("deposit.put-in", THREE)
    shop.bank.push_shut(THREE)
    reader.step("deposit.tag", THREE)
    shop.reader.reads(reader.tag)
    reader.step("deposit.kept", THREE)


def fetches_it(shop: Shop, reader: Shopper) -> None:
    let_pass(AGAIN_S)
    shop.reader.reads(reader.tag)
    reader.step("retrieval.take-out", THREE)
    shop.bank.push_shut(THREE)
    reader.touches(reader.step("retrieval.grace", THREE), "agree")
    reader.step("retrieval.done")


def walks_away(shop: Shop, reader: Shopper) -> None:
    reader.touches(reader.reads(reader.screen()), "fetch")
    reader.reads(reader.screen(Session(language=reader.language, page=Page.FETCH)))

    reader.reads(reader.screen(Session(language=reader.language, page=Page.FETCH, asked=True)), dialog=True)
    own, reader.language = reader.language, LANGUAGES[0]
    photographed = len(reader.photographed)
    reader.reads(reader.screen())  # the next one is greeted in the language of the store
    del reader.photographed[photographed:]
    reader.language = own


@pytest.mark.rule("L01")
@pytest.mark.rule("L02")
@pytest.mark.rule("L05")
@pytest.mark.rule("L07")
@pytest.mark.rule("B11")
@pytest.mark.parametrize("size", AT)
def test_staff_and_a_friend_are_called_and_a_bag_is_left_and_fetched_and_every_step_can_be_read(
    tmp_path: Path, size: str
) -> None:
    in_every_language(tmp_path, size, "45s", calls_staff, lost_a_tag, has_somebody_called, leaves_a_bag, fetches_it)


@pytest.mark.rule("S20")
@pytest.mark.parametrize("size", AT)
def test_who_walks_away_is_asked_and_then_the_screen_begins_anew(tmp_path: Path, size: str) -> None:
    in_every_language(tmp_path, size, "10s", walks_away)
