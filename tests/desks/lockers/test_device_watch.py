from __future__ import annotations

from datetime import UTC, datetime

from kiosk.desks.lockers.device_watch import DeviceWatch
from kiosk.desks.lockers.messages import Message, Tick
from kiosk.ports.lockers import BoardReport, ReaderReport

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def watched(*messages: Message) -> tuple[str, ...]:
    watch = DeviceWatch()
    for message in messages:
        watch.take(message, NOW)
        watch.pass_to(NOW)
    assert watch.next_wake(NOW) is None
    return watch.faults


def test_a_board_and_a_reader_that_are_away_are_faults_until_they_are_back() -> None:
    lost = BoardReport("left", "it does not answer: check its cable"), ReaderReport("door", "unplugged: plug it in")

    assert watched(*lost) == (
        "lock board left: it does not answer: check its cable",
        "reader door: unplugged: plug it in",
    )
    assert watched(*lost, BoardReport("left"), ReaderReport("door")) == ()


def test_what_was_never_away_is_no_fault() -> None:
    assert watched(Tick(), BoardReport("left")) == ()
