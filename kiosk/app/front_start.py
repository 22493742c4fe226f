"""The front role's first moments: its screen lights up and its site is read while everything else is still imported."""

from __future__ import annotations

from contextlib import ExitStack

from kiosk.app.places import Places
from kiosk.app.screen_entry import forked
from kiosk.app.site_reading import SiteReading
from kiosk.config.first_look import first_look


def start_front(places: Places) -> None:
    """The whole role. Main thread of a process of its own; raises as run_front does."""
    with ExitStack() as stack:
        glass = first_look(places.site)
        first = None if glass is None else forked(glass)
        ours = () if first is None else (first.pipe,)
        reading = SiteReading(places.site, spell=True, forked_without=ours)
        from kiosk.app.screen_keeper import ScreenKeeper

        screen = None if glass is None else stack.enter_context(ScreenKeeper(glass, first))
        from kiosk.app.front import run_front

        run_front(places, reading=reading, screen=screen)
