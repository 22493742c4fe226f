from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from kiosk.audio.decoder import Decoder
from kiosk.audio.sources import read_whole
from kiosk.audio.speech.shelf import HALF_MADE_S, KEPT_S, MOST_BYTES, Shelf
from kiosk.errors import DeviceFault
from kiosk.units import frames_in
from tests.audio.speech.voices import heard, hum


def path_of(shelf: Shelf, key: str) -> Path | None:
    kept = shelf.find(key)
    return kept.path if kept is not None else None


class Calendar:
    """Seconds since the epoch that pass when they are told to."""

    def __init__(self) -> None:
        self.now_s = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_sound_is_found_as_it_was_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "spoken")
    assert shelf.find("key") is None

    path = shelf.keep("key", hum(4)).path

    assert path_of(shelf, "key") == path
    assert np.abs(heard(path)[: len(hum(4))] - hum(4)).max() < 1 / 32_000
    assert not heard(path)[len(hum(4)) :].any()
    assert [one.name for one in path.parent.iterdir()] == ["key.wav"]


@pytest.mark.parametrize("frames", [20_000, 20_479, 20_480, 20_481, 34_989, 62_487])
def test_libvlc_plays_it_to_its_last_sample(tmp_path: Path, frames: int) -> None:
    wave = np.full(frames, 0.25, dtype=np.float32)

    kept = Shelf(tmp_path).keep("key", wave)

    with Decoder(blocking=True) as decoder:
        played = read_whole(decoder, kept.path)
    assert played[:frames].min() > 8000
    assert len(played) == frames_in(kept.sound.duration_s)
    assert len(played) - frames < 2048


@pytest.mark.parametrize("rest", [b"", b"RIFF", b"no sound"])
def test_a_damaged_sound_is_made_again(tmp_path: Path, rest: bytes) -> None:
    shelf = Shelf(tmp_path)
    path = shelf.keep("key", hum(4)).path
    path.write_bytes(rest)

    assert shelf.find("key") is None
    assert shelf.keep("key", hum(4)).path == path
    assert path_of(shelf, "key") == path


def test_a_folder_that_cannot_be_written_is_replaced_until_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "state").write_text("a file where a folder belongs", encoding="utf-8")
    shelf = Shelf(tmp_path / "state" / "spoken")

    path = shelf.keep("key", hum(4)).path

    assert path.exists()
    assert path_of(shelf, "key") == path
    assert "cannot be kept" in caplog.text
    shelf.close()
    shelf.close()
    assert not path.exists()


def test_without_any_room_it_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))

    with pytest.raises(DeviceFault, match="make room"):
        Shelf(tmp_path / "file" / "spoken").keep("key", hum(4))


def test_a_name_that_nobody_asks_for_is_forgotten_after_two_months(tmp_path: Path) -> None:
    calendar = Calendar()
    shelf = Shelf(tmp_path, now_s=calendar)
    once, often = shelf.keep("once", hum(4)).path, shelf.keep("often", hum(4)).path
    assert path_of(shelf, "once") == once
    calendar.now_s += KEPT_S - 10
    assert path_of(shelf, "often") == often
    calendar.now_s += 20

    shelf.keep("new", hum(4))

    assert shelf.find("once") is None
    assert path_of(shelf, "often") == often


@pytest.mark.rule("S20")
def test_a_name_that_a_power_cut_left_half_written_goes_the_next_day(tmp_path: Path) -> None:
    calendar = Calendar()
    shelf = Shelf(tmp_path, now_s=calendar)
    half = tmp_path / ".key.4711.part"
    half.write_bytes(b"RIFF")
    os.utime(half, (calendar.now_s, calendar.now_s))

    shelf.tidy()
    assert half.exists()  # somebody may be at it
    calendar.now_s += HALF_MADE_S + 1
    shelf.tidy()

    assert not half.exists()


def test_beyond_its_room_the_longest_unused_goes(tmp_path: Path) -> None:
    calendar = Calendar()
    shelf = Shelf(tmp_path, now_s=calendar)
    for key in ("oldest", "middle"):
        path = shelf.keep(key, hum(4)).path
        with path.open("ab") as file:
            file.truncate(MOST_BYTES // 2)  # takes no room on the disk
        assert shelf.find(key)
        calendar.now_s += 60

    shelf.keep("new", hum(4))
    assert shelf.find("new")
    shelf.tidy()

    assert {path.stem for path in tmp_path.iterdir()} == {"middle", "new"}
