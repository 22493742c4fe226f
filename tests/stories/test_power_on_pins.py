"""The equipment's order on gpiozero's mock pins, through the whole desk: what the relays' pins really did, and when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.hw.clock import VirtualClock
from kiosk.hw.power_memory import RememberedPower, left_on
from kiosk.hw.relays import GpioPower
from kiosk.ports.broadcast import PowerSwitches
from kiosk.rules.broadcast.power import Delays, Unit
from kiosk.rules.broadcast.selfcheck import Result, SelfCheckChoices
from tests.hw.panels import BenchFactory, HandClock
from tests.stories.inspection import Checked
from tests.stories.shop import Relays, Shop, real_start

SOURCE, AMPLIFIER, MICROPHONE = 23, 24, 25
PINS = {Unit.SOURCE: SOURCE, Unit.AMPLIFIER: AMPLIFIER, Unit.MICROPHONE: MICROPHONE}
DELAYS = Delays()


class PinRelays(Relays):
    """The driver on mock pins; moves: time, pin and level of whatever changed. burning: as a killed role left them.

    record: where a role writes down what is on, on a kernel that leaves outputs as they are.
    """

    def __init__(self, clock: VirtualClock, burning: tuple[int, ...] = (), record: Path | None = None) -> None:
        super().__init__(clock)

        def elapsed_s() -> float:
            return clock.now().timestamp()  # the machine goes on while the role is away

        if record is not None:
            self.left_on = left_on(record, elapsed_s(), DELAYS.warm_s, "this boot")
        self.factory = BenchFactory(HandClock())
        for pin in burning:
            self.factory.pin(pin)._state = True
        self.power = GpioPower(PINS, factory=self.factory, left_on=self.left_on)
        self.switches: PowerSwitches = self.power
        if record is not None:
            self.switches = RememberedPower(self.power, record, elapsed_s, "this boot")
        self.moves: list[tuple[float, int, bool]] = []

    def switch(self, unit: Unit, *, on: bool) -> None:
        before = self.level(unit)
        self.switches.switch(unit, on=on)
        super().switch(unit, on=on)
        if self.level(unit) is not before:
            self.moves.append((self._clock.mono_s(), PINS[unit], self.level(unit)))

    def reads(self, unit: Unit) -> bool | None:
        return self.power.reads(unit)

    def level(self, unit: Unit) -> bool:
        return bool(self.factory.pin(PINS[unit]).state)

    @property
    def lit(self) -> set[Unit]:
        return {unit for unit in PINS if self.level(unit)}


class Wired:
    """A shop whose relays are pins; its role may be killed and started again."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.lives: list[PinRelays] = []
        self.record: Path | None = None
        shop.relays_at = self._wire

    @property
    def pins(self) -> PinRelays:
        return self.lives[-1]

    def order(self) -> list[tuple[int, bool]]:
        return [(pin, on) for _, pin, on in self.pins.moves]

    def _wire(self, clock: VirtualClock) -> PinRelays:
        burning = tuple(PINS[unit] for unit in self.pins.lit) if self.lives else ()
        self.lives.append(PinRelays(clock, burning, self.record))
        return self.pins

    def close(self) -> None:
        for life in self.lives:
            life.power.close()


@pytest.fixture
def wired(shop: Shop) -> Iterator[Wired]:
    made = Wired(shop)
    yield made
    made.close()


@pytest.mark.rule("B02")
def test_every_output_is_off_from_the_start_until_the_equipment_is_needed(shop: Shop, wired: Wired) -> None:
    shop.opens_at("07:00").until("08:59:50")

    assert wired.pins.lit == set()
    assert wired.pins.moves == []
    assert not any(on for _, on in wired.pins.factory.switched)


@pytest.mark.rule("B02")
@pytest.mark.rule("B19")
def test_a_whole_day_switches_in_order_with_the_manual_s_delays_and_ends_dark(shop: Shop, wired: Wired) -> None:
    shop.opens_at("08:00").until("23:00")

    (source_s, *up), (amplifier_s, *then), (amplifier_off_s, *down), (source_off_s, *last) = wired.pins.moves
    assert [up, then, down, last] == [[SOURCE, True], [AMPLIFIER, True], [AMPLIFIER, False], [SOURCE, False]]
    assert amplifier_s - source_s >= DELAYS.settle_s - 1e-5
    start = shop.at("08:00").timestamp()
    assert real_start(shop.lines[0]) - start - amplifier_s >= DELAYS.warm_s - 1e-5
    ends = [line.real_end.timestamp() for line in shop.lines if line.real_end is not None]
    assert amplifier_off_s - (max(ends) - start) >= DELAYS.quiet_s - 0.001
    assert source_off_s - amplifier_off_s >= DELAYS.drain_s - 1e-5
    assert shop.lines[-1].kind.value == "closing"
    assert wired.pins.lit == set()


