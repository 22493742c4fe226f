from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.app.errands import Errand
from kiosk.app.opening import PRESUMED_MUSIC_LUFS, SONGS_FIRST, open_at_once, open_office
from kiosk.app.places import Places
from kiosk.rules.broadcast.library import Sound
from kiosk.rules.broadcast.sayings import Saying
from kiosk.units import PlaylistId, ScriptId
from tests import sites

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
ESPEAK = sites.SITE


def a_site(root: Path, *, songs: int = 3, site: str = ESPEAK) -> Places:
    sounds_s = {path: seconds for path, seconds in sites.SOUNDS_S.items() if "/music/" not in path}
    sounds_s |= {f"sounds/music/{number}.wav": 1.0 for number in range(songs)}
    return Places(sites.write_site(root / "site", sounds_s=sounds_s, site=site), root / "state")


def what(errands: tuple[Errand, ...]) -> list[str]:
    return [one.what if isinstance(one, Saying) else one for one in errands]


def never() -> Callable[[], float]:
    """A clock on which every time limit is over as soon as it has begun."""
    seconds = iter(range(0, 10**9, 1000))
    return lambda: float(next(seconds))


def test_a_store_that_was_never_opened_before_can_play_and_can_warn_at_once(tmp_path: Path) -> None:
    places = a_site(tmp_path, songs=40)

    opened = open_at_once(places, now=NOON)

    material = opened.office.material
    assert len(material.playlists[PlaylistId("day")]) == 40
    assert {ScriptId("evacuation"), ScriptId("lost-child"), ScriptId("member-day")} <= material.announcements.keys()
    assert material.faults == ()


def test_a_song_that_nobody_has_listened_to_yet_is_rather_played_too_softly(tmp_path: Path) -> None:
    opened = open_at_once(a_site(tmp_path), now=NOON)

    glanced = opened.office.sounds["sounds/music/1.wav"]

    assert glanced == Sound(1.0, PRESUMED_MUSIC_LUFS, 0.0)
    assert all(song.clip.gain_db == -14.0 for song in opened.office.material.songs())


def test_emergencies_are_said_first_and_the_music_of_the_hour_is_heard_before_the_routine_texts(tmp_path: Path) -> None:
    settings = ESPEAK.replace('["espeak"]', '["command", "espeak"]\ncommand = "/bin/false"')

    opened = open_at_once(a_site(tmp_path, songs=30, site=settings), now=NOON)

    errands = what(opened.errands)
    assert errands[:2] == ["evacuation", "lost-child"]
    assert errands[2] == "sounds/music/0.wav"
    assert "closing-30" in errands[2 + SONGS_FIRST :][:1]
    assert sorted(errands[2:]) == sorted(
        [*(f"sounds/music/{n}.wav" for n in range(30)), "sounds/welcome.wav", "sounds/closing.wav", "closing-30"]
    )


def test_what_was_heard_and_spoken_before_is_not_done_again(tmp_path: Path) -> None:
    places = a_site(tmp_path)
    whole = open_office(places)

    opened = open_at_once(places, now=NOON)

    assert opened.errands == ()
    assert opened.office.sounds == whole.sounds
    assert opened.office.material == whole.material


def test_a_library_beyond_all_measure_does_not_delay_the_start(tmp_path: Path) -> None:
    opened = open_at_once(a_site(tmp_path, songs=50), now=NOON, mono_s=never())

    assert len(opened.office.sounds) < 10
    assert opened.office.material.songs()  # one at least: the store is not silent
    assert len([one for one in opened.errands if isinstance(one, str)]) > 45
    assert opened.office.material.faults == ()  # what is not known yet is no fault


def test_a_file_that_is_no_sound_is_left_for_the_stock_room_to_judge(tmp_path: Path) -> None:
    places = a_site(tmp_path)
    (places.site / "sounds/music/1.wav").write_bytes(b"no sound at all")

    opened = open_at_once(places, now=NOON)

    assert "sounds/music/1.wav" in what(opened.errands)
    assert [song.id for song in opened.office.material.playlists[PlaylistId("day")]] == ["music/0", "music/2"]


@pytest.mark.rule("B10")
def test_without_a_voice_of_last_resort_an_emergency_waits_for_its_voice(tmp_path: Path) -> None:
    settings = ESPEAK.replace('["espeak"]', '["command"]\ncommand = "/bin/false"')

    opened = open_at_once(a_site(tmp_path, site=settings), now=NOON)

    assert ScriptId("evacuation") not in opened.office.material.announcements
    assert what(opened.errands)[0] == "evacuation"
