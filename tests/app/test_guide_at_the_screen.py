"""Somebody looks for something at the offscreen window, in the demo store (S01)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.desks.service.call import CallClerk
from kiosk.desks.service.guide import GuideClerk
from kiosk.display.screens.services import guide as face
from kiosk.rules.service.call import SERVICE as CALL
from kiosk.rules.service.guide import SERVICE
from kiosk.rules.service.record import Done, Record
from tests.app.touching import Hand
from tests.desks.service.calls import Air
from tests.desks.service.desk_room import Board
from tests.rules.service.services import TEN
from tests.rules.service.test_store_search import demo
from tests.stories.bag_room import BagRoom


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), offers=(SERVICE, CALL))
    hand.services.clerks = {
        SERVICE.id: GuideClerk(SERVICE.id, demo()),
        CALL.id: CallClerk(hand.book, Board(), Air()),
    }
    with hand.window:
        yield hand


def writes(hand: Hand, letters: str) -> None:
    hand.taps(*(f"key {letter}" for letter in letters))


@pytest.mark.rule("S01")
def test_the_toilets_are_two_touches_away_with_the_way_there(hand: Hand) -> None:
    hand.taps("guide", "list:facilities", "facilities/6")

    assert hand.looks().key.startswith("guide.place:")
    assert "洗手间" in hand.reads()
    assert "您在这里" in hand.reads()
    assert "在您的右手边，约 85 米" in hand.reads()
    assert "营业" in hand.reads() or "开放时间" in hand.reads()
    hand.taps("back", "back", "back")
    assert hand.looks().key == "home"


@pytest.mark.rule("S01")
def test_a_word_in_initials_finds_the_floor_and_how_to_get_there(hand: Hand) -> None:
    hand.taps("guide", "search")
    writes(hand, "cdq")
    hand.taps("next")
    found = [target.name for target in hand.looks().targets if target.name.startswith("goods/")]
    assert "充电器" in hand.reads()

    hand.taps(found[0])

    assert "乘扶梯到三楼" in hand.reads()
    hand.taps("home")
    assert hand.looks().key == "home"


@pytest.mark.rule("S01")
def test_what_the_guide_cannot_answer_goes_to_a_person_with_the_question(hand: Hand) -> None:
    hand.taps("guide", "search")
    writes(hand, "qqq")
    hand.taps("next")
    assert "请稍等" in hand.reads()

    hand.taps("ask")

    assert hand.book.records["call", 1].answers == {"about": "qqq"}
    assert "已通知工作人员" in hand.reads()


def test_who_means_something_else_takes_it_to_a_person_too(hand: Hand) -> None:
    hand.taps("guide", "search")
    writes(hand, "zdqkj")
    hand.taps("next", "ask")

    assert hand.book.records["call", 1].answers == {"about": "zdqkj"}


@pytest.mark.rule("S20")
def test_nobody_finds_out_later_what_was_looked_for(hand: Hand) -> None:
    hand.taps("guide", "search")
    writes(hand, "mz")
    hand.taps("next")
    assert face._looked_up.cache_info().currsize

    hand.waits(61.0)

    assert hand.looks().key == "home"
    assert face._looked_up.cache_info().currsize == 0
    assert face._entries.cache_info().currsize == 0


def test_floors_are_leafed_through_on_a_small_panel(hand: Hand) -> None:
    hand.taps("guide", "map")
    assert "一楼" in hand.reads()

    hand.taps("floor:2")
    assert "二楼" in hand.reads()
    hand.taps("floor:1", "floor:b1")
    assert "生鲜超市" in hand.reads()


def test_the_guide_keeps_nothing_and_is_there_as_long_as_the_role() -> None:
    clerk = GuideClerk(SERVICE.id, demo())
    record = Record(SERVICE.id, 1, TEN, "screen", "closed", TEN)

    clerk.entered(record, TEN)
    clerk.done(record, Done(TEN, "wang", "look"), TEN)
    clerk.pass_to(TEN)

    assert clerk.objects(record, TEN) is None
    assert clerk.said(record, TEN).sentence == "guide.thanks"
    assert clerk.facts(TEN) == (demo(),)
