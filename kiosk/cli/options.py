"""Options that many commands share, and how a command finds its module."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def common(parser: argparse.ArgumentParser, *, as_json: bool = False) -> None:
    """--site and --state, which every command has."""
    parser.add_argument(
        "--site",
        type=Path,
        metavar="DIR",
        help="the site directory (default: KIOSK_SITE, else /etc/kiosk, else the demo store)",
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        help="where the kiosk keeps its memory (default: KIOSK_STATE, else /var/lib/kiosk, else ~/.local/state/kiosk)",
    )
    if as_json:
        parser.add_argument("--json", action="store_true", help="print JSON; times are ISO 8601 with zone")


def as_person(parser: argparse.ArgumentParser) -> None:
    """--as and the PIN that proves it."""
    parser.add_argument(
        "--as", dest="as_person", metavar="ID", help="as this registered person, whose PIN is asked for"
    )
    parser.add_argument(
        "--as-pin-file", type=Path, metavar="F", help="read that PIN from this file instead; - is the standard input"
    )


def command(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command, whose module is imported only when it runs: `--help` answers at once."""

    def run(arguments: argparse.Namespace) -> int:
        code: int = getattr(import_module(f"kiosk.app.commands.{module}"), name)(arguments)
        return code

    return run
