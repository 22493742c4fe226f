"""A store that pages people: who asks, who decides, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Button, ButtonAction
from kiosk.desks.broadcast.messages import Answer, PageAsked, PageDecided, PageStep
from kiosk.rules.broadcast.page_watch import Origin, Page, Stage
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.rules.broadcast.panel import Lamp
from tests.stories.shop import Shop, played

WANG = PageRequest(Whom.GUEST, Title.MR, "王小明")


LI = PageRequest(Whom.STAFF, Title.MS, "李娜", Reason.CALL)


BUTTONS = {
    "reached": Button("reached", ButtonAction.REACHED, None),
    "approve": Button("approve", ButtonAction.APPROVE, None),
    "decline": Button("decline", ButtonAction.DECLINE, None),
    "electrician": Button("electrician", ButtonAction.PAGE, None, page=LI),
}


@pytest.fixture
def open_shop(office: Office) -> Shop:
    return with_buttons(office).opens_at("09:20").ticks().until("09:30")


def with_buttons(office: Office) -> Shop:
    buttons = (*office.site.buttons, *BUTTONS.values())
    return Shop(replace(office, site=replace(office.site, buttons=buttons)))


def asks(shop: Shop, request: PageRequest = WANG, *, park: bool = False) -> Answer:
    answers: list[Answer] = []
    shop.gets(PageAsked(request, "anna", park=park, reply=answers.append))
    return answers[0]


def decides(shop: Shop, step: PageStep, n: int = 0, why: str = "") -> Answer:
    answers: list[Answer] = []
    shop.gets(PageDecided(step, "bea", n, why, answers.append))
    return answers[0]


def front_asks(shop: Shop, request: PageRequest = WANG) -> int:
    """A shopper asks at the touchscreen: a row in the ledger."""
    return shop.book.enter(Page(request, shop.now, Origin.FRONT, "front", shop.now, caller="李娜", number="8888"))


def stage(shop: Shop, n: int = 1) -> Stage:
    return shop.book.pages[n].stage


def shown(shop: Shop) -> tuple[str, ...]:
    assert shop.pages is not None
    return shop.pages.shown()


def lamp(shop: Shop, button: str) -> Lamp:
    assert shop.pages is not None
    return shop.pages._desk.lamps[button]


def page_was_said(shop: Shop) -> Shop:
    """A page was asked for, waited for the end of the song, and was heard."""
    asks(shop)
    while not played(shop.calls("page/guest-mr")):
        shop.passes(5.0)
    return shop
