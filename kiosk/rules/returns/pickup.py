"""A pick-up card, and the tests of what is collected: tried in the shopper's presence, told to a return later (R17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from kiosk.rules.people.person import Person
from kiosk.rules.returns.clause import Answer, Paper, Question
from kiosk.rules.returns.receipt import PIECE_MILLI, Receipt
from kiosk.rules.returns.slip import Refused, no_line
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.sentences import N_, tell

LONGEST_SERIAL = 32
LONGEST_WHY = 80
PAPERS = {Paper.RECEIPT: N_("the receipt"), Paper.INVOICE: N_("the invoice")}


class Stage(Enum):
    """How far a card has come; the values are what the ledger says."""

    ISSUED = N_("issued")
    TESTED = N_("tested")
    COLLECTED = N_("collected")
    VOID = N_("void")


class Event(Enum):
    """What is done to a card; the values are what the audit chain says."""

    TEST = "tests goods of"
    HAND_OUT = "hands goods out for"
    VOID = "makes void"


TRANSITIONS: Mapping[tuple[Stage, Event], Stage] = MappingProxyType(
    {
        (Stage.ISSUED, Event.TEST): Stage.TESTED,
        (Stage.TESTED, Event.TEST): Stage.TESTED,
        (Stage.TESTED, Event.HAND_OUT): Stage.COLLECTED,
        (Stage.ISSUED, Event.VOID): Stage.VOID,
        (Stage.TESTED, Event.VOID): Stage.VOID,
    }
)
"""Whatever is not in it is refused: nothing is handed out that was not tested."""


class Occasion(Enum):
    """When something was tested; the values are what the ledger says."""

    PICK_UP = "pick-up"
    RETURN = "return"  # at the return desk


class Tried(Enum):
    """What was tried, in this order."""

    LOOK = "look"  # casing and screen have no scratch, no dent
    PARTS = "parts"  # all that belongs to it is there
    POWER = "power"  # it switches on and off
    WORKS = "works"  # it does what it is for
    QUIET = "quiet"  # no smell, no heat, no noise that should not be


class Result(Enum):
    """What came of a test."""

    WORKS = "works"
    DEFECTIVE = "defective"


@dataclass(frozen=True, slots=True)
class Card:
    """number: without a gap; 0 before the ledger gave it one. pieces: how many wait. papers: what was handed in with
    the card when it was collected. void_why: for whoever asks later. deeds: how many were done. Nothing personal stands
    in it."""

    number: int
    at: datetime
    by: str
    receipt: str
    bought: datetime
    line: int
    item: str
    name: str
    pieces: int
    invoiced: bool
    serial: str = ""
    stage: Stage = Stage.ISSUED
    since: datetime | None = None
    deeds: int = 0
    handed_by: str = ""
    papers: frozenset[Paper] = frozenset()
    void_why: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.stage in (Stage.COLLECTED, Stage.VOID)


@dataclass(frozen=True, slots=True)
class Trial:
    """number: of all tests, without a gap; 0 before. card: 0 at the return desk. tried: what was; found: of those, what
    was not as it should be. Who signs on the paper that they saw it is the shopper."""

    number: int
    card: int
    receipt: str
    line: int
    at: datetime
    by: str
    occasion: Occasion
    serial: str
    tried: frozenset[Tried]
    found: frozenset[Tried] = frozenset()
    note: str = ""

    @property
    def result(self) -> Result:
        """It is defective as soon as one thing is not as it should be."""
        return Result.DEFECTIVE if self.found else Result.WORKS


@dataclass(frozen=True, slots=True)
class Trying:
    """What somebody says of a test. Raises nothing: `tried_out` judges it."""

    serial: str
    tried: frozenset[Tried]
    found: frozenset[Tried] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the store's own tests say of an article that comes back (R03): papers that need not be brought, and
    questions that are answered."""

    papers: frozenset[Paper] = frozenset()
    answers: tuple[tuple[Question, Answer], ...] = ()


def issued(receipt: Receipt, line_number: int, by: Person, now: datetime) -> Card | Refused:
    """A card for a line of a receipt."""
    if why := may(by, Right.PICK_UP, now.date()):
        return Refused(why)
    line = receipt.line(line_number)
    if line is None:
        return Refused(no_line(receipt, line_number))
    if not line.counted:
        return Refused(tell("{article} was weighed: only what is sold by the piece is collected", article=line.name))
    pieces = line.quantity_milli // PIECE_MILLI
    named = (line.n, line.item, line.name)
    return Card(0, now, by.id, receipt.number, receipt.bought, *named, pieces, receipt.invoiced, line.serial, since=now)


def tried_out(card: Card, said: Trying, by: Person, now: datetime) -> tuple[Card, Trial] | Refused:
    """The card once something of it was tested, and the record of that."""
    moved = _after(card, Event.TEST, by, now)
    if isinstance(moved, Refused):
        return moved
    if why := wrong_piece(card, said.serial):
        return Refused(why)
    record = _record(said, (card.number, card.receipt, card.line), Occasion.PICK_UP, by, now)
    return record if isinstance(record, Refused) else (moved, record)


