"""Two copies of a role that are started at once: one of them is refused before it touches anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app.alone import alone
from kiosk.app.places import Places
from kiosk.cli import main
from kiosk.errors import KioskError, LedgerFault
from tests.sites import write_site


def test_a_second_broadcast_role_is_refused_and_plays_nothing_into_the_first(tmp_path: Path) -> None:
    where = Places(write_site(tmp_path / "site"), tmp_path / "state")

    with alone(where.broadcast_lock, "broadcast role"):
        second = subprocess.run(
            [sys.executable, "-m", "kiosk", "run", "broadcast", "--site", where.site, "--state", where.state],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    assert second.returncode == 1
    assert f"a broadcast role runs already with {where.state}: stop that one first" in second.stderr
    assert "the broadcast desk of" not in second.stderr
    assert not where.hatch.exists()


def test_a_second_demo_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = Places(write_site(tmp_path / "site"), tmp_path / "state")

    with alone(where.state / "demo" / "demo.lock", "demo"):
        assert main(["demo", "--site", str(where.site), "--state", str(where.state)]) == 1

    assert capsys.readouterr() == ("", f"kiosk: a demo runs already with {where.state / 'demo'}: stop that one first\n")


def test_a_demo_that_can_write_nowhere_says_so_before_it_opens_a_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = Places(write_site(tmp_path / "site"), tmp_path / "state")
    where.state.write_text("a file where a folder should be")

    assert main(["demo", "--site", str(where.site), "--state", str(where.state)]) == 3

    assert capsys.readouterr().err.startswith(f"kiosk: {where.state / 'demo' / 'demo.lock'} cannot be made: ")


def test_the_next_role_begins_once_the_first_is_gone(tmp_path: Path) -> None:
    for _ in range(2):
        with (
            alone(tmp_path / "state" / "front.lock", "front role"),
            pytest.raises(KioskError, match="runs already"),
            alone(tmp_path / "state" / "front.lock", "front role"),
        ):
            pass


def test_where_nobody_can_tell_whether_another_one_runs_that_is_said_and_no_other_reason(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")

    with (
        pytest.raises(LedgerFault, match="let the kiosk's user write there"),
        alone(tmp_path / "state" / "l", "front role"),
    ):
        pass


def test_nobody_but_the_kiosk_may_hold_the_lock_and_so_keep_the_roles_from_starting(tmp_path: Path) -> None:
    with alone(tmp_path / "front.lock", "front role"):
        assert (tmp_path / "front.lock").stat().st_mode & 0o077 == 0
