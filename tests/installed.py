"""A machine to install on: /opt, /etc and /var/lib of its own, and somebody who starts its units."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.sites import SITE, write_site
from tests.stories.front_role import ROWS

HERE = Path(__file__).parents[1]
OWN = ("/opt", "/etc", "/var/lib", "/usr/lib/sysusers.d", "/usr/lib/udev/rules.d", "/usr/local/bin", "/run")

AT_ONCE = """
[power]
settle = "100ms"
warm = "0s"
quiet = "0s"
drain = "100ms"
"""
SYSTEMCTL = '''#!{python}
"""Starts and stops the units of kiosk.target, as systemd would."""
import os, shlex, signal, subprocess, sys, time
from pathlib import Path

units, running = Path("/etc/systemd/system"), Path("/run/roles")
if "start" in sys.argv:
    for unit in sorted(units.glob("kiosk-*.service")):
        lines = unit.read_text().splitlines()
        start = next(line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart="))
        if "Type=oneshot" in lines:
            continue
        log = open(f"/run/{{unit.stem}}.log", "a")
        environment = {{**os.environ, "KIOSK_SITE": "/etc/kiosk", "KIOSK_STATE": "/var/lib/kiosk"}}
        role = subprocess.Popen(shlex.split(start), env=environment, stdout=log, stderr=log, start_new_session=True)
        with running.open("a") as file:
            file.write(f"{{role.pid}}\\n")
if "stop" in sys.argv:
    pids = [int(line) for line in running.read_text().split()] if running.exists() else []
    for pid in pids:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
    waited = any(word.endswith(".service") for word in sys.argv)  # for a target it does not wait
    for pid in pids:
        while waited and Path(f"/proc/{{pid}}/stat").exists() and ") Z" not in Path(f"/proc/{{pid}}/stat").read_text():
            time.sleep(0.05)
    running.unlink(missing_ok=True)
'''
RUNUSER = """#!/bin/sh
shift 3
exec "$@"
"""


def can_have_mounts_of_its_own() -> bool:
    """Whether this process may make such a machine."""
    if os.geteuid() != 0 or shutil.which("unshare") is None or shutil.which("systemd-sysusers") is None:
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0


class Machine:
    """Lives in a folder. checkout: of the project, from which it is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in OWN:
            (folder / name[1:]).mkdir(parents=True)
        shutil.copytree("/etc", folder / "etc", dirs_exist_ok=True, symlinks=True, ignore_dangling_symlinks=True)
        (folder / "run" / "systemd" / "system").mkdir(parents=True)
        tools = folder / "tools"
        tools.mkdir()
        for name, text in (("systemctl", SYSTEMCTL.format(python=sys.executable)), ("runuser", RUNUSER)):
            (tools / name).write_text(text)
            (tools / name).chmod(0o755)
        self.venv = Path(sys.executable).parents[1]

    def checkout(self, name: str) -> Path:
        """A copy of the project, with a small store."""
        into = self.folder / name
        parts = ("kiosk", "tools", "systemd", "docs")
        for part in parts:
            shutil.copytree(HERE / part, into / part, ignore=shutil.ignore_patterns("__pycache__", "voices"))
        write_site(into, site=SITE + AT_ONCE + ROWS)
        (into / "sounds").mkdir(exist_ok=True)
        for file in (HERE / "pyproject.toml", *HERE.glob("*.md"), *HERE.glob("requirements*.lock"), HERE / "Makefile"):
            shutil.copy(file, into)
        return into

    def does(self, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run something on that machine."""
        mounts = " && ".join(f"mount --bind {self.folder}{name} {name}" for name in OWN)
        words: Sequence[str] = [str(word) for word in command]
        path = f"{self.folder}/tools:{os.environ['PATH']}"
        return subprocess.run(
            ["unshare", "-m", "--propagation", "private", "sh", "-c", f'{mounts} && exec "$@"', "sh", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env={**os.environ, "PATH": path, "KIOSK_VENV": str(self.venv), **environment},
        )

    def installs(self, checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.does(checkout / "tools" / "install", **environment)

    def lives(self) -> bool:
        """Whether both roles run and none stands still."""
        where = ("--site", "/etc/kiosk", "--state", "/var/lib/kiosk")
        return self.does("/opt/kiosk/.venv/bin/kiosk", "status", "--lives", *where).returncode == 0

    def switches_off(self) -> None:
        self.does("systemctl", "stop", "kiosk.target")
