from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from kiosk.display.board import LiveBoard, frame
from kiosk.display.terminal_look import BAD, dress_of
from kiosk.ports.broadcast import Meter, OnAirReport
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.units import ZoneId
from tests.display.airtime import NOON, TITLES, as_run, call, on_air, silence, song, terminal, written
from tests.display.board_text import text_of, whole

SIZES = [(80, 24), (100, 30), (120, 36), (160, 45)]


ODD_SIZES = [(1, 1), (20, 5), (40, 12), (63, 24), (64, 17), (64, 18), (81, 25), (119, 50), (121, 30), (250, 80)]


def test_the_board_says_who_is_signed_in_at_the_panel() -> None:
    report = replace(on_air(), on_duty="王安娜 until 12:11")

    assert "At the panel: 王安娜 until 12:11" in whole(report, 140, 40)
    assert "At the panel" not in whole(on_air(), 140, 40)
    assert "王安娜 until 12:11" in whole(report, 80, 24)
    assert "no output" in whole(replace(report, output=""), 80, 24)
    assert all(cell_len(line) == 80 for line in text_of(frame(report, 80, 24)))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_board_says_what_is_on_what_comes_and_what_was(width: int, height: int) -> None:
    text = whole(on_air(), width, height)

    assert "和风百货" in text
    assert "12:01:00" in text
    assert "midday" in text
    assert "doors close 22:00" in text
    assert "♪ MUSIC" in text
    assert "Morning tea" in text
    assert "1:00 of 3:00" in text
    assert "2:00 left, until 12:03:00" in text
    assert "whole store" in text
    assert "12:03:00  ◆ 付款前请勿拆包装" in text
    assert "+0.4" in text
    assert "茉莉花" in text
    assert "WAITING 1" in text
    assert "陈晓云" in text
    assert "一楼 大厅" in text
    assert "−18.0" in text
    assert "✓ played" in text
    assert "+0.02" in text
    assert "USB sound card" in text
    assert "0 underruns" in text
    assert "● amplifier on" in text
    assert "Ctrl-C closes the store" in text


@pytest.mark.parametrize(("width", "height"), [*SIZES, *ODD_SIZES])
@pytest.mark.parametrize("report", [silence(), on_air(), on_air(call(), 10.0)], ids=["silence", "song", "announcement"])
def test_every_line_is_exactly_as_wide_as_the_terminal(report: OnAirReport, width: int, height: int) -> None:
    report = replace(report, warnings=("警告" * 60, "short"))

    lines = text_of(frame(report, width, height, titles=TITLES))

    assert len(lines) == height
    assert {cell_len(line) for line in lines} == {width}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_titles_of_sixty_characters_do_not_break_the_columns(width: int, height: int) -> None:
    long = "来宾请注意本周六日会员双倍积分活动" * 4
    titles = {
        "keep-packaging": long,
        "music/morning_tea": long,
        "guest": long,
        "ground": long,
        "music/first_snow": long,
    }

    lines = text_of(frame(on_air(), width, height, titles=titles))

    assert {cell_len(line) for line in lines} == {width}
    assert any("…" in line and "+0.4" in line for line in lines)


def test_times_stand_in_one_column_behind_chinese_and_latin_titles_alike() -> None:
    lines = text_of(frame(on_air(), 160, 45, titles=TITLES))

    chinese = next(line for line in lines if "茉莉花" in line)
    announcement = next(line for line in lines if "付款前请勿拆包装" in line and "due" in line)

    assert cell_len(chinese[: chinese.index("3:00")] + "3:00") == cell_len(
        announcement[: announcement.index("0:30")] + "0:30"
    )


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_twelve_zones_all_have_a_meter(width: int, height: int) -> None:
    meters = {ZoneId(f"z{place:02}"): Meter(-30.0 + place, -10.0) for place in range(12)}

    text = whole(replace(on_air(), queue=(), meters=meters), width, height)

    assert all(f"Z{place:02}" in text for place in range(12))


def test_what_speaks_in_some_zones_meanwhile_is_shown_under_the_song() -> None:
    beside = replace(call(), zones=(ZoneId("food"),))

    text = whole(replace(on_air(), beside=beside), 100, 30)

    assert "Meanwhile" in text
    assert "Food" in text


def test_zones_that_do_not_fit_are_counted() -> None:
    meters = {ZoneId(f"z{place:02}"): Meter(-30.0, -10.0) for place in range(60)}

    assert "more zones" in whole(replace(on_air(), meters=meters), 80, 24)


def test_a_louder_zone_has_a_longer_bar_and_clipping_is_red_by_its_place() -> None:
    meters = {
        ZoneId("quiet"): Meter(-40.0, -35.0),
        ZoneId("loud"): Meter(-12.0, -0.1),
        ZoneId("off"): Meter(-120.0, -120.0),
    }

    shown = frame(replace(on_air(), meters=meters), 160, 45)
    quiet, loud, off = (next(line for line in text_of(shown) if name in line) for name in ("Quiet", "Loud", "Off"))
    red = [segment.text for line in shown.lines for segment in line if segment.style == BAD]

    assert loud.count("▆") > quiet.count("▆") > off.count("▆") == 0
    assert "▆" in red
    assert "−∞" in off


