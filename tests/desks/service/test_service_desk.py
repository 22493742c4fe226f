from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.desks.service.clerk import Said
from kiosk.desks.service.messages import AnswerRead, DeedAsked, EntryAsked
from kiosk.rules.people.person import Right
from kiosk.rules.service.rating import SERVICE as RATING
from kiosk.rules.service.record import Record
from tests.desks.service.desk_room import Repairer, Room
from tests.rules.service.services import BAGS, LEAD, REPAIR, TEN, WANG

HOUR = timedelta(hours=1)


def test_a_form_is_kept_before_the_shopper_is_told_that_it_was() -> None:
    room = Room()

    room.gives()

    assert room.book.records["repair", 1].by == "screen"
    assert room.desk.said("screen") == ("repair", Said("repair.thanks", (("number", "1"),)))
    assert room.desk.said("another") is None
    room.desk.handle(AnswerRead("screen"))
    room.desk.handle(AnswerRead("screen"))
    assert room.says() == ""


def test_on_a_full_disk_the_shopper_is_sent_to_a_person_and_staff_know() -> None:
    room = Room()
    room.book.full = True

    room.gives()

    assert room.desk.said("screen") == ("service", Said("service.later"))
    assert room.warnings == ["repair could not be written down: the service desk's book in memory has no room"]


@pytest.mark.parametrize(("service", "answers"), [("repair", {"thing": "boat"}), ("swimming", {}), ("staff", {})])
def test_a_form_that_no_screen_could_have_given_is_not_kept(service: str, answers: dict[str, str]) -> None:
    room = Room(services=(REPAIR, replace(REPAIR, id="staff", offered=False)))

    room.gives(service, **answers)

    assert room.says() == "service.again"
    assert room.book.records == {}


def test_what_cannot_be_kept_beside_the_others_is_told_in_its_own_words() -> None:
    room = Room()
    room.gives(phone="1")
    room.gives(phone="1")
    assert room.says() == "service.twice"
    room.gives(phone="2")

    room.gives(phone="3")

    assert room.says() == "repair.full"
    assert len(room.book.records) == 2


def test_a_clerk_is_asked_first_hears_of_everything_and_says_how_it_stands() -> None:
    clerk = Repairer()
    room = Room(clerk)
    room.gives()
    assert room.says() == "repair.1"
    assert room.does("take") == ""
    assert room.does("decide", person=LEAD) == ""
    assert clerk.heard == ["entered 1", "take 1: taken", "decide 1: closed"]
    assert room.says() == "repair.3"

    clerk.objection = Said("repair.closed-today")
    room.gives(phone="2")

    assert room.says() == "repair.closed-today"
    assert room.enters(phone="2") == "repair is not to be had now (repair.closed-today)"
    assert len(room.book.records) == 1


def test_a_clerk_whose_ledger_is_gone_stops_nobody() -> None:
    clerk = Repairer()
    room = Room(clerk)
    room.gives()
    assert room.desk.facts() == ("10:00",)
    clerk.tired = True

    room.passes()

    assert room.says() == "repair.thanks"
    assert room.desk.facts() == ()
    assert set(room.warnings) == {"repair: the workshop's ledger is gone"}


def test_only_what_shoppers_may_have_is_offered() -> None:
    assert Room(services=(RATING, replace(REPAIR, offered=False))).desk.offered == ("rating",)


def test_staff_move_a_record_on_and_are_told_why_not() -> None:
    room = Room()
    room.gives()

    assert room.does("decide", person=LEAD).startswith("repair 1 is open: decide comes after late, taken")
    assert room.does("take") == ""
    assert room.does("take", 2) == "repair has no number 2"
    assert room.does("take", service="swimming") == "swimming is no service of this store: it has rating, repair"
    room.book.full = True
    assert "no room" in room.does("decide", person=LEAD)
    room.book.full = False
    assert room.book.records["repair", 1].owner == "wang"


def test_of_two_people_with_one_record_the_second_looks_at_it_again() -> None:
    room = Room()
    room.gives()
    room.book.meanwhile = lambda: room.does("take", person=LEAD)

    assert room.does("take") == "repair 1 has just been changed by somebody else: look at it again"
    assert room.book.records["repair", 1].owner == "zhao"


def test_staff_write_a_record_for_a_shopper() -> None:
    room = Room(services=(REPAIR, replace(RATING, writes=frozenset((Right.SUPERVISOR,)))))

    kept = room.enters()

    assert isinstance(kept, Record)
    assert (kept.number, kept.by) == (1, "wang")
    assert room.enters() == "repair 1 says the same already"
    assert room.enters(thing="boat") == "thing: Please choose one of these"
    assert room.enters("rating") == "rating is for supervisor"
    assert room.enters("swimming") == "swimming is no service of this store: it has rating, repair"
    room.book.full = True
    assert "no room" in str(room.enters(phone="2"))


