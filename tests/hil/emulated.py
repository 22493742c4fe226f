"""What is seen, heard and done at the emulated machine."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.display.marks import Rect
from tests.audio.waiting import let_pass
from tests.hil import emulated_store as store
from tests.hil.machine import Machine

TOOLS = "/usr/bin/python3 /usr/local/lib/kiosk-hil"
EAR = "/opt/kiosk/.venv/bin/python /usr/local/lib/kiosk-hil/ear.py"
SLOW_S = 900.0  # of the host, for what takes the machine some seconds
LOUD = 100  # of 32768
FOUND_OUT = ("broadcast-start.memory", "heard.json", "spoken")
ENTRY_S = 0.7  # of the machine: a screen comes with a movement, and takes no tap meanwhile


def started(machine: Machine) -> dict[str, float]:
    """Wait until both roles are ready and sound is heard; after how many of its own seconds: from the power on, and
    from the start of the broadcast's service."""
    for role in ("broadcast", "front"):
        machine.waits(f"systemctl is-active --quiet kiosk-{role}", f"the {role} role is ready")
    machine.waits("test -s /run/first-sound", "sound is heard")
    begun_s = _at_s(machine, "broadcast", "ExecMainStartTimestampMonotonic")
    sound_s = float(machine.does("cat /run/first-sound"))
    return {
        "service": begun_s,
        "broadcast ready": _at_s(machine, "broadcast", "ActiveEnterTimestampMonotonic") - begun_s,
        "front ready": _at_s(machine, "front", "ActiveEnterTimestampMonotonic") - begun_s,
        "first sound": sound_s - begun_s,
        "first sound after power": sound_s,
    }


def started_again(machine: Machine, *, forgetting: bool) -> float:
    """Stop the broadcast, start it again, and tell after how many of its own seconds it is heard. forgetting: all that
    it ever found out of the store's sounds and texts; the store's ledger and keys stay."""
    machine.does("systemctl stop kiosk-broadcast; rm -f /run/first-sound; systemctl start kiosk-hil-ear")
    if forgetting:
        machine.does(f"cd /var/lib/kiosk && rm -r {' '.join(FOUND_OUT)}")
    machine.does("systemctl start kiosk-broadcast")
    machine.waits("test -s /run/first-sound", "sound is heard")
    return float(machine.does("cat /run/first-sound")) - _at_s(machine, "broadcast", "ExecMainStartTimestampMonotonic")


def _at_s(machine: Machine, role: str, moment: str) -> float:
    return int(machine.does(f"systemctl show kiosk-{role} -p {moment} --value")) / 1e6


def heard(machine: Machine, seconds: float) -> list[tuple[float, int, int]]:
    """For each tenth of a second: its moment, how loud the announcement's tone is, how loud all is."""
    told = machine.does(f"{EAR} listen {seconds} {store.ANNOUNCEMENT_HZ}", within_s=seconds + 60)
    return [tuple(one) for one in json.loads(told)]


class EmulatedScreen:
    """The screen as the emulator shows it, and a finger on the touch panel."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self._machine, self._file = machine, folder / "screen.ppm"

    def sees(self, rect: Rect) -> bytes:
        let_pass(0.3)  # the emulator paints the picture, and has more to do
        raw = self._machine.picture(self._file).read_bytes()
        kind, width, height, _, _ = raw.split(maxsplit=4)
        assert kind == b"P6"
        row = int(width) * 3
        pixels = raw[len(raw) - row * int(height) :]
        left, top, wide, high = rect
        return b"".join(
            pixels[line * row + left * 3 : line * row + (left + wide) * 3] for line in range(top, top + high)
        )

    def clicks(self, x: int, y: int) -> None:
        self._machine.does(f"sleep {ENTRY_S}; echo 'tap {x} {y}' > /run/hands")


def moves(machine: Machine, *lines: int) -> list[tuple[float, int, bool]]:
    """Each change of those outputs since the power came: when, which, whether it went high."""
    told = (line.split() for line in machine.tries("cat /run/lines").splitlines())
    return [(float(at), int(number), high == "1") for at, number, high in told if int(number) in lines]


def pulses(machine: Machine) -> list[int]:
    """The latches that had current, in their order."""
    return [number for _, number, high in moves(machine, *store.LATCHES) if high]
