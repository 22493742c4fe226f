from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from kiosk.config.site import Site
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Kind
from tests import sites
from tests.stories.conftest import office_of
from tests.stories.shop import MONDAY, Shop, played, real_start, seconds_between

TUESDAY = MONDAY + timedelta(days=1)
PUNCTUAL_S = 5.0  # what thirty songs can do; the planner's own tests hold it to less


@pytest.mark.rule("B03")
def test_a_weekday_is_never_silent_while_the_store_is_open(shop: Shop) -> None:
    shop.opens_at("08:00").until("23:00")

    assert shop.silence_s("09:00", "22:00") < 0.2
    assert len(played(shop.lines)) == len(shop.lines)


@pytest.mark.rule("B05")
def test_the_welcome_music_sounds_from_nine_to_ten_past(shop: Shop) -> None:
    shop.opens_at("08:00").until("09:30")

    welcome = [line for line in shop.lines if line.kind is Kind.WELCOME]
    assert real_start(welcome[0]) == pytest.approx(shop.at("09:00").timestamp(), abs=0.01)
    assert welcome[-1].real_end is not None
    assert welcome[-1].real_end.timestamp() == pytest.approx(shop.at("09:10").timestamp(), abs=0.01)
    assert {line.id for line in welcome} == {"welcome"}


@pytest.mark.rule("B06")
def test_the_binder_is_aired_every_hour_of_its_window_on_time(shop: Shop) -> None:
    shop.opens_at("08:00").until("23:00")

    calls = shop.calls("member-day")
    assert [line.due for line in calls] == [shop.at(f"{hour}:15") for hour in range(10, 21)]
    for line in calls:
        assert line.due is not None
        assert abs(real_start(line) - line.due.timestamp()) < PUNCTUAL_S


@pytest.mark.rule("B07")
def test_a_campaign_that_is_over_leaves_the_binder_and_cannot_be_asked_for(
    make_site: Callable[..., Site],
) -> None:
    ended = make_site(binder=("valid_until = 2026-12-31", "valid_until = 2026-11-22"))
    shop = Shop(office_of(ended)).opens_at("08:00").until("10:30")

    shop.press("promo").until("12:00")

    assert shop.calls("member-day") == []
    (refused,) = shop.notes("is refused")
    assert refused.subject == "member-day"
    assert "today's binder" in refused.details["why"]


@pytest.mark.rule("B08")
def test_no_song_is_cut_and_every_announcement_stands_between_two_songs(shop: Shop) -> None:
    shop.opens_at("08:00").until("23:00")

    assert {line.outcome for line in shop.lines} == {Outcome.PLAYED}
    for earlier, later in pairwise(shop.lines):
        assert seconds_between(earlier, later) == pytest.approx(0.0, abs=0.001)


@pytest.mark.rule("B09")
def test_an_announcement_is_prelude_script_and_postlude_in_one(shop: Shop) -> None:
    shop.opens_at("08:00").until("10:20")

    (line,) = shop.calls("member-day")
    assert line.real_start is not None
    assert line.real_end is not None
    assert (line.real_end - line.real_start).total_seconds() == pytest.approx(2.5 + 16.25 + 0.4 + 2.5, abs=0.01)
    assert line.phase == "postlude"


@pytest.mark.rule("B19")
def test_closing_call_and_closing_music_come_before_the_doors_close_and_then_silence(shop: Shop) -> None:
    shop.opens_at("08:00").until("23:00")

    (call,) = shop.calls("closing-30")
    assert abs(real_start(call) - shop.at("21:30").timestamp()) < PUNCTUAL_S
    closing = [line for line in shop.lines if line.kind is Kind.CLOSING]
    assert {line.id for line in closing} == {"closing"}
    assert real_start(closing[0]) == pytest.approx(shop.at("21:50").timestamp(), abs=PUNCTUAL_S)
    assert shop.lines[-1] == closing[-1]
    assert closing[-1].real_end is not None
    assert closing[-1].real_end.timestamp() == pytest.approx(shop.at("22:00").timestamp(), abs=1.0)


@pytest.mark.rule("B02")
def test_the_equipment_goes_on_in_order_before_the_first_note_and_off_in_order_after_the_last(shop: Shop) -> None:
    shop.opens_at("08:00").until("23:00")

    moves = [(unit, on) for _, unit, on in shop.relays.history]
    assert moves == [(Unit.SOURCE, True), (Unit.AMPLIFIER, True), (Unit.AMPLIFIER, False), (Unit.SOURCE, False)]
    source_on, amplifier_on, amplifier_off, source_off = (at for at, _, _ in shop.relays.history)
    first, last = 3600.0, 14 * 3600.0
    assert amplifier_on - source_on == pytest.approx(3.0)
    assert first - amplifier_on >= 2.0
    assert amplifier_off - last >= 1.999
    assert source_off - amplifier_off == pytest.approx(3.0)


