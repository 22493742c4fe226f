"""A message for a colleague or a shopper: who, for whom, which number, what; handed over and ticked (rule S18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.rules.forms.form import Always, Form, Page, Words
from kiosk.rules.service.asking import NAME, PHONE, at_length, remark, took
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import LEADS, Deed, Service
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_

WITHIN = timedelta(hours=24)  # then who leads sees to it

_ASKED: tuple[Page, ...] = (
    Words("for_whom", N_("For whom is the message?"), kind=Kind.NAME, longest=30, private=True),
    replace(NAME, id="who", ask=N_("Who leaves it?")),
    replace(PHONE, id="number", ask=N_("Which number is to be called back?"), optional=True),
    at_length("what", N_("What is to be told?")),
)


def due(record: Record) -> datetime:
    """A message is handed over within a day."""
    return record.at + WITHIN


_OPEN = frozenset(("open",))

SERVICE = Service(
    "message",
    Form("message", N_("Message slip"), Always(_ASKED)),
    (
        Deed("deliver", N_("The message was delivered"), _OPEN, "delivered", Form("message", N_("Delivered"), took)),
        Deed("lapse", N_("Nobody can be reached"), _OPEN, "lapsed", remark("message"), LEADS),
    ),
    over=frozenset(("delivered", "lapsed")),
    keep_days=1,
    due=due,
    offered=False,
    icon="chat-text",
)
