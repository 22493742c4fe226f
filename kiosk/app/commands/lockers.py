"""The lockers, for staff: `kiosk lockers status|open|confirm|quarantine|withdraw|renumber|demo`.

All of it is asked of the running front role, which alone orders doors; the PIN is proved there too.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.pin import pin_of
from kiosk.app.hatch import ask
from kiosk.app.places import Places, places
from kiosk.errors import KioskError

DONE, PROBLEMS, USAGE, DEVICE = 0, 1, 2, 3  # as in commands.share, which loads the whole office
WORD = "EMERGENCY"
LOOK_S = 0.3
LONGEST_EMERGENCY_S = 900.0  # a bank of 128 whose latches all stick
_STYLES = {"free": "", "reserved": "cyan", "occupied": "bold", "overnight": "yellow"}


def status(arguments: argparse.Namespace) -> int:
    """How every locker stands."""
    found = staff_ask(arguments, {"do": "status"})["status"]
    if arguments.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return DONE
    console = Console()
    console.print(_table(found["lockers"]))
    for warning in found["warnings"]:
        console.print(Text(f"! {warning}", style="yellow"))
    return DONE


def open_doors(arguments: argparse.Namespace) -> int:
    """Some doors, as the rights of whoever asks allow it, or all of them in an emergency."""
    if arguments.all is not arguments.emergency or arguments.all is (arguments.lockers is not None):
        sys.stderr.write("kiosk: name lockers, as kiosk lockers open 5 --purpose look; or --all --emergency\n")
        return USAGE
    if arguments.all:
        return _emergency(arguments)
    purpose = arguments.purpose.replace("-", " ")
    return _said(staff_ask(arguments, {"do": "open", "lockers": arguments.lockers, "purpose": purpose}))


def care(arguments: argparse.Namespace) -> int:
    """Say how it stands with lockers, without opening them."""
    asked = {"do": "care", "care": arguments.care, "lockers": arguments.lockers, "why": arguments.why}
    return _said(staff_ask(arguments, asked))


def renumber(arguments: argparse.Namespace) -> int:
    """Another tag for a locker: the one that was printed for it, else its next, or a substitute number (L09)."""
    asked = {"do": "renumber", "locker": arguments.locker, "number": arguments.number}
    return _said(staff_ask(arguments, {**asked, "substitute": arguments.substitute}))


def admit(arguments: argparse.Namespace) -> int:
    """Whoever was guessing is gone: short codes and chips count again."""
    return _said(staff_ask(arguments, {"do": "admit", "at": arguments.at}))


def play(arguments: argparse.Namespace) -> int:
    """Be a shopper at the demo's lockers; nobody's PIN is asked for, as nothing is real."""
    where = front_places(arguments)
    answer = ask(where.front_hatch, {"do": "play", "verb": arguments.verb, "what": arguments.what}, role="front")
    sys.stdout.write(f"{answer['said']}\n")
    return DONE


def front_places(arguments: argparse.Namespace) -> Places:
    """Where the front role works that runs with this state directory, else the demo's."""
    where = places(arguments.site, arguments.state)
    return where.demo if where.demo.front_hatch.exists() and not where.front_hatch.exists() else where


def staff_ask(arguments: argparse.Namespace, asked: Mapping[str, object]) -> Mapping[str, Any]:
    """Ask the front role as a registered person, whose PIN is asked for: the named one, else this machine's user."""
    hatch = front_places(arguments).front_hatch
    person = arguments.as_person or str(ask(hatch, {"do": "who"}, role="front")["id"])
    if not person:
        raise KioskError("you are not registered as a user of this machine: say who you are with --as ID")
    pin = pin_of(arguments.as_pin_file, f"PIN of {person}: ")
    return ask(hatch, {**asked, "as": person, "pin": pin}, role="front")


def _emergency(arguments: argparse.Namespace) -> int:
    """Every door, one after another, whatever is in them."""
    if not arguments.yes and not _meant():
        sys.stderr.write("kiosk: nothing was opened\n")
        return PROBLEMS
    _said(staff_ask(arguments, {"do": "open-all", "why": arguments.why}))
    return _watch(front_places(arguments))


def _meant() -> bool:
    sys.stderr.write(f"Every door opens, one after another, whatever is in the lockers. Type {WORD} to go on: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() == WORD


def _watch(where: Places) -> int:
    """Show how far the opening is, until every door is open or stuck."""
    pause = threading.Event()
    until_s = time.monotonic() + LONGEST_EMERGENCY_S
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("doors"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("open", total=None)
        while True:
            doors = ask(where.front_hatch, {"do": "doors"}, role="front")
            progress.update(bar, completed=len(doors["open"]), total=doors["doors"])
            if doors["left"] == 0 or time.monotonic() > until_s:
                break
            pause.wait(LOOK_S)
    shut = sorted(doors["shut"])
    if not shut:
        sys.stdout.write(f"all {doors['doors']} doors are open\n")
        return DONE
    listed = ", ".join(map(str, shut))
    sys.stdout.write(f"{len(doors['open'])} of {doors['doors']} doors are open; use the keys at {listed}\n")
    return DEVICE


def _said(answer: Mapping[str, Any]) -> int:
    refused = 0
    for text, is_refused in answer["said"]:
        if is_refused:
            sys.stderr.write(f"kiosk: refused: {text}\n")
        elif text:
            sys.stdout.write(f"{text}\n")
        refused += is_refused
    return PROBLEMS if refused else DONE


def _table(rows: list[Mapping[str, Any]]) -> Table:
    """Those that a person is to look after come first, and say why."""
    table = Table(title="lockers", title_justify="left", caption=_summary(rows), caption_justify="left")
    for heading in ("locker", "size", "tag", "assignment", "door", "since", "for staff"):
        table.add_column(heading, justify="right" if heading in ("locker", "tag") else "left", overflow="fold")
    for row in sorted(rows, key=lambda one: (not one["for_staff"], one["locker"])):
        style = "red" if row["unconfirmed"] else _STYLES.get(row["assignment"], "dim")
        tag = f"{row['number']}" + (f".{row['generation']}" if row["generation"] > 1 else "")
        since = str(row["since"])[5:16].replace("T", " ")
        cells = (str(row["locker"]), row["size"], tag, row["assignment"], row["door"], since, row["for_staff"])
        table.add_row(*map(Text, cells), style=style)
    return table


def _summary(rows: list[Mapping[str, Any]]) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["assignment"]] = counts.get(row["assignment"], 0) + 1
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    for_staff = sum(1 for row in rows if row["for_staff"])
    return told + (f"; {for_staff} to look after" if for_staff else "")
