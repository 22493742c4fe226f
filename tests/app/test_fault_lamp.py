"""The fault lamp on mock pins and in virtual time: what it shows of both roles, and how soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.fault_lamp import LOOK_S, FaultLamp, faults_of_broadcast
from kiosk.audio.output import SilentStream, Wire
from kiosk.audio.outputs import Card, FurtherCard, Outputs
from kiosk.errors import DeviceFault
from kiosk.hw.gpio_panel import GpioPanel
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.panel import FAULT, Lamp
from kiosk.rules.broadcast.selfcheck import Occasion, fault, report_of
from kiosk.rules.health.lamp import MISSING_S
from tests.hw.panels import BenchFactory, HandClock

LAMP = 21
SHOWN_S = 100.0  # so soon a fault is shown
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def nobody_there() -> Mapping[str, Any]:
    raise DeviceFault("no front role listens")


@dataclass
class House:
    """Both roles as their hatches tell it, and the lamp on its pin."""

    own: dict[str, Any] = field(default_factory=lambda: {"parts": [], "faults": []})
    front: dict[str, Any] = field(default_factory=lambda: {"parts": [], "faults": []})
    gone: bool = False

    def __post_init__(self) -> None:
        self.clock = HandClock()
        self.factory = BenchFactory(self.clock)
        self.panel = GpioPanel(
            {}, {FAULT: LAMP}, factory=self.factory, post=lambda edge: None, mono_s=self.clock.mono_s
        )
        self.lamp = FaultLamp(self.panel, lambda: self.own, self.ask, mono_s=self.clock.mono_s)

    def ask(self) -> Mapping[str, Any]:
        return nobody_there() if self.gone else self.front

    @property
    def lit(self) -> bool:
        return bool(self.factory.pin(LAMP).state)

    def passes(self, seconds: float) -> set[bool]:
        """How the lamp stood in each eighth of a second of it."""
        seen = set()
        for eighth in range(int(seconds * 8)):
            if eighth % int(LOOK_S * 8) == 0:
                self.lamp.look()
            self.clock.now_s += 0.125
            self.panel.turn()
            seen.add(self.lit)
        return seen


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    yield house
    house.panel.close()


def test_the_lamp_stays_dark_while_all_is_well(house: House) -> None:
    assert house.passes(300) == {False}
    assert house.lamp.values() == {"says": "dark: all is well", "why": [], "wired": True}


def test_a_fault_of_the_broadcast_lights_the_lamp_and_goes_with_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.own["faults"] = ["no sound output; look at the sound card and its cable"]
    house.passes(LOOK_S)
    lit = house.passes(30)
    house.own["faults"] = []
    house.passes(LOOK_S)

    assert lit == {True}
    assert house.passes(30) == {False}
    assert [line.getMessage() for line in caplog.records if line.name == "kiosk.app.fault_lamp"] == [
        "the fault lamp comes on: no sound output; look at the sound card and its cable",
        "the fault lamp goes dark: all is well again",
    ]


def test_a_reader_that_the_lockers_miss_lights_it_too(house: House) -> None:
    house.front["faults"] = ["reader door: unplugged: plug it in"]
    house.passes(LOOK_S)

    assert house.passes(30) == {True}
    assert house.lamp.values()["why"] == ["front: reader door: unplugged: plug it in"]


def test_a_part_that_is_stuck_lights_it(house: House) -> None:
    house.front["parts"] = [{"part": "the desk", "stuck": True, "told": "the desk has made no progress for 20 s"}]
    house.passes(LOOK_S)

    assert house.passes(30) == {True}


def test_a_role_that_does_not_answer_makes_it_blink_in_time(house: House) -> None:
    house.passes(30)
    house.gone = True

    assert house.passes(MISSING_S) == {False}  # it may only be started anew
    house.passes(SHOWN_S - MISSING_S - 2.0)
    assert house.passes(2.0) == {True, False}


def test_a_lamp_that_the_walk_left_dark_is_lit_again(house: House) -> None:
    house.own["faults"] = ["no sound output"]
    house.passes(LOOK_S)
    house.panel.show(FAULT, Lamp.OFF)
    house.passes(LOOK_S)

    assert house.passes(30) == {True}


def test_a_lamp_that_is_broken_is_told_once(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.factory.pin(LAMP).broken = "Input/output error"
    house.own["faults"] = ["no sound output"]

    house.lamp.look()
    house.lamp.look()

    assert caplog.text.count("the fault lamp cannot use GPIO 21") == 1


def test_what_the_lamp_would_say_is_known_where_none_is_wired() -> None:
    with FaultLamp(None, lambda: {"parts": [], "faults": ["no sound output"]}, None) as lamp:
        lamp.look()

    assert lamp.values() == {"says": "lit: there is a fault", "why": ["no sound output"], "wired": False}


def a_broken_card() -> SilentStream:
    raise DeviceFault("sound output default: there is none; plug it in")


def test_what_is_out_of_order_at_the_broadcast(tmp_path: Path) -> None:
    silent = lambda: SilentStream(lambda frames: None, block_frames=1024)  # type: ignore[arg-type,return-value]  # noqa: E731
    wire = Wire(a_broken_card, silent, tell=lambda text: None, latency=lambda seconds: None)
    card = FurtherCard(Card("basement", "", 2, 2, 1024, 1024), tell=lambda text: None)
    card.report = {"away": True}
    outputs = Outputs(wire, (card,))
    report = report_of(NOW.date(), Occasion.BEFORE_OPENING, NOW, NOW, [fault(Topic.OUTPUT, "no card")])
    well = faults_of_broadcast(Outputs(wire), lambda: 0, lambda: None, tmp_path)

    wire.open()
    told = faults_of_broadcast(outputs, lambda: 3, lambda: report, tmp_path)
    wire.close()

    assert well == ()
    assert told == (
        "no sound output: the programme runs silently; look at the sound card and its cable",
        "sound output basement is away; look at its card and cable",
        "3 lines of the log wait in memory: the ledger cannot be written; see the log for why",
        "self-check 08:30: 1 fault, 11 unchecked",
    )


def test_a_state_folder_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    outputs = Outputs(Wire(a_broken_card, a_broken_card, tell=lambda text: None, latency=lambda seconds: None))

    (told,) = faults_of_broadcast(outputs, lambda: 0, lambda: None, tmp_path / "gone")

    assert told.endswith("check the card")
