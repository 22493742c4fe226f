"""The hands on a simulated panel: moves and badges that come through a pipe, from the demo's keys and drawer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from kiosk.errors import DeviceFault
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.ports.broadcast import Panel
from kiosk.rules.broadcast.keypad import Move
from kiosk.rules.people.badge import BadgeShown


def worked_by(moves: Connection, panel: Panel | None, post: Callable[[BadgeShown], None]) -> SimulatedPanel | None:
    """The panel, if it is a simulated one; a thread of its own then does what the moves say, until nobody sends any."""
    if not isinstance(panel, SimulatedPanel):
        return None
    threading.Thread(target=_work, args=(panel, moves, post), name="hands", daemon=True).start()
    return panel


def _work(panel: SimulatedPanel, moves: Connection, post: Callable[[BadgeShown], None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            move: Move | BadgeShown = moves.recv()
            if isinstance(move, BadgeShown):
                post(move)
                continue
            with suppress(DeviceFault):  # a button that this site does not have
                (panel.press if move.closed else panel.release)(move.button)
