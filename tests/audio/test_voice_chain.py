from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from kiosk.audio.capture import as_int16
from kiosk.audio.listening import sound_of
from kiosk.audio.voice_chain import HighPass, Mono, VoiceChain, VoiceSettings, spoken_at
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of

BLOCK = 128
PROJECT = Path(__file__).parents[2]


def sine(seconds: float, hertz: float, rms_dbfs: float) -> Mono:
    moments = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return (np.sin(2 * np.pi * hertz * moments) * amplitude_of(rms_dbfs + 3.01)).astype(np.float32)


def through(chain: VoiceChain, sound: Mono, block: int = BLOCK) -> Mono:
    return np.concatenate([chain.process(sound[at : at + block]) for at in range(0, len(sound), block)])


def rms_dbfs(sound: Mono) -> float:
    return float(20 * np.log10(max(1e-9, float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))))))


@pytest.mark.rule("B15")
def test_loud_and_soft_speakers_come_out_closer_together() -> None:
    loud = through(VoiceChain(VoiceSettings()), sine(1.0, 440, -12.0))[SAMPLE_RATE_HZ // 2 :]
    soft = through(VoiceChain(VoiceSettings()), sine(1.0, 440, -36.0))[SAMPLE_RATE_HZ // 2 :]

    assert rms_dbfs(soft) == pytest.approx(-36.0 + 8.0, abs=0.6)
    assert rms_dbfs(loud) == pytest.approx(-12.0 - 14.0 * 2 / 3 + 8.0, abs=0.8)
    assert rms_dbfs(loud) - rms_dbfs(soft) < 24.0 * 0.65


@pytest.mark.rule("B15")
@pytest.mark.parametrize(
    ("peak_dbfs", "announcement_lufs"), [(-8.0, -18.0), (-8.0, -22.0), (-13.0, -18.0), (-3.0, -18.0)]
)
def test_a_talk_is_about_as_loud_as_the_announcements_of_the_store(peak_dbfs: float, announcement_lufs: float) -> None:
    voice = soundfile.read(PROJECT / "sounds" / "speech" / "zh" / "umbrella.flac", dtype="float32")[0][
        : 6 * SAMPLE_RATE_HZ
    ]
    said = voice * np.float32(amplitude_of(peak_dbfs) / np.abs(voice).max())

    heard = through(VoiceChain(spoken_at(announcement_lufs, gain_db=0.0)), said)

    both_sides = np.repeat(as_int16(heard)[:, np.newaxis], 2, axis=1)
    near_lu = 0.8 if peak_dbfs == -8.0 else 2.6  # nobody speaks at one level
    assert sound_of(both_sides, "talk").lufs == pytest.approx(announcement_lufs, abs=near_lu)


def test_the_noise_of_a_room_is_not_heard_between_sentences_and_words_are_not_cut_off() -> None:
    hum = sine(1.0, 440, -60.0)
    word = sine(0.4, 440, -24.0)
    pause = sine(0.3, 440, -60.0)
    chain = VoiceChain(VoiceSettings())

    before, said, between, after = (through(chain, part) for part in (hum, word, pause, hum))

    assert rms_dbfs(before) < -110
    assert rms_dbfs(said[: round(0.02 * SAMPLE_RATE_HZ)]) > -36.0  # from the first consonant on
    assert rms_dbfs(between) > -60.0
    assert rms_dbfs(after[SAMPLE_RATE_HZ // 2 :]) < -110
    assert not chain.speaking


def test_rumble_is_taken_out_and_the_voice_is_not() -> None:
    rumble, voice = HighPass(90.0), HighPass(90.0)

    assert rms_dbfs(rumble.process(sine(1.0, 25, -20.0))[SAMPLE_RATE_HZ // 2 :]) < -38.0
    assert rms_dbfs(voice.process(sine(1.0, 440, -20.0))[SAMPLE_RATE_HZ // 2 :]) == pytest.approx(-20.0, abs=0.6)


def test_a_shout_stays_under_the_ceiling_from_its_first_sample() -> None:
    shout = through(VoiceChain(VoiceSettings(gain_db=20.0)), sine(0.5, 440, -3.0))

    assert float(np.abs(shout).max()) <= amplitude_of(-3.0) + 1e-6


def test_no_gain_ever_jumps() -> None:
    sound = np.concatenate([sine(0.3, 200, -60.0), sine(0.3, 200, -20.0), sine(1.0, 200, -60.0)])
    heard = through(VoiceChain(VoiceSettings()), sound)

    steepest = np.abs(np.diff(sine(0.1, 200, -20.0))).max()
    assert np.abs(np.diff(heard)).max() < steepest * amplitude_of(8.0) * 1.6


@pytest.mark.parametrize("block", [64, 100, 1024, 4096])
def test_the_blocks_it_comes_in_are_not_heard(block: int) -> None:
    rng = np.random.default_rng(3)
    sound = rng.normal(0, 0.05, SAMPLE_RATE_HZ // 2).astype(np.float32)

    whole = HighPass(90.0).process(sound)
    pieces = HighPass(90.0)
    joined = np.concatenate([pieces.process(sound[at : at + block]) for at in range(0, len(sound), block)])

    assert np.abs(joined - whole).max() < 1e-4


def test_nothing_in_is_nothing_out() -> None:
    assert len(VoiceChain(VoiceSettings()).process(np.empty(0, dtype=np.float32))) == 0


def test_how_loud_it_was_is_remembered() -> None:
    chain = VoiceChain(VoiceSettings())
    through(chain, sine(0.5, 440, -30.0))
    through(chain, sine(0.5, 440, -70.0))

    assert chain.loudest_dbfs == pytest.approx(-30.0, abs=1.5)
