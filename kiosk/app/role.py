"""`kiosk run`: nothing is imported here that a role does not need all day."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC

from kiosk.app.logs import log_to
from kiosk.app.places import Places, places
from kiosk.app.priority import BROADCAST_NICE, FRONT_NICE, go_before_others
from kiosk.app.site_versions import earlier, held
from kiosk.app.starts import in_turn
from kiosk.errors import SiteError
from kiosk.hw.clock import SystemClock

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
            go_before_others(BROADCAST_NICE)  # while it imports, too: the store waits for its music
            with _in_turn(where, BROADCAST):
                from kiosk.app.broadcast_start import start_broadcast

                _begin(start_broadcast, where)
        case "front":
            go_before_others(FRONT_NICE)
            with _in_turn(where, FRONT):
                from kiosk.app.front_start import start_front

                _begin(start_front, where)
        case _:
            from kiosk.app.both_roles import Both, commands_of

            Both(commands_of(_wanted(where), where)).run()
    return 0


def _begin(work: Callable[[Places], None], where: Places) -> None:
    """Work with the site, and where that cannot be read any more with the one before it. Raises SiteError."""
    try:
        with held(where.site):
            work(where)
        return
    except SiteError as error:
        before = earlier(where)
        if before is None:
            raise
        log.error("%s\nThe store goes on with its site before that, %s: mend the other one, start anew", error, before)
    with held(before):
        work(Places(before, where.state))


def _in_turn(where: Places, role: str) -> AbstractContextManager[None]:
    return in_turn(where.state / f"{role}.starts", role, time.monotonic, SystemClock(UTC).sleep)


def _wanted(where: Places) -> tuple[str, ...]:
    """The roles that the site has work for. Raises SiteError: what is wrong with it is told before anything starts."""
    from kiosk.app.site_reading import site_of

    try:
        site = site_of(where.site)
    except SiteError:
        before = earlier(where)
        if before is None:
            raise
        site = site_of(before)  # the roles tell what is wrong
    if site.has_front:
        return (BROADCAST, FRONT)
    log.info(
        "%s has neither [lockers] nor [touchscreen]: the front role has nothing to do and is not started",
        where.site / "site.toml",
    )
    return (BROADCAST,)
