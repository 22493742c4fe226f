from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.broadcast.on_air import (
    RESET_FADE_S,
    SKIP_FADE_S,
    STOP_FADE_S,
    Began,
    Fade,
    Follow,
    LayOver,
    NextSong,
    OnAir,
    Over,
    Play,
    Refuse,
    Requested,
    Reset,
    Stop,
    Withdrawn,
    Woke,
    step,
)
from tests.rules.broadcast.air import TEN, after, evacuation, microphone, music, playing, programme, routine, urgent
from tests.rules.broadcast.studio import later


@pytest.mark.rule("B10")
def test_nothing_is_said_while_the_microphone_lies_over_the_music() -> None:
    song, promo = programme(("song", 100.0), ("promo", 20.0))

    state, told = after(
        playing(song, promo), [(Requested(microphone()), TEN), (Requested(urgent()), TEN), (Over(song.key), song.end)]
    )

    assert told == [LayOver(microphone()), Follow(None)]
    assert state.waiting == (urgent(),)
    assert step(state, Woke(), song.end)[1] == ()
    assert step(state, Requested(music("filler")), song.end)[1] == (Play(music("filler"), 0.0),)
    assert step(state, Over(microphone().key), song.end)[1] == (Play(urgent(), 0.0),)


def test_the_music_stays_what_sounds_under_a_microphone() -> None:
    state, _ = after(playing(music("song")), [(Requested(microphone()), TEN)])

    assert step(state, Began(microphone(), TEN), TEN) == (state, ())


@pytest.mark.rule("B08")
def test_when_the_microphone_is_off_an_emergency_breaks_in_and_a_page_waits_for_the_song() -> None:
    page = routine("page", operator="desk")
    live, _ = after(playing(music("song")), [(Requested(microphone()), TEN)])

    emergency, told_urgent = after(live, [(Requested(urgent()), TEN), (Over(microphone().key), later(TEN, 9.0))])
    calm, told_page = after(live, [(Requested(page), TEN), (Over(microphone().key), later(TEN, 9.0))])

    assert (told_urgent, emergency.over) == ([Play(urgent(), 0.3)], None)
    assert (told_page, calm.over) == ([Follow(page)], None)


@pytest.mark.rule("B10")
def test_a_talk_that_the_mixer_missed_waits_for_the_announcement_that_was_faster() -> None:
    song, page = music("song"), routine("page")
    live, _ = after(playing(song, page), [(Requested(microphone()), TEN)])

    state, told = after(
        live, [(Over(song.key), song.end), (Began(page, song.end), song.end), (Requested(microphone()), song.end)]
    )

    assert state.over is None
    assert state.waiting == (microphone(),)
    assert told[-1] == Follow(microphone())


def test_a_talk_that_the_mixer_missed_is_refused_by_a_role_that_is_to_end() -> None:
    live, _ = after(playing(music("song")), [(Requested(microphone()), TEN), (Stop(), TEN)])

    state, told = step(live, Requested(microphone()), TEN)

    assert state.over is None
    assert told == (Refuse(microphone(), "the broadcast is closing"),)


def test_who_wants_to_talk_no_more_waits_no_more() -> None:
    page = routine("page")
    waiting, _ = after(playing(page), [(Requested(microphone()), TEN)])

    state, told = step(waiting, Withdrawn(microphone().key), TEN)

    assert state.waiting == ()
    assert told == (Follow(None),)
    assert step(state, Withdrawn(page.key), TEN) == (state, ())


def test_a_second_microphone_is_refused_while_the_first_lies_over_the_music() -> None:
    second = microphone(later(TEN, 3.0))

    state, told = after(playing(music("song")), [(Requested(microphone()), TEN), (Requested(second), TEN)])

    assert told[-1] == Refuse(second, "is refused: one microphone is live already")
    assert state.over == microphone()


# the next song


def test_the_next_song_begins_at_once_under_a_key_of_its_own() -> None:
    one, two, three = programme(("one", 100.0), ("two", 200.0), ("three", 100.0))

    state, told = after(playing(one, two, three), [(NextSong(), later(TEN, 10.0))])

    skipped_to = replace(two, key=f"{two.key}+skip")
    assert told == [Play(skipped_to, SKIP_FADE_S)]
    # The mixer had begun the second song already: its end is not the end of what sounds.
    now = later(TEN, 12.0)
    state, _ = after(state, [(Began(two, now), now), (Began(skipped_to, now), now), (Over(two.key), now)])
    assert state.current == skipped_to
    assert state.programme == (three,)


@pytest.mark.rule("B06")
def test_the_next_song_does_not_bring_an_announcement_before_its_time() -> None:
    one, promo, two = programme(("one", 300.0), ("promo", 20.0), ("two", 100.0))

    state, told = after(playing(one, promo, two), [(NextSong(), later(TEN, 10.0))])

    assert [order.item.id for order in told if isinstance(order, Play)] == ["two"]
    assert state.programme == (promo,)


def test_the_next_song_lets_a_page_go_first() -> None:
    page = routine("page", operator="desk")
    state, _ = after(playing(*programme(("one", 100.0), ("two", 200.0))), [(Requested(page), TEN)])

    assert step(state, NextSong(), TEN)[1] == (Play(page, SKIP_FADE_S),)


