"""When a shift is still to be handed over (S17)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from kiosk.rules.service.handover import missed
from tests.ledger.values import SHANGHAI

DAY = date(2026, 11, 23)
ENDS = (time(17), time(22))


def at(text: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), SHANGHAI)


def due(now: str, *written: datetime, ends: tuple[time, ...] = ENDS, closed: tuple[date, ...] = ()) -> datetime | None:
    return missed(ends, written, at(now), lambda day: day not in closed)


@pytest.mark.rule("S17")
def test_from_the_end_of_a_shift_on_its_handover_is_missed_until_it_is_written() -> None:
    late = at("22:00", DAY - timedelta(days=1))

    assert due("16:59", late) is None
    assert due("17:00", late) == at("17:00")
    assert due("21:59", late) == at("17:00")
    assert due("21:59", late, at("17:20")) is None
    assert due("17:00", late, at("16:10")) is None, "it was written a little early"
    assert due("17:00", late, at("15:30")) == at("17:00"), "that was for something else"


@pytest.mark.rule("S17")
def test_the_next_end_asks_for_its_own_handover_and_the_evening_before_is_not_forgotten() -> None:
    late = at("22:00", DAY - timedelta(days=1))

    assert due("22:00", at("17:20")) == at("22:00")
    assert due("08:30") == late
    assert due("08:30", late) is None
    assert due("17:05") == at("17:00")


@pytest.mark.rule("S17")
def test_no_shift_ends_in_a_store_that_says_none_or_on_a_day_on_which_it_is_closed() -> None:
    assert due("23:00", ends=()) is None
    assert due("23:00", closed=(DAY, DAY - timedelta(days=1))) is None
    assert due("08:30", closed=(DAY - timedelta(days=1),)) is None
