from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.rules.broadcast.filler import BED_S, filler
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import TONE_BED, AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.units import PlaylistId
from tests.rules.broadcast.studio import CLOSING, MUSIC, WELCOME, business_day, later, library, moment, songs

DAY = business_day()
STORE = Material(library(200.0, 180.0, 240.0), {})
NOON = moment("12:00")


@pytest.mark.rule("B03")
@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("08:00", "song-01"),  # before the opening: what the day begins with after the welcome
        ("09:00", "welcome-01"),
        ("09:09:59", "welcome-01"),
        ("09:10", "song-01"),
        ("21:49:59", "song-01"),
        ("21:50", "closing-01"),
        ("22:30", "song-01"),
    ],
)
def test_when_nothing_is_planned_a_song_of_the_hour_is_played(now: str, first: str) -> None:
    item = filler(DAY, STORE, moment(now), {})

    assert (item.id, item.kind, item.air_class) == (first, Kind.FILLER, AirClass.MUSIC)
    assert item.start == moment(now)
    assert item.key.endswith("+filler")


@pytest.mark.rule("B03")
def test_the_song_that_rested_longest_is_taken_and_one_never_heard_before_all() -> None:
    heard = {"song-01": moment("11:00"), "song-02": moment("10:00"), "song-03": moment("10:30")}
    never: dict[str, datetime] = {name: at for name, at in heard.items() if name != "song-03"}

    assert filler(DAY, STORE, NOON, heard).id == "song-02"
    assert filler(DAY, STORE, NOON, never).id == "song-03"


@pytest.mark.rule("B03")
def test_without_a_song_of_the_hour_any_song_of_the_library_is_played() -> None:
    material = Material({WELCOME: (), MUSIC: (), CLOSING: songs(140.0, name="closing")}, {})

    assert filler(DAY, material, NOON, {}).id == "closing-01"


@pytest.mark.rule("B03")
def test_without_any_song_the_tone_bed_sounds_for_a_while_and_then_the_library_is_tried_again() -> None:
    item = filler(DAY, Material({PlaylistId("music"): ()}, {}), NOON, {})

    assert (item.kind, item.parts[0].path) == (Kind.TONE_BED, TONE_BED)
    assert (item.end, item.fade_out_s) == (later(NOON, BED_S), 2.0)


def test_a_filler_song_is_played_whole() -> None:
    item = filler(DAY, STORE, NOON, {})

    assert (item.end, item.fade_out_s) == (later(NOON, 200.0), 0.0)


@pytest.mark.rule("B19")
@pytest.mark.parametrize(("now", "fade_out_s"), [("21:59", 4.0), ("21:59:59", 1.0)])
def test_a_filler_song_ends_with_a_fade_when_the_doors_close(now: str, fade_out_s: float) -> None:
    item = filler(DAY, STORE, moment(now), {})

    assert (item.end, item.fade_out_s) == (moment("22:00"), fade_out_s)


def test_fillers_of_different_moments_have_keys_of_their_own() -> None:
    keys = {filler(DAY, STORE, later(NOON, offset_s), {}).key for offset_s in (0.0, 0.001, 1.0)}

    assert len(keys) == 3
