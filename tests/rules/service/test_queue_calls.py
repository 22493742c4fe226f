from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.rules.service.queue import Stage, Topic
from kiosk.rules.service.queue_calls import USUAL, Call, Heard, becomes_of, spoken
from kiosk.units import LANGUAGES
from tests.rules.service.test_queue import NOW, ticket

CALLED = replace(ticket(12, stage=Stage.CALLED, calls=1), desk=2)
CALL = Call(1, CALLED, NOW, 2)


@pytest.mark.rule("S07")
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.CALLED])
def test_a_call_is_not_heard_once_its_ticket_stands_otherwise(stage: Stage) -> None:
    assert becomes_of(CALL, NOW) is Heard.ASKED
    assert becomes_of(replace(CALL, ticket=replace(CALLED, stage=stage)), NOW) is Heard.OVERTAKEN


@pytest.mark.rule("S07")
def test_a_call_is_overtaken_by_the_next_one_of_the_same_number() -> None:
    again = replace(CALLED, since=NOW + timedelta(seconds=70), calls=2)

    assert becomes_of(replace(CALL, ticket=again), NOW) is Heard.OVERTAKEN
    assert becomes_of(Call(2, again, again.since, 2), again.since) is Heard.ASKED


def test_a_call_that_is_too_old_is_left_out() -> None:
    last = NOW + timedelta(seconds=USUAL.stale_s)

    assert becomes_of(CALL, last) is Heard.ASKED
    assert becomes_of(CALL, last + timedelta(seconds=1)) is Heard.LAPSED


@pytest.mark.rule("S07")
def test_numbers_are_said_in_each_language_and_who_comes_next_only_where_that_is_wanted() -> None:
    other = Call(2, replace(ticket(3, Topic.RETURNS, Stage.CALLED, 1), desk=1), NOW, 1)
    languages = (LANGUAGES[0], LANGUAGES[2])

    assert spoken((CALL, other), ticket(13), languages, ready=False) == (
        (LANGUAGES[0], ("请A012号到2号柜台。", "请R003号到1号柜台。")),
        (LANGUAGES[2], ("Number A012, please come to desk 2.", "Number R003, please come to desk 1.")),
    )
    assert spoken((CALL,), ticket(13), languages, ready=True) == (
        (LANGUAGES[0], ("请A012号到2号柜台。", "请A013号做好准备。")),
        (LANGUAGES[2], ("Number A012, please come to desk 2.", "Number A013, please get ready.")),
    )
    assert spoken((CALL,), None, languages[:1], ready=True) == ((LANGUAGES[0], ("请A012号到2号柜台。",)),)
    assert spoken((), ticket(13), languages[:1], ready=True) == ((LANGUAGES[0], ()),)
