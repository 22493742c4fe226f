"""The role has just begun and the day is not planned yet: an emergency does not wait for the plan (B10)."""

from __future__ import annotations

import pytest

from kiosk.app.office import Office
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.power import Unit
from tests.stories.shop import Shop, real_start


@pytest.fixture
def shop(office: Office) -> Shop:
    """The office takes five seconds for the first plan."""
    shop = Shop(office)
    shop.spare = True
    shop.desk.takes_s = 5.0
    shop.opens_at("10:00").passes(0.5)
    return shop


@pytest.mark.rule("B10")
@pytest.mark.parametrize("name", ["evacuation", "lost-child"])
def test_an_emergency_in_the_first_second_is_heard_as_soon_as_the_equipment_is_on(shop: Shop, name: str) -> None:
    if name == "evacuation":
        shop.evacuate()
    else:
        shop.urgent()
    at = shop.now.timestamp()
    shop.passes(60.0)

    first = shop.calls(name)[0]
    assert shop.notes("is refused") == []
    assert real_start(first) - at < shop.announcer.equipment.lead_s + 1.0
    assert first.outcome in (Outcome.PLAYED, Outcome.ON_AIR)


def test_a_routine_page_in_the_first_second_is_refused_with_the_true_reason(shop: Shop) -> None:
    shop.press("promo").passes(60.0)
    shop.press("promo").into_an_announcement()

    assert [note.details["why"] for note in shop.notes("is refused")] == [
        "the day is being planned; ask again in a moment"
    ]
    assert shop.calls("member-day")


@pytest.mark.rule("B02")
def test_the_equipment_warms_up_while_the_office_still_plans_and_the_music_waits_for_it(shop: Shop) -> None:
    began_s, delays = shop.clock.mono_s() - 0.5, shop.announcer.equipment.delays
    shop.passes(30.0)

    assert shop.relays.history == [(began_s, Unit.SOURCE, True), (began_s + delays.settle_s, Unit.AMPLIFIER, True)]
    assert real_start(min(shop.songs(), key=real_start)) - (shop.now.timestamp() - 30.5) >= delays.lead_s


@pytest.mark.rule("B02")
@pytest.mark.parametrize("clock", ["03:00", "23:30"])
def test_a_start_at_night_switches_nothing_on(office: Office, clock: str) -> None:
    shop = Shop(office)
    shop.spare = True
    shop.desk.takes_s = 5.0

    shop.opens_at(clock).passes(20.0)

    assert shop.relays.history == []
