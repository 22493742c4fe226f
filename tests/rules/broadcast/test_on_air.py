from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.rules.broadcast.on_air import (
    RESET_FADE_S,
    Began,
    Fade,
    Follow,
    OnAir,
    Over,
    Play,
    Replanned,
    Requested,
    Reset,
    Woke,
    next_wake,
    step,
)
from tests.rules.broadcast.air import TEN, after, evacuation, music, playing, programme, routine, urgent
from tests.rules.broadcast.studio import NEW_YORK, later, moment


@pytest.mark.rule("B03")
def test_the_day_begins_by_itself_at_the_planned_moment_and_not_before() -> None:
    first, second = programme(("welcome", 100.0), ("song", 200.0))
    state = OnAir(programme=(first, second))

    too_early = step(state, Woke(), later(TEN, -0.1))
    punctual = step(state, Woke(), TEN)

    assert next_wake(state) == TEN
    assert too_early == (state, ())
    assert punctual[1] == (Play(first, 0.0),)
    assert next_wake(punctual[0]) is None


@pytest.mark.rule("B03")
def test_the_next_song_is_joined_to_the_one_that_sounds_as_soon_as_that_begins() -> None:
    first, second, third = programme(("one", 100.0), ("two", 200.0), ("three", 150.0))

    state, told = after(
        OnAir(programme=(first, second, third)),
        [(Woke(), TEN), (Began(first, TEN), TEN), (Over(first.key), first.end), (Began(second, first.end), first.end)],
    )

    assert told == [Play(first, 0.0), Follow(second), Follow(third)]
    assert (state.current, state.follower) == (second, third)


@pytest.mark.rule("B10")
def test_a_filler_song_that_an_announcement_forestalled_is_decided_anew() -> None:
    page = routine("page", operator="desk")
    state, _ = after(OnAir(), [(Requested(music("filler")), TEN), (Began(page, TEN), TEN)])
    assert state.current == page

    state, told = after(state, [(Requested(music("filler")), TEN)])  # the mixer missed it

    assert told == [Follow(music("filler"))]


@pytest.mark.rule("B03")
def test_the_last_item_of_the_day_is_followed_by_silence() -> None:
    state = playing(music("last"))

    ended, told = step(state, Over("last@2026-11-21T10:00:00.000+08:00"), later(TEN, 200.0))

    assert (state.follower, ended, told) == (None, OnAir(), ())
    assert next_wake(ended) is None


def test_a_programme_that_goes_on_after_a_long_pause_is_not_begun_early() -> None:
    tonight, tomorrow = music("tonight"), music("tomorrow", moment("12:00"))

    state = playing(tonight, tomorrow)

    assert state.follower is None
    assert next_wake(OnAir(programme=(tomorrow,))) == tomorrow.start


def test_a_hole_that_a_shortened_song_left_in_the_plan_is_closed() -> None:
    first, second = music("one", duration_s=100.0), music("two", later(TEN, 159.0))

    assert playing(first, second).follower == second


@pytest.mark.rule("B03")
def test_a_new_plan_replaces_what_was_joined() -> None:
    first, second = programme(("one", 100.0), ("two", 200.0))
    promo = routine("promo", first.end)

    state, told = after(playing(first, second), [(Replanned((promo,)), later(TEN, 5.0))])

    assert told == [Follow(promo)]
    assert state.follower == promo


def test_a_new_plan_with_the_same_next_song_does_not_disturb_the_mixer() -> None:
    first, second, third = programme(("one", 100.0), ("two", 200.0), ("three", 90.0))
    state = playing(first, second, third)
    same_but_later = replace(second, end=later(second.end, 0.001))

    replanned, told = after(state, [(Replanned((same_but_later, music("other", second.end))), later(TEN, 5.0))])

    assert told == []
    assert replanned.programme[1].id == "other"