@pytest.mark.rule("B02")
def test_two_days_with_one_running_role_are_alike_and_the_night_between_is_off(shop: Shop) -> None:
    shop.opens_at("08:00").until("23:30")
    off_at_night = set(shop.relays.on)
    shop.until("23:30", day=TUESDAY)

    assert off_at_night == set()
    assert shop.relays.on == set()
    assert len(shop.relays.history) == 8
    shop.day = TUESDAY
    assert shop.silence_s("09:00", "22:00") < 0.2
    assert len(shop.calls("member-day")) == 11
    assert {line.outcome for line in shop.lines} == {Outcome.PLAYED}
    assert len(shop.announcer.warnings) <= 6


def test_a_day_costs_one_plan(shop: Shop) -> None:
    shop.opens_at("08:00").until("21:59")

    assert len(shop.desk.orders) == 1


@pytest.mark.rule("B03")
def test_a_role_that_starts_at_three_past_ten_plays_as_soon_as_the_equipment_is_on(shop: Shop) -> None:
    shop.opens_at("10:03").until("10:40")

    first = shop.lines[0] if shop.lines[0].real_start else next(iter(shop.heard()))
    assert real_start(first) - shop.at("10:03").timestamp() == pytest.approx(5.0, abs=0.1)
    assert shop.silence_s("10:03:05.1", "10:40") < 0.2
    assert abs(real_start(shop.last("member-day")) - shop.at("10:15").timestamp()) < PUNCTUAL_S


@pytest.mark.rule("B06")
def test_what_was_due_before_a_late_start_is_accounted_for_as_skipped(shop: Shop) -> None:
    shop.opens_at("12:30").until("23:00")

    skipped = [line for line in shop.lines if line.outcome is Outcome.SKIPPED]
    assert [line.due for line in skipped] == [shop.at("10:15"), shop.at("11:15"), shop.at("12:15")]
    assert all(line.reason for line in skipped)
    assert len(played(shop.calls("member-day"))) == 8


def test_what_was_due_within_the_grace_before_a_late_start_is_still_aired(shop: Shop) -> None:
    shop.opens_at("10:18").until("10:25")

    assert real_start(shop.last("member-day")) - shop.at("10:18").timestamp() < 6.0


@pytest.mark.rule("B19")
def test_a_role_that_starts_five_minutes_before_the_doors_close_plays_the_closing_music(shop: Shop) -> None:
    shop.opens_at("21:55").until("23:00")

    heard = list(shop.heard())
    assert {line.kind for line in heard} == {Kind.CLOSING}
    assert heard[-1].real_end is not None
    assert heard[-1].real_end.timestamp() == pytest.approx(shop.at("22:00").timestamp(), abs=1.0)
    assert shop.relays.on == set()


@pytest.mark.rule("B02")
def test_a_role_that_starts_at_night_stays_off_until_the_next_morning(shop: Shop) -> None:
    shop.opens_at("23:00").until("08:59", day=TUESDAY)
    before = list(shop.relays.history)
    shop.until("09:00:01", day=TUESDAY)

    assert before == []
    assert [line.kind for line in shop.lines_of(TUESDAY)] == [Kind.WELCOME]
    assert shop.lines == ()


def test_a_day_past_midnight_belongs_to_the_date_on_which_it_began(make_site: Callable[..., Site]) -> None:
    late = make_site(
        day_types=sites.DAY_TYPES.replace("21:50:00", "23:50:00").replace("22:00:00", "00:30:00"),
    )
    shop = Shop(office_of(late)).opens_at("08:00").until("01:00", day=TUESDAY)

    assert shop.lines_of(TUESDAY) == ()
    assert shop.lines[-1].real_end is not None
    assert shop.lines[-1].real_end.timestamp() == pytest.approx(shop.at("00:30", day=TUESDAY).timestamp(), abs=1.0)
    assert shop.relays.on == set()


def test_a_store_that_never_closes_goes_from_day_to_day(make_site: Callable[..., Site]) -> None:
    always = make_site(
        day_types=sites.DAY_TYPES.replace(
            "closing = { start = 21:50:00, end = 22:00:00", "closing = { start = 21:50:00, end = 09:00:00"
        ),
    )
    shop = Shop(office_of(always)).opens_at("20:00").until("12:00", day=TUESDAY)

    gaps = [seconds_between(a, b) for a, b in pairwise([*shop.heard(), *shop.lines_of(TUESDAY)]) if a.real_end]
    assert max(gaps) < 0.05
    assert shop.lines_of(TUESDAY)[0].kind is Kind.MUSIC, "nobody comes in from a closed store"
    assert all(line.air_class is AirClass.MUSIC or line.outcome is not Outcome.CUT for line in shop.lines)
