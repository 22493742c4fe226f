"""`kiosk backup` and `kiosk restore`: everything that the kiosk knows as one file, and back again."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from kiosk.app.backup import back_up, bring_back, contents
from kiosk.app.commands.share import DONE, places_of, print_json
from kiosk.errors import KioskError


def backup(arguments: argparse.Namespace) -> int:
    """Write one beside the running roles."""
    where = places_of(arguments)
    if not where.ledger.exists():
        raise KioskError(f"there is no ledger at {where.ledger}: there is nothing to back up yet")
    target = back_up(where, arguments.folder or where.state / "backups", datetime.now(UTC), keep=arguments.keep)
    found = contents(target)
    if arguments.json:
        print_json({"backup": str(target), "members": found})
    else:
        size_mb = target.stat().st_size / 1e6
        keys = sum(name.startswith("keys/") for name in found)
        sys.stdout.write(
            f"{target}: {size_mb:.1f} MB, the ledger, {keys} keys, {len(found) - keys - 1} texts of the site\n"
            "It opens what is personal: keep it where only the management can read it.\n"
        )
    return DONE


def restore(arguments: argparse.Namespace) -> int:
    """Put ledger and keys back; what was there is kept."""
    where = places_of(arguments)
    aside = bring_back(arguments.file, where, datetime.now(UTC))
    sys.stdout.write(
        f"the ledger and the keys of {arguments.file} are back in {where.state}; what was there is in {aside}\n"
        "The site's texts lie in the backup under site/: put them back by hand where you want them.\n"
    )
    return DONE
