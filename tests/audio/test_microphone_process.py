"""The microphone's process where the machine ails: it goes on, or another one takes over, and neither storms."""

from __future__ import annotations

import errno
import multiprocessing.util
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from kiosk.audio.capture import CaptureChoices, _Booth
from kiosk.audio.microphone import MicrophoneLine
from kiosk.ports.broadcast import Heard, MicrophoneReport
from tests.audio.waiting import eventually


def ends_at_once(_: CaptureChoices, __: Connection, ___: Connection) -> None:
    """A process that finds no memory, say."""


def choices(folder: Path) -> CaptureChoices:
    return CaptureChoices("", 1, 0.0, folder, 86_400.0)


def test_a_process_that_ends_again_and_again_is_replaced_ever_later(tmp_path: Path) -> None:
    paused: list[int] = []
    reports: list[MicrophoneReport] = []

    def pause(failures: int) -> float:
        paused.append(failures)
        return 0.01 if len(paused) < 2 else 3600.0

    line = MicrophoneLine(choices(tmp_path), block_frames=1024, post=reports.append, work=ends_at_once, pause=pause)
    eventually(lambda: len(paused) == 2, within_s=60.0, what="three of them have ended")
    line.close()

    assert paused == [1, 2]  # the first one was replaced at once
    assert [one.what for one in reports] == [Heard.DEAF, Heard.DEAF]


def test_a_machine_that_starts_no_process_for_a_moment_has_its_microphone_back_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports: list[MicrophoneReport] = []
    line = MicrophoneLine(choices(tmp_path), block_frames=1024, post=reports.append, pause=lambda _: 0.01)
    spawn = multiprocessing.util.spawnv_passfds
    refused: list[int] = []

    def no_memory_at_first(*about: Any) -> int:
        if len(refused) < 2:
            refused.append(1)
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
        return int(spawn(*about))

    monkeypatch.setattr(multiprocessing.util, "spawnv_passfds", no_memory_at_first)
    line._process.kill()
    eventually(lambda: reports, within_s=60.0, what="another one takes over")
    line.close()

    assert reports[0].text == (
        "microphone: its process cannot be started (Cannot allocate memory); a new one takes over"
    )


def test_old_talks_that_cannot_be_deleted_are_told_and_keep_nobody_from_talking(tmp_path: Path) -> None:
    talk, folder = tmp_path / "2020-01-01" / "093000.flac", tmp_path / "2020-01-01" / "lost+found"
    folder.mkdir(parents=True)
    talk.write_bytes(b"fLaC")
    for one in (talk, folder):
        os.utime(one, (0, 0))
    desk, booth_end = multiprocessing.Pipe()
    desk.send(("close", 0, ""))

    with pytest.raises(EOFError):  # as it was told
        _Booth(choices(tmp_path), booth_end, -1).serve()

    assert desk.recv() == MicrophoneReport(Heard.PURGED, count=1)
    told = desk.recv()
    assert told.what is Heard.NOT_KEPT
    assert "lost+found" in told.text
    assert not talk.exists()
