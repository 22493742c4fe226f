"""A store that stays open over midnight: nobody is told that it closes, and one song follows the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.desks.broadcast.day_plan import UNPLANNED
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from tests import sites
from tests.stories.conftest import office_of
from tests.stories.shop import Shop

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, 27) + timedelta(days=n) for n in range(4))
TITLE = 'title = { zh-CN = "日", zh-TW = "日", en = "Day" }'
WEEKEND = f"""
[[day_types]]
id = "friday"
{TITLE}
welcome = {{ start = 09:00:00, end = 09:10:00, playlist = "welcome" }}
dayparts = [{{ start = 09:10:00, end = 23:50:00, playlist = "day" }}]
closing = {{ start = 23:50:00, end = 00:00:00, playlist = "closing" }}
calls = [{{ at = 23:30:00, script = "closing-30" }}, {{ at = 12:00:00, script = "closing-30" }}]

[[day_types]]
id = "saturday"
{TITLE}
dayparts = [{{ start = 00:00:00, end = 00:00:00, playlist = "day" }}]

[[day_types]]
id = "sunday"
{TITLE}
welcome = {{ start = 00:00:00, end = 00:10:00, playlist = "welcome" }}
dayparts = [{{ start = 00:10:00, end = 21:50:00, playlist = "day" }}]
closing = {{ start = 21:50:00, end = 22:00:00, playlist = "closing" }}
calls = [{{ at = 21:30:00, script = "closing-30" }}]
"""
CALENDAR = sites.CALENDAR
for name in ("friday", "saturday", "sunday"):
    old = "weekday" if name == "friday" else "weekend"
    CALENDAR = CALENDAR.replace(f'{name} = "{old}"', f'{name} = "{name}"')
NIGHT = """
[[scripts]]
id = "night"
class = "routine"
title = { zh-CN = "夜", zh-TW = "夜", en = "Night" }
text = { zh-CN = "夜里好。", zh-TW = "夜裡好。", en = "Good night." }
recording = "sounds/speech/member-day.wav"
window = { start = 23:00:00, end = 01:00:00 }
interval = "60min"
"""


@pytest.fixture(scope="module")
def office(make_site: Callable[..., Site]) -> Office:
    return office_of(make_site(day_types=sites.DAY_TYPES + WEEKEND, calendar=CALENDAR, binder=sites.BINDER + NIGHT))


@pytest.fixture
def shop(office: Office) -> Shop:
    shop = Shop(office, day=FRIDAY)
    shop.spare = True
    return shop


def heard(shop: Shop, *days: date) -> list[AsRun]:
    lines = [line for day in days for line in shop.lines_of(day) if line.real_start is not None]
    return sorted(lines, key=lambda line: line.real_start.timestamp() if line.real_start else 0.0)


def silences(lines: list[AsRun]) -> list[float]:
    reached, found = None, []
    for line in lines:
        assert line.real_start is not None
        if reached is not None and line.real_start.timestamp() - reached > 0.05:
            found.append(line.real_start.timestamp() - reached)
        assert line.real_end is not None or line is lines[-1]
        if line.real_end is not None:
            reached = max(reached or 0.0, line.real_end.timestamp())
    return found


@pytest.mark.rule("B03")
@pytest.mark.rule("B05")
@pytest.mark.rule("B19")
def test_from_friday_morning_to_sunday_night_the_music_goes_on_and_nobody_is_told_that_the_doors_close(
    shop: Shop,
) -> None:
    shop.opens_at("08:55").ticks()
    shop.sounding.tick_s = 20.0
    shop.until("23:00", day=SUNDAY)

    lines = heard(shop, FRIDAY, SATURDAY, SUNDAY)
    assert silences(lines) == []
    assert [line for line in lines if line.outcome not in (Outcome.PLAYED, Outcome.CUT)] == []
    cut = [line for line in lines if line.outcome is Outcome.CUT]
    assert cut == [], "nothing is faded but the closing music"
    welcome = {line.real_start.date() for line in lines if line.kind is Kind.WELCOME and line.real_start}
    closing = {line.real_start.date() for line in lines if line.kind is Kind.CLOSING and line.real_start}
    assert (welcome, closing) == ({FRIDAY}, {SUNDAY})
    farewell = [f"{line.due:%a %H:%M}" for line in lines if line.id == "closing-30" and line.due]
    assert farewell == ["Fri 12:00", "Sun 21:30"]
    nights = [line for line in lines if line.id == "night"]
    assert [f"{one.due:%d %H:%M}" for one in nights if one.due] == [
        *("27 23:00", "28 00:00", "28 01:00", "28 23:00", "29 00:00", "29 01:00")
    ], "each once"
    assert max(abs((one.real_start - one.due).total_seconds()) for one in nights if one.due and one.real_start) < 60.0
    on = [unit for _, unit, on in shop.relays.history if on]
    assert len(on) == len(set(on)), "the amplifier was switched on once, and off on Sunday night alone"
    assert shop.announcer.equipment.is_off


@pytest.mark.rule("B03")
def test_each_item_stands_in_the_log_of_the_day_on_which_it_began(shop: Shop) -> None:
    shop.opens_at("23:00").ticks().until("00:50", day=SATURDAY)

    for day in (FRIDAY, SATURDAY):
        began = {line.real_start.date() for line in shop.lines_of(day) if line.real_start is not None}
        assert began == {day}
    assert shop.announcer.day is not None
    assert shop.announcer.day.date == SATURDAY
    plans = [note.subject for note in shop.notes("plans")]
    assert plans == [FRIDAY.isoformat(), SATURDAY.isoformat()]


@pytest.mark.rule("B03")
def test_no_song_that_was_heard_before_midnight_is_heard_again_soon_after_it(shop: Shop) -> None:
    shop.opens_at("23:00").ticks().until("00:50", day=SATURDAY)

    songs = [line for line in heard(shop, FRIDAY, SATURDAY) if line.air_class is AirClass.MUSIC]
    last: dict[str, float] = {}
    rests = []
    for line in songs:
        assert line.real_start is not None
        if line.id in last:
            rests.append(line.real_start.timestamp() - last[line.id])
        last[line.id] = (line.real_end or line.real_start).timestamp()
    assert min(rests) > 20 * 60.0, "there is an hour of music in all"


@pytest.mark.rule("B03")
@pytest.mark.parametrize("minute", [44, 47, 52, 57, 58, 59])
def test_a_page_a_skipped_song_or_a_start_shortly_before_midnight_leaves_no_gap(shop: Shop, minute: int) -> None:
    shop.opens_at(f"23:{minute - 6}:30").ticks().until(f"23:{minute}:10").press("next").page().until(
        "00:30", day=SATURDAY
    )

    lines = heard(shop, FRIDAY, SATURDAY)
    assert silences(lines) == []
    assert len([one for one in lines if one.id == "night" and one.due and one.due.hour == 0]) == 1


@pytest.mark.rule("B03")
@pytest.mark.parametrize("start", ["23:59:40", "23:59:55", "00:00:20"])
def test_a_role_that_starts_at_midnight_is_on_the_air_and_stays_there(shop: Shop, start: str) -> None:
    if start.startswith("00"):
        shop.day = SATURDAY
    shop.opens_at(start).ticks().until("00:40", day=SATURDAY)

    assert silences(heard(shop, FRIDAY, SATURDAY)) == []


@pytest.mark.rule("B03")
@pytest.mark.parametrize("spare", [True, False])
def test_an_office_that_hangs_over_midnight_silences_nobody(shop: Shop, spare: bool) -> None:
    shop.spare = spare
    shop.opens_at("23:00").ticks().until("23:20")
    shop.desk.fails = "the disk is gone"
    shop.until("00:10", day=SATURDAY)
    assert shop.announcer.plan.is_open(shop.now)
    shop.desk.fails = ""
    shop.until("01:30", day=SATURDAY)

    assert shop.announcer.day is not None
    assert shop.announcer.day.date == SATURDAY
    assert max(silences(heard(shop, FRIDAY, SATURDAY)), default=0.0) < 1.0
    assert not any(text.startswith(UNPLANNED) for text in shop.announcer.warnings)


@pytest.mark.rule("B03")
def test_the_amplifier_stays_on_where_no_file_plays_over_midnight(shop: Shop) -> None:
    shop.opens_at("23:40").ticks().until("23:55")
    shop.file_breaks(*(path for paths in shop.office.site.playlists.values() for path in paths))
    shop.until("00:05", day=SATURDAY)

    assert not any(on is False for _, _, on in shop.relays.history)
    assert shop.announcer.air.current is not None
    assert shop.announcer.air.current.kind is Kind.TONE_BED


@pytest.mark.rule("B02")
def test_who_ends_the_day_in_the_evening_has_silence_until_the_next_begins(office: Office) -> None:
    shop = Shop(office, day=SATURDAY)
    shop.spare = True
    shop.opens_at("20:00").ticks().until("20:30")
    shop.announcer.plan.end_early(shop.now)
    shop.until("21:00")
    assert shop.announcer.equipment.is_off
    assert not shop.announcer.plan.is_open(shop.now)

    shop.until("00:10", day=SUNDAY)

    assert shop.announcer.air.current is not None
    kinds = {line.kind for line in shop.lines_of(SUNDAY)}
    assert Kind.MUSIC in kinds
    assert Kind.WELCOME not in kinds
