from __future__ import annotations

import pytest

from kiosk.desks.broadcast.lamp_walk import LIT_S, LampWalk
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.broadcast.selfcheck import Result
from tests.stories.inspection import Lamps


@pytest.mark.rule("B01")
def test_each_lamp_has_its_half_second_and_then_nothing_more_happens() -> None:
    lamps = Lamps()
    walk = LampWalk(lamps, ("promo", "reset"))
    dues = []

    for step in range(6):
        dues.append(walk.next_due(step * LIT_S))
        walk.step(step * LIT_S)

    assert walk.over
    assert dues == [0.0, LIT_S, 2 * LIT_S, 3 * LIT_S, None, None]
    assert [name for name, lamp in lamps.history if lamp is Lamp.ON] == ["promo", "reset"]
    assert [one.result for one in walk.findings] == [Result.OK]


def test_a_walk_that_is_given_up_before_it_began_or_after_its_end_touches_nothing() -> None:
    lamps = Lamps()
    LampWalk(lamps, ("promo",)).leave()
    over = LampWalk(lamps, ())
    over.leave()

    assert over.over
    assert lamps.history == []
