from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.hw.badge_reader import BadgeReader
from kiosk.rules.people.badge import BadgeShown
from tests.audio.waiting import eventually
from tests.hw.cables import Port
from tests.hw.panels import HandClock
from tests.hw.test_badge_frames import tag

PATIENCE_S = 30.0


class Desk:
    """What the reader posts and tells."""

    def __init__(self, port: Port) -> None:
        self.shown: list[BadgeShown] = []
        self.told: list[str] = []
        self.clock = HandClock()
        self.reader = BadgeReader(
            str(port.name), 9600, post=self.shown.append, tell=self.told.append, mono_s=self.clock.mono_s, again_s=0.02
        )

    def sees(self, count: int) -> None:
        eventually(lambda: len(self.shown) >= count, within_s=PATIENCE_S, what=f"{count} badges")

    def hears(self, words: str) -> None:
        eventually(lambda: any(words in text for text in self.told), within_s=PATIENCE_S, what=words)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    one = Port(tmp_path)
    yield one
    one.close()


@pytest.fixture
def desk(port: Port) -> Iterator[Desk]:
    port.plug_in()
    one = Desk(port)
    yield one
    one.reader.close()


def shown_until_read(desk: Desk, port: Port, number: str) -> None:
    """Held to the reader until it is seen: pyserial throws away what came before the port was open."""
    before = len(desk.shown)

    def seen() -> bool:
        port.send(tag(number))
        return len(desk.shown) > before

    eventually(seen, within_s=PATIENCE_S, what=number)


@pytest.mark.rule("B14")
def test_a_badge_at_the_reader_is_shown_once_however_long_it_is_held_there(port: Port, desk: Desk) -> None:
    shown_until_read(desk, port, "0A1B2C3D4E")
    port.send(tag("0A1B2C3D4E") * 20 + tag("1111111111"))
    desk.sees(2)
    desk.clock.sleep(5.0)
    port.send(tag("0A1B2C3D4E"))
    desk.sees(3)

    assert [one.number for one in desk.shown] == ["0A1B2C3D4E", "1111111111", "0A1B2C3D4E"]
    assert desk.told == []


def test_a_reader_that_is_unplugged_is_told_once_and_works_when_it_is_back(port: Port, desk: Desk) -> None:
    shown_until_read(desk, port, "0A1B2C3D4E")

    port.pull_out()
    desk.hears("cannot be read")
    port.plug_in()
    desk.hears("is back")
    shown_until_read(desk, port, "2222222222")

    assert desk.shown[-1] == BadgeShown("2222222222")
    assert len(desk.told) == 2
    assert "plug it in" in desk.told[0]


def test_a_reader_that_is_not_there_at_the_start_is_waited_for(port: Port) -> None:
    desk = Desk(port)

    desk.hears("cannot be read")
    port.plug_in()
    shown_until_read(desk, port, "0A1B2C3D4E")

    assert len(desk.told) == 2
    desk.reader.close()


def test_a_reader_at_another_speed_sends_nonsense_and_that_is_told(port: Port, desk: Desk) -> None:
    def told() -> bool:
        port.send(b"\xf8\x80\r")
        return bool(desk.told)

    eventually(told, within_s=PATIENCE_S, what="nonsense")

    assert "check baud" in desk.told[0]
    assert desk.shown == []


def test_a_closed_reader_is_deaf_and_closes_again_without_harm(port: Port, desk: Desk) -> None:
    shown_until_read(desk, port, "0A1B2C3D4E")
    before = len(desk.shown)

    desk.reader.close()
    desk.reader.close()
    port.send(tag("3333333333"))

    assert len(desk.shown) == before
