"""Being a shopper at the demo's lockers: deeds at the screen, at the doors and with a tag, and what is seen then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.desks.lockers.messages import Confirmed, DepositAsked, GaveUp, HelpAsked, Message, SizeChosen
from kiosk.errors import DeviceFault
from kiosk.hw.lock_simulated import SimulatedBank
from kiosk.ports.lockers import Scanned
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.locker import Locker, Size
from kiosk.units import LockerId

SEAT = "demo"  # the screen, and the scanner beside it
LONGEST_POSITION = 4  # digits; what is longer is what a tag says

DOORS: Mapping[str, Callable[[SimulatedBank, LockerId], object]] = {
    "pull": SimulatedBank.pull,
    "put": SimulatedBank.put_in,
    "take": SimulatedBank.take_out,
    "shut": SimulatedBank.push_shut,
    "jam": SimulatedBank.jam,
    "free": SimulatedBank.free_latch,
    "blind": SimulatedBank.break_sensor,
    "mend": SimulatedBank.mend_sensor,
    "force": SimulatedBank.force_open,
}
"""What a hand, a crowbar or age does to a locker."""


@dataclass(frozen=True, slots=True)
class PlayedLockers:
    """tag_of: what the tag of a locker says when it is scanned; may raise DeviceFault. Any thread may call."""

    bank: SimulatedBank
    post: Callable[[Message], None]
    mono_s: Callable[[], float]
    tag_of: Callable[[Locker], str]

    def play(self, asked: Mapping[str, Any], report: LockersReport) -> None:
        """Do it, as things stand. Raises DeviceFault for what cannot be done, ValueError for what nobody knows."""
        verb, what = str(asked["verb"]), str(asked.get("what", ""))
        match verb:
            case "ask":
                self.post(DepositAsked(SEAT))
            case "size":
                self.post(SizeChosen(SEAT, Size(what)))
            case "yes":
                self.post(Confirmed(SEAT, report.steps.get(SEAT, "")))
            case "no":
                self.post(GaveUp(SEAT))
            case "help":
                self.post(HelpAsked(SEAT))
            case "scan":
                text = what if len(what) > LONGEST_POSITION else self.tag_of(_found(_locker(what), report))
                self.post(Scanned(SEAT, text, self.mono_s()))
            case _ if verb in DOORS:
                DOORS[verb](self.bank, _locker(what))
            case _:
                raise ValueError(f"nobody can {verb}")


def _found(id: LockerId, report: LockersReport) -> Locker:
    found = next((one for one in report.lockers if one.id == id), None)
    if found is None:
        raise DeviceFault(f"there is no locker {id}: the store has {len(report.lockers)}")
    return found


def _locker(text: str) -> LockerId:
    if not text.isascii() or not text.isdecimal():
        raise DeviceFault(f"name a locker by its position, as kiosk lockers demo pull 3, not {text!r}")
    return LockerId(int(text))
