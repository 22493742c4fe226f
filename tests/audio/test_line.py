"""The line: items joined to the sample, followed, cut and faded by the rules of the air."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kiosk.audio.manners import BACK_S, DUCK_S
from kiosk.audio.mixer import DUCK_DB
from kiosk.rules.broadcast.material import TONE_BED, AirClass, Clip
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of, frames_in
from tests.audio.studio import BLOCK, Studio, an_item, as_mix, clip
from tests.audio.tapes import decoded, furthest, noise, tape, tone

EXACT = 1e-6


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with Studio(tmp_path) as one:
        yield one


@pytest.fixture
def tapes(tmp_path: Path) -> list[Path]:
    """Three songs in three formats, none of a round length."""
    names = ("one.wav", "two.flac", "three.mp3")
    return [tape(tmp_path / name, noise(0.7 + 0.1234 * place, place)) for place, name in enumerate(names)]


@pytest.mark.parametrize("block", [256, 1000, 1024, 4096])
def test_wav_flac_and_mp3_join_without_a_sample_between(studio: Studio, tapes: list[Path], block: int) -> None:
    items = [an_item(path.name, clip(path)) for path in tapes]

    studio.mixer.play(items[0], over_s=0)
    for item in items[1:]:
        studio.mixer.follow(item)
        studio.hear_until_over(items[items.index(item) - 1].key, block=block)
    studio.hear_until_over(items[-1].key, block=block)

    whole = as_mix(np.concatenate([decoded(path) for path in tapes]))
    assert furthest(studio.heard[: len(whole)], whole) <= EXACT
    assert not studio.heard[len(whole) :].any()


def test_reported_times_are_those_of_the_samples(studio: Studio, tapes: list[Path]) -> None:
    first, second = (an_item(path.name, clip(path)) for path in tapes[:2])

    studio.mixer.play(first, over_s=0)
    studio.mixer.follow(second)
    studio.hear_until_over(second.key)

    assert studio.course == ["started one.wav", "ended one.wav", "started two.flac", "ended two.flac"]
    assert studio.start_s(first.key) == 0.0
    assert studio.end_of(first.key).mono_s == studio.start_s(second.key) == pytest.approx(first.duration_s, abs=1e-6)
    assert studio.end_of(second.key).mono_s == pytest.approx(first.duration_s + second.duration_s, abs=1e-6)


def test_the_latency_of_the_output_is_added_to_the_times(studio: Studio, tapes: list[Path]) -> None:
    studio.mixer.latency_s = 0.25

    studio.mixer.play(an_item("song", clip(tapes[1])), over_s=0)
    studio.hear(0.1)

    assert studio.start_s("song") == 0.25


def test_a_follower_that_is_replaced_before_it_began_is_never_heard(studio: Studio, tapes: list[Path]) -> None:
    one, two, three = (an_item(path.name, clip(path)) for path in tapes)

    studio.mixer.play(one, over_s=0)
    studio.mixer.follow(two)
    studio.hear(0.2)
    studio.mixer.follow(three)
    studio.hear_until_over(three.key)

    whole = as_mix(np.concatenate([decoded(tapes[0]), decoded(tapes[2])]))
    assert furthest(studio.heard[: len(whole)], whole) <= EXACT
    assert not any(two.key in report for report in studio.course)


def test_a_follower_that_began_is_not_replaced_but_followed(studio: Studio, tapes: list[Path]) -> None:
    one, two, three = (an_item(path.name, clip(path)) for path in tapes)

    studio.mixer.play(one, over_s=0)
    studio.mixer.follow(two)
    studio.hear_until_over(one.key)
    studio.mixer.follow(three)
    studio.hear_until_over(three.key)

    whole = as_mix(np.concatenate([decoded(path) for path in tapes]))
    assert furthest(studio.heard[: len(whole)], whole) <= EXACT


def test_no_follower_means_silence(studio: Studio, tapes: list[Path]) -> None:
    studio.mixer.play(an_item("song", clip(tapes[0])), over_s=0)
    studio.mixer.follow(an_item("next", clip(tapes[1])))
    studio.mixer.follow(None)
    studio.hear(1.5)

    assert studio.course == ["started song", "ended song"]


@pytest.mark.rule("B09")
def test_prelude_script_and_postlude_are_one_thing_without_a_sample_between(studio: Studio, tapes: list[Path]) -> None:
    page = an_item("page", *(clip(path) for path in tapes), air_class=AirClass.ROUTINE)

    studio.mixer.play(page, over_s=0)
    studio.hear_until_over("page")

    whole = as_mix(np.concatenate([decoded(path) for path in tapes]))
    assert furthest(studio.heard[: len(whole)], whole) <= EXACT
    assert studio.end_of("page").phase == "postlude"
    assert studio.end_of("page").whole


@pytest.mark.rule("B09")
@pytest.mark.parametrize("lengths", [(BLOCK, 3 * BLOCK, 2 * BLOCK), (BLOCK - 1, BLOCK + 1, 1)])
def test_parts_that_end_with_a_block_leave_no_gap_either(
    studio: Studio, tmp_path: Path, lengths: tuple[int, ...]
) -> None:
    paths = [
        tape(tmp_path / f"{place}.mp3", noise(frames / SAMPLE_RATE_HZ, place)) for place, frames in enumerate(lengths)
    ]

    studio.mixer.play(an_item("page", *(clip(path) for path in paths), air_class=AirClass.ROUTINE), over_s=0)
    studio.hear_until_over("page")

    whole = as_mix(np.concatenate([decoded(path) for path in paths]))
    assert furthest(studio.heard[: len(whole)], whole) <= EXACT


def test_each_part_has_its_own_gain(studio: Studio, tmp_path: Path) -> None:
    loud, soft = tape(tmp_path / "loud.flac", noise(0.5, 1)), tape(tmp_path / "soft.flac", noise(0.5, 2))

    studio.mixer.play(an_item("page", clip(loud, -6.0), clip(soft, 3.0), air_class=AirClass.ROUTINE), over_s=0)
    studio.hear_until_over("page")

    wanted = [as_mix(decoded(loud)) * amplitude_of(-6.0), as_mix(decoded(soft)) * amplitude_of(3.0)]
    assert furthest(studio.heard[: len(wanted[0]) * 2], np.concatenate(wanted)) <= EXACT


@pytest.mark.rule("B10")
def test_an_urgent_announcement_breaks_into_music_with_a_fade(studio: Studio, tmp_path: Path) -> None:
    music, call = tape(tmp_path / "music.flac", noise(3.0, 1)), tape(tmp_path / "call.flac", noise(1.0, 2))
    studio.mixer.play(an_item("music", clip(music)), over_s=0)
    before = studio.hear(1.0)

    studio.mixer.play(an_item("call", clip(call), air_class=AirClass.URGENT), over_s=0.3)
    studio.hear_until_over("call")

    spoken = as_mix(decoded(call))
    under = studio.heard[len(before) : len(before) + len(spoken)] - spoken
    fade = np.linspace(1, 0, frames_in(0.3) + 1, dtype=np.float32)[1:, np.newaxis] ** 2
    faded = as_mix(decoded(music))[len(before) :][: len(fade)] * fade
    assert furthest(under[: len(fade)], faded) <= 1e-4
    assert furthest(under[len(fade) :], np.zeros_like(under[len(fade) :])) <= EXACT
    assert studio.course == ["started music", "started call", "ended music", "ended call"]
    assert studio.end_of("music").cut
    assert studio.end_of("music").mono_s == pytest.approx(1.3, abs=1e-4)


@pytest.mark.rule("B10")
def test_music_that_ends_within_the_fade_does_not_hold_up_the_mixer(studio: Studio, tmp_path: Path) -> None:
    music, call = tape(tmp_path / "music.flac", noise(1.1, 1)), tape(tmp_path / "call.flac", noise(0.5, 2))
    studio.mixer.play(an_item("music", clip(music)), over_s=0)
    studio.hear(1.0)

    studio.mixer.play(an_item("call", clip(call), air_class=AirClass.URGENT), over_s=0.3)
    studio.hear_until_over("call")

    assert studio.end_of("music").mono_s == pytest.approx(1.1, abs=1e-4)


@pytest.mark.rule("B08")
@pytest.mark.rule("B10")
@pytest.mark.parametrize("breaks_in", [AirClass.MUSIC, AirClass.ROUTINE, AirClass.URGENT])
@pytest.mark.parametrize("sounding", [AirClass.ROUTINE, AirClass.URGENT])
def test_an_announcement_that_began_is_never_cut(
    studio: Studio, tmp_path: Path, sounding: AirClass, breaks_in: AirClass
) -> None:
    page, other = tape(tmp_path / "page.flac", noise(0.5, 1)), tape(tmp_path / "other.flac", noise(0.5, 2))
    studio.mixer.play(an_item("page", clip(page), air_class=sounding), over_s=0)
    studio.hear(0.1)

    studio.mixer.play(an_item("other", clip(other), air_class=breaks_in), over_s=0.3)
    studio.mixer.fade(0.1)
    studio.hear_until_over("page")

    assert studio.course == ["started page", "missed other", "ended page"]
    whole = as_mix(decoded(page))
    assert furthest(studio.heard[: len(whole)], whole) <= EXACT


@pytest.mark.rule("B10")
@pytest.mark.parametrize("sounding", list(AirClass))
def test_an_evacuation_breaks_into_everything(studio: Studio, tmp_path: Path, sounding: AirClass) -> None:
    page, leave = tape(tmp_path / "page.flac", noise(2.0, 1)), tape(tmp_path / "leave.flac", noise(0.5, 2))
    studio.mixer.play(an_item("page", clip(page), air_class=sounding), over_s=0)
    studio.hear(0.1)

    studio.mixer.play(an_item("leave", clip(leave), air_class=AirClass.EVACUATION), over_s=0.2)
    studio.hear_until_over("leave")

    assert studio.course == ["started page", "started leave", "ended page", "ended leave"]
    assert studio.start_s("leave") == pytest.approx(0.1, abs=1e-4)
    assert studio.end_of("page").cut
    spoken = as_mix(decoded(leave))
    after_fade = slice(frames_in(0.3) + 1, frames_in(0.1) + len(spoken))
    assert furthest(studio.heard[after_fade], spoken[after_fade.start - frames_in(0.1) :]) <= EXACT


@pytest.mark.rule("B10")
def test_an_evacuation_silences_a_live_microphone_and_is_not_ducked_under_it(studio: Studio, tmp_path: Path) -> None:
    talk, leave = tape(tmp_path / "talk.flac", noise(2.0, 1)), tape(tmp_path / "leave.flac", noise(0.5, 2))
    studio.mixer.lay_over(an_item("talk", clip(talk), air_class=AirClass.MICROPHONE))
    studio.hear(0.5)

    studio.mixer.play(an_item("leave", clip(leave), air_class=AirClass.EVACUATION), over_s=0.2)
    studio.hear_until_over("leave")

    assert studio.end_of("talk").cut
    spoken = as_mix(decoded(leave))
    assert furthest(studio.heard[frames_in(0.7) + 1 :][:4000], spoken[frames_in(0.2) + 1 :][:4000]) <= EXACT


@pytest.mark.rule("B10")
def test_an_evacuation_is_faded_by_the_reset_only(studio: Studio, tmp_path: Path) -> None:
    leave = tape(tmp_path / "leave.flac", noise(3.0))
    studio.mixer.play(an_item("leave", clip(leave), air_class=AirClass.EVACUATION), over_s=0)
    studio.hear(1.0)

    studio.mixer.fade(0.5)
    studio.hear(1.0)

    assert studio.end_of("leave").mono_s == pytest.approx(1.5, abs=1e-4)
    assert not studio.heard[frames_in(1.5) + 1 :].any()


def test_an_item_replaced_before_its_first_sample_is_forgotten_for_it_was_never_on_the_air(
    studio: Studio, tapes: list[Path]
) -> None:
    studio.mixer.play(an_item("never", clip(tapes[0])), over_s=0)
    studio.mixer.play(an_item("song", clip(tapes[1])), over_s=0)
    studio.hear(0.1)

    assert studio.course == ["started song"]


def test_music_fades_to_silence_and_its_follower_is_forgotten(studio: Studio, tapes: list[Path]) -> None:
    studio.mixer.play(an_item("song", clip(tapes[0])), over_s=0)
    studio.mixer.follow(an_item("next", clip(tapes[1])))
    studio.hear(0.1)

    studio.mixer.fade(0.3)
    studio.hear(1.5)

    assert studio.course == ["started song", "ended song"]
    assert studio.end_of("song").mono_s == pytest.approx(0.4, abs=1e-4)
    assert not studio.heard[frames_in(0.4) + 1 :].any()
    assert np.abs(np.diff(studio.heard[frames_in(0.39) :], axis=0)).max() < 0.02


def test_a_fade_that_is_under_way_is_not_drawn_out_by_a_later_one(studio: Studio, tmp_path: Path) -> None:
    music, call = tape(tmp_path / "music.flac", noise(4.0, 1)), tape(tmp_path / "call.flac", noise(0.5, 2))
    studio.mixer.play(an_item("music", clip(music)), over_s=0)
    studio.hear(0.1)
    studio.mixer.fade(0.2)
    studio.hear(0.1)

    studio.mixer.play(an_item("call", clip(call), air_class=AirClass.URGENT), over_s=2.0)
    studio.hear(1.0)

    assert studio.end_of("music").mono_s == pytest.approx(0.3, abs=1e-4)


def test_an_item_laid_over_ducks_the_music_and_gives_it_back(studio: Studio, tmp_path: Path) -> None:
    music, talk = tape(tmp_path / "music.flac", tone(4.0, 441)), tape(tmp_path / "talk.flac", noise(1.0, level=0))
    studio.mixer.play(an_item("music", clip(music)), over_s=0)
    before = studio.hear(1.0)

    studio.mixer.lay_over(an_item("talk", clip(talk), air_class=AirClass.MICROPHONE))
    studio.hear(2.9)

    whole = as_mix(decoded(music))
    settled = slice(len(before) + frames_in(DUCK_S), len(before) + frames_in(1.0) - BLOCK)
    rises = slice(len(before) + frames_in(1.0) + BLOCK, len(before) + frames_in(1.0 + DUCK_S))
    back = slice(len(before) + frames_in(1.0) + BLOCK + frames_in(BACK_S), len(studio.heard))
    assert furthest(studio.heard[settled], whole[settled] * amplitude_of(DUCK_DB)) <= 1e-5
    assert np.abs(studio.heard[rises]).max() < 0.3 * np.abs(whole[rises]).max()  # it comes back, it does not jump
    assert furthest(studio.heard[back], whole[back]) <= EXACT
    assert np.abs(np.diff(studio.heard, axis=0)).max() <= np.abs(np.diff(whole, axis=0)).max() * 1.05  # no click
    assert studio.course == ["started music", "started talk", "ended talk"]


@pytest.mark.rule("B10")
def test_a_second_item_laid_over_is_missed_and_the_first_goes_on(studio: Studio, tmp_path: Path) -> None:
    talk = tape(tmp_path / "talk.flac", noise(1.0))
    studio.mixer.lay_over(an_item("first", clip(talk), air_class=AirClass.MICROPHONE))
    studio.hear(0.5)

    studio.mixer.lay_over(an_item("second", clip(talk), air_class=AirClass.MICROPHONE))
    studio.hear_until_over("first")

    assert studio.course == ["started first", "missed second", "ended first"]
    assert studio.end_of("first").whole


@pytest.mark.rule("B10")
def test_nothing_is_laid_over_an_announcement_that_was_faster(studio: Studio, tmp_path: Path) -> None:
    page, talk = tape(tmp_path / "page.flac", noise(1.0, 1)), tape(tmp_path / "talk.flac", noise(1.0, 2))
    studio.mixer.play(an_item("page", clip(page), air_class=AirClass.ROUTINE), over_s=0)
    studio.hear(0.1)

    studio.mixer.lay_over(an_item("talk", clip(talk), air_class=AirClass.MICROPHONE))
    studio.hear_until_over("page")

    assert studio.course == ["started page", "missed talk", "ended page"]
    whole = as_mix(decoded(page))
    assert furthest(studio.heard[: len(whole)], whole) <= EXACT


@pytest.mark.rule("B10")
def test_an_announcement_that_was_to_follow_a_song_is_not_read_under_a_talk(studio: Studio, tmp_path: Path) -> None:
    song, talk = tape(tmp_path / "song.flac", noise(0.5, 1)), tape(tmp_path / "talk.flac", noise(1.0, 2))
    page = tape(tmp_path / "page.flac", noise(0.5, 3))
    studio.mixer.play(an_item("song", clip(song)), over_s=0)
    studio.mixer.follow(an_item("page", clip(page), air_class=AirClass.ROUTINE))
    studio.mixer.lay_over(an_item("talk", clip(talk), air_class=AirClass.MICROPHONE))

    studio.hear_until_over("page")

    assert studio.course == ["started song", "started talk", "ended song", "ended talk", "started page", "ended page"]


def test_the_tone_bed_plays_as_long_as_it_is_wanted(studio: Studio) -> None:
    studio.mixer.play(an_item("bed", Clip(TONE_BED, 20.0), lasts_s=20.0, fade_out_s=2.0), over_s=0)
    studio.hear_until_over("bed")

    assert studio.end_of("bed").mono_s == pytest.approx(20.0, abs=1e-4)
    assert studio.end_of("bed").whole
    assert -40 < (studio.end_of("bed").level_dbfs or 0.0) < -15


def test_the_level_that_was_sent_is_measured(studio: Studio, tmp_path: Path) -> None:
    path = tape(tmp_path / "tone.flac", tone(1.0, 441, level_dbfs=-20.0))

    studio.mixer.play(an_item("tone", clip(path, -3.0)), over_s=0)
    studio.hear_until_over("tone")

    assert studio.end_of("tone").level_dbfs == pytest.approx(-20.0 - 3.0 - 3.01, abs=0.05)
