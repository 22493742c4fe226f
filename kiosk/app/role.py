"""`kiosk run`: nothing is imported here that a role does not need all day."""

from __future__ import annotations

import argparse
import logging
import multiprocessing
from multiprocessing.connection import Connection

from kiosk.app.logs import log_to
from kiosk.app.places import Places, places
from kiosk.errors import SiteError

log = logging.getLogger(__name__)

BROADCAST, FRONT = "broadcast", "front"


def run(arguments: argparse.Namespace) -> int:
    """A role, or both in processes of their own, until told to stop."""
    log_to(None, logging.INFO)
    where = places(arguments.site, arguments.state)
    match arguments.role:
        case "broadcast":
            from kiosk.app.broadcast import run_broadcast

            run_broadcast(where)
        case "front":
            from kiosk.app.front import run_front

            run_front(where)
        case _:
            from kiosk.app.both_roles import Both, commands_of

            Both(commands_of(_wanted(where), where)).run()
    return 0


def _wanted(where: Places) -> tuple[str, ...]:
    """The roles that the site has work for. Raises SiteError: what is wrong with it is told before anything starts."""
    spawn = multiprocessing.get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_look, args=(where, sending), name="site")
    child.start()
    sending.close()
    found: tuple[str, ...] | SiteError = receiving.recv()
    child.join()
    if isinstance(found, SiteError):
        raise found
    if FRONT not in found:
        log.info("%s has no [lockers]: the front role has nothing to do and is not started", where.site / "site.toml")
    return found


def _look(where: Places, sending: Connection) -> None:
    """In a child that ends at once, so that reading the site leaves nothing behind in the keeper's memory."""
    from kiosk.config.load import load_site

    try:
        site = load_site(where.site)
    except SiteError as error:
        sending.send(error)
        return
    sending.send((BROADCAST,) if site.lockers is None else (BROADCAST, FRONT))