@pytest.mark.rule("S20")
def test_who_looks_at_what_is_personal_is_written_down_and_others_see_it_covered() -> None:
    room = Room()
    room.gives()

    assert room.waits(LEAD)[0].answers["phone"] == "13800138000"
    assert room.book.looks == [(TEN, "zhao", "repair 1")]
    assert room.waits(BAGS)[0].answers["phone"] == "13•••••••00"
    assert room.book.looks == [(TEN, "zhao", "repair 1")]


@pytest.mark.rule("S20")
def test_nobody_sees_what_is_personal_where_it_cannot_be_written_down_that_they_looked() -> None:
    room = Room()
    room.gives()
    room.book.full = True

    assert room.waits(LEAD) == ()
    assert room.warnings == ["the service desk's book in memory has no room"]


def test_a_record_of_a_service_that_the_store_has_no_more_is_left_alone() -> None:
    room = Room()
    room.gives()
    gone = Room(services=(RATING,), book=room.book)

    gone.passes(100 * HOUR)

    assert gone.waits() == ()
    assert room.book.records["repair", 1].stage == "open"


def test_what_is_late_is_told_to_who_leads_until_somebody_has_seen_to_it() -> None:
    clerk = Repairer()
    room = Room(clerk)
    room.gives()
    room.passes()
    assert room.board.hanging() == ()

    room.passes(2 * HOUR)

    (told,) = room.board.hanging()
    assert told.text == "repair 1 (open) was due on 2026-11-23 at 12:00: kiosk service show repair 1"
    assert "is late 1: late" in clerk.heard
    room.passes(HOUR)
    assert len(room.board.hanging()) == 1
    assert room.does("take") == ""
    assert room.board.hanging() == ()


def test_what_lapses_lapses_without_a_word() -> None:
    room = Room()
    room.gives()
    room.passes(2 * HOUR)
    assert room.board.hanging()

    room.passes(5 * HOUR)

    assert room.book.records["repair", 1].stage == "gone"
    assert room.board.hanging() == ()
    assert room.book.waiting() == ()


def test_what_is_at_rest_waits_for_nobody() -> None:
    room = Room(services=(replace(REPAIR, rests=frozenset(("taken",))),))
    room.gives()
    room.gives(phone="2")

    room.does("take")

    assert [one.number for one in room.desk.waiting()] == [2]


def test_a_desk_without_a_board_moves_on_too() -> None:
    room = Room()
    room.desk.notices = None
    room.gives()

    room.passes(2 * HOUR)
    assert room.book.records["repair", 1].stage == "late"

    assert room.does("take") == ""


def test_a_book_that_cannot_be_written_is_tried_again_a_minute_later() -> None:
    room = Room()
    room.gives()
    room.book.full = True
    room.passes(2 * HOUR)
    assert room.warnings == ["the service desk: the service desk's book in memory has no room"]
    room.book.full = False

    room.passes(timedelta(seconds=30))
    assert room.book.records["repair", 1].stage == "open"
    room.passes(timedelta(seconds=30))

    assert room.book.records["repair", 1].stage == "late"


@pytest.mark.rule("S20")
def test_what_is_personal_is_deleted_when_its_time_has_come() -> None:
    room = Room()
    room.gives()
    assert room.does("take") == ""
    assert room.does("decide", person=LEAD) == ""

    room.passes(timedelta(days=REPAIR.keep_days))
    assert room.book.records["repair", 1].answers
    room.passes(6 * HOUR)

    assert room.book.records["repair", 1].answers == {}


@pytest.mark.rule("S20")
def test_a_clock_that_was_a_year_ahead_puts_off_neither_what_is_late_nor_what_is_deleted() -> None:
    room = Room()
    room.passes(timedelta(days=365))
    room.wall = TEN
    room.gives()

    room.passes(2 * HOUR)
    assert room.book.records["repair", 1].stage == "late"
    room.does("take")
    room.does("decide", person=LEAD)
    room.passes(timedelta(days=REPAIR.keep_days, hours=6))

    assert room.book.records["repair", 1].answers == {}


def test_what_cannot_be_deleted_in_time_is_told() -> None:
    room = Room()
    room.book.damaged = True

    room.passes()

    assert room.warnings == ["what is personal could not be deleted in time: damaged"]


def test_a_question_to_which_nobody_waits_for_an_answer_is_answered_to_nobody() -> None:
    room = Room()
    room.gives()

    room.desk.handle(DeedAsked("repair", 1, "take", WANG))
    room.desk.handle(EntryAsked("repair", WANG, {}))

    assert room.book.records["repair", 1].owner == "wang"
