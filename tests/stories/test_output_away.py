"""The sound output is lost and comes back while the desk goes on: what the shoppers heard in part starts over."""

from __future__ import annotations

import pytest

from kiosk.rules.broadcast.as_run import Outcome
from tests.stories.shop import Shop, played

AWAY = "the sound output was away"


@pytest.mark.rule("B10")
def test_an_announcement_that_the_output_left_in_the_middle_starts_again_from_its_beginning(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement(5.0)
    shop.output_goes().passes(4).output_is_back().passes(60)

    again = [line for line in shop.lines if line.id == call.id and line.real_start is not None][-2:]
    assert [line.outcome for line in again] == [Outcome.INTERRUPTED, Outcome.PLAYED]
    assert again[0].reason == f"{AWAY}; it starts again from its beginning"
    assert again[1].reason == ""
    assert again[1].phase == call.phase or again[1].phase
    assert [note.action for note in shop.log.notes if note.actor == "sound output"] == ["is away", "is back"]


@pytest.mark.rule("B10")
def test_an_announcement_that_started_over_is_not_due_a_third_time_when_the_role_restarts(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement(5.0)
    shop.output_goes().passes(1).output_is_back().passes(60)
    known = len(played(shop.calls(call.id)))
    back = f"{shop.now:%H:%M:%S}"
    shop.power_goes().opens_at(back).passes(200)

    assert len(played(shop.calls(call.id))) == known


def test_a_song_plays_on_and_its_line_says_that_nobody_heard_it(shop: Shop) -> None:
    song = shop.opens_at("10:00").into_a_song()
    shop.output_goes().passes(3).output_is_back().passes(600)

    line = next(line for line in shop.lines if line.key == song.key)
    assert (line.outcome, line.reason) == (Outcome.PLAYED, AWAY)


def test_what_is_aired_while_the_output_is_away_says_so_and_what_follows_does_not(shop: Shop) -> None:
    shop.opens_at("10:00").into_a_song()
    shop.output_goes().passes(1200).output_is_back().into_a_song(120)
    shop.passes(900)

    began_at = shop.notes("is away")[0].at
    back_at = shop.notes("is back")[0].at
    for line in shop.lines:
        if line.real_end is None or line.real_start is None or line.real_end < began_at:
            continue
        assert (line.reason == AWAY) == (line.real_start < back_at)


@pytest.mark.rule("B10")
def test_an_evacuation_starts_its_round_over_and_still_ends_with_the_reset(shop: Shop) -> None:
    shop.opens_at("10:05").into_a_song()
    shop.evacuate().passes(10).output_goes().passes(2).output_is_back().passes(60).reset().passes(30)

    rounds = shop.calls("evacuation")
    outcomes = [line.outcome for line in rounds]
    assert outcomes.count(Outcome.INTERRUPTED) == 1
    assert outcomes[outcomes.index(Outcome.INTERRUPTED) + 1] is Outcome.PLAYED
    assert len({line.key for line in rounds}) == len(rounds)
    reset_at = shop.notes("presses")[-1].at
    after = [line for line in shop.lines if line.real_start is not None and line.real_start > reset_at]
    assert after
    assert all(line.id != "evacuation" for line in after)


def test_an_output_that_comes_back_in_silence_changes_nothing(shop: Shop) -> None:
    shop.opens_at("03:00").output_goes().output_is_back().passes(60)

    assert shop.lines == ()
