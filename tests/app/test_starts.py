from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.starts import in_turn

SYSTEMD = {"NOTIFY_SOCKET": "/run/systemd/notify"}


class Life:
    """Starts of a role that is killed each time, on a clock of its own."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.now_s = 1000.0
        self.waited: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waited.append(round(seconds, 6))
        self.now_s += seconds

    def killed(self, after_s: float, *, systemd: bool = True) -> None:
        turn = in_turn(self.file, "broadcast", lambda: self.now_s, self.wait, SYSTEMD if systemd else {})
        turn.__enter__()
        self.now_s += after_s

    def ends_in_order(self) -> None:
        with in_turn(self.file, "broadcast", lambda: self.now_s, self.wait, SYSTEMD):
            pass


@pytest.fixture
def life(tmp_path: Path) -> Life:
    return Life(tmp_path / "state" / "broadcast.starts")


def test_a_role_that_was_killed_once_begins_again_at_once(life: Life) -> None:
    life.killed(after_s=3600)
    life.killed(after_s=20)
    life.killed(after_s=15)

    assert life.waited == []


def test_a_role_that_fails_at_once_waits_ever_longer_and_the_log_says_so(
    life: Life, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(12):
        life.killed(after_s=0.0)

    assert life.waited[:3] == [0.25, 0.5, 1.0]
    assert life.waited[-1] == 60.0
    assert "the broadcast role ended soon after its start 2 times in a row" in caplog.text
    assert "the lines above say why" in caplog.text


def test_an_orderly_end_is_no_failure(life: Life) -> None:
    for _ in range(5):
        life.ends_in_order()

    assert life.waited == []
    assert not life.file.exists()


def test_the_keeper_waits_by_itself(life: Life) -> None:
    for _ in range(5):
        life.killed(after_s=0.0, systemd=False)

    assert life.waited == []


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[3, 90000.0]", '["x", 1]'])
def test_a_note_that_makes_no_sense_or_is_of_another_boot_keeps_nobody_waiting(life: Life, text: str) -> None:
    life.file.parent.mkdir()
    life.file.write_text(text, encoding="utf-8")

    life.killed(after_s=0.0)

    assert life.waited == []


def test_a_disk_that_cannot_be_written_keeps_nobody_waiting(life: Life) -> None:
    life.file.parent.write_text("a file where the folder should be", encoding="utf-8")

    for _ in range(3):
        life.killed(after_s=0.0)

    assert life.waited == []
