from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.page_watch import (
    OVER,
    OVERDUE,
    PREPARED_S,
    TRANSITIONS,
    Event,
    MessageSlip,
    Origin,
    Page,
    PagingChoices,
    Stage,
    after,
    due_s,
)
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom

AIRED = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
REQUEST = PageRequest(Whom.GUEST, Title.MR, "王小明", Reason.VEHICLE, plate="京A·12345")
ASKED = AIRED - timedelta(seconds=90)
CALLED = Page(REQUEST, ASKED, Origin.FRONT, "anna", AIRED, Stage.CALLED, "李娜", "13800138000", 7, AIRED)
REQUESTED = replace(CALLED, stage=Stage.REQUESTED, since=ASKED, aired=None)
WAITING = replace(REQUESTED, stage=Stage.WAITING)
SLIP = MessageSlip("李娜", "来宾王小明先生", "13800138000", "请您尽快移动您的车辆，车牌号京A·12345。", AIRED)


def later(seconds: float) -> datetime:
    return AIRED + timedelta(seconds=seconds)


@pytest.mark.rule("B20")
def test_a_page_that_was_said_starts_the_minutes() -> None:
    page = after(after(WAITING, Event.BEGAN, later(-20)), Event.SAID, AIRED)

    assert page == CALLED


@pytest.mark.rule("B20")
def test_the_desk_is_asked_after_a_minute_and_takes_a_message_after_two() -> None:
    heard: dict[int, tuple[int, MessageSlip | None]] = {}
    page = CALLED

    for second in range(0, 200):
        before, page = page, after(page, Event.PASSED, later(second))
        if page != before:
            heard[second] = page.questions, page.slip

    assert heard == {60: (1, None), 120: (1, SLIP)}
    assert page.stage is Stage.SLIP


@pytest.mark.rule("B20")
def test_somebody_who_comes_is_not_asked_for_again() -> None:
    page = after(CALLED, Event.ANSWERED, later(30))

    assert page.stage is Stage.REACHED
    assert after(page, Event.PASSED, later(300)) is page


@pytest.mark.rule("B20")
@pytest.mark.rule("S18")
def test_the_slip_says_who_for_whom_which_number_what_and_when_and_is_ticked() -> None:
    page = after(CALLED, Event.PASSED, later(120))

    delivered = after(page, Event.DELIVERED, later(900))

    assert page.slip == SLIP
    assert (delivered.stage, delivered.slip) == (Stage.DELIVERED, SLIP)


@pytest.mark.rule("B20")
def test_a_page_that_cannot_be_aired_becomes_a_slip_too() -> None:
    hopeless = after(WAITING, Event.HOPELESS, later(0), why="no voice")
    stale = after(WAITING, Event.PASSED, ASKED + timedelta(seconds=600))

    for page in (hopeless, stale):
        assert page.slip is not None
        assert page.slip.when == ASKED
    assert hopeless.why == "no voice"


@pytest.mark.rule("B20")
def test_a_page_without_a_reason_leaves_the_usual_message() -> None:
    page = replace(CALLED, request=PageRequest(Whom.STAFF, Title.MS, "李娜"))

    slip = after(page, Event.PASSED, later(120)).slip

    assert slip is not None
    assert slip.what == "请与总服务台联系。"


@pytest.mark.rule("B20")
def test_the_store_may_set_other_minutes() -> None:
    choices = PagingChoices(ask_every_s=30, message_after_s=90)

    page = after(CALLED, Event.PASSED, later(30), choices=choices)

    assert page.questions == 1
    assert after(page, Event.PASSED, later(90), choices=choices).stage is Stage.SLIP


@pytest.mark.rule("B20")
def test_a_desk_that_slept_through_a_minute_asks_once() -> None:
    choices = PagingChoices(ask_every_s=30, message_after_s=120)

    page = after(CALLED, Event.PASSED, later(119), choices=choices)

    assert page.questions == 3
    assert after(page, Event.PASSED, later(119), choices=choices) is page


