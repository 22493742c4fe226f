"""The registered person who gives a command, proven by a PIN: whom --as names, else who this user of the machine is."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from kiosk.app.commands.pin import pin_of
from kiosk.errors import KioskError
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.rules.people.person import Person


def proven(arguments: argparse.Namespace, people: PeoplePages, now: datetime) -> Person:
    """Who it is. Raises KioskError, LedgerFault."""
    from kiosk.app.commands.who import login_name

    pin_file: Path | None = arguments.as_pin_file
    login = login_name()
    everybody = people.everybody().values()
    id = str(arguments.as_person or "")
    id = id or next((one.id for one in everybody if one.login == login and not one.removed), "")
    if not id:
        raise KioskError("you are not registered as a user of this machine: say who you are with --as ID")
    person = people.prove(id, pin_of(pin_file, f"PIN of {id}: "), now)
    if isinstance(person, Refusal):
        raise KioskError(f"refused: {person.why}")
    return person
