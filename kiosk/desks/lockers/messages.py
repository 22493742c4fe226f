"""What is posted into the inbox of the bag-storage desk, beside the drivers' own reports.

A seat is where a shopper stands: the name of a screen. A shopper is known by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from kiosk.ports.lockers import BoardReport, DoorRead, Energised, NotPulsed, Pulsed, ReaderReport, Scanned
from kiosk.ports.lockers_report import LockersReport
from kiosk.ports.lost_slips import SlipReport
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.locker import Size
from kiosk.rules.lockers.rights import Deed
from kiosk.rules.lockers.things import Ask
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed: about a second, or a planned moment came."""


@dataclass(frozen=True, slots=True)
class StopAsked:
    """The role is to end in order."""

    why: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A driver reports what is wrong, and to whom it matters."""

    text: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Something went wrong once, and staff must know: it stays told until somebody has seen to it."""

    text: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What was wrong is over. beginning: of what was told about it."""

    beginning: str


# a shopper at a screen


@dataclass(frozen=True, slots=True)
class TimeWanted:
    """Whoever stands at a screen asks for more time, or does not any more."""

    seat: str
    more: bool


@dataclass(frozen=True, slots=True)
class DepositAsked:
    """Somebody wants to leave something."""

    seat: str


@dataclass(frozen=True, slots=True)
class SizeChosen:
    """How large the locker is to be."""

    seat: str
    size: Size


@dataclass(frozen=True, slots=True)
class Described:
    """What is left, of the words that were offered; "" for rather not."""

    seat: str
    ask: Ask
    word: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Yes, to what the screen asks at that step: no valuables (L05), things checked (L06), "the door is closed"."""

    seat: str
    step: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """The shopper does not want to go on, or has put nothing in."""

    seat: str


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """A shopper calls somebody; possible on every screen."""

    seat: str


# staff; who they are was proved before it is posted, whether they may is decided by StaffAsked


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk says at once to whoever asked. refused: it is not done."""

    text: str
    refused: bool = False


Reply = Callable[[Answer], None]


def unheard(_: Answer) -> None:
    """Nobody waits for an answer."""


@dataclass(frozen=True, slots=True)
class OpenAsked:
    """Staff want a door opened. procedure: what it is for, for the audit; "" for nothing."""

    locker: LockerId
    operator: str
    purpose: Purpose
    procedure: str = ""
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OpenAllAsked:
    """Every door is to open, one after another (fire, power failing)."""

    operator: str
    why: str
    reply: Reply = field(default=unheard, compare=False, repr=False)


class Care(Enum):
    """What staff do to a locker without opening it; the values are what commands say."""

    EMPTY = "empty"  # a person looked: nothing is in it, and its tag hangs there; it is in service again
    KEEPS = "keeps"  # a person looked: the things of its tag are in it, all is as it should be
    TRUST = "trust"  # its tag was found, or is good after all
    QUARANTINE = "quarantine"  # its tag is lost or doubtful
    WITHDRAW = "withdraw"  # out of service


@dataclass(frozen=True, slots=True)
class CareAsked:
    """Staff say how it stands with a locker. why: for the audit, and for the next who asks."""

    care: Care
    locker: LockerId
    operator: str
    why: str = ""
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RenumberAsked:
    """A locker gets another tag: a new generation, or a substitute number while its own tag is gone (L09).

    number: 0: the one that it has. generation: of the new tag, higher than before; 0: the next one.
    """

    locker: LockerId
    number: int
    generation: int
    operator: str
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LostTagOpenAsked:
    """The door of a lost-tag case is to be opened: the procedure's warrant decides, whoever asks. case: its number."""

    case: int
    operator: str
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LostSlipAsked:
    """Staff want both copies of a lost tag's slip printed, once more where they were before."""

    case: int
    operator: str
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LookAsked:
    """Staff want to do what no other message says: see the lockers, print tags. action: for the audit."""

    operator: str
    deed: Deed = Deed.LOOK
    action: str = "looks at"
    subject: str = "the lockers"
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AdmitAsked:
    """Staff looked who had tried wrong tags, and let short codes and chips count again. seat: where, "" is
    everywhere."""

    operator: str
    reply: Reply = field(default=unheard, compare=False, repr=False)
    seat: str = ""


@dataclass(frozen=True, slots=True)
class CountBegun:
    """Somebody counts the tags at a seat: from now on its readers count, and open nothing. kind: of the two counts."""

    seat: str
    kind: SheetKind
    operator: str
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CountSigned:
    """The count at a seat is signed, and over."""

    seat: str
    operator: str
    reply: Reply = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CountLooked:
    """Whoever counts at a seat says what hangs at a locker, as its reader would have read it; "-": nothing.

    by: who it is; anybody else's word is no matter. at: which locker, None for the one that is asked for.
    """

    seat: str
    by: str
    text: str
    at: LockerId | None = None


@dataclass(frozen=True, slots=True)
class CountLeft:
    """The count at a seat is left off; what was counted is kept, and goes on when somebody begins it again."""

    seat: str
    by: str


Wanted = (
    OpenAsked
    | OpenAllAsked
    | LostTagOpenAsked
    | LostSlipAsked
    | CareAsked
    | RenumberAsked
    | AdmitAsked
    | LookAsked
    | CountBegun
    | CountSigned
)


@dataclass(frozen=True, slots=True)
class StaffAsked:
    """Somebody who proved who they are asks; whether they may is decided when its turn comes, on the desk's thread."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """Somebody who may know wants to know how the lockers stand."""

    reply: Callable[[LockersReport], None] = field(compare=False, repr=False)


Message = (
    Tick
    | StopAsked
    | Fault
    | Happened
    | DepositAsked
    | SizeChosen
    | Described
    | Confirmed
    | GaveUp
    | HelpAsked
    | OpenAsked
    | OpenAllAsked
    | CareAsked
    | RenumberAsked
    | AdmitAsked
    | LostTagOpenAsked
    | LostSlipAsked
    | LookAsked
    | CountBegun
    | CountSigned
    | CountLooked
    | CountLeft
    | StaffAsked
    | ReportAsked
    | DoorRead
    | Energised
    | Pulsed
    | NotPulsed
    | BoardReport
    | Scanned
    | ReaderReport
    | SlipReport
    | Mended
    | TimeWanted
)
