"""The shopper's flows at the offscreen window, with the real desk in virtual time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pygame
import pytest

from kiosk.app.album import PANELS
from kiosk.app.touchscreen import stage_at
from kiosk.cli import main
from kiosk.desks.lockers.messages import HelpAsked, Message
from kiosk.desks.lockers.views import Kind, Shown
from kiosk.desks.service.messages import Called, ServiceMessage
from kiosk.desks.staff.messages import StaffMessage
from kiosk.display.screens.stages import STAGES
from kiosk.display.theme import Motion
from kiosk.rules.lockers import deposit, retrieval
from kiosk.units import LockerId
from tests.app.touching import DAY, Hand
from tests.stories.bag_room import TEN, BagRoom
from tests.stories.worn_bank import Latch

ONE = LockerId(1)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service())
    with hand.window:
        yield hand


def leaves_a_bag(hand: Hand) -> str:
    """To the end; the tag."""
    hand.taps("store", "size small", "agree", "agree")
    hand.waits(1.0)
    tag = hand.room.puts_in(ONE, "li's bag")
    hand.room.shuts(ONE)
    hand.looks()
    hand.room.scans(tag, reader="screen")
    return tag


@pytest.mark.rule("L05")
@pytest.mark.rule("L06")
def test_no_door_opens_before_the_notices_were_confirmed_on_the_screen(hand: Hand) -> None:
    hand.taps("store", "size small")
    assert "贵重物品请随身携带" in hand.reads()
    hand.taps("agree")
    assert "请检查您的物品" in hand.reads()
    assert hand.room.unlocked == []

    hand.taps("agree")
    hand.waits(1.0)

    assert hand.room.unlocked == [ONE]
    assert hand.looks().key == "deposit.put-in"


@pytest.mark.rule("L01")
@pytest.mark.rule("L02")
def test_a_bag_is_left_and_fetched_without_anybody_explaining_anything(hand: Hand) -> None:
    tag = leaves_a_bag(hand)
    assert hand.looks().key == "deposit.kept"
    assert "1 号柜" in hand.reads()
    hand.waits(10.0)
    assert hand.looks().key == "home"

    hand.taps("fetch")
    assert hand.looks().key == "fetch"
    hand.room.scans(tag, reader="screen")
    hand.waits(1.0)
    assert hand.looks().key == "retrieval.take-out"
    bag = hand.room.takes_out(ONE, tag)
    hand.room.shuts(ONE)
    assert hand.looks().key == "retrieval.grace"
    hand.taps("agree")

    assert bag == "li's bag"
    assert hand.looks().key == "retrieval.done"
    assert hand.waits(10.0).key == "home"


def test_a_tag_may_be_scanned_while_the_home_screen_is_shown(hand: Hand) -> None:
    tag = leaves_a_bag(hand)
    hand.waits(10.0)

    hand.room.scans(tag, reader="screen")

    assert hand.waits(1.0).key == "retrieval.take-out"


def test_a_typed_code_goes_to_the_desk_as_if_it_had_been_scanned(hand: Hand) -> None:
    hand.taps("fetch", "type the code", *(f"digit {number}" for number in range(1, 10)))
    assert "123 456 789" in hand.reads()

    hand.taps("give code")

    assert hand.looks().key == "tag.refused"


def test_a_refusal_is_kind_and_tells_a_thief_nothing(hand: Hand) -> None:
    hand.room.scans("stolen", reader="screen")

    assert hand.looks().key == "tag.refused"
    assert "signature" not in hand.reads()
    assert "请稍等" in hand.reads()
    assert hand.waits(10.0).key == "home"


def test_staff_are_called_once_and_the_screen_says_so(hand: Hand) -> None:
    asked: list[Message | ServiceMessage | StaffMessage] = []
    hand.face._post = asked.append

    hand.taps("call staff")

    assert asked == [HelpAsked("screen"), Called("screen")]
    assert "已通知工作人员" in hand.reads()
    assert "工作人员正在赶来" in " ".join([hand.reads(), str(hand.waits(11.0))])


@pytest.mark.rule("S20")
def test_a_screen_that_nobody_touches_asks_counts_down_and_forgets(hand: Hand) -> None:
    hand.taps("fetch", "type the code", "digit 4", "digit 8")

    hand.waits(46.0)
    assert "您还在吗" in hand.reads()
    hand.taps("我还在")
    assert "48" in hand.reads()
    hand.waits(61.0)

    assert hand.looks().key == "home"
    hand.taps("fetch", "type the code")
    assert "––– ––– –––" in hand.reads()


def test_a_shopper_who_walks_away_from_a_question_gives_the_procedure_up(hand: Hand) -> None:
    hand.taps("store", "size small")

    hand.waits(61.0)

    assert hand.looks().key in ("home", "deposit.gone")
    assert hand.waits(10.0).key == "home"


def test_languages_and_easier_looks_last_as_long_as_the_shopper(hand: Hand) -> None:
    hand.taps("English")
    assert "Store a bag" in hand.reads()
    hand.taps("ease", "text-aa", "circle-half", "arrow-line-down", "home")
    assert hand.face.session.ease.large_text
    assert hand.face.session.ease.high_contrast
    assert hand.face.session.ease.low_reach

    hand.waits(61.0)

    assert "存包" in hand.reads()
    assert hand.face.session.untouched


def test_outside_opening_hours_nothing_can_be_stored(hand: Hand) -> None:
    hand.hours = DAY
    hand.room.wall = TEN - timedelta(hours=2)

    assert hand.looks().key == "closed"
    assert "09:00–22:00" in hand.reads()
    assert "store" not in [target.name for target in hand.looks().targets]


def test_a_finger_on_a_touch_panel_taps_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), PANELS["1280x800"], finger=True)
    with hand.window:
        hand.taps("fetch", "type the code", "digit 5")

        assert hand.face.session.digits == "5"


def test_a_second_tap_right_after_a_screen_came_is_not_taken_for_an_answer(hand: Hand) -> None:
    hand.taps("store", "size small")
    assert hand.looks().key == "deposit.valuables"

    hand.presses("agree")
    hand.lets_go("agree")

    assert hand.looks().key == "deposit.valuables"


def test_a_press_is_seen_before_anything_else_happens(hand: Hand) -> None:
    hand.waits(1.0)
    x, y = hand.centre("store")
    before = hand.window._surface.get_at((x, y))

    hand.presses("store")

    assert hand.window._surface.get_at((x, y)) != before


def test_a_movement_between_screens_ends_and_then_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), motion=Motion())
    with hand.window:
        hand.taps("store")
        assert hand.window.painter.moving
        hand.room.seconds += 0.3
        hand.looks()
        painted = hand.window.painter.painted_px
        hand.looks()

        assert not hand.window.painter.moving
        assert hand.window.painter.painted_px == painted


def test_a_stuck_door_offers_another_locker(hand: Hand) -> None:
    hand.room.breaks(ONE, latch=Latch.JAMMED)
    hand.taps("store", "size small", "agree", "agree")

    hand.waits(12.0)

    assert hand.looks().key == "deposit.another"


def test_every_step_and_sentence_of_the_desk_has_a_screen() -> None:
    steps = {f"deposit.{step.value.replace(' ', '-')}" for step in deposit.Step} - {"deposit.size"}
    steps |= {f"retrieval.{step.value.replace(' ', '-')}" for step in retrieval.Step}

    assert steps - set(STAGES) == set()


def test_of_two_procedures_at_a_screen_the_refusal_is_shown_and_then_what_still_goes_on() -> None:
    over = Shown("screen", Kind.RETRIEVAL, "done", "retrieval.done", 3, over=True)
    goes_on = Shown("screen", Kind.DEPOSIT, "tag", "deposit.tag", 4)
    refused = Shown("screen", Kind.REFUSAL, "", "tag.refused", over=True)

    def sentence(*all_shown: Shown) -> str:
        stage = stage_at("screen", all_shown)
        return "" if stage is None else stage.sentence

    assert sentence(over, goes_on, refused) == "tag.refused"
    assert sentence(over, goes_on) == "deposit.tag"
    assert sentence(replace(over, seat="elsewhere")) == ""


def test_whatever_a_child_taps_staff_can_be_called_and_the_screen_comes_home_again(hand: Hand) -> None:
    chance = random.Random(20261122)
    for _ in range(400):
        placed = hand.looks()
        names = [target.name for target in placed.targets]
        assert "call staff" in names or len(names) == 1, "only a dialog stands before the call for staff"
        match chance.randrange(8):
            case 0:
                hand.waits(chance.choice([0.2, 5.0, 50.0]))
            case 1:
                hand.room.scans(chance.choice(["P1.1", "P2.1", "stolen", "8" * 4096]), reader="screen")
            case 2:
                for id, cell in hand.room.cells.items():
                    if cell.open:
                        hand.room.shuts(id)
            case 3:
                hand._send(pygame.MOUSEBUTTONDOWN, chance.randrange(800), chance.randrange(480))
            case _:
                left, top, width, height = chance.choice(placed.targets).rect
                hand.room.passes(chance.choice([0.1, 0.4]))
                hand._send(pygame.MOUSEBUTTONDOWN, left + width // 2, top + height // 2)
                hand._send(pygame.MOUSEBUTTONUP, left + width // 2, top + height // 2)
    for id in hand.room.cells:
        hand.room.shuts(id)

    assert hand.waits(400.0).key == "home"
    assert hand.face.session.untouched


def test_a_closed_window_ends_the_face(hand: Hand) -> None:
    hand.looks()

    hand.window._take(pygame.event.Event(pygame.QUIT), hand.face)

    hand.window.run(hand.face)  # returns at once


def test_every_screen_can_be_drawn_to_look_at(tmp_path: Path) -> None:
    assert main(["screens", str(tmp_path / "out"), "--panel", "800x480", "--language", "en"]) == 0

    drawn = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert "home_800x480_en_usual.png" in drawn
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8").count("<img") == len(drawn) - 1


def test_what_may_come_is_made_ready_before_anybody_waits_for_it(hand: Hand) -> None:
    hand.looks()
    while hand.window._prepared(hand.face):
        pass
    made = hand.window.painter.shapes.made

    hand.taps("store", "size small", "agree", "agree")
    hand.waits(1.0)

    assert hand.looks().key == "deposit.put-in"
    assert hand.window.painter.shapes.made - made <= 4  # the marks of a finger


def test_a_screen_at_rest_is_not_even_put_together_again(hand: Hand) -> None:
    hand.looks()
    before = hand.face.screen()
    hand.room.seconds += 1.0

    assert hand.face.screen() is before
