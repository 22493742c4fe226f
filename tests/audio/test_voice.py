from __future__ import annotations

import numpy as np
import pytest

from kiosk.audio.sources import ClipSource, PartsSource
from kiosk.audio.voice import Fade, Fader, Mix, Route, Voice
from kiosk.rules.broadcast.material import Clip
from kiosk.units import SAMPLE_RATE_HZ, frames_in
from tests.audio.studio import an_item, as_mix
from tests.audio.tapes import Samples, furthest, noise, tone

PAIR = (Route(0, 1, Fader(1.0)),)
EXACT = 1e-6


def voice(
    samples: Samples,
    *,
    routes: tuple[Route, ...] = PAIR,
    gain: float = 1.0,
    lasts_s: float | None = None,
    fade_out_s: float = 0.0,
) -> Voice:
    item = an_item("song", Clip("song.flac", len(samples) / SAMPLE_RATE_HZ), lasts_s=lasts_s, fade_out_s=fade_out_s)
    return Voice(item, PartsSource([("song", gain, ClipSource(samples))]), routes)


def sing(one: Voice, frames: int, *, channels: int = 2, block: int = 1024) -> Mix:
    """What it adds to so many frames of silence."""
    mix = np.zeros((frames, channels), dtype=np.float32)
    for begin in range(0, frames, block):
        one.add_to(mix[begin : begin + block], 0)
    return mix


# fades


def test_a_fade_stands_still_until_it_is_told_to_move() -> None:
    fade = Fade(0.5)

    assert fade.over
    assert fade.next(100) == 0.5


