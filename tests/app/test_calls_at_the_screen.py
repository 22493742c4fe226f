"""Who calls somebody at the offscreen window sees that somebody is coming."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.desks.service.call import CallClerk
from kiosk.desks.service.messages import DeedAsked
from kiosk.rules.service.call import SERVICE
from tests.app.touching import Hand
from tests.desks.service.calls import Air
from tests.desks.service.desk_room import Board
from tests.rules.service.services import WANG
from tests.stories.bag_room import BagRoom


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), offers=(SERVICE,))
    hand.services.clerks = {SERVICE.id: CallClerk(hand.book, Board(), Air(), name_of=lambda _: "王芳")}
    with hand.window:
        yield hand


def staff(hand: Hand, deed: str) -> None:
    said: list[str] = []
    hand.services.handle(DeedAsked("call", 1, deed, WANG, {}, said.append))
    assert said == [""]


@pytest.mark.rule("S01")
def test_the_screen_says_who_is_coming_wherever_one_is_by_then(hand: Hand) -> None:
    hand.taps("call staff")
    assert "请稍等" in hand.reads()
    hand.taps("好的")
    assert "已通知工作人员" in hand.reads()
    hand.taps("fetch")

    staff(hand, "coming")

    assert "王芳正向您走来" in hand.reads()
    hand.waits(11.0)
    assert "王芳" not in hand.reads()
    assert "工作人员正在赶来" in hand.reads()
    staff(hand, "done")
    hand.looks()
    hand.waits(61.0)
    assert "呼叫工作人员" in hand.reads()


def test_the_next_shopper_sees_that_staff_know_already(hand: Hand) -> None:
    hand.taps("call staff", "好的")
    hand.waits(61.0)

    assert hand.face.session.untouched
    assert "已通知工作人员" in hand.reads()
