from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.hand_check import tone_players
from kiosk.app.self_checking import readings_of
from kiosk.audio.output import SILENT, SilentStream, Wire
from kiosk.audio.outputs import Card, FurtherCard, Outputs
from kiosk.audio.voice import Mix
from kiosk.config.load import load_site
from kiosk.rules.broadcast.verdicts import OutputReading
from tests.sites import SITE, write_site

ZONE = '[[zones]]\nid = "{}"\ntitle = {{ zh-CN = "楼" }}\noutput = "{}"\nchannels = [1, 2]\nvolume_db = {}\n'
CARDS = '[[outputs]]\nid = "down"\n\n[[outputs]]\nid = "up"\ndevice = "USB"\nchannels = 4\n\n'


def silence(frames: int) -> Mix:
    return np.zeros((frames, 2), np.float32)


@pytest.mark.rule("B01")
@pytest.mark.rule("B15")
def test_by_hand_the_tone_goes_to_every_card_on_the_channels_of_its_own_zones(tmp_path: Path) -> None:
    head, _, rest = SITE.partition("[[zones]]")
    _, _, rest = rest.partition("[levels]")
    head = head.partition("[output]")[0]
    zones = ZONE.format("hall", "down", -6.0) + ZONE.format("toys", "up", -20.0)
    text = f"{head}{CARDS}{zones}\n[levels]{rest}"
    site = load_site(write_site(tmp_path, site=text))

    down, up = tone_players(site)
    for player in (down, up):
        player.begin()
    low, high = down.pull(4410), up.pull(4410)

    assert (low.shape[1], high.shape[1]) == (2, 4)
    assert (down.output.id, up.output.id) == ("down", "up")
    assert not high[:, 2:].any()
    assert abs(low[:, 1]).max() == pytest.approx(5.0 * abs(high[:, 1]).max(), rel=0.01)  # 14 dB


@pytest.mark.rule("B01")
def test_the_reading_of_a_store_with_one_card_names_no_card(tmp_path: Path) -> None:
    wire = Wire(
        lambda: SilentStream(silence, block_frames=512, name="USB"),
        lambda: SilentStream(silence, block_frames=512),
        tell=lambda text: None,
        latency=lambda seconds: None,
    )

    assert readings_of(Outputs(wire), "") == (OutputReading("closed", 0),)


@pytest.mark.rule("B01")
def test_the_reading_of_a_store_with_several_cards_names_each(tmp_path: Path) -> None:
    card = FurtherCard(Card("up", "USB 2", 2, 2, 512, 512), lambda text: None)
    card.report = {"name": "USB 2", "away": False, "frames": 4096, "underruns": 0}
    away = FurtherCard(replace(card.card, id="street"), lambda text: None)
    away.report = {"name": "sound output street is away", "away": True, "frames": 4096, "underruns": 0}
    wire = Wire(
        lambda: SilentStream(silence, block_frames=512, name=SILENT),
        lambda: SilentStream(silence, block_frames=512),
        tell=lambda text: None,
        latency=lambda seconds: None,
    )
    wire.open()
    try:
        readings = readings_of(Outputs(wire, [card, away]), "down")
    finally:
        wire.close()

    assert readings == (
        OutputReading("", 0, "down"),
        OutputReading("USB 2", 4096, "up"),
        OutputReading("", 4096, "street"),
    )
