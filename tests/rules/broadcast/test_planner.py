from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.planner import PHASE_FADE_S, Appointment, plan_day
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.rules.broadcast.rotation import Heard
from kiosk.units import PlaylistId
from tests.rules.broadcast.studio import (
    CLOSING,
    HOUSE_LENGTHS_S,
    MUSIC,
    NEW_YORK,
    SATURDAY,
    WELCOME,
    announcement,
    appointment,
    brief,
    business_day,
    every,
    later,
    library,
    moment,
    of_kind,
    shortest_rest_s,
    songs,
)

DAY = business_day()
OTHER = PlaylistId("evening")
EVERY_QUARTER = every(15, moment("09:25"), moment("21:40"))


def starts(items: list[Item]) -> list[str]:
    return [f"{item.start:%H:%M:%S}" for item in items]


# the day's order


@pytest.mark.rule("B05")
def test_the_welcome_music_sounds_from_the_opening_until_its_time_is_over() -> None:
    programme = plan_day(brief(DAY, library()))

    welcome = of_kind(programme, Kind.WELCOME)
    assert welcome == list(programme.items[: len(welcome)])
    assert welcome[0].start == moment("09:00")
    assert welcome[-1].end == moment("09:10")
    assert {item.id for item in welcome} == {"welcome-01"}


@pytest.mark.rule("B05")
def test_the_last_welcome_piece_fades_into_the_normal_programme() -> None:
    *whole, last = of_kind(plan_day(brief(DAY, library())), Kind.WELCOME)

    assert [item.fade_out_s for item in whole] == [0.0] * 6
    assert last.duration_s == pytest.approx(30.0)
    assert last.fade_out_s == PHASE_FADE_S


@pytest.mark.rule("B05")
def test_a_welcome_piece_that_ends_by_itself_in_time_is_not_faded() -> None:
    playlists = {**library(), WELCOME: songs(200.3, name="welcome")}

    welcome = of_kind(plan_day(brief(DAY, playlists)), Kind.WELCOME)

    assert [item.fade_out_s for item in welcome] == [0.0, 0.0, 0.0]
    assert welcome[-1].end == later(moment("09:10"), 0.9)


@pytest.mark.rule("B05")
def test_the_times_of_the_welcome_are_the_day_types_own() -> None:
    day = business_day("10:00", "10:04", "20:00", "20:05")

    welcome = of_kind(plan_day(brief(day, library())), Kind.WELCOME)

    assert (welcome[0].start, welcome[-1].end) == (moment("10:00"), moment("10:04"))


@pytest.mark.rule("B19")
def test_the_closing_music_sounds_until_the_doors_close_and_then_there_is_silence() -> None:
    programme = plan_day(brief(DAY, library()))

    closing = of_kind(programme, Kind.CLOSING)
    assert closing == list(programme.items[-len(closing) :])
    assert abs(closing[0].start.timestamp() - moment("21:50").timestamp()) <= 1.0
    assert closing[-1].end == moment("22:00")
    assert closing[-1].fade_out_s == PHASE_FADE_S


@pytest.mark.rule("B19")
def test_the_closing_announcements_are_aired_before_the_doors_close() -> None:
    calls = [appointment(moment("21:30"), "closing-30"), appointment(moment("21:54"), "closing-6")]

    programme = plan_day(brief(DAY, library(), calls))

    early, late = of_kind(programme, Kind.ANNOUNCEMENT)
    assert abs(early.error_s or 0.0) <= 1.0
    assert abs(late.error_s or 0.0) <= 70.0  # half a closing piece: no piece of it is cut for a call
    assert programme.items[-1].kind is Kind.CLOSING
    assert programme.items[-1].end == moment("22:00")


@pytest.mark.rule("B19")
def test_the_closing_music_begins_in_its_time_though_a_call_is_due_soon_after() -> None:
    calls = [appointment(moment("12:00")), appointment(moment("21:53"), "closing-7")]

    closing = of_kind(plan_day(brief(DAY, library(), calls)), Kind.CLOSING)

    assert abs(closing[0].start.timestamp() - moment("21:50").timestamp()) <= 1.0


@pytest.mark.rule("B03")
def test_each_daypart_plays_its_own_songs() -> None:
    day = business_day("09:00", "09:10", "14:00", "21:50", "22:00", playlists=[MUSIC, OTHER])
    playlists = {**library(), OTHER: songs(*HOUSE_LENGTHS_S, name="evening")}

    programme = plan_day(brief(day, playlists))

    morning = [item for item in of_kind(programme, Kind.MUSIC) if item.id.startswith("song-")]
    evening = [item for item in of_kind(programme, Kind.MUSIC) if item.id.startswith("evening-")]
    assert abs(morning[-1].end.timestamp() - moment("14:00").timestamp()) <= 1.0
    assert morning[-1].end == evening[0].start


