from __future__ import annotations

import pytest

from kiosk.rules.broadcast.library import (
    PAUSE_S,
    ROUND_PAUSE_S,
    Leaf,
    Material,
    Sound,
    Targets,
    gain_db,
    song_id,
    stock,
)
from kiosk.rules.broadcast.material import AirClass, Announcement, Script
from kiosk.units import Language, PlaylistId, ScriptId, ZoneId

TARGETS = Targets(music_lufs=-23.0, announcement_lufs=-18.0, ceiling_dbfs=-1.0)
CHIME, BELLS = "sounds/chimes/up.flac", "sounds/chimes/down.flac"
SONG, OTHER = "sounds/music/tea.flac", "sounds/music/rain.flac"
SPEECH = "sounds/speech/promo.flac"
SOUNDS = {
    CHIME: Sound(2.5, -20.0, -6.0),
    BELLS: Sound(3.0, -21.0, -7.0),
    SONG: Sound(180.0, -20.0, -3.0),
    OTHER: Sound(200.0, -26.0, -9.0),
    SPEECH: Sound(12.0, -24.0, -8.0),
}
DAY = PlaylistId("day")
MANDARIN, ENGLISH = Language("zh-CN"), Language("en")
IN_ENGLISH = "sounds/speech/en/promo.flac"


def script(name: str = "promo", air_class: AirClass = AirClass.ROUTINE) -> Script:
    return Script(ScriptId(name), {}, {Language("zh-CN"): "各位来宾"}, air_class, zones=(ZoneId("hall"),))


def material(sounds: dict[str, Sound] | None = None, said: dict[Language, str] | None = None) -> Material:
    page = Leaf(script(), {MANDARIN: SPEECH} if said is None else said, CHIME, BELLS)
    return stock({DAY: (SONG, OTHER)}, [page], sounds or SOUNDS, TARGETS)


def promo(found: Material) -> Announcement:
    return found.announcements[ScriptId("promo")]


@pytest.mark.rule("B09")
def test_an_announcement_is_made_of_prelude_script_and_postlude_in_that_order() -> None:
    found = promo(material())

    assert found.part_names == ("prelude", "script", "breath", "postlude")
    assert [part.path for part in found.parts] == [CHIME, SPEECH, "rest:0.4", BELLS]
    assert found.duration_s == 17.5 + PAUSE_S
    assert (found.air_class, found.zones) == (AirClass.ROUTINE, ("hall",))


@pytest.mark.rule("B09")
def test_an_announcement_loses_a_prelude_that_cannot_be_played_and_is_read_all_the_same() -> None:
    found = material({**SOUNDS, CHIME: Sound(0.0, None, -120.0, "it is empty")})

    assert promo(found).part_names == ("script", "breath", "postlude")
    assert found.faults == (f"{CHIME}: it is empty",)


def test_an_announcement_whose_recording_cannot_be_played_is_left_out_and_told() -> None:
    found = material({**SOUNDS, SPEECH: Sound(0.0, None, -120.0, "it is truncated")})

    assert found.announcements == {}
    assert found.faults == (f"{SPEECH}: it is truncated",)


def test_a_script_that_nobody_has_said_yet_waits_without_a_word() -> None:
    found = material(said={})

    assert found.announcements == {}
    assert found.faults == ()


@pytest.mark.rule("B09")
def test_a_script_in_two_languages_is_one_announcement_with_a_breath_between_them() -> None:
    found = promo(material({**SOUNDS, IN_ENGLISH: Sound(8.0, -20.0, -6.0)}, {MANDARIN: SPEECH, ENGLISH: IN_ENGLISH}))

    assert found.part_names == ("prelude", "script", "breath", "script-en", "breath", "postlude")
    assert [part.path for part in found.parts] == [CHIME, SPEECH, "rest:1", IN_ENGLISH, "rest:0.4", BELLS]
    assert found.duration_s == 2.5 + 12.0 + 1.0 + 8.0 + 0.4 + 3.0


@pytest.mark.parametrize(("lost", "left"), [(SPEECH, "script-en"), (IN_ENGLISH, "script")])
def test_a_script_that_fails_in_one_language_is_read_in_the_other(lost: str, left: str) -> None:
    both = {MANDARIN: SPEECH, ENGLISH: IN_ENGLISH}
    whole = material({**SOUNDS, IN_ENGLISH: Sound(8.0, -20.0, -6.0)}, both)

    during_the_day = promo(whole.without(frozenset({lost})))
    from_the_start = promo(
        material({**SOUNDS, IN_ENGLISH: Sound(8.0, -20.0, -6.0), lost: Sound(0, None, -120.0, "bad")}, both)
    )

    assert left in during_the_day.part_names
    assert [part.path for part in from_the_start.parts] == [CHIME, *({SPEECH, IN_ENGLISH} - {lost}), "rest:0.4", BELLS]