@pytest.mark.rule("B20")
def test_a_clock_that_steps_back_asks_nothing_twice() -> None:
    page = after(CALLED, Event.PASSED, later(60))

    assert after(page, Event.PASSED, later(-3600)) is page
    assert after(page, Event.PASSED, later(61)) is page


@pytest.mark.rule("B20")
def test_the_hour_that_happens_twice_is_two_hours() -> None:
    zone = ZoneInfo("America/New_York")
    before = datetime(2026, 11, 1, 1, 59, tzinfo=zone)
    behind = datetime(2026, 11, 1, 1, 0, 30, tzinfo=zone, fold=1)

    assert after(replace(CALLED, since=before), Event.PASSED, behind).questions == 1


@pytest.mark.rule("B18")
def test_a_request_waits_for_its_approval_and_names_who_gave_it() -> None:
    page = after(REQUESTED, Event.APPROVED, AIRED, operator="bea")

    assert (page.stage, page.operator, page.since) == (Stage.WAITING, "bea", AIRED)
    assert after(REQUESTED, Event.BEGAN, AIRED) is REQUESTED


@pytest.mark.rule("B18")
def test_a_request_that_nobody_looks_at_is_declined_and_whoever_asked_is_sent_to_a_person() -> None:
    page = after(REQUESTED, Event.PASSED, ASKED + timedelta(minutes=10))
    declined = after(REQUESTED, Event.DECLINED, AIRED, why="the person has gone")

    assert (page.stage, page.why) == (Stage.DECLINED, OVERDUE)
    assert (declined.stage, declined.why) == (Stage.DECLINED, "the person has gone")


def test_what_an_announcer_prepared_waits_for_hours() -> None:
    prepared = replace(REQUESTED, origin=Origin.DESK)

    assert due_s(prepared) == PREPARED_S
    assert after(prepared, Event.PASSED, ASKED + timedelta(hours=1)) is prepared


def test_what_was_not_read_to_its_end_is_read_again() -> None:
    on_air = replace(WAITING, stage=Stage.ON_AIR)

    assert after(on_air, Event.BROKEN, AIRED).stage is Stage.WAITING
    assert due_s(on_air) is None


def test_a_slip_that_nobody_fetches_lapses() -> None:
    slip = after(CALLED, Event.PASSED, later(120))

    assert after(slip, Event.PASSED, slip.since + timedelta(hours=71)) is slip
    assert after(slip, Event.PASSED, slip.since + timedelta(hours=72)).stage is Stage.LAPSED


@pytest.mark.rule("B20")
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", Event)
def test_every_event_has_an_outcome_in_every_stage(stage: Stage, event: Event) -> None:
    page = after(replace(CALLED, stage=stage), event, AIRED + timedelta(days=9))

    assert page.stage is TRANSITIONS[stage][event]
    assert (page.slip is not None) == (page.stage is Stage.SLIP and stage is not Stage.SLIP)
    if stage in OVER:
        assert page.stage is stage


@pytest.mark.rule("B20")
@given(st.lists(st.tuples(st.sampled_from(Event), st.integers(0, 90)), max_size=25))
def test_nobody_is_asked_after_it_is_over_and_nothing_is_asked_twice(events: list[tuple[Event, int]]) -> None:
    page, now = REQUESTED, ASKED.astimezone(UTC)

    for event, seconds in events:
        now += timedelta(seconds=seconds)
        before, page = page, after(page, event, now)
        if before.stage in OVER:
            assert page is before
        if page.stage is before.stage:
            assert page.questions in (before.questions, before.questions + 1)
        if page.stage is Stage.SLIP and before.stage is Stage.CALLED:
            assert (now - before.since).total_seconds() >= 120
        if page.slip is not None and before.slip is not None:
            assert page.slip is before.slip
