"""A screen that goes on from a role which has hardly begun ends with that role, however early it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from tests.audio.waiting import eventually

ROLE = """
import sys, time
from pathlib import Path
from kiosk.app.screen_entry import forked
from kiosk.app.site_reading import SiteReading
from kiosk.config.first_look import Glass

screen = forked(Glass(800, 480, 154.0, whole=False))
reading = SiteReading(Path(sys.argv[1]), forked_without=(screen.pipe,))
print(screen.process.pid, reading._child._child.pid, flush=True)
print(type(screen.pipe.recv()).__name__, flush=True)
time.sleep(600)
"""
SITE = Path(__file__).parents[2]


def test_a_role_that_is_killed_takes_screen_and_reader_along() -> None:
    role = subprocess.Popen(
        [sys.executable, "-c", ROLE, SITE],
        env={**os.environ, "SDL_VIDEODRIVER": "dummy"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert role.stdout is not None
    children: list[psutil.Process] = []
    try:
        children = [psutil.Process(int(pid)) for pid in role.stdout.readline().split()]
        first = next(line for line in role.stdout if not line.startswith("pygame-ce"))
        role.kill()
        role.wait()
        eventually(lambda: not any(one.is_running() for one in children), within_s=30.0, what="both have ended")
    finally:
        for one in children:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        role.kill()
        role.stdout.close()

    assert first.strip() == "Lit"
