"""What hangs at a locker: a code that somebody read while counting the tags, as a plaque or as why it is none."""

from __future__ import annotations

from kiosk.ports.tags import TagBook
from kiosk.rules.lockers.census import Hanging
from kiosk.rules.lockers.codes import read
from kiosk.rules.lockers.lost_tag import Case
from kiosk.rules.lockers.tags import Chip, Plaque, TagKey, Ticket, Typed
from kiosk.rules.lockers.verdicts import Refused


def hanging(text: str, keys: tuple[TagKey, ...], book: TagBook) -> Hanging | str:
    """The plaque that a text is, or why it is none that can be believed. Raises LedgerFault for a chip."""
    tag = read(text, keys)
    if isinstance(tag, Chip):
        issued = book.issued(tag)
        tag = tag if issued is None else issued.tag
    match tag:
        case Plaque(number, generation):
            return Hanging(number, generation)
        case Refused(reason):
            return f"not genuine: {reason.value}"
        case _:
            return "no plaque"


def is_tag_of(case: Case, text: str, keys: tuple[TagKey, ...], book: TagBook) -> bool:
    """Whether a text is the tag that a shopper had lost. Raises LedgerFault for a chip or a typed code."""
    tag = read(text, keys)
    if isinstance(tag, Chip | Typed):
        issued = book.issued(tag)
        tag = tag if issued is None else issued.tag
    match tag:
        case Plaque(number, generation):
            return (number, generation) == (case.number, case.generation)
        case Ticket(deposit=deposit):
            return deposit == case.deposit
        case _:
            return False
