from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.broadcast.day import BusinessDay, Shift
from kiosk.rules.broadcast.material import AirClass, Script
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.units import ScriptId
from tests.rules.broadcast.studio import BERLIN, NEW_YORK, SATURDAY, announcement, business_day, item, later, moment

DAY_SHOP = business_day("09:00", "09:10", "21:50", "22:00")
NIGHT_SHOP = business_day("18:00", "18:10", "01:50", "02:00")


@pytest.mark.rule("B05")
@pytest.mark.rule("B19")
def test_the_day_begins_with_the_welcome_and_ends_when_the_doors_close() -> None:
    day = business_day("09:00", "09:10", "14:00", "21:50", "22:00")

    assert (day.opens, day.closes) == (moment("09:00"), moment("22:00"))
    assert [phase.start for phase in day.day_type.phases()] == [time(9), time(9, 10), time(14), time(21, 50)]


def test_times_before_the_opening_belong_to_the_night_after_it() -> None:
    sunday = SATURDAY.replace(day=22)

    assert NIGHT_SHOP.moment(time(1, 30)) == moment("01:30", on=sunday)
    assert NIGHT_SHOP.moment(time(23, 30)) == moment("23:30")
    assert NIGHT_SHOP.closes == moment("02:00", on=sunday)
    assert NIGHT_SHOP.end_moment(NIGHT_SHOP.day_type.dayparts[0]) == moment("01:50", on=sunday)


@pytest.mark.parametrize(
    ("shop", "at", "date_of_it"),
    [
        (DAY_SHOP, "08:59", 21),  # just before the opening
        (DAY_SHOP, "09:00", 21),
        (DAY_SHOP, "22:01", 21),
        (DAY_SHOP, "00:30", 22),  # nearer to the doors' closing than to the opening
        (NIGHT_SHOP, "17:59", 21),
        (NIGHT_SHOP, "01:59", 22),
        (NIGHT_SHOP, "02:01", 22),
    ],
)
def test_a_time_outside_the_hours_is_meant_on_the_day_on_which_it_is_nearer_to_them(
    shop: BusinessDay, at: str, date_of_it: int
) -> None:
    assert shop.near_moment(time.fromisoformat(at)) == moment(at, on=SATURDAY.replace(day=date_of_it))


def test_a_store_that_never_closes_closes_when_its_next_day_begins() -> None:
    day = business_day("06:00", "06:05", "05:50", "06:00")

    assert day.closes == moment("06:00", on=SATURDAY.replace(day=22))
    assert day.closes.timestamp() - day.opens.timestamp() == 86_400.0


@pytest.mark.parametrize(
    ("on", "zone", "hours"),
    [
        (date(2026, 3, 28), BERLIN, 6),
        (date(2026, 10, 24), BERLIN, 8),
        (date(2026, 3, 7), NEW_YORK, 6),
        (date(2026, 10, 31), NEW_YORK, 8),
        (date(2026, 10, 31), BERLIN, 7),
    ],
)
def test_a_night_lasts_as_long_as_its_clocks_make_it(on: date, zone: ZoneInfo, hours: int) -> None:
    day: BusinessDay = business_day("22:00", "22:10", "04:50", "05:00", on=on, zone=zone)

    assert day.closes.timestamp() - day.opens.timestamp() == hours * 3600.0


@pytest.mark.rule("B18")
@pytest.mark.parametrize(
    ("at", "staffed"),
    [("08:29", False), ("08:30", True), ("11:59", True), ("12:00", False), ("13:59", False), ("14:00", True),
     ("21:59", True), ("22:00", False)],
)  # fmt: skip
def test_the_room_is_staffed_in_the_morning_and_from_two_until_the_doors_close(at: str, staffed: bool) -> None:
    day = business_day("09:00", "09:10", "14:00", "21:50", "22:00")

    assert day.is_staffed(moment(at)) is staffed


@pytest.mark.rule("B18")
def test_a_night_shop_is_staffed_past_midnight_as_it_says() -> None:
    sunday = SATURDAY.replace(day=22)
    shifts = (Shift(time(17, 30), time(23)), Shift(time(23, 30), time(0, 30)), Shift(time(1)))
    night = replace(NIGHT_SHOP, day_type=replace(NIGHT_SHOP.day_type, staffed=shifts))

    assert night.is_staffed(moment("17:45"))
    assert night.is_staffed(moment("23:45"))
    assert night.is_staffed(moment("00:15", on=sunday))
    assert not night.is_staffed(moment("00:45", on=sunday))
    assert night.is_staffed(moment("01:30", on=sunday))
    assert not night.is_staffed(moment("02:00", on=sunday))


# what the programme is made of


@pytest.mark.rule("B07")
@pytest.mark.parametrize(
    ("valid_from", "valid_until", "valid"),
    [
        (None, None, True),
        (SATURDAY, SATURDAY, True),
        (SATURDAY.replace(day=22), None, False),
        (None, SATURDAY.replace(day=20), False),
        (SATURDAY.replace(day=1), SATURDAY.replace(day=30), True),
    ],
)
def test_a_campaign_is_in_the_binder_from_its_first_day_to_its_last(
    valid_from: date | None, valid_until: date | None, valid: bool
) -> None:
    script = Script(ScriptId("promo"), {}, {}, AirClass.ROUTINE, valid_from=valid_from, valid_until=valid_until)

    assert script.valid_on(SATURDAY) is valid


@pytest.mark.rule("B09")
def test_an_announcement_lasts_as_long_as_its_three_parts() -> None:
    assert announcement("promo", 20.0).duration_s == pytest.approx(20.0)


def test_an_item_knows_how_long_it_lasts_and_how_far_it_is_from_its_due_moment() -> None:
    promo: Item = item("promo", AirClass.ROUTINE, moment("10:00:30"), 20.0)

    assert promo.kind is Kind.ANNOUNCEMENT
    assert promo.duration_s == 20.0
    assert promo.error_s is None
    assert replace(promo, due=moment("10:00")).error_s == 30.0
    assert replace(promo, due=moment("10:01")).error_s == -30.0


def test_an_item_that_sounds_while_the_clocks_go_back_keeps_its_length() -> None:
    begin = moment("01:59", on=date(2026, 11, 1), zone=NEW_YORK)
    night = item("night", AirClass.MUSIC, begin, 200.0)

    assert night.end == later(begin, 200.0)
    assert f"{night.end:%H:%M:%S}" == "01:02:20"
    assert night.duration_s == 200.0
