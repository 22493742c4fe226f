"""The options of `kiosk lockers lost`, `count`, `census`, `tidy` and `notices`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import locker_number, number

LANGUAGE_NAMES = ("zh-CN", "zh-TW", "en")
Verbs = argparse._SubParsersAction


def lost_verbs(parser: argparse.ArgumentParser) -> None:
    """In the order of the procedure. What is personal is asked for, never given here."""
    parser.description = (
        "In this order: report, describe, compare, match, identify, fee, slip, sign, approve (the supervisor), open,"
        " handed-over, filed. What is personal is asked for on the terminal, or read line by line from a pipe."
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    report = verbs.add_parser("report", help="the entry in the lost-tag book; the tag opens nothing any more")
    _of_locker(report, "reported")
    note = verbs.add_parser("note", help="note what was left in a locker, to compare with should its tag be lost")
    _of_locker(note, "noted")
    for name, function, text in (
        ("describe", "described", "the shopper says what is inside, before anybody sees the deposit's note"),
        ("compare", "compared", "see the description beside the deposit's note"),
        ("sign", "signed", "both copies of the slip are signed"),
        ("approve", "approved", "the supervisor lets the door be opened, once, with the PIN"),
        ("open", "opened", "have the running front role open the door"),
    ):
        _of_case(verbs.add_parser(name, help=text), function)
    match = verbs.add_parser("match", help="decide whether description and note match")
    _of_case(match, "matched")
    decided = match.add_mutually_exclusive_group(required=True)
    decided.add_argument("--yes", dest="fits", action="store_true", help="it is the shopper's")
    decided.add_argument("--no", dest="fits", action="store_false", help="it is not: nothing is handed out")
    _why(match, required=False)
    identify = verbs.add_parser("identify", help="the shopper shows a document; name, address and number are asked for")
    _of_case(identify, "identified")
    kinds = ("identity-card", "passport", "travel-permit", "other")
    identify.add_argument("--document", choices=kinds, default="identity-card", help="default: identity-card")
    identify.add_argument("--copied", action="store_true", help="a copy of it is made, to go with the slip")
    fee = verbs.add_parser("fee", help="the fee is taken; it gets a receipt number")
    _of_case(fee, "paid")
    fee.add_argument("--received", metavar="YUAN", help="what the shopper gave (default: the fee)")
    _slip(verbs.add_parser("slip", help="both copies of the slip, as text or as PDF"))
    over = verbs.add_parser("handed-over", help="the shopper has the things again")
    _of_case(over, "handed_over")
    over.add_argument("--kept", default="", metavar="PLACE", help="where the remaining tag of the pair is kept")
    back = verbs.add_parser("held-back", help="what was inside is not what was described")
    _of_case(back, "held_back")
    _why(back, required=True)
    withdraw = verbs.add_parser("withdraw", help="the tag was found, or the shopper gave up")
    _of_case(withdraw, "withdrawn")
    _why(withdraw, required=True)
    withdraw.add_argument("--tag-found", action="store_true", help="the shopper showed it: it counts as before")
    filed = verbs.add_parser("filed", help="slip, copy and money are at the cash office")
    _of_case(filed, "filed")
    filed.add_argument("--receipt", required=True, metavar="R", help="the cash office's receipt")
    kept = verbs.add_parser("kept", help="the book of kept tags: where the tags are that were left of lost pairs")
    common(kept, as_json=True)
    as_person(kept)
    kept.set_defaults(run=command("lost_tags", "kept"))
    listed = verbs.add_parser("list", help="the lost-tag book: what is open, and the last week")
    common(listed, as_json=True)
    as_person(listed)
    listed.set_defaults(run=command("lost_tags", "listed"))


def day_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """What is signed every day, and what people are told."""
    for name, text in (
        ("count", "count the tags before opening; too few, and the manager is told at once"),
        ("census", "every tag at its own locker, after closing; what differs is listed and signed"),
    ):
        counted = verbs.add_parser(name, help=text)
        counted.description = (
            "Walks along the lockers: scan the tag that hangs at each, - for none; 12 CODE for another locker than the"
            " one that is asked for. It ends when every locker was looked at; broken off, it goes on where it was."
        )
        _of_day(counted, name)
        counted.add_argument(
            "--at",
            metavar="READER",
            help="scan at this reader of the running front role; it opens nothing until the count is over",
        )
    tidy = verbs.add_parser("tidy", help="tick the tidy list and sign it")
    tidy.add_argument("--evening", action="store_true", help="after closing (default: before opening)")
    tidy.add_argument("--language", choices=LANGUAGE_NAMES, default="zh-CN", help="of the list (default: zh-CN)")
    _of_day(tidy, "tidy")
    notices = verbs.add_parser("notices", help="what people were told and nobody has seen to yet")
    common(notices, as_json=True)
    as_person(notices)
    notices.add_argument("--seen", type=number, metavar="N", help="this one was seen to: it comes down")
    notices.set_defaults(run=command("bag_sheets", "notices"))


def _of_locker(parser: argparse.ArgumentParser, function: str) -> None:
    common(parser)
    as_person(parser)
    parser.add_argument("locker", type=locker_number, metavar="N", help="which, by position")
    parser.set_defaults(run=command("lost_tags", function))


def _of_case(parser: argparse.ArgumentParser, function: str) -> None:
    common(parser)
    as_person(parser)
    parser.add_argument("case", type=number, metavar="CASE", help="its number in the lost-tag book")
    parser.set_defaults(run=command("lost_tags", function))


def _of_day(parser: argparse.ArgumentParser, function: str) -> None:
    common(parser)
    as_person(parser)
    parser.add_argument("--later", action="store_true", help="keep what was entered, and sign it another time")
    parser.set_defaults(run=command("bag_sheets", function))


def _slip(parser: argparse.ArgumentParser) -> None:
    _of_case(parser, "slip")
    parser.add_argument("--language", choices=LANGUAGE_NAMES, default="zh-CN", help="default: zh-CN")
    parser.add_argument("--out", type=Path, metavar="F", help="write a page to print into this PDF (default: text)")
    parser.add_argument("--columns", type=int, choices=range(24, 81), default=32, metavar="C", help="of text, 24 to 80")


def _why(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--why", required=required, metavar="TEXT", help="the reason; kept with the case, encrypted")
