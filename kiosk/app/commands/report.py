"""`kiosk report broadcast`: a day as it was, against how it was planned."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import datetime

from rich.console import Console

from kiosk.app.commands.share import DONE, ledger_to_read, office_of, places_of, print_json, write
from kiosk.app.day_report import gathered, page, table, values
from kiosk.errors import KioskError
from kiosk.units import Language


def broadcast(arguments: argparse.Namespace) -> int:
    """The report as a table, as JSON, or as a page to print."""
    where = places_of(arguments)
    with closing(ledger_to_read(where)) as book:
        office = office_of(where)
        now = datetime.now(office.site.zone_info)
        language = Language(arguments.language)
        try:
            day, report = gathered(office, book, arguments.date or now.date(), now)
        except ValueError as error:
            raise KioskError(str(error)) from error
    if arguments.html is not None:
        write(arguments.html, page(report, day, office, language).encode("utf-8"))
        sys.stderr.write(f"{arguments.html}: the day's report\n")
    if arguments.json:
        print_json(values(report))
    elif arguments.html is None:
        Console().print(table(report, office, language))
    return DONE
