"""Checks the tags that shoppers show: what was read, what the ledger knows of it, and whether anybody is guessing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.errors import LedgerFault
from kiosk.ports.tags import TagBook
from kiosk.rules.lockers.codes import read
from kiosk.rules.lockers.guesses import Alarm, Guesses, after
from kiosk.rules.lockers.tags import Chip, TagKey, Typed
from kiosk.rules.lockers.verdicts import Advice, Purpose, Reason, Refused, Stored, Verdict, judge
from kiosk.units import LockerId

log = logging.getLogger(__name__)

Whose = Callable[[int], Stored | None]
"""The locker that has a number now, and what was handed out with what lies in it; None: no locker has it."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a tag is shown for, and where. entrance: the reader's name, or the keypad's. today: the business day.

    expected: the only locker that it may be for; None: whichever it names.
    """

    entrance: str
    purpose: Purpose
    now: datetime
    today: date
    expected: LockerId | None = None


class TagCheck:
    """One thread, the desk's. A tag that is admitted costs no write; a refusal is in the audit when `look` returns.

    A ledger that cannot be written, on a full disk for instance, hinders nobody from fetching things; the guesses are
    counted all the same. One that cannot be read is told: nobody knows then whose a tag is.
    """

    def __init__(
        self, book: TagBook, keys: Callable[[], tuple[TagKey, ...]], call_staff: Callable[[Alarm, str], None]
    ) -> None:
        """keys: those accepted now; raises DeviceFault. call_staff: told what for, and at which entrance."""
        self._book = book
        self._keys = keys
        self._call_staff = call_staff
        self._guesses: dict[str, Guesses] = {}

    def look(self, text: str, asking: Asking, whose: Whose) -> Verdict:
        """Whether what was scanned or typed counts. Takes any text whatever.

        Raises DeviceFault without keys, LedgerFault where the ledger cannot be read: both are for the staff.
        """
        guesses = self._guesses_at(asking.entrance)
        verdict = self._verdict(text, asking, whose, guesses)
        if isinstance(verdict, Refused):
            self._refused(verdict, asking, guesses)
        return verdict

    def admit(self, entrance: str, by: str, at: datetime) -> None:
        """Somebody of the staff looked, and lets an entrance begin anew. Raises LedgerFault."""
        self._book.admit(entrance, by, at)
        self._guesses[entrance] = Guesses()

    def closed(self, entrance: str) -> bool:
        """Whether the entrance takes signed tags only, until the staff admit it. Raises LedgerFault."""
        return self._guesses_at(entrance).closed

    def _verdict(self, text: str, asking: Asking, whose: Whose, guesses: Guesses) -> Verdict:
        tag = read(text, self._keys())
        if isinstance(tag, Refused):
            return tag
        if guesses.closed and isinstance(tag, Typed | Chip):
            return Refused(Reason.CLOSED)
        issued = self._book.issued(tag)
        if issued is None and isinstance(tag, Typed):
            return Refused(Reason.STRANGE_CODE)
        if issued is None and isinstance(tag, Chip):
            return Refused(Reason.STRANGE_CHIP)
        stored = None if issued is None else whose(issued.tag.number)
        return judge(issued, stored, asking.today, asking.purpose, asking.expected)

    def _refused(self, refusal: Refused, asking: Asking, guesses: Guesses) -> None:
        log.info("at %s %s is refused: %s", asking.entrance, refusal.about or "a tag", refusal.reason.value)
        if guesses.closed or refusal.advice is Advice.AGAIN:
            return  # the staff know already, or it says nothing of anybody: no reason to fill the ledger
        counted, alarm = after(guesses, refusal.reason, asking.now)
        self._guesses[asking.entrance] = counted
        try:
            self._book.refused(refusal, asking.entrance, counted, asking.now)
        except LedgerFault as fault:
            log.error("a refusal at %s is in this log only: %s", asking.entrance, fault)
        if alarm is not None:
            log.warning("at %s %s", asking.entrance, alarm.value)
            self._call_staff(alarm, asking.entrance)

    def _guesses_at(self, entrance: str) -> Guesses:
        if entrance not in self._guesses:
            self._guesses[entrance] = self._book.guesses(entrance)
        return self._guesses[entrance]
