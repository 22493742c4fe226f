"""What people at the pick-up area do: cards are issued, goods tried before the shopper's eyes, and handed out (R17)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kiosk.desks.returns.slip_desk import Paper
from kiosk.ports.pickups import PickupBook, Sheets
from kiosk.ports.return_slips import ToPrint
from kiosk.rules.people.person import Person
from kiosk.rules.returns import pickup
from kiosk.rules.returns.clause import Paper as Document
from kiosk.rules.returns.credit import card_code, card_number
from kiosk.rules.returns.pickup import Card, Event, Trial, Trying, numbered
from kiosk.rules.returns.pickup_sheets import card_sheet, record_sheet
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.slip import Refused
from kiosk.sentences import tell


class PickupDesk:
    """One of these for each counter, or for each command. Raises LedgerFault."""

    def __init__(self, book: PickupBook, receipts: Callable[[str], Receipt | None], key: bytes, paper: Paper) -> None:
        """receipts: looks one up by its number. key: marks the codes of cards. paper: where it is printed."""
        self._book, self._receipts, self._key, self._paper = book, receipts, key, paper

    def issue(self, number: str, line: int, by: Person, now: datetime) -> Card | Refused:
        """A card for a line of a receipt; its sheet waits for the printer as soon as it has its number."""
        receipt = self._receipts(number)
        if receipt is None:
            return Refused(
                tell("there is no receipt {receipt} of this store: look at its number again", receipt=number)
            )
        card = pickup.issued(receipt, line, by, now)
        return card if isinstance(card, Refused) else self._book.issue(card, self._prints(self.card_sheet))

    def test(self, number: int, said: Trying, by: Person, now: datetime) -> Trial | Refused:
        """One piece of what is collected was tried."""
        card = self._book.card(number)
        if card is None:
            return _no_card(number)
        done = pickup.tried_out(card, said, by, now)
        if isinstance(done, Refused):
            return done
        moved, record = done

        def sheet(kept: Trial) -> ToPrint:
            return self.record_sheet(kept, card.name)

        kept = self._book.test(record, card=moved, was=card, sheets=self._prints(sheet))
        return _late(number) if kept is None else kept

    def test_here(self, receipt: Receipt, line: int, said: Trying, by: Person, now: datetime) -> Trial | Refused:
        """What comes back was tried at the return desk (R03)."""
        record = pickup.tried_at_the_desk(receipt, line, said, by, now)
        if isinstance(record, Refused):
            return record
        named = receipt.line(line)

        def sheet(kept: Trial) -> ToPrint:
            return self.record_sheet(kept, "" if named is None else named.name)

        kept = self._book.test(record, sheets=self._prints(sheet))
        assert kept is not None  # no card that could stand otherwise
        return kept

    def hand_out(self, number: int, papers: frozenset[Document], by: Person, now: datetime) -> Card | Refused:
        """The goods are the shopper's, for the papers that came in with the card."""
        card = self._book.card(number)
        if card is None:
            return _no_card(number)
        return self._kept(card, pickup.handed_out(card, self.tests(card), papers, by, now), by, Event.HAND_OUT)

    def void(self, number: int, why: str, by: Person, now: datetime) -> Card | Refused:
        """The card is worth nothing; it is printed so. why: for whoever asks later; nothing personal."""
        card = self._book.card(number)
        if card is None:
            return _no_card(number)
        return self._kept(card, pickup.void(card, why, by, now), by, Event.VOID, self._prints(self.card_sheet))

    def card(self, number: int) -> Card | None:
        """The card of that number."""
        return self._book.card(number)

    def waiting(self) -> tuple[Card, ...]:
        """Cards whose goods still wait, in the order of their numbers."""
        return self._book.waiting()

    def tests(self, card: Card) -> tuple[Trial, ...]:
        """What was tried of a card's goods, oldest first."""
        return tuple(one for one in self._book.tests(card.receipt, card.line) if one.card == card.number)

    def card_sheet(self, card: Card) -> ToPrint:
        """The card, as it is printed."""
        paper = self._paper
        code = card_code(card.number, card.receipt, self._key)
        return ToPrint(paper.printer, (card_sheet(card, paper.store, paper.language, code, paper.names()),))

    def record_sheet(self, test: Trial, article: str) -> ToPrint:
        """A test record, as it is printed."""
        paper = self._paper
        return ToPrint(paper.printer, (record_sheet(test, article, paper.store, paper.language, paper.names()),))

    def card_of(self, code: str) -> int:
        """The number of the card whose square says that, 0 for a text that none of ours says. Raises LedgerFault."""
        number = card_number(code)
        card = self._book.card(number) if number else None
        return number if card is not None and card_code(number, card.receipt, self._key) == code.strip().upper() else 0

    def again(self, card: Card) -> ToPrint:
        """The card and its test records, to be printed once more."""
        made = self.card_sheet(card)
        records = [sheet for one in self.tests(card) for sheet in self.record_sheet(one, card.name).sheets]
        return ToPrint(made.printer, (*made.sheets, *records))

    def _prints(self, sheets: Sheets[Any]) -> Sheets[Any] | None:
        return sheets if self._paper.printer else None

    def _kept(
        self, was: Card, done: Card | Refused, by: Person, event: Event, sheets: Sheets[Card] | None = None
    ) -> Card | Refused:
        if isinstance(done, Refused):
            return done
        return done if self._book.keep(done, was=was, by=by.id, event=event, sheets=sheets) else _late(was.number)


def _no_card(number: int) -> Refused:
    return Refused(tell("there is no pick-up card {card}", card=numbered(number)))


def _late(number: int) -> Refused:
    return Refused(tell("somebody else went on with pick-up card {card}: look at it again", card=numbered(number)))
