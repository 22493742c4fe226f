"""Serves one disk as a file in a folder (FUSE), and writes down what the kernel tells it: a process of its own.

A loop device over that file is a disk whose write cache is volatile: the kernel's flushes arrive as fsync.
usage: disk_server IMAGE LOG FOLDER
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import mfusepy

from tests.hil.disk_log import Kind, Step

DISK, MARK = "/disk", "/mark"


class Served(mfusepy.Operations):  # type: ignore[misc]
    """`disk` is the disk; what is written to `mark` is noted between what it is told."""

    use_ns = True

    def __init__(self, image: Path, log: Path) -> None:
        self._image = os.open(image, os.O_RDWR)
        self._size = image.stat().st_size
        self._log = log.open("wb")

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        if path in (DISK, MARK):
            size = self._size if path == DISK else 0
            return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}
        raise mfusepy.FuseOSError(errno.ENOENT)

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", DISK[1:], MARK[1:]]

    def open(self, path: str, flags: int) -> int:
        return 0

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(self._image, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        if path == DISK:
            os.pwrite(self._image, data, offset)
        Step(Kind.WRITE if path == DISK else Kind.MARK, offset, data).onto(self._log)
        return len(data)

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        if path == DISK:
            Step(Kind.FLUSH).onto(self._log)
        return 0

    def destroy(self, path: str) -> None:
        self._log.close()


if __name__ == "__main__":
    served = Served(Path(sys.argv[1]), Path(sys.argv[2]))
    mfusepy.FUSE(served, sys.argv[3], foreground=True, nothreads=True, direct_io=True, fsname="kiosk-hil")
