"""Somebody was not content and wants to be called back: answered within three business days (S19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from kiosk.rules.forms.form import Form, Page
from kiosk.rules.service.asking import NAME, PHONE, at_length, remark
from kiosk.rules.service.business_days import OpenOn, open_always, within
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, LEADS, Deed, Service
from kiosk.sentences import N_

ANSWER_DAYS = 3
LATE_DAYS = 1  # then who leads has a day more

_ASKS: tuple[Page, ...] = (
    replace(PHONE, line=N_("So that we can call you; it is deleted once we have")),
    replace(at_length("what", N_("What was not right?"), N_("You may leave this empty")), optional=True),
    replace(NAME, optional=True, line=N_("You may leave this empty")),
)


def pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    """The number first; all else may be told on the telephone."""
    return _ASKS


def due(record: Record, open_on: OpenOn = open_always) -> datetime | None:
    """Three business days; where nobody called by then, one more for who leads."""
    if record.stage == "late":
        return within(LATE_DAYS, record.since, open_on)
    return within(ANSWER_DAYS, record.at, open_on)


def by_calendar(service: Service, open_on: OpenOn) -> Service:
    """The same, with the clock of a store's business days."""
    return replace(service, due=partial(due, open_on=open_on))


_OPEN = frozenset(("open", "taken", "late"))

SERVICE = Service(
    "callback",
    Form("callback", N_("Call me back"), pages, send=N_("Send")),
    (
        Deed("take", N_("Take it on"), frozenset(("open",)), "taken", rights=DESK, takes=True),
        Deed("answer", N_("Called: what was said"), _OPEN - {"late"}, "answered", remark("callback"), DESK),
        Deed("lead", N_("Called by who leads: what was said"), _OPEN, "answered", remark("callback"), LEADS),
        Deed("not-reached", N_("Nobody answered the telephone"), _OPEN, asks=remark("callback"), rights=DESK),
        Deed("give-up", N_("It cannot be answered"), _OPEN, "closed", remark("callback"), LEADS),
    ),
    over=frozenset(("answered", "closed")),
    keep_days=30,
    due=due,
    late={"open": "late", "taken": "late"},
    writes=DESK,
    slip=True,
    icon="phone",
)
