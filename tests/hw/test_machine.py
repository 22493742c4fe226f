from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw import machine


def test_the_room_on_the_disk_is_a_number(tmp_path: Path) -> None:
    assert machine.free_bytes(tmp_path) > 0


def test_a_disk_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceFault, match="is the disk mounted"):
        machine.free_bytes(tmp_path / "gone")


def test_writing_is_tried_and_leaves_nothing(tmp_path: Path) -> None:
    assert machine.is_writable(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["gone", "/proc"])
def test_a_folder_that_takes_no_file_is_not_writable(tmp_path: Path, folder: str) -> None:
    assert not machine.is_writable(tmp_path / folder)


def test_the_kernel_says_whether_its_clock_is_kept_right() -> None:
    assert machine.clock_is_synchronised() in (True, False, None)


def test_the_program_was_made_before_now(tmp_path: Path) -> None:
    file = tmp_path / "program"
    file.touch()

    assert date(2026, 1, 1) <= machine.built_on(file) <= datetime.now(UTC).date()
    with pytest.raises(DeviceFault, match="install the kiosk again"):
        machine.built_on(tmp_path / "gone")


@pytest.mark.parametrize(("text", "value"), [("48312\n", 48.312), ("warm", None), (None, None)])
def test_the_processor_s_heat_is_in_degrees(tmp_path: Path, text: str | None, value: float | None) -> None:
    file = tmp_path / "temp"
    if text is not None:
        file.write_text(text)

    assert machine.celsius(file) == value


@pytest.mark.parametrize(("text", "value"), [("50005\n", 0x50005), ("0x0", 0), ("?", None), (None, None)])
def test_the_firmware_s_word_is_hexadecimal(tmp_path: Path, text: str | None, value: int | None) -> None:
    file = tmp_path / "throttled"
    if text is not None:
        file.write_text(text)

    assert machine.throttled(file) == value
