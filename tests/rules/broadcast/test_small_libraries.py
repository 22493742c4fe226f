from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.rules.broadcast.material import TONE_BED
from kiosk.rules.broadcast.planner import plan_day
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.rotation import Heard
from tests.rules.broadcast.studio import (
    MUSIC,
    WELCOME,
    appointment,
    brief,
    business_day,
    library,
    moment,
    of_kind,
    shortest_rest_s,
)

DAY = business_day()


@pytest.mark.rule("B03")
def test_a_store_with_one_song_plays_it_all_day_and_is_told() -> None:
    programme = plan_day(brief(DAY, library(200.0), [appointment(moment("12:00"))]))

    music = of_kind(programme, Kind.MUSIC)
    assert {item.id for item in music} == {"song-01"}
    assert abs(music[-1].end.timestamp() - moment("21:50").timestamp()) <= 100.0
    assert [warning for warning in programme.warnings if "playlist music" in warning] == [
        "playlist music: 1 songs of 3 min in all cannot keep 60 min between repeats; the shortest was 0 min: "
        "add songs or lower programme.separation"
    ]


@pytest.mark.rule("B03")
def test_a_store_with_one_song_that_was_cut_goes_on_with_it() -> None:
    begin = moment("10:00")
    cut = Heard("song-01", begin.timestamp() - 20.0, begin.timestamp() + 180.0)

    programme = plan_day(brief(DAY, library(200.0), begin=begin, heard=(cut,)))

    music = of_kind(programme, Kind.MUSIC)
    assert music[0].start == begin
    assert abs(music[-1].end.timestamp() - moment("21:50").timestamp()) <= 100.0


@pytest.mark.rule("B03")
def test_a_library_too_small_for_the_separation_repeats_as_late_as_it_can() -> None:
    programme = plan_day(brief(DAY, library(*[180.0] * 6)))

    assert shortest_rest_s(of_kind(programme, Kind.MUSIC)) >= 0.5 * 5 * 180.0
    assert len([warning for warning in programme.warnings if "playlist music" in warning]) == 1


@pytest.mark.rule("B03")
def test_a_small_playlist_is_reported_once_though_two_dayparts_play_it() -> None:
    day = business_day("09:00", "09:10", "14:00", "21:50", "22:00")

    programme = plan_day(brief(day, library(*[180.0] * 6)))

    assert len([warning for warning in programme.warnings if "playlist music" in warning]) == 1


@pytest.mark.rule("B03")
def test_an_empty_playlist_is_replaced_by_any_song_of_the_library() -> None:
    programme = plan_day(brief(DAY, {**library(), MUSIC: ()}))

    between = of_kind(programme, Kind.FILLER)
    assert {item.id for item in between} <= {"welcome-01", "closing-01", "closing-02"}
    assert between[0].start == moment("09:10")
    assert programme.warnings[0] == (
        "playlist music: no song of it can be played; any song of the library is played instead"
    )


@pytest.mark.rule("B03")
def test_an_empty_welcome_playlist_is_replaced_too() -> None:
    programme = plan_day(brief(DAY, {**library(), WELCOME: ()}))

    assert programme.items[0].kind is Kind.FILLER
    assert programme.items[0].start == moment("09:00")


@pytest.mark.rule("B03")
def test_without_any_song_the_tone_bed_sounds_all_day_and_announcements_are_punctual() -> None:
    due = [appointment(moment(at)) for at in ("09:05", "12:07", "21:57")]

    programme = plan_day(brief(DAY, {}, due))

    assert {item.parts[0].path for item in of_kind(programme, Kind.TONE_BED)} == {TONE_BED}
    assert [item.error_s for item in of_kind(programme, Kind.ANNOUNCEMENT)] == [0.0, 0.0, 0.0]
    assert all(one.end == other.start for one, other in pairwise(programme.items))
    assert (programme.items[0].start, programme.items[-1].end) == (moment("09:00"), moment("22:00"))
    assert "playlist music: no song of it can be played; a tone bed is played instead" in programme.warnings


@pytest.mark.rule("B03")
def test_a_last_blink_of_a_daypart_is_left_to_the_next_one() -> None:
    due = [appointment(moment("21:49:59"), "blink", 0.5)]

    programme = plan_day(brief(DAY, {}, due))

    (blink,) = of_kind(programme, Kind.ANNOUNCEMENT)
    assert programme.items[programme.items.index(blink) + 1].start == moment("21:49:59.5")
