"""The options of `kiosk service`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import date, number

LANGUAGE_NAMES = ("zh-CN", "zh-TW", "en")


def service_options(parser: argparse.ArgumentParser) -> None:
    """Every service in the same way."""
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help="what waits, and what you can do to it")
    _person(listed, as_json=True)
    listed.add_argument("service", nargs="?", metavar="SERVICE", help="only of this service")
    listed.set_defaults(run=command("service", "listed"))
    show = verbs.add_parser("show", help="all of a record, as you may see it; that you looked is written down")
    _record(show, as_json=True)
    show.set_defaults(run=command("service", "show"))
    new = verbs.add_parser("new", help="write a new record")
    _person(new)
    new.add_argument("service", metavar="SERVICE", help="as complaint, loan, found, invoice, …")
    _answers(new)
    new.set_defaults(run=command("service", "new"))
    do = verbs.add_parser("do", help="do something to a record, as take, answer, return")
    _record(do)
    do.add_argument("deed", metavar="DEED", help="see: kiosk service list")
    _answers(do)
    do.set_defaults(run=command("service", "do"))
    printed = verbs.add_parser("print", help="the form of a record, on a receipt printer or as a PDF")
    _record(printed)
    printed.add_argument("--out", type=Path, metavar="F", help="write this PDF instead; delete it afterwards")
    printed.add_argument("--printer", default="", metavar="ID", help="one of [[printers]] (default: the first)")
    printed.add_argument("--language", choices=LANGUAGE_NAMES, default="zh-CN", help="default: zh-CN")
    printed.set_defaults(run=command("service", "printed"))
    export = verbs.add_parser("export", help="a service's records as CSV")
    _person(export)
    export.add_argument("service", metavar="SERVICE")
    export.add_argument("--from", dest="since", type=date, metavar="D", help="from this day on (default: all)")
    export.add_argument("--to", dest="until", type=date, metavar="D", help="up to this day (default: today)")
    export.add_argument("--out", type=Path, metavar="F", help="into this file (default: standard output)")
    export.set_defaults(run=command("service", "export"))
    wishes = verbs.add_parser("birthdays", help="the members whose birthday it is, for the message platform")
    _person(wishes)
    wishes.add_argument("--on", type=date, metavar="D", help="on this day (default: today)")
    wishes.add_argument("--out", type=Path, metavar="F", help="into this file (default: standard output)")
    wishes.set_defaults(run=command("service", "birthdays"))

    greetings = verbs.add_parser(
        "greetings", help="members to be greeted on a day, for the message platform; each once"
    )
    _person(greetings)
    greetings.add_argument("--on", type=date, metavar="D", help="on this day (default: today)")
    greetings.add_argument("--again", action="store_true", help="the list of those who were noted for that day already")
    greetings.add_argument("--out", type=Path, metavar="F", help="into this file (default: standard output)")
    greetings.set_defaults(run=command("greetings", "greetings"))
    festivals = verbs.add_parser("festivals", help="the festivals on which members are greeted, with their next dates")
    common(festivals)
    festivals.set_defaults(run=command("greetings", "festivals"))


def _person(parser: argparse.ArgumentParser, *, as_json: bool = False) -> None:
    common(parser, as_json=as_json)
    as_person(parser)


def _record(parser: argparse.ArgumentParser, *, as_json: bool = False) -> None:
    _person(parser, as_json=as_json)
    parser.add_argument("service", metavar="SERVICE")
    parser.add_argument("number", type=number, metavar="N", help="its number")


def _answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="what the form asks, as JSON; - is the standard input (default: asked for one after the other)",
    )
