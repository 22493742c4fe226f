from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from kiosk.config.site import Site
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.power import Unit
from tests import sites
from tests.stories.conftest import office_of
from tests.stories.shop import MONDAY, Shop, played, real_start, seconds_between

TUESDAY = MONDAY + timedelta(days=1)
PUNCTUAL_S = 5.0


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    shop.opens_at("08:55").until("10:30").into_a_song(20.0)
    return shop


@pytest.mark.parametrize("hours", [1, 2], ids=["an hour", "a suspend of two hours"])
def test_a_clock_that_jumps_forwards_goes_on_with_the_programme_of_the_new_time(open_shop: Shop, hours: int) -> None:
    cut_before = open_shop.lines[-1].key
    open_shop.clock_steps(hours * 3600).until("14:30")

    over = next(line for line in open_shop.lines if line.key == cut_before)
    assert over.outcome is Outcome.PLAYED
    for line in played(open_shop.calls("member-day")):
        assert line.due is not None
        assert abs(real_start(line) - line.due.timestamp()) < PUNCTUAL_S
    missed = [line.due for line in open_shop.calls("member-day") if line.outcome is Outcome.SKIPPED]
    assert missed == [open_shop.at(f"{hour}:15") for hour in range(11, 11 + hours)]
    assert len(open_shop.notes("was set")) == 1


def test_a_clock_that_jumps_backwards_repeats_no_announcement(open_shop: Shop) -> None:
    open_shop.clock_steps(-3600).until("12:30")

    due = Counter(line.due for line in open_shop.calls("member-day"))
    assert due == {open_shop.at("10:15"): 1, open_shop.at("11:15"): 1, open_shop.at("12:15"): 1}
    assert {line.outcome for line in open_shop.lines[:-1]} == {Outcome.PLAYED}
    assert all(-3601 < seconds_between(a, b) < 0.2 for a, b in pairwise(open_shop.lines) if a.real_end)


def test_a_clock_that_is_wrong_for_a_minute_costs_no_announcement(open_shop: Shop) -> None:
    open_shop.clock_steps(7200).passes(60).clock_steps(-7200).until("13:00")

    assert [line.due for line in played(open_shop.calls("member-day"))] == [
        open_shop.at(f"{hour}:15") for hour in (10, 11, 12)
    ]


@pytest.mark.rule("B03")
def test_a_clock_that_jumps_to_the_next_day_plays_on_with_that_day(open_shop: Shop) -> None:
    open_shop.clock_steps(24 * 3600).until("12:30", day=TUESDAY)

    open_shop.day = TUESDAY
    assert open_shop.silence_s("10:36", "12:30") < 0.2
    assert [line.due for line in played(open_shop.calls("member-day"))] == [
        open_shop.at(f"{hour}:15") for hour in (11, 12)
    ]


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("years", [10, -10])
def test_a_clock_that_jumps_ten_years_still_keeps_shop(open_shop: Shop, years: int) -> None:
    there = date(MONDAY.year + years, 11, 23)
    open_shop.clock_steps((there - MONDAY).days * 86400).passes(2 * 3600)

    open_shop.day = there
    assert open_shop.silence_s("10:36", "12:25") < 0.2
    assert len(open_shop.notes("was set")) == 1


def test_small_steps_of_ntp_are_no_fuss(open_shop: Shop) -> None:
    orders = len(open_shop.desk.orders)
    open_shop.clock_steps(0.2).passes(600).clock_steps(-0.2).passes(600).until("11:14")

    assert open_shop.notes("was set") == []
    assert len(open_shop.desk.orders) == orders
    open_shop.until("11:20")
    assert abs(real_start(open_shop.last("member-day")) - open_shop.at("11:15").timestamp()) < PUNCTUAL_S


def test_a_step_of_half_a_second_is_made_up_for_by_the_next_plan(open_shop: Shop) -> None:
    open_shop.clock_steps(0.5).until("11:20")

    assert open_shop.notes("was set") == []
    assert abs(real_start(open_shop.last("member-day")) - open_shop.at("11:15").timestamp()) < PUNCTUAL_S
    assert open_shop.silence_s("10:31", "11:20") < 0.6


def test_a_plan_from_before_the_clock_was_set_is_not_followed(open_shop: Shop) -> None:
    open_shop.desk.takes_s = 5.0
    open_shop.press("promo").clock_steps(3600).until("12:30")

    for line in played(open_shop.calls("member-day")):
        if line.due is not None:
            assert abs(real_start(line) - line.due.timestamp()) < PUNCTUAL_S


def test_a_clock_set_back_before_the_opening_waits_for_it_with_the_power_off(shop: Shop) -> None:
    shop.opens_at("08:55").until("09:30").into_a_song()
    shop.clock_steps(-3600).until("08:50")
    before = set(shop.relays.on)
    shop.until("09:20")

    assert before == set()
    assert shop.silence_s("09:00", "09:20") < 0.2


def test_a_clock_set_forwards_past_the_closing_switches_off_after_the_song(shop: Shop) -> None:
    shop.opens_at("20:00").into_a_song()
    shop.clock_steps(3 * 3600).passes(600)

    assert shop.relays.on == set()
    assert shop.lines[-1].outcome is Outcome.PLAYED


def test_a_clock_set_during_power_up_keeps_the_delays(shop: Shop) -> None:
    shop.opens_at("11:00").passes(1).clock_steps(1800).passes(60)

    (_, source, _), (_, amplifier, _) = shop.relays.history
    assert (source, amplifier) == (Unit.SOURCE, Unit.AMPLIFIER)
    assert shop.relays.history[1][0] - shop.relays.history[0][0] == pytest.approx(3.0, abs=0.01)


def test_an_opening_that_the_clock_jumps_over_while_no_plan_comes_is_still_kept(shop: Shop) -> None:
    shop.opens_at("08:00")
    shop.desk.fails = "the office is on fire"
    shop.clock_steps(2 * 3600).passes(60)

    assert shop.silence_s("10:00:10", "10:01") < 0.2


@pytest.mark.parametrize("day", [date(2026, 10, 24), date(2026, 3, 28)], ids=["an hour twice", "an hour missing"])
def test_the_night_when_clocks_change_is_one_business_day(make_site: Callable[..., Site], day: date) -> None:
    late = make_site(day_types=sites.DAY_TYPES.replace("22:20:00", "04:20:00").replace("22:30:00", "04:30:00"))
    shop = Shop(office_of(replace(late, time_zone="Europe/Berlin")), day=day).opens_at("22:00")
    shop.until("05:00", day=day + timedelta(days=1))

    heard = list(shop.heard())
    assert all(abs(seconds_between(a, b)) < 0.01 for a, b in pairwise(heard))
    assert heard[-1].real_end is not None
    assert heard[-1].real_end.strftime("%H:%M") in ("04:29", "04:30")
    assert shop.notes("was set") == []
    assert shop.relays.on == set()
