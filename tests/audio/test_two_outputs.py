"""Two sound cards of one store, on a real sound server: both are heard together, and one that is lost harms nobody."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from numpy.typing import NDArray

from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.pulse import Pulse, Recording
from tests.audio.tapes import noise, tape
from tests.audio.waiting import eventually, let_pass

pytestmark = pytest.mark.sound

TOGETHER_S = 0.25  # 0.02 on a quiet machine; one with ten busy processes makes recorder and players late


class Store:
    """The store's process, and what it says."""

    def __init__(self, environment: dict[str, str], file: Path) -> None:
        self.told: list[str] = []
        self.reports: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.audio.two_cards", file, "hall", "food"],
            env=environment,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._thread.join(5)
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in iter(self._process.stdout.readline, b""):
            words = json.loads(line)
            (self.told if "tell" in words else self.reports).append(words.get("tell", words))


def offset_s(hall: Recording, food: Recording, before_end_s: float, window_s: float = 1.0) -> float | None:
    """How much later the second zone hears the same sound, so long before now; None where one of them hears nothing."""
    end = min(hall.began + hall.seconds, food.began + food.seconds) - before_end_s
    pieces = []
    for recording in (hall, food):
        at = round((end - window_s - recording.began) * SAMPLE_RATE_HZ)
        pieces.append(recording.sound[at : at + round(window_s * SAMPLE_RATE_HZ), 0])
    if any(len(piece) == 0 or np.abs(piece).max() < 0.01 for piece in pieces):
        return None
    return lag_s(*pieces)


def lag_s(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    size = 1 << (len(one) + len(other)).bit_length()
    product = np.fft.irfft(np.fft.rfft(other, size) * np.conj(np.fft.rfft(one, size)))
    place = int(product.argmax())
    return (place if place < size // 2 else place - size) / SAMPLE_RATE_HZ


def hear(recording: Recording) -> bool:
    return bool(np.abs(recording.sound[-8820:]).max(initial=0.0) > 0.01)


def test_both_zones_hear_the_song_together_and_a_lost_card_disturbs_nobody(tmp_path: Path) -> None:
    """Half a minute of real time: a card is pulled out and plugged in again."""
    file = tape(tmp_path / "song.flac", noise(90.0, level=3000.0))
    first, second = Pulse(tmp_path / "first", ("hall",)), Pulse(tmp_path / "second", ("food",))
    with first, second, Store(first.beside(second), file) as store, first.record("hall") as hall:
        with second.record("food") as food:
            eventually(lambda: hear(hall) and hear(food), within_s=20, what="both zones hear the song")
            let_pass(3.0)
            together_s = offset_s(hall, food, 0.3)
        begin = len(hall.sound)

        second.crash()
        eventually(lambda: store.told, within_s=20, what="the desk is told")
        eventually(lambda: "away" in store.reports[-1]["name"], within_s=30, what="the board shows it")
        second.start()
        with second.record("food") as again:
            eventually(lambda: hear(again), within_s=40, what="the second zone hears the song again")
            let_pass(3.0)
            later_s = offset_s(hall, again, 0.3)
        undisturbed = hall.sound[begin:]

    assert together_s is not None
    assert later_s is not None
    assert abs(together_s) < TOGETHER_S
    assert abs(later_s) < TOGETHER_S
    assert "food" in store.told[0]
    assert any("is back" in text for text in store.told)
    assert store.reports[-1]["first"] > 0 or longest_silence_s(undisturbed) < 0.001, "the first zone's song went on"


def longest_silence_s(sound: NDArray[np.float32]) -> float:
    silent = np.abs(sound).max(axis=1) == 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], silent, [0]]).astype(np.int8)))
    return float((edges[1::2] - edges[::2]).max(initial=0)) / SAMPLE_RATE_HZ
