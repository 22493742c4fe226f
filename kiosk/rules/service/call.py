"""Somebody is called to the screen, says that they are coming, and comes (rule S01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.rules.forms.form import Form, Page, Words
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Deed, Lapse, Service
from kiosk.sentences import N_

ASKED, COMING, DONE, LAPSED = "asked", "coming", "done", "lapsed"
ABOUT = "about"

_ASKS: tuple[Page, ...] = (Words(ABOUT, N_("What is it about?"), longest=40, optional=True, private=True),)


def _pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    return _ASKS


SERVICE = Service(
    "call",
    Form("call", N_("Call staff"), _pages),
    deeds=(
        Deed(COMING, N_("I am coming"), frozenset((ASKED,)), COMING, takes=True),
        Deed(DONE, N_("The shopper was helped"), frozenset((ASKED, COMING)), DONE),
    ),
    begins=ASKED,
    over=frozenset((DONE, LAPSED)),
    lapses=(Lapse(ASKED, timedelta(minutes=30), LAPSED), Lapse(COMING, timedelta(minutes=10), DONE)),
    keep_days=1,
    offered=False,
    taken=False,
)


@dataclass(frozen=True, slots=True)
class CallStands:
    """How a call from a screen stands. who: is coming, "" where that is not told."""

    seat: str
    stage: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class CallTimes:
    """How long nobody answers until it is said again, over the loudspeakers where the store wants that, and until who
    leads is told."""

    again: timedelta = timedelta(seconds=60)
    leads: timedelta = timedelta(minutes=3)


USUAL = CallTimes()


def unanswered(record: Record, now: datetime, times: CallTimes = USUAL) -> tuple[bool, bool]:
    """Whether a call is to be said again, and whether who leads is to be told."""
    if record.stage != ASKED:
        return False, False
    waited = now - record.at
    return waited >= times.again, waited >= times.leads
