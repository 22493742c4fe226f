"""How somebody goes through the store guide, and always finds back (S01)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.flow import Act, Back, Chose, Next, Read, Wrote
from kiosk.rules.service.guide import ALL, DEEPEST, FOUND, SEARCH, SERVICE, Asking
from kiosk.rules.writing.writing import Letter
from tests.depth import examples


def after(flow: Asking, *acts: Act) -> Asking:
    for act in acts:
        turn = flow.after(act)
        assert isinstance(turn.flow, Asking)
        assert turn.given is None
        flow = turn.flow
    return flow


@pytest.mark.rule("S01")
def test_a_word_is_written_and_looked_up_and_the_way_back_is_the_way_there() -> None:
    flow = after(Asking(chinese=False), Chose(SEARCH), *(Wrote(Letter(one)) for one in "hat"), Next())
    assert (flow.at, flow.question) == (FOUND, "hat")

    flow = after(flow, Chose("place:goods/3"))
    assert flow.page == "guide.place:goods/3"
    flow = after(flow, Back(), Back())

    assert (flow.at, flow.question) == (SEARCH, "hat")
    assert after(flow, Back()).at == ALL
    assert after(flow, Back()).after(Back()).flow is None


def test_an_empty_question_is_not_looked_up() -> None:
    assert after(Asking(), Chose(SEARCH), Next()).at == SEARCH


def test_floors_are_leafed_through_without_a_long_way_back() -> None:
    flow = after(Asking(), Chose("floor:1"), Chose("floor:2"), Chose("floor:2"), Chose("floor:3"))

    assert after(flow, Back()).at == ALL


def test_a_scanned_tag_is_no_question() -> None:
    flow = after(Asking(), Chose(SEARCH))

    assert not flow.writes
    assert after(flow, Read("P1.1")) == flow
    assert flow.service == SERVICE.id
    assert SERVICE.form.pages({}) == ()


ACTS = st.one_of(
    st.just(Back()),
    st.just(Next()),
    st.builds(Chose, st.sampled_from([SEARCH, "list:goods", "place:x", "floor:1", "floor:2", "nonsense"])),
    st.builds(Wrote, st.builds(Letter, st.sampled_from("ab"))),
    st.builds(Read, st.text(max_size=3)),
)


@settings(max_examples=examples(60))
@given(st.lists(ACTS, max_size=60))
def test_whatever_is_touched_home_is_a_few_steps_back(acts: list[Act]) -> None:
    flow = Asking()
    for act in acts:
        turn = flow.after(act)
        if turn.flow is None:
            return
        assert isinstance(turn.flow, Asking)
        flow = turn.flow
        assert flow.trail[0] == ALL
        assert len(flow.trail) <= DEEPEST
    for _ in range(DEEPEST):
        back = flow.after(Back()).flow
        if back is None:
            return
        assert isinstance(back, Asking)
        flow = back
    raise AssertionError("no way home")
