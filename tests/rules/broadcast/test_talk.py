from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.broadcast.talk import (
    BUTTON_LAMPS,
    ON_LINE,
    POWERED,
    Act,
    Event,
    Limits,
    Stage,
    deadline_s,
    is_free,
    turn,
)
from tests.rules.broadcast.air import evacuation, microphone, music, playing, routine, urgent

ENDED = frozenset({Stage.IDLE, Stage.CLOSING})


@pytest.mark.rule("B16")
@pytest.mark.parametrize(("stage", "event"), list(product(Stage, Event)))
def test_with_the_last_word_the_supply_goes_off_and_the_voice_is_over(stage: Stage, event: Event) -> None:
    after, acts = turn(stage, event)

    if stage not in ENDED and after in ENDED:
        assert Act.END in acts
    if stage in POWERED and after not in POWERED:
        assert Act.END in acts or Act.REST in acts
    if after not in POWERED:
        assert Act.LISTEN not in acts
    if Act.LISTEN in acts:
        assert after in POWERED


@pytest.mark.rule("B16")
@pytest.mark.parametrize("stage", [one for one in Stage if one in POWERED])
@pytest.mark.parametrize("event", [Event.OVER, Event.DEAF, Event.GONE])
def test_whatever_ends_a_talk_ends_it_at_every_stage(stage: Stage, event: Event) -> None:
    if (stage, event) != (Stage.READYING, Event.GONE):  # it has not asked for the air yet
        assert turn(stage, event)[0] in ENDED


@given(st.lists(st.sampled_from(Event), max_size=40))
def test_whatever_happens_the_air_is_asked_for_only_once_the_microphone_was_found(events: list[Event]) -> None:
    stage, found = Stage.IDLE, False
    for event in events:
        stage, acts = turn(stage, event)
        found = found or event in (Event.THERE, Event.LISTENS)
        if Act.REQUEST in acts:
            assert found
        if stage is Stage.IDLE:
            found = False


@pytest.mark.rule("B16")
def test_the_lamp_of_the_button_says_wait_until_the_voice_is_heard() -> None:
    assert set(BUTTON_LAMPS) == set(Stage)
    assert [stage for stage, lamp in BUTTON_LAMPS.items() if lamp is Lamp.ON] == [Stage.LIVE]
    assert {stage for stage, lamp in BUTTON_LAMPS.items() if lamp is Lamp.WAIT} | {Stage.LIVE} == set(Stage) - ENDED
    assert POWERED - {Stage.READYING} <= ON_LINE


@pytest.mark.rule("B08")
@pytest.mark.rule("B10")
def test_over_music_or_out_of_silence_a_talk_begins_at_once_and_never_over_an_announcement() -> None:
    def free(air: OnAir) -> tuple[bool, bool]:
        return is_free(air, AirClass.ROUTINE), is_free(air, AirClass.MICROPHONE)

    song = playing(music("song"))
    assert free(OnAir()) == (True, True)
    assert free(song) == (False, True)
    assert free(replace(song, over=microphone())) == (False, False)
    assert free(replace(song, beside=urgent())) == (False, False)
    for spoken in (routine("page"), urgent(), evacuation()):
        assert free(playing(spoken)) == (False, False)


def test_every_stage_that_waits_for_the_microphone_has_an_end() -> None:
    limits = Limits(longest_s=90.0, answer_s=3.0)

    assert deadline_s(Stage.READYING, 5.0, limits) == deadline_s(Stage.LOOKING, 5.0, limits) == (3.0, Event.DEAF)
    assert deadline_s(Stage.ON_AIR, 5.0, limits) == (8.0, Event.DEAF)
    assert deadline_s(Stage.LIVE, 5.0, limits) == (90.0, Event.TOO_LONG)
    assert deadline_s(Stage.QUEUED, 5.0, limits) is None
