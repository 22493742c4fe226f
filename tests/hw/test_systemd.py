"""What systemd hears of a role, on a real socket."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.hw.systemd import Systemd


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(10.0)
        yield listening


def test_systemd_hears_that_a_role_is_ready_lives_and_ends(heard: socket.socket) -> None:
    systemd = Systemd({"NOTIFY_SOCKET": str(heard.getsockname())})

    systemd.ready()
    systemd.status("the desk\nis stuck")
    systemd.lives()
    systemd.ends()

    said = [heard.recv(4096).decode() for _ in range(4)]
    assert said == ["READY=1", "STATUS=the desk is stuck", "WATCHDOG=1", "STOPPING=1"]


def test_an_abstract_socket_is_reached_too() -> None:
    name = f"kiosk-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        listening.settimeout(10.0)

        Systemd({"NOTIFY_SOCKET": f"@{name}"}).lives()

        assert listening.recv(4096) == b"WATCHDOG=1"


def test_without_systemd_nothing_happens() -> None:
    systemd = Systemd({})

    systemd.ready()

    assert systemd.watchdog_s is None


def test_a_supervisor_that_went_away_hinders_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Systemd({"NOTIFY_SOCKET": str(tmp_path / "gone")}).lives()

    assert "systemd does not listen" in caplog.text


@pytest.mark.parametrize(
    ("environment", "watchdog_s"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_how_often_the_watchdog_wants_to_hear(environment: dict[str, str], watchdog_s: float | None) -> None:
    assert Systemd(environment).watchdog_s == watchdog_s
