"""`kiosk check` tells which days cannot follow each other, and what is not aired where they join."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.config.joins import left_out
from kiosk.config.load import check_site, load_site
from kiosk.errors import Problem
from tests import sites
from tests.sites import write_site

TODAY = date(2026, 11, 23)
TITLE = 'title = { zh-CN = "日", zh-TW = "日", en = "Day" }'
ROUND = '{ start = 00:00:00, end = 00:00:00, playlist = "day" }'


def all_week(id: str) -> str:
    return sites.CALENDAR.replace('"weekday"', f'"{id}"').replace('"weekend"', f'"{id}"')


def checked(root: Path, day_types: str, calendar: str) -> tuple[Problem, ...]:
    _, problems = check_site(write_site(root, day_types=day_types, calendar=calendar), TODAY)
    return tuple(one for one in problems if one.file == "schedules/day_types.toml")


@pytest.mark.rule("B05")
@pytest.mark.rule("B19")
def test_a_store_that_never_closes_needs_neither_welcome_nor_closing_music(tmp_path: Path) -> None:
    round_the_clock = f'[[day_types]]\nid = "round"\n{TITLE}\ndayparts = [{ROUND}]\n'
    binder = (
        "window = { start = 10:15:00, end = 20:15:00 }",
        "window = { start = 00:15:00, end = 23:15:00 }",
    )

    root = write_site(tmp_path, day_types=round_the_clock, calendar=all_week("round"), binder=binder)
    site, problems = check_site(root, TODAY)

    assert [one for one in problems if one.severity == "error"] == []
    assert site is not None
    assert left_out(site.day_types, site.calendar, site.zone_info, TODAY) == ()


@pytest.mark.rule("B19")
def test_doors_that_close_without_a_farewell_are_told_with_the_date_and_what_to_do(tmp_path: Path) -> None:
    rest = sites.DAY_TYPES.replace('closing = { start = 22:20:00, end = 22:30:00, playlist = "closing" }\n', "")

    (problem,) = checked(tmp_path, rest, sites.CALENDAR)

    assert problem.severity == "error"
    assert "weekend" in problem.place
    assert "closing" in problem.place
    assert problem.what == "is missing, and on 2026-11-22 at 22:20 the doors close"
    assert problem.remedy == "give it one, or let weekday, which follows, begin at 22:20"


@pytest.mark.rule("B05")
def test_doors_that_open_without_a_welcome_are_told(tmp_path: Path) -> None:
    rest = sites.DAY_TYPES.replace('welcome = { start = 09:00:00, end = 09:10:00, playlist = "welcome" }\n', "", 1)

    problems = checked(tmp_path, rest, sites.CALENDAR)

    assert [(one.place, one.what) for one in problems] == [
        ('day_type[1] "weekday".welcome (line 1)', "is missing, and on 2026-11-23 at 09:10 the doors open")
    ]


def test_days_that_overlap_are_refused(tmp_path: Path) -> None:
    late = sites.DAY_TYPES.replace("end = 22:00:00", "end = 09:30:00").replace(
        "start = 09:00:00", "start = 09:40:00", 1
    )
    late = late.replace("end = 09:10:00", "end = 10:00:00", 1).replace("start = 09:10:00", "start = 10:00:00", 1)

    problems = checked(tmp_path, late, sites.CALENDAR)

    assert [one.what for one in problems] == [
        "the day goes on until 09:30 of 2026-11-28, when weekend has begun at 09:00 already"
    ]
    assert problems[0].remedy == "let weekday end at 09:00, or weekend begin at 09:30"


@pytest.mark.rule("B19")
def test_what_is_not_aired_where_the_doors_stay_open_is_told_for_whoever_did_not_mean_that(tmp_path: Path) -> None:
    always = sites.DAY_TYPES.replace(
        "closing = { start = 21:50:00, end = 22:00:00", "closing = { start = 21:50:00, end = 09:00:00"
    )
    whole = always.replace("start = 21:50:00", "start = 08:50:00").replace("end = 21:50:00", "end = 08:50:00")
    whole = whole.replace("at = 21:30:00", "at = 08:20:00")
    site = load_site(write_site(tmp_path, day_types=whole))

    told = dict(left_out(site.day_types, site.calendar, site.zone_info, TODAY))

    assert left_out(site.day_types, site.calendar, site.zone_info, TODAY) == (
        ("weekday", "its closing music, closing-30 at 08:20 on 2026-11-23: the doors stay open"),
        ("weekday", "its welcome music on 2026-11-24: the doors are open already"),
        ("weekend", "its welcome music on 2026-11-28: the doors are open already"),
    )
    assert set(told) == {"weekday", "weekend"}