@pytest.mark.rule("B21")
def test_the_last_word_is_left_to_settle_before_music_or_the_next_round_comes_in() -> None:
    leave = Leaf(script("leave", AirClass.EVACUATION), {MANDARIN: SPEECH}, CHIME)
    bare = Leaf(script("bare"), {MANDARIN: SPEECH})

    found = stock({}, [leave, bare], SOUNDS, TARGETS).announcements

    assert [part.path for part in found[ScriptId("leave")].parts] == [CHIME, SPEECH, "rest:1"]
    assert found[ScriptId("leave")].duration_s == 14.5 + ROUND_PAUSE_S
    assert [part.path for part in found[ScriptId("bare")].parts] == [SPEECH]


@pytest.mark.rule("B03")
def test_a_song_that_cannot_be_played_is_left_out_of_its_playlist_and_told_once() -> None:
    sounds = {**SOUNDS, SONG: Sound(0.0, None, -120.0, "it is truncated")}
    evening = PlaylistId("evening")

    found = stock({DAY: (SONG, OTHER), evening: (SONG,)}, [], sounds, TARGETS)

    assert [song.id for song in found.playlists[DAY]] == ["music/rain"]
    assert found.playlists[evening] == ()
    assert found.faults == (f"{SONG}: it is truncated",)


def test_a_song_that_nobody_has_listened_to_yet_waits_without_a_word() -> None:
    found = stock({DAY: (SONG, OTHER)}, [], {OTHER: SOUNDS[OTHER]}, TARGETS)

    assert [song.id for song in found.songs()] == ["music/rain"]
    assert found.faults == ()


@pytest.mark.parametrize(
    ("sound", "target_lufs", "expected_db"),
    [
        (Sound(9.0, -20.0, -3.0), -23.0, -3.0),
        (Sound(9.0, -26.0, -9.0), -23.0, 3.0),
        (Sound(9.0, -21.0, -1.0), -18.0, 3.0),  # a raw voice: the limiter takes 3 dB off its highest peaks
        (Sound(9.0, -26.0, -2.5), -18.0, 5.5),  # more would be heard to be limited
        (Sound(9.0, -20.0, 0.0), -15.0, 3.0),
        (Sound(9.0, -60.0, -40.0), -23.0, 12.0),  # more would lift the noise
        (Sound(9.0, None, -120.0), -23.0, 0.0),
    ],
)
def test_a_sound_is_brought_to_its_level_as_far_as_its_peaks_allow(
    sound: Sound, target_lufs: float, expected_db: float
) -> None:
    assert gain_db(sound, target_lufs, ceiling_dbfs=-1.0) == expected_db


def test_music_and_speech_each_get_the_level_the_store_chose_for_them() -> None:
    found = material()

    assert [song.clip.gain_db for song in found.playlists[DAY]] == [-3.0, 3.0]
    assert [part.gain_db for part in promo(found).parts] == [2.0, 6.0, 0.0, 3.0]


def test_songs_are_listed_once_in_the_order_of_the_playlists() -> None:
    found = stock({DAY: (OTHER, SONG), PlaylistId("evening"): (SONG, OTHER)}, [], SOUNDS, TARGETS)

    assert [song.id for song in found.songs()] == ["music/rain", "music/tea"]
    assert [song.duration_s for song in found.songs()] == [200.0, 180.0]


@pytest.mark.rule("B03")
def test_files_that_failed_during_the_day_are_taken_out_songs_and_scripts_alike() -> None:
    found = material().without(frozenset({SONG, SPEECH}))

    assert [song.id for song in found.songs()] == ["music/rain"]
    assert found.announcements == {}


@pytest.mark.rule("B09")
def test_an_announcement_whose_prelude_failed_during_the_day_is_read_without_it() -> None:
    assert promo(material().without(frozenset({CHIME}))).part_names == ("script", "breath", "postlude")
    assert promo(material().without(frozenset({CHIME, BELLS}))).part_names == ("script",)


def test_a_library_without_failures_stays_as_it_is() -> None:
    found = material()

    assert found.without(frozenset()) is found
    assert found.without(frozenset({"sounds/other.flac"})).announcements == found.announcements


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("sounds/music/morning_tea.flac", "music/morning_tea"),
        ("music/tea.mp3", "music/tea"),
        ("tea.wav", "tea"),
        ("sounds/晨茶.flac", "晨茶"),
    ],
)
def test_a_song_is_called_by_its_path_without_folder_and_ending(path: str, name: str) -> None:
    assert song_id(path) == name
