"""The frozen Site: everything a store chose, checked, as plain values that any process can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.config.bag_storage import Lockers
from kiosk.config.returning import Returns
from kiosk.config.roll_printers import RollPrinter
from kiosk.config.speaking import Preview, Speech
from kiosk.rules.broadcast.calendar import Calendar
from kiosk.rules.broadcast.day import DayType
from kiosk.rules.broadcast.material import AirClass, Script
from kiosk.rules.broadcast.page_watch import USUAL, PagingChoices
from kiosk.rules.broadcast.panel import TALKS, Button, ButtonAction
from kiosk.rules.broadcast.power import Delays
from kiosk.rules.broadcast.releases import Asking
from kiosk.rules.broadcast.selfcheck import SelfCheckChoices
from kiosk.rules.broadcast.volume import QuietHours, VolumePlan
from kiosk.rules.front.attract import Promotion
from kiosk.rules.service.choices import ServiceChoices
from kiosk.rules.service.queue_calls import USUAL as USUAL_QUEUE
from kiosk.rules.service.queue_calls import QueueChoices
from kiosk.rules.service.store_plan import StoreGuide
from kiosk.units import Language, PlaylistId, ScriptId, ZoneId

__all__ = [
    "Announcers",
    "Badge",
    "Button",
    "ButtonAction",
    "Calendar",
    "Levels",
    "Lockers",
    "Microphone",
    "Output",
    "Panel",
    "Power",
    "Preview",
    "ProgrammeChoices",
    "QuietHours",
    "Returns",
    "Scanner",
    "SelfCheckChoices",
    "Site",
    "Speech",
    "Touchscreen",
    "Zone",
]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the store. channels: the pair of channels of its output that feeds it, counted from 1.

    volume_db: -60 to 0, where neither the day nor the neighbourhood wants another. output: its id, "" for the first.
    evacuation_db: of an evacuation, None for volume_db.
    """

    id: ZoneId
    title: Mapping[Language, str]
    channels: tuple[int, int]
    volume_db: float
    output: str = ""
    evacuation_db: float | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A sound output. device: its name as PortAudio lists it, "" for the system's default.

    channels: 2 to 16. block_frames: frames per block, 256 to 4096; 1024 suits a Pi. id: what zones call it, "" where
    the store has only one.
    """

    device: str
    channels: int
    block_frames: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """Loudness targets (rule B15), LUFS; ceiling_dbfs is where the limiter holds peaks."""

    music_lufs: float
    announcement_lufs: float
    ceiling_dbfs: float


@dataclass(frozen=True, slots=True)
class ProgrammeChoices:
    """How the planner works. separation_s: no song again within it. late_grace_s: how late an announcement that was
    missed (late boot, clock step) is still worth airing. interrupt_fade_s: how fast an urgent item fades the music.
    """

    separation_s: float
    late_grace_s: float
    interrupt_fade_s: float
    seed: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The announcer's panel. chip: of /dev/gpiochip*, None: the Pi knows. bounce_s: the longest bounce of a contact.

    hold_s: how long a button with the guard "hold" is held. stuck_s: nobody holds a button longer. on_air_lamp,
    fault_lamp, key_switch: their pins, None where none is wired.
    """

    chip: int | None = None
    bounce_s: float = 0.020
    hold_s: float = 3.0
    stuck_s: float = 60.0
    on_air_lamp: int | None = None
    fault_lamp: int | None = None
    key_switch: int | None = None


@dataclass(frozen=True, slots=True)
class Announcers:
    """Who may use the desk (B14). required: only registered people; None: from the first one registered on.

    release: which pages air only once they are released (B13). signed_in_s: so long a badge signs in, anew by each use.
    """

    required: bool | None = None
    release: Asking = Asking.POLICY
    signed_in_s: float = 600.0


@dataclass(frozen=True, slots=True)
class Badge:
    """The serial reader of badges at the panel. device: its port. baud: its speed."""

    device: str
    baud: int = 9600


@dataclass(frozen=True, slots=True)
class Scanner:
    """A reader of the lockers' tags. device: a serial port, or below /dev/input one that types. baud: of a port."""

    id: str
    device: str
    baud: int = 9600


@dataclass(frozen=True, slots=True)
class Touchscreen:
    """Where shoppers store and fetch. width, height: pixels. width_mm: of its picture. whole: no window but the whole
    display. language: it begins with this one. scanners: those beside it, by id. services: what it offers beside bags,
    None for everything. sound: the output beside it, on which it is read aloud; "" for none. place: where it hangs, as
    people call it. call_page: aired when nobody answers a call; None for none. call_names: who is coming is told by the
    first name. attract_s: untouched for so long it shows what is on today; 0 for never. idle_s: untouched for so long
    it asks whether somebody is still there."""

    width: int
    height: int
    width_mm: float
    whole: bool
    language: Language
    scanners: tuple[str, ...] = ()
    services: tuple[str, ...] | None = None
    sound: str = ""
    place: Mapping[Language, str] = field(default_factory=dict)
    call_page: ScriptId | None = None
    call_names: bool = False
    attract_s: float = 60.0
    idle_s: float = 45.0


@dataclass(frozen=True, slots=True)
class Power:
    """The equipment's relays: their pins, None where none is wired, and the delays of the equipment's manual (B02)."""

    source_pin: int | None = None
    amplifier_pin: int | None = None
    microphone_pin: int | None = None
    delays: Delays = field(default_factory=Delays)


