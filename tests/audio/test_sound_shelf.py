from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from kiosk.audio.decoder import Decoder
from kiosk.audio.sources import SoundShelf
from kiosk.rules.broadcast.material import Clip
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.tapes import Samples

SECONDS = 2


def a_clip(root: Path, *, alike: bool) -> Samples:
    """A file of two channels in the site's directory, and its samples."""
    left = np.round(8000 * np.sin(np.arange(SECONDS * SAMPLE_RATE_HZ) * 0.05)).astype(np.int16)
    samples = np.stack([left, left if alike else -left], axis=1)
    soundfile.write(root / "gong.wav", samples, SAMPLE_RATE_HZ)
    return samples


@pytest.mark.parametrize("alike", [True, False])
def test_a_clip_at_hand_sounds_as_its_file_does_whether_its_channels_are_alike_or_not(
    tmp_path: Path, alike: bool
) -> None:
    samples = a_clip(tmp_path, alike=alike)
    out = np.zeros((1000, 2), dtype=np.int16)

    with Decoder() as decoder:
        shelf = SoundShelf(tmp_path, decoder)
        shelf.keep("gong.wav")
        read = shelf.open([Clip("gong.wav", float(SECONDS))], ["prelude"]).read(out)

    assert read == 1000
    assert np.array_equal(out, samples[:1000])


def test_channels_that_are_alike_are_kept_once(tmp_path: Path) -> None:
    samples = a_clip(tmp_path, alike=True)

    with Decoder() as decoder:
        shelf = SoundShelf(tmp_path, decoder)
        shelf.keep("gong.wav")
        kept = shelf._kept["gong.wav"]

    assert kept.shape[0] >= 0.98 * len(samples)
    assert kept.base is not None
    assert kept.base.nbytes == kept.nbytes // 2
