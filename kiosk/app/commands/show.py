"""`kiosk demo`."""

from __future__ import annotations

import argparse

from kiosk.app.alone import alone
from kiosk.app.commands.share import office_of, places_of
from kiosk.app.demo import run_demo


def demo(arguments: argparse.Namespace) -> int:
    """The demo store, twenty seconds before opening."""
    where = places_of(arguments).demo
    with alone(where.state / "demo.lock", "demo"):
        return run_demo(office_of(where), where, arguments.minutes)
