"""The options of what keeps the kiosk alive: `kiosk status`, `backup`, `restore`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import number


def keeping_options(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Each with its own parser."""
    status = commands.add_parser("status", help="whether the roles live, and what wants a person")
    common(status, as_json=True)
    status.description = "Exit codes: 0 all is well, 1 something is wrong; each with what to do."
    status.add_argument(
        "--lives", action="store_true", help="exit code 1 only where a role does not run or stands still"
    )
    status.set_defaults(run=command("status", "status"))
    backup = commands.add_parser("backup", help="the ledger, the keys and the site's texts as one file")
    common(backup, as_json=True)
    backup.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="default: backups/ in the state directory"
    )
    backup.add_argument("--keep", type=number, default=14, metavar="N", help="remove older ones than the newest N (14)")
    backup.set_defaults(run=command("backup", "backup"))
    export = commands.add_parser("export", help="everything the store may take away, as CSV or JSON, with a manifest")
    common(export, as_json=True)
    as_person(export)
    export.description = (
        "Secrets and what is sealed stay in the ledger; names and numbers of people go along with --personal, for the"
        " supervisor or the head of the department, by PIN. Every export is in the audit."
    )
    export.add_argument("target", type=Path, metavar="TARGET", help="a folder that is not there yet, or a file .zip")
    export.add_argument("--lines", action="store_true", help="JSON, one object a line, instead of CSV")
    export.add_argument("--personal", action="store_true", help="with names and numbers of people, where kept in clear")
    export.set_defaults(run=command("takeout", "export"))
    nightly = commands.add_parser("housekeeping", help="back up, read the whole ledger, prove the audit chain, tidy up")
    common(nightly)
    nightly.set_defaults(run=command("housekeeping", "housekeeping"))
    restore = commands.add_parser("restore", help="put the ledger and the keys of a backup back; the roles are stopped")
    common(restore)
    restore.add_argument("file", type=Path, metavar="FILE", help="as kiosk backup wrote it")
    restore.set_defaults(run=command("backup", "restore"))
