"""How the broadcast role does, asked through its hatch: a thread of the front role asks, staff read it at the screen.

Nothing of it is needed for any decision: the roles still meet in the ledger. A hatch answers while its desk hangs, and
one that does not answer tells as much.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.app.hatch import HEALTH, ask
from kiosk.desks.staff.messages import RoleHeard
from kiosk.errors import KioskError
from kiosk.ports.clock import Clock
from kiosk.ports.staff_view import Warned
from kiosk.sentences import from_wire, to_wire

EVERY_S = 20.0
WARNINGS, AT, TEXT, TOLD, HAPPENED = "warnings", "at", "text", "told", "happened"  # of the answer
MOST = 40


def warnings_as_json(warned: tuple[Warned, ...]) -> list[dict[str, Any]]:
    """The broadcast role's side: what its people should know."""
    return [
        {
            AT: one.at.isoformat(timespec="seconds"),
            TEXT: one.text,
            TOLD: to_wire(one.text),
            HAPPENED: one.happened,
        }
        for one in warned[-MOST:]
    ]


def heard_of(answer: Mapping[str, Any], now: datetime) -> RoleHeard:
    """What an answer says; what is not of the form is left out."""
    told = []
    for one in _objects(answer, WARNINGS):
        if text := from_wire(one.get(TOLD)):
            told.append(Warned(text, _moment(one.get(AT), now), one.get(HAPPENED) is True))
    for one in _objects(answer, "parts"):
        if one.get("stuck") and (text := from_wire(one.get("as"))):
            told.append(Warned(text, now))
    return RoleHeard(now, tuple(told[-MOST:]))


def _objects(answer: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = answer.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _moment(text: object, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return now
    return at.astimezone(now.tzinfo) if at.tzinfo is not None else now


def asked(hatch: Path, clock: Clock) -> RoleHeard:
    """One question and its answer."""
    try:
        answer = ask(hatch, {"do": HEALTH})
    except KioskError:
        return RoleHeard(clock.now(), (), answered=False)
    return heard_of(answer, clock.now())


@contextmanager
def listened_to(
    hatch: Path, clock: Clock, post: Callable[[RoleHeard], None], every_s: float = EVERY_S
) -> Iterator[None]:
    """Ask again and again, and post what is said."""
    over = threading.Event()

    def go() -> None:
        while not over.wait(every_s):
            post(asked(hatch, clock))

    thread = threading.Thread(target=go, name="other role", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