def test_warnings_are_shown_and_those_without_room_are_counted() -> None:
    report = replace(on_air(), warnings=tuple(f"warning number {place}" for place in range(9)))

    assert "warning number 8" in whole(report, 160, 45)
    assert "9 WARNINGS" in whole(report, 160, 45)
    assert "… and 6 more" in whole(report, 160, 45)
    assert "warning number 8" in whole(report, 80, 24)
    assert "(+8)" in whole(report, 80, 24)
    assert "1 WARNING" in whole(replace(report, warnings=("the one",)))


def test_when_nothing_is_on_the_board_says_what_comes_and_when() -> None:
    report = replace(silence(), upcoming=(song("welcome/welcome", NOON + timedelta(seconds=20)),))

    text = whole(report)

    assert "Nothing on the air" in text
    assert "♪ Welcome" in text
    assert "in 20 s, at 12:00:20" in text


def test_when_what_comes_is_overdue_the_board_says_for_when_it_was_planned() -> None:
    report = replace(silence(), upcoming=(song("welcome/welcome", NOON - timedelta(seconds=20)),))

    assert "planned for 11:59:40" in whole(report)


def test_after_the_day_the_board_says_that_nothing_is_planned() -> None:
    text = whole(silence())

    assert "Nothing more is planned." in text
    assert "No zone reports a level." in text
    assert "No request is waiting." in whole(silence(), 160, 45)
    assert "Nothing has been on the air yet today." in text
    assert "○ amplifier off" in text
    assert "no output" in text


def test_the_next_announcement_is_in_sight_however_many_songs_come_before_it() -> None:
    songs = tuple(song(f"music/{place}", NOON + timedelta(minutes=3 * place)) for place in range(60))
    report = replace(on_air(), upcoming=(*songs, call(due=NOON + timedelta(minutes=90))))

    for width, height in SIZES:
        text = whole(report, width, height)
        assert "13:30:00  ◆ 付款前" in text
        assert "more, then" in text
        assert "announcement in 1 h 29 min" in text


def test_an_announcement_shows_which_of_its_parts_is_being_read() -> None:
    shown = frame(on_air(call(), 10.0), 120, 36, titles=TITLES)

    bold = [segment.text for line in shown.lines for segment in line if segment.style and segment.style.bold]

    assert "script" in bold
    assert "prelude" not in bold
    assert "Part prelude › script › postlude" in "\n".join(text_of(shown))
    assert "Due 12:00  +0.4 s" in "\n".join(text_of(shown))


def test_an_evacuation_says_so_and_that_it_repeats() -> None:
    item = replace(call("evacuation"), air_class=AirClass.EVACUATION, repeats=True, due=None, operator="李主管")

    text = whole(on_air(item, 95.0), 120, 36)

    assert "■ EVACUATION" in text
    assert "repeats until it is reset" in text
    assert "1:35 of 0:30" in text
    assert "Asked by 李主管" in text


def test_each_outcome_has_its_own_sign_and_reason() -> None:
    endings = tuple(
        as_run(song(f"music/{outcome.name.lower()}"), outcome, reason="why")
        for outcome in Outcome
        if outcome is not Outcome.PLAYED
    )
    unplanned = replace(
        as_run(replace(call("lost-child"), air_class=AirClass.URGENT, kind=Kind.ANNOUNCEMENT)), planned_start=None
    )
    skipped = replace(as_run(song("music/none"), Outcome.SKIPPED), real_start=None)

    text = whole(replace(on_air(), last=(*endings, unplanned, skipped)), 160, 45)

    for sign in ("► on air: why", "/ cut: why", "× failed: why", "– skipped: why", "! interrupted: why"):
        assert sign in text
    assert "▲ Lost-child" in text
    assert "never" in text


def test_the_newest_line_of_the_log_stands_first() -> None:
    entries = tuple(as_run(song(f"music/n{place}")) for place in range(40))

    text = whole(replace(on_air(), last=entries), 80, 24)

    assert "N39" in text
    assert "N0" not in text


@pytest.mark.rule("B01")
@pytest.mark.parametrize(("width", "shown"), [(140, True), (100, False)])
def test_what_the_self_check_came_to_stands_where_there_is_room(width: int, shown: bool) -> None:
    console = terminal(width, 30)

    LiveBoard(console, titles=TITLES).show(replace(on_air(), self_check="self-check 08:41: 1 fault"))

    assert ("self-check 08:41: 1 fault" in written(console)) is shown


QUESTION = "page 7: has 来宾王小明先生 been reached? It is 1 minute since the page"


@pytest.mark.rule("B20")
@pytest.mark.parametrize(("width", "height"), [*SIZES, (40, 12)])
def test_what_a_page_waits_for_is_shown(width: int, height: int) -> None:
    slip = "message slip 3 for 来宾李娜小姐 waits to be delivered"
    text = whole(replace(on_air(), pages=(QUESTION, slip)), width, height)

    assert "来宾王小明先生" in text
    if height >= 30:
        assert "PAGES" in text
        assert "message slip 3" in text


def test_pages_beyond_the_room_are_counted() -> None:
    text = whole(replace(on_air(), pages=tuple(f"message slip {n} waits" for n in range(1, 6))), 100, 30)

    assert "message slip 1 waits" in text
    assert "… and 4 more" in text


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("air_class", list(AirClass))
def test_whatever_is_on_the_air_has_a_sign_and_a_colour(kind: Kind, air_class: AirClass) -> None:
    dress = dress_of(kind, air_class)

    assert dress.badge.color is not None or dress.badge.bgcolor is not None
