"""Tries what a role must not be able to do, from inside its unit, and says as JSON what came of it."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
NEW_USER_NAMESPACE = 0x10000000
SET_UID = 0o4755


def system_call(name: str, *arguments: object) -> None:
    if getattr(LIBC, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def written(path: str) -> None:
    Path(path).write_text("x")


def made_executable_for_all(path: str) -> None:
    written(path)
    Path(path).chmod(SET_UID)


TRIED: dict[str, Callable[[], object]] = {
    "write the program": lambda: written("/opt/kiosk/x"),
    "write the site": lambda: written("/etc/kiosk/x"),
    "write /usr": lambda: written("/usr/x"),
    "write the units": lambda: written("/etc/systemd/system/x.service"),
    "read root's home": lambda: list(Path("/root").iterdir()),
    "read another's secrets": lambda: Path("/etc/shadow").read_bytes(),
    "see other processes": lambda: Path("/proc/1/status").read_text(),
    "mount": lambda: system_call("mount", b"tmpfs", b"/tmp", b"tmpfs", 0, None),
    "trace a process": lambda: system_call("ptrace", 0, 0, 0, 0),
    "reboot": lambda: system_call("reboot", 0),
    "set the clock": lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()),
    "load a module": lambda: system_call("syscall", 313, -1, b"", 0),
    "a namespace of its own": lambda: system_call("unshare", NEW_USER_NAMESPACE),
    "the network": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "raw packets": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "be root": lambda: os.setuid(0),
    "a file that makes others root": lambda: made_executable_for_all(f"{os.environ['KIOSK_STATE']}/x"),
    "another host name": lambda: socket.sethostname("x"),
    "open the disk": lambda: os.open("/dev/vda", os.O_RDONLY),
    "open the memory": lambda: os.open("/dev/mem", os.O_RDONLY),
    "open a console": lambda: os.open("/dev/tty1", os.O_RDWR),
    "real-time priority": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10)),
    "the pins": lambda: os.open("/dev/gpiochip0", os.O_RDWR),
    "the sound card": lambda: os.open("/dev/snd/controlC0", os.O_RDWR),
    "the screen": lambda: os.open("/dev/dri/card0", os.O_RDWR),
    "what types and points": lambda: os.open("/dev/input/event0", os.O_RDONLY),
    # and what it must be able to do
    "its memory": lambda: written(f"{os.environ['KIOSK_STATE']}/probe"),
    "its runtime folder": lambda: written(str(Path.cwd() / "probe")),
    "a local socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "devices that come and go": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 15),
    "a child": lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0),
}

if __name__ == "__main__":
    outcome = {}
    for what, attempt in TRIED.items():
        try:
            attempt()
            outcome[what] = ""
        except OSError as refusal:
            outcome[what] = type(refusal).__name__
    sys.stdout.write(json.dumps(outcome) + "\n")
