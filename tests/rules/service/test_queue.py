from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.display.sheet_fonts import STAND_IN, shown
from kiosk.rules.people.person import Person, Right
from kiosk.rules.printing.document import words_of
from kiosk.rules.service.queue import (
    TRANSITIONS,
    Event,
    Stage,
    Ticket,
    Topic,
    after,
    ahead_of,
    board,
    call_text,
    may_call,
    next_for,
    ticket_sheet,
    too_early,
)
from kiosk.units import LANGUAGES, Language
from tests.depth import examples

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 11, 23)
BOTH = frozenset(Topic)


def ticket(n: int, topic: Topic = Topic.SERVICE, stage: Stage = Stage.WAITING, calls: int = 0) -> Ticket:
    return Ticket(n, DAY, topic, n, NOW, stage, NOW, calls=calls)


@pytest.mark.rule("S07")
@settings(max_examples=examples(80))
@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8)))
def test_first_come_is_first_served_whatever_the_order_of_the_list(order: list[int], served: set[int]) -> None:
    tickets = [ticket(n, stage=Stage.SERVED if n in served else Stage.WAITING) for n in order]

    found = next_for(tickets, BOTH)

    assert (None if found is None else found.n) == min(set(order) - served, default=None)


@pytest.mark.rule("S07")
def test_a_desk_calls_only_for_what_it_does() -> None:
    tickets = [ticket(1), ticket(2, Topic.RETURNS)]

    assert next_for(tickets, frozenset({Topic.RETURNS})) == tickets[1]
    assert next_for(tickets, BOTH) == tickets[0]
    assert next_for(tickets[:1], frozenset({Topic.RETURNS})) is None


@pytest.mark.rule("S07")
def test_whoever_comes_back_keeps_the_place_of_the_old_number() -> None:
    stage = after(Stage.NO_SHOW, Event.BACK)

    assert stage is Stage.WAITING
    assert next_for([ticket(3), replace(ticket(1), stage=stage), ticket(2)], BOTH) == ticket(1)


def test_what_is_not_in_the_table_changes_nothing_and_every_stage_is_reached() -> None:
    for stage, event in product(Stage, Event):
        assert (after(stage, event) is None) == ((stage, event) not in TRANSITIONS)
    assert set(TRANSITIONS.values()) == set(Stage)
    assert {event for _, event in TRANSITIONS} == set(Event)


@pytest.mark.rule("S07")
def test_nobody_is_given_up_before_a_second_call_and_a_minute() -> None:
    called = ticket(7, stage=Stage.CALLED, calls=1)

    assert "called once only" in too_early(called, NOW + timedelta(minutes=5))
    assert too_early(replace(called, calls=2), NOW + timedelta(seconds=20)) == "A007 was called a moment ago: wait 40 s"
    assert too_early(replace(called, calls=2), NOW + timedelta(seconds=60)) == ""


@pytest.mark.rule("S07")
def test_who_is_called_and_who_is_next_are_told_in_one_breath() -> None:
    called, following = replace(ticket(12, Topic.RETURNS), desk=2), ticket(13)

    said = [call_text(called, following, language) for language in LANGUAGES]

    assert said == [
        "请R012号到2号柜台。请A013号做好准备。",
        "請R012號到2號櫃檯。請A013號準備。",
        "Number R012, please come to desk 2. Number A013, please get ready.",
    ]
    assert call_text(called, None, Language("en")) == "Number R012, please come to desk 2."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_tells_its_number_and_how_many_come_before(language: Language) -> None:
    sheet = ticket_sheet(ticket(12), 4, "和风百货", language)

    text = "".join(words_of(sheet))

    assert "A012" in text
    assert "4" in text
    assert STAND_IN not in shown(text)


def test_who_waits_before_somebody_is_counted() -> None:
    tickets = [ticket(1, stage=Stage.CALLED), ticket(2), ticket(3), ticket(4)]

    assert ahead_of(tickets[2], tickets) == 1


def test_the_newest_call_stands_first_on_the_board() -> None:
    calls = [replace(ticket(n, stage=Stage.CALLED), since=NOW + timedelta(seconds=n)) for n in (1, 2)]

    assert board([ticket(4), *calls, ticket(3)]) == ((calls[1], calls[0]), (ticket(3), ticket(4)))


def test_clerks_who_are_trained_call_numbers() -> None:
    clerk = Person("mei", "李梅", frozenset({Right.CLERK}), trained_on=DAY)

    assert may_call(clerk, DAY) == ""
    assert may_call(Person("tao", "陈涛", frozenset({Right.SUPERVISOR})), DAY) == ""
    assert "training is missing" in may_call(replace(clerk, trained_on=None), DAY)
    assert "a clerk of the service desk or the supervisor may" in may_call(replace(clerk, removed=True), DAY)
    assert "a clerk" in may_call(Person("bags", "吴包", frozenset({Right.BAGS}), trained_on=DAY), DAY)
