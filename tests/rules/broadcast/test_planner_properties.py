from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import TONE_BED, AirClass, Song
from kiosk.rules.broadcast.planner import Appointment, Brief, plan_day
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.rules.broadcast.rotation import Heard
from kiosk.units import PlaylistId
from tests.depth import examples
from tests.rules.broadcast.studio import (
    BERLIN,
    CLOSING,
    MUSIC,
    NEW_YORK,
    SHANGHAI,
    WELCOME,
    appointment,
    brief,
    business_day,
    later,
    library,
    songs,
)

EVENING = PlaylistId("evening")
FADING = (Kind.WELCOME, Kind.CLOSING, Kind.FILLER, Kind.TONE_BED)
DAYS = [
    business_day("09:00", "09:10", "11:50", "12:00", zone=SHANGHAI),
    business_day("09:00", "09:10", "10:30", "11:50", "12:00", playlists=[MUSIC, EVENING]),
    business_day("22:00", "22:05", "00:30", "02:50", "03:00", playlists=[EVENING, MUSIC]),
    business_day("23:00", "23:05", "04:50", "05:00", on=date(2026, 3, 28), zone=BERLIN),
    business_day("23:00", "23:05", "04:50", "05:00", on=date(2026, 10, 24), zone=BERLIN),
    business_day(
        "00:30", "00:35", "02:20", "03:50", "04:00", on=date(2026, 3, 8), zone=NEW_YORK, playlists=[MUSIC] * 2
    ),
    business_day(
        "00:30", "00:35", "01:30", "03:50", "04:00", on=date(2026, 11, 1), zone=NEW_YORK, playlists=[MUSIC] * 2
    ),
]
LENGTHS_S = st.integers(200, 6000).map(lambda tenths: tenths / 10)


@st.composite
def libraries(draw: st.DrawFn) -> Mapping[PlaylistId, tuple[Song, ...]]:
    """Anything from no song at all to a dozen in each playlist."""
    sizes = {WELCOME: 2, MUSIC: 12, EVENING: 6, CLOSING: 2}
    return {name: songs(*draw(st.lists(LENGTHS_S, max_size=most)), name=name) for name, most in sizes.items()}


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """Announcements before, during and after the day, some at one moment; planned whole or from a moment of it."""
    day = draw(st.sampled_from(DAYS))
    lasts_s = int(day.closes.timestamp() - day.opens.timestamp())
    dues = draw(st.lists(st.integers(-600, lasts_s + 600), max_size=8))
    twice = draw(st.sampled_from([[], dues[:1]]))
    appointments = [
        appointment(later(day.opens, due_s), f"promo-{number}", draw(st.sampled_from([5.0, 20.0, 75.0])))
        for number, due_s in enumerate([*dues, *twice])
    ]
    begin = draw(st.none() | st.integers(-600, lasts_s + 60).map(lambda due_s: later(day.opens, due_s)))
    heard: tuple[Heard, ...] = ()
    playlists = draw(libraries())
    if begin is not None and playlists[MUSIC] and draw(st.booleans()):
        lately = begin.timestamp() - draw(st.sampled_from([-100.0, 0.0, 300.0]))
        heard = (Heard(playlists[MUSIC][0].id, lately - 100.0, lately),)
    separation_s = draw(st.sampled_from([0.0, 1200.0, 3600.0]))
    return brief(day, playlists, appointments, separation_s=separation_s, begin=begin, heard=heard)


def first_moment(order: Brief) -> datetime:
    opens = order.day.opens
    return order.begin if order.begin is not None and order.begin.timestamp() > opens.timestamp() else opens


def gap_s(one: Item, other: Item) -> float:
    return other.start.timestamp() - one.end.timestamp()


def phase_ends(day: BusinessDay) -> list[float]:
    phases = (day.day_type.welcome, day.day_type.closing)
    return [day.end_moment(phase).timestamp() for phase in phases if phase is not None]


