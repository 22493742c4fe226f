"""What the planning department has not released is not on the air (B13)."""

from __future__ import annotations

import pytest

from kiosk.desks.broadcast.messages import Pressed, RegisterChanged, ScriptAsked
from kiosk.rules.broadcast.releases import Asking
from kiosk.units import ScriptId
from tests.stories.staffed import ANNA, CLOSING, HEAD, MEMBER_DAY, Staff, staff

__all__ = ["staff"]


@pytest.mark.rule("B13")
def test_a_policy_page_that_is_not_released_neither_airs_nor_can_be_asked_for(staff: Staff) -> None:
    store = staff(ANNA).shows("anna").presses()
    store.shop.until("10:20")

    assert store.shop.calls("member-day") == []
    assert [why for _, why in store.refusals()] == [
        "it is a draft; the planning department may release it: kiosk binder release member-day"
    ]
    assert any(
        text.startswith("page member-day is due at 10:15 and does not air") for text in store.shop.announcer.warnings
    )
    assert store.shop.silence_s("09:20", "10:20") == 0.0


@pytest.mark.rule("B13")
def test_a_page_airs_from_its_release_to_its_withdrawal_and_what_is_on_is_read_to_its_end(staff: Staff) -> None:
    store = staff(ANNA)
    store.register.decides(MEMBER_DAY, "as it reads", store.shop.now, released=True)
    store.shop.until("10:14")
    quiet = list(store.shop.announcer.warnings)
    line = store.shop.into_an_announcement()

    store.register.decides(MEMBER_DAY, "as it reads", store.shop.now, released=False)
    store.shop.gets(RegisterChanged()).until("11:30")

    assert line.id == "member-day"
    assert not any("does not air" in text for text in quiet)
    assert [one.outcome.value for one in store.shop.calls("member-day")] == ["played"]
    assert any("it is withdrawn" in text for text in store.shop.announcer.warnings)


@pytest.mark.rule("B13")
def test_a_page_that_is_withdrawn_while_it_waits_is_not_aired_though_the_office_is_silent(staff: Staff) -> None:
    store = staff(ANNA)
    store.register.decides(MEMBER_DAY, "as it reads", store.shop.now, released=True)
    store.shop.passes(2.0)
    store.shows("anna").presses()
    store.shop.desk.silent = True
    waited = store.asked_for()

    store.register.decides(MEMBER_DAY, "as it reads", store.shop.now, released=False)
    store.shop.gets(RegisterChanged()).until("10:20")

    assert waited == [("member-day", "anna")]
    assert store.shop.calls("member-day") == []
    assert [(who, why[:16]) for who, why in store.refusals()] == [("anna", "it is withdrawn;")]
    assert store.shop.silence_s("09:25", "10:20") == 0.0


@pytest.mark.rule("B13")
def test_a_plan_that_was_under_way_when_a_page_was_withdrawn_does_not_bring_it_back(staff: Staff) -> None:
    store = staff(ANNA)
    store.register.decides(MEMBER_DAY, "as it reads", store.shop.now, released=True)
    store.shop.until("10:05")
    store.shop.desk.takes_s = 5.0
    before = len(store.shop.desk.orders)
    store.shop.gets(Pressed("next", "anna")).passes(1.0)
    under_way = len(store.shop.desk.orders) - before

    store.register.decides(MEMBER_DAY, "as it reads", store.shop.now, released=False)
    store.shop.gets(RegisterChanged()).passes(4.5)
    store.shop.desk.silent = True
    planned = [item.id for item in store.shop.announcer.air.programme]

    assert under_way == 1
    assert "closing-30" in planned
    assert "member-day" not in planned


@pytest.mark.rule("B13")
def test_a_page_whose_text_was_changed_is_a_draft_again(staff: Staff) -> None:
    store = staff(ANNA)
    store.register.decides(MEMBER_DAY, "as it read before", store.shop.now, released=True)
    store.shop.passes(2.0)

    store.shows("anna").presses()

    assert store.refusals()[0][1].startswith("it is a draft: changed since it was released")


@pytest.mark.rule("B13")
def test_a_store_that_asks_for_every_release_airs_no_draft_but_the_evacuation(staff: Staff) -> None:
    store = staff(HEAD, asking=Asking.ALL)
    store.shop.gets(ScriptAsked(CLOSING, "front"), ScriptAsked(ScriptId("lost-child"), "front"))
    store.presses("evacuate")
    store.shop.passes(1.0)

    assert len(store.refusals()) == 2
    assert store.shop.last("evacuation").outcome.value == "on air"
