"""What people ask of the running broadcast role: `kiosk press`, `kiosk page`."""

from __future__ import annotations

import argparse
import sys

from kiosk.app.commands.share import DONE, PROBLEMS, places_in_use, places_of
from kiosk.app.hatch import ask, message_of
from kiosk.config.load import load_site
from kiosk.desks.messages import PageAsked
from kiosk.rules.broadcast.page_check import Refused
from kiosk.rules.broadcast.page_check import check as check_page


def press(arguments: argparse.Namespace) -> int:
    """Press a button of the running role."""
    _ask(arguments, {"do": "press", "button": arguments.button, "held_s": arguments.hold})
    return DONE


def page(arguments: argparse.Namespace) -> int:
    """Page somebody through the running role; a page that is not right is told with the form that would be (B12)."""
    asked = {
        "do": "page",
        "to": arguments.whom,
        "title": arguments.title,
        "name": arguments.name,
        "reason": arguments.reason,
        "place": arguments.place,
        "plate": arguments.plate,
        "zones": arguments.zone,
    }
    message = message_of(asked)
    zones = {zone.id for zone in load_site(places_of(arguments).site).zones}
    if isinstance(message, PageAsked) and isinstance(verdict := check_page(message.request, zones=zones), Refused):
        sys.stderr.write(f"kiosk: {verdict.field}: {verdict.why}\n")
        return PROBLEMS
    _ask(arguments, asked)
    return DONE


def _ask(arguments: argparse.Namespace, asked: dict[str, object]) -> None:
    """Ask the running role, as the user of this machine or as a person who proves it with a PIN (B14)."""
    if arguments.as_person:
        from kiosk.app.commands.who import pin_of

        pin = pin_of(arguments.as_pin_file, f"PIN of {arguments.as_person}: ")
        asked = {**asked, "as": arguments.as_person, "pin": pin}
    ask(places_in_use(arguments).hatch, asked)
