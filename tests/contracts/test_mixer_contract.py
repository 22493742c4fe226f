"""What the desk may rely on, whichever mixer it plays on: the same orders give the same course of events."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.ports.broadcast import Ended, MicrophoneReport, Started
from tests.audio.tapes import noise, tape
from tests.contracts.line_orders import LINE
from tests.contracts.mixers import Orders, Shop, SilentShop, SoundingShop
from tests.contracts.talk_orders import TALK
from tests.contracts.zone_orders import ZONE


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Of 1.0, 1.3 and 1.7 s."""
    root = tmp_path_factory.mktemp("songs")
    return [tape(root / f"{place}.mp3", noise(seconds, place)) for place, seconds in enumerate((1.0, 1.3, 1.7))]


@pytest.mark.rule("B10")
@pytest.mark.parametrize("story", [*LINE, *TALK, *ZONE], ids=lambda story: story.__name__)
def test_both_mixers_tell_the_same_story(tmp_path: Path, songs: list[Path], story: Orders) -> None:
    sounding, silent = SoundingShop(tmp_path, songs), SilentShop(songs)
    try:
        story(sounding)
        story(silent)

        assert _course(sounding) == _course(silent)
        for real, virtual in zip(_moments(sounding), _moments(silent), strict=True):
            assert real == pytest.approx(virtual, abs=0.001)
        assert _outcomes(sounding) == _outcomes(silent)
    finally:
        sounding.close()


def _course(shop: Shop) -> list[str]:
    return [
        f"{type(report).__name__} {report.key}" for report in shop.reports if not isinstance(report, MicrophoneReport)
    ]


def _moments(shop: Shop) -> list[float]:
    return [report.mono_s for report in shop.reports if isinstance(report, Started | Ended)]


def _outcomes(shop: Shop) -> list[tuple[str, bool, bool, bool]]:
    return [
        (report.key, report.cut, report.whole, bool(report.fault))
        for report in shop.reports
        if isinstance(report, Ended)
    ]
