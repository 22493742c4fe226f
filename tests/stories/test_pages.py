"""The life of a page at the desk: asked for, approved, aired, asked after, left as a message slip (B11, B18, B20)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.app.office import Office
from kiosk.desks.broadcast.messages import Answer, PageStep
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.page_watch import PagingChoices, Stage
from kiosk.rules.broadcast.paging import Whom
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.people.person import Denied
from kiosk.units import ZoneId
from tests.stories.paging import (
    LI,
    WANG,
    asks,
    decides,
    lamp,
    open_shop,
    page_was_said,
    shown,
    stage,
    with_buttons,
)
from tests.stories.shop import Shop, played

__all__ = ["open_shop"]

# at the desk


@pytest.mark.rule("B11")
def test_a_page_is_numbered_aired_once_and_called(open_shop: Shop) -> None:
    answer = asks(open_shop)
    assert answer == Answer("page 1 is aired as soon as it may", 1)
    assert stage(open_shop) is Stage.WAITING

    open_shop.passes(400)

    assert len(played(open_shop.calls("page/guest-mr"))) == 1


@pytest.mark.rule("B20")
def test_each_minute_the_desk_asks_and_after_two_a_message_slip_is_written_once(open_shop: Shop) -> None:
    page_was_said(open_shop)
    (line,) = played(open_shop.calls("page/guest-mr"))
    assert line.real_end is not None
    said_s = line.real_end.timestamp()

    open_shop.passes(said_s + 59 - open_shop.now.timestamp())
    assert (shown(open_shop), lamp(open_shop, "reached")) == ((), Lamp.OFF)
    open_shop.passes(2)
    assert shown(open_shop) == ("page 1: has 来宾王小明先生 been reached? It is 1 minute since the page",)
    assert lamp(open_shop, "reached") is Lamp.WAIT
    open_shop.passes(60)

    assert stage(open_shop) is Stage.SLIP
    slip = open_shop.book.slips[1]
    assert (slip.for_whom, slip.what, slip.when) == ("来宾王小明先生", "请您到总服务台。", line.real_end)
    assert shown(open_shop) == ("message slip 1 for 来宾王小明先生 waits to be delivered",)
    open_shop.passes(900)
    assert [note.action for note in open_shop.log.notes if note.subject == "page 1"] == [
        "asks whether the person was reached", "takes a message",
    ]  # fmt: skip


@pytest.mark.rule("B20")
def test_a_press_on_reached_answers_the_question(open_shop: Shop) -> None:
    page_was_said(open_shop).passes(61).press("reached").passes(300)

    assert stage(open_shop) is Stage.REACHED
    assert open_shop.book.slips == {}
    assert (shown(open_shop), lamp(open_shop, "reached")) == ((), Lamp.OFF)
    (note,) = open_shop.notes("says the person was reached")
    assert (note.actor, note.subject) == ("anna", "page 1")


@pytest.mark.rule("S18")
def test_a_slip_is_ticked_once(open_shop: Shop) -> None:
    page_was_said(open_shop).passes(130)

    assert decides(open_shop, PageStep.DELIVERED) == Answer("page 1 is delivered", 1)
    assert decides(open_shop, PageStep.DELIVERED, 1).refused
    assert stage(open_shop) is Stage.DELIVERED


def test_two_hands_that_press_reached_at_once_answer_one_page_only(open_shop: Shop) -> None:
    asks(open_shop)
    asks(open_shop, LI)
    while not played(open_shop.calls("page/staff-ms")):
        open_shop.passes(1.0)

    open_shop.press("reached").press("reached")

    assert [page.stage for page in open_shop.book.pages.values()] == [Stage.REACHED, Stage.CALLED]
    assert [note.details["why"] for note in open_shop.notes("is refused")] == ["it was pressed a moment ago"]


@pytest.mark.rule("B20")
def test_the_page_is_said_again_with_each_question_where_the_store_wants_that(office: Office) -> None:
    shop = with_buttons(office)
    shop.choices = PagingChoices(again=True, ask_every_s=30)
    shop.opens_at("09:20").ticks().until("09:30")

    page_was_said(shop).passes(600)

    assert 2 <= len(played(shop.calls("page/guest-mr"))) <= 4
    assert stage(shop) is Stage.SLIP


def test_the_same_page_asked_for_twice_is_aired_once(open_shop: Shop) -> None:
    asks(open_shop)
    again = asks(open_shop)

    assert again == Answer("it waits already, as page 1", refused=True)
    open_shop.passes(400)
    assert len(open_shop.calls("page/guest-mr")) == 1


@pytest.mark.rule("B12")
def test_a_title_is_refused_with_the_right_form_told_to_whoever_asked_and_to_no_log(open_shop: Shop) -> None:
    answer = asks(open_shop, replace(WANG, whom=Whom.STAFF, name="王小明经理"))

    assert answer.refused
    assert "本公司王小明先生" in answer.text
    assert "小明" not in repr(open_shop.log.notes) + repr(open_shop.announcer.warnings)
    assert open_shop.book.pages == {}


def test_an_unknown_zone_is_refused_with_those_that_there_are(open_shop: Shop) -> None:
    answer = asks(open_shop, replace(WANG, zones=(ZoneId("roof"),)))

    assert answer == Answer('zones: the store has no zone "roof"; it has hall', refused=True)


def test_a_page_at_night_is_refused_at_once(shop: Shop) -> None:
    answer = asks(shop.opens_at("03:00").passes(60))

    assert answer == Answer("the equipment is off; the store is closed", refused=True)
    assert (shop.book.pages, shop.relays.history) == ({}, [])


def test_a_page_that_no_voice_can_say_becomes_a_slip(open_shop: Shop) -> None:
    open_shop.speechless = "no voice can say 㐀"
    asks(open_shop)
    open_shop.passes(1)

    assert (stage(open_shop), open_shop.book.pages[1].why) == (Stage.SLIP, "no voice can say 㐀")


def test_a_page_whose_sound_cannot_be_played_is_tried_twice_and_becomes_a_slip(open_shop: Shop) -> None:
    open_shop.file_breaks("来宾王小明先生，请您到总服务台。" * 2 + "谢谢。")
    asks(open_shop)
    open_shop.passes(600)

    assert [line.outcome for line in open_shop.calls("page/guest-mr")] == [Outcome.FAILED] * 2
    assert stage(open_shop) is Stage.SLIP


def test_somebody_who_comes_before_the_page_is_aired_is_not_called(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    asks(open_shop)
    open_shop.passes(2)

    assert not decides(open_shop, PageStep.REACHED, 1).refused
    open_shop.passes(400)

    assert open_shop.calls("page/guest-mr") == []
    assert next(line for line in open_shop.lines if line.key == song.key).outcome is Outcome.PLAYED
    assert open_shop.silence_s("09:30", "09:36") < 0.2


@pytest.mark.rule("B10")
def test_an_evacuation_breaks_a_page_off_and_it_is_read_again_after_the_reset(open_shop: Shop) -> None:
    asks(open_shop)
    while not open_shop.calls("page/guest-mr"):
        open_shop.passes(1.0)
    open_shop.evacuate().passes(30)
    assert stage(open_shop) is Stage.WAITING
    open_shop.reset().passes(100)

    outcomes = [line.outcome for line in open_shop.calls("page/guest-mr")]
    assert outcomes == [Outcome.CUT, Outcome.PLAYED]


def test_a_clock_that_is_set_neither_hurries_nor_forgets_a_page(open_shop: Shop) -> None:
    page_was_said(open_shop)

    open_shop.clock_steps(1800.0).passes(30)
    assert stage(open_shop) is Stage.CALLED
    open_shop.clock_steps(-1800.0).passes(95)

    assert stage(open_shop) is Stage.SLIP


@pytest.mark.rule("B14")
def test_whoever_may_not_page_neither_pages_nor_decides(open_shop: Shop) -> None:
    asks(open_shop, park=True)
    open_shop.announcer.counter.may = lambda operator, deed, now: Denied(operator, "only an announcer may")

    assert asks(open_shop, LI) == Answer("only an announcer may", refused=True)
    assert decides(open_shop, PageStep.APPROVE, 1) == Answer("only an announcer may", refused=True)
    assert [page.stage for page in open_shop.book.pages.values()] == [Stage.REQUESTED]


# buttons


def test_a_button_pages_the_one_it_is_set_to(open_shop: Shop) -> None:
    open_shop.press("electrician").passes(1)
    assert lamp(open_shop, "electrician") is Lamp.WAIT

    while open_shop.announcer.air.current is None or open_shop.announcer.air.current.id != "page/staff-ms":
        open_shop.passes(1.0)
    open_shop.passes(0.5)
    assert lamp(open_shop, "electrician") is Lamp.ON
    open_shop.passes(60)

    assert len(played(open_shop.calls("page/staff-ms"))) == 1
    assert lamp(open_shop, "electrician") is Lamp.OFF


def test_a_page_that_was_prepared_is_aired_by_the_approve_button(open_shop: Shop) -> None:
    answer = asks(open_shop, park=True)
    open_shop.passes(900)
    assert answer.text == "page 1 is prepared; an approval airs it"
    assert stage(open_shop) is Stage.REQUESTED
    assert lamp(open_shop, "approve") is Lamp.WAIT

    open_shop.press("approve").passes(400)

    (line,) = played(open_shop.calls("page/guest-mr"))
    assert line.operator == "anna"


def test_a_button_without_a_page_to_decide_on_is_refused(open_shop: Shop) -> None:
    open_shop.press("reached").press("approve")

    assert [note.details["why"] for note in open_shop.notes("is refused")] == ["no page waits for that"] * 2


def test_a_command_names_the_page_where_there_are_several(open_shop: Shop) -> None:
    asks(open_shop, park=True)
    asks(open_shop, LI, park=True)

    assert decides(open_shop, PageStep.APPROVE).text == "several pages wait for that: name one of 1, 2"
    assert decides(open_shop, PageStep.APPROVE, 9).text == "no page 9 is open"
    assert decides(open_shop, PageStep.WITHDRAW).text == "no page waits for that"
    assert not decides(open_shop, PageStep.WITHDRAW, 2).refused
    assert decides(open_shop, PageStep.DECLINE, why="it is over").text == "page 1 is declined"
