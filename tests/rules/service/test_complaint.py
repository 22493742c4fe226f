from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.form import problems
from kiosk.rules.people.person import Person
from kiosk.rules.service.business_days import Open, within
from kiosk.rules.service.complaint import CLASSES, SERVICE, WISHES, by_calendar, sheet
from kiosk.rules.service.praise import SERVICE as PRAISE
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused
from tests.depth import examples
from tests.rules.service.services import BAGS, LEAD, TEN, WANG

SHANGHAI = ZoneInfo("Asia/Shanghai")
GIVEN = {
    "about": "goods",
    "class": "expired",
    "place": "food",
    "what": "牛奶过期了",
    "wish": "refund",
    "phone": "13800138000",
    "name": "李娜",
}
FACTS = {
    "subject": "过期牛奶",
    "channel": "screen",
    "why": "孩子喝了",
    "served": "王芳",
    "bought": "2026-11-22",
    "happened": "2026-11-23",
    "exactly": "冷柜 3",
    "name": "李娜",
    "address": "南京路 1 号",
    "phone": "13800138000",
}
SOLVED = {"policy": "R14", "handling": "退款并道歉", "result": "退款 12.50 元"}
REMARK = {"remark": "电话里很满意"}
Step = tuple[str, Person, dict[str, str]]
TO_ITS_END: tuple[Step, ...] = (
    ("take", WANG, {}),
    ("complete", WANG, FACTS),
    ("answer", WANG, SOLVED),
    ("agree", WANG, {}),
    ("call-back", WANG, REMARK),
)


def open_on(day: date) -> Open | None:
    """From nine to ten at night; closed on Tuesdays."""
    at = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
    return None if day.weekday() == 1 else (at, at.replace(hour=22))


def taken_down(**answers: str) -> Record:
    begun = SERVICE.begun(GIVEN | answers, "screen", TEN)
    assert isinstance(begun, Record)
    return begun


def after(record: Record, *deeds: Step, days: int = 1) -> Record:
    for place, (deed, person, told) in enumerate(deeds):
        at = TEN + timedelta(days=days, minutes=place)
        moved = SERVICE.after(record, Done(at, person.id, deed, told), person)
        assert isinstance(moved, Record), moved
        record = moved
    return record


@pytest.mark.rule("S03")
def test_a_complaint_goes_to_its_end_with_who_took_it_first() -> None:
    record = after(taken_down(), *TO_ITS_END)

    assert record.stage in SERVICE.over
    assert record.owner == "wang"
    assert [done.deed for done in record.history] == ["take", "complete", "answer", "agree", "call-back"]
    assert record.due is None


@pytest.mark.rule("S03")
def test_nothing_closes_a_complaint_before_the_shopper_agreed_and_was_called() -> None:
    answered = after(taken_down(), *TO_ITS_END[:3])

    for deed in ("call-back", "decide", "take"):
        assert isinstance(SERVICE.after(answered, Done(TEN, "zhao", deed, {}), LEAD), Refused)


@pytest.mark.rule("S03")
def test_what_a_clerk_may_not_decide_goes_to_who_leads_at_once_and_the_clerk_stays_responsible() -> None:
    escalated = after(taken_down(), ("take", WANG, {}), ("escalate", WANG, REMARK))

    refused = SERVICE.after(escalated, Done(TEN, "wang", "decide", SOLVED), WANG)
    decided = after(escalated, ("decide", LEAD, SOLVED))

    assert refused == Refused("decide is for department-head, supervisor")
    assert (decided.stage, decided.owner) == ("answered", "wang")
    assert after(decided, ("disagree", WANG, REMARK)).stage == "escalated"
    assert SERVICE.may(escalated, BAGS) == ()


@pytest.mark.rule("S03")
def test_what_is_not_answered_within_three_business_days_is_the_supervisors() -> None:
    fitting = by_calendar(SERVICE, open_on)
    record = fitting.begun(GIVEN, "screen", TEN)  # a Monday; the store is closed on Tuesdays
    assert isinstance(record, Record)

    assert record.due == TEN + timedelta(days=4)
    assert fitting.by_itself(record, TEN + timedelta(days=4, seconds=-1)) is None
    late = fitting.by_itself(record, TEN + timedelta(days=4))
    assert late is not None
    assert late.stage == "escalated"
    assert late.due == TEN + timedelta(days=5)
    assert fitting.by_itself(late, TEN + timedelta(days=9)) is None


@pytest.mark.rule("S03")
@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-23T10:00", "2026-11-27T10:00"),  # Monday: Wednesday, Thursday, Friday
        ("2026-11-23T22:00", "2026-11-28T09:00"),  # after closing it counts from the next opening, Wednesday's
        ("2026-11-24T15:00", "2026-11-28T09:00"),  # on a day on which nobody is there
        ("2026-11-25T07:30", "2026-11-28T09:00"),  # before opening
        ("2026-11-25T21:59", "2026-11-28T21:59"),
    ],
)
def test_three_days_are_business_days_from_the_moment_somebody_was_there(at: str, due: str) -> None:
    begun = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)

    assert within(3, begun, open_on) == datetime.fromisoformat(due).replace(tzinfo=SHANGHAI)


