from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.power import Delays, Switching, Unit, down, up

DELAYS = st.builds(Delays, *[st.floats(0.0, 60.0)] * 4)


@pytest.mark.rule("B02")
def test_the_source_goes_on_first_and_the_amplifier_when_it_has_settled() -> None:
    delays = Delays(settle_s=3.0, warm_s=2.0)

    assert up(delays) == (Switching(0.0, Unit.SOURCE, True), Switching(3.0, Unit.AMPLIFIER, True))
    assert delays.lead_s == 5.0


@pytest.mark.rule("B02")
def test_the_amplifier_goes_off_first_after_a_silence_and_the_source_when_it_has_drained() -> None:
    steps = down(Delays(quiet_s=2.0, drain_s=3.0))

    assert steps == (Switching(2.0, Unit.AMPLIFIER, False), Switching(5.0, Unit.SOURCE, False))


@pytest.mark.rule("B02")
@given(delays=DELAYS)
def test_the_amplifier_is_never_on_without_its_source_whatever_the_delays(delays: Delays) -> None:
    on: set[Unit] = set()
    for steps in (up(delays), down(delays)):
        assert [step.after_s for step in steps] == sorted(step.after_s for step in steps)
        for step in steps:
            (on.add if step.on else on.discard)(step.unit)
            assert Unit.AMPLIFIER not in on or Unit.SOURCE in on
        if steps == up(delays):
            assert on == {Unit.SOURCE, Unit.AMPLIFIER}
            assert steps[-1].after_s <= delays.lead_s

    assert on == set()
