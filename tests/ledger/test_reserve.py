"""A full disk and then a power cut, on a real disk of a few megabytes: what was given back stays given back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger.reserve import LOOK, ROOM_BYTES, Reserve
from tests.ledger.full_disk_child import LOCKERS
from tests.ledger.shop import fill_disk, fresh_ledger
from tests.ledger.values import TEN

DISK = "40m"
APART = ("unshare", "--user", "--map-root-user", "--mount")


def small_disks() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = [*APART, "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


needs_small_disks = pytest.mark.skipif(not small_disks(), reason="this machine mounts no small disk for a test")


def lives(folder: Path, *steps: str) -> list[dict[str, Any]]:
    """A role on a small disk that is killed at the end of each step, and what it told."""
    child = f"{sys.executable} -m tests.ledger.full_disk_child {folder}"
    script = f"mount -t tmpfs -o size={DISK} none {folder}; " + "; ".join(f"{child} {step}" for step in steps)
    done = subprocess.run([*APART, "sh", "-c", script], capture_output=True, text=True, check=False)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(steps), done.stderr
    return told


@needs_small_disks
def test_on_a_full_disk_what_was_given_back_is_still_written_down_and_nothing_new_is_taken(tmp_path: Path) -> None:
    lived, found, freed = lives(tmp_path, "kept", "stands", "free")

    assert lived["failed"] == ""
    assert lived["written"] == LOCKERS
    assert "the disk is" in lived["new"]
    assert (found["lying"], found["check"]) == (0, [])
    assert found["quarantined"] == [1, LOCKERS]
    assert "the disk is nearly full" in found["new"]
    assert freed["new"] == "", "there is room again"


@needs_small_disks
def test_without_the_room_a_full_disk_loses_it(tmp_path: Path) -> None:
    lived, found = lives(tmp_path, "bare", "stands")

    assert "the disk is full" in lived["failed"]
    assert found["lying"] > 0


def test_room_is_kept_in_the_ledger_itself_and_taken_anew_before_it_is_used_up(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        reserve = Reserve(lambda: ledger)
        assert reserve.keep(TEN)
        assert ledger.spare_bytes() >= ROOM_BYTES
        assert (tmp_path / "ledger.sqlite-wal").stat().st_size >= ROOM_BYTES
        with ledger.write() as connection:
            connection.exec_driver_sql("CREATE TABLE filler AS SELECT zeroblob(2000000) AS x")
        used = ledger.spare_bytes()

        reserve.keep(TEN + LOOK / 2)
        assert ledger.spare_bytes() == used, "not at every record"
        reserve.keep(TEN + LOOK)

        assert ledger.spare_bytes() >= ROOM_BYTES
        size = (tmp_path / "ledger.sqlite").stat().st_size
        reserve.keep(TEN + 3 * LOOK)
        assert (tmp_path / "ledger.sqlite").stat().st_size == size, "what is enough is left alone"
        assert ledger.check() == ()


def test_room_that_cannot_be_taken_keeps_nobody_from_leaving_a_bag(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        fill_disk(ledger)

        assert Reserve(lambda: ledger).keep(TEN), "the disk has room, whatever the ledger says"


def test_a_disk_that_is_gone_is_the_ledger_s_fault_and_no_end_of_the_desk(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with fresh_ledger(state / "ledger.sqlite") as ledger:
        shutil.rmtree(state)

        with pytest.raises(LedgerFault, match=r"ledger\.sqlite"):
            Reserve(lambda: ledger).keep(TEN)
