"""A mixer without an output: it renders as far as it is told, and keeps what was heard and what was reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from kiosk.audio.decoder import Decoder
from kiosk.audio.mixer import Feed, LineMixer
from kiosk.audio.sources import PartsSource, SoundShelf
from kiosk.audio.voice import Mix
from kiosk.ports.broadcast import Ended, Missed, Started
from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.units import SAMPLE_RATE_HZ, ZoneId, frames_in
from tests.audio.tapes import FULL_SCALE, Samples, decoded

HALL = ZoneId("hall")
FOOD = ZoneId("food")
WHOLE_HALL = (Feed(HALL, (1, 2), 0.0),)
TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
BLOCK = 1024
KINDS = {AirClass.MUSIC: Kind.MUSIC, AirClass.MICROPHONE: Kind.PAGE}

Report = Started | Ended | Missed


class Studio:
    """root: where the clips lie. blocking: of the decoder; False is what the store plays with."""

    def __init__(
        self,
        root: Path,
        *,
        feeds: Sequence[Feed] = WHOLE_HALL,
        channels: int = 2,
        ceiling_dbfs: float = 0.0,
        blocking: bool = True,
        shelf: SoundShelf | None = None,
    ) -> None:
        self.reports: list[Report] = []
        self.frames = 0
        self._decoder = Decoder(blocking=blocking)
        self._heard: list[Mix] = []
        self.mixer = LineMixer(
            shelf or SoundShelf(root, self._decoder),
            feeds,
            channels=channels,
            ceiling_dbfs=ceiling_dbfs,
            mono_s=lambda: self.now_s,
            post=self.reports.append,
        )

    @property
    def now_s(self) -> float:
        return self.frames / SAMPLE_RATE_HZ

    @property
    def heard(self) -> Mix:
        return np.concatenate(self._heard)

    def hear(self, seconds: float, *, block: int = BLOCK) -> Mix:
        """Let so much time pass and return what sounded in it."""
        left, heard = frames_in(seconds), []
        while left > 0:
            mix = self.mixer.render(min(block, left)).copy()
            self.frames += len(mix)
            left -= len(mix)
            heard.append(mix)
        self._heard += heard
        return np.concatenate(heard)

    def hear_until_over(self, key: str, *, block: int = BLOCK, at_most_s: float = 60.0) -> Mix:
        """Play on until an item is over."""
        begin = len(self._heard)
        end_s = self.now_s + at_most_s
        while not any(isinstance(one, Ended) and one.key == key for one in self.reports):
            assert self.now_s < end_s, f"{key} is not over; reported so far: {self.reports}"
            self.hear(block / SAMPLE_RATE_HZ, block=block)
        return np.concatenate(self._heard[begin:])

    def end_of(self, key: str) -> Ended:
        return next(one for one in self.reports if isinstance(one, Ended) and one.key == key)

    def start_s(self, key: str) -> float:
        return next(one.mono_s for one in self.reports if isinstance(one, Started) and one.key == key)

    @property
    def course(self) -> list[str]:
        """What was reported, in words."""
        return [f"{type(one).__name__.lower()} {one.key}" for one in self.reports]

    def close(self) -> None:
        self.mixer.close()
        self._decoder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Shelf(SoundShelf):
    """A shelf on which some items are laid by the test itself."""

    def __init__(self, root: Path, decoder: Decoder) -> None:
        super().__init__(root, decoder)
        self.laid: dict[str, PartsSource] = {}

    def open(self, parts: Sequence[Clip], names: Sequence[str]) -> PartsSource:
        return self.laid.get(parts[0].path) or super().open(parts, names)


def an_item(
    key: str,
    *clips: Clip,
    air_class: AirClass = AirClass.MUSIC,
    lasts_s: float | None = None,
    fade_out_s: float = 0.0,
    zones: tuple[ZoneId, ...] = (),
) -> Item:
    """An item of these clips. lasts_s: where the plan wants it shorter, with fade_out_s at its end."""
    names = {1: ("song",), 2: ("prelude", "script"), 3: ("prelude", "script", "postlude")}[len(clips)]
    seconds = sum(clip.duration_s for clip in clips) if lasts_s is None else lasts_s
    return Item(
        key=key,
        kind=KINDS.get(air_class, Kind.ANNOUNCEMENT),
        id=key,
        air_class=air_class,
        parts=clips,
        part_names=names,
        start=TEN,
        end=TEN + timedelta(seconds=seconds),
        zones=zones,
        fade_out_s=fade_out_s,
    )


@cache
def clip(path: Path, gain_db: float = 0.0) -> Clip:
    """A clip as the library would know it: with the length that the decoder gives it. The path may be absolute."""
    return Clip(str(path), len(decoded(path)) / SAMPLE_RATE_HZ, gain_db)


def as_mix(samples: Samples) -> Mix:
    """Samples as they leave the mixer at 0 dB."""
    return samples.astype(np.float32) / np.float32(FULL_SCALE)
