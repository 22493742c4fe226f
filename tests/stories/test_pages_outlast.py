"""Pages outlast restarts, full disks, a lost output and a damaged ledger (B20)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.page_watch import Stage
from tests.stories.paging import (
    LI,
    WANG,
    asks,
    open_shop,
    page_was_said,
    stage,
)
from tests.stories.shop import Shop, played, seconds_between

__all__ = ["open_shop"]


@pytest.mark.rule("B20")
def test_a_restart_finds_every_open_page_again(open_shop: Shop) -> None:
    page_was_said(open_shop)
    asks(open_shop, LI)
    asks(open_shop, replace(WANG, name="陈晨"), park=True)

    open_shop.power_goes().opens_at("09:37").ticks().until("09:45")

    stages = {page.request.name: page.stage for page in open_shop.book.pages.values()}
    assert stages["王小明"] is Stage.SLIP
    assert stages["陈晨"] is Stage.REQUESTED
    assert len(played(open_shop.calls("page/staff-ms"))) == 1


@pytest.mark.rule("B10")
def test_a_page_that_the_power_cut_off_is_read_again_from_its_beginning(open_shop: Shop) -> None:
    asks(open_shop)
    while not open_shop.calls("page/guest-mr"):
        open_shop.passes(1.0)
    open_shop.passes(0.5)
    back = f"{open_shop.now:%H:%M:%S}"

    open_shop.power_goes().opens_at(back).ticks().passes(120)

    outcomes = [line.outcome for line in open_shop.calls("page/guest-mr")]
    assert outcomes == [Outcome.INTERRUPTED, Outcome.PLAYED]


@pytest.mark.rule("B10")
def test_a_page_in_which_the_sound_output_went_away_is_read_again_once(open_shop: Shop) -> None:
    asks(open_shop)
    while not open_shop.calls("page/guest-mr"):
        open_shop.passes(1.0)

    open_shop.output_goes().passes(0.2).output_is_back().passes(100)

    outcomes = [line.outcome for line in open_shop.calls("page/guest-mr")]
    assert outcomes == [Outcome.INTERRUPTED, Outcome.PLAYED]
    assert stage(open_shop) is Stage.CALLED


def test_a_page_that_still_waits_as_the_role_ends_is_aired_when_it_begins_again(open_shop: Shop) -> None:
    open_shop.into_a_song()
    asks(open_shop)
    open_shop.passes(1).stop().passes(1)
    assert asks(open_shop, LI).text == "the broadcast is closing"
    open_shop.passes(30)
    back = f"{open_shop.now:%H:%M:%S}"

    open_shop.power_goes().opens_at(back).ticks().passes(300)

    assert len(played(open_shop.calls("page/guest-mr"))) == 1


def test_a_fresh_ledger_after_a_damaged_one_has_the_open_pages_too(open_shop: Shop) -> None:
    page_was_said(open_shop)
    open_shop.book.pages[1] = replace(open_shop.book.pages[1], stage=Stage.REQUESTED, request=LI)  # somebody else's row

    open_shop.passes(200)

    assert [page.request.name for page in open_shop.book.pages.values() if page.stage is Stage.SLIP] == ["王小明"]


def test_a_page_that_waited_too_long_while_the_role_was_down_becomes_a_slip(open_shop: Shop) -> None:
    open_shop.into_a_song()
    asks(open_shop)

    open_shop.power_goes().opens_at("10:30").ticks().passes(120)

    assert stage(open_shop) is Stage.SLIP
    assert open_shop.calls("page/guest-mr") == []


def test_a_full_disk_does_not_stop_a_page_and_it_is_written_as_soon_as_there_is_room(open_shop: Shop) -> None:
    open_shop.book.full = True
    answer = asks(open_shop)
    open_shop.passes(300)

    assert "a power cut would lose it" in answer.text
    assert len(played(open_shop.calls("page/guest-mr"))) == 1
    assert any("kept in memory only" in warning for warning in open_shop.announcer.warnings)
    open_shop.book.full = False
    open_shop.passes(300)
    assert stage(open_shop) is Stage.SLIP


def test_names_are_forgotten_a_day_after_it_is_over(open_shop: Shop) -> None:
    page_was_said(open_shop).passes(61).press("reached")

    open_shop.until("10:00")
    assert open_shop.book.pages[1].request.name == "王小明"
    open_shop.power_goes()
    open_shop.day = open_shop.day.replace(day=24)
    open_shop.opens_at("10:00").ticks().passes(60)

    assert "小明" not in repr(open_shop.book.pages)
    assert "小明" not in repr(open_shop.log.notes) + repr(open_shop.lines) + repr(open_shop.announcer.warnings)


def test_a_page_is_joined_to_the_end_of_the_song(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    asks(open_shop)
    open_shop.passes(400)

    (page,) = open_shop.calls("page/guest-mr")
    over = next(line for line in open_shop.lines if line.key == song.key)
    assert seconds_between(over, page) == pytest.approx(0.0, abs=0.001)
