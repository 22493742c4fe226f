"""The queue before the desks: `kiosk queue take|next|recall|no-show|back|served|left|show` (S07)."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, print_json
from kiosk.app.commands.store_counter import StoreCounter
from kiosk.app.slip_counter import slip_language
from kiosk.desks.service.queue_desk import NotSo, QueueDesk
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.rules.service.queue import Event, Ticket, Topic, call_text, ticket_sheet

EVENTS = {
    "recall": Event.RECALL,
    "no-show": Event.NO_SHOW,
    "back": Event.BACK,
    "served": Event.SERVED,
    "left": Event.LEFT,
}


def take(arguments: argparse.Namespace) -> int:
    """A number for somebody; its ticket is printed where there is a printer."""
    with StoreCounter(arguments) as counter:
        ticket, ahead = _desk(counter).take(Topic(arguments.topic), counter.now)
        if counter.site.printers and not arguments.unprinted:
            language = slip_language(counter.site)
            sheet = ticket_sheet(ticket, ahead, counter.site.name[language], language)
            counter.queue.add(counter.printer(arguments.printer), sheet, counter.now, by="queue")
    sys.stdout.write(f"{ticket.shown}, {ahead} before\n")
    return DONE


def call_next(arguments: argparse.Namespace) -> int:
    """Whoever waits longest comes to this desk."""
    topics = frozenset(map(Topic, arguments.topic)) or frozenset(Topic)
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        called = _desk(counter).call_next(arguments.desk, topics, by, counter.now)
        if isinstance(called, NotSo):
            sys.stderr.write(f"kiosk: {called.why}\n")
            return PROBLEMS
        sys.stdout.write(call_text(called.ticket, called.following, slip_language(counter.site)) + "\n")
    return DONE


def step(arguments: argparse.Namespace) -> int:
    """Something happened to a number."""
    topic, number = arguments.number
    event = EVENTS[arguments.verb]
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        done = _desk(counter).do(topic, number, event, by, counter.now)
        if isinstance(done, NotSo):
            sys.stderr.write(f"kiosk: {done.why}\n")
            return PROBLEMS
        if event is Event.RECALL:
            sys.stdout.write(call_text(done.ticket, done.following, slip_language(counter.site)) + "\n")
        else:
            sys.stdout.write(f"{done.ticket.shown}: {done.ticket.stage.value}\n")
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """Who is called where, and who waits."""
    with StoreCounter(arguments) as counter:
        called, waiting = _desk(counter).shown(counter.now)
        following = waiting[0] if waiting else None
        language = slip_language(counter.site)
    if arguments.json:
        print_json({"called": [_values(one) for one in called], "waiting": [_values(one) for one in waiting]})
        return DONE
    table = Table(title="queue", title_justify="left")
    for heading in ("number", "desk", "since"):
        table.add_column(heading)
    for one in (*called, *waiting):
        table.add_row(*map(Text, (one.shown, str(one.desk) if one.desk else "waits", f"{one.since:%H:%M:%S}")))
    console = Console()
    console.print(table)
    if called:
        console.print(Text(call_text(called[0], following, language)))
    return DONE


def _desk(counter: StoreCounter) -> QueueDesk:
    return QueueDesk(LedgerQueue(lambda: counter.ledger, counter.zone))


def _values(ticket: Ticket) -> dict[str, object]:
    since = ticket.since.isoformat()
    return {"number": ticket.shown, "topic": ticket.topic.value, "desk": ticket.desk, "since": since}
