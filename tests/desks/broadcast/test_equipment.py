"""The equipment's delays hold however late the desk is, and however long a sound card takes to open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desks.broadcast.equipment import Equipment
from kiosk.rules.broadcast.power import Delays, Unit
from tests.depth import examples
from tests.ledger.values import TEN

DELAYS = Delays()
PAUSES_S = st.lists(st.floats(0.01, 6.0), min_size=1, max_size=40)


class Slow:
    """Relays that remember when they were switched, the first of them slow; opening the sound card takes its time."""

    def __init__(self, opening_s: float, switching_s: float = 0.0) -> None:
        self.now = TEN
        self.moves: list[tuple[float, Unit, bool]] = []
        self._opening_s, self._switching_s = opening_s, switching_s
        self.equipment = Equipment(self, DELAYS, self._opens, lambda: None, lambda: self.now)

    def switch(self, unit: Unit, *, on: bool) -> None:
        switching_s, self._switching_s = self._switching_s, 0.0
        self.passes(switching_s)
        self.moves.append(((self.now - TEN).total_seconds(), unit, on))

    def reads(self, unit: Unit) -> bool | None:
        return None

    def _opens(self) -> None:
        self.passes(self._opening_s)

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.mark.rule("B02")
@settings(max_examples=examples(60))
@given(pauses_s=PAUSES_S, opening_s=st.floats(0.0, 8.0), switching_s=st.floats(0.0, 2.0), busy_s=st.floats(0.0, 1.0))
def test_the_amplifier_goes_on_no_sooner_after_the_source_than_the_manual_says(
    pauses_s: list[float], opening_s: float, switching_s: float, busy_s: float
) -> None:
    slow = Slow(opening_s, switching_s)
    slow.equipment.power_up(slow.now)
    warm_s = None

    for pause_s in pauses_s:
        slow.passes(pause_s)
        looked = slow.now
        slow.passes(busy_s)  # with something else, since the desk looked at the clock
        slow.equipment.run(looked)
        if warm_s is None and slow.equipment.ready(slow.now):
            warm_s = (slow.now - TEN).total_seconds()

    on_s = {unit: at_s for at_s, unit, _ in slow.moves}
    assert list(on_s) in ([Unit.SOURCE], [Unit.SOURCE, Unit.AMPLIFIER])
    if Unit.AMPLIFIER in on_s:
        assert on_s[Unit.AMPLIFIER] - on_s[Unit.SOURCE] >= DELAYS.settle_s - 1e-5
    if warm_s is not None:
        assert warm_s - on_s[Unit.AMPLIFIER] >= DELAYS.warm_s - 1e-5


@pytest.mark.rule("B02")
@settings(max_examples=examples(60))
@given(pauses_s=PAUSES_S)
def test_the_source_goes_off_no_sooner_after_the_amplifier_than_the_manual_says(pauses_s: list[float]) -> None:
    slow = Slow(0.0)
    slow.equipment.power_up(slow.now)
    for _ in range(3):
        slow.passes(DELAYS.lead_s)
        slow.equipment.run(slow.now)
    slow.moves.clear()
    slow.equipment.power_down(slow.now)

    for pause_s in pauses_s:
        slow.passes(pause_s)
        slow.equipment.run(slow.now)

    off_s = {unit: at_s for at_s, unit, _ in slow.moves}
    assert list(off_s) in ([], [Unit.AMPLIFIER], [Unit.AMPLIFIER, Unit.SOURCE])
    if Unit.SOURCE in off_s:
        assert off_s[Unit.SOURCE] - off_s[Unit.AMPLIFIER] >= DELAYS.drain_s - 1e-5
