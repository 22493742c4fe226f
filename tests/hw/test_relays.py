from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw.relays import GpioPower
from kiosk.rules.broadcast.power import Delays, Unit, down, up
from tests.hw.panels import BenchFactory, HandClock

SOURCE, AMPLIFIER, MICROPHONE = 23, 24, 25
PINS = {Unit.SOURCE: SOURCE, Unit.AMPLIFIER: AMPLIFIER, Unit.MICROPHONE: MICROPHONE}
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def factory() -> BenchFactory:
    return BenchFactory(HandClock())


def lit(factory: BenchFactory) -> set[int]:
    return {pin for pin in PINS.values() if factory.pin(pin).state}


def offs_and_ons(factory: BenchFactory) -> list[tuple[int, bool]]:
    """What was switched, without saying again what a relay was already."""
    state = dict.fromkeys(PINS.values(), False)
    changes = []
    for pin, on in factory.switched:
        if state[pin] is not on:
            changes.append((pin, on))
        state[pin] = on
    return changes


@pytest.mark.rule("B02")
def test_every_relay_is_off_from_the_first_moment(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)

    assert lit(factory) == set()
    assert not any(on for _, on in factory.switched)
    power.close()


@pytest.mark.rule("B02")
def test_the_rules_whole_sequence_can_be_switched(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)

    for step in (*up(Delays()), *down(Delays())):
        power.switch(step.unit, on=step.on)

    assert offs_and_ons(factory) == [(SOURCE, True), (AMPLIFIER, True), (AMPLIFIER, False), (SOURCE, False)]
    power.close()


@pytest.mark.rule("B02")
def test_the_amplifier_does_not_go_on_before_its_source(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)

    with pytest.raises(DeviceFault, match="the amplifier stays off: the mixer and source is off; switch that on first"):
        power.switch(Unit.AMPLIFIER, on=True)

    assert lit(factory) == set()
    power.close()


@pytest.mark.rule("B02")
def test_the_source_does_not_go_off_before_the_amplifier(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)
    power.switch(Unit.SOURCE, on=True)
    power.switch(Unit.AMPLIFIER, on=True)

    with pytest.raises(DeviceFault, match="the mixer and source stays on: the amplifier is on"):
        power.switch(Unit.SOURCE, on=False)

    assert lit(factory) == {SOURCE, AMPLIFIER}
    power.close()


@pytest.mark.rule("B02")
def test_the_order_holds_for_a_source_that_no_relay_switches(factory: BenchFactory) -> None:
    power = GpioPower({Unit.AMPLIFIER: AMPLIFIER}, factory=factory)

    with pytest.raises(DeviceFault):
        power.switch(Unit.AMPLIFIER, on=True)
    power.switch(Unit.SOURCE, on=True)
    power.switch(Unit.AMPLIFIER, on=True)

    assert lit(factory) == {AMPLIFIER}
    power.close()


@pytest.mark.rule("B02")
def test_a_source_that_does_not_go_on_keeps_the_amplifier_off(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)
    factory.pin(SOURCE).broken = "the chip does not answer"

    with pytest.raises(DeviceFault, match="the relay of the mixer and source cannot use GPIO 23: the chip does not"):
        power.switch(Unit.SOURCE, on=True)
    with pytest.raises(DeviceFault, match="the amplifier stays off"):
        power.switch(Unit.AMPLIFIER, on=True)

    power.close()


@pytest.mark.rule("B16")
def test_the_microphone_supply_goes_off_the_moment_it_is_told(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)
    power.switch(Unit.MICROPHONE, on=True)
    on = lit(factory)

    power.switch(Unit.MICROPHONE, on=False)

    assert (on, lit(factory)) == ({MICROPHONE}, set())
    power.close()


@pytest.mark.rule("B02")
def test_closing_switches_everything_off_the_amplifier_before_its_source(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)
    for unit in (Unit.SOURCE, Unit.AMPLIFIER, Unit.MICROPHONE):
        power.switch(unit, on=True)

    power.close()
    power.close()

    assert offs_and_ons(factory)[3:] == [(MICROPHONE, False), (AMPLIFIER, False), (SOURCE, False)]
    assert factory.is_free(*PINS.values())
    with pytest.raises(DeviceFault, match="is closed"):
        power.switch(Unit.SOURCE, on=True)


@pytest.mark.rule("B02")
def test_a_relay_that_breaks_while_closing_keeps_no_other_one_on(factory: BenchFactory) -> None:
    power = GpioPower(PINS, factory=factory)
    power.switch(Unit.SOURCE, on=True)
    power.switch(Unit.AMPLIFIER, on=True)
    factory.pin(AMPLIFIER).broken = "the chip does not answer"

    power.close()

    assert not factory.pin(SOURCE).state
    assert factory.is_free(*PINS.values())


def test_a_pin_that_cannot_be_had_is_told_and_frees_the_others(factory: BenchFactory) -> None:
    with pytest.raises(
        DeviceFault, match="the relay of the mixer and source cannot use GPIO 24: it is in use"
    ) as caught:
        GpioPower({Unit.SOURCE: 24, Unit.AMPLIFIER: 24}, factory=factory)

    del caught
    assert factory.is_free(24)


LIVES = {
    "the interpreter's exit": "",
    "an exception that nobody catches": "raise RuntimeError('the desk died')",
    "SIGTERM": "print('ready', flush=True); signal.pause()",
    "SIGTERM while a handler asks the desk to close": "signal.signal(signal.SIGTERM, lambda *_: sys.exit());"
    " print('ready', flush=True); signal.pause()",
}
PROGRAM = """
import signal, sys
from tests.hw.panels import BenchFactory, HandClock
from kiosk.hw.relays import GpioPower
from kiosk.rules.broadcast.power import Unit

class Told(list):
    def append(self, change):
        print(*change, flush=True)

factory = BenchFactory(HandClock())
factory.switched = Told()
power = GpioPower({Unit.SOURCE: 23, Unit.AMPLIFIER: 24}, factory=factory)
power.switch(Unit.SOURCE, on=True)
power.switch(Unit.AMPLIFIER, on=True)
"""


@pytest.mark.rule("B02")
@pytest.mark.parametrize("end", LIVES.values(), ids=LIVES.keys())
def test_no_relay_outlives_the_process(end: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM + end], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    lines = []
    if "ready" in end:
        while (line := process.stdout.readline().strip()) not in ("ready", ""):
            lines.append(line)
        process.send_signal(signal.SIGTERM)

    lines += process.communicate(timeout=30.0)[0].splitlines()

    assert lines[-4:] == ["23 True", "24 True", "24 False", "23 False"]


@pytest.mark.rule("B01")
def test_a_relays_pin_reads_as_it_was_switched_and_one_without_a_pin_not_at_all(factory: BenchFactory) -> None:
    power = GpioPower({Unit.SOURCE: SOURCE}, factory=factory)
    before = power.reads(Unit.SOURCE)
    power.switch(Unit.SOURCE, on=True)
    on = power.reads(Unit.SOURCE)
    factory.pin(SOURCE)._state = False  # shorted to ground

    assert (before, on, power.reads(Unit.SOURCE)) == (False, True, False)
    assert power.reads(Unit.AMPLIFIER) is None
    power.close()
    assert power.reads(Unit.SOURCE) is None
