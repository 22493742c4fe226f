"""The verbs of `kiosk lockers tags`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import days, locker_number, locker_numbers


def tag_verbs(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    make = verbs.add_parser("print", help="plaque sheets as PDF or on a printer: new ones, or once more")
    make.add_argument("--numbers", type=locker_numbers, metavar="N", help="1-24,30 (default: those of every locker)")
    make.add_argument("--size", choices=("fob", "card", "door"), default="card", help="40×60, 85.6×54, 120×80 mm")
    make.add_argument("--paper", choices=("a4", "letter"), default="a4", help="default: a4")
    make.add_argument("--copies", type=int, choices=range(1, 5), default=1, help="of each: 2 for pairs (default: 1)")
    target = make.add_mutually_exclusive_group()
    target.add_argument(
        "--out", type=Path, default=Path("plaques.pdf"), metavar="F", help="the file (default: plaques.pdf)"
    )
    target.add_argument("--printer", nargs="?", const="", metavar="P", help="print on this one, or on the usual one")
    listed = verbs.add_parser("list", help="the plaques that there are, and which are to be printed again")
    listed.add_argument("--all", action="store_true", help="also those that were withdrawn")
    withdraw = verbs.add_parser("withdraw", help="a plaque or a ticket is lost: it opens nothing any more")
    withdraw.add_argument("--ticket", action="store_true", help="the ticket of what lies in it, not its plaque")
    withdraw.add_argument("number", type=locker_number, metavar="N", help="the number on it")
    withdraw.add_argument("--why", required=True, metavar="TEXT", help="the reason, for the log")
    chip = verbs.add_parser("chip", help="an RFID chip stands for a plaque")
    chip.add_argument("number", type=locker_number, metavar="N", help="the number on the plaque")
    chip.add_argument("chip", metavar="CHIP", help="what the reader reads of it: 8 to 16 hexadecimal digits")
    admit = verbs.add_parser("admit", help="after too many wrong ones, and a look: short codes and chips count again")
    common(admit)
    as_person(admit)
    admit.add_argument("--at", default="", metavar="READER", help="at this reader or screen only (default: everywhere)")
    admit.set_defaults(run=command("lockers", "admit"))
    rotate = verbs.add_parser("rotate", help="sign with a new key; print the plaques again while the old one counts")
    how_long = rotate.add_mutually_exclusive_group()
    how_long.add_argument(
        "--overlap", type=days, default=30, metavar="D", help="so many days the old one counts (default: 30)"
    )
    how_long.add_argument("--at-once", action="store_true", help="the key is known to others: no tag counts any more")
    for verb, name in (
        (make, "printed"),
        (listed, "listed"),
        (withdraw, "withdraw"),
        (chip, "chip"),
        (rotate, "rotated"),
    ):
        common(verb, as_json=verb is listed)
        if verb is not listed:
            as_person(verb)
        verb.set_defaults(run=command("locker_tags", name))
