"""Who gives a command: the registered person that the user of this machine is, or one who proves it with a PIN."""

from __future__ import annotations

import argparse
import os
import pwd
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.app.admission import badge_key
from kiosk.app.commands.pin import pin_of as pin_of
from kiosk.app.commands.share import places_in_use
from kiosk.app.hatch import ask
from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.errors import KioskError
from kiosk.ledger import audit
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.rules.broadcast.rights import Deed, decide, works_here
from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.people.person import Allowed, Denied, Permission, Person, Right


class RegisterDesk:
    """A command's view of the register: the ledger that the running role uses, else this state directory's."""

    def __init__(self, arguments: argparse.Namespace, site: Site, *, where: Places | None = None) -> None:
        self.where = where or places_in_use(arguments)
        self.site = site
        self.now = datetime.now(site.zone_info)
        self.ledger: Ledger = open_ledger(self.where.ledger)
        self.people = PeoplePages(self.ledger, badge_key(self.where.badge_key))
        self._as = str(getattr(arguments, "as_person", None) or "")
        self._pin_file: Path | None = getattr(arguments, "as_pin_file", None)

    def acting(self, deed: Deed, subject: str) -> str:
        """Whom the log is to name for a deed. Raises KioskError where it is refused, which is logged (B14)."""
        known = self.people.everybody()
        login = login_name()
        if self._as:
            proven = self.people.prove(self._as, pin_of(self._pin_file, f"PIN of {self._as}: "), self.now)
            if isinstance(proven, Refusal):
                raise KioskError(f"refused: {proven.why}")
            person: Person | None = proven
        else:
            person = Roster(known).of_login(login)
        permission = self._judged(person, deed, login, known)
        match permission:
            case Allowed(operator):
                return operator
            case Denied(operator, why):
                with self.ledger.write() as connection:
                    audit.append(connection, audit.Fact(self.now, operator, "is refused", subject, {"why": why}))
                raise KioskError(f"refused: {why}")

    def tell_the_role(self) -> None:
        """The running role need not wait until it notices by itself."""
        with suppress(KioskError):
            ask(self.where.hatch, {"do": "register-changed"})

    def _judged(self, person: Person | None, deed: Deed, login: str, known: dict[str, Person]) -> Permission:
        permission = decide(person, deed, self.now.date(), named=login)
        if isinstance(permission, Allowed):
            return permission
        if deed is Deed.KEEP_PEOPLE:
            # Whoever owns the file could write into it anyway; here at least the log
            # names them. No other deed is theirs.
            headed = any(Right.HEAD in one.rights and not one.removed for one in known.values())
            return Allowed(permission.operator) if owns(self.where) or not headed else permission
        required = self.site.announcers.required
        free = not any(map(works_here, known.values())) if required is None else not required
        # A policy page is the planning department's word, whoever else may do what (B13).
        return Allowed(permission.operator) if free and deed is not Deed.RELEASE_POLICY else permission


def login_name() -> str:
    """The user of this machine that gives the command, whatever the environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def owns(where: Places) -> bool:
    """Whether whoever gives the command might write into the ledger anyway."""
    try:
        return os.getuid() in (0, where.state.stat().st_uid)
    except OSError:
        return False


def ask_role(arguments: argparse.Namespace, asked: Mapping[str, object]) -> Mapping[str, Any]:
    """Ask the running role, as the user of this machine or as a person who proves it with a PIN (B14); its answer."""
    if arguments.as_person:
        pin = pin_of(arguments.as_pin_file, f"PIN of {arguments.as_person}: ")
        asked = {**asked, "as": arguments.as_person, "pin": pin}
    return ask(places_in_use(arguments).hatch, asked)
