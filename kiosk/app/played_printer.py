"""Hands at the demo's receipt printer: its roll is taken and put in, its cover opened and shut, sheets are torn off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.app.front_hatch import Play
from kiosk.hw.simulated_printer import SimulatedPrinter
from kiosk.ports.lockers_report import LockersReport

VERBS: Mapping[str, Callable[[SimulatedPrinter], None]] = {
    "paper-out": SimulatedPrinter.takes_roll,
    "paper-in": SimulatedPrinter.new_roll,
    "cover-open": SimulatedPrinter.opens,
    "cover-shut": SimulatedPrinter.shuts,
    "tear": SimulatedPrinter.tear_off,
}


def with_printer(printer: SimulatedPrinter, lockers: Play) -> Play:
    """What can be done to the lockers can be done, and to the printer."""

    def play(asked: Mapping[str, Any], report: LockersReport) -> None:
        verb = VERBS.get(str(asked["verb"]))
        if verb is None:
            lockers(asked, report)
        else:
            verb(printer)

    return play
