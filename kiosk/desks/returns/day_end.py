"""The evening of the return desk: the register signed, goods received by their departments, both on paper (R13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from kiosk.desks.returns.slip_desk import Paper
from kiosk.ports.return_slips import SignedHandover, SignedRegister, SlipBook, ToPrint
from kiosk.rules.people.person import Person
from kiosk.rules.returns.day_end import OpenDay, content, left, open_days, why_not_signed
from kiosk.rules.returns.register import Correction, Register, handover_sheet, handovers, register, roll
from kiosk.rules.returns.slip import Refused
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.rules.returns.slip_words import WORDS
from kiosk.sentences import tell


class DayEnd:
    """One of these for each screen's desk, or for each command. Raises LedgerFault."""

    def __init__(self, book: SlipBook, paper: Paper) -> None:
        self._book, self._paper = book, paper

    @property
    def printer(self) -> str:
        """Where its sheets come out, "" where there is none."""
        return self._paper.printer

    def register(self, day: date) -> Register:
        """The register of a day as it stands."""
        return register(day, self._book.of_day(day), self._book.last_before(day))

    def signatures(self, day: date) -> tuple[SignedRegister, ...]:
        """Under that register, oldest first."""
        return self._book.registers(day)

    def sign(self, day: date, by: Person, now: datetime) -> SignedRegister | Refused:
        """Sign the day's summary; numbers that are missing are looked for first, slips that lie here are settled."""
        if why := may(by, Right.SIGN_REGISTER, now.date()):
            return Refused(why)
        found = self.register(day)
        signatures = self._book.registers(day)
        if why := why_not_signed(found, max((one.last for one in signatures), default=None)):
            return Refused(why)
        last = found.slips[-1].number if found.slips else 0
        if not self._book.sign_register(day, by.id, now, last, content(found)):
            return Refused(tell("the register of {day} was signed by somebody else: look at it again", day=str(day)))
        return SignedRegister(day, now, by.id, last)

    def goods(self, day: date) -> Mapping[str, tuple[Correction, ...]]:
        """What goes back to the floor, by department."""
        return handovers(self._book.of_day(day))

    def received(self, day: date) -> Mapping[tuple[str, int], SignedHandover]:
        """Who signed for what, by department and slip."""
        return {(one.department, number): one for one in self._book.handovers(day) for number in one.slips}

    def receive(self, day: date, department: str, by: Person, now: datetime) -> SignedHandover | Refused:
        """A department signs for what it has not signed for yet."""
        if why := may(by, Right.RECEIVE, now.date()):
            return Refused(why)
        goods = self.goods(day)
        if department not in goods:
            return Refused(tell("nothing goes back to {department} on {day}", department=department, day=str(day)))
        wanted = left(goods, self.received(day)).get(department, ())
        slips = tuple(one.number for one in wanted)
        if not slips or not self._book.sign_handover(day, department, by.id, now, slips):
            return Refused(tell("{department} has signed for these already", department=department))
        return SignedHandover(day, department, now, by.id, slips)

    def open_days(self, first: date, last: date) -> tuple[OpenDay, ...]:
        """Of these days, those that are not settled."""
        slips = self._book.of_days(first, last)
        if not slips:
            return ()
        signed: dict[date, int] = {}
        for one in self._book.registers(first, last):
            signed[one.day] = max(one.last, signed.get(one.day, 0))
        received: defaultdict[date, set[tuple[str, int]]] = defaultdict(set)
        for handed in self._book.handovers(first, last):
            received[handed.day] |= {(handed.department, number) for number in handed.slips}
        return open_days(slips, signed, received)

    def register_roll(self, day: date) -> ToPrint:
        """The register for a receipt printer, with the name of whoever signed it last."""
        signatures = self.signatures(day)
        signed_by = self._paper.names().get(signatures[-1].by, signatures[-1].by) if signatures else ""
        words = WORDS[self._paper.language]
        return ToPrint(self._paper.printer, (roll(self.register(day), words, self._paper.store, signed_by),))

    def handover_list(self, handed: SignedHandover) -> ToPrint:
        """What a department signed for, with the name of whoever did."""
        goods = [one for one in self.goods(handed.day).get(handed.department, ()) if one.number in handed.slips]
        words, by = WORDS[self._paper.language], self._paper.names().get(handed.by, handed.by)
        sheet = handover_sheet(handed.day, handed.department, goods, words, self._paper.store, by)
        return ToPrint(self._paper.printer, (sheet,))
