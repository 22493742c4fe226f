"""The drawer of `kiosk demo`: a window of its own, in a process of its own, that works the simulated hardware."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue

from kiosk.app.hatch import ask
from kiosk.app.places import Places
from kiosk.errors import DeviceFault, KioskError
from kiosk.ports.drawer import DrawerView
from kiosk.rules.people.badge import BadgeShown

WIDTH, HEIGHT = 520, 800
WIDTH_MM = 260.0  # for a mouse: what a finger needs would be twice as large
BESIDE = 1280  # the touchscreen's window is so wide
ORDERLY_S = 5.0
Show = Callable[[DrawerView], None]


def has_desktop() -> bool:
    """Whether a window can be shown."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def drawer_beside(places: Places) -> Iterator[tuple[Connection | None, Show]]:
    """What is pressed in it comes through the connection, as characters of the keypad, and badges that are shown to the
    panel; None where there is no desktop.

    It ends with the block; whoever closes its window goes on without it.
    """
    if not has_desktop():
        yield None, lambda view: None
        return
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=shown_drawer, args=(places.front_hatch, theirs), name="drawer")
    process.start()
    theirs.close()

    def show(view: DrawerView) -> None:
        with suppress(OSError):  # its window was closed
            ours.send(view)

    try:
        yield ours, show
    finally:
        ours.close()
        with suppress(KeyboardInterrupt):
            process.join(ORDERLY_S)
        if process.is_alive():
            process.terminate()


def shown_drawer(hatch: Path, ours: Connection) -> None:
    """The drawer's own process, until its window is closed or the demo is over."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the demo closes it, once everything else is over
    os.environ.setdefault("SDL_VIDEO_WINDOW_POS", f"{BESIDE},0")
    from kiosk.app.drawer_face import DrawerFace
    from kiosk.display.theme import Panel
    from kiosk.display.window import Opening, Window

    panel = Panel(WIDTH, HEIGHT, WIDTH_MM)
    work = Work(hatch, ours)
    face = DrawerFace(panel, work.press, work.ask)
    try:
        with Window(Opening(panel, title="kiosk demo: simulated hardware")) as window:
            work.begin(face.tell, face.hear, face.end, window.wake)
            window.run(face)
    except DeviceFault as fault:
        sys.stderr.write(f"the drawer: {fault}\n")
    ours.close()


class Work:
    """What the window must not wait for: the pipe to the demo, and the hatch of the front role."""

    def __init__(self, hatch: Path, ours: Connection) -> None:
        self._hatch, self._ours = hatch, ours
        self._asked: SimpleQueue[tuple[str, str]] = SimpleQueue()

    def begin(
        self,
        tell: Callable[[DrawerView], None],
        hear: Callable[[str], None],
        end: Callable[[], None],
        wake: Callable[[], None],
    ) -> None:
        """Threads of their own bring what comes to the window."""

        def views() -> None:
            with suppress(EOFError, OSError):
                while True:
                    tell(self._ours.recv())
                    wake()
            end()
            wake()

        def deeds() -> None:
            while True:
                verb, what = self._asked.get()
                hear(self._played(verb, what))
                wake()

        for job in (views, deeds):
            threading.Thread(target=job, daemon=True).start()

    def press(self, key: str | BadgeShown) -> None:
        """A button of the panel, by the character that works it; or a badge at its reader."""
        with suppress(OSError):
            self._ours.send(key)

    def ask(self, verb: str, what: str) -> None:
        """A deed at the lockers, or a code before the scanner."""
        self._asked.put((verb, what))

    def _played(self, verb: str, what: str) -> str:
        try:
            return str(ask(self._hatch, {"do": "play", "verb": verb, "what": what}, role="front")["said"])
        except KioskError as fault:
            return str(fault)
