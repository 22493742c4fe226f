"""`kiosk run`: nothing is imported here that a role does not need all day."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import sys

from kiosk.app.logs import log_to
from kiosk.app.places import Places, places

log = logging.getLogger(__name__)

BROADCAST, FRONT = "broadcast", "front"


def run(arguments: argparse.Namespace) -> int:
    """A role, or both in processes of their own, until told to stop."""
    log_to(None, logging.INFO)
    # systemd's watchdog ends a role by SIGABRT: where each thread was stands in the log then
    faulthandler.enable(sys.__stderr__ or 2)
    where = places(arguments.site, arguments.state)
    match arguments.role:
        case "broadcast":
            from kiosk.app.broadcast import run_broadcast

            run_broadcast(where)
        case "front":
            from kiosk.app.front_start import start_front

            start_front(where)
        case _:
            from kiosk.app.both_roles import Both, commands_of

            Both(commands_of(_wanted(where), where)).run()
    return 0


def _wanted(where: Places) -> tuple[str, ...]:
    """The roles that the site has work for. Raises SiteError: what is wrong with it is told before anything starts."""
    from kiosk.app.site_reading import site_of

    if site_of(where.site).lockers is not None:
        return (BROADCAST, FRONT)
    log.info("%s has no [lockers]: the front role has nothing to do and is not started", where.site / "site.toml")
    return (BROADCAST,)
