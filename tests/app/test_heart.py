"""A role's heart: what is stuck is named before systemd acts, and only a role that works is said to live."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.heart import DESK, SCREEN, SOUND, Heart, Progress
from kiosk.hw.systemd import Systemd
from kiosk.rules.health.vitals import Part


class Role:
    """In virtual time: its desk and its sound go on while they are told to."""

    def __init__(self, path: Path) -> None:
        self.now_s = 100.0
        self.frames: object = 0
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.listening.bind(str(path))
        self.listening.setblocking(False)
        systemd = Systemd({"NOTIFY_SOCKET": str(path)})
        parts: dict[Part, Progress | None] = {DESK: None, SOUND: lambda: self.frames, SCREEN: None}
        self.heart = Heart("broadcast", parts, systemd=systemd, mono_s=lambda: self.now_s)

    def passes(self, seconds: int, *, desk: bool = True, sound: bool = True) -> list[str]:
        """Time passes a second at a time; what systemd heard meanwhile."""
        said: list[str] = []
        for _ in range(seconds):
            self.now_s += 1.0
            if desk:
                self.heart.beat(DESK)
            if sound and isinstance(self.frames, int):
                self.frames += 44_100
            self.heart.look()
            said += self.heard()
        return said

    def heard(self) -> list[str]:
        said = []
        while True:
            try:
                said.append(self.listening.recv(4096).decode())
            except BlockingIOError:
                return said


@pytest.fixture
def role(tmp_path: Path) -> Iterator[Role]:
    role = Role(tmp_path / "notify")
    yield role
    role.listening.close()


def test_a_role_that_works_is_said_to_live_every_second(role: Role) -> None:
    assert role.passes(60) == ["WATCHDOG=1"] * 60


def test_a_desk_that_hangs_is_named_once_and_the_watchdog_hears_nothing_more(
    role: Role, caplog: pytest.LogCaptureFixture
) -> None:
    role.passes(10)

    said = role.passes(40, desk=False)

    assert said.count("WATCHDOG=1") == 15
    assert [line for line in said if line.startswith("STATUS")] == [
        f"STATUS=the desk has made no progress for 16 s: {DESK.remedy}"
    ]
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL]
    assert "the desk has made no progress for 16 s" in caplog.text


def test_a_sound_output_that_stands_still_is_named_and_one_that_goes_on_again_too(
    role: Role, caplog: pytest.LogCaptureFixture
) -> None:
    role.passes(5)

    assert role.passes(30, sound=False).count("WATCHDOG=1") == 15
    assert role.passes(5).count("WATCHDOG=1") == 5
    assert "the sound output has made no progress" in caplog.text
    assert "the sound output makes progress again" in caplog.text


def test_a_closed_sound_output_is_not_missed_all_night(role: Role) -> None:
    role.passes(5)
    role.frames = None

    assert role.passes(3_600) == ["WATCHDOG=1"] * 3_600


def test_a_screen_that_was_given_up_is_not_missed(role: Role) -> None:
    role.heart.beat(SCREEN)
    role.passes(5)
    role.heart.rests(SCREEN)

    assert role.passes(100) == ["WATCHDOG=1"] * 100


def test_how_the_role_does_can_be_asked_while_its_desk_hangs(role: Role) -> None:
    role.passes(10)
    role.passes(20, desk=False)

    told = role.heart.values()

    assert told["role"] == "broadcast"
    assert told["up_s"] == 30.0
    desk, sound, screen = told["parts"]
    assert (desk["stuck"], sound["stuck"], screen["age_s"]) == (True, False, None)
    assert "no progress for 20 s" in desk["told"]


def test_the_end_of_a_role_is_told(tmp_path: Path) -> None:
    role = Role(tmp_path / "notify")
    with role.heart as heart:
        heart.ready()

    assert {"READY=1", "STOPPING=1"} <= set(role.heard())
    role.listening.close()
