"""The front role's hatch: what staff commands may ask of the bag-storage desk, and in the demo what shoppers do.

Every deed of staff wants a person and a PIN; the user of this machine is no proof at a door.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from kiosk.app.counting import count_message, count_values, wanted_of_count
from kiosk.app.hatch import PATIENCE_S, Hatch, Prove, Vitals, no_heart
from kiosk.app.new_tags import NewTags
from kiosk.desks.lockers.messages import (
    AdmitAsked,
    Answer,
    Care,
    CareAsked,
    LookAsked,
    LostTagOpenAsked,
    Message,
    OpenAllAsked,
    OpenAsked,
    ReportAsked,
    StaffAsked,
    Wanted,
)
from kiosk.desks.lockers.retagging import Retagging
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.locker import Door, Locker
from kiosk.rules.lockers.warrants import Purpose
from kiosk.rules.people.person import LOGIN
from kiosk.units import LockerId

T = TypeVar("T")

MOST = 512  # lockers in one request: more than a bank has

Post = Callable[[Message], None]
Play = Callable[[Mapping[str, Any], LockersReport], None]
"""A shopper does something at the simulated bank. Raises DeviceFault where it cannot be done."""


class FrontDesk:
    """Serves what comes through the hatch, from the hatch's thread."""

    def __init__(
        self,
        post: Post,
        person_of: Callable[[str], str],
        tags: NewTags,
        play: Play | None = None,
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """person_of: the id of whoever is registered as a user of this machine, "" for nobody; may raise LedgerFault.
        play: None where the bank is a real one. patience_s: for the desk's answer.
        """
        self._post = post
        self._person_of = person_of
        self._tags = tags
        self._play = play
        self._patience_s = patience_s

    def serve(self, asked: Mapping[str, Any], operator: str) -> Mapping[str, Any]:
        """The answer. Raises ValueError, KeyError or TypeError for what is not of the form."""
        match asked["do"]:
            case "who":
                return self._who(operator)
            case "doors":
                return {"ok": True, **_doors(self._report())}
            case "play":
                return self._played(asked)
            case "count":
                return self._count(str(asked["seat"]))
            case _:
                pass
        if operator.startswith(LOGIN):
            return {"refused": "every deed at the lockers wants a person and a PIN: --as ID"}
        if asked["do"] in ("count-look", "count-leave"):
            self._post(count_message(asked, operator))
            return self._count(str(asked["seat"]))
        if asked["do"] == "renumber":
            return self._renumbered(asked, operator)
        everything = wanted_of(asked, operator)
        answers = [self._told(wanted) for wanted in everything]
        if len(answers) == 1 and answers[0].refused:
            return {"refused": answers[0].text}
        shown = {"status": values_of(self._report())} if asked["do"] == "status" else {}
        return {"ok": True, "said": [[answer.text, answer.refused] for answer in answers], **shown}

    def _renumbered(self, asked: Mapping[str, Any], operator: str) -> Mapping[str, Any]:
        """Another tag for a locker; the tag that it had counts until the new one is written down."""
        id, number = LockerId(_count(asked["locker"])), asked.get("number")
        wanted = None if number is None else _count(number)
        desk = Retagging(self._tags, self._told, lambda: self._report().lockers)
        done = desk.another(id, operator, wanted, substitute=bool(asked.get("substitute")))
        if isinstance(done, Answer):
            return {"refused": done.text}
        remedy = f"; print its tag: kiosk lockers tags print --numbers {done.plaque.number}" if done.text else ""
        return {"ok": True, "said": [[f"{done.answer.text}, its tag is {done.plaque}{remedy}", False]]}

    def _count(self, seat: str) -> Mapping[str, Any]:
        """How far the count at a seat has come: nothing personal, and nothing of what lies in the lockers."""
        found = next((one for one in self._report().counts if one.called == seat), None)
        return {"ok": True, "count": None if found is None else count_values(found)}

    def _who(self, operator: str) -> Mapping[str, Any]:
        try:
            return {"ok": True, "id": self._person_of(operator.removeprefix(LOGIN))}
        except LedgerFault as fault:
            return {"refused": f"who is registered cannot be read: {fault}"}

    def _told(self, wanted: Wanted) -> Answer:
        def asking(reply: Callable[[Answer], None]) -> Message:
            return StaffAsked(replace(wanted, reply=reply))

        busy = Answer("the desk is busy and will see to it; kiosk lockers status tells")
        return self._answered(asking) or busy

    def _report(self) -> LockersReport:
        report = self._answered(ReportAsked)
        if report is None:
            raise ValueError("the desk is busy: ask again")
        return report

    def _answered(self, asking: Callable[[Callable[[T], None]], Message]) -> T | None:
        """What the desk says to a message, None where it takes too long."""
        answers: queue.SimpleQueue[T] = queue.SimpleQueue()
        self._post(asking(answers.put))
        try:
            return answers.get(timeout=self._patience_s)
        except queue.Empty:
            return None

    def _played(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        if self._play is None:
            return {"refused": "the lockers are real: nothing is played on them"}
        try:
            self._play(asked, self._report())
        except DeviceFault as fault:
            return {"refused": str(fault)}
        self._report()  # what that led to at the bank has been posted by then
        report = self._report()
        return {"ok": True, "said": seen(report)}


def front_hatch(path: Path, desk: FrontDesk, prove: Prove, vitals: Vitals = no_heart) -> Hatch:
    """Opens with the role; without it the lockers work on, and staff use the keys of the doors."""
    return Hatch(path, desk.serve, prove=prove, vitals=vitals, without="kiosk lockers will not reach this role")


def wanted_of(asked: Mapping[str, Any], operator: str) -> tuple[Wanted, ...]:
    """What a member of staff asks for. Raises ValueError, KeyError or TypeError for what is not of the form."""
    why = str(asked.get("why", ""))
    match asked["do"]:
        case "status":
            return (LookAsked(operator),)
        case "open":
            purpose, procedure = Purpose(asked["purpose"]), str(asked.get("procedure", ""))
            return tuple(OpenAsked(one, operator, purpose, procedure) for one in _lockers(asked))
        case "open-lost":
            return (LostTagOpenAsked(_count(asked["case"]), operator),)
        case "open-all":
            return (OpenAllAsked(operator, why),)
        case "admit":
            return (AdmitAsked(operator, seat=str(asked.get("at", ""))),)
        case "count-begin" | "count-sign":
            return (wanted_of_count(asked, operator),)
        case "care":
            care = Care(asked["care"])
            return tuple(CareAsked(care, one, operator, why) for one in _lockers(asked))
        case other:
            raise ValueError(f"nobody can {other}")


def seen(report: LockersReport) -> str:
    """What a shopper sees: the screen, and every door that is not shut."""
    screen = [f"screen: {text}" for text in report.seats.values()] or ["screen: welcome"]
    doors = [f"locker {one.id}: {one.door.value}" for one in report.lockers if one.door is not Door.CLOSED]
    return "\n".join((*screen, *doors))


def values_of(report: LockersReport) -> dict[str, Any]:
    """How the lockers stand, as JSON has it."""
    return {
        "now": report.now.isoformat(timespec="milliseconds"),
        "lockers": [_locker_values(one, report) for one in report.lockers],
        "warnings": list(report.warnings),
    }


def _locker_values(one: Locker, report: LockersReport) -> dict[str, Any]:
    return {
        "locker": one.id,
        "size": one.size.value,
        "place": report.places.get(one.id, ""),
        "number": one.number,
        "generation": one.generation,
        "assignment": one.assignment.value,
        "door": one.door.value,
        "since": one.since.isoformat(timespec="milliseconds"),
        "deposit": one.deposit,
        "unconfirmed": one.unconfirmed,
        "for_staff": report.for_staff.get(one.id, ""),
    }


def _doors(report: LockersReport) -> dict[str, Any]:
    """How the doors stand, for whoever watches an emergency opening: no word of what is in them."""
    doors = {one.id: one.door for one in report.lockers}
    opened = [id for id, door in doors.items() if door in (Door.OPEN, Door.HELD_OPEN, Door.FORCED)]
    opening = sum(door is Door.OPENING for door in doors.values())
    return {
        "doors": len(doors),
        "open": opened,
        "shut": [id for id in doors if id not in opened],
        "left": report.emergency_left + opening,
    }


def _lockers(asked: Mapping[str, Any]) -> tuple[LockerId, ...]:
    found = tuple(LockerId(_count(one)) for one in asked["lockers"])
    if not 1 <= len(found) <= MOST:
        raise ValueError(f"{len(found)} lockers are named, not 1 to {MOST}")
    return found


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 10**9:
        raise ValueError(f"{value!r} is not a number from 1 on")
    return value
