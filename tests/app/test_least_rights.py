"""Both roles as their units run them: what they listen on, and what they let others read."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from kiosk.app.hatch import listens
from tests.audio.waiting import eventually
from tests.stories.front_role import PATIENCE_S, Shop

UMASK = 0o027  # of the units
NETWORK = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet")
FOR_THE_SERVICE_ALONE = ("*.key", "*.memory")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    before = os.umask(UMASK)
    one = Shop(tmp_path)
    try:
        one.furnish()
        yield one
    finally:
        os.umask(before)
        one.close()


def network_sockets(process: psutil.Process) -> list[str]:
    """What a process and its children hold of the network, as the kernel tells it."""
    known = {}
    for kind in NETWORK:
        file = Path("/proc/net") / kind
        for line in file.read_text(encoding="ascii").splitlines()[1:] if file.exists() else ():
            known[line.split()[8 if kind == "packet" else 9]] = f"{kind} {line}"
    held = []
    for one in (process, *process.children(recursive=True)):
        for handle in Path(f"/proc/{one.pid}/fd").iterdir():
            try:
                inode = re.fullmatch(r"socket:\[(\d+)\]", str(handle.readlink()))
            except OSError:  # closed meanwhile
                continue
            if inode is not None and inode[1] in known:
                held.append(known[inode[1]])
    return held


# two real roles: seconds
@pytest.mark.rule("S20")
def test_both_roles_listen_on_no_network_and_keep_what_they_write_to_themselves(shop: Shop) -> None:
    where = ("--site", str(shop.places.site), "--state", str(shop.places.state))
    keeper = subprocess.Popen([sys.executable, "-m", "kiosk", "run", *where], stderr=subprocess.DEVNULL, umask=UMASK)
    try:
        for hatch in (shop.places.hatch, shop.places.front_hatch):
            eventually(partial(listens, hatch), within_s=3 * PATIENCE_S, what=f"{hatch.name} is there")
        held = network_sockets(psutil.Process(keeper.pid))
        files = [(path, path.lstat()) for path in shop.places.state.rglob("*")]
    finally:
        keeper.send_signal(signal.SIGTERM)
        keeper.wait(timeout=PATIENCE_S)

    assert held == []
    assert len(files) > 5
    assert [path for path, seen in files if stat.S_IMODE(seen.st_mode) & 0o007] == []
    assert [path for path, seen in files if seen.st_uid != os.geteuid()] == []
    sockets = {path.name: stat.S_IMODE(seen.st_mode) for path, seen in files if stat.S_ISSOCK(seen.st_mode)}
    assert sockets == {"broadcast.sock": 0o660, "front.sock": 0o660}
    writable = [path for path, seen in files if not stat.S_ISSOCK(seen.st_mode) and seen.st_mode & 0o020]
    assert writable == []
    alone = [path for pattern in FOR_THE_SERVICE_ALONE for path in shop.places.state.glob(pattern)]
    assert alone
    assert [path for path in alone if path.stat().st_mode & 0o077] == []
