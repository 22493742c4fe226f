"""`kiosk demo`: the broadcast role in a child process, and its live board in this one."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from kiosk.app.broadcast import shown_broadcast
from kiosk.app.demo_day import demo_day
from kiosk.app.office import Office
from kiosk.app.places import Places
from kiosk.display.board import board_for
from kiosk.ports.broadcast import OnAirReport

ORDERLY_S = 90.0  # an announcement is read to its end before the role ends


def run_demo(office: Office, places: Places, minutes: int) -> int:
    """Show the demo until the day is over or Ctrl-C closes it in order; returns the role's exit code."""
    now = datetime.now(office.site.zone_info)
    demo = demo_day(now, minutes)
    spawn = multiprocessing.get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    role = spawn.Process(target=shown_broadcast, args=(places, demo, sending), name="broadcast")
    role.start()
    sending.close()
    with board_for(titles=office.titles) as board:
        while (report := _next(receiving)) is not None:
            board.show(report)
            if report.phase == "closed" and not report.amplifier_on and role.is_alive():
                role.terminate()  # the demo's day is over: SIGTERM, on which the role closes in order
    return _exit_code(role)


def _next(receiving: Connection) -> OnAirReport | None:
    """The next report, None once the role has ended. Ctrl-C reaches the role as well; the board stays until it ends."""
    while True:
        try:
            report: OnAirReport = receiving.recv()
        except KeyboardInterrupt:
            continue
        except (EOFError, OSError):
            return None
        return report


def _exit_code(role: BaseProcess) -> int:
    while role.is_alive():
        with suppress(KeyboardInterrupt):
            role.join(ORDERLY_S)
    return 0 if role.exitcode in (0, None) else 3