@pytest.mark.parametrize("block", [1, 7, 100, 1000])
def test_a_fade_moves_in_a_line_whatever_the_blocks(block: int) -> None:
    fade = Fade()
    fade.to(0.0, 300)

    course = np.concatenate([np.broadcast_to(fade.next(block), (block, 1)) for _ in range(1000 // block + 1)])

    line = 1 - np.arange(1, 301) / 300
    assert np.abs(course[:300, 0] - line).max() < 1e-5
    assert not course[300:].any()
    assert fade.over


def test_a_fade_turned_round_sets_out_from_where_it_is() -> None:
    fade = Fade()
    fade.to(0.0, 100)
    fade.next(50)

    fade.to(1.0, 50)
    course = np.asarray(fade.next(50))

    assert course[0, 0] == pytest.approx(0.51)
    assert course[-1, 0] == pytest.approx(1.0)


def test_of_two_fades_to_silence_the_sooner_counts() -> None:
    slow_first, quick_first = Fade(), Fade()
    slow_first.to_silence(1000)
    slow_first.next(100)
    quick_first.to_silence(50)

    slow_first.to_silence(100)
    quick_first.to_silence(1000)

    assert slow_first.frames_left == 100
    assert quick_first.frames_left == 50


# the planned end


@pytest.mark.parametrize("block", [256, 1000, 1024, 4096])
def test_a_planned_fade_ends_at_the_very_sample(block: int) -> None:
    samples = noise(3.0)
    one = voice(samples, lasts_s=2.0, fade_out_s=0.5)

    mix = sing(one, frames_in(3.0), block=block)

    begin, end = frames_in(1.5), frames_in(2.0)
    slope = (1 - np.arange(1, end - begin + 1, dtype=np.float32) / (end - begin))[:, np.newaxis] ** 2
    assert furthest(mix[:begin], as_mix(samples[:begin])) <= EXACT
    assert furthest(mix[begin:end], as_mix(samples[begin:end]) * slope) <= 1e-4
    assert not mix[end:].any()
    assert one.over
    assert one.frames_out == end


def test_a_fade_sinks_evenly_and_does_not_drop_off_at_its_end() -> None:
    mix = sing(voice(tone(6.0, 441), lasts_s=5.0, fade_out_s=4.0), frames_in(5.0))

    peaks_dbfs = [20 * np.log10(np.abs(mix[frames_in(at) :][:200]).max()) for at in (1.0, 2.0, 3.0, 4.0, 4.6)]
    steps_db = np.diff(peaks_dbfs)

    assert steps_db[:3] == pytest.approx([-5.0, -7.0, -12.0], abs=0.2)
    assert peaks_dbfs[-1] - peaks_dbfs[0] == pytest.approx(-40.0, abs=0.5)  # nothing is heard any more when it ends


def test_a_fade_as_long_as_the_item_begins_with_it() -> None:
    samples = noise(1.0)

    mix = sing(voice(samples, lasts_s=0.5, fade_out_s=0.9), frames_in(1.0))

    level = np.abs(mix).max(axis=1)
    assert level[: frames_in(0.1)].max() > 3 * level[frames_in(0.4) : frames_in(0.5)].max()
    assert np.abs(mix[frames_in(0.5) - 20 : frames_in(0.5)]).max() < 1e-3


def test_a_file_shorter_than_the_plan_ends_with_the_file() -> None:
    one = voice(noise(0.5), lasts_s=2.0, fade_out_s=0.5)

    sing(one, frames_in(1.0))

    assert one.over
    assert one.frames_out == frames_in(0.5)


def test_a_cut_during_the_planned_fade_does_not_draw_it_out() -> None:
    one = voice(noise(3.0), lasts_s=1.0, fade_out_s=0.5)
    sing(one, frames_in(0.8))

    one.cut_within(frames_in(2.0))
    sing(one, frames_in(1.0))

    assert one.over
    assert one.frames_out == frames_in(1.0)


def test_a_cut_before_the_planned_fade_ends_no_later_than_planned() -> None:
    one = voice(noise(3.0), lasts_s=1.0, fade_out_s=0.2)
    sing(one, frames_in(0.7))

    one.cut_within(frames_in(2.0))
    mix = sing(one, frames_in(1.0))

    assert one.frames_out == frames_in(1.0)
    assert np.abs(mix[frames_in(0.3) - 5 : frames_in(0.3)]).max() < 1e-3


def test_a_cut_voice_ends_with_its_fade() -> None:
    one = voice(noise(1.0))
    sing(one, 1000)

    one.cut_within(500)
    sing(one, 4096)

    assert one.over
    assert one.frames_out == 1500


def test_a_cut_voice_whose_file_ends_first_is_over() -> None:
    one = voice(noise(0.1))
    sing(one, 1024)

    one.cut_within(frames_in(5.0))
    sing(one, frames_in(0.2))

    assert one.over


# gains and zones


@pytest.mark.rule("B15")
def test_each_zone_gets_its_own_volume() -> None:
    samples = noise(0.1)

    mix = sing(
        voice(samples, routes=(Route(0, 1, Fader(0.5)), Route(2, 3, Fader(1.0))), gain=0.8), len(samples), channels=6
    )

    assert furthest(mix[:, :2], as_mix(samples) * 0.4) <= EXACT
    assert furthest(mix[:, 2:4], as_mix(samples) * 0.8) <= EXACT
    assert not mix[:, 4:].any()


@pytest.mark.rule("B15")
def test_a_zone_of_one_channel_gets_both_sides() -> None:
    samples = noise(0.1)

    mix = sing(voice(samples, routes=(Route(1, 1, Fader(0.5)),)), len(samples))

    assert furthest(mix[:, 1], as_mix(samples).mean(axis=1) * 0.5) <= EXACT
    assert not mix[:, 0].any()


@pytest.mark.rule("B15")
def test_a_zone_may_have_its_sides_swapped_or_apart() -> None:
    samples = noise(0.1)

    mix = sing(voice(samples, routes=(Route(3, 0, Fader(0.5)),)), len(samples), channels=4)

    assert furthest(mix[:, [3, 0]], as_mix(samples) * 0.5) <= EXACT
    assert not mix[:, [1, 2]].any()


def test_what_sounds_together_adds_up() -> None:
    one, two = noise(0.1, 1), noise(0.1, 2)
    mix = np.zeros((len(one), 2), dtype=np.float32)

    voice(one).add_to(mix, 0)
    voice(two).add_to(mix, 0)

    assert furthest(mix, as_mix(one) + as_mix(two)) <= EXACT


def test_a_zone_that_no_item_is_for_stays_silent_but_time_passes() -> None:
    one = voice(noise(0.1), routes=())

    mix = sing(one, frames_in(0.2))

    assert not mix.any()
    assert one.over
    assert one.frames_out == frames_in(0.1)


def test_a_voice_that_begins_within_a_block_leaves_what_was_before() -> None:
    mix = np.ones((1000, 2), dtype=np.float32)

    added = voice(noise(1.0)).add_to(mix, 600)

    assert added == 400
    assert (mix[:600] == 1).all()


def test_the_level_is_that_of_the_loudest_zone() -> None:
    one = voice(tone(1.0, 441, level_dbfs=-10.0), routes=(Route(0, 1, Fader(0.1)), Route(2, 3, Fader(0.5))), gain=0.5)

    sing(one, SAMPLE_RATE_HZ, channels=4)

    assert one.level_dbfs == pytest.approx(-10.0 - 3.01 - 6.02 - 6.02, abs=0.05)


def test_silence_has_a_level_too_but_nothing_has_none() -> None:
    silent, unheard = voice(noise(0.1, level=0)), voice(noise(0.1))

    sing(silent, 1000)

    assert silent.level_dbfs == -120.0
    assert unheard.level_dbfs is None
