from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONTRACTS = [
    contract["id"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of imports takes seconds to build: once for all contracts."""
    return tmp_path_factory.mktemp("imports")


def test_the_house_has_its_contracts() -> None:
    assert set(CONTRACTS) >= {"layers", "pure", "siblings"}


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_house_keeps_its_import_contracts(contract: str, cache: Path) -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [lint, "--contract", contract, "--cache-dir", cache], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


ROLE = """
import sys
from pathlib import Path
from kiosk.app import broadcast
from kiosk.app.places import places

if __name__ == "__main__":
    office = broadcast.BackOffice(places(Path(sys.argv[1]), Path(sys.argv[2])), None, lambda message: None)
    office.prepare()
    office.close()
    print(*sorted(set(sys.argv[3:]) & set(sys.modules)))
"""
HEAVY = ("alembic", "pydantic", "pygame", "pypinyin", "rich", "scipy", "soundfile", "stdnum", "tomlkit")


def test_what_a_role_needs_for_a_moment_only_is_never_loaded_into_it(tmp_path: Path) -> None:
    script = tmp_path / "role.py"
    script.write_text(ROLE)

    done = subprocess.run(
        [sys.executable, script, ROOT, tmp_path / "state", *HEAVY], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_before_the_screen_lights_up_nothing_heavy_is_loaded() -> None:
    heavy = "pydantic", "sqlalchemy", "apscheduler", "numpy", "pygame"
    code = (
        f"import sys, kiosk.cli, kiosk.app.role, kiosk.app.front_start; print([m for m in {heavy} if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
