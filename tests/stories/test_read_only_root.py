"""Both roles on a root that nobody can write to: all that they write is in their own folder, or goes with the power."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.hatch import HEALTH, ask, listens
from kiosk.app.places import Places
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.store import open_ledger
from tests.audio.waiting import eventually
from tests.installed import AT_ONCE, can_have_mounts_of_its_own
from tests.ledger.values import SHANGHAI
from tests.sites import SITE, write_site
from tests.stories.front_role import ROWS

pytestmark = pytest.mark.skipif(not can_have_mounts_of_its_own(), reason="wants root and unshare")
PATIENCE_S = 120.0  # of two roles that start at once, beside all the other tests
# as ProtectSystem=strict and PrivateTmp: read-only but for the state and what is in memory anyway
STRICT = """
mount --bind {state} {state} && mount -t tmpfs tmpfs /var/tmp && mount -o remount,ro,bind / &&
! touch {site}/probe 2>/dev/null && touch {state}/probe && exec "$@"
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "state").mkdir()
    return Places(write_site(tmp_path / "site", site=SITE + AT_ONCE + ROWS), tmp_path / "state")


@pytest.fixture
def roles(places: Places, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    kiosk = (sys.executable, "-m", "kiosk", "run", "--site", places.site, "--state", places.state)
    with (tmp_path / "log").open("wb") as log:
        mounts = STRICT.format(state=places.state, site=places.site)
        keeper = subprocess.Popen(
            ["unshare", "-m", "--propagation", "private", "sh", "-c", mounts, "sh", *map(str, kiosk)],
            env={**os.environ, "TMPDIR": "/var/tmp", "HOME": "/nonexistent"}, stderr=log, stdout=log,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield keeper
        finally:
            if keeper.poll() is None:
                os.killpg(keeper.pid, signal.SIGKILL)
            keeper.wait()


def lives(hatch: Path, role: str) -> bool:
    return listens(hatch) and not any(part["stuck"] for part in ask(hatch, {"do": HEALTH}, role=role)["parts"])


def test_both_roles_live_and_remember_on_a_root_that_is_read_only(
    places: Places, roles: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    eventually(lambda: lives(places.hatch, "broadcast"), within_s=PATIENCE_S, what="the broadcast is up")
    eventually(lambda: lives(places.front_hatch, "front"), within_s=PATIENCE_S, what="the front is up")
    ask(places.hatch, {"do": "press", "button": "evacuate", "held_s": 5.0})

    def evacuated() -> bool:
        with open_ledger(places.ledger) as ledger:
            return any(line.id == "evacuation" for line in AsRunPages(ledger, SHANGHAI).adrift())

    eventually(evacuated, within_s=PATIENCE_S, what="the evacuation is on the air")
    roles.send_signal(signal.SIGTERM)
    roles.wait(PATIENCE_S)

    log = (tmp_path / "log").read_text()
    assert roles.returncode == 0, log
    assert "Read-only file system" not in log
    assert "cannot be written" not in log
    assert "Traceback" not in log
    assert (places.state / "heard.json").exists()
