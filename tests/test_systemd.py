from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[1] / "systemd"
INSTALLED = "/opt/kiosk/.venv/bin/kiosk"
PYTHON = "/opt/kiosk/.venv/bin/python"
ANALYZE = shutil.which("systemd-analyze")


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units as they are installed, with a program that this machine has."""
    for unit in (*UNITS.glob("*.service"), *UNITS.glob("*.target"), *UNITS.glob("*.timer")):
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(
            text.replace(INSTALLED, sys.executable).replace(PYTHON, sys.executable), encoding="utf-8"
        )
    return sorted(tmp_path.iterdir())


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_has_nothing_to_say_against_the_units(units: list[Path]) -> None:
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", *map(str, units)], capture_output=True, text=True, check=False
    )

    told = [line for line in (done.stdout + done.stderr).splitlines() if any(unit.name in line for unit in units)]
    assert told == []


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("role", ["broadcast", "front", "housekeeping"])
def test_a_role_is_shut_in_well(units: list[Path], role: str) -> None:
    unit = next(unit for unit in units if unit.name == f"kiosk-{role}.service")

    done = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--threshold=20", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-600:] + done.stderr


def test_each_role_has_a_unit_of_its_own_that_is_restarted_and_takes_no_other_with_it() -> None:
    texts = {role: (UNITS / f"kiosk-{role}.service").read_text(encoding="utf-8") for role in ("broadcast", "front")}

    for role, text in texts.items():
        assert f"ExecStart={INSTALLED} run {role}\n" in text
        assert "Restart=always" in text
        assert "Type=notify\n" in text
        assert "WatchdogSec=30\n" in text
        for binding in ("Requires=", "BindsTo=", "Requisite="):
            assert binding not in text
