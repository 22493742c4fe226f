from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kiosk.audio.manners import BACK_S
from kiosk.audio.mixer import DUCK_DB, Feed
from kiosk.audio.voice import Mix
from kiosk.rules.broadcast.material import AirClass, Clip, rest
from kiosk.rules.broadcast.volume import Volume
from kiosk.units import ZoneId, amplitude_of, frames_in
from tests.audio.studio import FOOD, HALL, Studio, an_item, as_mix, clip
from tests.audio.tapes import decoded, furthest, noise, tape, tone

TWO_ZONES = (Feed(HALL, (1, 2), 0.0), Feed(FOOD, (3, 4), 0.0))
BOTH = (HALL, FOOD)


@pytest.fixture
def song(tmp_path: Path) -> Clip:
    return clip(tape(tmp_path / "song.flac", noise(4.0, 1, level=3000.0)))


@pytest.fixture
def other(tmp_path: Path) -> Clip:
    return clip(tape(tmp_path / "other.flac", noise(4.0, 2, level=3000.0)))


@pytest.fixture
def words(tmp_path: Path) -> Clip:
    return clip(tape(tmp_path / "words.flac", noise(1.0, 3, level=3000.0)))


def of(file: Clip, seconds: float | None = None) -> Mix:
    """A file as it leaves the mixer at full volume."""
    whole = as_mix(decoded(Path(file.path)))
    return whole if seconds is None else whole[: frames_in(seconds)]


def a_store(root: Path) -> Studio:
    return Studio(root, feeds=TWO_ZONES, channels=4)


def quiet(zone: ZoneId, *, music_db: float, announcement_db: float = 0.0) -> dict[ZoneId, Volume]:
    return {zone: Volume(music_db, announcement_db, 0.0)}


def hall(mix: Mix) -> Mix:
    return mix[:, :2]


def food(mix: Mix) -> Mix:
    return mix[:, 2:]


# volumes


@pytest.mark.rule("B15")
def test_music_and_announcements_have_volumes_of_their_own_in_each_zone(
    tmp_path: Path, song: Clip, words: Clip
) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.set_volumes(quiet(FOOD, music_db=-20.0, announcement_db=-6.0), over_s=0.0)
        studio.mixer.play(an_item("words", words, air_class=AirClass.ROUTINE), over_s=0.0)
        studio.mixer.follow(an_item("song", song))
        studio.hear(0.1)  # where the ramp of no length ends
        said = studio.hear(0.8)
        studio.hear(0.2)
        sung = studio.hear(1.0)

    for mix, loud_db in ((said, -6.0), (sung, -20.0)):
        assert furthest(food(mix), hall(mix) * np.float32(amplitude_of(loud_db))) <= 1e-6


@pytest.mark.rule("B15")
def test_a_volume_changes_by_a_ramp_without_a_click(tmp_path: Path, song: Clip) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.hear(0.5)
        studio.mixer.set_volumes(quiet(HALL, music_db=-12.0), over_s=1.0)
        ramp = studio.hear(1.0)
        after = studio.hear(0.5)

    loud = np.abs(food(ramp)) > 0.02
    course = hall(ramp)[loud] / food(ramp)[loud]
    assert np.diff(course).max() <= 1e-4
    assert -np.diff(course).min() <= 0.01
    assert course[0] == pytest.approx(1.0, abs=0.01)
    assert furthest(hall(after), food(after) * np.float32(amplitude_of(-12.0))) <= 1e-6


@pytest.mark.rule("B15")
def test_at_rest_a_single_zone_at_any_volume_is_its_song_s_own_samples(tmp_path: Path, song: Clip) -> None:
    with Studio(tmp_path) as studio:
        studio.mixer.set_volumes(quiet(HALL, music_db=-9.0), over_s=0.2)
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.hear(0.6, block=441)
        block = studio.mixer.render(441)

    assert not block.flags.owndata, "a block is a slice of the stretch: nothing was computed for it"


def test_a_zone_that_the_mixer_does_not_have_is_passed_over(tmp_path: Path, song: Clip) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.set_volumes(quiet(ZoneId("roof"), music_db=-9.0), over_s=0.0)
        studio.mixer.play(an_item("song", song), over_s=0.0)

        assert furthest(hall(studio.hear(1.0)), of(song, 1.0)) <= 1e-6


# beside the line


@pytest.mark.rule("B08")
@pytest.mark.rule("B15")
@pytest.mark.parametrize("block", [441, 1024, 4096])
def test_a_page_for_a_zone_begins_at_the_song_s_end_and_the_others_hear_the_next_song(
    tmp_path: Path, song: Clip, other: Clip, words: Clip, block: int
) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.mixer.follow(an_item("other", other))
        studio.mixer.beside_next(an_item("page", words, air_class=AirClass.ROUTINE, zones=(FOOD,)))
        studio.hear(song.duration_s + 3.5, block=block)

        assert studio.start_s("page") == studio.start_s("other") == pytest.approx(song.duration_s, abs=1e-4)

    boundary, page = len(of(song)), len(of(words))
    heard = studio.heard
    assert furthest(hall(heard), np.concatenate([of(song), of(other)])[: len(heard)]) <= 1e-6
    assert furthest(food(heard)[:boundary], of(song)) <= 1e-6  # to its very end
    assert furthest(food(heard)[boundary : boundary + page], of(words)) <= 1e-6  # and nothing of the next song in it
    back = boundary + page + frames_in(BACK_S) + block
    assert furthest(food(heard)[back:], hall(heard)[back:]) <= 1e-6
    first = food(heard)[boundary + page : boundary + page + frames_in(0.05)]
    assert np.abs(first).max() < 0.1 * np.abs(of(other)).max(), "it comes in softly"


