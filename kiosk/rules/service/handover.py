"""The handover of a shift: its figures, what is open, signed by both (rule S17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page
from kiosk.rules.service.asking import at_length
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, Around, Deed, Rows, Service
from kiosk.sentences import N_, alias

SHIFTS = (Option("early", N_("Early, from 08:30")), Option("late", N_("Late, from 12:30")))
BEGINS = {"early": time(8, 30), "late": time(12, 30)}

_ASKED: tuple[Page, ...] = (
    Choice("shift", N_("Which shift?"), SHIFTS),
    at_length("remarks", N_("What does the next shift have to know?")),
)


def began(record: Record) -> datetime:
    """When the shift that is handed over began."""
    return datetime.combine(record.at.date(), BEGINS[record.answers.get("shift", "early")], record.at.tzinfo)


def figures(record: Record, others: Iterable[Record]) -> tuple[tuple[str, int], ...]:
    """How many records of each service the shift wrote, by service."""
    since = began(record)
    counts = Counter(one.service for one in others if since <= one.at <= record.at and one.service != SERVICE.id)
    return tuple(sorted(counts.items()))


EARLY = timedelta(hours=1)  # so long before its end the shift may write it


def missed(
    ends: Iterable[time], written: Iterable[datetime], now: datetime, is_open: Callable[[date], bool]
) -> datetime | None:
    """When the shift ended that nobody has handed over yet, None for none: the newest end of today, or of the evening
    before where none was today. written: when handovers were, since then."""
    days = (now.date(), now.date() - timedelta(days=1))
    ended = [datetime.combine(day, end, now.tzinfo) for day in days if is_open(day) for end in ends]
    newest = max((one for one in ended if one <= now), default=None)
    if newest is None or any(one >= newest - EARLY for one in written):
        return None
    return newest


def computed(record: Record, around: Around) -> Rows:
    """The shift's figures, and how many matters it leaves open."""
    others = tuple(around.since(began(record)))
    waiting = sum(one.at <= record.at for one in around.waiting()) - (record.stage == "given")
    named = ((alias(around.titles.get(id, id), id), str(count)) for id, count in figures(record, others))
    return (*named, (alias(N_("Open matters"), "open"), str(waiting)))


def due(record: Record) -> datetime:
    """The other signs within the hour."""
    return record.at + timedelta(hours=1)


SERVICE = Service(
    "handover",
    Form("handover", N_("Shift handover"), Always(_ASKED)),
    (
        Deed(
            "sign", N_("Sign for the next shift"), frozenset(("given",)), "signed", rights=DESK, takes=True, second=True
        ),
    ),
    begins="given",
    over=frozenset(("signed",)),
    keep_days=90,
    due=due,
    writes=DESK,
    offered=False,
    icon="handshake",
    computed=computed,
)
