"""The options of `kiosk site`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import number

KEPT = 4


def site_options(parser: argparse.ArgumentParser) -> None:
    """Each verb with its own parser."""
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="every problem of a folder that is to become the site; nothing is changed")
    common(check, as_json=True)
    check.add_argument("folder", type=Path, metavar="DIR", help="the folder or stick that holds its site.toml")
    check.set_defaults(run=command("site_switch", "check"))
    switch = verbs.add_parser("switch", help="put a folder in place of the site in use, once it has no error")
    common(switch, as_json=True)
    as_person(switch)
    switch.description = (
        "The folder is copied beside the site in use, the copy is checked as kiosk check does, and a link is moved in"
        " one step; what is wrong is told, and the old one stays. Running roles begin with it tonight."
    )
    switch.add_argument("folder", type=Path, metavar="DIR", help="the folder or stick that holds its site.toml")
    switch.add_argument(
        "--keep", type=number, default=KEPT, metavar="N", help=f"clear away versions older than the newest N ({KEPT})"
    )
    switch.set_defaults(run=command("site_switch", "switch"))
    back = verbs.add_parser("back", help="put the version in place that was in use before")
    common(back)
    as_person(back)
    back.add_argument("version", nargs="?", metavar="VERSION", help="this one instead, as kiosk site list calls it")
    back.set_defaults(run=command("site_switch", "back"))
    listed = verbs.add_parser("list", help="the versions that there are, and which one is in use")
    common(listed, as_json=True)
    listed.set_defaults(run=command("site_switch", "listed"))
