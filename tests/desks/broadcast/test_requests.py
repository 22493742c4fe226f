from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.desks.broadcast.requests import in_vain, item_of
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.programme import Kind

TEN = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PROMO = Announcement("promo", AirClass.ROUTINE, (Clip("promo.wav", 12.0),), ("script",))
EVACUATION = Announcement("evacuation", AirClass.EVACUATION, (Clip("evacuation.wav", 9.0),), ("script",))
promo = item_of(PROMO, Kind.ANNOUNCEMENT, "anna", TEN, ())
evacuation = item_of(EVACUATION, Kind.ANNOUNCEMENT, "anna", TEN, ())


def test_two_askings_in_one_instant_have_keys_of_their_own() -> None:
    second = item_of(PROMO, Kind.ANNOUNCEMENT, "anna", TEN, {promo.key})
    third = item_of(PROMO, Kind.ANNOUNCEMENT, "anna", TEN, {promo.key, second.key})

    assert len({promo.key, second.key, third.key}) == 3


def test_only_an_evacuation_repeats() -> None:
    assert (promo.repeats, evacuation.repeats) == (False, True)
    assert promo.end == TEN + timedelta(seconds=12)


@pytest.mark.parametrize(
    ("asked", "air", "why"),
    [
        (promo, OnAir(), ""),
        (promo, OnAir(waiting=(promo,)), "it waits already"),
        (promo, OnAir(current=promo), "it is about to begin"),
        (promo, OnAir(current=promo, began=TEN), ""),
        (promo, OnAir(stopping=True), "the broadcast is closing"),
        (evacuation, OnAir(stopping=True), ""),
        (evacuation, OnAir(current=evacuation, began=TEN), "it is on the air until the reset"),
        (evacuation, OnAir(current=replace(evacuation, repeats=False), began=TEN), ""),
    ],
)
def test_asking_is_in_vain_where_it_would_change_nothing(asked: object, air: OnAir, why: str) -> None:
    item = promo if asked is promo else evacuation

    assert in_vain(item, air, ()) == why


def test_what_waits_for_the_power_waits() -> None:
    assert in_vain(evacuation, OnAir(), [evacuation]) == "it waits already"
