"""What is posted into the broadcast desk's inbox, beside the mixer's own reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from kiosk.ports.broadcast import Ended, MicrophoneReport, Missed, Started
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import Announcement
from kiosk.rules.broadcast.paging import PageRequest
from kiosk.rules.broadcast.programme import Item, Programme
from kiosk.rules.broadcast.rotation import Heard
from kiosk.rules.broadcast.selfcheck import Finding
from kiosk.rules.people.badge import BadgeShown
from kiosk.units import Language, ScriptId, ZoneId


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed: about a second, or a planned moment came."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button's action is asked for; operator: who is known to stand there.

    held_s: how long it was held, where nobody has looked at the button's guard yet; None where the guard was met.
    """

    button: str
    operator: str = "panel"
    held_s: float | None = None


@dataclass(frozen=True, slots=True)
class TalkAsked:
    """Somebody wants to talk. for_s: so long from the first word, None for until TalkOver."""

    button: str
    operator: str = "panel"
    for_s: float | None = None


@dataclass(frozen=True, slots=True)
class TalkOver:
    """Whoever talks by that button has done; why: for the log."""

    button: str
    why: str


@dataclass(frozen=True, slots=True)
class TalkClosed:
    """The desk itself ended a talk: its button is to be let go before it talks again."""

    button: str


@dataclass(frozen=True, slots=True)
class ScriptAsked:
    """Somebody asks for a page of the binder by its name."""

    script: ScriptId
    operator: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk says at once to whoever asked. n: the page's number, 0 for none; refused: it is not done."""

    text: str
    n: int = 0
    refused: bool = False


Reply = Callable[[Answer], None]


def unheard(_: Answer) -> None:
    """Nobody waits for an answer."""


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Somebody is to be paged. caller, number: who waits for the person, and how to call them back.

    park: prepared only, an approval airs it. ticket: the desk's own mark on a page that it has spoken, else 0.
    """

    request: PageRequest
    operator: str
    caller: str = ""
    number: str = ""
    park: bool = False
    ticket: int = 0
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PageSpoken:
    """The page was put into speech; announcement None: no voice could, `fault` says why."""

    asked: PageAsked
    announcement: Announcement | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SayingAsked:
    """Sentences are to be made an announcement. name: of it in logs. said: in one language after the other."""

    name: str
    said: tuple[tuple[Language, tuple[str, ...]], ...]
    zones: tuple[ZoneId, ...] = ()


@dataclass(frozen=True, slots=True)
class SayingSpoken:
    """It was put into speech; announcement None: no voice could, `fault` says why."""

    asked: SayingAsked
    announcement: Announcement | None
    fault: str = ""


class PageStep(Enum):
    """What an announcer does to a page; the values are what commands say."""

    APPROVE = "approve"
    DECLINE = "decline"
    REACHED = "reached"
    WITHDRAW = "withdraw"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class PageDecided:
    """An announcer decides on a page. n: which, 0 for the one that the desk asks about. why: it is declined."""

    step: PageStep
    operator: str
    n: int = 0
    why: str = ""
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AirAsked:
    """An attendant wants an item on the air."""

    item: Item


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody proved at a keyboard who they are, and now stands at the panel."""

    operator: str


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Whoever was signed in at the panel leaves it."""


@dataclass(frozen=True, slots=True)
class RegisterChanged:
    """Somebody was registered or removed, a page released or withdrawn: no need to wait until that is noticed."""


@dataclass(frozen=True, slots=True)
class BinderHeld:
    """The pages that may not air, each with why; the day is planned without them."""

    held: Mapping[ScriptId, str]


@dataclass(frozen=True, slots=True)
class StopAsked:
    """The role is to end in order."""

    why: str


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What the office is to plan: the business day that `begin` belongs to, or the next one.

    heard: songs of the day so far. aired: keys of airings that are done with. without: files that do not play.
    basis: what was on the air when the order was given; a plan for another basis is out of date. held: pages that may
    not air, each with why.
    """

    begin: datetime
    heard: tuple[Heard, ...]
    aired: frozenset[str]
    without: frozenset[str]
    basis: tuple[str, ...]
    held: Mapping[ScriptId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanReady:
    """The office's answer; titles name items for a person. missed: what was due before `begin` and is not aired."""

    order: PlanOrder
    day: BusinessDay
    programme: Programme
    material: Material
    titles: Mapping[str, str]
    missed: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFailed:
    """The office could not plan; what is planned already goes on."""

    order: PlanOrder
    why: str


@dataclass(frozen=True, slots=True)
class Output:
    """A sound output was lost (heard False), or sounds again after it was away. zones: those it feeds, none for all."""

    heard: bool
    zones: tuple[ZoneId, ...] = ()


@dataclass(frozen=True, slots=True)
class MusicChanged:
    """Somebody added music to the library."""


@dataclass(frozen=True, slots=True)
class Stocked:
    """The office has listened and spoken meanwhile. material: all that can be played now. faults: what is new of them.

    left: how many files and texts it still has to do.
    """

    material: Material
    left: int
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A driver or the office reports what is wrong, and to whom it matters."""

    text: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Something went wrong once; the people at the desk can see to it."""

    text: str


class Part(Enum):
    """What the inspector was told to look at."""

    ROOM = "files, plan, speech, disk, ledger, clock, heat"
    EAR = "microphone"
    TONE = "test tone"


@dataclass(frozen=True, slots=True)
class Inspected:
    """The inspector's answer about one part of the self-check."""

    part: Part
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SelfCheckAsked:
    """Somebody wants a self-check now."""

    operator: str


Message = (
    Started
    | Ended
    | Missed
    | Edge
    | Tick
    | Pressed
    | TalkAsked
    | TalkOver
    | TalkClosed
    | MicrophoneReport
    | ScriptAsked
    | PageAsked
    | PageSpoken
    | PageDecided
    | SayingSpoken
    | AirAsked
    | BadgeShown
    | SignedIn
    | SignedOut
    | RegisterChanged
    | BinderHeld
    | StopAsked
    | PlanReady
    | PlanFailed
    | Output
    | Stocked
    | MusicChanged
    | Fault
    | Happened
    | Inspected
    | SelfCheckAsked
)
