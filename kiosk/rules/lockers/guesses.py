"""How guessing is limited: some wrong tags within an hour, then the staff; forgeries are an alarm before that (L02).

What is counted is what somebody tried, not what was misread: a wrong form or check digit tells a guesser nothing, and
happens to everybody. A right tag between the wrong ones takes nothing off: a guesser may well have one of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from kiosk.rules.lockers.verdicts import Reason
from kiosk.sentences import N_


@dataclass(frozen=True, slots=True)
class GuessChoices:
    """The store's choices. wrong: so many wrong tags, forgeries: so many of them with a wrong signature, within so many
    seconds at one entrance."""

    wrong: int = 5
    forgeries: int = 3
    within_s: float = 3600.0


USUAL = GuessChoices()

FORGERIES = frozenset((Reason.FORGED, Reason.STRANGE_KEY))
COUNTED = FORGERIES | {Reason.STRANGE_CODE, Reason.STRANGE_CHIP, Reason.NOT_ISSUED, Reason.WITHDRAWN}


class Alarm(Enum):
    """What the staff are called for; the values are sentences for them."""

    FORGERIES = N_("several tags with a wrong signature were tried: look who stands there")
    CLOSED = N_("too many wrong tags were tried: codes and chips wait for the staff (kiosk lockers tags admit)")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong try."""

    at: datetime
    forged: bool


@dataclass(frozen=True, slots=True)
class Guesses:
    """What was tried at one entrance, a reader or a keypad, since the staff last admitted it; oldest first.

    closed: only signed tags count there, which nobody guesses in five tries nor in a lifetime: so that one prankster
    does not keep everybody from their bags.
    """

    wrong: tuple[Wrong, ...] = ()
    closed: bool = False


def after(
    guesses: Guesses, reason: Reason, now: datetime, choices: GuessChoices = USUAL
) -> tuple[Guesses, Alarm | None]:
    """The guesses after one more refusal, and what the staff are called for; each call is made once."""
    if guesses.closed or reason not in COUNTED:
        return guesses, None
    forged = reason in FORGERIES
    recent = tuple(one for one in guesses.wrong if now - one.at < timedelta(seconds=choices.within_s))
    wrong = (*recent, Wrong(now, forged))
    if len(wrong) >= choices.wrong:
        return Guesses(wrong, closed=True), Alarm.CLOSED
    alarmed = forged and sum(one.forged for one in wrong) == choices.forgeries
    return Guesses(wrong), Alarm.FORGERIES if alarmed else None
