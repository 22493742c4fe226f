from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.rules.service.desk_figures import (
    DeskFigures,
    Returned,
    Slipped,
    Turn,
    Waiting,
    countable,
    desk_figures,
    waiting,
)
from kiosk.rules.service.queue import Stage, Topic
from kiosk.rules.service.rating import SERVICE as RATING
from kiosk.rules.service.record import Record
from tests.rules.service.test_figures import rated
from tests.rules.service.test_queue import NOW, ticket

SINCE, UNTIL = date(2026, 11, 23), date(2026, 12, 2)


def turn(n: int, waited_s: float | None, stage: Stage = Stage.SERVED, topic: Topic = Topic.SERVICE) -> Turn:
    called = None if waited_s is None else NOW + timedelta(seconds=waited_s)
    return Turn(ticket(n, topic, stage), called)


def case(**answers: str) -> Record:
    return Record("return", 1, NOW, "screen", "waits", NOW, answers)


@pytest.mark.rule("S21")
@pytest.mark.rule("S07")
def test_the_report_tells_how_long_people_wait_half_of_them_and_nine_of_ten() -> None:
    turns = [turn(n, 60.0 * n) for n in range(1, 11)]
    turns += [turn(11, None, Stage.LEFT), turn(12, 30.0, Stage.NO_SHOW, Topic.RETURNS), turn(13, None, Stage.WAITING)]

    assert waiting(turns) == (
        Waiting("service", 12, 10, 0, 1, 330.0, 540.0),
        Waiting("returns", 1, 0, 1, 0, 30.0, 30.0),
    )
    assert waiting([turn(1, None, Stage.WAITING)]) == (Waiting("service", 1, 0, 0, 0, None, None),)
    assert waiting(()) == ()


@pytest.mark.rule("S21")
def test_the_report_tells_why_things_come_back_and_what_the_kiosk_said() -> None:
    records = (
        case(outcome="accept", reason="fault", wish="refund"),
        case(outcome="refuse", reason="unwanted", wish="refund"),
        case(outcome="accept", reason="fault", wish="exchange"),
        case(outcome="person"),
        case(),
        replace(case(outcome="accept"), at=NOW - timedelta(days=9)),
    )

    found = desk_figures(records, (), {}, (), SINCE, UNTIL)

    assert found.returns == Returned(
        5,
        0,
        (("accept", 2), ("refuse", 1), ("person", 1)),
        (("fault", 2), ("unwanted", 1)),
        (("refund", 2), ("exchange", 1)),
        1,
    )


@pytest.mark.rule("S21")
def test_reasons_come_from_the_slips_and_nothing_that_came_back_is_counted_twice() -> None:
    seen, alone, old, later = (
        replace(case(outcome="accept", reason="unwanted", wish="refund"), number=number) for number in (1, 2, 3, 4)
    )
    slips = (
        Slipped(SINCE, "fault", "exchange", record=1),  # the clerk found another reason than the shopper said
        Slipped(UNTIL, "spoiled", "refund"),  # nobody had been at the touchscreen
        Slipped(UNTIL, "fault", "refund", record=3),
        Slipped(UNTIL + timedelta(days=1), "mistake", "refund", record=4),  # in the next report
        *(Slipped(SINCE, words, "refund") for words in ("标价不符", "标价不符", "李女士的")),
    )

    found = desk_figures((seen, alone, replace(old, answers={}), later), (), {}, slips, SINCE, UNTIL).returns

    assert (found.count, found.slips, found.purged) == (4, 6, 0)
    assert found.reasons == (("fault", 2), ("标价不符", 2), ("other", 1), ("spoiled", 1), ("unwanted", 1))
    assert sum(count for _, count in found.wishes) == 7
    assert found.decided == (("accept", 3), ("refuse", 0), ("person", 0))


@pytest.mark.rule("S20")
@pytest.mark.rule("S21")
def test_a_question_that_one_shopper_alone_asked_is_counted_and_not_told() -> None:
    found = desk_figures((), (), {"帐篷": 3, "我的钱包": 1, "tent": 2, "张三": 1}, (), SINCE, UNTIL)

    assert (found.unanswered, found.others) == ((("帐篷", 3), ("tent", 2)), 2)


@pytest.mark.rule("S20")
@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("  Camping   TENT ", "camping tent"),
        ("13800138000", ""),
        ("票号 1234", ""),
        ("7up", "7up"),
        ("一" * 21, ""),
        ("", ""),
    ],
)
def test_what_might_tell_who_asked_is_not_even_counted(question: str, kept: str) -> None:
    assert countable(question) == kept


@pytest.mark.rule("S21")
@pytest.mark.rule("S19")
def test_trends_go_week_by_week() -> None:
    records = (
        replace(case(), at=NOW),
        replace(case(), at=NOW + timedelta(days=8)),
        replace(case(), at=NOW + timedelta(days=8)),
        rated("5"),
        rated("3"),
        rated("2", days=7, seat="desk"),
        replace(rated("1"), answers={}),
    )

    found = desk_figures(records, (), {}, (), SINCE, UNTIL)

    assert found.weeks == (SINCE, SINCE + timedelta(days=7))
    assert found.per_week == (("return", (1, 2)),)
    assert found.per_seat == (("desk", (None, 2.0)), ("screen", (4.0, None)))
    assert RATING.id not in dict(found.per_week)
    assert desk_figures((), (), {}, (), SINCE, SINCE) == DeskFigures(weeks=(SINCE,), returns=desk_returns())


def desk_returns() -> Returned:
    return Returned(0, 0, (("accept", 0), ("refuse", 0), ("person", 0)))