@pytest.mark.rule("B02")
def test_a_role_that_is_killed_leaves_nothing_on_once_it_starts_again(shop: Shop, wired: Wired) -> None:
    shop.opens_at("08:00").until("11:00")
    burning = wired.pins.lit
    shop.power_goes().opens_at("11:00:05")

    after = wired.pins.lit
    shop.until("11:01")

    assert burning == {Unit.SOURCE, Unit.AMPLIFIER}
    assert after == set()  # the new role's first act: all off, then on again in order
    (source_s, *_), (amplifier_s, *_) = wired.pins.moves
    assert wired.order() == [(SOURCE, True), (AMPLIFIER, True)]
    assert amplifier_s - source_s >= DELAYS.settle_s - 1e-5


@pytest.mark.rule("B02")
def test_an_amplifier_that_a_killed_role_left_on_stays_on_and_the_next_song_waits_for_nothing(
    shop: Shop, wired: Wired, tmp_path: Path
) -> None:
    wired.record = tmp_path / "power.json"
    shop.opens_at("08:00").until("11:00")
    shop.power_goes().opens_at("11:00:05").until("11:01")

    assert wired.pins.lit == {Unit.SOURCE, Unit.AMPLIFIER}
    assert wired.order() == []
    assert all(on for pin, on in wired.pins.factory.switched if pin != MICROPHONE)  # not even for a blink
    assert shop.silence_s("11:00:05.1", "11:01") < 0.2


@pytest.mark.rule("B02")
@pytest.mark.parametrize("again", ["22:30", "23:59"])
def test_an_amplifier_that_a_killed_role_left_on_goes_off_in_order_when_the_store_is_closed(
    shop: Shop, wired: Wired, tmp_path: Path, again: str
) -> None:
    wired.record = tmp_path / "power.json"
    shop.opens_at("08:00").until("11:00").power_goes().opens_at(again).passes(30)

    assert wired.order() == [(AMPLIFIER, False), (SOURCE, False)]
    assert wired.pins.lit == set()
    assert not wired.record.exists()


@pytest.mark.rule("B02")
def test_an_amplifier_that_was_not_warm_yet_when_the_role_was_killed_is_switched_on_anew_in_order(
    shop: Shop, wired: Wired, tmp_path: Path
) -> None:
    wired.record = tmp_path / "power.json"
    shop.opens_at("11:00").passes(DELAYS.settle_s + 0.5).power_goes().opens_at("11:00:04").passes(30)

    assert wired.order() == [(SOURCE, True), (AMPLIFIER, True)]


@pytest.mark.rule("B02")
def test_a_role_that_was_killed_in_the_evening_starts_dark_and_stays_dark(shop: Shop, wired: Wired) -> None:
    shop.opens_at("08:00").until("21:59").power_goes().opens_at("22:30").until("23:30")

    assert wired.pins.lit == set()
    assert wired.pins.moves == []


@pytest.mark.rule("B02")
def test_a_role_that_is_told_to_stop_switches_off_in_order(shop: Shop, wired: Wired) -> None:
    shop.opens_at("08:00").until("11:00").stop().until("11:10")

    assert shop.announcer.done
    assert wired.order()[2:] == [(AMPLIFIER, False), (SOURCE, False)]
    assert wired.pins.lit == set()


@pytest.mark.rule("B01")
@pytest.mark.rule("B02")
def test_the_self_check_reads_the_pins_back_on_and_off(shop: Shop, wired: Wired) -> None:
    checked = Checked(shop, SelfCheckChoices(microphone="USB microphone"))

    shop.opens_at("08:00").until("08:45")

    order = [(SOURCE, True), (AMPLIFIER, True), (AMPLIFIER, False), (SOURCE, False)]
    assert [move for move in wired.order() if move[0] != MICROPHONE] == order
    assert [move for move in wired.order() if move[0] == MICROPHONE] == [(MICROPHONE, True), (MICROPHONE, False)]
    assert checked.report.verdict is Result.OK
    assert wired.pins.lit == set()
