from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import (
    Began,
    BesideNext,
    Fade,
    Follow,
    LayBeside,
    LayOver,
    OnAir,
    Over,
    Play,
    Replanned,
    Requested,
    Reset,
    Stop,
    Woke,
    step,
)
from kiosk.rules.broadcast.programme import Item
from kiosk.units import ZoneId
from tests.rules.broadcast.air import playing
from tests.rules.broadcast.studio import item, later, moment

FOOD = ZoneId("food")


TEN = moment("10:00")


def song(name: str, start: datetime = TEN, seconds: float = 200.0) -> Item:
    return item(name, AirClass.MUSIC, start, seconds)


def page(
    name: str = "page", air_class: AirClass = AirClass.ROUTINE, *, at: datetime = TEN, seconds: float = 20.0
) -> Item:
    return replace(item(name, air_class, at, seconds, operator="desk"), zones=(FOOD,))


def planned(name: str, at: datetime, seconds: float = 20.0) -> Item:
    return replace(item(name, AirClass.ROUTINE, at, seconds), zones=(FOOD,))


A, B, C = song("a"), song("b", later(TEN, 200.0)), song("c", later(TEN, 400.0))


def beside(orders: Sequence[object]) -> list[object]:
    return [order for order in orders if isinstance(order, BesideNext | LayBeside)]


# routine


@pytest.mark.rule("B08")
@pytest.mark.rule("B15")
def test_a_page_for_a_zone_waits_for_the_song_s_end_and_begins_with_the_next_song() -> None:
    wanted = page()

    state, orders = step(playing(A, B, C), Requested(wanted), later(TEN, 5.0))

    assert orders == (BesideNext(wanted),)
    assert state.waiting == (wanted,)
    assert state.follower == B


@pytest.mark.rule("B08")
def test_while_it_speaks_the_line_goes_on_and_afterwards_too() -> None:
    wanted, at = page(), B.start
    state, _ = step(playing(A, B, C), Requested(wanted), later(TEN, 5.0))

    state, _ = step(state, Over(A.key), at)
    state, _ = step(state, Began(B, at), at)
    state, _ = step(state, Began(wanted, at), at)
    assert (state.current, state.beside, state.follower) == (B, wanted, C)
    assert state.waiting == ()

    state, orders = step(state, Over(wanted.key), later(at, 20.0))
    assert (state.beside, orders) == (None, ())
    assert (state.current, state.follower) == (B, C)


@pytest.mark.rule("B08")
def test_two_pages_for_zones_speak_one_after_another_each_with_a_song_of_its_own() -> None:
    one, two = page("one"), page("two")
    state, _ = step(playing(A, B, C), Requested(one), TEN)
    state, orders = step(state, Requested(two), TEN)
    assert beside(orders) == []

    state, _ = step(state, Began(B, B.start), B.start)
    state, orders = step(state, Began(one, B.start), B.start)

    assert beside(orders) == [BesideNext(two)]


@pytest.mark.rule("B08")
def test_what_is_for_the_whole_store_waits_until_the_page_for_a_zone_is_over() -> None:
    whole = item("whole", AirClass.ROUTINE, B.start, operator="desk")
    state, _ = step(replace(playing(A, B, C), beside=page(), beside_began=TEN), Requested(whole), TEN)
    assert state.follower == B

    state, orders = step(state, Over(page().key), later(TEN, 20.0))

    assert state.follower == whole
    assert Follow(whole) in orders


@pytest.mark.rule("B08")
def test_a_planned_announcement_that_a_page_for_a_zone_outlasts_has_its_turn_after_the_next_song() -> None:
    due = item("promo", AirClass.ROUTINE, B.start, 20.0)
    state = replace(playing(A, due, B, C), beside=page(seconds=300.0), beside_began=TEN)
    state, _ = step(state, Woke(), TEN)

    state, _ = step(state, Began(B, B.start), B.start)
    assert state.waiting == (due,)

    state, _ = step(state, Over(page(seconds=300.0).key), later(B.start, 50.0))
    assert state.follower == due


# planned


@pytest.mark.rule("B08")
def test_a_planned_announcement_for_a_zone_is_told_ahead_for_the_song_it_is_planned_with() -> None:
    due = planned("promo", B.start)
    state, orders = step(OnAir(programme=(A, due, B, C)), Began(A, TEN), TEN)

    assert beside(orders) == [BesideNext(due)]
    assert state.follower == B


