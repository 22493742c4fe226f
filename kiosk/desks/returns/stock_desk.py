"""The stock's own system and the return desk: what it is still to be told of, who told it, a slip taken back (R13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from kiosk.ports.return_slips import SlipBook, StockBook
from kiosk.rules.people.person import Person
from kiosk.rules.returns.slip import Refused
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.rules.returns.stock import Change, StockTold, open_stock, undoable, untold
from kiosk.sentences import tell


class StockDesk:
    """One of these for each screen's desk, or for each command. Raises LedgerFault."""

    def __init__(self, slips: SlipBook, book: StockBook) -> None:
        self._slips, self._book = slips, book

    def untold(self, day: date) -> tuple[Change, ...]:
        """What the system is still to be told of a day."""
        return untold(self._slips.of_days(day, day), self._book.said(day))

    def open_days(self, first: date, last: date) -> Mapping[date, tuple[Change, ...]]:
        """Of which of these days something is still to be told."""
        slips = self._slips.of_days(first, last)
        return open_stock(slips, self._book.said(first, last)) if slips else {}

    def said(self, day: date) -> tuple[StockTold, ...]:
        """Who told it what of a day, oldest first."""
        return self._book.said(day)

    def tell(self, day: date, changes: tuple[Change, ...], by: Person, now: datetime) -> StockTold | Refused:
        """The system is told of what was still to be told. changes: as whoever told it saw them."""
        if why := may(by, Right.TELL_STOCK, now.date()):
            return Refused(why)
        said = self._book.said(day)
        if not changes:
            return Refused(tell("the stock's own system knows all of {day} already", day=str(day)))
        if changes != untold(self._slips.of_days(day, day), said):
            return Refused(tell("something came back meanwhile: look at {day} again", day=str(day)))
        came = tuple(one.of.number for one in changes if not one.out)
        went = tuple(one.of.number for one in changes if one.out)
        return self._keep(StockTold(0, day, now, by.id, came, went), said)

    def undo(self, day: date, by: Person, now: datetime) -> StockTold | Refused:
        """The newest word about a day was a slip of the finger."""
        if why := may(by, Right.TELL_STOCK, now.date()):
            return Refused(why)
        said = self._book.said(day)
        last = undoable(said)
        if last is None:
            return Refused(tell("nothing was told of {day} that could be taken back", day=str(day)))
        return self._keep(StockTold(0, day, now, by.id, last.went, last.came, last.n), said)

    def _keep(self, told: StockTold, said: tuple[StockTold, ...]) -> StockTold | Refused:
        kept = self._book.tell(told, said[-1].n if said else 0)
        return kept or Refused(tell("somebody else was faster: look at {day} again", day=str(told.day)))
