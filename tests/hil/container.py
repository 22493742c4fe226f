"""A Debian in a container of this machine (systemd-nspawn): its own systemd, no kernel of its own."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

CLEAN = ("env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8")
PATIENCE_S = 120.0


class Container:
    """Boots when it is entered, is switched off when it is left. keep: what it writes stays in its root."""

    def __init__(self, root: Path, log: Path, *, keep: bool = False) -> None:
        self._root, self._log, self._keep = root, log, keep

    def __enter__(self) -> Self:
        command = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network", "--console=pipe"]
        kept = [] if self._keep else ["--volatile=overlay"]
        with self._log.open("wb") as log:
            self._host = subprocess.Popen(
                [*command, *kept, "-D", str(self._root), "-b", "systemd.unit=multi-user.target"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            eventually(lambda: self._first_process() != 0, "its first process")
            eventually(
                lambda: self.tries("systemctl is-system-running") in ("running", "degraded"), "the end of its start"
            )
        except BaseException:
            self._host.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._host.terminate()
        try:
            self._host.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._host.kill()

    def does(self, command: str, *, within_s: float = PATIENCE_S) -> str:
        """What a shell command says in there. Raises CalledProcessError with its words."""
        done = self._run(command, within_s)
        if done.returncode != 0:
            raise AssertionError(f"{command} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout.strip()

    def tries(self, command: str) -> str:
        """The same, whether it succeeds or not."""
        return self._run(command, PATIENCE_S).stdout.strip()

    def shows(self, unit: str, what: str) -> str:
        """A property of a unit."""
        return self.does(f"systemctl show {unit} -p {what} --value")

    def _run(self, command: str, within_s: float) -> subprocess.CompletedProcess[str]:
        inside = ["nsenter", "-t", str(self._first_process()), "-a", *CLEAN, "/bin/bash", "-c", command]
        return subprocess.run(inside, capture_output=True, text=True, check=False, timeout=within_s)

    def _first_process(self) -> int:
        children = Path(f"/proc/{self._host.pid}/task/{self._host.pid}/children")
        if self._host.poll() is not None:
            raise OSError(f"the container ended: {self._log.read_text(errors='replace')[-500:]}")
        found = children.read_text().split()
        return int(found[0]) if found else 0


def eventually(holds: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> float:
    """Wait for it; how many seconds that took. Raises TimeoutError with what it was."""
    began_s, pause = monotonic(), threading.Event()
    while not holds():
        if monotonic() > began_s + within_s:
            raise TimeoutError(f"not within {within_s:.0f} s: {what}")
        pause.wait(0.1)
    return monotonic() - began_s


@contextlib.contextmanager
def laid_over(root: Path, own: Path) -> Iterator[Path]:
    """That root, with what is written kept in a folder of its own."""
    layers = {name: own / name for name in ("upper", "work", "merged")}
    for folder in layers.values():
        folder.mkdir(parents=True, exist_ok=True)
    told = f"lowerdir={root},upperdir={layers['upper']},workdir={layers['work']}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", told, str(layers["merged"])], check=True)
    try:
        yield layers["merged"]
    finally:
        subprocess.run(["umount", str(layers["merged"])], check=True)
        shutil.rmtree(layers["work"], ignore_errors=True)