def test_a_new_plan_for_a_silent_store_begins_when_it_is_due() -> None:
    coming = music("coming", later(TEN, 30.0))

    state, told = after(OnAir(), [(Replanned((coming,)), TEN), (Woke(), later(TEN, 29.0)), (Woke(), later(TEN, 30.0))])

    assert told == [Play(coming, 0.0)]
    assert state.current == coming


def test_a_song_that_cannot_be_decoded_gives_its_place_to_the_next_one() -> None:
    one, broken, three = programme(("one", 100.0), ("broken", 200.0), ("three", 150.0))

    state, told = after(playing(one, broken, three), [(Over(broken.key), later(TEN, 1.0))])

    assert (state.follower, told) == (None, [Follow(None)])  # the plan has a hole now: a new one comes
    state, told = after(state, [(Replanned((replace(three, start=one.end),)), later(TEN, 2.0))])
    assert [order.item.id for order in told if isinstance(order, Follow) and order.item] == ["three"]


def test_a_song_that_cannot_be_decoded_at_its_turn_does_not_stop_those_who_wait() -> None:
    one, broken = programme(("one", 100.0), ("broken", 200.0))
    page = routine("page", operator="desk")
    state, _ = after(playing(one, broken), [(Over(one.key), one.end), (Requested(page), one.end)])

    state, told = after(state, [(Over(broken.key), one.end)])

    assert told == [Play(page, 0.0)]


def test_news_of_an_item_that_is_long_gone_changes_nothing() -> None:
    state = playing(*programme(("one", 100.0), ("two", 200.0)))

    assert step(state, Over("yesterday"), TEN) == (state, ())


@pytest.mark.rule("B06")
def test_after_a_long_evacuation_nothing_is_aired_that_should_have_been_over_long_ago() -> None:
    stale = programme(("two", 100.0), ("promo-closing-30", 20.0), ("three", 700.0), ("four", 200.0), begin=TEN)
    until = later(TEN, 1000.0)
    state = OnAir(current=evacuation(), began=later(until, -20.0), programme=stale)

    _, told = step(state, Reset(), until)

    assert told == (Fade(RESET_FADE_S), Follow(stale[2]))


def test_in_the_hour_that_the_clocks_repeat_the_programme_waits_for_the_right_half_past_one() -> None:
    night = date(2026, 11, 1)
    first_half_past = moment("01:30", on=night, zone=NEW_YORK)
    second_ten_past = moment("01:10", on=night, zone=NEW_YORK).replace(fold=1)
    state = OnAir(programme=(music("night", second_ten_past),))

    assert step(state, Woke(), first_half_past) == (state, ())
    assert step(state, Woke(), later(first_half_past, 2400.0))[1] == (Play(state.programme[0], 0.0),)


# routine announcements (B08)


@pytest.mark.rule("B08")
def test_a_page_asked_for_during_a_song_is_joined_to_its_end_before_what_was_planned() -> None:
    page = routine("page", later(TEN, 30.0), operator="desk")
    state = playing(*programme(("one", 100.0), ("two", 200.0)))

    waiting, told = after(state, [(Requested(page), later(TEN, 30.0))])

    assert told == [Follow(page)]
    assert waiting.current == state.current
    _, told = after(waiting, [(Over(state.current.key if state.current else ""), later(TEN, 100.0))])
    assert told == []  # the mixer has joined it itself


@pytest.mark.rule("B08")
def test_pages_are_aired_in_the_order_in_which_they_were_asked_for() -> None:
    first, second = routine("first", operator="desk"), routine("second", operator="desk")
    song = music("song")

    state, _ = after(playing(song), [(Requested(first), TEN), (Requested(second), TEN)])

    assert (state.follower, state.waiting) == (first, (first, second))
    state, told = after(state, [(Over(song.key), song.end), (Began(first, song.end), song.end)])
    assert told == [Follow(second)]


@pytest.mark.rule("B08")
def test_a_page_asked_for_between_two_songs_does_not_cut_the_song_that_has_just_begun() -> None:
    one, two = programme(("one", 100.0), ("two", 200.0))
    page = routine("page", operator="desk")

    state, told = after(
        playing(one, two), [(Over(one.key), one.end), (Requested(page), one.end), (Began(two, one.end), one.end)]
    )

    assert told == [Follow(page)]
    assert state.current == two


