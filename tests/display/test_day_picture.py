from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.display import day_picture
from kiosk.display.colors import contrast
from kiosk.display.day_figures import figures_of
from kiosk.display.day_picture import BY_KIND, CLOSED, NOW, DayNotes, Daypart, color_of, draw_day, layout, song_colors
from kiosk.display.paint import Canvas
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind, Programme
from tests.display.airtime import NOON, TITLES, ZONE, call, read_back, short_day, song, songs_in_a_row

MINUTE = timedelta(minutes=1)


def a_day() -> Programme:
    """Welcome from 11:50, songs, an announcement at 12:30, songs, closing music until 13:10."""
    welcome = replace(song("welcome/welcome", NOON - 10 * MINUTE, 600.0), kind=Kind.WELCOME)
    before = songs_in_a_row(NOON, 600.0, 600.0, 600.0)
    announcement = call(due=NOON + 30 * MINUTE)
    after = songs_in_a_row(announcement.end, 870.0, 900.0)
    closing = replace(song("closing/closing", NOON + 60 * MINUTE, 600.0), kind=Kind.CLOSING)
    return short_day(welcome, *before, announcement, *after, closing)


def pixel(png: bytes, programme: Programme, at: datetime, size: tuple[int, int] = (1600, 1000)) -> tuple[int, int, int]:
    """The colour in the lower part of the bar at a moment."""
    grid = layout(programme, size)
    row = grid.row_of(at.timestamp())
    place = round(grid.x(at.timestamp(), row)), round(grid.bar_top(row) + grid.bar_height * 0.92)
    color = read_back(png).get_at(place)
    return color.r, color.g, color.b


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 800), (800, 500), (2000, 1250)])
def test_the_picture_is_a_png_of_the_size_asked_for(size: tuple[int, int]) -> None:
    png = draw_day(a_day(), title="和风百货", size=size)

    assert png.startswith(b"\x89PNG")
    assert read_back(png).get_size() == size


def test_every_kind_of_item_has_its_colour_at_its_moment() -> None:
    day = a_day()

    png = draw_day(day, title="和风百货", notes=DayNotes(TITLES))

    assert pixel(png, day, NOON - 5 * MINUTE) == BY_KIND[Kind.WELCOME]
    assert pixel(png, day, NOON + 5 * MINUTE) == song_colors(day)["music/0"]
    assert pixel(png, day, NOON + 15 * MINUTE) == song_colors(day)["music/1"]
    assert pixel(png, day, NOON + 30.25 * MINUTE) == BY_KIND[Kind.ANNOUNCEMENT]
    assert pixel(png, day, NOON + 65 * MINUTE) == BY_KIND[Kind.CLOSING]


def test_the_time_before_the_first_item_stays_grey() -> None:
    assert pixel(draw_day(a_day(), title=""), a_day(), NOON - 22 * MINUTE) == CLOSED


def test_a_song_has_the_same_colour_each_time_and_another_has_another() -> None:
    day = short_day(
        song("music/a", NOON, 600.0),
        song("music/b", NOON + 10 * MINUTE, 600.0),
        song("music/a", NOON + 20 * MINUTE, 600.0),
    )

    png = draw_day(day, title="")

    assert (
        pixel(png, day, NOON + 5 * MINUTE) == pixel(png, day, NOON + 25 * MINUTE) != pixel(png, day, NOON + 15 * MINUTE)
    )


def test_an_announcement_over_the_full_hour_is_drawn_in_both_rows() -> None:
    announcement = call(due=NOON + 59.75 * MINUTE)
    day = short_day(song("music/a", NOON, 3585.0), announcement, song("music/b", announcement.end, 600.0))

    png = draw_day(day, title="")

    assert pixel(png, day, NOON + 59.85 * MINUTE) == BY_KIND[Kind.ANNOUNCEMENT]
    assert pixel(png, day, NOON + 60.1 * MINUTE) == BY_KIND[Kind.ANNOUNCEMENT]


def test_an_urgent_item_wears_the_colour_of_its_class() -> None:
    urgent = replace(call(), air_class=AirClass.URGENT)

    assert color_of(urgent) == day_picture.BY_CLASS[AirClass.URGENT] != color_of(call())


def test_the_line_of_now_stands_at_the_moment() -> None:
    day, now = a_day(), NOON + 44 * MINUTE

    png = draw_day(day, title="", notes=DayNotes(now=now))

    assert pixel(png, day, now) == NOW
    assert pixel(draw_day(day, title="", notes=DayNotes(now=now + timedelta(days=1))), day, now) != NOW


@pytest.mark.parametrize("minutes", [0, 1, 30, 59])
def test_the_label_of_now_keeps_inside_the_picture(minutes: int) -> None:
    assert draw_day(a_day(), title="", notes=DayNotes(now=NOON + minutes * MINUTE))