@pytest.mark.rule("B08")
def test_one_that_is_planned_for_later_is_not_told_yet() -> None:
    due = planned("promo", C.start)

    state, orders = step(OnAir(programme=(A, B, due, C)), Began(A, TEN), TEN)
    assert beside(orders) == []

    _, orders = step(state, Began(B, B.start), B.start)
    assert beside(orders) == [BesideNext(due)]


@pytest.mark.rule("B08")
def test_a_new_plan_takes_back_what_is_due_later_now() -> None:
    due = planned("promo", B.start)
    state, _ = step(OnAir(programme=(A, due, B, C)), Began(A, TEN), TEN)

    state, orders = step(state, Replanned((B, replace(due, start=C.start), C)), later(TEN, 10.0))

    assert BesideNext(None) in orders
    assert state.beside_next is None


@pytest.mark.rule("B08")
def test_a_song_that_begins_without_the_announcement_that_was_planned_with_it_does_not_lose_it() -> None:
    due = planned("promo", B.start)
    state, _ = step(OnAir(programme=(A, due, B, C)), Began(A, TEN), TEN)

    state, _ = step(state, Began(B, B.start), B.start)

    assert state.waiting == (due,)
    assert state.beside_next == due


def test_in_silence_a_page_for_a_zone_waits_for_nothing() -> None:
    wanted = page()

    state, orders = step(OnAir(), Requested(wanted), TEN)

    assert orders == (LayBeside(wanted),)
    assert state.beside == wanted


def test_in_silence_a_planned_one_waits_for_its_time() -> None:
    due = planned("promo", later(TEN, 3600.0))

    state, orders = step(OnAir(programme=(due,)), Woke(), TEN)
    assert orders == ()

    _, orders = step(state, Woke(), due.start)
    assert orders == (LayBeside(due),)


def test_a_page_that_cannot_be_played_is_given_up() -> None:
    wanted = page()
    state, _ = step(playing(A, B, C), Requested(wanted), TEN)

    state, orders = step(state, Over(wanted.key), B.start)

    assert (state.waiting, state.beside_next, orders) == ((), None, ())


# urgent


@pytest.mark.rule("B08")
def test_an_urgent_page_for_a_zone_begins_at_once_and_the_line_is_not_touched() -> None:
    wanted = page("child", AirClass.URGENT)

    state, orders = step(playing(A, B, C), Requested(wanted), TEN, break_in_fade_s=0.4)

    assert orders == (LayBeside(wanted, 0.4),)
    assert (state.current, state.follower, state.beside) == (A, B, wanted)


@pytest.mark.rule("B10")
def test_an_urgent_page_for_a_zone_lets_an_announcement_end_and_begins_then() -> None:
    promo, wanted = item("promo", AirClass.ROUTINE, TEN, 20.0), page("child", AirClass.URGENT)
    state, orders = step(playing(promo, B, C), Requested(wanted), TEN)
    assert orders == (BesideNext(wanted),)

    _, orders = step(state, Began(B, B.start), B.start)

    assert LayBeside(wanted, 0.3) in orders, "sooner is better; the mixer knows if it has begun"


@pytest.mark.rule("B10")
def test_an_emergency_for_the_whole_store_lets_a_page_for_a_zone_end_and_begins_then() -> None:
    child = item("child", AirClass.URGENT, TEN, operator="desk")
    state, orders = step(replace(playing(A, B, C), beside=page(), beside_began=TEN), Requested(child), TEN)
    assert orders == ()

    _, orders = step(state, Over(page().key), later(TEN, 20.0))

    assert orders == (Play(child, 0.3),)


@pytest.mark.rule("B10")
def test_an_order_that_the_mixer_missed_is_decided_again() -> None:
    first, late = page("first"), page("child", AirClass.URGENT)
    state, _ = step(playing(A, B, C), Requested(first), TEN)
    state, _ = step(state, Requested(late), TEN)
    assert state.beside == late

    state, _ = step(state, Began(first, TEN), TEN)  # the mixer was faster
    state, orders = step(state, Requested(late), TEN)

    assert state.beside == first
    assert state.waiting == (late,)
    assert orders == (BesideNext(late),)


@pytest.mark.rule("B10")
def test_an_order_missed_for_an_announcement_to_the_whole_store_waits_for_it() -> None:
    promo, late = item("promo", AirClass.ROUTINE, B.start, 20.0), page("child", AirClass.URGENT)
    state, _ = step(playing(A, promo, C), Requested(late), TEN)

    state, _ = step(state, Began(promo, B.start), B.start)
    state, _ = step(state, Requested(late), B.start)

    assert state.beside is None
    assert state.waiting == (late,)


