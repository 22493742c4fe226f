from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.config.site import Button, ButtonAction, Levels, Output, ProgrammeChoices, QuietHours, Site, Zone
from kiosk.errors import SiteError
from kiosk.rules.broadcast.day import Call, Phase
from kiosk.rules.broadcast.material import AirClass, Window
from kiosk.rules.broadcast.volume import Volume
from kiosk.units import Language, PlaylistId, ScriptId, ZoneId
from tests.sites import DAY_TYPES, SITE, SOUNDS_S, write_site, write_tone

TODAY = date(2026, 11, 21)


def test_a_whole_site_becomes_plain_values(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path))

    assert site.root == tmp_path
    assert site.name[Language("en")] == "Hefeng Department Store"
    assert site.zone_info.key == "Asia/Shanghai"
    assert site.output == Output("", 2, 1024)
    assert site.levels == Levels(-23.0, -18.0, -1.0)
    assert site.programme == ProgrammeChoices(3600.0, 300.0, 0.3, "")
    assert site.buttons[0] == Button("promo", ButtonAction.SCRIPT, ScriptId("member-day"))
    assert site.buttons[2] == Button("reset", ButtonAction.RESET, None)
    [zone] = site.zones
    assert (zone.id, zone.channels, zone.volume_db) == (ZoneId("hall"), (1, 2), -6.0)
    weekday = site.day_types["weekday"]
    assert weekday.welcome == Phase(time(9), time(9, 10), PlaylistId("welcome"))
    assert [phase.end for phase in weekday.phases()] == [time(9, 10), time(14), time(21, 50), time(22)]
    assert weekday.calls == (Call(time(21, 30), ScriptId("closing-30")),)
    assert site.calendar.weekdays == ("weekday",) * 5 + ("weekend",) * 2
    assert site.calendar.dates[date(2026, 12, 24)] == "weekend"
    member_day = site.binder[0]
    assert member_day.window == Window(time(10, 15), time(20, 15))
    assert (member_day.interval_s, member_day.air_class) == (3600.0, AirClass.ROUTINE)
    assert (member_day.valid_from, member_day.valid_until) == (TODAY, date(2026, 12, 31))


def test_a_sound_site_has_no_problems(tmp_path: Path) -> None:
    _, problems = check_site(write_site(tmp_path), TODAY)

    assert problems == ()


def test_what_a_store_leaves_out_takes_its_usual_value(tmp_path: Path) -> None:
    bare = """\
[store]
name = { zh-CN = "店", zh-TW = "店", en = "Store" }
time_zone = "Asia/Taipei"

[[zones]]
id = "hall"
title = { zh-CN = "卖场", zh-TW = "賣場", en = "Floor" }
channels = [1, 1]
"""

    site = load_site(write_site(tmp_path, site=bare))

    assert site.output == Output("", 2, 1024)
    assert site.levels == Levels(-23.0, -18.0, -1.0)
    assert site.programme == ProgrammeChoices(3600.0, 300.0, 0.3, "")
    assert site.zones == (Zone(ZoneId("hall"), site.zones[0].title, (1, 1), 0.0),)
    assert site.buttons == ()


def test_a_store_may_have_several_outputs_and_zones_on_each(tmp_path: Path) -> None:
    several = """\
[[outputs]]
id = "downstairs"
device = "USB 1"
channels = 4

[[outputs]]
id = "upstairs"
device = "USB 2"
block_frames = 512

[[zones]]
id = "hall"
title = { zh-CN = "卖场", zh-TW = "賣場", en = "Floor" }
channels = [3, 4]

[[zones]]
id = "food"
output = "upstairs"
title = { zh-CN = "美食", zh-TW = "美食", en = "Food" }
channels = [1, 2]

[[neighbourhood]]
start = 21:00:00
end = 08:00:00
ceiling_db = -20.0
zones = ["food"]
"""
    rest = SITE[SITE.index("[levels]") :]
    store = SITE[: SITE.index("[output]")]

    site = load_site(write_site(tmp_path, site=store + several + rest))

    assert site.output == Output("USB 1", 4, 1024, "downstairs")
    assert site.further_outputs == (Output("USB 2", 2, 512, "upstairs"),)
    assert site.channels == 6
    assert [site.mix_channels(zone) for zone in site.zones] == [(3, 4), (5, 6)]
    assert [zone.output for zone in site.zones] == ["downstairs", "upstairs"]
    assert site.quiet_hours == (QuietHours(time(21), time(8), -20.0, (ZoneId("food"),)),)
    assert site.volume_plan.own == {"hall": 0.0, "food": 0.0}


