"""Orders with a microphone over the music."""

from __future__ import annotations

from kiosk.rules.broadcast.material import AirClass
from tests.contracts.mixers import Orders, Shop


def a_microphone_over_music(shop: Shop) -> None:
    shop.mixer.play(shop.item("c", 2), over_s=0)
    shop.wait(0.2)
    shop.mixer.lay_over(shop.item("talk", 0, AirClass.MICROPHONE))
    shop.wait(3.0)


def one_microphone_after_another(shop: Shop) -> None:
    shop.mixer.lay_over(shop.item("talk", 2, AirClass.MICROPHONE))
    shop.wait(0.5)
    shop.mixer.lay_over(shop.item("other", 0, AirClass.MICROPHONE))
    shop.wait(3.0)


def a_microphone_over_an_announcement(shop: Shop) -> None:
    shop.mixer.play(shop.item("page", 0, AirClass.ROUTINE), over_s=0)
    shop.wait(0.2)
    shop.mixer.lay_over(shop.item("talk", 2, AirClass.MICROPHONE))
    shop.wait(3.0)


def an_announcement_due_under_a_microphone(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("page", 1, AirClass.ROUTINE))
    shop.mixer.lay_over(shop.item("talk", 2, AirClass.MICROPHONE))
    shop.wait(1.2)
    shop.mixer.follow(None)
    shop.wait(2.0)


def a_microphone_beside_a_page_for_a_zone(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.lay_beside(shop.for_a_zone("page", 1, AirClass.URGENT), over_s=0.3)
    shop.wait(0.4)
    shop.mixer.lay_over(shop.item("talk", 0, AirClass.MICROPHONE))
    shop.wait(3.0)


def a_page_for_a_zone_under_a_microphone(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.lay_over(shop.item("talk", 1, AirClass.MICROPHONE))
    shop.wait(0.4)
    shop.mixer.lay_beside(shop.for_a_zone("page", 0, AirClass.URGENT), over_s=0.3)
    shop.wait(3.0)


def an_evacuation_over_a_microphone(shop: Shop) -> None:
    shop.mixer.play(shop.item("c", 2), over_s=0)
    shop.mixer.lay_over(shop.item("talk", 2, AirClass.MICROPHONE))
    shop.wait(0.5)
    shop.mixer.play(shop.item("leave", 0, AirClass.EVACUATION), over_s=0.3)
    shop.wait(2.0)


TALK: list[Orders] = [
    a_microphone_over_music,
    one_microphone_after_another,
    a_microphone_over_an_announcement,
    an_announcement_due_under_a_microphone,
    a_microphone_beside_a_page_for_a_zone,
    a_page_for_a_zone_under_a_microphone,
    an_evacuation_over_a_microphone,
]
