"""A shopper calls, staff say that they are coming, and nobody is left waiting (S01)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import ForWhom, Notice
from kiosk.rules.service.call import SERVICE, CallStands, unanswered
from kiosk.rules.service.record import Record
from tests.desks.service.calls import CallRoom
from tests.rules.service.services import TEN


@pytest.mark.rule("S01")
def test_the_screen_sees_that_somebody_is_coming_and_that_it_is_done() -> None:
    room = CallRoom()
    assert room.stands() is None

    room.calls()
    assert room.stands() == CallStands("screen", "asked")
    assert room.does("coming") == ""
    assert room.stands() == CallStands("screen", "coming", "王芳")
    assert room.does("done") == ""

    assert room.stands() is None


@pytest.mark.rule("S01")
def test_without_an_answer_it_is_said_again_over_the_loudspeakers_and_then_who_leads_is_told() -> None:
    room = CallRoom()
    room.calls()
    room.passes(59)
    assert room.board.hanging() == ()
    assert room.air.asked == {}

    room.passes(1)
    assert [notice.for_whom for notice in room.board.hanging()] == [ForWhom.STAFF]
    assert [reminder.page for reminder in room.air.asked.values()] == ["call"]
    room.passes(119)
    assert len(room.board.hanging()) == 1

    room.passes(1)
    assert [notice.for_whom for notice in room.board.hanging()] == [ForWhom.STAFF, ForWhom.MANAGER]
    assert len(room.air.asked) == 1
    room.does("coming")
    assert room.board.hanging() == ()


def test_who_answers_in_time_hears_nothing_more_of_it() -> None:
    room = CallRoom()
    room.calls()
    room.passes(30)
    room.does("coming")

    room.passes(500)

    assert room.board.hanging() == ()
    assert room.air.asked == {}


def test_a_store_without_such_a_page_of_the_binder_tells_its_staff_all_the_same() -> None:
    room = CallRoom(page=None)
    room.calls()

    room.passes(61)

    assert len(room.board.hanging()) == 1
    assert room.air.asked == {}


@pytest.mark.rule("S20")
def test_a_question_is_for_the_staff_who_answer_and_in_no_notice() -> None:
    room = CallRoom()
    room.calls(about="哪里可以修手表")

    room.passes(200)

    record = room.book.record(SERVICE.id, 1)
    assert record is not None
    assert record.answers == {"about": "哪里可以修手表"}
    assert all("手表" not in notice.text for notice in room.board.hanging())


def test_a_shopper_who_presses_again_and_again_calls_once_and_another_question_is_another_call() -> None:
    room = CallRoom()
    for about in ("", "", "手表", "手表", ""):
        room.calls(about=about)
    room.calls("entrance")

    assert [(one.by, one.answers.get("about", "")) for one in room.book.waiting()] == [
        ("screen", ""),
        ("screen", "手表"),
        ("entrance", ""),
    ]
    assert room.stands("entrance") == CallStands("entrance", "asked")


def test_a_call_outlasts_the_power_and_so_does_what_was_told_of_it() -> None:
    room = CallRoom()
    room.calls()
    room.passes(200)

    room.restarts()
    assert room.stands() == CallStands("screen", "asked")
    assert len(room.board.hanging()) == 2
    room.does("coming")

    assert room.board.hanging() == ()


def test_what_was_answered_while_the_role_was_down_is_told_no_more() -> None:
    room = CallRoom()
    room.calls()
    room.passes(70)
    record = room.book.record(SERVICE.id, 1)
    assert record is not None
    room.does("done")
    room.board.notices["call/1/again"] = _notice()
    room.board.notices["late: complaint 3"] = _notice("late: complaint 3")

    room.restarts()

    assert [notice.key for notice in room.board.hanging()] == ["late: complaint 3"]


def test_a_call_that_everybody_forgot_ends_by_itself() -> None:
    room = CallRoom()
    room.calls()
    room.passes(1801)
    room.passes(61)
    assert room.stands() is None
    assert room.board.hanging() == ()

    room.calls()
    room.does("coming", 2)
    room.passes(700)
    room.passes(61)
    assert room.stands() is None


def test_without_its_book_the_screen_still_works_and_staff_are_told() -> None:
    room = CallRoom()
    room.book.full = True

    room.calls()

    assert room.stands() is None
    assert "could not be written down" in room.warnings[0]


@pytest.mark.rule("S01")
def test_a_call_that_could_not_be_told_again_on_a_full_disk_is_told_once_there_is_room() -> None:
    room = CallRoom()
    room.calls()
    room.board.full = True
    room.passes(60)
    assert room.air.asked == {}
    room.board.full = False

    room.passes(1)

    assert [notice.for_whom for notice in room.board.hanging()] == [ForWhom.STAFF]
    assert len(room.air.asked) == 1


def test_the_notice_of_a_call_that_was_answered_on_a_full_disk_goes_once_there_is_room() -> None:
    room = CallRoom()
    room.calls()
    room.passes(60)
    room.board.full = True
    room.does("done")
    room.board.full = False

    room.passes(1)

    assert room.board.hanging() == ()


def test_what_cannot_be_a_question_is_not_kept() -> None:
    room = CallRoom()

    room.calls(about="a\nb")
    room.calls(about="很" * 90)

    assert [one.answers["about"] for one in room.book.waiting()] == ["很" * 40]


def test_a_store_without_the_service_loses_nothing_else() -> None:
    room = CallRoom()
    room.desk.services = {}

    room.calls()

    assert room.book.waiting() == ()


def test_the_book_is_looked_at_once_a_second_and_not_at_each_message() -> None:
    room = CallRoom()
    looks = []
    waiting_of = room.book.waiting_of

    def counted(service: str) -> tuple[Record, ...]:
        looks.append(service)
        return waiting_of(service)

    room.book.waiting_of = counted  # type: ignore[method-assign]  # counts, and asks the same
    for _ in range(20):
        room.passes(0.01)
    assert looks == []
    room.passes(1.0)

    assert looks == ["call"]


def test_whoever_asks_for_the_form_of_a_call_is_told_that_staff_know() -> None:
    room = CallRoom()
    room.calls()
    (record,) = room.book.waiting()

    assert room.desk.clerks["call"].said(record, TEN).sentence == "call.asked"


def test_only_a_call_that_nobody_answered_is_told_again() -> None:
    record = Record("call", 1, TEN, "screen", "coming", TEN)

    assert unanswered(record, TEN + timedelta(hours=1)) == (False, False)


def test_a_ledger_that_is_gone_is_told_and_not_raised() -> None:
    room = CallRoom()

    def gone(service: str) -> tuple[Record, ...]:
        raise LedgerFault(f"the book of each {service} is gone")

    room.book.waiting_of = gone  # type: ignore[method-assign]  # the disk is away
    room.passes(1.0)

    assert any("each call is gone" in warning for warning in room.warnings)


def _notice(key: str = "call/1/again") -> Notice:
    """As the ledger had it before the role went down."""
    return Notice(key, ForWhom.STAFF, "a shopper waits", TEN)


@pytest.mark.rule("S21")
@pytest.mark.rule("S20")
def test_what_the_guide_could_not_answer_is_counted_without_whatever_tells_who_asked() -> None:
    room = CallRoom()
    for about in ("", " Tent ", "13800138000"):
        room.calls(about=about)
    room.questions.full = True
    room.calls(about="kayak")

    assert room.questions.asked == ["tent"]
    assert len(room.book.waiting()) == 4
    assert room.warnings == []