def test_a_phase_may_have_volumes_of_its_own(tmp_path: Path) -> None:
    louder = ('playlist = "welcome" }', 'playlist = "welcome", volume = { hall = -3 } }')

    site = load_site(write_site(tmp_path, day_types=louder))

    assert site.day_types["weekday"].phases()[0].volumes == {ZoneId("hall"): -3.0}


def test_times_may_also_be_written_between_quotes(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, day_types=DAY_TYPES.replace("09:00:00", '"09:00"')))

    assert site.day_types["weekday"].begins == time(9)


def test_a_file_saved_by_windows_notepad_is_read_all_the_same(tmp_path: Path) -> None:
    file = write_site(tmp_path) / "site.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    assert load_site(tmp_path).name[Language("zh-CN")] == "和风百货"


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as error:
        load_site(tmp_path / "nowhere")

    assert str(error.value) == (
        f"there is no site directory {tmp_path / 'nowhere'} (name the directory that holds site.toml)"
    )


def test_a_pattern_finds_songs_in_natural_order_each_once_and_no_other_files(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        playlists=('"sounds/music/*"', '"sounds/music/song 2.wav", "sounds/music/*", "sounds/music/son*.wav"'),
    )
    (tmp_path / "sounds/music/cover.jpg").write_bytes(b"a picture")
    (tmp_path / "sounds/music/._song 1.wav").write_bytes(b"what a Mac leaves behind")
    (tmp_path / "sounds/music/folder.mp3").mkdir()

    site = load_site(tmp_path)

    songs = ("sounds/music/song 2.wav", "sounds/music/song 1.wav", "sounds/music/song 10.wav")
    assert site.playlists[PlaylistId("day")] == songs


@pytest.mark.rule("B10")
def test_a_zone_may_have_a_volume_of_its_own_for_an_evacuation(tmp_path: Path) -> None:
    usual = load_site(write_site(tmp_path / "usual"))
    louder = load_site(
        write_site(tmp_path / "louder", site=("volume_db = -6.0", "volume_db = -6.0\nevacuation_db = -1"))
    )
    now = datetime.combine(TODAY, time(10), tzinfo=usual.zone_info)

    assert usual.volume_plan.at(None, now)[ZoneId("hall")].evacuation_db == -6.0
    assert louder.volume_plan.at(None, now)[ZoneId("hall")] == Volume(-6.0, -6.0, -1.0)


def test_a_song_with_brackets_in_its_name_can_be_named(tmp_path: Path) -> None:
    write_site(tmp_path, playlists=("sounds/music/*", "sounds/music/live [2026].wav"))
    write_tone(tmp_path / "sounds/music/live [2026].wav", 0.1)

    assert load_site(tmp_path).playlists[PlaylistId("day")] == ("sounds/music/live [2026].wav",)


@pytest.mark.rule("B09")
def test_a_page_is_framed_by_its_own_music_or_the_stores_or_none_on_purpose(tmp_path: Path) -> None:
    site = load_site(
        write_site(
            tmp_path, binder=('class = "urgent"', 'class = "urgent"\nprelude = "sounds/welcome.wav"\npostlude = ""')
        )
    )
    pages = {page.id: page for page in site.binder}

    assert site.frame(pages[ScriptId("member-day")]) == ("sounds/chime.wav", "sounds/chime.wav")
    assert site.frame(pages[ScriptId("lost-child")]) == ("sounds/welcome.wav", None)
    assert site.frame(pages[ScriptId("evacuation")]) == (None, None)


