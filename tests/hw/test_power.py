from __future__ import annotations

from kiosk.hw.power import SimulatedPower
from kiosk.rules.broadcast.power import Unit


def test_simulated_relays_remember_what_is_on_and_how_it_came_about() -> None:
    power = SimulatedPower()

    power.switch(Unit.SOURCE, on=True)
    power.switch(Unit.AMPLIFIER, on=True)
    power.switch(Unit.AMPLIFIER, on=False)

    assert power.on == {Unit.SOURCE}
    assert power.history == [(Unit.SOURCE, True), (Unit.AMPLIFIER, True), (Unit.AMPLIFIER, False)]
