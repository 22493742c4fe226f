"""What hangs at a locker: a code that somebody read while counting the tags, as a plaque or as why it is none."""

from __future__ import annotations

from kiosk.ports.tags import TagBook
from kiosk.rules.lockers.census import Hanging
from kiosk.rules.lockers.codes import read
from kiosk.rules.lockers.tags import Chip, Plaque, TagKey
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
