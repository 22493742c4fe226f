"""A role that is killed leaves no worker behind: each would keep its memory for years."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil

from tests.audio.waiting import eventually

ROLE = """
import multiprocessing, os, signal, sys
from concurrent.futures import ProcessPoolExecutor
from kiosk.app.orphan import ends_with_its_role

if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    pools = [ProcessPoolExecutor(1, spawn, initializer=ends_with_its_role) for _ in range(2)]
    print(*(pool.submit(os.getpid).result() for pool in pools), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_workers_of_a_killed_role_end_with_it(tmp_path: Path) -> None:
    script = tmp_path / "role.py"
    script.write_text(ROLE, encoding="utf-8")

    role = subprocess.run([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, timeout=60, check=False)

    workers = [int(pid) for pid in role.stdout.split()]
    assert len(workers) == 2
    eventually(lambda: not any(map(psutil.pid_exists, workers)), within_s=20, what="no worker is left")
