"""The receipts of the tills: `kiosk returns import`, `kiosk returns receipt`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kiosk.app.commands.share import DONE, PROBLEMS, bar, places_in_use, print_json
from kiosk.app.places import Places
from kiosk.app.receipts import drop_folder, imported_receipts, reading, receipts_of
from kiosk.app.returns import return_desk
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.errors import KioskError
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.returns.goods import folded
from kiosk.rules.returns.receipt import Receipt, shown_quantity
from kiosk.rules.returns.receipt_number import Unknown, read
from kiosk.tills.drop_folder import Handled
from kiosk.tills.export import BadExport, CutOff

NEWEST = 10


def take(arguments: argparse.Namespace) -> int:
    """Exports into the receipts; exit code 1 where one could not be taken."""
    where = places_in_use(arguments)
    site = load_site(where.site)
    return_desk(site)
    handled = list(_named(site, where, arguments.files) if arguments.files else _dropped(site, where))
    if arguments.json:
        print_json([_values(one) for one in handled])
    else:
        for one in handled:
            sys.stdout.write(_told(one) + "\n")
        unlisted = _unlisted(site, where) if any(one.taken for one in handled) else ()
        if unlisted:
            listed = "、".join(unlisted[:20]) + (", …" if len(unlisted) > 20 else "")
            sys.stdout.write(f"other goods, as schedules/returns.toml does not list their categories: {listed}\n")
        if not handled:
            sys.stdout.write(f"nothing lies in {where.state / return_desk(site).drop}\n")
    return PROBLEMS if any(one.taken is None for one in handled) else DONE


def look_up(arguments: argparse.Namespace) -> int:
    """One receipt, with its lines."""
    where = places_in_use(arguments)
    site = load_site(where.site)
    if arguments.number is None:
        return _newest(site, where, as_json=arguments.json)
    number = read(arguments.number, return_desk(site).form)
    if isinstance(number, Unknown):
        raise KioskError(f"{arguments.number[:40]!r} is {number.value}; ours look like {return_desk(site).form.text}")
    with closing(receipts_of(site, where)) as source:
        receipt = source.find(number)
    if receipt is None:
        raise KioskError(f"no till knows receipt {number}; was its export imported? (kiosk returns import)")
    if arguments.json:
        print_json(_receipt_values(receipt))
        return DONE
    sys.stdout.write(_receipt_told(receipt) + "\n")
    return DONE


def _unlisted(site: Site, where: Places) -> tuple[str, ...]:
    """The categories that the tills print and today's policy does not know."""
    known = return_desk(site).book.on(datetime.now(site.zone_info).date()).categories
    return tuple(one for one in imported_receipts(site, where).categories() if folded(one) not in known)


def _newest(site: Site, where: Places, *, as_json: bool) -> int:
    receipts = imported_receipts(site, where)
    found = [receipt for number in receipts.latest(NEWEST) if (receipt := receipts.find(number)) is not None]
    if as_json:
        print_json([_receipt_values(receipt) for receipt in found])
    else:
        sys.stdout.write("".join(_receipt_told(receipt) + "\n" for receipt in found) or "no receipt was imported yet\n")
    return DONE


def _named(site: Site, where: Places, files: Iterable[Path]) -> Iterable[Handled]:
    """Files stay where they are."""
    receipts = imported_receipts(site, where)
    for file in files:
        try:
            with bar(file.name) as progress:
                yield Handled(file.name, receipts.take(file, reading(site, datetime.now(site.zone_info)), progress))
        except CutOff as cut:
            yield Handled(file.name, waits=str(cut))
        except BadExport as bad:
            yield Handled(file.name, mistakes=bad.mistakes)


def _dropped(site: Site, where: Places) -> Iterable[Handled]:
    with bar("exports") as progress:
        yield from drop_folder(site, where).take(reading(site, datetime.now(site.zone_info)), progress)


def _told(handled: Handled) -> str:
    taken = handled.taken
    if handled.mistakes:
        return f"{handled.name}: nothing of it was taken\n" + "\n".join(f"  {one}" for one in handled.mistakes)
    if taken is None:
        return f"{handled.name}: it waits until it is whole: {handled.waits}"
    if taken.before is not None:
        return f"{handled.name}: was taken on {taken.before:%Y-%m-%d %H:%M} already; nothing was done"
    known = f", {taken.known} of them known already" if taken.known else ""
    return f"{handled.name}: {taken.receipts} receipts{known}, {taken.lines} lines"


def _values(handled: Handled) -> dict[str, object]:
    taken = handled.taken
    return {
        "file": handled.name,
        "taken": taken is not None,
        "receipts": 0 if taken is None else taken.receipts,
        "lines": 0 if taken is None else taken.lines,
        "known": 0 if taken is None else taken.known,
        "taken_before": None if taken is None or taken.before is None else taken.before.isoformat(),
        "waits": handled.waits or None,
        "mistakes": [{"line": one.line, "what": one.what, "remedy": one.remedy} for one in handled.mistakes],
    }


def _receipt_values(receipt: Receipt) -> dict[str, object]:
    return {
        "number": receipt.number,
        "bought": receipt.bought.isoformat(),
        "till": receipt.till,
        "member": bool(receipt.member),
        "invoiced": receipt.invoiced,
        "total_fen": receipt.total_fen,
        "lines": [
            {
                "n": line.n,
                "item": line.item,
                "barcode": line.barcode,
                "name": line.name,
                "category": line.category,
                "quantity": shown_quantity(line.quantity_milli),
                "unit_price_fen": line.unit_price_fen,
                "clearance": line.clearance,
                "appliance": line.appliance,
                "serial": line.serial,
            }
            for line in receipt.lines
        ],
    }


def _receipt_told(receipt: Receipt) -> str:
    marks = ", a member's" * bool(receipt.member) + ", invoiced" * receipt.invoiced
    lines = [f"{receipt.number}, {receipt.bought:%Y-%m-%d %H:%M}, till {receipt.till}{marks}"]
    for line in receipt.lines:
        marks = " clearance" * line.clearance + " appliance" * line.appliance + f" {line.serial}" * bool(line.serial)
        lines.append(
            f"  {line.n:>3}  {line.item:<10} {line.name} ({line.category or '-'})"
            f"  {shown_quantity(line.quantity_milli)} × {shown_fen(line.unit_price_fen)}{marks}"
        )
    return "\n".join([*lines, f"  total {shown_fen(receipt.total_fen)}"])
