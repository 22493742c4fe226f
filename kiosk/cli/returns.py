"""The options of `kiosk returns`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import command, common
from kiosk.cli.pickups import pickup_verbs
from kiosk.cli.return_slips import slip_verbs
from kiosk.cli.words import date
from kiosk.units import LANGUAGES


def returns_options(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    decide = verbs.add_parser("decide", help="decide a case, or a list of cases, that a JSON file holds")
    decide.description = (
        'A case is { "line": { "item": "20417", "name": "…", "category": "小家电", "unit_price": "129.00" }, "bought":'
        ' "2026-11-01", "wish": "refund", "reason": "fault", "answers": { "whole": "yes" }, "papers": ["receipt"] };'
        ' also "quantity", "today", "invoiced", "doubt".'
    )
    common(decide, as_json=True)
    decide.add_argument("file", type=Path, metavar="FILE", help="the JSON file; - is the standard input")
    decide.add_argument("--language", choices=LANGUAGES, default="zh-CN", help="of reason and next step (zh-CN)")
    decide.set_defaults(run=command("returns", "decide"))
    policy = verbs.add_parser("policy", help="the returns policy, clause by clause")
    common(policy, as_json=True)
    policy.add_argument("--table", action="store_true", help="what can be had, by goods, reason and period")
    policy.add_argument("--date", type=date, metavar="D", help="for what was bought on this day (default: today)")
    policy.add_argument("--html", type=Path, metavar="F", help="write both as a page to print")
    policy.add_argument("--language", choices=LANGUAGES, default="zh-CN", help="of the texts (default: zh-CN)")
    policy.set_defaults(run=command("returns", "policy"))
    look = verbs.add_parser("receipt", help="look a receipt up, as the return desk does")
    common(look, as_json=True)
    look.add_argument(
        "number",
        nargs="?",
        metavar="NUMBER",
        help="as its barcode says; what all begin with may be left out (default: the ten newest that were imported)",
    )
    look.set_defaults(run=command("receipts", "look_up"))
    take = verbs.add_parser(
        "import", help="take a till's CSV export into the receipts; nothing of a file with mistakes"
    )
    common(take, as_json=True)
    take.add_argument("files", nargs="*", type=Path, metavar="FILE", help="(default: all that lie in the drop folder)")
    take.set_defaults(run=command("receipts", "take"))
    slip_verbs(verbs)
    pickup_verbs(verbs)
