"""How something was said: rate, pauses, level, held against what the store asks of an announcer (B21)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kiosk.audio.speech.engine import Wave
from kiosk.audio.speech.finishing import LISTEN_MS, audible, loudness_lufs
from kiosk.units import seconds_of

SHORTEST_PAUSE_MS = 120

UNHURRIED_PER_S = (3.5, 4.8)  # syllables per second of speech, pauses left out
HARDLY_SPEECH_PER_S = (1.5, 7.5)  # outside: words are missing, or made up


@dataclass(frozen=True, slots=True)
class Delivery:
    """Measures of one announcement. pauses_ms: its rests of 120 ms and more, in order. rate: syllables a second."""

    duration_s: float
    head_ms: int
    tail_ms: int
    pauses_ms: tuple[int, ...]
    rate: float
    lufs: float
    peak_dbfs: float

    @property
    def unhurried(self) -> bool:
        """Whether the rate is an announcer's."""
        return UNHURRIED_PER_S[0] <= self.rate <= UNHURRIED_PER_S[1]

    @property
    def plausible(self) -> bool:
        """Whether so many syllables can have been said at all."""
        return HARDLY_SPEECH_PER_S[0] <= self.rate <= HARDLY_SPEECH_PER_S[1]


def measured(wave: Wave, syllables: int) -> Delivery | None:
    """The measures of a finished wave at the house rate in which so many syllables are said; None for silence."""
    loud = audible(wave)
    heard = np.flatnonzero(loud)
    if not len(heard):
        return None
    first, last = int(heard[0]), int(heard[-1])
    gaps_ms = (np.diff(heard) - 1) * LISTEN_MS
    pauses_ms = tuple(int(gap) for gap in gaps_ms[gaps_ms >= SHORTEST_PAUSE_MS])
    speech_s = ((last - first + 1) * LISTEN_MS - sum(pauses_ms)) / 1000
    return Delivery(
        duration_s=seconds_of(len(wave)),
        head_ms=first * LISTEN_MS,
        tail_ms=(len(loud) - 1 - last) * LISTEN_MS,
        pauses_ms=pauses_ms,
        rate=syllables / speech_s,
        lufs=loudness_lufs(wave),
        peak_dbfs=20 * float(np.log10(np.abs(wave).max() + 1e-9)),
    )
