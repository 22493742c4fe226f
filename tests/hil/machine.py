"""A whole machine in an emulator (QEMU, no hardware help): its own kernel, pins, sound, screen, and a power switch.

Its clock counts instructions: one processor that does a thousand million a second, however busy the host is. So sound
is whole and times mean the same everywhere; a second of work takes the host some seconds, one of idleness a second.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from tests.hil.container import eventually

LOGS = Path(__file__).parents[2] / "build" / "hil" / "logs"
BOOT_S = 600.0  # of the host
ANSWER_S = 300.0  # of the machine
HOST_S = 20.0  # a second of the machine takes the host no longer
MASKED = (
    "e2scrub_reap.service", "systemd-binfmt.service", "proc-sys-fs-binfmt_misc.automount", "dev-hugepages.mount",
    "sys-kernel-tracing.mount", "getty.target", "serial-getty@ttyS0.service", "alsa-restore.service", "apt-daily.timer",
    "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "fstrim.timer", "e2scrub_all.timer",
)  # fmt: skip
NOON = "2026-11-23T02:00:00"  # UTC; ten o'clock in the store, a Monday
KERNEL_LINE = (
    "console=ttyS0 root=/dev/vda rw panic=-1 loglevel=4 audit=0 mitigations=off random.trust_cpu=on net.ifnames=0"
)


@dataclass(frozen=True, slots=True)
class Hardware:
    """kernel: a folder with vmlinuz and initrd.gz. drive: QEMU's words for the disk. snapshot: to go on from."""

    kernel: Path
    drive: str
    snapshot: str = ""
    memory_mb: int = 1024


class Machine:
    """Has power while it is entered; `does` speaks with the agent in it. Leaving it is a power cut for the machine."""

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware
        self._folder = Path(tempfile.mkdtemp(prefix="kiosk-hil-"))
        self._socket: socket.socket | None = None
        self._buffer = b""

    def __enter__(self) -> Self:
        self._begun_s = monotonic()
        with (self._folder / "console.log").open("wb") as log:
            self._emulator = subprocess.Popen(self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            eventually(lambda: (self._folder / "agent").exists() or self._ended(), "the emulator", BOOT_S)
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.connect(str(self._folder / "agent"))
            if not self._hardware.snapshot:
                self._line(BOOT_S)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self.booted_s = monotonic() - self._begun_s
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._emulator.kill()
        self._emulator.wait()
        if self._socket is not None:
            self._socket.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def does(self, command: str, *, within_s: float = ANSWER_S) -> str:
        """What a shell command says in there. AssertionError with its words where it fails."""
        code, said = self._ask(command, within_s)
        if code != 0:
            raise AssertionError(f"{command} ended with {code}: {said[-2000:]}")
        return said

    def tries(self, command: str, *, within_s: float = ANSWER_S) -> str:
        """The same, whether it succeeds or not."""
        return self._ask(command, within_s)[1]

    def waits(self, condition: str, what: str, within_s: float = ANSWER_S) -> None:
        """Until a shell command succeeds in there. TimeoutError with what it was, after so many of its own seconds."""
        code, _ = self._ask(f"until {condition}; do sleep 0.2; done", within_s)
        if code != 0:
            raise TimeoutError(f"not within {within_s:.0f} s of the machine: {what}")

    def leaves_its_log(self, name: str) -> None:
        """Keep its journal outside, for whoever wonders what happened in there."""
        LOGS.mkdir(parents=True, exist_ok=True)
        (LOGS / f"{name}.log").write_text(self.tries("journalctl -b -o short-monotonic --no-pager"))

    def console(self) -> str:
        return (self._folder / "console.log").read_text(errors="replace")

    def picture(self, into: Path) -> Path:
        """What its screen shows, as a PPM file."""
        self.asks("screendump", filename=str(into))
        return into

    def keeps(self, name: str) -> None:
        """Keep the running machine as a snapshot in its disk."""
        said = self.asks("human-monitor-command", **{"command-line": f"savevm {name}"})
        assert not said, said

    def asks(self, execute: str, **arguments: object) -> Any:
        """The emulator itself (QMP)."""
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(str(self._folder / "monitor"))
            stream = link.makefile("rw")
            stream.readline()
            answer: dict[str, Any] = {}
            for order in ({"execute": "qmp_capabilities"}, {"execute": execute, "arguments": arguments}):
                stream.write(json.dumps(order) + "\n")
                stream.flush()
                while "event" in (answer := json.loads(stream.readline())):
                    pass
                if "error" in answer:
                    raise OSError(f"the emulator: {answer['error']}")
            return answer["return"]

    def _ask(self, command: str, within_s: float) -> tuple[int, str]:
        assert self._socket is not None
        self._socket.sendall(json.dumps({"command": command, "within_s": within_s}).encode() + b"\n")
        answer = json.loads(self._line(within_s * HOST_S))
        return int(answer["code"]), str(answer["said"]).strip()

    def _line(self, within_s: float) -> bytes:
        assert self._socket is not None
        until = monotonic() + within_s
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([self._socket], [], [], max(0.0, until - monotonic()))
            piece = self._socket.recv(1 << 16) if ready else b""
            if not piece:
                raise TimeoutError(f"the machine says nothing within {within_s:.0f} s: {self.console()[-1500:]}")
            self._buffer += piece
        line, self._buffer = self._buffer.split(b"\n", 1)
        return line

    def _ended(self) -> bool:
        if self._emulator.poll() is not None:
            raise OSError(f"the emulator ended: {self.console()[-1500:]}")
        return False

    def _command(self) -> Sequence[str]:
        hardware = self._hardware
        masked = " ".join(f"systemd.mask={unit}" for unit in MASKED)
        command = [
            "qemu-system-x86_64", "-nodefaults", "-no-user-config", "-M", "q35", "-cpu", "Nehalem",
            "-accel", "tcg,thread=single,tb-size=512", "-icount", "shift=0,sleep=on",
            "-m", str(hardware.memory_mb), "-smp", "1",
            "-kernel", str(hardware.kernel / "vmlinuz"), "-initrd", str(hardware.kernel / "initrd.gz"),
            "-append", f"{KERNEL_LINE} {masked}", "-rtc", f"base={NOON},clock=vm",
            "-drive", f"{hardware.drive},if=none,id=d0", "-device", "virtio-blk-pci,drive=d0",
            "-device", "virtio-rng-pci", "-device", "bochs-display,xres=1024,yres=600", "-display", "none",
            "-serial", "stdio", "-device", "virtio-serial-pci",
            "-chardev", f"socket,path={self._folder}/agent,server=on,wait=off,id=agent",
            "-device", "virtserialport,chardev=agent,name=kiosk.agent",
            "-chardev", f"socket,path={self._folder}/monitor,server=on,wait=off,id=monitor",
            "-mon", "chardev=monitor,mode=control",
        ]  # fmt: skip
        if hardware.snapshot:
            command += ["-loadvm", hardware.snapshot]
        nice = shutil.which("nice")
        return [nice, "-n", "5", *command] if nice and os.nice(0) < 5 else command
