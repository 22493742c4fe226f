"""Two clocks that differ, in virtual time: what the second card is given, and how well."""

from __future__ import annotations

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from kiosk.audio.drift import MOST_DRIFT, Tether
from kiosk.audio.voice import Mix
from kiosk.units import SAMPLE_RATE_HZ

BLOCK = 512
BEHIND_S = 0.06
HERTZ = 997.0


class TwoCards:
    """A writer and a reader, each waking by its own crystal and a little late. ppm: how much faster the reader runs."""

    def __init__(self, ppm: float, *, late_s: float = 0.004, hertz: float = HERTZ) -> None:
        self.now_s = 1000.0
        self.tether = Tether(2, behind_s=BEHIND_S, mono_s=lambda: self.now_s)
        self.heard: list[Mix] = []
        self.places: list[tuple[float, float]] = []
        self.writes = True
        self._hertz = hertz
        self._late_s = late_s
        self._random = random.Random(7)
        self._block_s = (BLOCK / SAMPLE_RATE_HZ, BLOCK / SAMPLE_RATE_HZ / (1 + ppm * 1e-6))
        self._due_s = [1000.0, 1000.0031]
        self._written = 0

    def run(self, seconds: float) -> None:
        until_s = min(self._due_s) + seconds
        while min(self._due_s) < until_s:
            who = self._due_s.index(min(self._due_s))
            self.now_s = max(self.now_s, self._due_s[who] + self._random.uniform(0, self._late_s))
            self._due_s[who] += self._block_s[who]
            if who == 1:
                self.heard.append(self.tether.pull(BLOCK))
                self.places.append((self.now_s, self.tether.distance_s))
            elif self.writes:
                at = (self._written + np.arange(BLOCK)) / SAMPLE_RATE_HZ
                wave = 0.5 * np.sin(2 * np.pi * self._hertz * at)
                self.tether.push(np.stack([wave, -wave], axis=1).astype(np.float32))
                self._written += BLOCK

    @property
    def sound(self) -> NDArray[np.float32]:
        return np.concatenate(self.heard)

    def last(self, seconds: float) -> NDArray[np.float32]:
        return self.sound[-round(seconds * SAMPLE_RATE_HZ) :, 0]


def distortion_db(sound: NDArray[np.float32]) -> float:
    """How far what is not the loudest tone lies under it."""
    spectrum = np.abs(np.fft.rfft(sound * np.kaiser(len(sound), 18.0))) ** 2
    peak = int(spectrum.argmax())
    tone = spectrum[peak - 12 : peak + 13].sum()
    return float(10 * np.log10((spectrum.sum() - tone) / tone))


@pytest.mark.parametrize("ppm", [0.0, 80.0, -80.0, 300.0, -300.0])
def test_a_card_whose_crystal_differs_keeps_its_distance(ppm: float) -> None:
    cards = TwoCards(ppm)
    cards.run(240.0)

    assert cards.tether.breaks == 0
    assert abs(cards.tether.distance_s) < 0.001
    assert cards.tether.drift * 1e6 == pytest.approx(-ppm, abs=15.0)
    assert np.abs(cards.last(60.0)).max() == pytest.approx(0.5, abs=0.002)


@pytest.mark.parametrize(("hertz", "purity_db"), [(997.0, -75.0), (4001.0, -62.0), (10_007.0, -55.0)])
def test_nobody_hears_how_a_crystal_is_made_up_for(hertz: float, purity_db: float) -> None:
    cards = TwoCards(100.0, hertz=hertz)
    cards.run(130.0)

    assert distortion_db(cards.last(5.0)) < purity_db


def test_a_broken_crystal_is_followed_as_far_as_nobody_hears_it() -> None:
    cards = TwoCards(5000.0)
    cards.run(60.0)

    assert cards.tether.drift == -MOST_DRIFT
    assert cards.tether.breaks > 0, "now and then it jumps"


def test_before_anything_comes_there_is_silence_and_then_no_click() -> None:
    cards = TwoCards(0.0)
    silence = cards.tether.pull(BLOCK)
    cards.run(1.0)

    assert not silence.any()
    assert np.abs(np.diff(cards.sound[:, 0])).max() < 2 * np.pi * HERTZ / SAMPLE_RATE_HZ * 0.55


def test_when_the_first_card_stops_there_is_silence_and_then_it_goes_on() -> None:
    cards = TwoCards(20.0)
    cards.run(20.0)
    cards.writes = False
    cards.run(2.0)
    assert not cards.last(1.0).any()

    cards.writes = True
    cards.run(20.0)

    assert cards.tether.breaks <= 2
    assert np.abs(cards.last(5.0)).max() == pytest.approx(0.5, abs=0.005)
    assert abs(cards.tether.distance_s) < 0.003


def test_a_reader_that_was_away_for_long_goes_on_with_what_is_new() -> None:
    cards = TwoCards(0.0)
    cards.run(5.0)
    cards._due_s[1] += 10.0  # it hung
    cards.run(30.0)

    assert cards.tether.breaks == 1
    assert abs(cards.tether.distance_s) < 0.003


def test_a_reader_that_lags_a_little_after_a_hiccup_comes_back_without_a_click() -> None:
    cards = TwoCards(0.0)
    cards.run(20.0)
    cards._due_s[1] += 0.08  # its card took nothing for a moment
    cards.run(30.0)

    assert cards.tether.breaks == 1
    assert abs(cards.tether.distance_s) < 0.003
    steps = np.abs(np.diff(cards.last(29.0)))
    assert steps.max() < 1.5 * 0.5 * 2 * np.pi * HERTZ / SAMPLE_RATE_HZ
