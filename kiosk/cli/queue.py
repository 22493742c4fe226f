"""The options of `kiosk queue`."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import desk_number

if TYPE_CHECKING:
    from kiosk.rules.service.queue import Topic

TOPICS = ("service", "returns")  # as the rules have them; importing these would keep every command waiting
_NUMBER = re.compile(r"([A-Za-z])0*([1-9]\d{0,5})")


def queue_options(parser: argparse.ArgumentParser) -> None:
    """Anybody takes a number; whoever calls one is a registered person with a PIN."""
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    take = verbs.add_parser("take", help="take a number; its ticket is printed where there is a printer")
    common(take)
    take.add_argument("--topic", choices=TOPICS, default="service", help="what for (default: service)")
    take.add_argument("--printer", default="", metavar="ID", help="one of [[printers]] (default: the first)")
    take.add_argument("--unprinted", action="store_true", help="only tell the number")
    take.set_defaults(run=command("queue", "take"))
    following = verbs.add_parser("next", help="call whoever waits longest to a desk; who was there before is served")
    common(following)
    as_person(following)
    following.add_argument("--desk", type=desk_number, required=True, metavar="N", help="which desk calls, 1 to 20")
    following.add_argument(
        "--topic", choices=TOPICS, action="append", default=[], help="only for this; may be repeated"
    )
    following.set_defaults(run=command("queue", "call_next"))
    for name, text in (
        ("recall", "call a number again"),
        ("no-show", "nobody came: called twice, and a minute has passed since"),
        ("back", "somebody who had missed the number is here: it is the next one called"),
        ("served", "a number's matter is settled, and nobody is called yet"),
        ("left", "somebody does not want to wait any more"),
    ):
        verb = verbs.add_parser(name, help=text)
        common(verb)
        as_person(verb)
        verb.add_argument("number", type=queue_number, metavar="NUMBER", help="as it is printed: R012")
        verb.set_defaults(run=command("queue", "step"), verb=name)
    opened = verbs.add_parser("open", help="a desk serves these from now on")
    common(opened)
    as_person(opened)
    opened.add_argument("--desk", type=desk_number, required=True, metavar="N", help="which desk, 1 to 20")
    opened.add_argument("--topic", choices=TOPICS, action="append", default=[], help="only this; may be repeated")
    opened.set_defaults(run=command("queue", "open_desk"))
    closed = verbs.add_parser("close", help="a desk calls nobody until it is opened")
    common(closed)
    as_person(closed)
    closed.add_argument("--desk", type=desk_number, required=True, metavar="N", help="which desk, 1 to 20")
    closed.set_defaults(run=command("queue", "close_desk"))
    board = verbs.add_parser("board", help="what everybody may see, large, until Ctrl-C")
    common(board)
    board.add_argument("--window", action="store_true", help="in a window instead of the terminal, for a display")
    board.add_argument("--display", type=display_number, metavar="N", help="over the whole of this display, from 0")
    board.add_argument(
        "--size", type=panel_size, default=(1280, 800), metavar="WxH", help="of the window (default: 1280x800)"
    )
    board.add_argument("--once", action="store_true", help="draw it once")
    board.set_defaults(run=command("queue", "board"))
    shown = verbs.add_parser("show", help="who is called where, and who waits")
    common(shown, as_json=True)
    shown.set_defaults(run=command("queue", "show"))


def display_number(text: str) -> int:
    if not text.isdecimal() or int(text) > 7:
        raise argparse.ArgumentTypeError(f"{text!r} is no display: write 0 to 7")
    return int(text)


def panel_size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 640 <= max(int(width), int(height)) <= 7680):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write one as 1920x1080")
    return int(width), int(height)


def queue_number(text: str) -> tuple[Topic, int]:
    from kiosk.rules.service.queue import LETTERS

    found = _NUMBER.fullmatch(text)
    topics = {letter: topic for topic, letter in LETTERS.items()}
    if found is None or found[1].upper() not in topics:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of the queue such as R012")
    return topics[found[1].upper()], int(found[2])
