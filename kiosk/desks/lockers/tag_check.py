"""Checks the tags that shoppers show: what was read, what the ledger knows of it, and whether anybody is guessing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.ports.tags import TagBook
from kiosk.rules.lockers.codes import read
from kiosk.rules.lockers.guesses import USUAL, Alarm, GuessChoices, Guesses, after
from kiosk.rules.lockers.tags import Chip, Printed, TagKey, Typed
from kiosk.rules.lockers.verdicts import Reason, Refused, Stored, judge

log = logging.getLogger(__name__)

Whose = Callable[[int], Stored | None]
"""The locker that has a number now, and what was handed out with what lies in it; None: no locker has it."""


class TagCheck:
    """One thread, the desk's. A tag that counts costs no write, nor does one that was misread.

    A ledger that cannot be written, on a full disk for instance, hinders nobody from fetching things; the guesses are
    counted all the same. One that cannot be read is told: nobody knows then whose a tag is.
    """

    def __init__(
        self,
        book: TagBook,
        keys: Callable[[], tuple[TagKey, ...]],
        call_staff: Callable[[Alarm, str], None],
        choices: GuessChoices = USUAL,
    ) -> None:
        """keys: those accepted now; raises DeviceFault. call_staff: told what for, and at which entrance.

        choices: how much may be tried.
        """
        self._book = book
        self._keys = keys
        self._call_staff = call_staff
        self._choices = choices
        self._guesses: dict[str, Guesses] = {}

    def look(self, text: str, entrance: str, now: datetime, whose: Whose) -> Printed | Refused:
        """The tag that was scanned or typed, if it counts. Takes any text whatever. entrance: the reader or keypad.

        Raises DeviceFault without keys, LedgerFault where the ledger cannot be read: both are for the staff.
        """
        guesses = self._guesses_at(entrance)
        verdict = self._verdict(text, whose, closed=guesses.closed)
        if isinstance(verdict, Refused):
            self._refused(verdict, entrance, now)
        return verdict

    def admit(self, entrance: str, by: str, at: datetime) -> bool:
        """Somebody of the staff looked, and lets an entrance begin anew; whether anything was tried there. Raises
        LedgerFault."""
        tried = self._book.admit(entrance, by, at)
        self._guesses[entrance] = Guesses()
        return tried

    def closed(self, entrance: str) -> bool:
        """Whether the entrance takes signed tags only, until the staff admit it. Raises LedgerFault."""
        return self._guesses_at(entrance).closed

    def _verdict(self, text: str, whose: Whose, *, closed: bool) -> Printed | Refused:
        tag = read(text, self._keys())
        if isinstance(tag, Refused):
            return tag
        if closed and isinstance(tag, Typed | Chip):
            return Refused(Reason.CLOSED)
        issued = self._book.issued(tag)
        if issued is None and isinstance(tag, Typed):
            return Refused(Reason.STRANGE_CODE)
        if issued is None and isinstance(tag, Chip):
            return Refused(Reason.STRANGE_CHIP)
        return judge(issued, None if issued is None else whose(issued.tag.number))

    def _refused(self, refusal: Refused, entrance: str, now: datetime) -> None:
        log.info("at %s a tag is refused: %s", entrance, refusal.why)
        before = self._guesses_at(entrance)
        counted, alarm = after(before, refusal.reason, now, self._choices)
        if counted == before:
            return
        self._guesses[entrance] = counted
        try:
            self._book.keep_guesses(entrance, counted)
        except LedgerFault as fault:
            log.error("what was tried at %s is not written down: %s", entrance, fault)
        if alarm is not None:
            self._call_staff(alarm, entrance)

    def _guesses_at(self, entrance: str) -> Guesses:
        if entrance not in self._guesses:
            self._guesses[entrance] = self._book.guesses(entrance)
        return self._guesses[entrance]
