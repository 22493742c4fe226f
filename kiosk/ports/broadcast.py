"""What the broadcast desk acts through: mixer, microphone, panel, power, and its pages of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.broadcast.as_run import AsRun
from kiosk.rules.broadcast.keypad import Key
from kiosk.rules.broadcast.page_watch import Page, Stage
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.broadcast.selfcheck import Report
from kiosk.rules.broadcast.volume import Volume
from kiosk.units import ZoneId


@dataclass(frozen=True, slots=True)
class Started:
    """The mixer's first sample of an item goes out. mono_s: when it is heard, monotonic seconds."""

    key: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class Ended:
    """The last sample of an item went out. phase: the part reached, "" if none sounded. cut: it was faded out early.

    whole: all of it that the plan wanted was heard. fault: what went wrong, "" for nothing. level_dbfs: RMS of what was
    sent, None for silence.
    """

    key: str
    mono_s: float
    phase: str
    cut: bool
    whole: bool
    fault: str
    level_dbfs: float | None


@dataclass(frozen=True, slots=True)
class Missed:
    """The mixer did not play an item at once, because something else had begun meanwhile: decide again (B10)."""

    key: str


class Heard(Enum):
    """What becomes of the microphone; the values are for logs."""

    THERE = "it is plugged in"
    LISTENS = "it delivers"
    VOICE = "the first of the voice goes out"
    DEAF = "it is away, or fell silent"
    MUTE = "it delivered, but nobody was heard"
    KEPT = "what was said is kept"
    NOT_KEPT = "what was said could not be kept"
    PURGED = "what was kept long enough is gone"


@dataclass(frozen=True, slots=True)
class MicrophoneReport:
    """What the microphone's driver posts. text: the fault, or the name of the recording. seconds, count: of what."""

    what: Heard
    text: str = ""
    seconds: float = 0.0
    count: int = 0


class Microphone(Protocol):
    """The announcer's microphone. Any thread may call, nothing waits: what comes of it is a MicrophoneReport.

    A talk is any number of `listen` and `rest`, and one `end`: then its voice is over in the mixer.
    """

    def look(self) -> None:
        """Find out whether it is plugged in: THERE or DEAF."""

    def listen(self) -> None:
        """Begin to listen: LISTENS or DEAF, and VOICE once the mixer lets it be heard."""

    def rest(self) -> None:
        """Listen no more for the moment; the talk is still to come."""

    def end(self) -> None:
        """The voice is over: what was said until now is heard, nothing after it. Harmless where nobody talks."""

    def record(self, name: str) -> None:
        """Keep what is said from now to the end under this name: KEPT or NOT_KEPT."""


@dataclass(frozen=True, slots=True)
class Meter:
    """What a zone sends out, dBFS over the last tenth of a second; -120 is silence."""

    rms_dbfs: float
    peak_dbfs: float


class Mixer(Protocol):
    """Puts items on the air. Any thread may call; Started, Ended and Missed come through the driver's inbox.

    The mixer itself never cuts an announcement that has begun, except for an evacuation (B10).
    """

    def play(self, item: Item, *, over_s: float) -> None:
        """Start at once; what sounds fades out over `over_s` seconds and is over; a waiting follower is forgotten."""

    def follow(self, item: Item | None) -> None:
        """What starts at the sample after the sounding item's last; replaces an earlier follower. None: silence."""

    def lay_over(self, item: Item) -> None:
        """Start at once over music, which is ducked under it until the item ends. Over an announcement: Missed."""

    def again(self, item: Item, *, of: str) -> None:
        """Start what sounds over from its beginning as `item`, if its key is still `of` (or nothing sounds any more).

        Missed where something else has begun. A waiting follower is forgotten, but not by what sounds beside the line.

        The one way to begin an announcement anew: while the sound output was away, nobody heard it (B10).
        """

    def lay_beside(self, item: Item, *, over_s: float) -> None:
        """Start at once in the item's own zones, in which the song fades out over `over_s` seconds and comes back
        softly at the end; in the others nothing changes. Missed where an announcement sounds anywhere; an announcement
        that is told to `play` meanwhile takes the line at its end.
        """

    def beside_next(self, item: Item | None) -> None:
        """What starts in its own zones at the first sample of the next song, which goes on in the others and comes in
        softly at the end; replaces an earlier one, None takes it back. It waits while announcements follow one another.
        """

    def fade(self, over_s: float) -> None:
        """Fade music or an evacuation to silence within `over_s` seconds; a waiting follower is forgotten."""

    def set_volumes(self, volumes: Mapping[ZoneId, Volume], *, over_s: float) -> None:
        """How loud each zone is from now on; every change is a ramp of `over_s` seconds."""

    def meters(self) -> Mapping[ZoneId, Meter]:
        """What goes out now, zone by zone."""


