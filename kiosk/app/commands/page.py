"""Pages: `kiosk page guest|staff NAME`, `kiosk page list|slips`, and what an announcer decides about one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table

from kiosk.app.broadcast_hatch import message_of
from kiosk.app.commands.share import DONE, PROBLEMS, ledger_to_read, places_in_use, places_of, print_json
from kiosk.app.commands.who import ask_role
from kiosk.config.load import load_site
from kiosk.desks.broadcast.messages import PageAsked, PageStep
from kiosk.rules.broadcast.page_check import Refused, check
from kiosk.rules.broadcast.page_watch import MessageSlip, Page, Stage
from kiosk.rules.broadcast.paging import called, clause, wording
from kiosk.rules.service.asking import taker
from kiosk.rules.speech.normaliser import unsayable

RECENT = timedelta(hours=24)


def page(arguments: argparse.Namespace) -> int:
    """Page somebody through the running role; a page that is not right is told with the form that would be (B12)."""
    asked = {
        "do": "page",
        "to": arguments.whom,
        "title": arguments.title,
        "name": arguments.name,
        "reason": arguments.reason,
        "place": arguments.place,
        "plate": arguments.plate,
        "language": arguments.language,
        "zones": arguments.zone,
        "caller": arguments.caller,
        "number": arguments.number,
        "park": arguments.park,
    }
    message = message_of(asked)
    assert isinstance(message, PageAsked)
    request = message.request
    zones = {zone.id for zone in load_site(places_of(arguments).site).zones}
    lacking = unsayable(request.name, request.language) + unsayable(request.place, request.language)
    verdict = check(request, zones=zones, unsayable=lacking)
    if isinstance(verdict, Refused):
        sys.stderr.write(f"kiosk: {verdict.field}: {verdict.why}\n")
        return PROBLEMS
    if arguments.say:
        sys.stdout.write(f"{wording(verdict.request)}\n")
        return DONE
    return _told(ask_role(arguments, asked))


def step(arguments: argparse.Namespace) -> int:
    """Approve, decline, confirm, withdraw, tick off."""
    why = getattr(arguments, "why", "")
    if arguments.step == PageStep.DELIVERED.value:
        why = taker({"taker": "other", "taker_name": arguments.to} if arguments.to else {})
    return _told(ask_role(arguments, {"do": "page-step", "step": arguments.step, "n": arguments.n or 0, "why": why}))


def listed(arguments: argparse.Namespace) -> int:
    """The open pages, and those of the last day."""
    pages = _pages(arguments)
    if arguments.json:
        print_json([_values(one) for one in pages])
        return DONE
    table = Table(title="pages", title_justify="left")
    for heading in ("page", "asked", "who", "stage", "since", "by", "asked after", "why"):
        table.add_column(heading, justify="right" if heading == "page" else "left", overflow="fold")
    for one in pages:
        table.add_row(
            str(one.n),
            f"{one.asked:%H:%M:%S}",
            _who(one),
            one.stage.value,
            f"{one.since:%H:%M:%S}",
            one.operator,
            f"{one.questions}×" if one.questions else "",
            one.why,
            style="" if one.stage in (Stage.REQUESTED, Stage.CALLED, Stage.SLIP) else "dim",
        )
    Console().print(table)
    return DONE


def slips(arguments: argparse.Namespace) -> int:
    """The message slips that wait to be delivered, ready to be printed (B20, S18)."""
    waiting = [(one, one.slip) for one in _pages(arguments) if one.stage is Stage.SLIP and one.slip is not None]
    if arguments.json:
        print_json([_slip_values(one, slip) for one, slip in waiting])
    elif not waiting:
        sys.stdout.write("no message slip waits to be delivered\n")
    else:
        sys.stdout.write("\n".join(_slip_text(one, slip) for one, slip in waiting))
    return DONE


def _pages(arguments: argparse.Namespace) -> tuple[Page, ...]:
    from kiosk.ledger.pages import LedgerPages

    where = places_in_use(arguments)
    zone = load_site(where.site).zone_info
    with ledger_to_read(where) as ledger:
        return LedgerPages(lambda: ledger, zone).since(datetime.now(zone) - RECENT)


def _told(answer: Mapping[str, Any]) -> int:
    if answer.get("said"):
        sys.stdout.write(f"{answer['said']}\n")
    return DONE


def _who(one: Page) -> str:
    """The person as the page calls them; once names are forgotten, only the kind of person."""
    if one.request.name or one.request.plate:
        return called(one.request)
    return f"{one.request.whom.value}, {one.request.title.value}"


def _values(one: Page) -> dict[str, Any]:
    request = one.request
    return {
        "page": one.n,
        "stage": one.stage.value,
        "since": one.since.isoformat(timespec="milliseconds"),
        "asked": one.asked.isoformat(timespec="milliseconds"),
        "aired": None if one.aired is None else one.aired.isoformat(timespec="milliseconds"),
        "questions": one.questions,
        "origin": one.origin.value,
        "operator": one.operator,
        "to": request.whom.value,
        "title": request.title.value,
        "name": request.name,
        "reason": None if request.reason is None else request.reason.value,
        "place": request.place,
        "plate": request.plate,
        "language": request.language,
        "zones": list(request.zones),
        "caller": one.caller,
        "number": one.number,
        "why": one.why,
        "says": clause(request) if request.name or request.plate else "",
    }


def _slip_values(one: Page, slip: MessageSlip) -> dict[str, Any]:
    return {
        "page": one.n,
        "who": slip.who,
        "for_whom": slip.for_whom,
        "number": slip.number,
        "what": slip.what,
        "when": slip.when.isoformat(timespec="milliseconds"),
        "written": one.since.isoformat(timespec="milliseconds"),
    }


def _slip_text(one: Page, slip: MessageSlip) -> str:
    """The slip as it is printed; what nobody said is a line to write on."""
    blank = "_" * 24
    lines = (
        f"MESSAGE SLIP {one.n}",
        f"  for     {slip.for_whom}",
        f"  from    {slip.who or blank}",
        f"  number  {slip.number or blank}",
        f"  what    {slip.what}",
        f"  when    {slip.when:%Y-%m-%d %H:%M}",
        f"  delivered {blank}",
    )
    return "\n".join(lines) + "\n"
