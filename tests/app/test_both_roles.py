"""Both roles under one command: real processes, real signals, roles of a few lines."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.both_roles import commands_of
from kiosk.app.places import Places
from kiosk.cli import main
from tests.audio.waiting import eventually
from tests.sites import write_site

# A role says who it is, and leaves a line when it was closed in order.
ROLE = """
import os, signal, sys
def close(*_):
    print("closed", file=open(sys.argv[1] + ".closed", "a"), flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, close)
signal.signal(signal.SIGINT, close)
print(os.getpid(), file=open(sys.argv[1], "a"), flush=True)
while True:
    signal.pause()
"""
SICK = """
import sys
print("up", file=open(sys.argv[1], "a"), flush=True)
sys.exit(3)
"""
KEEPER = """
import logging, sys
from kiosk.app import both_roles
logging.basicConfig(level=logging.INFO, stream=sys.stderr)
state = sys.argv[1]
roles = dict(pair.split("=", 1) for pair in sys.argv[2:])
both_roles.Both({name: (sys.executable, "-c", script, f"{state}/{name}") for name, script in roles.items()}).run()
"""


class House:
    """A keeper with its two roles."""

    def __init__(self, state: Path, front: str = ROLE) -> None:
        self.state = state
        roles = (f"broadcast={ROLE}", f"front={front}")
        self.keeper = subprocess.Popen(
            [sys.executable, "-c", KEEPER, str(state), *roles], stderr=subprocess.PIPE, text=True
        )

    def pids(self, role: str) -> list[int]:
        """Of a role so far, the first one first."""
        file = self.state / role
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def closed(self, role: str) -> bool:
        return (self.state / f"{role}.closed").exists()

    def up(self) -> tuple[int, int]:
        eventually(lambda: self.pids("broadcast") and self.pids("front"), within_s=20, what="both roles run")
        return self.pids("broadcast")[0], self.pids("front")[0]

    def stop(self) -> str:
        """Told to stop, as systemd does it; what was logged."""
        self.keeper.send_signal(signal.SIGTERM)
        return self.keeper.communicate(timeout=20)[1]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    one = House(tmp_path)
    try:
        yield one
    finally:
        if one.keeper.poll() is None:
            one.stop()


def test_one_signal_closes_both_roles_in_order(house: House) -> None:
    house.up()

    logged = house.stop()

    assert house.keeper.returncode == 0
    assert house.closed("broadcast")
    assert house.closed("front")
    assert "SIGTERM: the front role is told to stop" in logged
    assert "started again" not in logged


def test_a_front_role_that_crashes_comes_back_and_the_broadcast_never_notices(house: House) -> None:
    broadcast, front = house.up()

    os.kill(front, signal.SIGKILL)

    eventually(lambda: len(house.pids("front")) == 2, within_s=20, what="the front role is there again")
    assert house.pids("broadcast") == [broadcast]
    assert not house.closed("broadcast")
    logged = house.stop()
    assert "the front role was ended by SIGKILL; it is started again in" in logged
    assert "the other one goes on" in logged


def test_a_role_that_does_not_come_up_is_tried_again_and_the_other_one_is_heard(tmp_path: Path) -> None:
    house = House(tmp_path, front=SICK)
    tried = tmp_path / "front"
    try:
        eventually(lambda: tried.exists() and tried.read_text().count("up") >= 3, within_s=20, what="three tries")
        broadcast = house.pids("broadcast")
    finally:
        logged = house.stop()

    assert len(broadcast) == 1
    assert "the front role ended with exit code 3; it is started again in" in logged
    assert house.closed("broadcast")


def test_roles_whose_keeper_is_killed_close_in_order(house: House) -> None:
    house.up()

    house.keeper.kill()

    eventually(lambda: house.closed("broadcast") and house.closed("front"), within_s=20, what="both closed")
    house.keeper.communicate()


def test_each_role_is_started_by_its_own_command_with_the_same_places(tmp_path: Path) -> None:
    commands = commands_of(("broadcast", "front"), Places(tmp_path / "site", tmp_path / "state"))

    assert set(commands) == {"broadcast", "front"}
    assert commands["front"] == (
        sys.executable, "-m", "kiosk", "run", "front", "--site", f"{tmp_path}/site", "--state", f"{tmp_path}/state"
    )  # fmt: skip


def test_a_site_with_mistakes_starts_no_role_and_tells_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = write_site(tmp_path / "site", site=("volume_db = -6.0", "volume_db = 6"))

    code = main(["run", "--site", str(site), "--state", str(tmp_path / "state")])

    assert code == 1
    assert "volume_db" in capsys.readouterr().err
    assert not (tmp_path / "state").exists()
    logging.getLogger().handlers.clear()