class AsRunLog(Protocol):
    """The broadcast desk's pages of the ledger. Raises LedgerFault."""

    def started(self, entry: AsRun) -> None:
        """An item went on the air: durable when this returns."""

    def ended(self, entry: AsRun) -> None:
        """An item that started is over, or one that never started (no real_start) is accounted for."""

    def note(self, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]) -> None:
        """Add a line to the audit chain: who did what to what."""

    def of_day(self, day: date) -> Iterable[AsRun]:
        """A business day's lines in the order in which they started."""

    def adrift(self) -> Iterable[AsRun]:
        """Lines that were on the air when the power went or the role died."""


class PageBook(Protocol):
    """The broadcast desk's pages and message slips in the ledger: what is promised is durable. Raises LedgerFault."""

    def enter(self, page: Page) -> int:
        """A page that was asked for at the desk; returns its number, 1 or more."""

    def keep(self, page: Page, *, was: Stage) -> bool:
        """How the page stands now, its slip with it; False, and nothing is changed, where it was not at `was`."""

    def unfinished(self) -> Iterable[Page]:
        """Every page that is not over, oldest first: at a start, what the role or the power left behind."""

    def requested(self) -> Iterable[Page]:
        """What the front role asks for and nobody has decided on, oldest first. Cheap: looked at every second."""

    def forget(self, before: datetime) -> int:
        """Take the names out of pages and slips that were over before then (S20); returns how many it were."""


@dataclass(frozen=True, slots=True)
class OnAirReport:
    """What the live board shows, taken several times a second. progress: 0 to 1. upcoming: next first.

    on_duty: who is signed in at the panel, "" where nobody has to be. pages: what pages wait for, as sentences with the
    people's names; shown, never logged. self_check: what the check before opening came to, "" before it.
    beside: what speaks in some zones while the line goes on. lamps: what those of the simulated panel say, by button;
    none where there is no such panel. keys: what presses its buttons.
    lockers: of the front role beside it, None where there is none.
    """

    store: str
    now: datetime
    phase: str
    current: Item | None
    current_started: datetime | None
    progress: float
    upcoming: tuple[Item, ...]
    queue: tuple[Item, ...]
    meters: Mapping[ZoneId, Meter]
    last: tuple[AsRun, ...]
    warnings: tuple[str, ...]
    output: str
    underruns: int
    amplifier_on: bool
    doors_close: datetime | None = None
    pages: tuple[str, ...] = ()
    on_duty: str = ""
    self_check: str = ""
    beside: Item | None = None
    lamps: Mapping[str, Lamp] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()
    lockers: LockersReport | None = None


class PowerSwitches(Protocol):
    """The mains relays of the broadcast equipment; every one is off at the start and at the end."""

    def switch(self, unit: Unit, *, on: bool) -> None:
        """Set one relay. Raises DeviceFault."""

    def reads(self, unit: Unit) -> bool | None:
        """How the relay's pin stands, None where nobody can read it. Raises DeviceFault."""


class Panel(Protocol):
    """The announcer's buttons and lamps. Contacts come as debounce.Edge through the driver's inbox, any thread."""

    def show(self, name: str, lamp: Lamp) -> None:
        """What the lamp of a button, or panel.ON_AIR, says from now on; one that is not wired says nothing.

        Raises DeviceFault.
        """

    def reads(self, name: str) -> bool | None:
        """Whether the pin of a lamp is high now, None for one that is not wired. Raises DeviceFault."""

    def report(self) -> None:
        """Post how every contact stands now, lest an edge was lost. Raises DeviceFault."""


class Register(Protocol):
    """Who is registered and what is released, as the ledger has it. The desk's thread only."""

    def changed(self) -> Roster | None:
        """The roster if it may have changed since it was last asked for, else None: cheap. Raises LedgerFault."""


class Inspector(Protocol):
    """Looks at what takes time, in a process of its own; each order is answered by messages.Inspected, never raised.

    Orders come one after another, and only one is open.
    """

    def inspect_room(self, day: date) -> None:
        """The files, the plan, the speech of a business day; the disk, the ledger, the clock, the heat."""

    def open_ear(self) -> None:
        """Open the microphone and measure its noise."""

    def hear_tone(self) -> None:
        """The test tone sounds now: hear it, and judge it by its reference."""

    def dismiss(self) -> None:
        """The check is over, or given up: close the microphone, end the process. Twice does no harm."""


class SelfCheckBook(Protocol):
    """The self-checks' page of the ledger. Raises LedgerFault."""

    def keep(self, report: Report) -> None:
        """Write a report down, with a line of the audit chain: durable when this returns."""

    def latest(self) -> Report | None:
        """The newest report, None where there is none yet."""
