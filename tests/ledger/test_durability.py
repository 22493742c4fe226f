from __future__ import annotations

import fcntl
import signal
import subprocess
from itertools import islice
from pathlib import Path
from typing import IO

import pytest

from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.files import alone_with, beside
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.broadcast.as_run import Outcome
from tests.ledger.shop import ask, child, fresh_ledger
from tests.ledger.values import SHANGHAI, TEN

# each of these starts other processes: a second or so


def output_of(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def together(*roles: subprocess.Popen[str]) -> list[str]:
    """Let the roles go at the same moment once all are ready; their last words."""
    for role in roles:
        assert output_of(role).readline() == "ready\n"
    for role in roles:
        assert role.stdin is not None
        role.stdin.write("go\n")
        role.stdin.flush()
    return [output_of(role).readline() for role in roles]


def test_a_role_killed_at_any_moment_has_lost_nothing_it_had_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    fresh_ledger(path).close()
    with child("broadcast", path) as role:
        said = list(islice(output_of(role), 40))
        role.send_signal(signal.SIGKILL)
        said += [line for line in output_of(role) if line.endswith("\n")]

    acknowledged = [tuple(line.split()) for line in said]
    with open_ledger(path) as ledger:
        pages = AsRunPages(ledger, SHANGHAI)
        outcomes = {line.key: line.outcome for line in pages.of_day(TEN.date())}
        verdict = verify(ledger)
    assert {key for what, key in acknowledged if what == "started"} <= outcomes.keys()
    assert {outcomes[key] for what, key in acknowledged if what == "ended"} == {Outcome.PLAYED}
    assert isinstance(verdict, Intact)
    assert role.returncode == -signal.SIGKILL


def test_two_roles_that_open_and_write_at_once_share_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ledger.sqlite"
    lines = 150
    with (
        child("turns", str(path), "broadcast", str(lines)) as one,
        child("turns", str(path), "front", str(lines)) as two,
    ):
        said = together(one, two)

    with open_ledger(path) as ledger:
        verdict = verify(ledger)
    assert said == ["done\n", "done\n"]
    assert isinstance(verdict, Intact)
    assert verdict.lines == 2 * lines
    assert ask(path, "SELECT count(*) FROM audit GROUP BY actor") == [(lines,), (lines,)]
    assert list(path.parent.glob("*.damaged*")) == []


def test_two_roles_that_find_the_ledger_damaged_replace_it_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"garbage" * 1000)
    with child("replace", path) as one, child("replace", path) as two:
        said = together(one, two)

    assert said == ["done\n", "done\n"]
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1
    assert sorted(ask(path, "SELECT actor FROM audit")) == [("front",), ("front",), ("ledger",)]


def test_only_one_role_at_a_time_replaces_or_migrates(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with alone_with(path), beside(path, ".lock").open("rb") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
