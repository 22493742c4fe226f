"""A command whose terminal, pipe or disk is not as it should be ends with a sentence, and writes into nobody's file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

STATUS = (sys.executable, "-m", "kiosk", "status")
PATIENCE_S = 60.0
OPENS_A_FILE = """
import sys
from kiosk.cli.streams import made_usable
made_usable()
with open(sys.argv[1], "w") as ledger:
    print("said"), print("complained", file=sys.stderr)
    ledger.write(f"{ledger.fileno()} {sys.stdin.read()!r}")
"""


@pytest.fixture
def places(tmp_path: Path) -> tuple[str, ...]:
    return ("--site", str(tmp_path / "site"), "--state", str(tmp_path / "state"))


def test_a_command_whose_streams_are_closed_opens_no_file_in_their_place(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    closed = ("sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh")

    ended = subprocess.run([*closed, sys.executable, "-c", OPENS_A_FILE, ledger], timeout=PATIENCE_S, check=False)

    assert ended.returncode == 0
    number, typed = ledger.read_text().split(" ", 1)
    assert (int(number) > 2, typed) == (True, "''")


def test_a_command_that_nobody_listens_to_does_its_work_and_complains_nowhere(places: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ended = subprocess.run(
            [*STATUS, "--json", *places], stdout=pipe, stderr=subprocess.PIPE, timeout=PATIENCE_S, check=False
        )

    assert (ended.returncode, ended.stderr) == (0, b"")


def test_what_does_not_fit_on_a_full_disk_is_told_in_a_sentence(places: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*STATUS, "--json", *places], stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE_S, check=False
        )

    assert ended.returncode == 3
    assert ended.stderr == b"kiosk: what it says cannot be written: No space left on device\n"


def test_a_command_that_is_interrupted_does_not_say_that_it_is_done(tmp_path: Path, places: tuple[str, ...]) -> None:
    (tmp_path / "site").mkdir()
    os.mkfifo(tmp_path / "site" / "site.toml")
    begun = subprocess.Popen(
        [*STATUS, *places], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # the tests may run in the background
    )  # fmt: skip

    with (tmp_path / "site" / "site.toml").open("wb"):  # which is there as soon as it reads
        begun.send_signal(signal.SIGINT)
    _, said = begun.communicate(timeout=PATIENCE_S)  # it may just have begun to wait for a byte: now nothing comes

    assert (begun.returncode, said) == (130, b"")