def tried_at_the_desk(receipt: Receipt, line: int, said: Trying, by: Person, now: datetime) -> Trial | Refused:
    """The record of a test of what comes back."""
    if why := may(by, Right.FILL, now.date()):
        return Refused(why)
    return _record(said, (0, receipt.number, line), Occasion.RETURN, by, now)


def handed_out(
    card: Card, tests: Iterable[Trial], papers: frozenset[Paper], by: Person, now: datetime
) -> Card | Refused:
    """The card once its goods are the shopper's. papers: what was handed in with it."""
    moved = _after(card, Event.HAND_OUT, by, now)
    if isinstance(moved, Refused):
        return moved
    if missing := frozenset(papers_for(card)) - papers:
        return Refused(tell("nothing is handed out without these papers: {papers}", papers=_named(missing)))
    good = working(tests)
    if good < card.pieces:
        return Refused(
            tell("{good} of {pieces} were tested and work: test the others first", good=good, pieces=card.pieces)
        )
    return replace(moved, handed_by=by.id, papers=papers & {Paper.RECEIPT, Paper.INVOICE})


def void(card: Card, why: str, by: Person, now: datetime) -> Card | Refused:
    """The card once it is worth nothing; its number stays used. why: nothing personal."""
    moved = _after(card, Event.VOID, by, now)
    if isinstance(moved, Refused):
        return moved
    why = why.strip()
    if not why or len(why) > LONGEST_WHY or not why.isprintable():
        return Refused(tell("say why the pick-up card is void, in {most} characters at most", most=LONGEST_WHY))
    return replace(moved, void_why=why)


def newest(tests: Iterable[Trial]) -> Mapping[str, Trial]:
    """The last test of each serial number."""
    return {one.serial: one for one in sorted(tests, key=lambda one: one.number)}


def working(tests: Iterable[Trial]) -> int:
    """How many pieces were tested and work."""
    return sum(one.result is Result.WORKS for one in newest(tests).values())


def wrong_piece(card: Card, serial: str) -> str:
    """Why a piece with that serial number is none of the card's, "" where it may be."""
    if card.serial and card.pieces == 1 and serial.strip().upper() != card.serial.upper():
        return tell("the receipt names serial number {serial}: this is another piece", serial=card.serial)
    return ""


def papers_for(card: Card) -> tuple[Paper, ...]:
    """What has to come in with a card when its goods are collected."""
    return (Paper.RECEIPT, Paper.INVOICE) if card.invoiced else (Paper.RECEIPT,)


def goes_on(card: Card, event: Event) -> bool:
    """Whether that can be done to it as far as it has come."""
    return (card.stage, event) in TRANSITIONS


def evidence(tests: Iterable[Trial], serial: str = "") -> Evidence:
    """What our tests of a receipt's line say. serial: of the article that comes back, "" where nobody has looked: then
    a test of any of them is a record, and what was found counts for none."""
    found, serial = newest(tests), serial.strip().upper()
    own = [found[serial]] if serial in found else []
    if not (own if serial else found):
        return Evidence()
    papers = frozenset({Paper.TEST_RECORD})
    if not own:
        return Evidence(papers)
    if own[0].result is Result.DEFECTIVE:
        return Evidence(papers, ((Question.FAULT, Answer.YES),))
    at_the_desk = own[0].occasion is Occasion.RETURN
    return Evidence(papers, ((Question.FAULT, Answer.NO),) if at_the_desk else ())


def _after(card: Card, event: Event, by: Person, now: datetime) -> Card | Refused:
    if why := may(by, Right.PICK_UP, now.date()):
        return Refused(why)
    stage = TRANSITIONS.get((card.stage, event))
    if stage is None:
        what = {"card": numbered(card.number), "stage": tell(card.stage.value)}
        return Refused(tell("pick-up card {card} is {stage}: that cannot be done to it now", **what))
    return replace(card, stage=stage, since=now, deeds=card.deeds + 1)


def _record(said: Trying, what: tuple[int, str, int], occasion: Occasion, by: Person, now: datetime) -> Trial | Refused:
    serial = said.serial.strip().upper()
    if not serial or len(serial) > LONGEST_SERIAL or not serial.isprintable():
        return Refused(
            tell("a test record needs the serial number of the article: 1 to {most} characters", most=LONGEST_SERIAL)
        )
    if not said.tried:
        return Refused(tell("a test record says what was tried"))
    if not said.found <= said.tried:
        return Refused(tell("what was not tried cannot be found wrong"))
    note = said.note.strip()
    return Trial(0, *what, now, by.id, occasion, serial, said.tried, said.found, note)


def _named(papers: frozenset[Paper]) -> tuple[str, ...]:
    return tuple(tell(PAPERS[one]) for one in Paper if one in papers)


def numbered(number: int) -> str:
    """A card's number as it is printed."""
    return f"{number:06}"
