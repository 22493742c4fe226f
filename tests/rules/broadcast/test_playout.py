from __future__ import annotations

import pytest

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import Fade, Follow, LayOver, OnAir, Order, Play, Refuse, Requested, step
from kiosk.rules.broadcast.playout import PRECEDENCE, VERDICTS, verdict
from tests.rules.broadcast.studio import item, later, moment

FADE_S = 0.4

# Every cell, written down again: what is on the air, what asks to be, what happens, what the mixer is told.
CELLS = """
nothing     music       START     play at once
nothing     routine     START     play at once
nothing     urgent      START     play at once
nothing     evacuation  START     play at once
nothing     microphone  START     play at once
music       music       FOLLOW    join to the end
music       routine     FOLLOW    join to the end
music       urgent      BREAK_IN  play over a fade
music       evacuation  BREAK_IN  play over a fade
music       microphone  LAY_OVER  lay over
routine     music       FOLLOW    join to the end
routine     routine     FOLLOW    join to the end
routine     urgent      FOLLOW    join to the end
routine     evacuation  BREAK_IN  play over a fade
routine     microphone  FOLLOW    join to the end
urgent      music       FOLLOW    join to the end
urgent      routine     FOLLOW    join to the end
urgent      urgent      FOLLOW    join to the end
urgent      evacuation  BREAK_IN  play over a fade
urgent      microphone  FOLLOW    join to the end
evacuation  music       HOLD      hold back
evacuation  routine     HOLD      hold back
evacuation  urgent      HOLD      hold back
evacuation  evacuation  BREAK_IN  play over a fade
evacuation  microphone  HOLD      hold back
microphone  music       FOLLOW    join to the end
microphone  routine     FOLLOW    join to the end
microphone  urgent      FOLLOW    join to the end
microphone  evacuation  BREAK_IN  play over a fade
microphone  microphone  REFUSE    refuse
"""
TABLE = [tuple(line.split(maxsplit=3)) for line in CELLS.split("\n") if line]
BEGAN = moment("10:00")


def class_of(word: str) -> AirClass | None:
    return None if word == "nothing" else AirClass(word)


def on_the_air(current: AirClass | None) -> OnAir:
    return OnAir() if current is None else OnAir(current=item("current", current, BEGAN), began=BEGAN)


@pytest.mark.rule("B08")
@pytest.mark.rule("B10")
@pytest.mark.parametrize(("current", "incoming", "expected", "told"), TABLE)
def test_what_is_on_the_air_and_what_asks_to_be_decide_together(
    current: str, incoming: str, expected: str, told: str
) -> None:
    assert verdict(class_of(current), AirClass(incoming)).name == expected


@pytest.mark.rule("B08")
def test_the_table_has_a_cell_for_everything_that_can_happen() -> None:
    written = {(class_of(current), AirClass(incoming)) for current, incoming, _, _ in TABLE}

    assert written == {(current, incoming) for current in (None, *AirClass) for incoming in AirClass}
    assert {(current, incoming) for current, row in VERDICTS.items() for incoming in row} == written


@pytest.mark.rule("B08")
@pytest.mark.rule("B10")
@pytest.mark.parametrize(("current", "incoming", "expected", "told"), TABLE)
def test_the_mixer_is_told_what_the_table_says(current: str, incoming: str, expected: str, told: str) -> None:
    before = on_the_air(class_of(current))
    wanted = item("wanted", AirClass(incoming), later(BEGAN, 10.0), 30.0, operator="desk")

    after, orders = step(before, Requested(wanted), later(BEGAN, 10.0), break_in_fade_s=FADE_S)

    ordered: dict[str, tuple[Order, ...]] = {
        "play at once": (Play(wanted, 0.0),),
        "play over a fade": (Play(wanted, FADE_S),),
        "join to the end": (Follow(wanted),),
        "lay over": (LayOver(wanted),),
        "refuse": (Refuse(wanted, "is refused: one microphone is live already"),),
    }
    if told == "hold back":
        (follow,) = orders  # the evacuation's own next round, as ever
        assert isinstance(follow, Follow)
        assert follow.item is not None
        assert follow.item.key == f"current@{BEGAN.isoformat(timespec='milliseconds')}#2"
    else:
        assert orders == ordered[told]
    assert after.current == (wanted if told.startswith("play") else before.current)
    assert after.waiting == ((wanted,) if told in ("join to the end", "hold back") else ())
    assert after.over == (wanted if told == "lay over" else None)
    assert not any(isinstance(order, Fade) for order in orders)


@pytest.mark.rule("B10")
def test_those_who_wait_go_in_the_order_of_their_urgency() -> None:
    assert [one.value for one in PRECEDENCE] == ["evacuation", "urgent", "microphone", "routine", "music"]
