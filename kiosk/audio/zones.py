"""The zones' side of the mix: how loud each kind of sound is in each zone, and where the line is held down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kiosk.audio.voice import Fade, Fader, Mix, Route
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.volume import Volume
from kiosk.units import ZoneId, amplitude_of


@dataclass(frozen=True, slots=True)
class Feed:
    """How a zone hangs on the output: its pair of channels, counted from 1, and its volume until it is told another."""

    zone: ZoneId
    channels: tuple[int, int]
    volume_db: float


class Zones:
    """The store's zones as the mixer fades them. Audio thread only.

    `begin_block` comes before anything of a block sounds; `hush` gets every frame of a block once, in order.
    """

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self._feeds = tuple(feeds)
        self._strips = {feed.zone: _Strips(amplitude_of(feed.volume_db)) for feed in feeds}
        self._holds = {feed.zone: Fade() for feed in feeds}
        self._ramping = False

    @property
    def rest(self) -> bool:
        """Whether nothing ramps, and the line is held down nowhere."""
        return not self._ramping and all(hold.rests for hold in self._holds.values())

    def routes(self, item: Item) -> tuple[Route, ...]:
        """Where an item sounds. An evacuation sounds everywhere, whatever it names: nobody is left to be told later."""
        everywhere = not item.zones or item.air_class is AirClass.EVACUATION
        feeds = [feed for feed in self._feeds if everywhere or feed.zone in item.zones]
        routes = {
            feed.channels: Route(feed.channels[0] - 1, feed.channels[1] - 1, self._strips[feed.zone].of(item.air_class))
            for feed in feeds
        }
        return tuple(routes.values())

    def set_volumes(self, volumes: Mapping[ZoneId, Volume], frames: int) -> None:
        """Every zone named here goes to its new volume within so many frames."""
        for zone, volume in volumes.items():
            if zone in self._strips:
                self._strips[zone].to(volume, frames)
        self._ramping = True

    def hold(self, gain: float, zones: Collection[ZoneId], frames: int) -> None:
        """Hold the line at a gain in these zones, () means all; within so many frames, 0 at the very next one."""
        for zone, hold in self._holds.items():
            if not zones or zone in zones:
                hold.to(gain, frames)

    def begin_block(self, frames: int) -> None:
        """The next block has so many frames."""
        if self._ramping:
            for strips in self._strips.values():
                strips.begin_block(frames)
            self._ramping = any(strips.ramp for strips in self._strips.values())

    def hush(self, stretch: Mix) -> None:
        """Hold the line down where it is to be; `stretch`: a piece of the block in which only the line sounds."""
        for feed in self._feeds:
            hold = self._holds[feed.zone]
            if not hold.rests and len(stretch):
                gain = hold.next(len(stretch))
                for channel in dict.fromkeys(feed.channels):
                    stretch[:, channel - 1 : channel] *= gain


class _Strips:
    """One zone's faders: a volume for music, one for announcements, one for an evacuation."""

    def __init__(self, amplitude: float) -> None:
        self._music, self._announcement, self._evacuation = Fader(amplitude), Fader(amplitude), Fader(amplitude)

    @property
    def ramp(self) -> bool:
        return not (self._music.rests and self._announcement.rests and self._evacuation.rests)

    def of(self, air_class: AirClass) -> Fader:
        match air_class:
            case AirClass.MUSIC:
                return self._music
            case AirClass.EVACUATION:
                return self._evacuation
            case _:
                return self._announcement

    def to(self, volume: Volume, frames: int) -> None:
        self._music.to(amplitude_of(volume.music_db), frames)
        self._announcement.to(amplitude_of(volume.announcement_db), frames)
        self._evacuation.to(amplitude_of(volume.evacuation_db), frames)

    def begin_block(self, frames: int) -> None:
        for fader in (self._music, self._announcement, self._evacuation):
            fader.begin_block(frames)
