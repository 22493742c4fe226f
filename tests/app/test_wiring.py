from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app import wiring
from kiosk.app.self_checking import lamps_of, panel_of
from kiosk.app.wiring import wired
from kiosk.config.load import load_site
from kiosk.config.site import Panel, Power, Site
from kiosk.desks.broadcast.attendant import Attendant
from kiosk.desks.broadcast.messages import Fault, Message
from kiosk.errors import DeviceFault
from kiosk.hw.power import SimulatedPower
from kiosk.hw.relays import GpioPower
from kiosk.ports.broadcast import Panel as Lamps
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.panel import FAULT, ON_AIR, Button, Lamp
from kiosk.rules.broadcast.power import Unit
from tests import sites
from tests.hw.panels import BenchFactory, HandClock


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A store that wires nothing."""
    return load_site(sites.write_site(tmp_path / "site"))


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> BenchFactory:
    """The Pi's header, as a mock: opening the chip is the driver's, tested in tests/hw."""
    factory = BenchFactory(HandClock())
    monkeypatch.setattr(wiring, "open_pins", lambda chip: factory)
    return factory


def with_panel(site: Site) -> Site:
    promo, evacuate, reset = site.buttons
    buttons: tuple[Button, ...] = (replace(promo, pin=5, lamp=17), replace(evacuate, pin=6), reset)
    return replace(site, buttons=buttons, panel=Panel(on_air_lamp=22, fault_lamp=21))


def shown(attendants: Sequence[Attendant]) -> Lamps:
    panel = panel_of(attendants)
    assert panel is not None
    return panel


def with_relays(site: Site) -> Site:
    return replace(site, power=Power(source_pin=23, amplifier_pin=24))


def test_a_store_that_wires_nothing_has_simulated_relays_and_no_panel(site: Site) -> None:
    inbox: list[Message] = []

    with wired(site, inbox.append, HandClock().mono_s) as (switches, attendants):
        switches.switch(Unit.SOURCE, on=True)

    assert isinstance(switches, SimulatedPower)
    assert switches.reads(Unit.SOURCE) is None
    assert attendants == ()
    assert inbox == []
    assert lamps_of(site) == ()


def test_relays_and_panel_are_on_the_pins_that_the_site_names(site: Site, pins: BenchFactory) -> None:
    inbox: list[Message] = []

    with wired(with_relays(with_panel(site)), inbox.append, pins.clock.mono_s) as (switches, attendants):
        switches.switch(Unit.SOURCE, on=True)
        panel = shown(attendants)
        panel.show("promo", Lamp.ON)
        panel.show(ON_AIR, Lamp.ON)
        lit = {pin for pin in (17, 22, 23, 24) if pins.pin(pin).state}
        reads = (switches.reads(Unit.SOURCE), switches.reads(Unit.AMPLIFIER), switches.reads(Unit.MICROPHONE))

    assert isinstance(switches, GpioPower)
    assert lit == {17, 22, 23}
    assert reads == (True, False, None)
    assert [message.button for message in inbox if isinstance(message, Edge)] == ["promo", "evacuate"]
    assert lamps_of(with_panel(site)) == ("promo", ON_AIR, FAULT)


@pytest.mark.rule("B02")
def test_everything_is_off_and_given_back_at_the_end(site: Site, pins: BenchFactory) -> None:
    with wired(with_relays(with_panel(site)), lambda message: None, pins.clock.mono_s) as (switches, attendants):
        switches.switch(Unit.SOURCE, on=True)
        switches.switch(Unit.AMPLIFIER, on=True)
        panel = shown(attendants)
        panel.show("promo", Lamp.ON)

    offs = [pin for pin, on in pins.switched if not on]
    assert offs.index(24, 2) < len(offs)
    assert not any(pins.pin(pin).state for pin in (17, 22, 23, 24))
    assert switches.reads(Unit.SOURCE) is None
    assert panel.reads("promo") is None


def test_relays_alone_need_no_panel_and_a_panel_no_relays(site: Site, pins: BenchFactory) -> None:
    with wired(with_relays(site), lambda message: None, pins.clock.mono_s) as (switches, attendants):
        assert isinstance(switches, GpioPower)
        assert attendants == ()
    with wired(with_panel(site), lambda message: None, pins.clock.mono_s) as (switches, attendants):
        assert isinstance(switches, SimulatedPower)
        assert panel_of(attendants) is not None


def test_pins_that_cannot_be_had_are_told_and_the_store_opens_without_them(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(chip: int | None) -> None:
        raise DeviceFault("the pins cannot be opened: put the kiosk's user into the group gpio")

    monkeypatch.setattr(wiring, "open_pins", refuse)
    inbox: list[Message] = []

    with wired(with_relays(site), inbox.append, HandClock().mono_s) as (switches, attendants):
        switches.switch(Unit.SOURCE, on=True)

    assert inbox == [Fault("the pins cannot be opened: put the kiosk's user into the group gpio")]
    assert attendants == ()


def test_a_pin_that_is_named_twice_is_told_and_frees_the_rest(site: Site, pins: BenchFactory) -> None:
    inbox: list[Message] = []
    clash: Callable[[Site], Site] = lambda one: replace(one, power=Power(source_pin=5))  # noqa: E731

    with wired(clash(with_panel(site)), inbox.append, pins.clock.mono_s) as (switches, attendants):
        assert attendants == ()
        switches.switch(Unit.SOURCE, on=True)

    assert any(isinstance(message, Fault) and "GPIO 5" in message.text for message in inbox)
