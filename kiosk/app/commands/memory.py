"""The store's memory: `kiosk log as-run`, `kiosk log audit`."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from rich.console import Console

from kiosk.app.commands.share import DONE, PROBLEMS, ledger_to_read, places_remembered, print_json
from kiosk.app.reports import as_run_table, as_run_values
from kiosk.config.load import load_site


def as_run(arguments: argparse.Namespace) -> int:
    """What was on the air on a business day."""
    from kiosk.ledger.as_run import AsRunPages

    where = places_remembered(arguments)
    site = load_site(where.site)
    day = arguments.date or datetime.now(site.zone_info).date()
    with ledger_to_read(where) as ledger:
        lines = tuple(AsRunPages(ledger, site.zone_info).of_day(day))
    if arguments.json:
        print_json([as_run_values(line) for line in lines])
    else:
        Console().print(as_run_table(lines, {}))
    return DONE


def audit(arguments: argparse.Namespace) -> int:
    """The audit chain, or whether it is whole."""
    from kiosk.app.reports import audit_table, audit_values
    from kiosk.ledger.audit import lines as audit_lines
    from kiosk.ledger.verify import Broken, verify

    where = places_remembered(arguments)
    site = load_site(where.site)
    with ledger_to_read(where) as ledger:
        if arguments.verify:
            verdict = verify(ledger)
            broken = isinstance(verdict, Broken)
            if arguments.json:
                print_json({"intact": not broken, "verdict": str(verdict)})
            else:
                sys.stdout.write(f"{verdict}\n")
            return PROBLEMS if broken else DONE
        with ledger.read() as connection:
            found = list(audit_lines(connection, site.zone_info))
    if arguments.json:
        print_json([audit_values(line) for line in found])
    else:
        Console().print(audit_table(found))
    return DONE
