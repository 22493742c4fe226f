"""The voice as the mixer takes it: fresh at its beginning, never far behind, faded at its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kiosk.audio.decoder import Decoder
from kiosk.audio.manners import CALLED_OFF_S
from kiosk.audio.microphone import CHUNK_FRAMES, EDGE_FRAMES, LAG_FRAMES, LAST_FRAMES, LiveSource, Voice
from kiosk.audio.sources import SoundShelf
from kiosk.rules.broadcast.material import LIVE, AirClass, Clip
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.studio import Studio, an_item, as_mix, clip
from tests.audio.tapes import decoded, furthest, noise, tape

AHEAD = 1024 + 256 + EDGE_FRAMES
NONE: Voice = np.empty(0, dtype=np.int16)


class Wire:
    """What LiveSource knows of a MicrophoneLine, with the samples in the test's hand."""

    def __init__(self) -> None:
        self.talk = 0
        self.fault = ""
        self.ahead_frames = AHEAD
        self.began = 0
        self._came: Voice = NONE

    def speaks(self, samples: NDArray[Any]) -> None:
        self._came = np.concatenate([self._came, samples.astype(np.int16)])

    def pull(self) -> Voice:
        came, self._came = self._came, NONE
        return came

    def voice_begins(self) -> None:
        self.began += 1


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def source(wire: Wire) -> LiveSource:
    return LiveSource(wire)  # type: ignore[arg-type]


def block(source: LiveSource, frames: int = 1024) -> Voice:
    """What the mixer gets for a block; shorter where there is not enough."""
    out = np.full((frames, 2), 7, dtype=np.int16)
    at = 0
    while at < frames and (count := source.read(out[at:])):
        at += count
    assert (out[:at, 0] == out[:at, 1]).all()
    return out[:at, 0]


def test_until_the_microphone_delivers_there_is_silence_and_no_end(wire: Wire, source: LiveSource) -> None:
    assert source.promise() is True
    assert not block(source).any()
    assert not source.ended
    assert wire.began == 0


def test_what_was_said_before_its_turn_is_not_heard(wire: Wire, source: LiveSource) -> None:
    wire.speaks(np.full(20_000, 1))
    wire.speaks(np.arange(2000, 2000 + AHEAD))

    assert (block(source)[EDGE_FRAMES:] == np.arange(2000, 3024)[EDGE_FRAMES:]).all()
    assert wire.began == 1


def test_a_voice_that_is_under_way_when_its_turn_comes_begins_without_a_click(wire: Wire, source: LiveSource) -> None:
    wire.speaks(np.full(AHEAD, 20_000))

    heard = block(source)

    assert np.abs(np.diff(heard, prepend=0)).max() < 400
    assert (heard[EDGE_FRAMES:] == 20_000).all()


def test_the_voice_goes_through_sample_after_sample(wire: Wire, source: LiveSource) -> None:
    said = np.arange(1, 20_001) % 30_000
    heard = []
    wire.speaks(said[:AHEAD])
    for at in range(AHEAD, 20_000, 1024):
        heard.append(block(source))
        wire.speaks(said[at : at + 1024])

    joined = np.concatenate(heard)
    assert len(joined) == 19 * 1024
    assert (joined[EDGE_FRAMES:] == said[EDGE_FRAMES : len(joined)]).all()


def test_a_voice_that_is_late_leaves_a_gap_and_no_end(wire: Wire, source: LiveSource) -> None:
    wire.speaks(np.full(AHEAD, 20_000))
    block(source)
    last = block(source)
    assert len(last) == AHEAD - 1024
    assert len(block(source)) == 0
    assert not source.ended

    wire.speaks(np.full(1024 + EDGE_FRAMES, 10_000))
    after = block(source)
    assert (after[EDGE_FRAMES:] == 10_000).all()
    assert np.abs(np.diff([*last, 0, *after])).max() < 400, "neither edge of the gap clicks"


def test_what_lags_behind_is_caught_up_with(wire: Wire, source: LiveSource) -> None:
    wire.speaks(np.ones(AHEAD))
    block(source)
    block(source, AHEAD - 1024)
    wire.speaks(np.concatenate([np.full(LAG_FRAMES, 2), np.full(AHEAD, 3)]))
    wire.speaks(np.full(CHUNK_FRAMES, 4))

    assert (block(source, 512)[EDGE_FRAMES:] == 3).all()


@pytest.mark.rule("B16")
def test_at_its_end_the_last_word_is_heard_whole_and_fades_and_nothing_comes_after_it(
    wire: Wire, source: LiveSource
) -> None:
    wire.speaks(np.full(AHEAD, 10_000))
    block(source)
    wire.speaks(np.full(500, 10_000))
    wire.talk += 1
    last = block(source, 4096)
    wire.speaks(np.full(2000, 30_000))  # the supply's own noise

    assert len(last) == AHEAD - 1024 + 500
    assert (last[:-LAST_FRAMES] == 10_000).all()
    assert last[-1] == 0
    assert (np.diff(last[-LAST_FRAMES:]) <= 0).all()
    assert source.ended
    assert len(block(source)) == 0


def test_a_talk_that_is_over_before_a_word_has_no_voice(wire: Wire, source: LiveSource) -> None:
    block(source)
    wire.speaks(np.full(AHEAD, 5))
    wire.talk += 1
    wire.fault = "it was pulled out"

    assert len(block(source)) == 0
    assert source.ended
    assert source.fault == "it was pulled out"