@dataclass(frozen=True, slots=True)
class Microphone:
    """The announcer's microphone. device: its name as PortAudio lists it, "" for the default; channel: of it, from 1.

    gain_db: -20 to 40. duck_db: how far music goes down under a talk, -40 to 0. longest_s: of a talk. settle_s: how
    long its supply is on before it is heard. prelude, postlude: None for the store's own, "" for none.
    record: what is said is kept for keep_days.
    """

    device: str = ""
    channel: int = 1
    gain_db: float = 0.0
    duck_db: float = -18.0
    longest_s: float = 120.0
    settle_s: float = 0.1
    prelude: str | None = None
    postlude: str | None = None
    record: bool = False
    keep_days: int = 30


@dataclass(frozen=True, slots=True)
class Site:
    """A store, whole. root: the site directory; every path in a Site is relative to it.

    playlists: sound files in their order. prelude, postlude: light music round an announcement that names none (B09);
    a script whose own is "" wants none on purpose. output: the one whose clock is the store's; further_outputs: those
    that keep up with it. quiet_hours: when the neighbourhood is to be spared. lockers, touchscreen, returns,
    guide: None where the store has none.
    """

    root: Path
    name: Mapping[Language, str]
    time_zone: str
    output: Output
    zones: tuple[Zone, ...]
    levels: Levels
    programme: ProgrammeChoices
    buttons: tuple[Button, ...]
    day_types: Mapping[str, DayType]
    calendar: Calendar
    binder: tuple[Script, ...]
    playlists: Mapping[PlaylistId, tuple[str, ...]]
    prelude: str | None
    postlude: str | None
    panel: Panel = Panel()
    power: Power = Power()
    speech: Speech = field(default_factory=Speech)
    preview: Preview = field(default_factory=Preview)
    paging: PagingChoices = USUAL
    announcers: Announcers = Announcers()
    badge: Badge | None = None
    selfcheck: SelfCheckChoices = field(default_factory=SelfCheckChoices)
    further_outputs: tuple[Output, ...] = ()
    quiet_hours: tuple[QuietHours, ...] = ()
    microphone: Microphone = Microphone()
    lockers: Lockers | None = None
    scanners: tuple[Scanner, ...] = ()
    touchscreen: Touchscreen | None = None
    printers: tuple[RollPrinter, ...] = ()
    returns: Returns | None = None
    service: ServiceChoices = field(default_factory=ServiceChoices)
    queue: QueueChoices = USUAL_QUEUE
    guide: StoreGuide | None = None
    promotions: tuple[Promotion, ...] = ()

    @property
    def has_front(self) -> bool:
        """Whether there is something for the front role: lockers, a touchscreen, or both."""
        return self.lockers is not None or self.touchscreen is not None

    @property
    def zone_info(self) -> ZoneInfo:
        """The store's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def volume_plan(self) -> VolumePlan:
        """How loud the zones are, as far as the day types do not say it."""
        louder = {zone.id: zone.evacuation_db for zone in self.zones if zone.evacuation_db is not None}
        return VolumePlan({zone.id: zone.volume_db for zone in self.zones}, self.quiet_hours, louder)

    @property
    def channels(self) -> int:
        """Of the whole mix: those of every output, one after another."""
        return sum(output.channels for output in (self.output, *self.further_outputs))

    def mix_channels(self, zone: Zone) -> tuple[int, int]:
        """The pair of the mix's channels that feeds a zone, counted from 1."""
        before = 0
        for output in (self.output, *self.further_outputs):
            if zone.output in ("", output.id):
                break
            before += output.channels
        return zone.channels[0] + before, zone.channels[1] + before

    def zones_of(self, output: Output) -> tuple[ZoneId, ...]:
        """The zones that hang on an output."""
        first = ("",) if output.id == self.output.id else ()
        return tuple(zone.id for zone in self.zones if zone.output in (*first, output.id))

    def reach(self, script: Script) -> tuple[ZoneId, ...]:
        """The zones a page is for, () for the whole store: an evacuation, and a page that names every zone."""
        return () if script.air_class is AirClass.EVACUATION else self.part_of_store(script.zones)

    def part_of_store(self, zones: tuple[ZoneId, ...]) -> tuple[ZoneId, ...]:
        """Zones as somebody named them, () where they are all there are."""
        return () if {zone.id for zone in self.zones} <= set(zones) else zones

    @property
    def talk_frame(self) -> tuple[str | None, str | None]:
        """The prelude and postlude of a talk at the microphone, none where no button talks."""
        if not self.talks:
            return None, None
        own = self.microphone
        return (
            self.prelude if own.prelude is None else own.prelude or None,
            self.postlude if own.postlude is None else own.postlude or None,
        )

    @property
    def talks(self) -> tuple[Button, ...]:
        """The buttons that talk."""
        return tuple(button for button in self.buttons if button.action in TALKS)

    def frame(self, script: Script) -> tuple[str | None, str | None]:
        """The prelude and postlude of a page: its own, else the store's; an evacuation has only its own (B09)."""
        if script.air_class is AirClass.EVACUATION:
            return script.prelude or None, script.postlude or None
        return (
            self.prelude if script.prelude is None else script.prelude or None,
            self.postlude if script.postlude is None else script.postlude or None,
        )
