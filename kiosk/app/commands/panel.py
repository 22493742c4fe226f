"""What people press on the running broadcast role's panel: `kiosk press`."""

from __future__ import annotations

import argparse

from kiosk.app.commands.share import DONE
from kiosk.app.commands.who import ask_role


def press(arguments: argparse.Namespace) -> int:
    """Press a button of the running role."""
    ask_role(arguments, {"do": "press", "button": arguments.button, "held_s": arguments.hold})
    return DONE