def test_what_speaks_is_known_and_not_begun_again() -> None:
    state = replace(playing(A, B, C), beside=page(), beside_began=TEN)

    assert step(state, Requested(page()), TEN) == (state, ())


# evacuation, microphone, closing


@pytest.mark.rule("B10")
def test_an_evacuation_goes_before_a_page_for_a_zone_and_is_for_the_whole_store() -> None:
    state = replace(playing(A, B, C), beside=page(), beside_began=TEN)
    leave = replace(item("leave", AirClass.EVACUATION, TEN, operator="desk"), zones=(FOOD,))

    state, orders = step(state, Requested(leave), TEN)

    assert orders == (Play(leave, 0.3),)
    state, orders = step(state, Requested(page("other")), TEN)
    assert beside(orders) == []
    state, _ = step(state, Began(leave, TEN), TEN)
    state, _ = step(state, Over(page().key), TEN)
    _, orders = step(state, Reset(), TEN)
    assert beside(orders) == []


@pytest.mark.rule("B10")
def test_a_page_that_waited_for_the_reset_begins_with_the_song_after_the_first_one() -> None:
    leave = replace(item("leave", AirClass.EVACUATION, TEN, operator="desk"))
    state, _ = step(playing(A, B, C), Requested(leave), TEN)
    state, _ = step(state, Began(leave, TEN), TEN)
    state, _ = step(state, Requested(page()), TEN)
    state, _ = step(state, Reset(), TEN)

    state, orders = step(state, Over(state.current.key if state.current else ""), TEN)

    assert beside(orders) == [BesideNext(page())]


@pytest.mark.rule("B10")
def test_nobody_talks_while_a_page_for_a_zone_is_read() -> None:
    talk = item("talk", AirClass.MICROPHONE, TEN, operator="desk")

    state, orders = step(replace(playing(A, B, C), beside=page(), beside_began=TEN), Requested(talk), TEN)

    assert not any(isinstance(order, LayOver | Play) for order in orders)
    assert state.waiting == (talk,)


@pytest.mark.rule("B10")
def test_whoever_waited_with_a_microphone_speaks_over_the_song_once_the_page_is_over() -> None:
    talk, waits = item("talk", AirClass.MICROPHONE, TEN, operator="desk"), item("other", AirClass.ROUTINE, TEN)
    state, _ = step(replace(playing(A, B, C), beside=page(), beside_began=TEN), Requested(waits), TEN)
    state, _ = step(state, Requested(talk), TEN)

    state, orders = step(state, Over(page().key), later(TEN, 20.0))

    assert LayOver(talk) in orders
    assert state.over == talk
    assert state.waiting == (waits,)
    assert state.current == A


@pytest.mark.rule("B10")
def test_a_talk_that_the_mixer_missed_because_a_page_began_with_the_song_waits() -> None:
    talk = item("talk", AirClass.MICROPHONE, TEN, operator="desk")
    state, _ = step(playing(A, B, C), Requested(talk), TEN)
    assert state.over == talk

    state, _ = step(state, Began(page(), TEN), TEN)
    state, orders = step(state, Requested(talk), TEN)

    assert not any(isinstance(order, LayOver | Play) for order in orders)
    assert (state.over, state.beside) == (None, page())
    assert state.waiting == (talk,)


@pytest.mark.rule("B10")
def test_a_page_for_a_zone_waits_for_the_end_of_a_talk() -> None:
    talk, wanted = item("talk", AirClass.MICROPHONE, TEN, operator="desk"), page("urgent", AirClass.URGENT)
    state, _ = step(playing(A, B, C), Requested(talk), TEN)

    state, meanwhile = step(state, Requested(wanted), TEN)
    state, afterwards = step(state, Over(talk.key), later(TEN, 20.0))

    assert not any(isinstance(order, LayBeside) for order in meanwhile)
    assert [order.item for order in afterwards if isinstance(order, LayBeside)] == [wanted]


@pytest.mark.rule("B10")
def test_closing_lets_a_page_for_a_zone_end_and_begins_no_other() -> None:
    state, _ = step(replace(playing(A, B, C), beside=page(), beside_began=TEN), Requested(page("next")), TEN)

    state, orders = step(state, Stop(), TEN)

    assert any(isinstance(order, Fade) for order in orders)
    assert BesideNext(None) in orders
    assert state.beside == page()
