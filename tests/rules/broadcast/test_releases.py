from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.broadcast.material import AirClass, Script, Window
from kiosk.rules.broadcast.releases import (
    Asking,
    Page,
    Release,
    Standing,
    airs,
    digest_of,
    held_back,
    releasing,
    standing,
)
from kiosk.rules.broadcast.rights import Deed
from kiosk.units import Language, ScriptId, ZoneId

ZH, EN = Language("zh-CN"), Language("en")
SCRIPT = Script(ScriptId("refunds"), {EN: "Refunds"}, {EN: "Thirty days."}, AirClass.ROUTINE, "a.wav", policy=True)
PAGE = Page(SCRIPT.id, True, AirClass.ROUTINE, digest_of(SCRIPT, "beef"))
AT = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
RELEASED = Release(PAGE.script, PAGE.digest, True, AT, "p3")
WITHDRAWN = replace(RELEASED, released=False)


@pytest.mark.rule("B13")
@pytest.mark.parametrize(
    ("last", "stands"),
    [
        (None, Standing.DRAFT),
        (RELEASED, Standing.RELEASED),
        (WITHDRAWN, Standing.WITHDRAWN),
        (replace(RELEASED, digest="other"), Standing.CHANGED),
        (replace(WITHDRAWN, digest="other"), Standing.DRAFT),
    ],
    ids=["never released", "released", "withdrawn", "changed since", "changed since it was withdrawn"],
)
def test_a_page_is_a_draft_until_somebody_releases_what_it_says_now(last: Release | None, stands: Standing) -> None:
    assert standing(PAGE, last) is stands


@pytest.mark.rule("B13")
@pytest.mark.parametrize("policy", [True, False])
@pytest.mark.parametrize("asking", Asking)
@pytest.mark.parametrize("last", [None, RELEASED, WITHDRAWN], ids=["draft", "released", "withdrawn"])
def test_a_page_airs_when_it_is_released_or_needs_no_release(
    policy: bool, asking: Asking, last: Release | None
) -> None:
    needed = asking is Asking.ALL or (asking is Asking.POLICY and policy)

    assert airs(replace(PAGE, policy=policy), last, asking) is (last is RELEASED or (last is None and not needed))


@pytest.mark.rule("B10")
@pytest.mark.parametrize("asking", Asking)
@pytest.mark.parametrize("last", [None, RELEASED, WITHDRAWN])
def test_an_evacuation_waits_for_no_release(asking: Asking, last: Release | None) -> None:
    assert airs(replace(PAGE, air_class=AirClass.EVACUATION), last, asking)


@pytest.mark.rule("B13")
@pytest.mark.parametrize(
    "changed",
    [
        replace(SCRIPT, text={EN: "Sixty days."}),
        replace(SCRIPT, text={EN: "Thirty days.", ZH: "三十天。"}),
        replace(SCRIPT, air_class=AirClass.URGENT),
        replace(SCRIPT, policy=False),
    ],
    ids=["another text", "another language", "another class", "no policy any more"],
)
def test_what_a_page_says_is_what_was_released(changed: Script) -> None:
    assert digest_of(changed, "beef") != PAGE.digest


def test_another_recording_is_another_page() -> None:
    assert len({digest_of(SCRIPT, sound) for sound in ("beef", "cafe", None)}) == 3


def test_when_and_where_a_page_airs_is_no_matter_of_its_release() -> None:
    moved = replace(
        SCRIPT,
        window=Window(time(10), time(11)),
        interval_s=900.0,
        valid_from=date(2026, 1, 1),
        zones=(ZoneId("hall"),),
        title={EN: "Refunds and returns"},
    )

    assert digest_of(moved, "beef") == PAGE.digest


@pytest.mark.rule("B13")
def test_what_is_held_back_says_why_and_who_can_change_that() -> None:
    usual = Page(ScriptId("usual"), False, AirClass.ROUTINE, "x")
    again = replace(RELEASED, digest="before")

    assert held_back([PAGE, usual], {}, Asking.POLICY) == {
        PAGE.script: "it is a draft; the planning department may release it: kiosk binder release refunds"
    }
    assert held_back([PAGE], {PAGE.script: again}, Asking.POLICY)[PAGE.script].startswith(
        "it is a draft: changed since it was released; the planning department"
    )
    assert held_back([usual], {}, Asking.ALL)[usual.script].startswith(
        "it is a draft; the department head or the planning department may release it"
    )
    assert held_back([PAGE], {PAGE.script: WITHDRAWN}, Asking.NONE)[PAGE.script].startswith("it is withdrawn; ")
    assert held_back([PAGE], {PAGE.script: RELEASED}, Asking.ALL) == {}


def test_releasing_a_policy_page_is_a_deed_of_its_own() -> None:
    assert releasing(PAGE) is Deed.RELEASE_POLICY
    assert releasing(replace(PAGE, policy=False)) is Deed.RELEASE_ROUTINE
