"""Has a role's unit run a probe in the role's place: what the unit really lets through."""

from __future__ import annotations

import json
from typing import Protocol

from tests.hil.volatile_disk import HERE

MAY = {"its memory", "its runtime folder", "a local socket", "devices that come and go", "a child"}
PROBE = HERE / "tests" / "hil" / "probe_unit.py"


class Debian(Protocol):
    """A container or a machine."""

    def does(self, command: str, *, within_s: float = ...) -> str: ...


def tried_within(machine: Debian, role: str) -> dict[str, str]:
    """What the probe tried in a role's place, and how it was refused; "" where it was not."""
    unit = (HERE / "systemd" / f"kiosk-{role}.service").read_text()
    for old, new in ((f"kiosk-{role}", "kiosk-probe"), ("Type=notify", "Type=oneshot"), ("Restart=always", "")):
        unit = unit.replace(old, new)
    start = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    unit = unit.replace(
        start, "ExecStart=/usr/bin/python3 /usr/local/lib/probe_unit.py\nStandardOutput=file:/run/probe.json"
    )
    put(machine, "/usr/local/lib/probe_unit.py", PROBE.read_text())
    put(machine, "/run/systemd/system/kiosk-probe.service", unit)
    machine.does("rm -f /run/probe.json; systemctl daemon-reload; systemctl start kiosk-probe")
    told = json.loads(machine.does("cat /run/probe.json"))
    return {str(what): str(refusal) for what, refusal in told.items()}


def put(machine: Debian, path: str, text: str) -> None:
    """A file of that text."""
    machine.does(f"mkdir -p $(dirname {path}); cat > {path} <<'END-OF-FILE'\n{text}\nEND-OF-FILE")
