from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kiosk.rules.service.business_days import Open
from kiosk.rules.service.callback import SERVICE, by_calendar
from kiosk.rules.service.rating import LOW, MARKS, told
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused
from tests.rules.service.services import BAGS, LEAD, TEN, WANG
from tests.rules.service.test_figures import rated

ASKED = {"phone": "13800138000", "what": "排队太久"}
SAID = {"remark": "道歉并说明"}


def wish(**more: str) -> Record:
    begun = SERVICE.begun(ASKED | more, "screen", TEN)
    assert isinstance(begun, Record)
    return begun


@pytest.mark.rule("S19")
def test_who_was_not_content_is_offered_a_call_and_nobody_else() -> None:
    offered = {option.id: told(rated(option.id)) == "rating.sorry" for option in MARKS}

    assert offered == {"5": False, "4": False, "3": False, "2": True, "1": True}
    assert {mark for mark, low in offered.items() if low} == LOW


@pytest.mark.rule("S19")
def test_a_wish_is_answered_within_three_days_else_it_is_for_who_leads() -> None:
    record = wish()
    assert record.due == TEN + timedelta(days=3)
    assert SERVICE.by_itself(record, TEN + timedelta(days=3) - timedelta(seconds=1)) is None

    late = SERVICE.by_itself(record, TEN + timedelta(days=3))

    assert late is not None
    assert (late.stage, late.due) == ("late", TEN + timedelta(days=4))
    assert [one.id for one in SERVICE.may(late, WANG)] == ["not-reached"]
    done = SERVICE.after(late, Done(TEN, LEAD.id, "lead", SAID), LEAD)
    assert isinstance(done, Record)
    assert (done.stage, done.due) == ("answered", None)


@pytest.mark.rule("S19")
def test_what_was_said_on_the_telephone_is_recorded_with_who_called() -> None:
    record = wish()
    assert isinstance(SERVICE.after(record, Done(TEN, BAGS.id, "take"), BAGS), Refused)
    taken = SERVICE.after(record, Done(TEN, WANG.id, "take"), WANG)
    assert isinstance(taken, Record)
    tried = SERVICE.after(taken, Done(TEN, WANG.id, "not-reached", SAID), WANG)
    assert isinstance(tried, Record)

    done = SERVICE.after(tried, Done(TEN, WANG.id, "answer", SAID), WANG)

    assert isinstance(done, Record)
    assert (done.stage, done.owner, done.history[-1].told) == ("answered", "wang", SAID)
    assert isinstance(SERVICE.after(record, Done(TEN, WANG.id, "answer", {}), WANG), Refused)


@pytest.mark.rule("S20")
def test_the_number_is_seen_at_the_service_desk_only() -> None:
    assert SERVICE.seen_by(wish(), WANG).answers["phone"] == ASKED["phone"]
    assert ASKED["phone"] not in SERVICE.seen_by(wish(), BAGS).answers["phone"]


def test_the_clock_goes_by_the_days_on_which_the_store_is_open() -> None:
    def not_on_tuesdays(day: date) -> Open | None:
        opens = datetime.combine(day, TEN.time().replace(hour=9), TEN.tzinfo)
        return None if day.weekday() == 1 else (opens, opens.replace(hour=21))

    begun = by_calendar(SERVICE, not_on_tuesdays).begun(ASKED, "screen", TEN)

    assert isinstance(begun, Record)
    assert begun.due == TEN + timedelta(days=4)
