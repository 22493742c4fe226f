"""The rooms of staff mode: the lockers, the tags, the binder, the people; touched as staff touch them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.rules.broadcast.releases import Standing, standing
from kiosk.rules.lockers.locker import Assignment
from tests.app.staffed_screen import POLICY, StaffedScreen
from tests.app.test_staff_mode import ONE, PLANNER, SPEAKER, TWO, ledger, screen
from tests.rules.lockers.lost_tag_people import GONE, MEI, TAO
from tests.stories.worn_bank import Latch

__all__ = ["ledger", "screen"]

# the lockers


@pytest.mark.rule("L04")
def test_what_stayed_overnight_is_handed_out_by_the_supervisor_alone(screen: StaffedScreen) -> None:
    id, _ = screen.room.bag_behind_its_door("li's bag", seat="other")
    screen.room.scans("P1.1", reader="other")
    cabinet = screen.room.desk.cabinet
    cabinet.lockers[id] = replace(cabinet.lockers[id], assignment=Assignment.OVERNIGHT)
    screen.waits(10.0)
    screen.enters(MEI)
    screen.taps(f"locker {id}")
    assert not [one for one in screen.looks().targets if one.name == "open"]
    screen.taps("leave")
    before = len(screen.room.unlocked)

    screen.enters(TAO)
    screen.taps(f"locker {id}", "open")

    assert screen.room.unlocked[before:] == [id]
    assert "已发出开门指令" in screen.reads()


def test_the_doors_are_shown_live_and_a_forced_one_is_confirmed_empty(screen: StaffedScreen) -> None:
    screen.enters(TAO)
    screen.taps("lockers")

    screen.room.pulls(ONE)
    screen.taps("locker 1")
    assert "柜门被强开" in screen.reads()
    screen.room.shuts(ONE)
    assert "柜门已关" in screen.reads()
    screen.taps("empty")

    locker = screen.room.desk.cabinet.lockers[ONE]
    assert (locker.assignment, locker.unconfirmed) == (Assignment.FREE, False)


@pytest.mark.rule("L09")
def test_a_locker_is_quarantined_with_a_reason_that_stands_in_the_ledger(screen: StaffedScreen) -> None:
    screen.enters(MEI)

    screen.taps("lockers", "locker 2")
    screen.finds("quarantine")
    screen.taps("quarantine", "choose the tag is lost")

    locker = screen.room.desk.cabinet.lockers[TWO]
    assert (locker.assignment, locker.why) == (Assignment.QUARANTINED, "the tag is lost")


def test_a_jammed_locker_waits_on_the_list(screen: StaffedScreen) -> None:
    screen.room.cells[ONE].latch = Latch.JAMMED
    screen.room.asks("other").confirms("check", "other").passes(20.0)

    screen.enters(MEI)

    assert screen.view is not None
    assert "locker 1" in [one.key for one in screen.view.matters]


@pytest.mark.rule("L10")
@pytest.mark.rule("L11")
def test_the_tags_are_counted_by_scanning_at_the_screen_and_signed(screen: StaffedScreen) -> None:
    screen.counted.counts.seats = frozenset(("screen",))
    screen.enters(MEI)
    screen.taps("lockers", "count", "census")
    assert "请扫描 1 号柜" in screen.reads()

    for tag in ("P1.1", "P2.1"):
        screen.room.scans(tag, reader="screen")
        screen.waits(30.0)
    screen.taps("nothing")
    assert "所有柜子都已查看" in screen.reads()
    screen.taps("sign")

    assert screen.staff.counts_at("screen") is False
    assert screen.room.unlocked == [], "no door opened"
    assert [sheet.by for sheet in screen.counted.sheets.signed(date(2026, 11, 23))] == [MEI.id]


def test_whoever_leaves_gives_the_reader_back_to_the_shoppers(screen: StaffedScreen) -> None:
    screen.counted.counts.seats = frozenset(("screen",))
    screen.enters(MEI)
    screen.taps("lockers", "count", "count")
    assert screen.staff.counts_at("screen")

    screen.waits(61.0)

    assert screen.looks().key == "home"
    assert not screen.staff.counts_at("screen")


# the binder and the people


@pytest.mark.rule("B13")
def test_a_policy_page_is_released_by_the_planning_department_alone(screen: StaffedScreen) -> None:
    screen.enters(SPEAKER)
    screen.taps("binder", "script return-policy")
    assert not [one for one in screen.looks().targets if one.name == "release"]
    screen.taps("leave")

    screen.enters(PLANNER)
    screen.taps("script return-policy")
    assert "三十天内可退换" in screen.reads()
    screen.taps("release")

    [release] = screen.releases.latest().values()
    assert (release.by, release.released) == (PLANNER.id, True)
    assert standing(screen._read()[POLICY.id], release) is Standing.RELEASED


def test_a_page_is_taken_off_the_air_with_a_reason(screen: StaffedScreen) -> None:
    screen.enters(PLANNER)

    screen.taps("binder", "script return-policy", "withdraw", "choose the text is wrong")

    [release] = screen.releases.latest().values()
    assert release.released is False


def test_the_people_are_shown_with_their_training_and_nobody_who_left(screen: StaffedScreen) -> None:
    screen.enters(TAO)

    screen.taps("people")

    assert MEI.name in screen.reads()
    assert "培训有效" in screen.reads()
    assert GONE.name not in screen.reads()


def test_the_lockers_are_nothing_to_an_announcer(screen: StaffedScreen) -> None:
    screen.enters(SPEAKER)

    screen.taps("lockers")

    assert "存包柜由存包处员工和当值主管管理" in screen.reads()


def test_a_ledger_that_cannot_be_read_is_told_and_stops_nobody(screen: StaffedScreen) -> None:
    screen.enters(TAO)
    screen.corners[4].board = screen.counted.board
    screen.counted.away = True

    screen.waits(2.0)

    assert "账本目前无法读写" in screen.reads()
    screen.taps("lockers")
    assert "locker 1" in [one.name for one in screen.looks().targets]
