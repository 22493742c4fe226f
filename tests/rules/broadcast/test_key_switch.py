from __future__ import annotations

from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.key_switch import KEY, KeySwitch


def turned(*moves: tuple[float, bool]) -> KeySwitch:
    key = KeySwitch()
    for at_s, closed in moves:
        key.feed(Edge(KEY, closed, at_s))
    return key


def test_a_key_counts_once_its_contact_rests() -> None:
    key = turned((10.0, True))

    assert key.next_due() == 10.05
    assert not key.pass_to(10.04)
    assert key.pass_to(10.05)
    assert key.next_due() is None


def test_a_key_that_is_on_all_day_stays_on() -> None:
    key = turned((10.0, True))
    key.pass_to(11.0)
    for hour in range(12):
        key.feed(Edge(KEY, True, hour * 3600.0))  # reported anew

    assert key.pass_to(50_000.0)


def test_a_key_that_was_on_at_the_start_is_on() -> None:
    assert turned((0.0, True)).pass_to(1.0)


def test_a_key_that_bounces_counts_as_it_comes_to_rest() -> None:
    key = turned((10.0, True), (10.01, False), (10.02, True), (10.03, False))

    assert not key.pass_to(10.07)
    assert not key.pass_to(10.2)
    assert turned((10.0, True), (10.01, False), (10.02, True)).pass_to(10.08)


def test_a_key_that_is_turned_off_is_off() -> None:
    key = turned((10.0, True))
    assert key.pass_to(11.0)

    key.feed(Edge(KEY, False, 12.0))

    assert key.pass_to(12.01)
    assert not key.pass_to(12.06)


def test_a_contact_that_comes_to_no_rest_counts_as_off() -> None:
    key = turned((10.0, True))
    assert key.pass_to(11.0)
    seen = []

    for step in range(100):
        at_s = 20.0 + step * 0.03
        key.feed(Edge(KEY, step % 2 == 1, at_s))
        seen.append(key.pass_to(at_s))

    assert seen[0]
    assert not seen[-1]