@pytest.mark.rule("B03")
def test_a_daypart_whose_successor_begins_with_an_announcement_lasts_until_that_and_not_for_less() -> None:
    day = business_day("09:00", "09:10", "14:00", "21:50", "22:00", playlists=[MUSIC, OTHER])
    playlists = {**library(), OTHER: songs(*HOUSE_LENGTHS_S, name="evening")}

    programme = plan_day(brief(day, playlists, [appointment(moment("14:03"))]))

    evening = [item for item in of_kind(programme, Kind.MUSIC) if item.id.startswith("evening-")]
    (promo,) = of_kind(programme, Kind.ANNOUNCEMENT)
    assert abs(promo.error_s or 0.0) <= 1.0
    assert evening[0].start == promo.end


# punctual without cutting a song


@pytest.mark.rule("B08")
def test_a_song_ends_where_an_announcement_is_due() -> None:
    programme = plan_day(brief(DAY, library(), EVERY_QUARTER))

    errors = sorted(abs(item.error_s or 0.0) for item in of_kind(programme, Kind.ANNOUNCEMENT))
    assert len(errors) == 50
    assert errors[25] <= 0.3
    assert errors[-1] <= 1.0
    assert all(item.fade_out_s == 0.0 for item in of_kind(programme, Kind.MUSIC))


@pytest.mark.rule("B03")
def test_no_song_comes_again_within_the_separation_though_announcements_are_punctual() -> None:
    programme = plan_day(brief(DAY, library(), EVERY_QUARTER))

    assert shortest_rest_s(of_kind(programme, Kind.MUSIC)) >= 3600.0
    assert programme.warnings == ()


@pytest.mark.rule("B03")
def test_every_song_gets_its_turn_over_the_day() -> None:
    music = of_kind(plan_day(brief(DAY, library(), EVERY_QUARTER)), Kind.MUSIC)

    plays = [sum(item.id == song.id for item in music) for song in library()[MUSIC]]

    assert max(plays) <= 10
    # A song that takes more than half of every gap between two announcements seldom fits.
    assert min(count for count, song in zip(plays, library()[MUSIC], strict=True) if song.duration_s < 430.0) >= 3


@pytest.mark.rule("B08")
def test_an_appointment_nearer_than_the_shortest_song_is_kept_at_the_nearer_boundary() -> None:
    due = [appointment(moment("12:00")), appointment(later(moment("12:00"), 40.0), "next")]

    first, second = of_kind(plan_day(brief(DAY, library(), due)), Kind.ANNOUNCEMENT)

    assert (first.id, second.id) == ("promo", "next")
    assert second.start == first.end  # 20 s early is nearer than 28 s late
    assert second.error_s == pytest.approx(-20.0, abs=0.4)


@pytest.mark.rule("B06")
def test_two_announcements_due_at_one_moment_follow_each_other_in_the_order_of_the_binder() -> None:
    due = [appointment(moment("12:00"), name) for name in ("umbrella", "member-day", "fresh")]

    together = of_kind(plan_day(brief(DAY, library(), due)), Kind.ANNOUNCEMENT)

    assert [item.id for item in together] == ["umbrella", "member-day", "fresh"]
    assert all(one.end == other.start for one, other in pairwise(together))


@pytest.mark.rule("B09")
def test_an_announcement_goes_into_the_plan_whole_with_its_prelude_and_its_postlude() -> None:
    (promo,) = of_kind(plan_day(brief(DAY, library(), [appointment(moment("12:00"))])), Kind.ANNOUNCEMENT)

    assert promo.part_names == ("prelude", "script", "postlude")
    assert promo.duration_s == pytest.approx(sum(part.duration_s for part in promo.parts))
    assert (promo.fade_out_s, promo.repeats, promo.operator) == (0.0, False, None)


@pytest.mark.rule("B10")
def test_the_class_of_an_announcement_is_the_scripts_own() -> None:
    urgent = Appointment("notice", moment("12:00"), announcement("notice", air_class=AirClass.URGENT))

    (notice,) = of_kind(plan_day(brief(DAY, library(), [urgent])), Kind.ANNOUNCEMENT)

    assert notice.air_class is AirClass.URGENT


def test_an_announcement_that_no_set_of_songs_can_meet_is_named_with_its_error() -> None:
    programme = plan_day(brief(DAY, library(400.0), [appointment(moment("09:12"))]))

    (promo,) = of_kind(programme, Kind.ANNOUNCEMENT)
    assert promo.error_s == -120.0
    assert "09:12:00 promo: planned 120.0 s early; no set of songs ends closer" in programme.warnings