def spoken(programme: Programme) -> list[Item]:
    return [item for item in programme.items if item.kind is Kind.ANNOUNCEMENT]


@pytest.mark.rule("B03")
@settings(max_examples=examples(120))
@given(order=briefs())
def test_the_planned_day_has_no_hole_and_no_overlap_and_reaches_the_closing_of_the_doors(order: Brief) -> None:
    items = plan_day(order).items

    assert all(abs(gap_s(one, other)) < 0.001 for one, other in pairwise(items))
    assert all(item.duration_s > 0 for item in items)
    assert len({item.key for item in items}) == len(items)
    begin_s, closes_s = first_moment(order).timestamp(), order.day.closes.timestamp()
    if begin_s < closes_s - 0.3:
        assert items[0].start.timestamp() == pytest.approx(begin_s, abs=0.001)
        assert items[-1].end.timestamp() >= closes_s - 0.301
    else:
        assert items == ()


@pytest.mark.rule("B03")
@pytest.mark.rule("B09")
@settings(max_examples=examples(120))
@given(order=briefs())
def test_no_song_is_cut_and_no_announcement_is_taken_apart(order: Brief) -> None:
    for item in plan_day(order).items:
        whole_s = sum(part.duration_s for part in item.parts)
        if item.fade_out_s == 0.0:
            assert item.duration_s == pytest.approx(whole_s, abs=0.001)
        else:
            assert item.kind in FADING
            assert item.duration_s < whole_s
            assert item.fade_out_s <= item.duration_s + 0.001
            at_the_end_of_a_phase = [abs(item.end.timestamp() - end) < 0.001 for end in phase_ends(order.day)]
            assert any(at_the_end_of_a_phase) or item.parts[0].path == TONE_BED


@pytest.mark.rule("B06")
@settings(max_examples=examples(120))
@given(order=briefs())
def test_every_announcement_is_aired_once_in_the_order_of_its_time_or_is_told_to_be_left_out(order: Brief) -> None:
    programme = plan_day(order)

    aired = [item.key for item in spoken(programme)]
    wanted = [one.key for one in sorted(order.appointments, key=lambda one: one.due.timestamp())]
    assert aired == wanted[: len(aired)]
    left_out = [warning for warning in programme.warnings if "not aired, the doors close at" in warning]
    assert len(left_out) == len(wanted) - len(aired)


@pytest.mark.rule("B08")
@settings(max_examples=examples(120))
@given(order=briefs())
def test_whoever_is_early_or_late_is_named_and_nobody_is_earlier_than_a_song_explains(order: Brief) -> None:
    programme = plan_day(order)

    longest_s = max((song.duration_s for own in order.playlists.values() for song in own), default=0.0)
    for item in spoken(programme):
        error_s = item.error_s or 0.0
        assert error_s >= -max(longest_s / 2, 120.0) - 1.0
        named = any(f"{item.due:%H:%M:%S} {item.id}: planned" in warning for warning in programme.warnings)
        assert named == (abs(error_s) > 1.0)


@pytest.mark.rule("B03")
@settings(max_examples=examples(100))
@given(order=briefs())
def test_a_song_comes_again_too_soon_only_if_a_person_is_told(order: Brief) -> None:
    programme = plan_day(order)

    last = {one.song_id: one.end for one in order.heard}
    too_soon = False
    for item in programme.items:
        rest_s = max(0.0, item.start.timestamp() - last.get(item.id, float("-inf")))
        too_soon |= item.kind is Kind.MUSIC and rest_s < order.separation_s - 0.001
        last[item.id] = max(item.end.timestamp(), last.get(item.id, 0.0))
    told = any("min between repeats" in warning for warning in programme.warnings)
    assert told or not too_soon


@pytest.mark.rule("B03")
@settings(max_examples=examples(25))
@given(draw=st.integers(0, 10**9))
def test_a_library_that_allows_it_keeps_the_separation_all_day(draw: int) -> None:
    chance = Random(draw)
    lengths = [round(chance.uniform(60.0, 400.0), 1) for _ in range(45)]

    programme = plan_day(brief(business_day("09:00", "09:10", "15:50", "16:00"), library(*lengths), seed=str(draw)))

    assert [warning for warning in programme.warnings if "repeats" in warning] == []


