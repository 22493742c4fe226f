"""Opening the office in a child that ends: what reads the site and its files (pydantic, scipy) is not kept all day."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from kiosk.app.messenger import Give, Messenger
from kiosk.app.orphan import ends_with_its_role
from kiosk.app.places import Places
from kiosk.app.recollection import Reading, remember
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.app.demo_day import DemoDay
    from kiosk.app.errands import Opened


class OfficeOpening:
    """It is being opened. forked: of a process that has no threads yet. As quick as the role itself, which waits."""

    def __init__(self, places: Places, demo: DemoDay | None = None, *, forked: bool = False) -> None:
        self._child: Messenger[Opened] = Messenger(
            _open, places, demo, name="opening", forked_without=() if forked else None
        )

    def opened(self) -> Opened:
        """Wait for it. Raises SiteError."""
        try:
            return self._child.value()
        except EOFError as error:
            raise KioskError("the site was not read to its end: start again") from error

    def close(self) -> None:
        """Wait until the child has ended, too."""
        self._child.close()


def open_and_remember(places: Places, demo: DemoDay | None, give: Give[Opened]) -> None:
    """In a child: give the office, and keep it for the next start."""
    from kiosk.app.opening import open_at_once

    reading = Reading(places.site)
    reading.begin()
    opened = open_at_once(places, demo=demo)
    give(opened)
    if demo is None:
        remember(places, opened, reading.marks)


def _open(give: Give[Opened], places: Places, demo: DemoDay | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the role, which closes in order
    ends_with_its_role()
    open_and_remember(places, demo, give)
