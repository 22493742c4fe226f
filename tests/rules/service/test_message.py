from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.rules.service.asking import taker
from kiosk.rules.service.message import SERVICE
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused
from tests.rules.service.services import BAGS, LEAD, TEN, WANG

LEFT = {"for_whom": "赵明", "who": "李娜", "number": "13800138000", "what": "请回电"}


def left(**other: str) -> Record:
    begun = SERVICE.begun(LEFT | other, "bags", TEN)
    assert isinstance(begun, Record), begun
    return begun


@pytest.mark.rule("S18")
def test_a_message_is_open_until_it_is_ticked_with_who_took_it() -> None:
    record = left()
    unsaid = SERVICE.after(record, Done(TEN, "bags", "deliver", {"taker": "other"}), BAGS)
    done = SERVICE.after(record, Done(TEN, "bags", "deliver", {"taker": "other", "taker_name": "王芳"}), BAGS)

    assert (record.stage, record.due) == ("open", TEN + timedelta(days=1))
    assert isinstance(unsaid, Refused)
    assert isinstance(done, Record)
    assert (done.stage, done.due, taker(done.history[0].told)) == ("delivered", None, "handed to 王芳")
    assert taker({"taker": "self"}) == "handed to the person it is for"


@pytest.mark.rule("S18")
def test_a_message_says_who_for_whom_and_what_and_only_who_leads_gives_it_up() -> None:
    for page in ("who", "for_whom", "what"):
        assert isinstance(SERVICE.begun(LEFT | {page: ""}, "bags", TEN), Refused)
    assert left(number="").stage == "open"

    told = {"remark": "nobody of that name works here"}
    assert isinstance(SERVICE.after(left(), Done(TEN, "wang", "lapse", told), WANG), Refused)
    assert isinstance(SERVICE.after(left(), Done(TEN, "zhao", "lapse", told), LEAD), Record)
