"""`kiosk run broadcast`: nothing is imported here that the role does not need all day."""

from __future__ import annotations

import argparse
import logging

from kiosk.app.broadcast import run_broadcast
from kiosk.app.logs import log_to
from kiosk.app.places import places
from kiosk.errors import KioskError


def run(arguments: argparse.Namespace) -> int:
    """A role, until it is told to stop."""
    if arguments.role == "front":
        raise KioskError(
            "the front role (touchscreen, lockers, returns) is not in this version; run: kiosk run broadcast"
        )
    log_to(None, logging.INFO)
    run_broadcast(places(arguments.site, arguments.state))
    return 0