@settings(max_examples=examples(100))
@given(st.integers(0, 300 * 24 * 60), st.integers(0, 9))
def test_what_is_due_is_due_while_the_store_is_open_and_later_for_what_came_later(minutes: int, days: int) -> None:
    at = TEN + timedelta(minutes=minutes)

    due = within(days, at, open_on)

    hours = open_on(due.date())
    assert hours is not None
    assert hours[0] <= due <= hours[1]
    assert at <= due <= within(days, at + timedelta(hours=1), open_on)


@pytest.mark.rule("S03")
def test_on_a_day_that_closes_early_it_is_due_at_its_closing() -> None:
    def early_on_friday(day: date) -> Open | None:
        hours = open_on(day)
        return (hours[0], hours[0].replace(hour=18)) if hours is not None and day.weekday() == 4 else hours

    assert within(3, TEN.replace(hour=21), early_on_friday) == TEN.replace(hour=18) + timedelta(days=4)


def test_where_nobody_says_when_the_store_is_open_days_are_days() -> None:
    assert within(3, TEN, lambda _: None) == TEN + timedelta(days=3)


@pytest.mark.rule("S04")
def test_the_form_has_its_21_fields_and_each_is_filled_by_who_knows_it() -> None:
    rows = dict(sheet(after(taken_down(), *TO_ITS_END, days=2)))

    assert len(rows) == 21
    assert [name for name, said in rows.items() if not said] == [
        "Store", "Supervisor on duty", "Service manager", "Store manager",
    ]  # fmt: skip
    assert rows["Content"] == "牛奶过期了; 孩子喝了; Money back or an exchange"
    assert rows["Place of the event"] == "Food 冷柜 3"
    assert rows["Channel"] == "At the touchscreen"
    assert rows["Date received"] == "2026-11-23 10:00"
    assert rows["Date of the event"] == "2026-11-23"
    assert rows["Date of last contact"] == rows["Date closed"] == "2026-11-25 10:04"
    assert rows["Handler"] == "wang"
    assert rows["Remarks"] == "Called back: 电话里很满意"


@pytest.mark.rule("S04")
def test_the_form_of_a_complaint_that_nobody_has_looked_at_yet_says_what_is_known() -> None:
    rows = dict(sheet(_anonymous()))

    assert rows["Subject"] == "Past its date"
    assert rows["Channel"] == "At the touchscreen"
    assert rows["Date of last contact"] == rows["Date closed"] == rows["Name"] == ""
    decided = after(taken_down(), ("escalate", WANG, REMARK), ("decide", LEAD, SOLVED))
    assert dict(sheet(decided))["Supervisor on duty"] == "zhao"


def _anonymous() -> Record:
    begun = SERVICE.begun({**{id: said for id, said in GIVEN.items() if id != "name"}, "phone": ""}, "screen", TEN)
    assert isinstance(begun, Record)
    return begun


@pytest.mark.rule("S05")
def test_a_complaint_is_of_one_of_the_houses_classes() -> None:
    assert {about: [one.id for one in classes] for about, classes in CLASSES.items()} == {
        "goods": ["price", "quality", "incomplete", "expired", "labelling", "out-of-stock"],
        "service": ["attitude", "checkout", "missing-service", "badly-done", "withdrawn"],
        "safety": ["accident", "environment"],
    }
    for about, classes in CLASSES.items():
        for one in classes:
            assert problems(SERVICE.form, GIVEN | {"about": about, "class": one.id}) == {}
    assert problems(SERVICE.form, GIVEN | {"about": "safety"}).keys() == {"class"}


@pytest.mark.rule("S06")
def test_the_five_facts_are_asked_for() -> None:
    completion = next(deed.asks for deed in SERVICE.deeds if deed.id == "complete")
    assert completion is not None
    asked = {page.id for page in (*SERVICE.form.pages(GIVEN), *completion.pages({}))}

    assert {"why", "served", "bought", "place", "wish"} <= asked
    assert len(WISHES) == 6


@pytest.mark.parametrize("phone", ["1380013800x", "12", "1" * 16, "１３８００１３８０００"])
def test_a_telephone_number_that_cannot_be_called_is_not_taken(phone: str) -> None:
    assert problems(SERVICE.form, GIVEN | {"phone": phone}).keys() == {"phone"}


def test_ten_thousand_characters_are_no_complaint() -> None:
    assert problems(SERVICE.form, GIVEN | {"what": "诉" * 10_000}) == {"what": "Please write it shorter"}


@pytest.mark.rule("S19")
def test_praise_is_passed_on() -> None:
    record = PRAISE.begun({"about": "staff", "what": "谢谢王芳", "name": ""}, "screen", TEN)
    assert isinstance(record, Record)

    done = PRAISE.after(record, Done(TEN, "wang", "pass-on"), WANG)

    assert isinstance(done, Record)
    assert done.stage in PRAISE.over
