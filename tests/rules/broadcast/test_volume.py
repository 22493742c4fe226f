from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.volume import LIFT_DB, QuietHours, Volume, VolumePlan
from kiosk.units import ZoneId
from tests.rules.broadcast.studio import BERLIN, SATURDAY, business_day, later, moment

HALL, STREET = ZoneId("hall"), ZoneId("street")
OWN = {HALL: -6.0, STREET: -10.0}
EVENING = QuietHours(time(21, 0), time(8, 0), -20.0)
NOON = QuietHours(time(12, 0), time(14, 0), -15.0, (STREET,))


def a_day(**volumes: float) -> BusinessDay:
    """09:00 to 22:00, the volumes are those of its second daypart, from 18:00 on."""
    day = business_day("09:00", "09:10", "18:00", "21:50", "22:00")
    wanted = {ZoneId(zone): volume_db for zone, volume_db in volumes.items()}
    phases = day.day_type.dayparts
    dayparts = (phases[0], replace(phases[1], volumes=wanted))
    return replace(day, day_type=replace(day.day_type, dayparts=dayparts))


@pytest.mark.rule("B15")
def test_each_zone_has_its_own_volume_where_the_day_says_nothing() -> None:
    volumes = VolumePlan(OWN).at(a_day(hall=-9.0), moment("10:00"))

    assert volumes == {HALL: Volume(-6.0, -6.0, -6.0), STREET: Volume(-10.0, -10.0, -10.0)}


@pytest.mark.rule("B15")
def test_a_daypart_may_be_softer_in_a_zone_and_announcements_stay_clear() -> None:
    volumes = VolumePlan(OWN).at(a_day(hall=-9.0), moment("18:00"))

    assert volumes[HALL] == Volume(-9.0, -6.0, -6.0)
    assert volumes[STREET] == Volume(-10.0, -10.0, -10.0)


@pytest.mark.rule("B15")
def test_announcements_over_much_softer_music_startle_nobody() -> None:
    assert VolumePlan(OWN).at(a_day(hall=-30.0), moment("18:00"))[HALL].announcement_db == -30.0 + LIFT_DB


@pytest.mark.rule("B15")
def test_a_daypart_may_be_louder_and_announcements_rise_with_the_music() -> None:
    assert VolumePlan(OWN).at(a_day(hall=-2.0), moment("18:00"))[HALL] == Volume(-2.0, -2.0, -2.0)


@pytest.mark.rule("B15")
def test_while_the_neighbours_rest_nothing_is_louder_than_the_ceiling_but_an_evacuation() -> None:
    volumes = VolumePlan(OWN, (EVENING,)).at(a_day(), moment("21:00"))

    assert volumes[HALL] == Volume(-20.0, -20.0, -6.0)


@pytest.mark.rule("B15")
@pytest.mark.rule("B10")
def test_an_evacuation_may_be_louder_than_anything_else_in_a_zone_and_never_softer() -> None:
    plan = VolumePlan(OWN, (EVENING,), {HALL: 0.0, STREET: -30.0})

    volumes = plan.at(a_day(hall=-9.0), moment("21:30"))

    assert volumes[HALL] == Volume(-20.0, -20.0, 0.0)
    assert volumes[STREET].evacuation_db == -10.0


@pytest.mark.parametrize(
    ("at", "quiet"), [("20:59:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("08:00", False)]
)
def test_quiet_hours_may_last_past_midnight(at: str, quiet: bool) -> None:
    assert (VolumePlan(OWN, (EVENING,)).at(None, moment(at))[HALL].music_db == -20.0) is quiet


@pytest.mark.rule("B15")
def test_quiet_hours_may_concern_the_zones_that_the_neighbours_hear_only() -> None:
    volumes = VolumePlan(OWN, (NOON,)).at(None, moment("12:30"))

    assert (volumes[HALL].music_db, volumes[STREET].music_db) == (-6.0, -15.0)


@pytest.mark.rule("B15")
def test_of_two_ceilings_the_lower_one_holds() -> None:
    lower = replace(NOON, start=time(12, 30), ceiling_db=-25.0)

    assert VolumePlan(OWN, (NOON, lower)).at(None, moment("13:00"))[STREET].music_db == -25.0


@pytest.mark.rule("B15")
def test_the_next_change_is_the_next_phase_or_the_next_quiet_hour() -> None:
    plan, day = VolumePlan(OWN, (EVENING, NOON)), a_day(hall=-9.0)

    assert plan.next_change(day, moment("09:10")) == moment("12:00")
    assert plan.next_change(day, moment("14:00")) == moment("18:00")
    assert plan.next_change(day, moment("18:00")) == moment("21:00")
    assert plan.next_change(None, moment("21:00")) == moment("08:00", on=SATURDAY + timedelta(days=1))
    assert VolumePlan(OWN).next_change(None, moment("10:00")) is None


@pytest.mark.rule("B15")
def test_in_the_night_after_the_day_the_zones_have_their_own_volume() -> None:
    assert VolumePlan(OWN).at(a_day(hall=-9.0), moment("22:00"))[HALL].music_db == -6.0


DECIBELS = st.floats(-60, 0)
CLOCKS = st.times()
MOMENTS = st.integers(0, 48 * 3600).map(lambda seconds: later(moment("00:00", zone=BERLIN), seconds))


@pytest.mark.rule("B15")
@given(own=DECIBELS, wanted=DECIBELS, ceiling=DECIBELS, start=CLOCKS, end=CLOCKS, at=MOMENTS)
def test_whatever_the_store_chooses_announcements_stand_out_and_the_ceiling_holds(
    own: float, wanted: float, ceiling: float, start: time, end: time, at: datetime
) -> None:
    quiet = QuietHours(start, end, ceiling)
    volume = VolumePlan({HALL: own}, (quiet,)).at(a_day(hall=wanted), at)[HALL]

    assert volume.music_db <= volume.announcement_db <= volume.music_db + LIFT_DB + 1e-9
    assert volume.evacuation_db >= max(own, volume.announcement_db)
    if quiet.rule_at(at):
        assert volume.announcement_db <= ceiling


@pytest.mark.rule("B15")
@given(at=MOMENTS, start=CLOCKS, end=CLOCKS)
def test_between_two_changes_no_volume_changes(at: datetime, start: time, end: time) -> None:
    plan, day = VolumePlan(OWN, (QuietHours(start, end, -30.0),)), a_day(hall=-9.0)

    change = plan.next_change(day, at)

    assert change is not None
    assert change.timestamp() > at.timestamp()
    before = later(at, (change.timestamp() - at.timestamp()) * 0.999)
    assert plan.at(day, before) == plan.at(day, at)
