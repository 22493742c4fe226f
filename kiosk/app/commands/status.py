"""`kiosk status`: whether the roles live, what each is doing, and what wants a person."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.app.commands.share import DONE, PROBLEMS, places_in_use, places_of, print_json
from kiosk.app.disk import disk_fault, free_mb
from kiosk.app.hatch import HEALTH, ask
from kiosk.app.places import Places
from kiosk.errors import KioskError

BEFORE_BUILT = datetime(2026, 1, 1, tzinfo=UTC)  # no clock that is right says less


def status(arguments: argparse.Namespace) -> int:
    """The answers of both roles, the disk and the clock; exit code 1 where something is wrong."""
    where = places_of(arguments) if arguments.lives else places_in_use(arguments)
    found = gathered(where, datetime.now(UTC))
    if arguments.json:
        print_json(found)
    else:
        sys.stdout.write("\n".join(lines_of(found)) + "\n")
    return PROBLEMS if found["problems" if not arguments.lives else "dead"] else DONE


def gathered(where: Places, now: datetime) -> dict[str, Any]:
    """Everything that is known, as JSON has it."""
    roles = {"broadcast": _role(where.hatch, "broadcast")}
    if _has_front(where):
        roles["front"] = _role(where.front_hatch, "front")
    machine = {"disk": _disk(where.state), "clock": _clock(now)}
    problems = [f"{name}: {role['problem']}" for name, role in roles.items() if role["problem"]]
    problems += [f"{name}: {one['part']}: {one['told']}" for name, role in roles.items() for one in _stuck(role)]
    dead = tuple(problems)
    problems += [f"{name}: {fault}" for name, role in roles.items() for fault in role.get("faults", ())]
    problems += [f"{name}: {one['problem']}" for name, one in machine.items() if one["problem"]]
    return {"at": now.isoformat(timespec="seconds"), "roles": roles, **machine, "problems": problems, "dead": dead}


def lines_of(found: Mapping[str, Any]) -> list[str]:
    """The same for people."""
    lines = []
    for name, role in found["roles"].items():
        if role["problem"]:
            lines.append(f"{name:<10} {role['problem']}")
            continue
        parts = ", ".join(_part(one) for one in role["parts"])
        watched = f", systemd watches every {role['watchdog_s']:g} s" if role.get("watchdog_s") else ""
        lines.append(f"{name:<10} up {_lasting(role['up_s'])}: {parts}{watched}")
        lines += [f"{'':<10} {fault}" for fault in role.get("faults", ())]
        if lamp := role.get("lamp"):
            lines.append(f"{'fault lamp':<10} {lamp['says']}{'' if lamp['wired'] else ' (none is wired)'}")
        lines += [f"{'':<10} {one['at'][5:16].replace('T', ' ')} {one['text']}" for one in role.get("warnings", ())]
    disk, clock = found["disk"], found["clock"]
    lines.append(f"{'disk':<10} {disk['problem'] or str(disk['free_mb']) + ' MB free'}")
    lines.append(f"{'clock':<10} {clock['problem'] or found['at']}")
    lines.append("all is well" if not found["problems"] else f"{len(found['problems'])} wrong")
    return lines


def _has_front(where: Places) -> bool:
    """Whether the site wants a front role; one that cannot be read is told by kiosk check."""
    try:
        site = tomllib.loads((where.site / "site.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return True
    return "lockers" in site or "touchscreen" in site


def _role(hatch: Path, name: str) -> dict[str, Any]:
    try:
        answer = ask(hatch, {"do": HEALTH}, role=name)
    except KioskError as fault:
        return {"problem": str(fault), "parts": []}
    return {**answer, "problem": ""}


def _stuck(role: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in role["parts"] if one["stuck"]]


def _disk(state: Path) -> dict[str, Any]:
    if not state.exists():
        return {"free_mb": None, "problem": f"{state} is not there: a role makes it when it starts"}
    try:
        return {"free_mb": free_mb(state), "problem": disk_fault(state)}
    except OSError:
        return {"free_mb": None, "problem": disk_fault(state)}


def _clock(now: datetime) -> dict[str, Any]:
    wrong = "" if now >= BEFORE_BUILT else f"it says {now:%Y-%m-%d}: connect a network or set it (timedatectl)"
    return {"now": now.isoformat(timespec="seconds"), "problem": wrong}


def _part(one: Mapping[str, Any]) -> str:
    if one["age_s"] is None:
        return f"{one['part']} rests"
    return f"{one['part']} STUCK for {one['age_s']:.0f} s" if one["stuck"] else f"{one['part']} works"


def _lasting(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes} min" if hours else f"{minutes} min"
