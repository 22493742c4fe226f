"""The options of `kiosk lockers`."""

from __future__ import annotations

import argparse

from kiosk.cli.bag_day import day_verbs, lost_verbs
from kiosk.cli.locker_tags import tag_verbs
from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import locker_number, locker_numbers


def lockers_options(parser: argparse.ArgumentParser) -> None:
    """Every verb but demo wants a registered person and their PIN, and stands in the audit chain."""
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    status = verbs.add_parser("status", help="how every locker stands, those that a person is to look after first")
    common(status, as_json=True)
    as_person(status)
    status.set_defaults(run=command("lockers", "status"))
    _open(verbs.add_parser("open", help="open lockers without their tag, or every door in an emergency"))
    _confirm(verbs.add_parser("confirm", help="say what was found in lockers: empty, or as it should be"))
    for name, text, why in (
        ("quarantine", "its tag is lost or doubtful: it is given to nobody until it has another", "its tag is lost"),
        ("trust", "its tag was doubted, and is good after all: it opens its locker again", "the shopper showed it"),
        ("withdraw", "take it out of service: broken, or needed otherwise", "its hinge is broken"),
    ):
        verb = verbs.add_parser(name, help=text)
        common(verb)
        as_person(verb)
        verb.add_argument("lockers", type=locker_numbers, metavar="N", help="which, by position: 5, or 1-6,9")
        verb.add_argument("--why", required=True, metavar="TEXT", help=f'for whoever asks later, as "{why}"')
        verb.set_defaults(run=command("lockers", "care"), care=name)
    renumber = verbs.add_parser("renumber", help="give a locker a tag of a new generation, or a substitute number")
    common(renumber)
    as_person(renumber)
    renumber.add_argument("locker", type=locker_number, metavar="N", help="which, by position")
    other = renumber.add_mutually_exclusive_group()
    other.add_argument(
        "--number", type=locker_number, metavar="M", help="what its new tag says (default: its position)"
    )
    other.add_argument(
        "--substitute", action="store_true", help="a number that no locker has, until its own has a pair"
    )
    renumber.set_defaults(run=command("lockers", "renumber"))
    tag_verbs(verbs.add_parser("tags", help="the tags of the lockers: print, list, withdraw, chip, rotate"))
    lost_verbs(verbs.add_parser("lost", help="a shopper lost the tag: the procedure, step by step"))
    day_verbs(verbs)
    _demo(verbs.add_parser("demo", help="be a shopper at the simulated bank of kiosk demo"))


def _open(parser: argparse.ArgumentParser) -> None:
    common(parser)
    as_person(parser)
    parser.add_argument("lockers", nargs="?", type=locker_numbers, metavar="N", help="which, by position: 5, or 1-6,9")
    parser.add_argument(
        "--purpose",
        choices=("look", "hand-out", "repair"),
        default="look",
        help="look: what is in it is doubtful; hand-out: things that stayed overnight; repair: nothing is in it",
    )
    parser.add_argument("--all", action="store_true", help="every door, one after another; with --emergency")
    parser.add_argument("--emergency", action="store_true", help="fire, or the power is failing: whatever is in them")
    parser.add_argument("--why", default="", metavar="TEXT", help="of an emergency, for the log")
    parser.add_argument("--yes", action="store_true", help="do not ask to type EMERGENCY")
    parser.set_defaults(run=command("lockers", "open_doors"))


def _confirm(parser: argparse.ArgumentParser) -> None:
    common(parser)
    as_person(parser)
    parser.add_argument("lockers", type=locker_numbers, metavar="N", help="which, by position: 5, or 1-6,9")
    found = parser.add_mutually_exclusive_group(required=True)
    found.add_argument(
        "--empty", dest="care", action="store_const", const="empty", help="nothing is in it, its tag hangs there"
    )
    found.add_argument(
        "--keeps", dest="care", action="store_const", const="keeps", help="the things of its tag are in it"
    )
    parser.add_argument("--why", default="", metavar="TEXT", help="for whoever asks later")
    parser.set_defaults(run=command("lockers", "care"))


def _demo(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.description = (
        "A deposit: ask, size small, yes, yes, put 3, shut 3, scan 3. A retrieval: scan 3, take 3, shut 3. What the"
        " screen says, and which door opens, is printed and on the board."
    )
    parser.add_argument(
        "verb",
        choices=("ask", "size", "yes", "no", "help", "scan", "pull", "put", "take", "shut", "jam", "free", "blind",
                 "mend", "force"),
        metavar="DEED",
        help="at the screen: ask, size S, yes, no, help; at locker N: scan its tag, pull, put, take, shut; and what"
        " befalls it: jam, free, blind (its sensor), mend, force",
    )  # fmt: skip
    parser.add_argument("what", nargs="?", default="", metavar="N", help="a locker, or a size: small, medium, large")
    parser.set_defaults(run=command("lockers", "play"))