@pytest.mark.rule("B03")
def test_the_store_starts_although_a_sound_is_missing_when_something_stands_in(tmp_path: Path) -> None:
    gone = ("sounds/music/song 2.wav", "sounds/speech/member-day.wav", "sounds/chime.wav")
    sounds_s = {sound: seconds for sound, seconds in SOUNDS_S.items() if sound not in gone}
    write_site(
        tmp_path, sounds_s=sounds_s, playlists=('"sounds/music/*"', '"sounds/music/*", "sounds/music/song 2.wav"')
    )
    (tmp_path / "sounds/music/song 10.wav").write_bytes(b"")

    site, problems = check_site(tmp_path)

    assert site == load_site(tmp_path)
    assert site is not None
    assert site.playlists[PlaylistId("day")] == ("sounds/music/song 1.wav",)
    assert site.binder[0].recordings == {}
    assert (site.prelude, site.postlude) == (None, None)
    assert [(problem.severity, problem.what) for problem in problems] == [
        ("error", 'the file "sounds/chime.wav" is not there'),
        ("error", 'the file "sounds/chime.wav" is not there'),
        ("error", 'the file "sounds/speech/member-day.wav" is not there; the text is spoken instead'),
        ("error", 'the file "sounds/music/song 10.wav" is empty'),
        ("error", 'the file "sounds/music/song 2.wav" is not there'),
    ]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        site=("Asia/Shanghai", "Asia/Shanghia"),
        day_types=("end = 14:00:00", "end = 13:00:00"),
        calendar=('friday = "weekday"', 'friday = "workday"'),
        binder=('zones = ["hall"]', 'zones = ["hal"]\nclas = 1'),
        playlists=("sounds/music/*", "sounds/musik/*"),
    )

    with pytest.raises(SiteError) as caught:
        load_site(tmp_path)

    told = [(problem.file, problem.what) for problem in caught.value.problems]
    assert told == [
        ("site.toml", 'names the unknown time zone "Asia/Shanghia"'),
        (
            "schedules/day_types.toml",
            "nothing plays from 13:00 to 14:00, between daypart 1 (09:10 to 13:00) and daypart 2 (14:00 to 21:50)",
        ),
        ("schedules/calendar.toml", 'names the unknown day type "workday"'),
        ("schedules/binder.toml", 'unknown key "clas"'),
        ("schedules/playlists.toml", 'the pattern "sounds/musik/*" matches no sound file'),
        ("schedules/playlists.toml", "is empty: not one of its sound files is there"),
    ]
    assert all(str(problem) in str(caught.value) for problem in caught.value.problems)


def test_a_broken_entry_hides_neither_its_neighbours_mistakes_nor_its_own_name(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        binder=('class = "routine"\ntitle = { zh-CN = "会', 'class = 5\ntitle = { zh-CN = "会'),
        day_types=("closing-30", "closing-3"),
    )

    _, problems = check_site(tmp_path)

    assert [problem.what for problem in problems] == ['names the unknown script "closing-3"', "is the number 5"]


def test_a_window_is_checked_although_the_day_types_hold_another_mistake(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        day_types=("end = 14:00:00", "end = 13:00:00"),
        binder=("window = { start = 10:15:00, end = 20:15:00 }", "window = { start = 23:00:00, end = 23:30:00 }"),
    )

    _, problems = check_site(tmp_path)

    assert [problem.file for problem in problems] == ["schedules/day_types.toml", "schedules/binder.toml"]


def test_a_window_is_not_doubted_while_a_day_type_cannot_be_read(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        day_types=("22:30:00", "24"),
        binder=("window = { start = 10:15:00, end = 20:15:00 }", "window = { start = 22:10:00, end = 22:20:00 }"),
    )

    _, problems = check_site(tmp_path)

    assert [problem.file for problem in problems] == ["schedules/day_types.toml"]


def test_nothing_is_doubted_that_an_unreadable_file_might_name(tmp_path: Path) -> None:
    write_site(tmp_path, binder="[[scripts]", playlists="=")

    _, problems = check_site(tmp_path)

    assert [problem.file for problem in problems] == ["schedules/binder.toml", "schedules/playlists.toml"]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (None, []),
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["expired on 2026-12-31 and airs no more (B07)"]),
    ],
    ids=["no date", "its last day", "the day after"],
)
@pytest.mark.rule("B07")
def test_an_expired_page_is_told_but_stops_nothing(tmp_path: Path, today: date | None, told: list[str]) -> None:
    write_site(tmp_path, calendar=('holiday = "weekend"\nworkday = "weekday"', ""))

    site, problems = check_site(tmp_path, today)

    assert site is not None
    assert [problem.what for problem in problems] == told
    assert all(problem.severity == "warning" for problem in problems)


def test_a_month_before_the_public_holidays_end_the_store_is_told(tmp_path: Path) -> None:
    site, problems = check_site(write_site(tmp_path), date(2097, 12, 15))

    assert site is not None
    [told] = [problem for problem in problems if problem.file == "schedules/calendar.toml"]
    assert "the public-holiday table ends with 20" in told.what
    assert "chinesecalendar" in told.remedy


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    site, [problem] = check_site(tmp_path / "nowhere")

    assert site is None
    assert "nowhere" in problem.what


def test_the_broadcast_process_holds_a_site_without_loading_pydantic(tmp_path: Path) -> None:
    pickled = tmp_path / "site.pickle"
    site = load_site(write_site(tmp_path))
    pickled.write_bytes(pickle.dumps(site))
    program = (
        "import pickle, sys, kiosk.config, kiosk.config.site\n"
        "site = pickle.loads(open(sys.argv[1], 'rb').read())\n"
        "print(type(site).__name__, 'pydantic' in sys.modules, len(site.binder))"
    )

    ran = subprocess.run([sys.executable, "-c", program, str(pickled)], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["Site", "False", "4"]
    assert isinstance(site, Site)
    assert pickle.loads(pickled.read_bytes()) == site
