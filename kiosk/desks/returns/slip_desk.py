"""What people at the return desk do to a slip: the rule is asked, the book is written, copies and notices follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.ports.bag_day import ForWhom, Notice
from kiosk.ports.return_slips import SlipBook, ToPrint
from kiosk.rules.people.person import Person
from kiosk.rules.returns.credit import Scanned, code_of, genuine
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.receipt import Receipt, shown_quantity
from kiosk.rules.returns.slip import Event, Filling, Kind, Refused, Slip, fill, numbered
from kiosk.rules.returns.slip_deeds import EVENT, Deed, after
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.rules.returns.slip_sheets import copies
from kiosk.sentences import tell
from kiosk.units import Language


@dataclass(frozen=True, slots=True)
class Paper:
    """What slips look like here. store: its name. printer: its id, "" where they are printed from PDF by hand."""

    store: str
    language: Language
    printer: str
    names: Callable[[], Mapping[str, str]]


class SlipDesk:
    """One of these for each counter, or for each command. Raises LedgerFault."""

    def __init__(self, book: SlipBook, receipts: Callable[[str], Receipt | None], key: bytes, paper: Paper) -> None:
        """receipts: looks one up by its number. key: marks the codes of exchange slips."""
        self._book, self._receipts = book, receipts
        self._key, self._paper = key, paper

    @property
    def language(self) -> Language:
        """What its paper is written in."""
        return self._paper.language

    @property
    def printer(self) -> str:
        """Where its copies come out, "" where they are printed from PDF by hand."""
        return self._paper.printer

    def fill(
        self, number: str, filling: Filling, by: Person, now: datetime, judged: Judged | None = None
    ) -> Slip | Refused:
        """A new slip with its number; perishables are told at once (R14). judged: what was found, kept with it."""
        if why := may(by, Right.FILL, now.date()):
            return Refused(why)
        receipt = self._receipts(number)
        if receipt is None:
            return Refused(
                tell("there is no receipt {receipt} of this store: look at its number again (R01)", receipt=number)
            )
        slip = fill(receipt, filling, by.id, now)
        return slip if isinstance(slip, Refused) else self._book.fill(slip, _told(slip, now), judged)

    def do(self, number: int, deed: Deed, by: Person, now: datetime, code: Scanned | None = None) -> Slip | Refused:
        """One step more. code: what was scanned off the slip, where its paper is shown; it must be this store's."""
        slip = self._book.slip(number)
        if slip is None:
            return Refused(tell("there is no slip {slip}", slip=numbered(number)))
        if code is not None and not genuine(code, slip, self._key):
            return Refused(
                tell("the code is not what slip {slip} was printed with: call the supervisor", slip=numbered(number))
            )
        done = after(slip, deed, by, now)
        if isinstance(done, Refused):
            return done
        event = EVENT[type(deed)]
        kept = self._book.keep(done, was=slip, by=by.id, event=event, to_print=self._to_print(done, event))
        return (
            done
            if kept
            else Refused(tell("somebody else went on with slip {slip}: look at it again", slip=numbered(number)))
        )

    def sheets(self, slip: Slip) -> ToPrint:
        """The three copies, as they are printed now."""
        code = code_of(slip, self._key) if slip.kind is Kind.EXCHANGE and slip.counts else ""
        paper = self._paper
        made = copies(slip, paper.store, paper.language, code, paper.names())
        return ToPrint(paper.printer, made)

    def _to_print(self, slip: Slip, event: Event) -> ToPrint | None:
        """All three copies once it is approved, and anew as void ones (R08, R11)."""
        if event not in (Event.APPROVE, Event.VOID) or not self._paper.printer:
            return None
        return self.sheets(slip)


def _told(slip: Slip, now: datetime) -> tuple[Notice, ...]:
    """Fresh goods: their department, at once; spoiled ones: the floor supervisor, urgently (R14)."""
    what = f"{shown_quantity(slip.quantity_milli)} × {slip.name} ({slip.item})"
    if slip.spoiled:
        text = tell(
            "URGENT, floor supervisor: spoiled or expired goods came back to the return desk: {what}", what=what
        )
        return (Notice("returned spoiled", ForWhom.MANAGER, text, now),)
    if slip.fresh:
        text = tell(
            "{department}: fetch fresh or frozen goods from the return desk now: {what}",
            department=slip.department,
            what=what,
        )
        return (Notice("returned fresh", ForWhom.STAFF, text, now),)
    return ()


def unpersonal(slip: Slip) -> Slip:
    """The slip for people who need none of what is personal on it (S20)."""
    hidden = f"…{slip.phone[-4:]}" if slip.phone else ""
    return replace(slip, phone=hidden, member="", note="")
