"""`kiosk lockers count|census --at READER`: the tags are read by the front role's own reader, and told here."""

from __future__ import annotations

import argparse
import select
import sys
from collections.abc import Callable, Mapping
from typing import Any

from kiosk.app.commands.lockers import DONE, PROBLEMS, front_places
from kiosk.app.commands.pin import pin_of
from kiosk.app.hatch import ask
from kiosk.errors import KioskError

LOOK_S = 0.2
BELL = "\a"

Count = Mapping[str, Any]


def counted(arguments: argparse.Namespace, kind: str) -> int:
    """Every code that is read is told with a beep, two for what is not as it should be; "-" and "12 CODE" as ever."""
    hatch = front_places(arguments).front_hatch
    person = arguments.as_person or str(ask(hatch, {"do": "who"}, role="front")["id"])
    if not person:
        raise KioskError("you are not registered as a user of this machine: say who you are with --as ID")
    proof = {"as": person, "pin": pin_of(arguments.as_pin_file, f"PIN of {person}: ")}

    def asks(do: str, **more: object) -> Mapping[str, Any]:
        return ask(hatch, {"do": do, "seat": arguments.at, **proof, **more}, role="front")

    sys.stdout.write(f"{asks('count-begin', kind=kind)['said'][0][0]}\n")
    try:
        count = _walk(lambda: ask(hatch, {"do": "count", "seat": arguments.at}, role="front")["count"], asks)
    except KeyboardInterrupt:
        asks("count-leave")
        sys.stdout.write("kept, and not signed: the same command goes on where this one ended\n")
        return DONE
    for difference in count["differences"]:
        sys.stdout.write(f"  {difference}\n")
    if arguments.later:
        asks("count-leave")
        sys.stdout.write("kept, and not signed yet: the same command goes on where this one ended\n")
        return DONE
    sys.stdout.write(f"{asks('count-sign')['said'][0][0]}\n")
    return PROBLEMS if count["differences"] else DONE


def _walk(look: Callable[[], Count | None], asks: Callable[..., Mapping[str, Any]]) -> Count:
    """Along the lockers, until every one was looked at."""
    keyboard, told, asked = [sys.stdin], 0, 0
    while True:
        count = look()
        if count is None:
            raise KioskError("nobody went on for ten minutes: what was counted is kept, the same command goes on")
        for n, said, wrong in count["told"]:
            if n > told:
                told = n
                sys.stdout.write(f"{BELL * (2 if wrong else 1)}{said}\n")
        if count["at"] is None:
            return count
        if count["at"] != asked:
            asked = count["at"]
            sys.stdout.write(f"locker {asked}? ({count['seen']} of {count['lockers']})\n")
        sys.stdout.flush()
        if select.select(keyboard, [], [], LOOK_S)[0]:
            line = sys.stdin.readline()
            if not line:
                keyboard = []  # nothing can be typed: the reader alone
            elif line.strip():
                place, _, text = line.strip().partition(" ")
                named = bool(text) and place.isdecimal()
                asks("count-look", text=text if named else line, at=int(place) if named else None)