def test_announcements_in_the_welcome_and_in_the_closing_come_at_the_boundary_nearest_to_them() -> None:
    due = [appointment(moment("09:05"), "welcome"), appointment(moment("21:55"), "goodbye")]

    programme = plan_day(brief(DAY, {**library(), WELCOME: songs(95.0, 60.0, name="welcome")}, due))

    welcome, goodbye = of_kind(programme, Kind.ANNOUNCEMENT)
    assert welcome.start == later(moment("09:00"), 310.0)  # 95, 60, 95, 60
    assert abs(goodbye.error_s or 0.0) <= 70.0
    around = programme.items.index(welcome)
    assert [item.id for item in programme.items[around - 1 : around + 2]] == ["welcome-02", "welcome", "welcome-01"]


def test_a_welcome_piece_that_would_have_come_too_late_comes_after_the_announcement() -> None:
    playlists = {**library(), WELCOME: songs(100.0, 250.0, name="welcome")}

    programme = plan_day(brief(DAY, playlists, [appointment(moment("09:02"))]))

    assert [item.id for item in programme.items[:3]] == ["welcome-01", "promo", "welcome-02"]


# beginning late, clock changes, nights


@pytest.mark.rule("B03")
def test_after_a_late_boot_the_day_goes_on_from_there() -> None:
    programme = plan_day(brief(DAY, library(), begin=moment("11:23:45.6")))

    assert programme.items[0].start == moment("11:23:45.6")
    assert programme.items[0].kind is Kind.MUSIC
    assert programme.items[-1].end == moment("22:00")


def test_a_begin_before_the_opening_waits_for_the_opening() -> None:
    assert plan_day(brief(DAY, library(), begin=moment("07:00"))).items[0].start == moment("09:00")


def test_after_the_doors_have_closed_nothing_is_planned_and_what_was_not_aired_is_told() -> None:
    programme = plan_day(brief(DAY, library(), [appointment(moment("21:59"))], begin=moment("22:00:30")))

    assert programme.items == ()
    assert programme.warnings == ("21:59:00 promo: not aired, the doors close at 22:00:00",)


def test_an_announcement_due_before_the_opening_is_aired_at_the_opening_and_said_to_be_late() -> None:
    programme = plan_day(brief(DAY, library(), [appointment(moment("08:58"))]))

    assert (programme.items[0].id, programme.items[0].start) == ("promo", moment("09:00"))
    assert "08:58:00 promo: planned 120.0 s late; no set of songs ends closer" in programme.warnings


@pytest.mark.rule("B19")
def test_an_announcement_for_which_the_closing_is_too_short_is_not_aired_and_told() -> None:
    due = [appointment(moment("21:59:40"), "long", 60.0), appointment(moment("21:59:50"), "late")]

    programme = plan_day(brief(DAY, library(), due))

    assert [item.id for item in of_kind(programme, Kind.ANNOUNCEMENT)] == ["long"]
    assert "21:59:50 late: not aired, the doors close at 22:00:00" in programme.warnings


def test_what_was_heard_before_a_change_is_not_played_again_within_the_separation() -> None:
    begin = moment("10:00")
    heard = tuple(
        Heard(song.id, begin.timestamp() - 600.0 * number, begin.timestamp() - 600.0 * number + song.duration_s)
        for number, song in enumerate(library()[MUSIC][:4], 1)
    )

    programme = plan_day(brief(DAY, library(), begin=begin, heard=heard))

    first_hour = [item.id for item in programme.items if item.start < moment("10:20")]
    assert not {one.song_id for one in heard} & set(first_hour)


def test_announcements_in_the_hour_that_the_clocks_repeat_keep_their_own_moments() -> None:
    night = SATURDAY.replace(month=11, day=1)
    day = business_day("00:30", "00:40", "05:00", "05:10", on=night, zone=NEW_YORK)
    first = moment("01:30", on=night, zone=NEW_YORK)
    due = [appointment(first, "first"), appointment(first.replace(fold=1), "second")]

    early, late = of_kind(plan_day(brief(day, library(), due)), Kind.ANNOUNCEMENT)

    assert late.start.timestamp() - early.start.timestamp() == pytest.approx(3600.0, abs=1.0)


# seeds


@pytest.mark.rule("B03")
def test_a_seed_makes_the_same_day_again_and_another_seed_or_date_another_day() -> None:
    def order(seed: str, day: int = 21) -> list[str]:
        on = SATURDAY.replace(day=day)
        return [item.id for item in plan_day(brief(business_day(on=on), library(), seed=seed)).items]

    assert order("hefeng") == order("hefeng")
    assert order("hefeng") != order("other")
    assert order("hefeng") != order("hefeng", 22)


def test_the_closing_playlist_is_played_in_its_order() -> None:
    closing = of_kind(plan_day(brief(DAY, library())), Kind.CLOSING)

    assert [item.id for item in closing[:3]] == ["closing-01", "closing-02", "closing-01"]
    assert library()[CLOSING][0].duration_s == 140.0
    assert starts(closing)[0].startswith(("21:49:5", "21:50:0"))
