from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kiosk.audio.speech.engine import Voiced, Wave, sentences
from kiosk.audio.speech.recorded import Recorded
from kiosk.errors import DeviceFault
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.speech.voices import MANDARIN, PAGE, clip, read

INVENTORY = """
[zh-CN]
"来宾" = "carrier/guest.flac"
"王" = "names/wang.flac"
"小明" = "names/xiaoming.flac"
"先生" = "carrier/mr.flac"
"请您到总服务台，谢谢。" = "carrier/please-come.wav"
"谢" = "thank.flac"
"""
COMMA_MS = 250


@pytest.fixture
def clips(tmp_path: Path) -> dict[str, Wave]:
    rng = np.random.default_rng(7)
    names = ("carrier/guest", "names/wang", "names/xiaoming", "carrier/mr")
    there = {}
    for name in names:
        there[name] = clip(
            tmp_path / f"{name}.flac", (rng.normal(0, 0.1, rng.integers(9_000, 30_000))).astype(np.float32)
        )
    there["come"] = clip(tmp_path / "carrier/please-come.wav", rng.normal(0, 0.1, 71_234).astype(np.float32))
    (tmp_path / "inventory.toml").write_text(INVENTORY, encoding="utf-8")
    return there


def said(folder: Path, text: str) -> Voiced | None:
    (sentence,) = sentences(read(text))
    return Recorded(folder, read).say(sentence, limit_s=1.0)


def test_a_page_is_joined_from_the_announcers_clips_exact_at_the_sample(tmp_path: Path, clips: dict[str, Wave]) -> None:
    voiced = said(tmp_path, PAGE)

    rest = np.zeros(round(COMMA_MS * SAMPLE_RATE_HZ / 1000), dtype=np.float32)
    call = [clips["carrier/guest"], clips["names/wang"], clips["names/xiaoming"], clips["carrier/mr"], rest]
    assert voiced is not None
    assert voiced.rate_hz == SAMPLE_RATE_HZ
    assert np.array_equal(voiced.wave, np.concatenate([*call, *call, clips["come"]]))


def test_an_inventory_that_an_editor_of_windows_saved_is_read(tmp_path: Path, clips: dict[str, Wave]) -> None:
    (tmp_path / "inventory.toml").write_text(INVENTORY, encoding="utf-8-sig", newline="\r\n")

    assert said(tmp_path, PAGE) is not None


def test_a_name_that_was_never_recorded_is_left_to_another_voice(tmp_path: Path, clips: dict[str, Wave]) -> None:
    assert said(tmp_path, "来宾李小明先生，请您到总服务台，谢谢。") is None


def test_the_longest_clips_are_taken(tmp_path: Path, clips: dict[str, Wave]) -> None:
    voiced = said(tmp_path, "请您到总服务台，谢谢。")

    assert voiced is not None
    assert np.array_equal(voiced.wave, clips["come"])


def test_a_clip_that_is_recorded_again_is_another_voice_to_the_cache(tmp_path: Path, clips: dict[str, Wave]) -> None:
    before = Recorded(tmp_path, read).mark(MANDARIN)

    clip(tmp_path / "carrier/guest.flac", clips["carrier/guest"][:-1000])

    assert Recorded(tmp_path, read).mark(MANDARIN) != before


@pytest.mark.parametrize("inventory", [None, "[zh-CN", '[klingon]\n"来宾" = "x.flac"', 'text = "no table"'])
def test_an_inventory_that_cannot_be_used_is_a_fault_that_names_it(tmp_path: Path, inventory: str | None) -> None:
    if inventory is not None:
        (tmp_path / "inventory.toml").write_text(inventory, encoding="utf-8")

    with pytest.raises(DeviceFault, match=r"inventory\.toml"):
        said(tmp_path, PAGE)


def test_a_missing_clip_is_a_fault_that_names_it(tmp_path: Path, clips: dict[str, Wave]) -> None:
    (tmp_path / "names/wang.flac").unlink()

    with pytest.raises(DeviceFault, match=r"wang\.flac"):
        said(tmp_path, PAGE)
