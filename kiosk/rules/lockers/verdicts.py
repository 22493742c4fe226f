"""Whether a tag still counts: each reason against it for the log, and a kind sentence for the shopper (L02).

The sentence says what to do next and nothing of what was found: whoever tries tags that are not theirs learns from it
neither whether a number exists, nor whether the signature was right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.tags import Plaque, Printed, Ticket


class Advice(Enum):
    """What the shopper reads; the values are the keys of the screens' texts."""

    AGAIN = "tag.again"
    STAFF = "tag.refused"


class Reason(Enum):
    """Why a text is no tag that counts; the values are what the log says. What its locker has against it: warrants."""

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
    OTHER_TAG = "a ticket was handed out with what lies in its locker"


ADVICE: Mapping[Reason, Advice] = MappingProxyType(
    {reason: Advice.AGAIN if reason in (Reason.FORM, Reason.CHECK_DIGIT) else Advice.STAFF for reason in Reason}
)
"""What the shopper is advised; a bad reading is the only thing that another try mends."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It does not count. about: which tag, for the log, where that is known; never a code that opens something."""

    reason: Reason
    about: str = ""

    @property
    def advice(self) -> Advice:
        """What the shopper is told."""
        return ADVICE[self.reason]

    @property
    def why(self) -> str:
        """For the log."""
        return f"{self.about}: {self.reason.value}" if self.about else self.reason.value


@dataclass(frozen=True, slots=True)
class Issued:
    """What the ledger's page says of a tag that was issued. withdrawn: why it counts no more, "" while it does."""

    tag: Printed
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A locker, and the ticket that was handed out with what lies in it; None: nothing does, or its plaque was.

    A plaque on its hook and a ticket have the same number: only what the owner was given counts.
    """

    locker: Locker
    ticket: Ticket | None = None


def judge(issued: Issued | None, stored: Stored | None) -> Printed | Refused:
    """Whether a tag whose signature is right still counts. stored: the locker that has its number now."""
    if issued is None:
        return Refused(Reason.NOT_ISSUED)
    tag = issued.tag
    if issued.withdrawn:
        return Refused(Reason.WITHDRAWN, str(tag))
    if stored is None:
        return Refused(Reason.NO_LOCKER, str(tag))
    if isinstance(tag, Plaque) and tag.generation != stored.locker.generation:
        return Refused(Reason.GENERATION, str(tag))
    if isinstance(tag, Plaque) and stored.ticket is not None:
        return Refused(Reason.OTHER_TAG, str(tag))
    return tag