def test_dayparts_are_drawn_beside_their_hours_and_those_of_another_day_are_not() -> None:
    day, grid = a_day(), layout(a_day(), (1600, 1000))
    midday = Daypart("午间 Midday", NOON, NOON + 60 * MINUTE)
    long_gone = Daypart("Morning", NOON - 300 * MINUTE, NOON - 200 * MINUTE)

    shown = read_back(draw_day(day, title="", notes=DayNotes(dayparts=(midday, long_gone))))

    assert shown.get_at((47, round(grid.y(NOON.timestamp() + 1800))))[:3] == day_picture.DAYPARTS[0]
    assert shown.get_at((47, round(grid.area.top - 2)))[:3] == day_picture.GROUND


def test_a_day_of_a_whole_day_and_night_has_rows_of_two_hours() -> None:
    day = short_day(*songs_in_a_row(NOON, *[300.0] * 288))

    grid = layout(day, (1600, 1000))

    assert (grid.rows, grid.hours_per_row) == (12, 2)
    assert draw_day(day, title="")


def test_hours_are_the_stores_own_where_the_clocks_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    day = short_day(*songs_in_a_row(datetime(2026, 10, 25, 1, tzinfo=zone), *[1800.0] * 8))

    grid = layout(day, (1600, 1000))

    assert [f"{grid.hour_of(row):%H:%M}" for row in range(4)] == ["01:00", "02:00", "02:00", "03:00"]


@pytest.mark.parametrize("count", [1, 3, 4, 40])
def test_warnings_are_drawn_however_many_and_long_they_are(count: int) -> None:
    assert draw_day(short_day(call(), warnings=("警告\n" * 50,) * count), title="", size=(800, 500))


def test_an_empty_day_and_a_long_title_are_drawn_too() -> None:
    assert draw_day(short_day(), title="和风百货" * 40, subtitle="很长" * 200, notes=DayNotes(zone=ZONE, now=NOON))


def test_announcements_close_together_do_not_write_over_one_another() -> None:
    calls = [call(due=NOON + place * MINUTE / 2) for place in range(20)]
    page = replace(call("guest", NOON + 15 * MINUTE), kind=Kind.PAGE, due=None, operator="陈晓云")

    assert draw_day(short_day(*calls, page), title="", notes=DayNotes(TITLES))


def test_a_picture_too_small_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="800x500 at least"):
        draw_day(a_day(), title="", size=(400, 300))


def test_the_figures_are_those_of_the_day() -> None:
    items = songs_in_a_row(NOON, 600.0, 600.0)
    again = song("music/0", NOON + 25 * MINUTE, 300.0)
    figures = figures_of(short_day(*items, call(late_s=0.2), call(late_s=-3.0), call(late_s=1.0), again))

    assert (figures.songs, figures.different_songs, figures.announcements) == (3, 2, 3)
    assert figures.median_error_s == pytest.approx(1.0)
    assert figures.largest_error_s == pytest.approx(3.0)
    assert figures.repeat_s == pytest.approx(900.0)


def test_all_text_has_the_contrast_that_older_eyes_need() -> None:
    grounds = {name: getattr(day_picture, name) for name in ("GROUND", "PAPER", "WARNING_PAPER")}

    for ink in (day_picture.INK, day_picture.SOFT_INK, day_picture.GOOD, day_picture.WARN, day_picture.BAD):
        assert all(contrast(ink, ground) >= 4.5 for ground in grounds.values())
    for color in song_colors(short_day(*songs_in_a_row(NOON, *[60.0] * 40))).values():
        assert contrast(day_picture.INK, color) >= 7.0
    for color in (*BY_KIND.values(), *day_picture.BY_CLASS.values()):
        assert contrast(day_picture.PAPER, color) >= 4.5
        assert contrast(color, day_picture.GROUND) >= 4.2


def test_text_is_cropped_at_words_then_at_letters_and_left_out_where_it_would_say_nothing() -> None:
    canvas = Canvas((100, 100), (255, 255, 255))

    assert canvas.words("Moon over canal", 12.0, canvas.width("Moon over", 12.0) + 1) == "Moon over"
    assert canvas.words("Clarinet", 12.0, canvas.width("Clari...", 12.0)) == "Clari..."
    assert canvas.fitted("付款前请勿拆包装", 12.0, canvas.width("付款前…", 12.0)) == "付款前…"
    assert canvas.fitted("Clarinet", 12.0, 10.0) == ""
    assert canvas.text("", (5.0, 5.0), 12.0, (0, 0, 0)) == 5.0


def test_drawing_opens_no_window_and_says_nothing() -> None:
    code = "import kiosk.display.day_picture, pygame; assert not (pygame.display.get_init() or pygame.mixer.get_init())"

    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