def test_a_closed_source_is_over(wire: Wire, source: LiveSource) -> None:
    wire.speaks(np.ones(AHEAD))
    block(source, 256)
    source.close()
    source.close()

    assert source.ended
    assert len(block(source)) == 0


def test_a_store_without_a_microphone_says_so() -> None:
    parts = SoundShelf.open(SoundShelf.__new__(SoundShelf), [Clip(LIVE, 0.0)], ["voice"])

    assert parts.promise() is False
    assert parts.ended
    assert parts.fault == "voice: no microphone is wired"


@pytest.mark.rule("B09")
def test_a_talk_goes_from_its_prelude_into_the_voice_and_from_the_voice_into_its_postlude(
    wire: Wire, tmp_path: Path
) -> None:
    chime = tape(tmp_path / "chime.flac", noise(0.3))
    with Decoder(blocking=True) as decoder:
        shelf = SoundShelf(tmp_path, decoder)
        shelf.live = lambda: LiveSource(wire)  # type: ignore[arg-type]
        with Studio(tmp_path, shelf=shelf) as studio:
            talk = an_item("talk", clip(chime), Clip(LIVE, 0.0), clip(chime), air_class=AirClass.MICROPHONE)
            studio.mixer.lay_over(talk)
            wire.speaks(np.full(5000, 1000))
            studio.hear(0.3 + 1024 / SAMPLE_RATE_HZ)
            wire.speaks(np.full(2048, 1000))
            wire.talk += 1
            studio.hear_until_over("talk")

    played = as_mix(decoded(chime))
    voice = studio.heard[len(played) :]
    assert furthest(studio.heard[: len(played)], played) <= 1e-6
    spoken = int(np.flatnonzero(voice[EDGE_FRAMES:, 0] != np.float32(1000 / 32768))[0]) + EDGE_FRAMES
    assert spoken > 2048
    after = voice[spoken + LAST_FRAMES - 1 :]
    assert furthest(after[: len(played)], played) <= 1e-6
    end = studio.end_of("talk")
    assert (end.whole, end.cut, end.fault, end.phase) == (True, False, "", "postlude")


@pytest.mark.rule("B10")
def test_an_evacuation_lets_go_of_the_voice(wire: Wire, tmp_path: Path) -> None:
    leave = tape(tmp_path / "leave.flac", noise(0.5))
    with Decoder(blocking=True) as decoder:
        shelf = SoundShelf(tmp_path, decoder)
        shelf.live = lambda: LiveSource(wire)  # type: ignore[arg-type]
        with Studio(tmp_path, shelf=shelf) as studio:
            studio.mixer.lay_over(an_item("talk", Clip(LIVE, 0.0), air_class=AirClass.MICROPHONE))
            wire.speaks(np.full(AHEAD, 1000))
            studio.hear(0.01)
            studio.mixer.play(an_item("leave", clip(leave), air_class=AirClass.EVACUATION), over_s=0.1)
            studio.hear_until_over("leave")

    assert studio.course == ["started talk", "started leave", "ended talk", "ended leave"]
    assert studio.end_of("talk").cut


@pytest.mark.rule("B09")
@pytest.mark.parametrize("over_music", [True, False], ids=["over", "on the line"])
def test_a_talk_that_is_over_before_a_word_ends_with_its_prelude_and_without_a_postlude(
    wire: Wire, tmp_path: Path, over_music: bool
) -> None:
    chime = tape(tmp_path / "chime.flac", noise(2.0))
    with Decoder(blocking=True) as decoder:
        shelf = SoundShelf(tmp_path, decoder)
        shelf.live = lambda: LiveSource(wire)  # type: ignore[arg-type]
        with Studio(tmp_path, shelf=shelf) as studio:
            air_class = AirClass.MICROPHONE if over_music else AirClass.ROUTINE
            talk = an_item("talk", clip(chime), Clip(LIVE, 0.0), clip(chime), air_class=air_class)
            if over_music:
                studio.mixer.lay_over(talk)
            else:
                studio.mixer.play(talk, over_s=0.0)
            studio.hear(0.5)
            wire.talk += 1
            studio.hear(1.0)

    loud = np.flatnonzero(np.abs(studio.heard).max(axis=1) > 0.0)
    assert 0.5 < loud[-1] / SAMPLE_RATE_HZ < 0.5 + CALLED_OFF_S + 0.05
    end = studio.end_of("talk")
    assert (end.whole, end.cut, end.fault, end.phase) == (False, True, "", "prelude")


@pytest.mark.rule("B09")
def test_a_talk_that_was_called_off_before_its_turn_makes_no_sound_at_all(wire: Wire, tmp_path: Path) -> None:
    chime = tape(tmp_path / "chime.flac", noise(0.5))
    with Decoder(blocking=True) as decoder:
        shelf = SoundShelf(tmp_path, decoder)
        shelf.live = lambda: LiveSource(wire)  # type: ignore[arg-type]
        with Studio(tmp_path, shelf=shelf) as studio:
            talk = an_item("talk", clip(chime), Clip(LIVE, 0.0), clip(chime), air_class=AirClass.ROUTINE)
            studio.mixer.play(talk, over_s=0.0)
            wire.talk += 1
            studio.hear(0.2)
            studio.mixer.play(an_item("song", clip(chime)), over_s=0.0)
            studio.hear(0.2)

    assert not studio.heard[: int(0.2 * SAMPLE_RATE_HZ)].any()
    assert studio.heard[int(0.2 * SAMPLE_RATE_HZ) :].any()
    end = studio.end_of("talk")
    assert (end.whole, end.cut, end.fault, end.phase) == (False, True, "", "")
