"""A real ext4 on a disk that loses what nobody flushed when the power goes."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.hil.disk_log import Cut, DiskLog, copy

HERE = Path(__file__).parents[2]
PATIENCE_S = 10.0


def why_not() -> str:
    """What keeps this process from having such a disk; "" where nothing does."""
    if os.geteuid() != 0:
        return "wants root, to mount a disk"
    for tool in ("mke2fs", "losetup", "mount", "umount"):
        if shutil.which(tool) is None:
            return f"wants {tool}"
    if not Path("/dev/fuse").exists() or not Path("/dev/loop-control").exists():
        return "wants FUSE and loop devices in the kernel"
    return ""


@contextlib.contextmanager
def mounted(disk: Path, at: Path) -> Iterator[Path]:
    """That disk, as the kernel finds it: it first works off the file system's journal."""
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "ext4", "-o", "loop", str(disk), str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


def empty_disk(at: Path, megabytes: int) -> Path:
    """An image of a disk with an empty ext4 on it."""
    with at.open("wb") as file:
        file.truncate(megabytes << 20)
    subprocess.run(["mke2fs", "-q", "-t", "ext4", str(at)], check=True)
    return at


class VolatileDisk:
    """Begins as an image, and records while it is open; `after` then gives what each power cut may have left."""

    def __init__(self, folder: Path, began: Path) -> None:
        self._folder, self._began = folder, began
        self._log = folder / "log"
        self.path = folder / "disk"

    @contextlib.contextmanager
    def prepared(self) -> Iterator[Path]:
        """The disk mounted, before its story begins: what is put there now was there for years."""
        with mounted(self._began, self.path) as path:
            yield path

    @contextlib.contextmanager
    def recorded(self) -> Iterator[Path]:
        """The disk mounted; whatever the kernel tells it from here on is written down."""
        with self.served() as disk, mounted(disk, self.path) as path:
            yield path

    @contextlib.contextmanager
    def served(self) -> Iterator[Path]:
        """The disk as a file, for a kernel of one's own: a write that is not followed by fsync is not on it yet."""
        live, served = self._folder / "live.img", self._folder / "served"
        copy(self._began, live)
        served.mkdir(exist_ok=True)
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.hil.disk_server", str(live), str(self._log), str(served)],
            cwd=HERE, env={**os.environ, "FUSE_LIBRARY_NAME": "fuse3", "PYTHONPATH": str(HERE)},
        )  # fmt: skip
        try:
            until, pause = time.monotonic() + PATIENCE_S, threading.Event()
            while not (served / "disk").exists():
                if server.poll() is not None or time.monotonic() > until:
                    raise OSError("the volatile disk cannot be served: are fuse3 and mfusepy installed?")
                pause.wait(0.02)
            self._mark = os.open(served / "mark", os.O_WRONLY)
            try:
                yield served / "disk"
            finally:
                os.close(self._mark)
        finally:
            subprocess.run(["umount", str(served)], check=False)
            server.wait(PATIENCE_S)

    def mark(self, text: bytes) -> None:
        """Note between what the disk is told what the world looks like now, and what was acknowledged."""
        os.pwrite(self._mark, text, 0)

    def log(self) -> DiskLog:
        return DiskLog.read(self._began, self._log)

    def after(self, log: DiskLog, cuts: list[Cut]) -> Iterator[tuple[Cut, Path]]:
        """For each cut the disk mounted again, once the power is back."""
        for cut, disk in log.disks(cuts, self._folder):
            with mounted(disk, self._folder / "again") as path:
                yield cut, path
