from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.page_watch import (
    OVER,
    TRANSITIONS,
    Ask,
    Event,
    MessageSlip,
    Stage,
    TakeMessage,
    Watch,
    after,
)
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom

AIRED = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
REQUEST = PageRequest(Whom.GUEST, Title.MR, "王小明", Reason.VEHICLE, plate="京A·12345")
CALLED = Watch(REQUEST, "李娜", "13800138000", Stage.CALLED, AIRED)
SLIP = MessageSlip("李娜", "来宾王小明先生", "13800138000", "请回电", AIRED)


def later(seconds: float) -> datetime:
    return AIRED + timedelta(seconds=seconds)


@pytest.mark.rule("B20")
def test_a_page_on_the_air_starts_the_minutes() -> None:
    watch, orders = after(replace(CALLED, stage=Stage.WAITING, aired=None), Event.AIRED, AIRED)

    assert watch == CALLED
    assert orders == ()


@pytest.mark.rule("B20")
def test_the_desk_is_asked_after_a_minute_and_takes_a_message_after_two() -> None:
    heard: dict[int, object] = {}
    watch = CALLED

    for second in range(0, 200):
        watch, orders = after(watch, Event.MINUTE, later(second))
        heard.update((second, order) for order in orders)

    assert heard == {
        60: Ask(1),
        120: TakeMessage(MessageSlip("李娜", "来宾王小明先生", "13800138000", "vehicle 京A·12345", AIRED)),
    }
    assert watch.stage is Stage.TAKING


@pytest.mark.rule("B20")
def test_not_yet_is_no_answer() -> None:
    watch, _ = after(CALLED, Event.MINUTE, later(60))
    watch, orders = after(watch, Event.NOT_YET, later(65))
    assert orders == ()

    watch, orders = after(watch, Event.MINUTE, later(121))

    assert watch.stage is Stage.TAKING
    assert isinstance(orders[0], TakeMessage)


@pytest.mark.rule("B20")
def test_somebody_who_comes_is_not_asked_for_again() -> None:
    watch, _ = after(CALLED, Event.ANSWERED, later(30))

    assert watch.stage is Stage.REACHED
    assert after(watch, Event.MINUTE, later(300)) == (watch, ())


@pytest.mark.rule("B20")
def test_paging_once_more_starts_the_minutes_anew() -> None:
    watch, _ = after(CALLED, Event.MINUTE, later(60))
    watch, _ = after(watch, Event.AIRED, later(90))

    assert after(watch, Event.MINUTE, later(125)) == (watch, ())
    assert after(watch, Event.MINUTE, later(150))[1] == (Ask(1),)
    assert after(watch, Event.MINUTE, later(210))[0].stage is Stage.TAKING


@pytest.mark.rule("B20")
def test_the_slip_is_written_then_delivered() -> None:
    taking = replace(CALLED, stage=Stage.TAKING)

    written, _ = after(taking, Event.WRITTEN, later(150), slip=SLIP)
    delivered, _ = after(written, Event.DELIVERED, later(900))

    assert (written.stage, written.slip) == (Stage.SLIP, SLIP)
    assert (delivered.stage, delivered.slip) == (Stage.DELIVERED, SLIP)
    assert after(taking, Event.WRITTEN, later(150)) == (taking, ())


@pytest.mark.rule("B20")
def test_a_page_without_a_reason_leaves_the_message_open() -> None:
    plain = replace(CALLED, request=PageRequest(Whom.STAFF, Title.MS, "李娜"))
    friend = replace(CALLED, request=PageRequest(Whom.STAFF, Title.MS, "李娜", Reason.FRIEND))

    whats = [order.draft.what for one in (plain, friend) for order in after(one, Event.MINUTE, later(120))[1]
             if isinstance(order, TakeMessage)]  # fmt: skip

    assert whats == ["", "friend"]


@pytest.mark.rule("B20")
def test_the_store_may_set_other_minutes() -> None:
    watch, orders = after(CALLED, Event.MINUTE, later(30), ask_every_s=30, message_after_s=90)

    assert orders == (Ask(1),)
    assert after(watch, Event.MINUTE, later(90), ask_every_s=30, message_after_s=90)[0].stage is Stage.TAKING


@pytest.mark.rule("B20")
def test_a_watch_that_slept_through_a_minute_asks_once() -> None:
    watch, orders = after(CALLED, Event.MINUTE, later(119), ask_every_s=30, message_after_s=120)

    assert orders == (Ask(3),)
    assert after(watch, Event.MINUTE, later(119), ask_every_s=30, message_after_s=120) == (watch, ())


@pytest.mark.rule("B20")
def test_a_clock_that_steps_back_asks_nothing_twice() -> None:
    watch, _ = after(CALLED, Event.MINUTE, later(60))

    assert after(watch, Event.MINUTE, later(-3600)) == (watch, ())
    assert after(watch, Event.MINUTE, later(61)) == (watch, ())


@pytest.mark.rule("B20")
def test_the_hour_that_happens_twice_is_two_hours() -> None:
    zone = ZoneInfo("America/New_York")
    before = datetime(2026, 11, 1, 1, 59, tzinfo=zone)
    behind = datetime(2026, 11, 1, 1, 0, 30, tzinfo=zone, fold=1)

    _, orders = after(replace(CALLED, aired=before), Event.MINUTE, behind)

    assert orders == (Ask(1),)


@pytest.mark.rule("B20")
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", Event)
def test_every_event_has_an_outcome_in_every_stage(stage: Stage, event: Event) -> None:
    aired = None if stage is Stage.WAITING else AIRED

    watch, orders = after(replace(CALLED, stage=stage, aired=aired), event, later(500), slip=SLIP)

    assert watch.stage is TRANSITIONS[stage][event]
    assert bool(orders) == (stage is Stage.CALLED and event is Event.MINUTE)
    if stage in OVER:
        assert watch.stage is stage


@pytest.mark.rule("B20")
@given(st.lists(st.tuples(st.sampled_from(Event), st.integers(0, 90)), max_size=25))
def test_nobody_is_asked_after_it_is_over_and_nothing_is_asked_twice(events: list[tuple[Event, int]]) -> None:
    watch, now = replace(CALLED, stage=Stage.WAITING, aired=None), AIRED.astimezone(UTC)
    asked: list[int] = []

    for event, seconds in events:
        now += timedelta(seconds=seconds)
        before = watch
        watch, orders = after(watch, event, now, slip=SLIP)
        if watch.aired != before.aired:
            asked = []
        asked += [order.minute for order in orders if isinstance(order, Ask)]
        if before.stage in OVER:
            assert (watch, orders) == (before, ())
        if watch.stage is Stage.TAKING and before.stage is Stage.CALLED:
            assert watch.aired is not None
            assert (now - watch.aired).total_seconds() >= 120

    assert asked == sorted(set(asked))
