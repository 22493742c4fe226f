"""`kiosk export`: what the store knows, as tables for its own use."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from kiosk.app.commands.proof import proven
from kiosk.app.commands.share import DONE, ledger_to_read, places_of, print_json
from kiosk.app.commands.who import login_name
from kiosk.app.takeout import take_out
from kiosk.config.load import load_site
from kiosk.errors import KioskError
from kiosk.ledger import audit
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger
from kiosk.rules.people.person import Denied
from kiosk.rules.people.takeout import may_take_personal


def export(arguments: argparse.Namespace) -> int:
    """Every table into a folder or zip file; what is personal only upon the word of who answers for it."""
    where = places_of(arguments)
    now = datetime.now(load_site(where.site).zone_info)
    with ledger_to_read(where) as ledger:
        by = _allowed(arguments, ledger, now) if arguments.personal else login_name()
        # on the record before it leaves: what was taken cannot be taken back
        _note(ledger, now, by, "exports", str(arguments.target), personal="yes" if arguments.personal else "no")
        counts = take_out(ledger, arguments.target, now, by, personal=arguments.personal, as_json=arguments.lines)
    if arguments.json:
        print_json({"export": str(arguments.target), "rows": counts})
    else:
        told = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
        sys.stdout.write(f"{arguments.target}: {sum(counts.values())} rows in {len(counts)} tables ({told})\n")
        if arguments.personal:
            sys.stdout.write("It names people: keep it where only the management can read it, then delete it.\n")
    return DONE


def _allowed(arguments: argparse.Namespace, ledger: Ledger, now: datetime) -> str:
    person = proven(arguments, PeoplePages(ledger, b""), now)
    permission = may_take_personal(person)
    if isinstance(permission, Denied):
        _note(ledger, now, permission.operator, "is refused", "an export of what is personal", why=permission.why)
        raise KioskError(f"refused: {permission.why}")
    return permission.operator


def _note(ledger: Ledger, now: datetime, by: str, action: str, subject: str, **details: str) -> None:
    with ledger.write() as connection:
        audit.append(connection, audit.Fact(now, by, action, subject, details))
