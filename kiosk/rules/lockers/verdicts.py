"""Whether a tag opens a locker: each reason against it for the log, and a kind sentence for the shopper (L02).

The sentence says what to do next and nothing of what was found: whoever tries tags that are not theirs learns from it
neither whether a number exists, nor whether the signature was right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType

from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.rules.lockers.tags import Plaque, Printed, Ticket
from kiosk.units import Language, LockerId


class Advice(Enum):
    """What the shopper reads; the values are the keys of the screens' texts."""

    AGAIN = "scan-again"
    STAFF = "ask-staff"


class Reason(Enum):
    """Why a tag is refused; the values are what the log says."""

    FORM = "it has not the form of a tag"
    CHECK_DIGIT = "its check digit is wrong: misread or mistyped"
    STRANGE_KEY = "it is signed with a key that does not count here: another store's, or one that was replaced"
    FORGED = "its signature is wrong: forged, or another store's"
    STRANGE_CODE = "no ticket has this code"
    STRANGE_CHIP = "no plaque has this chip"
    CLOSED = "too many wrong ones were tried here: codes and chips wait for the staff"
    NOT_ISSUED = "it was never issued"
    WITHDRAWN = "it was withdrawn"
    NO_LOCKER = "no locker has its number"
    GENERATION = "its generation is not the one that the locker has"
    WRONG_LOCKER = "it belongs to another locker"
    OVER = "its deposit is over"
    OTHER_TAG = "another tag was handed out with what lies in its locker"
    EMPTY = "nothing is deposited in its locker"
    NOT_READY = "its locker is not waiting for a tag"
    OVERNIGHT = "its things stayed overnight: the supervisor hands them out (L04)"
    QUARANTINED = "its locker is quarantined"
    OUT_OF_SERVICE = "its locker is out of service"


ADVICE: Mapping[Reason, Advice] = MappingProxyType(
    {reason: Advice.AGAIN if reason in (Reason.FORM, Reason.CHECK_DIGIT) else Advice.STAFF for reason in Reason}
)
"""What the shopper is advised; a bad reading is the only thing that another try mends."""

SENTENCES: Mapping[Advice, Mapping[Language, str]] = MappingProxyType(
    {
        Advice.AGAIN: {
            Language("zh-CN"): "请将号牌对准扫描口，再试一次。",
            Language("zh-TW"): "請將號牌對準掃描口，再試一次。",
            Language("en"): "Please hold your tag to the scanner once more.",
        },
        Advice.STAFF: {
            Language("zh-CN"): "请稍等，寄存处的工作人员马上为您服务。",
            Language("zh-TW"): "請稍等，寄物處的工作人員馬上為您服務。",
            Language("en"): "One moment please: our staff at the lockers will gladly help you.",
        },
    }
)


@dataclass(frozen=True, slots=True)
class Admitted:
    """The tag counts for this locker."""

    locker: LockerId
    tag: Printed


@dataclass(frozen=True, slots=True)
class Refused:
    """It does not. about: which tag, for the log, where that is known; never a code that opens something."""

    reason: Reason
    about: str = ""

    @property
    def advice(self) -> Advice:
        """What the shopper is told."""
        return ADVICE[self.reason]


Verdict = Admitted | Refused


class Purpose(Enum):
    """What a tag is shown for."""

    HAND_OUT = "hand-out"  # the shopper proves to hold it, before the locker counts as occupied
    COLLECT = "collect"
    AGAIN = "again"  # a forgotten thing, within the grace
    COUNT = "count"  # staff count tags: whatever its locker is used for


@dataclass(frozen=True, slots=True)
class Issued:
    """What the ledger's page says of a tag that was issued. withdrawn: why it counts no more, "" while it does."""

    tag: Printed
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A locker, the one tag that was handed out with what lies in it, and the business day of that; None: nothing does.

    A plaque on its hook and a ticket may have the same number: only what the owner was given counts. Within the grace
    for a forgotten thing (AGAIN), tag and day are those of what was just taken out.
    """

    locker: Locker
    tag: Printed | None = None
    day: date | None = None


_FREE, _NIGHT = Reason.EMPTY, Reason.OVERNIGHT
_SICK, _DEAD, _LATE = Reason.QUARANTINED, Reason.OUT_OF_SERVICE, Reason.NOT_READY
# A purpose's row: what is against it for each assignment, in the order of Assignment; None: nothing.
_ROWS: Mapping[Purpose, tuple[Reason | None, ...]] = {
    Purpose.HAND_OUT: (_LATE, None, _LATE, _NIGHT, _SICK, _DEAD),
    Purpose.COLLECT: (_FREE, _FREE, None, _NIGHT, _SICK, _DEAD),
    Purpose.AGAIN: (None, _LATE, _LATE, _NIGHT, _SICK, _DEAD),
    Purpose.COUNT: (None,) * len(Assignment),
}
AGAINST: Mapping[Purpose, Mapping[Assignment, Reason | None]] = MappingProxyType(
    {purpose: MappingProxyType(dict(zip(Assignment, row, strict=True))) for purpose, row in _ROWS.items()}
)


def judge(
    issued: Issued | None, stored: Stored | None, today: date, purpose: Purpose, expected: LockerId | None = None
) -> Verdict:
    """Whether a tag whose signature is right counts. today: the business day. expected: the only locker it may be for.

    stored: the locker that has the tag's number now.
    """
    if issued is None:
        return Refused(Reason.NOT_ISSUED)
    named = str(issued.tag)
    if issued.withdrawn:
        return Refused(Reason.WITHDRAWN, named)
    if stored is None:
        return Refused(Reason.NO_LOCKER, named)
    if expected is not None and stored.locker.id != expected:
        return Refused(Reason.WRONG_LOCKER, named)
    reason = _against(issued.tag, stored, today, purpose)
    return Admitted(stored.locker.id, issued.tag) if reason is None else Refused(reason, named)


def _against(tag: Printed, stored: Stored, today: date, purpose: Purpose) -> Reason | None:
    """What the locker that has the tag's number has against it."""
    locker = stored.locker
    if isinstance(tag, Plaque) and tag.generation != locker.generation:
        return Reason.GENERATION
    if (reason := AGAINST[purpose][locker.assignment]) is not None or purpose is Purpose.COUNT:
        return reason
    if purpose is Purpose.HAND_OUT:
        return Reason.OVER if isinstance(tag, Ticket) and tag.deposit != locker.deposit else None
    if tag != stored.tag:
        return Reason.OVER if isinstance(tag, Ticket) else Reason.OTHER_TAG
    return Reason.OVERNIGHT if stored.day != today else None
