"""A service with every kind of deed, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.rules.forms.form import Choice, Form, Option, Words
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import LEADS, Deed, Lapse, Others, Refused, Service

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WANG = Person("wang", "王芳", frozenset((Right.ANNOUNCER,)))
BAGS = Person("li", "李四", frozenset((Right.BAGS,)))
LEAD = Person("zhao", "赵敏", frozenset((Right.SUPERVISOR,)))

ANSWERS = {"thing": "kettle", "phone": "13800138000"}
WHY = Form("repair", "Why", lambda _: (Words("why", "Why?", private=True),))
FORM = Form(
    "repair",
    "Repair",
    lambda _: (
        Choice("thing", "What?", (Option("kettle", "A kettle"), Option("lamp", "A lamp"))),
        Words("phone", "Your telephone", longest=20, private=True),
    ),
)


def due(record: Record) -> datetime | None:
    return None if record.stage == "late" else record.since + timedelta(hours=2)


def room_for_two(record: Record, others: Others) -> Refused | None:
    here = [one for one in others if one.answers.get("thing") == record.answers["thing"]]
    return Refused("the workshop is full", "repair.full") if len(here) >= 2 else None


REPAIR = Service(
    "repair",
    FORM,
    (
        Deed("take", "Take it on", frozenset(("open", "late")), "taken", takes=True),
        Deed("note", "Write a note", frozenset(("taken",)), asks=WHY),
        Deed("decide", "Decide", frozenset(("taken", "late")), "closed", rights=LEADS),
        Deed("check", "Look it over", frozenset(("taken",)), second=True),
    ),
    over=frozenset(("closed", "gone")),
    due=due,
    late={"open": "late", "taken": "late"},
    lapses=(Lapse("late", timedelta(hours=5), "gone"),),
    once=lambda record: record.answers.get("phone", ""),
    objects=room_for_two,
    sees=timedelta(days=1),
)


def begun(**answers: str) -> Record:
    record = REPAIR.begun(ANSWERS | answers, "screen", TEN)
    assert isinstance(record, Record)
    return record
