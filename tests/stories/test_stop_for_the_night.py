"""The announcer ends the day early: what is read is read to its end, music fades, the power goes off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.config.site import Site
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.power import Unit
from tests.stories.conftest import SITE, office_of
from tests.stories.shop import MONDAY, Shop

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def shop(make_site: Callable[..., Site]) -> Shop:
    return Shop(office_of(make_site(site=f'{SITE}\n[[buttons]]\nid = "night"\naction = "stop"\n')))


@pytest.mark.rule("B02")
@pytest.mark.rule("B19")
def test_music_fades_the_power_goes_off_in_order_and_stays_off_until_the_next_opening(shop: Shop) -> None:
    shop.opens_at("08:55").until("20:00")
    shop.into_a_song()
    at = shop.now.timestamp()
    shop.press("night").passes(30.0)

    off = [(unit, on) for moved_s, unit, on in shop.relays.history][-2:]
    last = shop.songs()[-1]
    assert off == [(Unit.AMPLIFIER, False), (Unit.SOURCE, False)]
    assert last.outcome is Outcome.CUT
    assert last.real_end is not None
    assert last.real_end.timestamp() - at < 4.0
    assert shop.announcer.equipment.is_off

    known = len(shop.lines)
    shop.until("23:30")
    assert [line for line in shop.lines[known:] if line.real_start is not None] == []
    assert {line.reason for line in shop.lines if line.outcome is Outcome.SKIPPED} == {
        "the broadcast was stopped for the night"
    }
    shop.until("09:05", day=TUESDAY)
    assert not shop.announcer.equipment.is_off
    assert shop.lines_of(TUESDAY)


@pytest.mark.rule("B10")
def test_an_announcement_is_read_to_its_end_first(shop: Shop) -> None:
    shop.opens_at("10:05")
    call = shop.into_an_announcement(3.0)
    shop.press("night").passes(60.0)

    assert next(line for line in shop.lines if line.key == call.key).outcome is Outcome.PLAYED
    assert [line for line in shop.songs() if line.real_end is None] == []
    assert shop.announcer.equipment.is_off


@pytest.mark.rule("B10")
def test_an_emergency_after_it_is_heard_and_the_power_goes_off_again(shop: Shop) -> None:
    shop.opens_at("08:55").until("20:00").into_a_song()
    shop.press("night").passes(60.0)

    shop.urgent().passes(60.0)

    heard = [line for line in shop.lines_of(TUESDAY) if line.id == "lost-child"]
    assert [line.outcome for line in heard] == [Outcome.PLAYED]
    assert shop.announcer.equipment.is_off


def test_before_the_opening_and_during_an_evacuation_it_is_refused(shop: Shop) -> None:
    shop.opens_at("08:30").press("night").until("10:00").into_a_song()
    shop.evacuate().passes(20.0).press("night").passes(5.0)

    assert [note.details["why"] for note in shop.notes("is refused")] == [
        "the store is closed",
        "the evacuation is on the air until the reset",
    ]
    assert not shop.announcer.equipment.is_off
