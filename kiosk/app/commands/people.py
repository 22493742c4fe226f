"""The register of people: `kiosk people add`, `list`, `remove`, `retrain`, `change`; `kiosk sign-in`, `sign-out`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, ledger_to_read, places_in_use, print_json
from kiosk.app.commands.who import RegisterDesk, pin_of
from kiosk.app.hatch import ask
from kiosk.config.load import load_site
from kiosk.errors import KioskError
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.rules.broadcast.rights import Deed
from kiosk.rules.people.person import Person, Right


def add(arguments: argparse.Namespace) -> int:
    """Register somebody."""
    if not (arguments.pin or arguments.pin_file or arguments.badge or arguments.login):
        raise KioskError(f"{arguments.name} needs a way to be known: --pin, --pin-file, --badge or --login")
    person = Person(
        arguments.id or arguments.login or "",
        arguments.name.strip(),
        frozenset(Right(right) for right in arguments.right),
        arguments.trained,
        arguments.until,
        arguments.login or "",
    )
    desk = _desk(arguments)
    with desk.ledger:
        by = desk.acting(Deed.KEEP_PEOPLE, "people")
        added = desk.people.add(person, by, desk.now, pin=_new_pin(arguments), badge=arguments.badge or "")
        return _said(desk, added, "is registered as")


def listed(arguments: argparse.Namespace) -> int:
    """Who is registered."""
    where = places_in_use(arguments)
    site = load_site(where.site)
    with ledger_to_read(where) as ledger:
        everybody = PeoplePages(ledger, b"").everybody().values()
    shown = [one for one in everybody if arguments.all or not one.removed]
    today = datetime.now(site.zone_info).date()
    if arguments.json:
        print_json([_values(one, today) for one in shown])
    else:
        Console().print(_table(shown, today))
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Somebody leaves; the log goes on naming them."""
    desk = _desk(arguments)
    with desk.ledger:
        by = desk.acting(Deed.KEEP_PEOPLE, arguments.id)
        return _said(desk, desk.people.remove(arguments.id, by, desk.now), "is registered no more:")


def retrain(arguments: argparse.Namespace) -> int:
    """Somebody was trained anew."""
    return _changed(arguments, "retrains", trained_on=arguments.trained, trained_until=arguments.until)


def change(arguments: argparse.Namespace) -> int:
    """A new PIN, badge, name, login or rights; what is not named stays."""
    changes: dict[str, object] = {}
    if arguments.name:
        changes["name"] = arguments.name.strip()
    if arguments.right:
        changes["rights"] = frozenset(Right(right) for right in arguments.right)
    if arguments.login is not None:
        changes["login"] = arguments.login
    return _changed(arguments, "changes", **changes)


def sign_in(arguments: argparse.Namespace) -> int:
    """Sign in at the panel, where neither badge nor key does."""
    asked: dict[str, object] = {"do": "sign-in"}
    if arguments.as_person:
        pin = pin_of(arguments.as_pin_file, f"PIN of {arguments.as_person}: ")
        asked |= {"as": arguments.as_person, "pin": pin}
    ask(places_in_use(arguments).hatch, asked)
    return DONE


def sign_out(arguments: argparse.Namespace) -> int:
    """Leave the panel."""
    ask(places_in_use(arguments).hatch, {"do": "sign-out"})
    return DONE


def _changed(arguments: argparse.Namespace, action: str, **changes: object) -> int:
    desk = _desk(arguments)
    with desk.ledger:
        by = desk.acting(Deed.KEEP_PEOPLE, arguments.id)
        before = desk.people.everybody().get(arguments.id)
        if before is None:
            raise KioskError(f"nobody is registered as {arguments.id}: see kiosk people list")
        badge = getattr(arguments, "badge", None) or ""
        after = replace(before, **changes)  # type: ignore[arg-type] # the fields are the caller's own
        done = desk.people.change(after, by, desk.now, action, pin=_new_pin(arguments), badge=badge)
        return _said(desk, done, "is changed:")


def _desk(arguments: argparse.Namespace) -> RegisterDesk:
    return RegisterDesk(arguments, load_site(places_in_use(arguments).site))


def _new_pin(arguments: argparse.Namespace) -> str:
    """A PIN for the register: from a file, or asked for twice."""
    if getattr(arguments, "pin_file", None) is not None:
        return pin_of(arguments.pin_file, "")
    if not getattr(arguments, "pin", False):
        return ""
    first = pin_of(None, "new PIN, 6 to 12 digits: ")
    if pin_of(None, "the same again: ") != first:
        raise KioskError("the two PINs differ: nothing was changed")
    return first


def _said(desk: RegisterDesk, done: Person | Refusal, how: str) -> int:
    if isinstance(done, Refusal):
        sys.stderr.write(f"kiosk: {done.why}\n")
        return PROBLEMS
    desk.tell_the_role()
    sys.stdout.write(f"{done.name} {how} {done.id}\n")
    return DONE


def _table(people: list[Person], today: date) -> Table:
    table = Table(title="people", title_justify="left")
    for heading in ("id", "name", "rights", "training", "known by"):
        table.add_column(heading)
    for one in people:
        rights = ", ".join(sorted(right.value for right in one.rights))
        cells = (one.id, one.name, rights, _training(one, today), _known_by(one))
        table.add_row(*map(Text, cells), style="dim" if one.removed else "")
    return table


def _training(one: Person, today: date) -> str:
    if one.trained_on is None:
        return "none"
    until = f" until {one.trained_until}" if one.trained_until else ""
    valid = "" if one.trained(today) else ", not valid today"
    return f"from {one.trained_on}{until}{valid}"


def _known_by(one: Person) -> str:
    if one.removed:
        return "removed"
    ways = ["PIN"] if one.has_pin else []
    ways += ["badge"] if one.badge_mark else []
    ways += [f"login {one.login}"] if one.login else []
    return ", ".join(ways) or "nothing: they cannot sign in"


def _values(one: Person, today: date) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "rights": sorted(right.value for right in one.rights),
        "trained_on": one.trained_on and one.trained_on.isoformat(),
        "trained_until": one.trained_until and one.trained_until.isoformat(),
        "trained": one.trained(today),
        "login": one.login,
        "pin": one.has_pin,
        "badge": bool(one.badge_mark),
        "removed": one.removed,
    }
