"""The options of `kiosk screens`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import command
from kiosk.units import LANGUAGES

SIZES = ("1280x800", "1024x600", "1024x600-7in", "800x480", "800x1280", "480x800")
MODES = ("usual", "large", "contrast", "low", "large-low", "large-contrast")


def screens_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="OUT", help="the directory for the pictures and index.html")
    parser.add_argument("--panel", action="append", choices=SIZES, help="this size only; may be given again")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="this language only; may be given again")
    parser.add_argument(
        "--ease", action="append", choices=MODES, help="in this mode, not the usual one; again for more"
    )
    parser.set_defaults(run=command("screens", "screens"))
