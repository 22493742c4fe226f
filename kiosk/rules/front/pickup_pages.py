"""What is asked where goods are collected: a receipt or a card, a line, how a test came out, the papers (R17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.returns.clause import Paper
from kiosk.rules.returns.credit import card_number
from kiosk.rules.returns.pickup import LONGEST_SERIAL, Card, Tried, Trying, papers_for, wrong_piece
from kiosk.rules.returns.pickup_sheets import VOIDS
from kiosk.rules.returns.receipt import Receipt, shown_quantity
from kiosk.rules.service.returning import LONGEST_CODE
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, tell

FORM = "staff"
RECEIPT, CODE, LINE, SERIAL, WHOLE, NOTE, WHY = "receipt", "code", "line", "serial", "whole", "note", "why"
WELL, EACH = "well", "each"  # of the whole
FINE, WRONG, UNTRIED = "fine", "wrong", "untried"  # of each
PAPER = "paper-"
LONGEST_CARD, LONGEST_NUMBER = 24, 9
LONGEST_NOTE = 80

ASKED: Mapping[Tried, str] = MappingProxyType(
    {
        Tried.LOOK: N_("Casing and screen: no scratch, no dent?"),
        Tried.PARTS: N_("Is all there that belongs to it?"),
        Tried.POWER: N_("Does it switch on and off?"),
        Tried.WORKS: N_("Does it do what it is for?"),
        Tried.QUIET: N_("No odd smell, heat or noise?"),
    }
)
_CAME_OUT = (
    Option(FINE, N_("It is fine"), icon="check-circle", tone="good"),
    Option(WRONG, N_("It is not as it should be"), icon="wrench", tone="care"),
    Option(UNTRIED, N_("It was not tried"), icon="question", tone="plain"),
)
_WHOLE = Choice(
    WHOLE,
    N_("How did the test come out?"),
    (
        Option(WELL, N_("All was tried, and all is fine"), icon="check-circle", tone="good"),
        Option(EACH, N_("Say it one by one"), icon="list-checks", tone="store"),
    ),
    N_("Casing, parts, switching on and off, what it is for, smell and noise"),
)
_NOTE = Words(NOTE, N_("What is wrong?"), N_("Nothing personal, please"), longest=LONGEST_NOTE, optional=True)
_PAPERS = {Paper.RECEIPT: N_("Is the receipt here?"), Paper.INVOICE: N_("Is the invoice here?")}
_YES_NO = (
    Option("yes", N_("Yes"), icon="check-circle", tone="good"),
    Option("no", N_("No"), icon="x", tone="care"),
)
_SCAN_RECEIPT = Words(RECEIPT, N_("Scan the receipt, or type its number"), kind=Kind.LETTERS, longest=LONGEST_CODE)


def _is_card(text: str) -> str:
    return "" if card_number(text) or number_typed(text) else tell("this is no pick-up card")


def number_typed(text: str) -> int:
    """The number of a card as somebody typed it, 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


_SCAN_CARD = Words(
    CODE,
    N_("Scan the square on the card, or type its number"),
    kind=Kind.LETTERS,
    longest=LONGEST_CARD,
    check=_is_card,
)


@dataclass(frozen=True, slots=True)
class TryingOut:
    """Implements Pages: which piece, and how each thing that was tried came out. card: whose goods are tested.
    lines: of a receipt, of what comes back to the return desk; there is no card then."""

    card: Card | None = None
    lines: tuple[Option, ...] = ()

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        serial = Words(
            SERIAL,
            N_("Scan the serial number on the article"),
            kind=Kind.LETTERS,
            longest=LONGEST_SERIAL,
            check=self._fits,
        )
        which = (Choice(LINE, N_("Which article is it?"), self.lines),) if self.lines else ()
        each: tuple[Page, ...] = ()
        if answers.get(WHOLE) == EACH:
            each = tuple(Choice(one.value, asked, _CAME_OUT) for one, asked in ASKED.items())
        wrong = any(answers.get(one.value) == WRONG for one in Tried)
        return (*which, serial, _WHOLE, *each, *((_NOTE,) if each and wrong else ()))

    def _fits(self, serial: str) -> str:
        return "" if self.card is None else wrong_piece(self.card, serial)


def scans_receipt(title: str) -> Form:
    """The receipt for which a card is to be issued."""
    return Form(FORM, title, Always((_SCAN_RECEIPT,)))


def scans_card(title: str) -> Form:
    """The card that somebody brings."""
    return Form(FORM, title, Always((_SCAN_CARD,)))


def which_line(receipt: Receipt, title: str, send: str) -> Form:
    """What is to be collected: only what is sold by the piece is."""
    return Form(FORM, title, Always((Choice(LINE, N_("Which article is it?"), lines_of(receipt)),)), True, send)


def lines_of(receipt: Receipt) -> tuple[Option, ...]:
    """The articles of a receipt that may be tested, or collected."""
    return tuple(
        Option(str(line.n), f"{line.name} × {shown_quantity(line.quantity_milli)}", literal=True)
        for line in receipt.lines
        if line.counted
    )


def tries_out(card: Card) -> Form:
    """How a piece came out that is collected."""
    return Form(FORM, N_("Note a test"), TryingOut(card), True, N_("Write the test record"))


def tries_at_the_desk(receipt: Receipt) -> Form:
    """How a piece came out that comes back (R03)."""
    return Form(FORM, N_("Test what comes back"), TryingOut(lines=lines_of(receipt)), True, N_("Write the test record"))


def hands_out(card: Card) -> Form:
    """Which papers came in with the card."""
    pages = tuple(Choice(PAPER + one.value, _PAPERS[one], _YES_NO) for one in papers_for(card))
    return Form(FORM, N_("Hand it out"), Always(pages))


WHYS = (
    N_("The shopper does not want it any more"),
    N_("It is for the wrong article"),
    N_("The goods are not as they should be"),
    N_("The card was lost: there will be a new one"),
)
VOIDED: Mapping[str, str] = MappingProxyType(dict(zip(VOIDS, WHYS, strict=True)))
WHY_VOID = Form(
    FORM,
    N_("Make it void"),
    Always((Choice(WHY, N_("Why?"), tuple(Option(id, words) for id, words in VOIDED.items())),)),
)
"""Its ids stand in the ledger and the audit; nobody's own words do, which might be personal."""


def tried(told: Mapping[str, str]) -> Trying:
    """What was said of a test."""
    came_out = dict.fromkeys(Tried, FINE) if told.get(WHOLE) == WELL else {one: told.get(one.value) for one in Tried}
    wrong = frozenset(one for one, said in came_out.items() if said == WRONG)
    fine = frozenset(one for one, said in came_out.items() if said == FINE)
    return Trying(told.get(SERIAL, ""), fine | wrong, wrong, told.get(NOTE, ""))


def papers(told: Mapping[str, str]) -> frozenset[Paper]:
    """What came in with the card."""
    return frozenset(one for one in Paper if told.get(PAPER + one.value) == "yes")
