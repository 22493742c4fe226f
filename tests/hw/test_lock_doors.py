from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.hw.lock_doors import AGREEING, CHATTER_S, Doors
from kiosk.ports.lockers import DoorRead, Reading
from kiosk.units import LockerId

ONE = LockerId(1)
OPEN, CLOSED, UNKNOWN = Reading.OPEN, Reading.CLOSED, Reading.UNKNOWN
LOOK_S = 0.02


def told(doors: Doors, *readings: Reading, from_s: float = 100.0, every_s: float = LOOK_S) -> list[DoorRead]:
    return [one for at, reading in enumerate(readings) for one in doors.feed(ONE, reading, from_s + at * every_s)]


def test_a_door_counts_as_shut_once_two_looks_agree() -> None:
    assert told(Doors([ONE]), CLOSED, CLOSED, CLOSED) == [DoorRead(ONE, CLOSED, 100.02)]


def test_one_odd_look_is_interference() -> None:
    doors = Doors([ONE])
    told(doors, CLOSED, CLOSED)

    assert told(doors, OPEN, CLOSED, OPEN, CLOSED, CLOSED) == []


def test_a_slammed_door_that_bounces_is_told_once() -> None:
    doors = Doors([ONE])
    told(doors, OPEN, OPEN)

    assert told(doors, CLOSED, OPEN, CLOSED, CLOSED, CLOSED, from_s=200.0) == [DoorRead(ONE, CLOSED, 200.06)]


def test_a_wire_that_chatters_tells_nothing_until_it_is_quiet() -> None:
    doors = Doors([ONE])
    told(doors, CLOSED, CLOSED)

    chatter = told(doors, *(OPEN, CLOSED) * 20)
    after = told(doors, *[CLOSED] * 150, from_s=101.0)

    assert [one.reading for one in chatter] == [UNKNOWN]
    assert [one.reading for one in after] == [CLOSED]
    assert after[0].mono_s >= 100.0 + 39 * LOOK_S + CHATTER_S


def test_a_sensor_that_nobody_reads_is_unknown_at_once_and_believed_again_after_two_looks() -> None:
    doors = Doors([ONE])
    told(doors, CLOSED, CLOSED)

    assert doors.lose([ONE], 101.0) == (DoorRead(ONE, UNKNOWN, 101.0),)
    assert doors.lose([ONE], 102.0) == ()
    assert doors.told(103.0) == (DoorRead(ONE, UNKNOWN, 103.0),)
    assert told(doors, CLOSED, CLOSED, from_s=104.0) == [DoorRead(ONE, CLOSED, 104.02)]


def test_a_door_is_settled_when_another_look_could_only_repeat_it() -> None:
    doors = Doors([ONE])

    settled = [doors.settled(ONE)]
    for reading in (CLOSED, CLOSED, OPEN, OPEN):
        told(doors, reading)
        settled.append(doors.settled(ONE))

    assert settled == [True, False, True, False, True]


@given(st.lists(st.sampled_from(Reading), max_size=120), st.sampled_from([0.005, 0.02, 0.15]))
def test_what_is_told_was_read_twice_and_is_never_told_twice(readings: list[Reading], every_s: float) -> None:
    doors = Doors([ONE])
    before, last = UNKNOWN, UNKNOWN

    for at, reading in enumerate(readings):
        for one in doors.feed(ONE, reading, at * every_s):
            assert one.reading is not before
            assert one.reading is UNKNOWN or readings[at - AGREEING + 1 : at + 1] == [one.reading] * AGREEING
            before = last = one.reading
    assert doors.told(99.0) == (DoorRead(ONE, last, 99.0),)
