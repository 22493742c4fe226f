"""Both mixers with their clocks: orders are given, and time passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.audio.silent_mixer import SilentMixer
from kiosk.ports.broadcast import Ended, MicrophoneReport, Missed, Mixer, Started
from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.rules.broadcast.programme import Item
from tests.audio.studio import HALL, Studio, an_item, clip

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
