"""Switches every coil of the lockers off and ends: after a front role that was killed (the unit's ExecStopPost).

A Raspberry Pi's kernel leaves the pins of a killed process as they were, and a latch that is held burns its coil.
"""

from __future__ import annotations

import sys
import time

from kiosk.app.lock_banks import Wires, lock_bank
from kiosk.app.places import places
from kiosk.config.load import load_site
from kiosk.errors import KioskError


def main() -> int:
    """Exit code 0 once everything that can be reached is off; nothing to do is well done, too."""
    try:
        site = load_site(places(None, None).site)
        if site.lockers is not None and site.lockers.banks:
            with lock_bank(site.lockers.banks, Wires(lambda report: None, time.monotonic, site.panel.chip)):
                pass
    except KioskError as error:
        sys.stderr.write(f"kiosk: {error}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
