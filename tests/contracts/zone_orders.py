"""Orders for announcements that speak in some zones beside the line."""

from __future__ import annotations

from kiosk.rules.broadcast.material import AirClass
from tests.contracts.mixers import Orders, Shop


def a_page_for_a_zone_begins_with_the_next_song(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.mixer.beside_next(shop.for_a_zone("page", 2))
    shop.wait(0.5)
    shop.mixer.follow(shop.item("c", 2))
    shop.wait(4.5)


def a_page_for_a_zone_waits_for_a_song(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("whole store", 1, AirClass.ROUTINE))
    shop.mixer.beside_next(shop.for_a_zone("page", 0))
    shop.wait(1.2)
    shop.mixer.follow(shop.item("b", 2))
    shop.wait(4.0)


def a_page_for_a_zone_taken_back(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.mixer.beside_next(shop.for_a_zone("page", 2))
    shop.mixer.beside_next(None)
    shop.wait(3.0)


def an_urgent_page_for_a_zone_at_once(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.wait(0.4)
    shop.mixer.beside_next(shop.for_a_zone("urgent", 0, AirClass.URGENT))
    shop.mixer.lay_beside(shop.for_a_zone("urgent", 0, AirClass.URGENT), over_s=0.3)
    shop.mixer.lay_beside(shop.for_a_zone("urgent", 0, AirClass.URGENT), over_s=0.3)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(4.0)


def a_page_for_a_zone_that_ends_after_its_song(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.4)
    shop.mixer.lay_beside(shop.for_a_zone("urgent", 2, AirClass.URGENT), over_s=0.3)
    shop.mixer.follow(shop.item("whole store", 1, AirClass.ROUTINE))
    shop.wait(5.0)


def one_page_for_a_zone_at_a_time(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.follow(shop.item("b", 2))
    shop.wait(0.1)
    shop.mixer.lay_beside(shop.for_a_zone("one", 1, AirClass.URGENT), over_s=0.3)
    shop.wait(0.1)
    shop.mixer.lay_beside(shop.for_a_zone("two", 0, AirClass.URGENT), over_s=0.3)
    shop.wait(0.5)
    shop.mixer.play(shop.item("whole store", 0, AirClass.URGENT), over_s=0.3)
    shop.mixer.play(shop.item("skipped to", 1), over_s=0.3)
    shop.wait(3.0)


def a_page_for_a_zone_speaks_into_no_announcement(shop: Shop) -> None:
    shop.mixer.play(shop.item("whole store", 0, AirClass.ROUTINE), over_s=0)
    shop.wait(0.3)
    shop.mixer.lay_beside(shop.for_a_zone("urgent", 0, AirClass.URGENT), over_s=0.3)
    shop.wait(2.0)


def an_evacuation_over_a_page_for_a_zone(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.lay_beside(shop.for_a_zone("page", 1, AirClass.URGENT), over_s=0.3)
    shop.wait(0.5)
    shop.mixer.play(shop.item("leave", 0, AirClass.EVACUATION), over_s=0.3)
    shop.wait(2.0)


def closing_lets_a_page_for_a_zone_end(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.lay_beside(shop.for_a_zone("page", 1, AirClass.URGENT), over_s=0.3)
    shop.wait(0.5)
    shop.mixer.fade(0.3)
    shop.wait(2.0)


def a_bad_page_for_a_zone(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.3)
    shop.mixer.lay_beside(shop.bad("bad", AirClass.URGENT), over_s=0.2)
    shop.wait(2.0)


def a_page_for_a_zone_starts_over(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.lay_beside(shop.for_a_zone("page", 1, AirClass.URGENT), over_s=0.3)
    shop.wait(0.6)
    shop.mixer.again(shop.for_a_zone("page+again", 1, AirClass.URGENT), of="page")
    shop.mixer.follow(shop.item("b", 0))
    shop.wait(4.0)


def a_page_for_a_zone_that_is_over_starts_over_by_another_order_only(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.lay_beside(shop.for_a_zone("page", 0, AirClass.URGENT), over_s=0.3)
    shop.wait(1.2)
    shop.mixer.again(shop.for_a_zone("page+again", 0, AirClass.URGENT), of="page")
    shop.wait(3.0)


def a_page_for_a_zone_that_gave_way_to_another_does_not_start_over(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 2), over_s=0)
    shop.mixer.lay_beside(shop.for_a_zone("page", 1, AirClass.URGENT), over_s=0.3)
    shop.wait(0.3)
    shop.mixer.again(shop.for_a_zone("other+again", 0, AirClass.URGENT), of="other")
    shop.wait(3.0)


ZONE: list[Orders] = [
    a_page_for_a_zone_begins_with_the_next_song,
    a_page_for_a_zone_waits_for_a_song,
    a_page_for_a_zone_taken_back,
    an_urgent_page_for_a_zone_at_once,
    a_page_for_a_zone_that_ends_after_its_song,
    one_page_for_a_zone_at_a_time,
    a_page_for_a_zone_speaks_into_no_announcement,
    an_evacuation_over_a_page_for_a_zone,
    closing_lets_a_page_for_a_zone_end,
    a_bad_page_for_a_zone,
    a_page_for_a_zone_starts_over,
    a_page_for_a_zone_that_is_over_starts_over_by_another_order_only,
    a_page_for_a_zone_that_gave_way_to_another_does_not_start_over,
]
