"""The front role's requests for a page: approved, declined, or as the store has set it (B18)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.app.office import Office
from kiosk.desks.broadcast.messages import PageStep
from kiosk.rules.broadcast.page_watch import PagingChoices, Stage, Unattended
from tests.stories.paging import (
    WANG,
    decides,
    front_asks,
    open_shop,
    shown,
    stage,
    with_buttons,
)
from tests.stories.shop import Shop, played, real_start

__all__ = ["open_shop"]


@pytest.mark.rule("B18")
def test_while_the_room_is_staffed_a_request_waits_for_the_announcer(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(300)
    assert (stage(open_shop, n), open_shop.calls("page/guest-mr")) == (Stage.REQUESTED, [])
    assert shown(open_shop) == ("page 1: 来宾王小明先生: 请您到总服务台。 Approve or decline?",)

    open_shop.press("approve").passes(400)

    (line,) = played(open_shop.calls("page/guest-mr"))
    assert line.operator == "anna"
    assert open_shop.book.slips[n].number == "8888"


@pytest.mark.rule("B18")
def test_a_declined_request_says_why_to_whoever_asked(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(2)

    decides(open_shop, PageStep.DECLINE, n, "this is no name")
    open_shop.passes(400)

    assert (stage(open_shop, n), open_shop.book.pages[n].why) == (Stage.DECLINED, "this is no name")
    assert open_shop.calls("page/guest-mr") == []


@pytest.mark.rule("B18")
@pytest.mark.parametrize(
    ("unattended", "becomes", "aired"),
    [(Unattended.AIR, Stage.SLIP, 1), (Unattended.WAIT, Stage.DECLINED, 0), (Unattended.DECLINE, Stage.DECLINED, 0)],
)
def test_while_nobody_is_in_the_room_the_store_has_chosen(
    office: Office, unattended: Unattended, becomes: Stage, aired: int
) -> None:
    shop = with_buttons(office)
    shop.choices = PagingChoices(unattended=unattended)
    shop.opens_at("12:10").ticks().until("12:30")

    n = front_asks(shop)
    shop.passes(900)

    assert len(played(shop.calls("page/guest-mr"))) == aired
    assert stage(shop, n) is becomes
    assert bool(shop.book.pages[n].why) is (becomes is Stage.DECLINED)


@pytest.mark.rule("B18")
def test_a_request_that_still_waits_as_the_announcer_leaves_follows_the_stores_setting(office: Office) -> None:
    shop = with_buttons(office)
    shop.choices = PagingChoices(unattended=Unattended.AIR, patience_s=1800)
    shop.opens_at("11:40").ticks().until("11:55")
    front_asks(shop)

    shop.until("11:59:58")
    assert stage(shop) is Stage.REQUESTED
    shop.until("12:10")

    (line,) = played(shop.calls("page/guest-mr"))
    assert real_start(line) >= shop.at("12:00").timestamp()
    assert line.operator == "unattended"


@pytest.mark.rule("B12")
def test_a_request_that_may_not_be_aired_is_declined_with_the_right_form(open_shop: Shop) -> None:
    n = front_asks(open_shop, replace(WANG, name="王经理"))
    open_shop.passes(2)

    assert stage(open_shop, n) is Stage.DECLINED
    assert "来宾王先生" in open_shop.book.pages[n].why


def test_a_request_that_the_shopper_withdraws_is_gone(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(2)
    assert shown(open_shop) != ()

    open_shop.book.pages[n] = replace(open_shop.book.pages[n], stage=Stage.WITHDRAWN)
    open_shop.passes(2)

    assert shown(open_shop) == ()


def test_a_request_that_is_withdrawn_in_the_instant_of_its_approval_is_not_aired(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(2)

    open_shop.book.pages[n] = replace(open_shop.book.pages[n], stage=Stage.WITHDRAWN)
    open_shop.press("approve").passes(400)

    assert open_shop.calls("page/guest-mr") == []
    assert stage(open_shop, n) is Stage.WITHDRAWN
