"""The queue's board in a terminal: who is called where, who is next, how long it may take (S07)."""

from __future__ import annotations

from datetime import datetime

from rich.align import Align
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from kiosk.display.screens.queue_board import TOPICS
from kiosk.display.words import Say, words
from kiosk.rules.service.queue_board import SHOWN, Board, Place, minutes
from kiosk.units import Language

WIDEST = 100


def board_text(board: Board, store: str, language: Language, now: datetime, width: int) -> RenderableType:
    """The whole board, in the language of the store's slips."""
    say = words(language)
    head = Text.assemble((store, "bold"), "   ", (f"{now:%H:%M:%S}", "dim"), justify="center")
    places = [_place(place, say, now) for place in board.places]
    following = board.following
    lines: list[RenderableType] = [head, Text(), Columns(places, equal=True, align="center"), Text()]
    if following is None:
        lines.append(Text(say("Nobody waits"), "dim", justify="center"))
    else:
        lines.append(Text(f"{say('Please get ready')}  {following.shown}", "bold cyan", justify="center"))
        lines.append(Text("  ".join(one.shown for one in board.waiting[:SHOWN]), justify="center"))
        for topic, wait_s in board.waits_s:
            about = say("About {minutes} min").format(minutes=minutes(wait_s))
            lines.append(Text(f"{say(TOPICS[topic])}: {about}", "dim", justify="center"))
    if board.missed:
        missed = "  ".join(one.shown for one in board.missed)
        lines.append(Text(f"{say('Missed: please show your ticket at a desk')}  {missed}", "yellow", justify="center"))
    return Align.center(Panel(Group(*lines), width=min(width, WIDEST), padding=(1, 2)))


def _place(place: Place, say: Say, now: datetime) -> Panel:
    style = "dim"
    if place.ticket is not None:
        shown, style = place.ticket.shown, "bold green"
        if place.fresh:
            style = "bold black on bright_yellow" if now.second % 2 else "bold bright_yellow"
    else:
        shown = say("Free") if place.open else say("Closed")
    return Panel(Text(shown, style, justify="center"), title=say("Desk {desk}").format(desk=place.desk), width=18)
