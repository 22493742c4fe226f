from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site, Zone
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.panel import Button, ButtonAction
from kiosk.rules.broadcast.volume import QuietHours
from kiosk.units import ZoneId
from tests.stories.shop import Shop, real_start
from tests.stories.talking import TalkingShop

HALL, FOOD = ZoneId("hall"), ZoneId("food")


@pytest.fixture
def two_zones(office: Office) -> Office:
    """The demo store with two zones; the lost child, the member day and the evacuation name the food hall."""
    return replace(office, site=with_two_zones(office.site))


def with_two_zones(site: Site) -> Site:
    zones = tuple(Zone(zone, {}, (1, 2), volume_db) for zone, volume_db in ((HALL, -6.0), (FOOD, -3.0)))
    zoned = ("lost-child", "member-day", "evacuation")
    binder = tuple(replace(page, zones=(FOOD,)) if page.id in zoned else page for page in site.binder)
    quiet = (QuietHours(time(21, 30, 5), time(8, 0), -20.0),)
    weekday = site.day_types["weekday"]
    first, *rest = weekday.dayparts
    day = replace(weekday, dayparts=(replace(first, volumes={HALL: -12.0}), *rest))
    return replace(site, zones=zones, binder=binder, quiet_hours=quiet, day_types={**site.day_types, "weekday": day})


def music_db(shop: Shop, zone: ZoneId = HALL) -> float:
    return shop.sounding.mixer.volumes[zone].music_db


# volumes


@pytest.mark.rule("B15")
def test_the_zones_follow_the_dayparts_and_the_quiet_hours(two_zones: Office) -> None:
    shop = Shop(two_zones).opens_at("08:59")

    assert music_db(shop.until("09:05")) == -6.0
    assert music_db(shop.until("10:00")) == -12.0
    assert music_db(shop, FOOD) == -3.0
    assert music_db(shop.until("14:01")) == -6.0
    assert music_db(shop.until("21:40")) == -20.0


@pytest.mark.rule("B15")
@pytest.mark.rule("B10")
def test_an_announcement_is_not_made_softer_midway(two_zones: Office) -> None:
    shop = Shop(two_zones).opens_at("21:20").until("21:30:10")  # the first closing call is on
    assert shop.announcer.air.current is not None
    assert shop.announcer.air.current.air_class is not AirClass.MUSIC
    assert music_db(shop) == -6.0

    shop.into_a_song(1.0)

    assert music_db(shop) == -20.0


@pytest.mark.rule("B15")
def test_a_clock_that_is_set_back_changes_the_volume_back(two_zones: Office) -> None:
    shop = Shop(two_zones).opens_at("21:20").until("21:40")
    assert music_db(shop) == -20.0

    shop.clock_steps(-1800.0).until("21:15")

    assert music_db(shop) == -6.0


# some zones


@pytest.mark.rule("B08")
@pytest.mark.rule("B15")
def test_a_day_s_announcements_for_a_zone_are_punctual_and_the_music_goes_on(two_zones: Office) -> None:
    shop = Shop(two_zones).opens_at("08:59").until("14:00")

    zoned = shop.calls("member-day")
    assert len(zoned) >= 2
    for line in zoned:
        assert line.due is not None
        assert line.zones == (FOOD,)
        assert line.outcome is Outcome.PLAYED
        assert abs(real_start(line) - line.due.timestamp()) < 1.0
        assert any(abs(real_start(song) - real_start(line)) < 0.001 for song in shop.songs()), "with a song"
    assert all(song.outcome in (Outcome.PLAYED, Outcome.ON_AIR) for song in shop.songs())
    assert shop.silence_s("09:00", "13:59") < 1.0


@pytest.mark.rule("B08")
def test_an_urgent_announcement_for_a_zone_cuts_no_song(two_zones: Office) -> None:
    shop = Shop(two_zones).opens_at("09:30")
    song = shop.into_a_song(5.0)
    at = shop.now

    shop.urgent().passes(400.0)

    assert real_start(shop.last("lost-child")) == pytest.approx(at.timestamp(), abs=0.1)
    assert next(line for line in shop.lines if line.key == song.key).outcome is Outcome.PLAYED


@pytest.mark.rule("B10")
def test_an_evacuation_is_for_the_whole_store_whatever_its_page_names(two_zones: Office) -> None:
    shop = Shop(two_zones).opens_at("09:30")
    shop.into_a_song(5.0)
    shop.urgent().passes(1.0)

    shop.evacuate().passes(1.0)

    assert shop.last("evacuation").zones == ()
    assert shop.calls("lost-child")[-1].outcome is Outcome.CUT
    assert "broke in" in shop.calls("lost-child")[-1].reason


@pytest.mark.rule("B10")
def test_the_role_ends_only_when_the_zone_was_told_everything(two_zones: Office) -> None:
    shop = Shop(two_zones).opens_at("09:30")
    shop.into_a_song(5.0)
    shop.urgent().passes(1.0)

    shop.stop().passes(60.0)

    assert shop.last("lost-child").outcome is Outcome.PLAYED
    assert shop.announcer.done


def test_a_page_that_names_every_zone_is_for_the_whole_store(two_zones: Office) -> None:
    site = two_zones.site

    assert site.part_of_store((FOOD, HALL)) == ()
    assert site.part_of_store((FOOD,)) == (FOOD,)


@pytest.mark.rule("B10")
@pytest.mark.rule("B16")
def test_a_talk_waits_for_the_page_of_a_zone_and_then_is_heard_over_the_same_song(two_zones: Office) -> None:
    buttons = (*two_zones.site.buttons, Button("over", ButtonAction.TALK_OVER, None))
    shop = TalkingShop(replace(two_zones, site=replace(two_zones.site, buttons=buttons)))
    shop.opens_at("09:30")
    song = shop.into_a_song(5.0)
    shop.urgent().passes(1.0)

    shop.holds("over")
    assert shop.announcer.air.over is None
    assert shop.says("over") == "wait"
    assert not shop.supplied
    page = shop.announcer.air.beside
    assert page is not None
    shop.passes(page.duration_s)

    assert shop.announcer.air.current is not None
    assert shop.announcer.air.current.key == song.key
    assert shop.announcer.air.over is not None
    assert shop.supplied
    assert shop.says("over") == "lit"
    shop.lets_go("over").passes(1.0)
    assert not shop.supplied
    assert shop.last("lost-child").outcome is Outcome.PLAYED
