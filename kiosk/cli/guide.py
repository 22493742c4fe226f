"""The options of `kiosk guide`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import command, common
from kiosk.units import LANGUAGES


def guide_options(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(title="what", required=True, metavar="WHAT")
    find = what.add_parser("find", help="what the touchscreen finds for some words")
    common(find, as_json=True)
    find.add_argument("words", nargs="+", metavar="WORDS", help="as a shopper writes them: 厕所, xsj, toilet")
    find.set_defaults(run=command("guide", "find"))
    plan = what.add_parser("map", help="draw the map of a floor as the touchscreen shows it")
    common(plan)
    plan.add_argument("floor", metavar="FLOOR", help="the floor's id in schedules/guide.toml")
    plan.add_argument("out", type=Path, metavar="OUT.png", help="the picture to write")
    plan.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="of its words (default: zh-CN)")
    plan.set_defaults(run=command("guide", "plan"))
