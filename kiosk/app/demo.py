"""`kiosk demo`: the roles in child processes; their live board, and the keys of the panel, in this one."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType

from kiosk.app.broadcast import shown_broadcast
from kiosk.app.demo_day import DemoDay, demo_day
from kiosk.app.demo_lockers import lockers_beside, no_lockers
from kiosk.app.demo_receipts import demo_slips
from kiosk.app.demo_staff import BADGES
from kiosk.app.drawer import drawer_beside, has_desktop
from kiosk.app.ending import ends
from kiosk.app.office import Office
from kiosk.app.places import Places
from kiosk.display.board import board_for
from kiosk.display.keyboard import Keyboard, keyboard_for
from kiosk.ports.broadcast import OnAirReport
from kiosk.ports.drawer import DrawerView
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.broadcast.keypad import Keypad, Move, keypad_for
from kiosk.rules.people.badge import BadgeShown

ORDERLY_S = 90.0  # an announcement is read to its end before the role ends


def run_demo(office: Office, places: Places, minutes: int) -> int:
    """Show the demo until the day is over and nothing lies in a locker any more, or Ctrl-C closes it in order.

    Returns the role's exit code.
    """
    site = office.site
    demo = demo_day(datetime.now(site.zone_info), minutes)
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    role = spawn.Process(target=shown_broadcast, args=(places, demo, theirs), name="broadcast")
    role.start()
    theirs.close()
    slips = demo_slips(site, demo.opens.date())
    keypad = keypad_for(site.buttons, site.panel.hold_s)
    beside = lockers_beside(places, demo) if site.has_front or has_desktop() else no_lockers()
    with (
        beside as lockers,
        _told_to_end(role),
        drawer_beside(places) as (drawer, draw),
        board_for(titles=office.titles) as board,
        keyboard_for() as keyboard,
    ):
        while (report := next_report(ours, keyboard, keypad, drawer=drawer)) is not None:
            works = bool(report.lamps) and keyboard.fd is not None
            stand = lockers()
            keys = keypad.shown() if report.lamps else ()
            draw(DrawerView(keys, report.lamps, stand, report.amplifier_on, lockers.paper, slips, BADGES))
            board.show(replace(report, keys=keypad.shown() if works else (), lockers=stand))
            if is_over(demo, report, stand) and role.is_alive():
                role.terminate()  # SIGTERM, on which the role closes in order
    return _exit_code(role)


def is_over(demo: DemoDay, report: OnAirReport, lockers: LockersReport | None) -> bool:
    """Whether the demo's day is over: the store is closed, its power off, and nobody's things wait for a supervisor.

    The role itself minds the next day by then.
    """
    taken = lockers is not None and any(one.deposit for one in lockers.lockers)
    return report.now >= demo.closes and not report.amplifier_on and not taken


def next_report(
    role: Connection,
    keyboard: Keyboard,
    keypad: Keypad,
    mono_s: Callable[[], float] = time.monotonic,
    *,
    drawer: Connection | None = None,
) -> OnAirReport | None:
    """The next report, None once the role has ended; what is typed, or pressed and shown in the drawer, goes to the
    role as moves of its buttons, and badges.

    Ctrl-C reaches the role as well; the board stays until it ends.
    """
    while True:
        try:
            due_s = keypad.next_due()
            patience_s = None if due_s is None else max(0.0, due_s - mono_s())
            heard = [one for one in (role, keyboard.fd, drawer) if one is not None and not _closed(one)]
            ready = wait(heard, patience_s)
            moves = keypad.pass_to(mono_s())
            if drawer in ready:
                pressed = _pressed(drawer)
                if isinstance(pressed, BadgeShown):
                    _send(role, (pressed,))
                else:
                    moves += keypad.feed(pressed, mono_s())
            if keyboard.fd in ready:
                moves += keypad.feed(keyboard.typed(), mono_s())
            _send(role, moves)
            if role in ready:
                report: OnAirReport = role.recv()
                return report
        except KeyboardInterrupt:
            continue
        except (EOFError, OSError):
            return None


def _closed(one: Connection | int) -> bool:
    return isinstance(one, Connection) and one.closed


def _pressed(drawer: Connection | None) -> str | BadgeShown:
    """The keys that were pressed there, or the badge that was shown; "" once its window was closed."""
    if drawer is None:
        return ""
    try:
        pressed: str | BadgeShown = drawer.recv()
        return pressed
    except (EOFError, OSError):
        drawer.close()
        return ""


def _send(role: Connection, moves: tuple[Move | BadgeShown, ...]) -> None:
    with suppress(BrokenPipeError):  # its last reports may still be waiting
        for move in moves:
            role.send(move)


@contextmanager
def _told_to_end(role: BaseProcess) -> Iterator[None]:
    """SIGTERM, and the terminal's end, close the store in order; the terminal is put right again afterwards."""

    def end(number: int, frame: FrameType | None) -> None:
        if role.is_alive():
            role.terminate()

    before = {number: signal.signal(number, end) for number in ends() if number != signal.SIGINT}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit_code(role: BaseProcess) -> int:
    while role.is_alive():
        with suppress(KeyboardInterrupt):
            role.join(ORDERLY_S)
    return 0 if role.exitcode in (0, None) else 3
