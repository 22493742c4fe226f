from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from kiosk.audio.speech.delivery import UNHURRIED_PER_S, Delivery, measured
from kiosk.audio.speech.engine import Engine, Voiced, Wave, sentences, syllables
from kiosk.audio.speech.espeak import Espeak
from kiosk.audio.speech.finishing import at_house_rate, joined, levelled, silence, trimmed
from kiosk.audio.speech.kokoro import Kokoro
from kiosk.audio.speech.shelf import Shelf
from kiosk.audio.speech.speaker import Speaker
from kiosk.errors import DeviceFault
from kiosk.rules.speech.settings import SpeechSettings
from kiosk.units import SAMPLE_RATE_HZ, Language
from tests.audio.speech.installed import needs_kokoro
from tests.audio.speech.voices import ENGLISH, MANDARIN, Hummer, heard, hum, read

SAID = {
    MANDARIN: (
        "各位来宾，晚上好！感谢您光临和风百货。",
        "来宾王小明先生，来宾王小明先生，请您到一楼总服务台，谢谢。",
        "车牌号为沪A12345的车主，请您尽快到地下二层停车场移车，谢谢配合。",
    ),
    ENGLISH: (
        "Good evening, and thank you for visiting our store. We close in thirty minutes.",
        "Attention, please. A lost child is waiting at the main service desk on the first floor.",
    ),
}


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Engine]]:
    kokoro = Kokoro(SpeechSettings(), tmp_path_factory.mktemp("models"))
    yield {"kokoro": kokoro, "espeak": Espeak()}
    kokoro.close()


@pytest.mark.rule("B21")
@pytest.mark.parametrize("engine", [pytest.param("kokoro", marks=needs_kokoro), "espeak"])
@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in SAID.items() for text in texts])
def test_every_voice_speaks_unhurried_with_an_announcers_rests_at_one_level(
    tmp_path: Path, voices: Mapping[str, Engine], engine: str, language: Language, text: str
) -> None:
    said = read(text, language)

    path = Speaker([voices[engine]], Shelf(tmp_path)).speak(said).path

    delivery = measured(heard(path), syllables(said))
    assert delivery is not None
    assert UNHURRIED_PER_S[0] <= delivery.rate <= UNHURRIED_PER_S[1]
    assert -18.3 <= delivery.lufs <= -17.7
    assert delivery.peak_dbfs <= -1.5
    assert max(delivery.head_ms, delivery.tail_ms) <= 160
    between_sentences = len(sentences(said)) - 1
    assert sum(380 <= pause_ms <= 560 for pause_ms in delivery.pauses_ms) >= between_sentences
    assert all(pause_ms <= 560 for pause_ms in delivery.pauses_ms)


@pytest.mark.rule("B21")
def test_rate_and_rests_are_measured_without_each_other() -> None:
    wave = np.concatenate([silence(30), hum(10), silence(450), hum(5), silence(200), hum(5), silence(100)])

    delivery = measured(wave, 20)

    assert delivery is not None
    assert delivery.rate == pytest.approx(20 / 4.8, rel=0.02)
    assert delivery.pauses_ms == pytest.approx((450, 200), abs=20)
    assert (delivery.head_ms, delivery.tail_ms) == pytest.approx((30, 100), abs=10)
    assert delivery.unhurried


def test_silence_has_no_delivery() -> None:
    assert measured(silence(2000), 8) is None
    assert measured(silence(0), 0) is None


@pytest.mark.parametrize("level", [0.001, 0.02, 0.9])
def test_quiet_and_loud_voices_come_out_at_one_level(level: float) -> None:
    delivery = measured(levelled(_speechlike(level)), 20)

    assert delivery is not None
    assert delivery.lufs == pytest.approx(-18.0, abs=0.15)
    assert delivery.peak_dbfs <= -2.0 + 1e-6


def test_a_voice_of_sharp_peaks_is_held_under_the_ceiling_without_clipping() -> None:
    wave = _speechlike(0.05)
    wave[:: SAMPLE_RATE_HZ // 5] = 0.99

    finished = levelled(wave)

    assert np.abs(finished).max() <= 10 ** (-2 / 20) + 1e-6
    assert np.count_nonzero(np.abs(finished) > 10 ** (-2.05 / 20)) < 60  # peaks, no plateaus


def test_a_very_short_word_can_be_levelled() -> None:
    delivery = measured(levelled(hum(1)[:5000]), 1)

    assert isinstance(delivery, Delivery)


def test_a_voice_that_stays_silent_is_a_fault() -> None:
    with pytest.raises(DeviceFault, match="silent"):
        levelled(silence(1000))


def test_ends_are_cut_and_rests_are_as_long_as_the_text_asks(tmp_path: Path) -> None:
    padded = np.concatenate([silence(700), hum(8), silence(900)])

    wave = joined([(trimmed(padded), 450), (trimmed(padded), 450)])

    delivery = measured(wave, 16)
    assert delivery is not None
    assert delivery.pauses_ms == pytest.approx((450,), abs=20)
    assert delivery.head_ms <= 30
    assert delivery.tail_ms <= 80


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 48_000])
def test_any_rate_becomes_the_house_rate_in_time_and_in_tune(rate_hz: int) -> None:
    wave = at_house_rate(Voiced(hum(8, hertz=1000, rate_hz=rate_hz), rate_hz))

    wanted = hum(8, hertz=1000)
    assert abs(len(wave) - len(wanted)) <= 1
    inner = slice(4000, -4000)
    length = min(len(wave), len(wanted))
    assert np.abs(wave[:length][inner] - wanted[:length][inner]).max() < 0.002


def test_the_speaker_reports_how_it_was_said(tmp_path: Path) -> None:
    spoken = Speaker([Hummer("hummer")], Shelf(tmp_path)).speak(read(SAID[MANDARIN][0]))

    assert spoken.delivery is not None
    assert spoken.delivery.unhurried
    assert spoken.delivery.lufs == pytest.approx(-18.0, abs=0.15)


def _speechlike(level: float) -> Wave:
    """Noise that swells four times a second, as syllables do."""
    moments = np.arange(5 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    noise = np.random.default_rng(3).normal(0, level, len(moments))
    return np.asarray(noise * (0.2 + np.sin(np.pi * 4 * moments) ** 2), dtype=np.float32)
