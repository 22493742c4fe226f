"""The queue before the desks: `kiosk queue take|next|recall|no-show|back|served|left|open|close|board|show` (S07)."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from datetime import datetime
from threading import Event as Pause

from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from kiosk.app.bag_day import store_day_of
from kiosk.app.commands.share import DONE, PROBLEMS, print_json
from kiosk.app.commands.store_counter import StoreCounter
from kiosk.app.slip_counter import slip_language
from kiosk.desks.service.queue_desk import NotSo, QueueDesk
from kiosk.display.queue_text import board_text
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.rules.service.queue import Event, Ticket, Topic, call_text, ticket_sheet
from kiosk.rules.service.queue_board import EVERYTHING
from kiosk.units import LANGUAGES

MM_AFAR = 0.4  # to a pixel: nobody touches this display, and its words are set by its height alone

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


def open_desk(arguments: argparse.Namespace) -> int:
    """A desk serves these from now on."""
    return _opened(arguments, frozenset(map(Topic, arguments.topic)) or EVERYTHING)


def close_desk(arguments: argparse.Namespace) -> int:
    """A desk calls nobody until it is opened."""
    return _opened(arguments, frozenset())


def _opened(arguments: argparse.Namespace, topics: frozenset[Topic]) -> int:
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        wrong = _desk(counter).open(arguments.desk, topics, by, counter.now)
        if wrong is not None:
            sys.stderr.write(f"kiosk: {wrong.why}\n")
            return PROBLEMS
        served = ", ".join(sorted(topic.value for topic in topics))
        sys.stdout.write(f"desk {arguments.desk}: {served or 'closed'}\n")
        return DONE


def board(arguments: argparse.Namespace) -> int:
    """What everybody may see, large; drawn anew each second until Ctrl-C."""
    with StoreCounter(arguments) as counter:
        if arguments.window or arguments.display is not None:
            return _hung(arguments, counter)
        desk, language = _desk(counter), slip_language(counter.site)
        store, desks = counter.store_name(language), counter.site.queue.desks
        console, pause = Console(), Pause()

        def drawn() -> RenderableType:
            now = datetime.now(counter.zone)
            return board_text(desk.board(desks, now), store, language, now, console.size.width)

        if arguments.once or not console.is_terminal:
            console.print(drawn())
            return DONE
        with Live(drawn(), console=console, screen=True, auto_refresh=False) as live, suppress(KeyboardInterrupt):
            while not pause.wait(1.0):
                live.update(drawn(), refresh=True)
    return DONE


def _hung(arguments: argparse.Namespace, counter: StoreCounter) -> int:
    """On a display of its own, until its window is closed. Raises DeviceFault."""
    from kiosk.app.queue_board import BoardFace, board_watch  # pygame
    from kiosk.display.theme import Panel
    from kiosk.display.window import Opening, Window

    site, (width, height) = counter.site, arguments.size
    panel = Panel(width, height, width * MM_AFAR)
    opening = Opening(panel, arguments.display is not None, counter.store_name(LANGUAGES[0]), arguments.display or 0)
    face = BoardFace(
        panel, site.name, site.speech.languages, board_watch(site, lambda: counter.ledger), lambda: counter.now
    )
    with Window(opening) as window, suppress(KeyboardInterrupt):
        window.run(face)
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
    return QueueDesk(LedgerQueue(lambda: counter.ledger, counter.zone), store_day_of(counter.site))


def _values(ticket: Ticket) -> dict[str, object]:
    since = ticket.since.isoformat()
    return {"number": ticket.shown, "topic": ticket.topic.value, "desk": ticket.desk, "since": since}
