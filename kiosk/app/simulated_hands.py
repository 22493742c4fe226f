"""The hands on a simulated panel: moves that come through a pipe, from the keys of the demo."""

from __future__ import annotations

import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from kiosk.errors import DeviceFault
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.ports.broadcast import Panel
from kiosk.rules.broadcast.keypad import Move


def worked_by(moves: Connection, panel: Panel | None) -> SimulatedPanel | None:
    """The panel, if it is a simulated one; a thread of its own then does what the moves say, until nobody sends any."""
    if not isinstance(panel, SimulatedPanel):
        return None
    threading.Thread(target=_work, args=(panel, moves), name="hands", daemon=True).start()
    return panel


def _work(panel: SimulatedPanel, moves: Connection) -> None:
    with suppress(EOFError, OSError):
        while True:
            move: Move = moves.recv()
            with suppress(DeviceFault):  # a button that this site does not have
                (panel.press if move.closed else panel.release)(move.button)
