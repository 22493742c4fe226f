"""Switches every coil of the lockers off and ends: after a front role that was killed (the unit's ExecStopPost).

A Raspberry Pi's kernel leaves the pins of a killed process as they were, and a latch that is held burns its coil. So it
goes by what that role wrote down at its start: reading the site takes seconds on a Pi.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from kiosk.app.coils_record import recorded_coils
from kiosk.app.lock_banks import Wires, lock_bank
from kiosk.app.places import Places, places
from kiosk.config.wired_banks import LockBankChoices
from kiosk.errors import KioskError


def main() -> int:
    """Exit code 0 once everything that can be reached is off; nothing to do is well done, too."""
    where = places(None, None)
    try:
        banks, chip = recorded_coils(where.coils) or _of_the_site(where)
        if banks:
            with lock_bank(banks, Wires(lambda report: None, time.monotonic, chip)):
                pass
    except KioskError as error:
        sys.stderr.write(f"kiosk: {error}\n")
        return 3
    return 0


def _of_the_site(where: Places) -> tuple[Sequence[LockBankChoices], int | None]:
    from kiosk.config.load import load_site  # pydantic

    site = load_site(where.site)
    return (() if site.lockers is None else site.lockers.banks), site.panel.chip


if __name__ == "__main__":
    sys.exit(main())