@pytest.mark.rule("B03")
@settings(max_examples=examples(60))
@given(order=briefs())
def test_the_same_brief_makes_the_same_day(order: Brief) -> None:
    assert plan_day(order) == plan_day(order)


@pytest.mark.rule("B03")
@settings(max_examples=examples(80))
@given(order=briefs(), data=st.data())
def test_a_day_planned_anew_from_any_item_goes_on_without_a_hole_and_leaves_nothing_out(
    order: Brief, data: st.DataObject
) -> None:
    before = plan_day(order)
    if not before.items:
        return
    turn = data.draw(st.integers(0, len(before.items) - 1))
    aired = before.items[: turn + 1]
    begin = later(aired[-1].end, data.draw(st.sampled_from([0.0, 0.4, 37.0])))

    again = plan_day(
        brief(
            order.day,
            order.playlists,
            [one for one in order.appointments if one.key not in {item.key for item in aired}],
            separation_s=order.separation_s,
            begin=begin,
            heard=tuple(
                Heard(item.id, item.start.timestamp(), item.end.timestamp())
                for item in aired
                if item.air_class is AirClass.MUSIC
            ),
        )
    )

    if begin.timestamp() < order.day.closes.timestamp() - 0.3:
        assert again.items[0].start.timestamp() == pytest.approx(begin.timestamp(), abs=0.001)
    assert all(abs(gap_s(one, other)) < 0.001 for one, other in pairwise(again.items))
    announced = [item.key for item in (*aired, *again.items) if item.kind is Kind.ANNOUNCEMENT]
    assert len(announced) == len(set(announced))
    left_out = sum("not aired" in warning for warning in again.warnings)
    assert len(announced) + left_out == len(order.appointments)


@pytest.mark.rule("B03")
@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK], ids=str)
@pytest.mark.parametrize("spring", [True, False], ids=["spring", "autumn"])
def test_a_night_with_a_clock_change_is_planned_for_the_hours_it_really_has(zone: ZoneInfo, spring: bool) -> None:
    nights = {
        (BERLIN, True): date(2026, 3, 28),
        (BERLIN, False): date(2026, 10, 24),
        (NEW_YORK, True): date(2026, 3, 7),
        (NEW_YORK, False): date(2026, 10, 31),
    }
    day = business_day("22:00", "22:10", "04:50", "05:00", on=nights[zone, spring], zone=zone)
    due: list[Appointment] = []
    while not due or due[-1].due.timestamp() < day.closes.timestamp() - 2400.0:
        due.append(appointment(later(day.opens, 1800.0 * (len(due) + 1))))

    programme = plan_day(brief(day, library(), due))

    on_air_s = sum(item.duration_s for item in programme.items)
    assert on_air_s == pytest.approx((6 if spring else 8) * 3600.0, abs=0.001)
    offsets = [f"{item.start:%z}" for item in programme.items]
    assert len({*offsets}) == 2
    assert sum(one != other for one, other in pairwise(offsets)) == 1
    assert all(abs(item.error_s or 0.0) <= 1.0 for item in spoken(programme))


@pytest.mark.rule("B03")
def test_a_day_that_goes_over_midnight_keeps_its_date_and_its_order() -> None:
    day = business_day("18:00", "18:10", "01:50", "02:00")
    due = [
        appointment(day.moment(at)) for at in (day.closes.time().replace(hour=23), day.closes.time().replace(hour=1))
    ]

    programme = plan_day(brief(day, library(), due))

    assert programme.date == day.date
    assert programme.items[-1].end == day.closes
    assert [f"{item.due:%a %H:%M}" for item in spoken(programme)] == ["Sat 23:00", "Sun 01:00"]
    assert all(abs(item.error_s or 0.0) <= 1.0 for item in spoken(programme))
