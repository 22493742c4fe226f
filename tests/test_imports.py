from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_house_has_its_contracts() -> None:
    """Whether they are kept, lint-imports tells in `make test` (tools/checks)."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    assert {contract["id"] for contract in linter["contracts"]} >= {"layers", "books", "pure", "screens", "siblings"}


@pytest.mark.parametrize("part", ["rules", "ports", "desks", "display/screens"])
def test_who_decides_and_what_is_shown_is_told_the_time_and_asks_no_clock(part: str) -> None:
    asks = re.compile(r"\b(datetime\.(now|today|utcnow)|date\.today)\(")

    found = [path for path in (ROOT / "kiosk" / part).rglob("*.py") if asks.search(path.read_text(encoding="utf-8"))]

    assert found == []


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


LIGHTS_UP = """
import sys
from multiprocessing import Pipe
from kiosk.cli.parser import parser_of_all
from kiosk.app import role, front_start

if __name__ == "__main__":
    parser_of_all().parse_args(["run", "front"])
    print(*sorted(set(sys.argv[1:]) & set(sys.modules)))
    from kiosk.app.screen_process import Role, Waking, _opening
    from kiosk.config.first_look import Glass
    from kiosk.display.window import Window

    glass, here = Glass(800, 480, 154.0, whole=False), Role(Pipe()[0])
    with Window(_opening(glass, here)) as window:
        window.run(Waking(glass, here), lambda: here.over.set())
    print(*sorted(set(sys.argv[1:]) & set(sys.modules)))
"""
NOT_YET = (*HEAVY, "sqlalchemy", "apscheduler", "numpy", "PIL")
OF_THE_HOUSE = ("kiosk.cli.service", "kiosk.cli.lockers", "kiosk.rules.front.taps", "kiosk.rules.forms.form")


def test_until_the_screen_lights_up_nothing_is_loaded_that_its_first_picture_does_not_need(tmp_path: Path) -> None:
    script = tmp_path / "lights_up.py"
    script.write_text(LIGHTS_UP)

    done = subprocess.run(
        [sys.executable, script, *NOT_YET, *OF_THE_HOUSE],
        env={**os.environ, "SDL_VIDEODRIVER": "dummy"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    before_the_fork, lit = [line for line in done.stdout.splitlines() if not line.startswith("pygame-ce")]
    assert before_the_fork.split() == []
    assert lit.split() == ["pygame"]


OF_OTHERS = ("numpy", "pygame", "PIL", "apscheduler", "pydantic", "scipy", "soundfile", "alembic", "reportlab", "vlc")


def test_the_front_role_is_made_of_nothing_that_only_others_need() -> None:
    code = f"import sys, kiosk.app.front; print(*sorted(set({OF_OTHERS}) & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
