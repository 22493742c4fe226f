"""The options of `kiosk returns slip`, `register` and `handover`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import date, slip_number

Verbs = argparse._SubParsersAction


def slip_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The clerk's flow and the end of the day, beside whatever else `kiosk returns` does."""
    _slip(verbs.add_parser("slip", help="return and exchange slips, from the clerk to the door"))
    shown = verbs.add_parser("register", help="the day's slips by number; totals, stock, signature")
    common(shown, as_json=True)
    as_person(shown)
    shown.add_argument("--date", type=date, metavar="D", help="the business day (default: today)")
    shown.add_argument("--csv", type=Path, metavar="F", help="write the register into this CSV file")
    shown.add_argument("--pdf", type=Path, metavar="F", help="write the register into this PDF, A4 landscape")
    shown.add_argument("--stock", type=Path, metavar="F", help="write the stock corrections into this CSV file")
    shown.add_argument("--sign", action="store_true", help="the lead signs it")
    stock = shown.add_mutually_exclusive_group()
    stock.add_argument(
        "--told", action="store_true", help="the stock's own system is told of what it was not; --stock has that alone"
    )
    stock.add_argument("--not-told", action="store_true", help="the last --told, here or at the screen, was wrong")
    shown.set_defaults(run=command("return_register", "show"))
    handover = verbs.add_parser("handover", help="what each department takes back to its floor, and signs for")
    common(handover)
    as_person(handover)
    handover.add_argument("--date", type=date, metavar="D", help="the business day (default: today)")
    handover.add_argument("--department", default="", metavar="X", help="only this one")
    handover.add_argument("--pdf", type=Path, metavar="F", help="write a page for each department into this PDF")
    handover.add_argument("--sign", action="store_true", help="the department signs for its own")
    handover.set_defaults(run=command("return_register", "handover"))


def _slip(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "In this order: fill, sign (the shopper did, on paper), approve (the supervisor; prints three copies), stamp"
        " (the receipt), then pay a return, or redeem an exchange at the till and check it at the door. void needs two."
    )
    steps = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    fill = steps.add_parser("fill", help="a new slip; article, member card, phone and damage are asked for")
    common(fill)
    as_person(fill)
    fill.add_argument("receipt", metavar="RECEIPT", help="the receipt's number, as printed")
    fill.add_argument("line", type=slip_number, metavar="LINE", help="which line of it, 1 for the first")
    fill.add_argument("--kind", choices=("return", "exchange"), default="return", help="default: return")
    fill.add_argument("--quantity", default="1", metavar="Q", help="pieces, or kilograms as 0.535 (default: 1)")
    fill.add_argument("--reason", required=True, metavar="TEXT", help="why it comes back; nothing personal")
    goods = ("floor", "supplier", "scrap")
    fill.add_argument("--goods", choices=goods, default="floor", help="what becomes of it (default: floor)")
    fill.add_argument("--serial", default="", metavar="S", help="on the article, where the receipt names it")
    fill.add_argument("--fresh", action="store_true", help="fresh or frozen: its department is told at once")
    fill.add_argument("--spoiled", action="store_true", help="spoiled or expired: the floor supervisor is told at once")
    fill.set_defaults(run=command("return_slips", "fill"))
    for name, text in (
        ("sign", "the shopper has signed on the paper"),
        ("stamp", "the receipt's line is stamped returned or exchanged"),
        ("pay", "the cashier pays a return out, and signs"),
    ):
        verb = _of_slip(steps, name, text)
        verb.set_defaults(run=command("return_slips", "step"), verb=name)
    _of_slip(steps, "approve", "check every field and approve; prints the three copies").set_defaults(
        run=command("return_slips", "approve")
    )
    for name, text in (
        ("redeem", "the till takes an exchange slip as cash, once; no change is given"),
        ("check", "at the door: the new goods are those of the slip"),
    ):
        verb = steps.add_parser(name, help=text)
        common(verb)
        as_person(verb)
        verb.add_argument("code", metavar="CODE", help="what the square on the slip says")
        verb.add_argument("--price", required=True, metavar="YUAN", help="of the new goods, as 150.00")
        verb.set_defaults(run=command("return_slips", "redeem"), verb=name)
    void = _of_slip(steps, "void", "make it void with two signatures; its number stays used")
    void.add_argument("--clerk", required=True, metavar="ID", help="who signs beside the supervisor")
    void.add_argument("--clerk-pin-file", type=Path, metavar="F", help="the clerk's PIN (default: it is asked for)")
    void.add_argument("--why", required=True, metavar="TEXT", help="for whoever asks later")
    void.set_defaults(run=command("return_slips", "void"))
    show = _of_slip(steps, "show", "one slip with everything on it; who looks is logged", as_json=True)
    show.set_defaults(run=command("return_slips", "show"))
    listed = steps.add_parser("list", help="slips that wait for a step")
    common(listed, as_json=True)
    as_person(listed)
    listed.set_defaults(run=command("return_slips", "listed"))
    printed = _of_slip(steps, "print", "its three copies as PDF, or once more on a printer, marked as copies")
    printed.add_argument("--pdf", type=Path, metavar="F", help="write them into this PDF")
    printed.add_argument("--printer", default="", metavar="ID", help="one of [[printers]] (default: the first)")
    printed.set_defaults(run=command("return_slips", "printed"))


def _of_slip(
    steps: Verbs[argparse.ArgumentParser], name: str, text: str, *, as_json: bool = False
) -> argparse.ArgumentParser:
    verb = steps.add_parser(name, help=text)
    common(verb, as_json=as_json)
    as_person(verb)
    verb.add_argument("slip", type=slip_number, metavar="SLIP", help="its number")
    return verb
