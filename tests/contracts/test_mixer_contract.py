"""What the desk may rely on, whichever mixer it plays on: the same orders give the same course of events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.audio.silent_mixer import SilentMixer
from kiosk.ports.broadcast import Ended, MicrophoneReport, Missed, Mixer, Started
from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.rules.broadcast.programme import Item
from tests.audio.studio import HALL, Studio, an_item, clip
from tests.audio.tapes import noise, tape

Report = Started | Ended | Missed | MicrophoneReport
Orders = Callable[["Shop"], None]
BAD = "bad.mp3"


class Shop:
    """A mixer with its clock: orders are given, and time passes."""

    mixer: Mixer
    reports: list[Report]

    def __init__(self, songs: list[Path]) -> None:
        self.songs = songs

    def item(self, key: str, song: int, air_class: AirClass = AirClass.MUSIC, **plan: float) -> Item:
        return an_item(key, clip(self.songs[song]), air_class=air_class, **plan)  # type: ignore[arg-type]

    def for_a_zone(self, key: str, song: int, air_class: AirClass = AirClass.ROUTINE) -> Item:
        return an_item(key, clip(self.songs[song]), air_class=air_class, zones=(HALL,))

    def bad(self, key: str, air_class: AirClass = AirClass.MUSIC) -> Item:
        return an_item(key, Clip(BAD, 1.0), air_class=air_class)

    def wait(self, seconds: float) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing to let go of."""


class SoundingShop(Shop):
    def __init__(self, root: Path, songs: list[Path]) -> None:
        super().__init__(songs)
        self.studio = Studio(root)
        self.mixer = self.studio.mixer
        self.reports = self.studio.reports  # type: ignore[assignment] # it posts no other

    def wait(self, seconds: float) -> None:
        self.studio.hear(seconds, block=441)

    def close(self) -> None:
        self.studio.close()


class SilentShop(Shop):
    def __init__(self, songs: list[Path]) -> None:
        super().__init__(songs)
        self.now_s = 0.0
        self.reports = []
        self.silent = SilentMixer(lambda: self.now_s, self.reports.append)
        self.silent.unplayable.add(BAD)
        self.mixer = self.silent

    def wait(self, seconds: float) -> None:
        until_s = self.now_s + seconds
        while (following_s := self.silent.next_event_s()) is not None and following_s <= until_s:
            self.now_s = max(self.now_s, following_s)
            self.silent.advance_to(self.now_s)
        self.now_s = until_s


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


STORIES: list[Orders] = [
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
    a_microphone_over_music,
    one_microphone_after_another,
    a_microphone_over_an_announcement,
    an_announcement_due_under_a_microphone,
    a_microphone_beside_a_page_for_a_zone,
    a_page_for_a_zone_under_a_microphone,
    an_evacuation_over_a_microphone,
    a_bad_song_at_once,
    a_bad_follower,
    a_bad_page_over_music,
    a_bad_talk_over_music,
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
]


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Of 1.0, 1.3 and 1.7 s."""
    root = tmp_path_factory.mktemp("songs")
    return [tape(root / f"{place}.mp3", noise(seconds, place)) for place, seconds in enumerate((1.0, 1.3, 1.7))]


@pytest.mark.rule("B10")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_both_mixers_tell_the_same_story(tmp_path: Path, songs: list[Path], story: Orders) -> None:
    sounding, silent = SoundingShop(tmp_path, songs), SilentShop(songs)
    try:
        story(sounding)
        story(silent)

        assert _course(sounding) == _course(silent)
        for real, virtual in zip(_moments(sounding), _moments(silent), strict=True):
            assert real == pytest.approx(virtual, abs=0.001)
        assert _outcomes(sounding) == _outcomes(silent)
    finally:
        sounding.close()


def _course(shop: Shop) -> list[str]:
    return [
        f"{type(report).__name__} {report.key}" for report in shop.reports if not isinstance(report, MicrophoneReport)
    ]


def _moments(shop: Shop) -> list[float]:
    return [report.mono_s for report in shop.reports if isinstance(report, Started | Ended)]


def _outcomes(shop: Shop) -> list[tuple[str, bool, bool, bool]]:
    return [
        (report.key, report.cut, report.whole, bool(report.fault))
        for report in shop.reports
        if isinstance(report, Ended)
    ]
