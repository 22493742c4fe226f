"""The options of what keeps the kiosk alive: `kiosk status`, `backup`, `restore` and their like."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import number


def status_options(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    parser.description = "Exit codes: 0 all is well, 1 something is wrong; each with what to do."
    parser.add_argument(
        "--lives", action="store_true", help="exit code 1 only where a role does not run or stands still"
    )
    parser.set_defaults(run=command("status", "status"))


def backup_options(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="default: backups/ in the state directory"
    )
    parser.add_argument("--keep", type=number, default=14, metavar="N", help="remove older ones than the newest N (14)")
    parser.set_defaults(run=command("backup", "backup"))


def export_options(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    as_person(parser)
    parser.description = (
        "Secrets and what is sealed stay in the ledger; names and numbers of people go along with --personal, for the"
        " supervisor or the head of the department, by PIN. Every export is in the audit."
    )
    parser.add_argument("target", type=Path, metavar="TARGET", help="a folder that is not there yet, or a file .zip")
    parser.add_argument("--lines", action="store_true", help="JSON, one object a line, instead of CSV")
    parser.add_argument("--personal", action="store_true", help="with names and numbers of people, where kept in clear")
    parser.set_defaults(run=command("takeout", "export"))


def housekeeping_options(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.set_defaults(run=command("housekeeping", "housekeeping"))


def restore_options(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="as kiosk backup wrote it")
    parser.set_defaults(run=command("backup", "restore"))
