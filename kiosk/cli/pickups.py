"""The options of `kiosk returns pickup`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import slip_number

Verbs = argparse._SubParsersAction


def pickup_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Pick-up cards, and the tests of what is collected, beside whatever else `kiosk returns` does."""
    parser = verbs.add_parser("pickup", help="pick-up cards, and tests of what is collected or comes back")
    parser.description = (
        "In this order: issue a card for a line of a receipt, test what is collected in the shopper's presence, hand it"
        " out. The test record is what a return of an appliance asks for; one that says defective confirms the fault."
    )
    steps = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    issue = steps.add_parser("issue", help="a card for a line of a receipt; prints it")
    common(issue)
    as_person(issue)
    issue.add_argument("receipt", metavar="RECEIPT", help="the receipt's number, as printed")
    issue.add_argument("line", type=slip_number, metavar="LINE", help="which line of it, 1 for the first")
    issue.set_defaults(run=command("pickups", "issue"))
    test = _of_card(steps, "test", "what was tried of a card's goods, and what came of it; prints the record")
    _of_test(test)
    test.set_defaults(run=command("pickups", "test"))
    here = steps.add_parser("test-return", help="the same at the return desk, of what comes back")
    common(here)
    as_person(here)
    here.add_argument("receipt", metavar="RECEIPT", help="the receipt's number, as printed")
    here.add_argument("line", type=slip_number, metavar="LINE", help="which line of it, 1 for the first")
    _of_test(here)
    here.set_defaults(run=command("pickups", "test_return"))
    hand_out = _of_card(steps, "hand-out", "the goods are the shopper's, for the papers that came in with the card")
    hand_out.add_argument("--invoice", action="store_true", help="the invoice was there")
    hand_out.add_argument("--receipt", action="store_true", help="the receipt was there")
    hand_out.set_defaults(run=command("pickups", "hand_out"))
    void = _of_card(steps, "void", "the card is worth nothing; its number stays used; prints it so")
    void.add_argument("--why", required=True, metavar="TEXT", help="for whoever asks later; nothing personal")
    void.set_defaults(run=command("pickups", "void"))
    show = _of_card(steps, "show", "one card with its tests", as_json=True)
    show.set_defaults(run=command("pickups", "show"))
    listed = steps.add_parser("list", help="cards whose goods still wait")
    common(listed, as_json=True)
    as_person(listed)
    listed.set_defaults(run=command("pickups", "listed"))
    printed = _of_card(steps, "print", "the card and its test records as PDF")
    printed.add_argument("--pdf", type=Path, metavar="F", required=True, help="write them into this PDF")
    printed.set_defaults(run=command("pickups", "printed"))


def _of_card(
    steps: Verbs[argparse.ArgumentParser], name: str, text: str, *, as_json: bool = False
) -> argparse.ArgumentParser:
    verb = steps.add_parser(name, help=text)
    common(verb, as_json=as_json)
    as_person(verb)
    verb.add_argument("card", type=slip_number, metavar="CARD", help="its number")
    return verb


def _of_test(verb: argparse.ArgumentParser) -> None:
    tried = ("look", "parts", "power", "works", "quiet")
    verb.add_argument("--serial", required=True, metavar="S", help="the serial number on the article")
    verb.add_argument("--tried", nargs="+", choices=tried, default=list(tried), help="default: all of it")
    verb.add_argument("--found", nargs="*", choices=tried, default=[], help="of these, what is not as it should be")
    verb.add_argument("--note", default="", metavar="TEXT", help="what is wrong; nothing personal")
