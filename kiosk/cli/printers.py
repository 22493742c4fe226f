"""The options of `kiosk printers`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import job_number


def printers_options(parser: argparse.ArgumentParser) -> None:
    """Anybody may look; whoever has something printed is a registered person with a PIN."""
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    status = verbs.add_parser("status", help="how the printers are, and the jobs that wait or are unsure")
    common(status, as_json=True)
    status.add_argument("--all", action="store_true", help="also what was printed in the last 24 hours")
    status.set_defaults(run=command("printers", "status"))
    test = verbs.add_parser("test", help="print a test sheet")
    common(test)
    as_person(test)
    test.add_argument("printer", nargs="?", default="", metavar="PRINTER", help="its id (default: the first one)")
    test.add_argument(
        "--png", type=Path, metavar="F", help="draw it into this PNG file instead, as it would be printed"
    )
    test.set_defaults(run=command("printers", "test"))
    for name, function, text in (
        ("reprint", "reprint", "print a job once more, marked as a copy"),
        ("seen", "settle", "an unsure job is on paper: somebody saw it"),
        ("withdraw", "settle", "a job that waits or is unsure is not needed any more"),
    ):
        verb = verbs.add_parser(name, help=text)
        common(verb)
        as_person(verb)
        verb.add_argument("job", type=job_number, metavar="JOB", help="its number: kiosk printers status")
        verb.set_defaults(run=command("printers", function), verb=name)