@pytest.mark.rule("B08")
def test_an_urgent_page_for_a_zone_fades_the_song_there_and_nowhere_else(
    tmp_path: Path, song: Clip, words: Clip
) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.hear(0.5)
        studio.mixer.lay_beside(an_item("page", words, air_class=AirClass.URGENT, zones=(FOOD,)), over_s=0.3)
        at = studio.frames
        studio.hear(3.2)

    heard = studio.heard
    assert furthest(hall(heard), of(song, 3.7)[: len(heard)]) <= 1e-6
    faded, page = at + frames_in(0.3), at + len(of(words))
    assert furthest(food(heard)[faded + 1024 : page - 1024], of(words)[faded + 1024 - at : page - 1024 - at]) <= 1e-6
    assert (
        furthest(food(heard)[page + frames_in(BACK_S) + 1024 :], hall(heard)[page + frames_in(BACK_S) + 1024 :]) <= 1e-6
    )


@pytest.mark.rule("B08")
def test_a_talk_in_one_zone_ducks_the_music_there_only(tmp_path: Path, song: Clip, words: Clip) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.hear(0.5)
        studio.mixer.lay_over(an_item("talk", words, air_class=AirClass.MICROPHONE, zones=(FOOD,)))
        studio.hear(2.0)

    assert furthest(hall(studio.heard), of(song, 2.5)[: len(studio.heard)]) <= 1e-6


@pytest.mark.rule("B08")
def test_a_song_that_is_skipped_is_not_heard_under_a_page_for_a_zone(
    tmp_path: Path, song: Clip, other: Clip, words: Clip
) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.hear(0.5)
        studio.mixer.lay_beside(an_item("page", words, air_class=AirClass.URGENT, zones=(FOOD,)), over_s=0.1)
        studio.hear(0.3)
        studio.mixer.play(an_item("other", other), over_s=0.5)
        heard = studio.hear(0.5)

    said = of(words)[frames_in(0.3) :][: len(heard)]
    assert furthest(food(heard), said) <= 1e-6
    assert np.abs(hall(heard)).max() > np.abs(of(other, 0.5)).max()  # there both are heard


def test_a_page_for_a_zone_does_not_cut_a_song_off_that_is_still_fading(tmp_path: Path, words: Clip) -> None:
    low = [
        clip(tape(tmp_path / f"{hertz}.flac", tone(2.0, hertz))) for hertz in (111, 120)
    ]  # the first is at its top when the page begins
    short = clip(tape(tmp_path / "short.flac", tone(0.5, 130)))
    with a_store(tmp_path) as studio:
        studio.mixer.play(an_item("song", low[0]), over_s=0.0)
        studio.hear(0.25)
        studio.mixer.play(an_item("short", short), over_s=1.5)
        studio.mixer.follow(an_item("next", low[1]))
        studio.mixer.beside_next(an_item("page", rest(1.0), air_class=AirClass.ROUTINE, zones=(FOOD,)))
        heard = studio.hear(1.2)

    assert studio.start_s("page") == pytest.approx(0.75, abs=0.001)
    assert np.abs(np.diff(food(heard), axis=0)).max() < 0.01


@pytest.mark.rule("B16")
def test_a_song_that_is_skipped_stays_ducked_under_a_talk(tmp_path: Path, song: Clip, other: Clip) -> None:
    with Studio(tmp_path) as studio:
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.mixer.lay_over(an_item("talk", rest(2.0), air_class=AirClass.MICROPHONE))
        studio.hear(0.5)
        studio.mixer.play(an_item("other", other), over_s=0.5)
        heard = studio.hear(1.0)

    loudest = np.abs(of(song)).max() + np.abs(of(other)).max()
    assert np.abs(heard).max() <= loudest * amplitude_of(DUCK_DB)


@pytest.mark.rule("B10")
def test_an_evacuation_is_heard_in_every_zone_at_its_full_volume_whatever_zones_it_names(
    tmp_path: Path, song: Clip, words: Clip
) -> None:
    with a_store(tmp_path) as studio:
        studio.mixer.set_volumes({zone: Volume(-30.0, -30.0, -3.0) for zone in BOTH}, over_s=0.0)
        studio.mixer.play(an_item("song", song), over_s=0.0)
        studio.mixer.lay_beside(an_item("page", song, air_class=AirClass.URGENT, zones=(HALL,)), over_s=0.1)
        studio.hear(0.5)
        studio.mixer.play(an_item("leave", words, air_class=AirClass.EVACUATION, zones=(FOOD,)), over_s=0.2)
        studio.hear(0.3)
        heard = studio.hear(0.5)

    assert studio.end_of("page").cut
    begin = frames_in(0.3)
    wanted = of(words)[begin : begin + len(heard)] * np.float32(amplitude_of(-3.0))
    assert furthest(hall(heard), wanted) <= 1e-4
    assert furthest(food(heard), wanted) <= 1e-4
