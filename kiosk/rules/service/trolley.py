"""Trolleys and baskets: counted every week, compared with the last count, damage reported (rule S16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.rules.forms.form import Always, Form, Page, Words
from kiosk.rules.service.asking import a_number
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Service
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, tell

EVERY = timedelta(days=7)
COUNTED = (N_("trolleys"), N_("baskets"))

_NUMBER = Words("trolleys", N_("How many trolleys?"), kind=Kind.DIGITS, longest=4, check=a_number)
_ASKED: tuple[Page, ...] = (
    _NUMBER,
    replace(_NUMBER, id="baskets", ask=N_("How many baskets?")),
    replace(_NUMBER, id="damaged", ask=N_("How many of them are damaged?")),
    Words("remark", N_("What is to be noted?"), optional=True, longest=100),
)


def compared(before: Record | None, now: Record) -> str:
    """What is to be reported of a count, as a sentence; "" where nothing is missing or damaged."""
    told: list[str] = []
    for name in COUNTED if before is not None else ():
        assert before is not None
        fewer = int(before.answers.get(name, "0")) - int(now.answers[name])
        if fewer > 0:
            told.append(
                tell(
                    "{count} {things} fewer than on {day}", count=fewer, things=tell(name), day=f"{before.at:%Y-%m-%d}"
                )
            )
    if int(now.answers["damaged"]):
        told.append(tell("{count} damaged", count=int(now.answers["damaged"])))
    return tell("{reports}", reports=tuple(told)) if told else ""


def reports(counts: tuple[Record, ...], now: datetime) -> tuple[tuple[str, str], ...]:
    """What who leads is told: of the last count, and that another is due. Nothing before the first one."""
    if not counts:
        return ()
    before, last = counts[-2] if len(counts) > 1 else None, counts[-1]
    missed = (
        ""
        if now < last.at + EVERY
        else tell("trolleys and baskets were last counted on {day}", day=f"{last.at:%Y-%m-%d}")
    )
    return (("count", compared(before, last)), ("week", missed))


SERVICE = Service(
    "trolley",
    Form("trolley", N_("Trolleys and baskets"), Always(_ASKED)),
    begins="closed",
    keep_days=400,
    sees=4 * EVERY,
    offered=False,
    icon="basket",
)