@pytest.mark.rule("B10")
def test_a_page_that_the_mixer_began_while_the_song_was_skipped_is_read_once() -> None:
    song, page = music("song"), routine("page", operator="desk")
    state, _ = after(playing(song), [(Requested(page), TEN), (NextSong(), song.end), (Over(song.key), song.end)])

    state, told = after(state, [(Began(page, song.end), song.end), (Requested(page), song.end)])  # missed, asked again

    assert (state.waiting, told) == ((), [Follow(None)])


@pytest.mark.parametrize(
    "state",
    [
        OnAir(),
        playing(music("song")),
        playing(music("song"), routine("promo", later(TEN, 200.0))),
        playing(routine("promo"), music("song", later(TEN, 20.0))),
        replace(playing(music("song"), music("next", later(TEN, 200.0))), stopping=True),
    ],
    ids=["silence", "nothing next", "no song next", "an announcement is on", "closing"],
)
def test_without_a_song_to_skip_or_to_skip_to_nothing_changes(state: OnAir) -> None:
    assert step(state, NextSong(), TEN) == (state, ())


# the end of the role


@pytest.mark.rule("B10")
def test_at_the_end_of_the_role_music_fades_and_nothing_follows() -> None:
    state = playing(*programme(("one", 100.0), ("two", 200.0)))

    stopped, told = after(
        state, [(Stop(), TEN), (Over(state.current.key if state.current else ""), TEN), (Woke(), TEN)]
    )

    assert told == [Fade(STOP_FADE_S)]
    assert stopped == OnAir(stopping=True)


@pytest.mark.rule("B10")
def test_at_the_end_of_the_role_an_announcement_is_read_to_its_end() -> None:
    promo, song = programme(("promo", 20.0), ("song", 100.0))

    stopped, told = after(playing(promo, song), [(Stop(), TEN), (Over(promo.key), promo.end)])

    assert told == [Follow(None)]
    assert stopped == OnAir(stopping=True)


@pytest.mark.rule("B10")
def test_at_the_end_of_the_role_an_announcement_that_is_just_about_to_begin_is_read() -> None:
    song, promo, last = programme(("song", 100.0), ("promo", 20.0), ("last", 100.0))

    state, told = after(playing(song, promo, last), [(Over(song.key), song.end), (Stop(), song.end)])

    assert (told, state.follower) == ([], promo)
    state, told = after(state, [(Began(promo, song.end), song.end)])
    assert (told, state.current) == ([Follow(None)], promo)


def test_at_the_end_of_the_role_a_song_that_the_mixer_began_meanwhile_fades_too() -> None:
    promo, song = programme(("promo", 20.0), ("song", 100.0))
    now = promo.end

    _, told = after(playing(promo, song), [(Stop(), now), (Over(promo.key), now), (Began(song, now), now)])

    assert told == [Follow(None), Fade(STOP_FADE_S), Follow(None)]


def test_at_the_end_of_the_role_a_song_between_two_reports_fades() -> None:
    one, two = programme(("one", 100.0), ("two", 200.0))

    state, told = after(playing(one, two), [(Over(one.key), one.end), (Stop(), one.end)])

    assert (told, state) == ([Fade(STOP_FADE_S)], OnAir(stopping=True))


def test_a_song_ordered_just_before_the_end_of_the_role_does_not_hold_it_up() -> None:
    state, told = after(OnAir(programme=(music("song"),)), [(Woke(), TEN), (Stop(), TEN)])

    assert told == [Play(music("song"), 0.0), Fade(STOP_FADE_S)]
    assert state == OnAir(stopping=True)


def test_whoever_waits_at_the_end_of_the_role_is_told() -> None:
    page = routine("page", operator="desk")
    state, _ = after(playing(music("song")), [(Requested(page), TEN)])

    _, told = after(state, [(Stop(), TEN), (Requested(urgent()), TEN)])

    assert told == [
        Fade(STOP_FADE_S),
        Refuse(page, "the broadcast is closing"),
        Refuse(urgent(), "the broadcast is closing"),
    ]


@pytest.mark.rule("B10")
def test_an_evacuation_asked_for_while_the_role_ends_is_aired_again_and_again_until_the_reset() -> None:
    state, told = after(OnAir(stopping=True), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])

    assert told[0] == Play(evacuation(), 0.0)
    assert [order.item.key for order in told[1:] if isinstance(order, Follow) and order.item] == [
        f"{evacuation().key}#2"
    ]
    assert state.current == evacuation()

    state, told = after(state, [(Reset(), later(TEN, 1.0)), (Over(evacuation().key), later(TEN, 1.5))])

    assert told == [Fade(RESET_FADE_S)]
    assert state.sounding is None


@pytest.mark.rule("B10")
def test_an_evacuation_under_way_is_read_to_the_end_of_its_round_when_the_role_ends() -> None:
    state, _ = after(OnAir(), [(Requested(evacuation()), TEN), (Began(evacuation(), TEN), TEN)])

    state, told = after(state, [(Stop(), TEN), (Over(evacuation().key), later(TEN, 30.0))])

    assert told == [Follow(None)]
    assert state == OnAir(stopping=True, called_off=(evacuation().key,))


def test_the_expected_end_is_now_in_silence_and_the_planned_length_after_the_beginning_otherwise() -> None:
    song = music("song")

    assert OnAir().expected_end(TEN) == TEN
    assert OnAir(current=song).expected_end(later(TEN, 9.0)) == later(TEN, 209.0)
    assert playing(song).expected_end(later(TEN, 9.0)) == song.end
