"""The store opens with what is known of its library; the rest joins while it broadcasts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.app.office import Office
from kiosk.desks.broadcast.day_plan import PREPARING
from kiosk.desks.broadcast.messages import Stocked
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.units import PlaylistId
from tests.stories.shop import Shop, played

FEW = frozenset({f"sounds/music/song {number}.wav" for number in range(1, 13)})
DAY = PlaylistId("day")


@pytest.fixture
def few(office: Office) -> Office:
    """What is known at the start: twelve songs of thirty, and no word of what has only text."""
    sounds = {path: sound for path, sound in office.sounds.items() if "/music/" not in path or path in FEW}
    return Office(office.site, sounds)


def stocked(shop: Shop, office: Office, left: int = 0) -> Shop:
    """The stock room hands over: the worker knows first, then the desk."""
    shop.desk.office = office
    return shop.gets(Stocked(office.material, left, office.material.faults))


@pytest.mark.rule("B03")
def test_a_store_with_twelve_known_songs_plays_them_until_the_others_are_known(few: Office, office: Office) -> None:
    shop = Shop(few).opens_at("08:55").until("10:00")
    before = {line.id for line in shop.songs()}

    stocked(shop, office).until("14:00")

    assert {song for song in before if song.startswith("music/")} <= {path[7:-4] for path in FEW}
    assert len({line.id for line in shop.songs()}) > 28
    assert shop.silence_s("09:00", "14:00") < 0.5
    assert all(line.outcome is Outcome.PLAYED for line in shop.songs() if line.real_end)


@pytest.mark.rule("B08")
def test_no_song_is_cut_when_more_is_known(few: Office, office: Office) -> None:
    shop = Shop(few).opens_at("08:55").until("09:30")
    song = shop.into_a_song()

    stocked(shop, office).until("10:00")

    assert next(line for line in shop.lines if line.key == song.key).outcome is Outcome.PLAYED


@pytest.mark.rule("B06")
def test_a_call_whose_text_was_spoken_meanwhile_is_aired_when_it_is_due(few: Office, office: Office) -> None:
    shop = Shop(few).opens_at("08:55").until("12:00")

    stocked(shop, office).until("21:40")

    (closing,) = played(shop.calls("closing-30"))
    assert closing.due == shop.at("21:30")


@pytest.mark.rule("B10")
def test_an_emergency_that_was_spoken_meanwhile_can_be_pressed(few: Office, office: Office) -> None:
    shop = Shop(few).opens_at("08:55").until("09:30")
    shop.asks_for("lost-child")
    assert shop.notes("is refused")

    stocked(shop, office).asks_for("lost-child").passes(30)

    assert [line.air_class for line in played(shop.calls("lost-child"))] == [AirClass.URGENT]


def test_the_desk_says_how_much_is_still_to_do_until_all_is_done(few: Office, office: Office) -> None:
    shop = Shop(few).opens_at("08:55").until("09:30")

    stocked(shop, few, left=18)
    during = [text for text in shop.announcer.warnings if text.startswith(PREPARING)]
    stocked(shop, office)
    afterwards = [text for text in shop.announcer.warnings if text.startswith(PREPARING)]

    assert during == ["the back office prepares 18 more files and texts; what is ready is on the air"]
    assert afterwards == []


def test_a_file_that_turns_out_to_be_broken_is_told(few: Office, office: Office) -> None:
    shop = Shop(few).opens_at("08:55").until("09:30")
    material = replace(office.material, faults=("sounds/music/song 20.wav: it is empty",))

    shop.gets(Stocked(material, 0, material.faults))

    assert "sounds/music/song 20.wav: it is empty" in shop.announcer.warnings


def test_a_plan_that_was_ordered_before_more_was_known_is_ordered_again(few: Office, office: Office) -> None:
    shop = Shop(few).opens_at("08:50")
    shop.desk.takes_s = 5.0
    shop.until("09:20").into_a_song()
    shop.press("promo")  # has the rest of the day planned
    orders = len(shop.desk.orders)

    stocked(shop, office)
    assert len(shop.desk.orders) == orders  # one at a time
    shop.passes(6)

    assert len(shop.desk.orders) == orders + 1
    assert shop.desk.orders[-1].basis != shop.desk.orders[-2].basis


def test_a_spare_day_goes_by_what_is_known_now(few: Office, office: Office) -> None:
    shop = Shop(few)
    shop.spare = True
    shop.desk.fails = "it is broken"
    shop.opens_at("08:55")

    shop.gets(Stocked(office.material, 0))

    assert shop.announcer.plan.spare is not None
    assert shop.announcer.plan.spare.material is office.material
