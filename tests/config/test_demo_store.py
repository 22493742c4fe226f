from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.config.site import Site
from kiosk.rules.broadcast.binder import occurrences
from kiosk.rules.broadcast.calendar import chinese_holidays, day_type_for
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.units import ScriptId

PROJECT = Path(__file__).parents[2]
FIRST_DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def demo() -> Site:
    return load_site(PROJECT)


def aired_on(demo: Site, day: date) -> list[str]:
    chosen = day_type_for(day, demo.calendar, chinese_holidays)
    business_day = BusinessDay(day, demo.day_types[chosen.id], demo.zone_info)
    return [occurrence.key for occurrence in occurrences(demo.binder, business_day.day_type.calls, business_day)]


def test_the_demo_store_has_no_problems() -> None:
    _, problems = check_site(PROJECT, FIRST_DAY)

    assert not problems, "\n".join(str(problem) for problem in problems)


def test_every_page_says_what_its_recording_says(demo: Site) -> None:
    spoken = tomllib.loads((PROJECT / "sounds/speech/texts.toml").read_text(encoding="utf-8"))["announcement"]

    recorded = [page for page in demo.binder if page.recordings]
    in_the_binder = {page.id: (page.title, page.text, page.air_class.value) for page in recorded}

    assert in_the_binder == {page["id"]: (page["title"], page["text"], page["class"]) for page in spoken}


@pytest.mark.rule("B06")
@pytest.mark.parametrize("ahead", range(7))
def test_the_demo_store_says_something_in_every_hour_but_never_two_things_at_once(demo: Site, ahead: int) -> None:
    day = FIRST_DAY + timedelta(days=ahead)

    moments = [key.partition("T")[2] for key in aired_on(demo, day)]

    assert {moment[:2] for moment in moments} >= {f"{hour:02}" for hour in range(9, 22)}
    assert len(set(moments)) == len(moments)


@pytest.mark.rule("B07")
def test_the_member_days_last_a_fortnight(demo: Site) -> None:
    days = [FIRST_DAY + timedelta(days=ahead) for ahead in range(-3, 20)]

    member_days = [day for day in days if any(key.startswith("member-day@") for key in aired_on(demo, day))]

    assert member_days == [FIRST_DAY + timedelta(days=ahead) for ahead in range(14)]


@pytest.mark.rule("B09")
def test_every_announcement_of_the_demo_store_but_the_sound_check_opens_with_a_sound(demo: Site) -> None:
    bare = [page.id for page in demo.binder if demo.frame(page)[0] is None]

    assert bare == [ScriptId("sound-check")]


@pytest.mark.rule("B19")
def test_every_day_of_the_demo_store_calls_thirty_and_ten_minutes_before_the_doors_close(demo: Site) -> None:
    for day_type in demo.day_types.values():
        day = BusinessDay(FIRST_DAY, day_type, demo.zone_info)

        before = [(call.script, day.closes - day.moment(call.at)) for call in day_type.calls]

        assert before == [("closing-30", timedelta(minutes=30)), ("closing-10", timedelta(minutes=10))]


def test_every_song_of_the_library_is_played_on_some_daypart(demo: Site) -> None:
    songs = {f"sounds/music/{path.name}" for path in (PROJECT / "sounds/music").iterdir()}

    assert songs == {song for songs in demo.playlists.values() for song in songs if song.startswith("sounds/music/")}
