from __future__ import annotations

import pytest

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import RESET_FADE_S, Began, Fade, Follow, OnAir, Over, Play, Requested, Reset, step
from kiosk.rules.broadcast.programme import Item
from tests.rules.broadcast.air import TEN, after, evacuation, microphone, music, playing, routine, urgent
from tests.rules.broadcast.studio import later


@pytest.mark.rule("B10")
@pytest.mark.parametrize("current", [music("song"), routine("promo"), urgent(), microphone()], ids=lambda one: one.id)
def test_an_evacuation_breaks_into_everything(current: Item) -> None:
    _, told = after(playing(current), [(Requested(evacuation()), TEN)])

    assert told == [Play(evacuation(), 0.3)]


@pytest.mark.rule("B10")
def test_an_evacuation_is_repeated_round_by_round_until_it_is_reset() -> None:
    state = OnAir(programme=(music("song"),))
    now = TEN
    state, _ = after(state, [(Requested(evacuation()), now), (Began(evacuation(), now), now)])
    rounds = []
    for _ in range(3):
        sounding, following = state.current, state.follower
        assert sounding is not None
        assert following is not None
        rounds.append(following.key.rpartition("/")[2])
        now = later(now, 30.0)
        state, told = after(state, [(Over(sounding.key), now), (Began(following, now), now)])
        assert [type(order) for order in told] == [Follow]

    assert rounds == ["desk#2", "desk#3", "desk#4"]
    assert state.current is not None
    assert state.current.air_class is AirClass.EVACUATION
    assert state.current.duration_s == pytest.approx(30.0)


@pytest.mark.rule("B10")
@pytest.mark.parametrize("operator", ["desk #1", "desk#2", "#", "a#b"])
def test_an_evacuation_is_repeated_whatever_its_operator_is_called(operator: str) -> None:
    asked = evacuation(operator=operator)
    keys = [asked.key]
    state, _ = after(OnAir(), [(Requested(asked), TEN), (Began(asked, TEN), TEN)])
    for _ in range(2):
        assert state.follower is not None
        keys.append(state.follower.key)
        state, _ = step(state, Began(state.follower, TEN), TEN)

    assert len(set(keys)) == 3


@pytest.mark.rule("B10")
def test_a_reset_fades_the_evacuation_and_lets_an_emergency_that_waited_go_first() -> None:
    state, _ = after(
        OnAir(programme=(music("song"),)), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)]
    )
    page = routine("page", operator="desk")
    state, told = after(state, [(Requested(page), TEN), (Requested(urgent()), TEN)])
    assert told == []

    state, told = after(state, [(Reset(), later(TEN, 12.0))])

    assert told == [Fade(RESET_FADE_S), Follow(urgent())]
    assert state.waiting == (urgent(), page)


@pytest.mark.rule("B10")
def test_after_a_reset_the_programme_goes_on() -> None:
    song = music("song", later(TEN, 5.0))
    state, _ = after(OnAir(programme=(song,)), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])

    state, told = after(state, [(Reset(), later(TEN, 12.0)), (Over(evacuation().key), later(TEN, 12.5))])

    assert told == [Fade(RESET_FADE_S), Follow(song)]
    assert (state.current, state.follower) == (None, song)


@pytest.mark.rule("B10")
def test_a_reset_also_ends_the_round_that_the_mixer_began_meanwhile() -> None:
    song = music("song")
    state, _ = after(OnAir(programme=(song,)), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])
    second = state.follower
    assert second is not None
    now = later(TEN, 30.0)

    state, told = after(state, [(Reset(), now), (Over(evacuation().key), now), (Began(second, now), now)])

    assert told == [Fade(RESET_FADE_S), Follow(song), Follow(song)]
    assert state.current is not None
    assert not state.current.repeats


@pytest.mark.rule("B10")
def test_a_reset_ends_a_replaced_evacuation_with_the_one_that_replaced_it() -> None:
    again = evacuation(later(TEN, 30.0))
    state, _ = after(OnAir(), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])
    second = state.follower
    assert second is not None

    state, _ = after(state, [(Requested(again), again.start), (Reset(), again.start), (Over(evacuation().key), TEN)])
    state, told = after(state, [(Began(second, again.start), again.start)])

    assert told == [Follow(None)]


@pytest.mark.rule("B10")
def test_a_reset_between_two_rounds_is_heard() -> None:
    state, _ = after(OnAir(), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])
    second = state.follower
    assert second is not None
    now = later(TEN, 30.0)

    state, told = after(state, [(Over(evacuation().key), now), (Reset(), now)])
    assert told == [Fade(RESET_FADE_S)]

    state, told = after(state, [(Began(second, now), now), (Over(second.key), later(now, 0.5))])
    assert (told, state.current, state.follower) == ([Follow(None)], None, None)


@pytest.mark.rule("B10")
def test_a_page_asked_for_between_two_rounds_does_not_end_the_evacuation() -> None:
    page = routine("page", operator="desk")
    state, _ = after(OnAir(), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])

    state, told = after(state, [(Over(evacuation().key), later(TEN, 30.0)), (Requested(page), later(TEN, 30.0))])

    assert (told, state.waiting) == ([], (page,))


@pytest.mark.rule("B10")
def test_an_evacuation_taken_back_before_its_first_word_leaves_nothing_stuck() -> None:
    state, told = after(playing(music("song")), [(Requested(evacuation()), TEN), (Reset(), TEN)])

    assert told == [Play(evacuation(), 0.3), Fade(RESET_FADE_S)]
    assert state.current is None  # the mixer may forget it without a report
    assert step(state, Requested(routine("page")), TEN)[1] == (Play(routine("page"), 0.0),)


@pytest.mark.rule("B10")
def test_a_new_evacuation_replaces_the_one_that_is_on() -> None:
    again = evacuation(later(TEN, 5.0))
    state, _ = after(OnAir(), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])

    state, told = after(
        state, [(Reset(), later(TEN, 4.0)), (Requested(again), again.start), (Began(again, again.start), TEN)]
    )

    assert told[1] == Play(again, 0.3)
    assert state.follower is not None
    assert state.follower.key == f"{again.key}#2"


@pytest.mark.rule("B10")
def test_a_reset_without_an_evacuation_changes_nothing() -> None:
    state = playing(music("song"), music("next", later(TEN, 200.0)))

    assert step(state, Reset(), TEN) == (state, ())
    assert step(OnAir(), Reset(), TEN) == (OnAir(), ())


@pytest.mark.rule("B10")
def test_an_emergency_of_which_nothing_was_heard_yet_waits_for_the_end_of_the_evacuation() -> None:
    state, _ = after(playing(music("song")), [(Requested(urgent()), TEN), (Requested(evacuation()), TEN)])
    assert state.waiting == (urgent(),)

    heard_after_all, told = step(state, Began(urgent(), TEN), TEN)
    assert (heard_after_all.waiting, heard_after_all.current, told) == ((), evacuation(), ())