@pytest.mark.rule("B08")
def test_a_page_asked_for_during_an_announcement_follows_it() -> None:
    promo, song = programme(("promo", 20.0), ("song", 200.0))
    page = routine("page", operator="desk")

    _, told = after(playing(promo, song), [(Requested(page), later(TEN, 5.0))])

    assert told == [Follow(page)]


def test_the_same_request_told_twice_is_aired_once() -> None:
    page = routine("page", operator="desk")

    state, told = after(playing(music("song")), [(Requested(page), TEN), (Requested(page), TEN)])

    assert (told, state.waiting) == ([Follow(page)], (page,))


# urgent announcements (B08, B10)


@pytest.mark.rule("B08")
def test_a_lost_child_is_announced_at_once_and_the_song_fades() -> None:
    state = playing(*programme(("one", 100.0), ("two", 200.0)))

    broken_into, told = step(state, Requested(urgent()), later(TEN, 10.0), break_in_fade_s=0.3)

    assert told == (Play(urgent(), 0.3),)
    assert broken_into.current == urgent()


@pytest.mark.rule("B08")
def test_an_interrupted_song_is_not_taken_up_midway() -> None:
    one, two = programme(("one", 100.0), ("two", 200.0))
    state, _ = after(playing(one, two), [(Requested(urgent()), later(TEN, 90.0))])

    state, told = after(state, [(Began(urgent(), later(TEN, 90.0)), later(TEN, 90.0)), (Over(one.key), later(TEN, 91))])

    assert told == [Follow(two)]
    assert state.current == urgent()


@pytest.mark.rule("B10")
def test_a_lost_child_waits_for_the_end_of_an_announcement_and_goes_before_the_pages() -> None:
    promo = routine("promo")
    page = routine("page", operator="desk")

    state, told = after(playing(promo), [(Requested(page), TEN), (Requested(urgent()), TEN)])

    assert told == [Follow(page), Follow(urgent())]
    assert state.waiting == (urgent(), page)


@pytest.mark.rule("B08")
def test_a_lost_child_does_not_wait_for_the_song_that_the_mixer_began_meanwhile() -> None:
    promo, song = programme(("promo", 20.0), ("song", 200.0))
    state, told = after(playing(promo, song), [(Requested(urgent()), promo.end)])
    assert told == [Follow(urgent())]  # too late: the song has begun

    state, told = after(state, [(Over(promo.key), promo.end), (Began(song, promo.end), promo.end)])

    assert told == [Play(urgent(), 0.3)]


@pytest.mark.rule("B08")
def test_a_lost_child_reported_between_two_songs_is_announced_at_once() -> None:
    one, two = programme(("one", 100.0), ("two", 200.0))

    state, told = after(playing(one, two), [(Over(one.key), one.end), (Requested(urgent()), one.end)])
    assert told == [Play(urgent(), 0.3)]

    state, told = after(state, [(Began(two, one.end), one.end)])  # which the mixer fades, as it was told
    assert (told, state.current) == ([], urgent())
    state, _ = after(state, [(Began(urgent(), one.end), one.end), (Over(two.key), later(one.end, 0.3))])
    assert state.current == urgent()


@pytest.mark.rule("B10")
def test_a_lost_child_that_missed_its_moment_follows_the_announcement_that_was_faster() -> None:
    song, promo, last = programme(("song", 100.0), ("promo", 20.0), ("last", 100.0))
    state, told = after(playing(song, promo, last), [(Requested(urgent()), song.end)])
    assert told == [Play(urgent(), 0.3)]  # but the mixer has begun the promotion, and does not cut it

    state, told = after(
        state,
        [(Over(song.key), song.end), (Began(promo, song.end), song.end), (Requested(urgent()), song.end)],
    )

    assert told == [Follow(urgent())]
    assert (state.current, state.waiting, state.programme) == (promo, (urgent(),), (last,))
