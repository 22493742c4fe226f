from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from kiosk.hw.mounts import forgets, why_it_forgets

DISK = "29 1 179:2 / / rw,noatime shared:1 - ext4 /dev/root rw"
DATA = "40 29 179:3 / /var/lib/kiosk rw,noatime shared:2 - ext4 /dev/mmcblk0p3 rw"
OVERLAY = "29 1 0:25 / / rw,relatime - overlay overlay rw,lowerdir=/lower,upperdir=/upper/data,workdir=/upper/work"
UPPER = "31 29 0:24 / /upper rw - tmpfs tmpfs rw"
MEMORY = "33 29 0:30 / /var/lib/kiosk rw - tmpfs tmpfs rw,size=64000k"
CONTAINER = "29 1 0:25 / / rw - overlay overlay rw,lowerdir=/x,upperdir=/var/lib/docker/diff,workdir=/w"


@pytest.mark.parametrize(
    ("mounts", "cmdline", "why"),
    [
        ((DISK,), "quiet", ""),
        ((OVERLAY, DATA), "boot=overlay quiet", ""),
        ((OVERLAY,), "boot=overlay quiet", "it lies on an overlay over a read-only disk"),
        ((OVERLAY, UPPER), "quiet", "it lies on an overlay over a read-only disk"),
        ((OVERLAY,), "overlayroot=tmpfs", "it lies on an overlay over a read-only disk"),
        ((DISK, MEMORY), "quiet", "it lies on a tmpfs"),
        ((DISK, MEMORY, DATA), "quiet", ""),
        ((CONTAINER,), "quiet", ""),
        (("", "nonsense - x"), "quiet", ""),
    ],
)
def test_what_is_kept_and_what_goes_with_the_power(mounts: tuple[str, ...], cmdline: str, why: str) -> None:
    assert why_it_forgets("\n".join(mounts), cmdline, "/var/lib/kiosk/backups") == why


def test_whoever_keeps_it_among_temporary_files_knows_and_dev_shm_is_found(tmp_path: Path) -> None:
    assert forgets(Path(tempfile.gettempdir()) / "state") == ""
    if Path("/dev/shm").is_dir():
        assert forgets(Path("/dev/shm/kiosk")) == "it lies on a tmpfs"
