"""Orders for the line: songs, announcements, fades, and files that do not play."""

from __future__ import annotations

from kiosk.rules.broadcast.material import AirClass
from tests.contracts.mixers import Orders, Shop


def one_after_another(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(1.5)
    shop.mixer.follow(shop.item("c", 2))
    shop.wait(4.0)


def a_follower_out_of_silence(shop: Shop) -> None:
    shop.mixer.follow(shop.item("a", 0))
    shop.wait(2.0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(2.0)


def a_follower_replaced(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(0.5)
    shop.mixer.follow(shop.item("c", 2))
    shop.wait(3.0)


def a_follower_withdrawn(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.mixer.follow(None)
    shop.wait(2.0)


def music_after_music_at_once(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.3)
    shop.mixer.play(shop.item("b", 1), over_s=0.4)
    shop.wait(3.0)


def urgent_over_music(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(0.4)
    shop.mixer.play(shop.item("lost child", 1, AirClass.URGENT), over_s=0.3)
    shop.mixer.follow(shop.item("c", 2))
    shop.wait(4.0)


def urgent_over_the_last_moment_of_a_song(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.9)
    shop.mixer.play(shop.item("lost child", 1, AirClass.URGENT), over_s=3.0)
    shop.wait(2.0)


def an_announcement_is_not_cut(shop: Shop) -> None:
    shop.mixer.play(shop.item("page", 0, AirClass.ROUTINE), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(0.3)
    shop.mixer.play(shop.item("urgent", 2, AirClass.URGENT), over_s=0.3)
    shop.wait(0.1)
    shop.mixer.play(shop.item("music", 2), over_s=0.3)
    shop.wait(3.0)


def an_announcement_starts_over(shop: Shop) -> None:
    shop.mixer.play(shop.item("page", 2, AirClass.ROUTINE), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(0.6)
    shop.mixer.again(shop.item("page+again", 2, AirClass.ROUTINE), of="page")
    shop.mixer.follow(shop.item("c", 1))
    shop.wait(4.0)


def what_is_over_starts_over_only_out_of_silence(shop: Shop) -> None:
    shop.mixer.play(shop.item("page", 0, AirClass.ROUTINE), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(1.1)
    shop.mixer.again(shop.item("page+again", 0, AirClass.ROUTINE), of="page")
    shop.wait(2.0)
    shop.mixer.again(shop.item("page+again", 0, AirClass.ROUTINE), of="page")
    shop.wait(0.5)


def an_evacuation_cuts_an_announcement(shop: Shop) -> None:
    shop.mixer.play(shop.item("page", 2, AirClass.URGENT), over_s=0)
    shop.wait(0.3)
    shop.mixer.play(shop.item("leave", 0, AirClass.EVACUATION), over_s=0.3)
    shop.mixer.follow(shop.item("leave#2", 0, AirClass.EVACUATION))
    shop.wait(1.2)
    shop.mixer.fade(0.5)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(2.0)


def fading_music(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(0.2)
    shop.mixer.fade(0.3)
    shop.wait(2.0)


def fading_longer_than_the_song_lasts(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.7)
    shop.mixer.fade(3.0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(3.0)


def a_quick_fade_while_a_slow_one_is_under_way(shop: Shop) -> None:
    shop.mixer.play(shop.item("c", 2), over_s=0)
    shop.wait(0.2)
    shop.mixer.fade(1.2)
    shop.wait(0.2)
    shop.mixer.play(shop.item("b", 1), over_s=0.2)
    shop.wait(2.0)


def fading_leaves_an_announcement_alone(shop: Shop) -> None:
    shop.mixer.play(shop.item("page", 0, AirClass.ROUTINE), over_s=0)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(0.2)
    shop.mixer.fade(0.3)
    shop.wait(2.0)


def fading_silence(shop: Shop) -> None:
    shop.mixer.fade(0.3)
    shop.wait(0.5)
    shop.mixer.play(shop.item("a", 0), over_s=0.3)
    shop.wait(1.5)


def a_planned_fade(shop: Shop) -> None:
    shop.mixer.play(shop.item("welcome", 2, lasts_s=0.8, fade_out_s=0.4), over_s=0)
    shop.mixer.follow(shop.item("a", 0))
    shop.wait(3.0)


def a_planned_end_later_than_the_song_s_own(shop: Shop) -> None:
    shop.mixer.play(shop.item("closing", 0), over_s=0)
    shop.mixer.follow(shop.item("b", 1, lasts_s=1.0, fade_out_s=0.2))
    shop.wait(3.0)


def a_bad_song_at_once(shop: Shop) -> None:
    shop.mixer.play(shop.bad("bad"), over_s=0)
    shop.wait(0.2)
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(1.5)


def a_bad_follower(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.1)
    shop.mixer.follow(shop.bad("bad"))
    shop.wait(0.2)
    shop.mixer.follow(shop.item("b", 1))
    shop.wait(3.0)


def a_bad_page_over_music(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.3)
    shop.mixer.play(shop.bad("bad", AirClass.URGENT), over_s=0.2)
    shop.wait(2.0)


def a_bad_talk_over_music(shop: Shop) -> None:
    shop.mixer.play(shop.item("a", 0), over_s=0)
    shop.wait(0.3)
    shop.mixer.lay_over(shop.bad("bad", AirClass.MICROPHONE))
    shop.wait(2.0)


LINE: list[Orders] = [
    one_after_another,
    a_follower_out_of_silence,
    a_follower_replaced,
    a_follower_withdrawn,
    music_after_music_at_once,
    urgent_over_music,
    urgent_over_the_last_moment_of_a_song,
    an_announcement_is_not_cut,
    an_announcement_starts_over,
    what_is_over_starts_over_only_out_of_silence,
    an_evacuation_cuts_an_announcement,
    fading_music,
    fading_longer_than_the_song_lasts,
    a_quick_fade_while_a_slow_one_is_under_way,
    fading_leaves_an_announcement_alone,
    fading_silence,
    a_planned_fade,
    a_planned_end_later_than_the_song_s_own,
    a_bad_song_at_once,
    a_bad_follower,
    a_bad_page_over_music,
    a_bad_talk_over_music,
]
