"""Numbers that are called aloud: which calls are still to be heard, and in which words (S07)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from kiosk.rules.service.queue import Stage, Ticket, call_text
from kiosk.units import Language, ZoneId


class Heard(Enum):
    """What became of a call; the values are what the ledger says."""

    ASKED = "asked"  # it is still to be heard
    AIRED = "aired"
    OVERTAKEN = "overtaken"  # called again since, or somebody came, left or was given up
    LAPSED = "lapsed"  # the song before it was too long
    FAILED = "failed"  # no voice can say it, or it cannot be played


@dataclass(frozen=True, slots=True)
class Call:
    """A number that was called to a desk, for the first time or again. ticket: as it stands now. at: of the call."""

    n: int
    ticket: Ticket
    at: datetime
    desk: int


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """aloud: numbers are called over the loudspeakers. ready: so is who comes next. stale_s: a call that was not heard
    for so long is heard no more. together: so many calls are one announcement. zones: where they are heard, none for
    the whole store. desks: how many there are. board: numbers are shown at the touchscreen while nobody uses it.
    at_screen: it gives out numbers for the service desk; not where the site says nothing of a queue.
    """

    aloud: bool = True
    ready: bool = False
    stale_s: float = 240.0
    together: int = 4
    zones: tuple[ZoneId, ...] = ()
    desks: int = 2
    board: bool = True
    at_screen: bool = False


USUAL = QueueChoices()


def becomes_of(call: Call, now: datetime, choices: QueueChoices = USUAL) -> Heard:
    """Whether a call that nobody has heard yet still makes sense."""
    ticket = call.ticket
    if ticket.stage is not Stage.CALLED or ticket.since != call.at:
        return Heard.OVERTAKEN
    return Heard.LAPSED if now - call.at > timedelta(seconds=choices.stale_s) else Heard.ASKED


def spoken(
    calls: Iterable[Call], following: Ticket | None, languages: Iterable[Language], *, ready: bool
) -> tuple[tuple[Language, tuple[str, ...]], ...]:
    """What is said, a sentence for each call, in one language after the other. ready: so is who comes next."""
    kept = tuple(calls)
    found = []
    for language in languages:
        sentences = [call_text(one.ticket, None, language) for one in kept]
        if ready and following is not None and kept:
            sentences.append(call_text(kept[-1].ticket, following, language).removeprefix(sentences[-1]).strip())
        found.append((language, tuple(sentences)))
    return tuple(found)
