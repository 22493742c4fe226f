from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from kiosk.audio.sources import ClipSource, NoSource, PartsSource, Source
from tests.audio.tapes import Samples, furthest, noise

BLOCK = 1000


class BrokenClip(ClipSource):
    """A clip whose file turned out to be damaged."""

    fault = "it is damaged"


def parts(*sources: Source, gains: Sequence[float] = (1.0, 1.0, 1.0)) -> PartsSource:
    names = ("prelude", "script", "postlude")
    return PartsSource(list(zip(names, gains, sources, strict=False)))


def read_out(source: Source | PartsSource, block: int = BLOCK) -> Samples:
    """All of it, as the mixer would read it."""
    pieces = []
    piece = np.empty((block, 2), dtype=np.int16)
    while not source.ended:
        pieces.append(piece[: source.read(piece)].copy())
    return np.concatenate(pieces)


@pytest.mark.rule("B09")
def test_parts_come_in_a_row_without_a_sample_between() -> None:
    one, two, three = noise(0.1, 1), noise(0.05, 2), noise(0.12345, 3)

    whole = read_out(parts(ClipSource(one), ClipSource(two), ClipSource(three)))

    assert furthest(whole, np.concatenate([one, two, three])) == 0


def test_a_part_that_cannot_be_played_is_passed_over_and_told() -> None:
    script = noise(0.1)
    page = parts(NoSource("chime.wav is missing"), ClipSource(script), BrokenClip(noise(0.0)))

    whole = read_out(page)

    assert furthest(whole, script) == 0
    assert page.fault == "prelude: chime.wav is missing; postlude: it is damaged"


def test_the_phase_is_the_part_that_sounds() -> None:
    page = parts(ClipSource(noise(0.1)), ClipSource(noise(0.1)))
    piece = np.empty((4410, 2), dtype=np.int16)

    phases = []
    while page.read(piece):
        phases.append(page.phase)

    assert phases == ["prelude", "script"]
    assert page.phase == "script"


def test_gain_and_samples_belong_together() -> None:
    page = parts(ClipSource(noise(0.05, 1)), ClipSource(noise(0.05, 2)), gains=(0.5, 2.0))
    piece = np.empty((500, 2), dtype=np.int16)

    gains = []
    while page.read(piece):
        gains.append(page.gain)

    assert gains == [0.5] * 5 + [2.0] * 5


def test_nothing_but_faults_is_known_to_be_silent_before_it_is_read() -> None:
    assert parts(NoSource("a"), NoSource("b")).promise() is False
    assert parts(NoSource("a"), ClipSource(noise(0.1))).promise() is True


def test_an_item_without_parts_is_over() -> None:
    empty = PartsSource([])

    assert empty.ended
    assert empty.phase == ""
    assert empty.promise() is False


def test_a_closed_source_gives_no_more() -> None:
    page = parts(ClipSource(noise(0.1)), ClipSource(noise(0.1), endless=True))
    piece = np.empty((100, 2), dtype=np.int16)
    page.read(piece)

    page.close()
    page.close()

    assert page.ended
    assert page.read(piece) == 0


def test_an_endless_clip_begins_again_without_a_seam() -> None:
    loop = noise(0.01)
    piece = np.empty((len(loop) * 3 + 17, 2), dtype=np.int16)

    frames = ClipSource(loop, endless=True).read(piece)

    assert frames == len(piece)
    assert furthest(piece, np.concatenate([loop, loop, loop, loop[:17]])) == 0
