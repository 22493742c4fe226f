from __future__ import annotations

import pytest

from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.debounce import Edge
from tests.hw.panels import SimulatedBench


def test_a_button_that_is_not_there_is_told_with_those_that_are() -> None:
    bench = SimulatedBench()

    with pytest.raises(DeviceFault, match="no button promotion; there are: promo, evacuate, reset"):
        bench.panel.press("promotion")


def test_a_lamp_that_is_not_there_is_told_with_those_that_are() -> None:
    bench = SimulatedBench()

    with pytest.raises(DeviceFault, match="no lamp reset; there are: promo, evacuate, on air"):
        bench.panel.lamp("reset")


def test_a_button_is_held_until_somebody_lets_go() -> None:
    bench = SimulatedBench()

    bench.panel.press("promo")
    bench.panel.press("promo")
    bench.clock.sleep(2.0)
    bench.panel.release("promo")

    assert bench.edges[3:] == [Edge("promo", True, 100.0), Edge("promo", False, 102.0)]


def test_a_mended_button_works_again() -> None:
    bench = SimulatedBench()
    bench.panel.stick("promo")
    bench.panel.cut_wire("reset")

    bench.panel.mend("promo")
    bench.panel.mend("reset")
    bench.panel.press("reset", 0.5)

    assert bench.edges[3:] == [
        Edge("promo", True, 100.0),
        Edge("promo", False, 100.0),
        Edge("reset", True, 100.0),
        Edge("reset", False, 100.5),
    ]
