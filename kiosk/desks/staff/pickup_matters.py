"""How pick-up cards look in staff mode: what there is to see of each, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from kiosk.desks.staff.return_matters import PRINT
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.front.pickup_pages import (
    VOIDED,
    WHY_VOID,
    hands_out,
    lines_of,
    scans_card,
    scans_receipt,
    tries_at_the_desk,
    tries_out,
    which_line,
)
from kiosk.rules.people.person import Person
from kiosk.rules.returns.pickup import (
    PAPERS,
    Card,
    Event,
    Result,
    Stage,
    Trial,
    Tried,
    goes_on,
    numbered,
    papers_for,
    working,
)
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.sentences import N_, tell

NEW = Offered("new", N_("New pick-up card"), "package", "good", scans_receipt(N_("New pick-up card")))
SHOWN = Offered("shown", N_("Somebody brings a pick-up card"), "scan", "", scans_card(N_("Pick-up card")))
ISSUES = N_("Issue a pick-up card")
VOID = Offered("void", N_("Make it void"), "x", "care", WHY_VOID)
STAGES = {
    Stage.ISSUED: N_("Next: it is tested"),
    Stage.TESTED: N_("Tested, waits to be handed out"),
    Stage.COLLECTED: N_("Handed out"),
    Stage.VOID: N_("Void"),
}
WORKED = {Result.WORKS: N_("it works"), Result.DEFECTIVE: N_("it is defective")}
TRIED = {
    Tried.LOOK: N_("the casing"),
    Tried.PARTS: N_("its parts"),
    Tried.POWER: N_("switching on and off"),
    Tried.WORKS: N_("what it is for"),
    Tried.QUIET: N_("smell and noise"),
}


def of_card(card: Card, name: str) -> Matter:
    """A card on the shelf: its goods, how far it has come, since when."""
    what = {"article": card.name, "pieces": card.pieces, "next": tell(STAGES[card.stage])}
    line = tell("{article} × {pieces} · {next}", **what)
    title = tell("Pick-up card {number}", number=numbered(card.number))
    return Matter(f"{name} card {card.number}", Kind.PICKUP, title, line=line, at=card.since or card.at)


def told_of_card(card: Card, tests: Sequence[Trial], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What stands on it, and what its tests say; nothing that is personal."""
    yield N_("Article"), f"{card.name} ({card.item})"
    yield N_("Pieces"), tell("{count}, of which {good} were tested and work", count=card.pieces, good=working(tests))
    if card.serial:
        yield N_("Serial number"), card.serial
    for one in tests:
        yield from _told_of(one, names)
    if not card.is_over:
        yield N_("Comes in with the card"), _listed(tuple(tell(PAPERS[one]) for one in papers_for(card)))
    if card.handed_by:
        papers = tuple(tell(said) for one, said in PAPERS.items() if one in card.papers)
        yield N_("Came in with the card"), _listed(papers)
        yield N_("Handed out by"), names.get(card.handed_by, card.handed_by)
    if card.void_why:
        yield N_("Void"), tell(VOIDED.get(card.void_why, card.void_why))
    yield N_("Receipt"), tell("{receipt}, line {line}", receipt=card.receipt, line=card.line)
    yield N_("Issued by"), f"{names.get(card.by, card.by)} · {card.at:%m-%d %H:%M}"


def deeds_for(card: Card, tests: Sequence[Trial]) -> Iterator[Offered]:
    """What can be done to it now, what comes next first."""
    steps = [Offered("test", N_("Note a test"), "list-checks", "good", tries_out(card))]
    if goes_on(card, Event.HAND_OUT):
        hand_out = Offered("hand-out", N_("Hand it out"), "handshake", "good", hands_out(card))
        steps.insert(0 if working(tests) >= card.pieces else 1, hand_out)
    if goes_on(card, Event.TEST):
        yield from steps
    yield PRINT
    if goes_on(card, Event.VOID):
        yield VOID


def deeds_of(receipt: Receipt, who: Person, now: datetime) -> Iterator[Offered]:
    """What can be begun with a receipt, by whoever minds what is picked up; who fills slips tests what comes back."""
    if not lines_of(receipt):
        return
    yield Offered("issue", ISSUES, "package", "good", which_line(receipt, ISSUES, N_("Issue the card")))
    if not may(who, Right.FILL, now.date()):
        yield Offered("test-return", N_("Test what comes back"), "list-checks", "", tries_at_the_desk(receipt))


def _told_of(test: Trial, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    what = {"serial": test.serial, "result": tell(WORKED[test.result])}
    who = {"when": f"{test.at:%m-%d %H:%M}", "by": names.get(test.by, test.by)}
    yield tell("Test {number}", number=numbered(test.number)), tell("{serial}: {result} · {when} {by}", **what, **who)
    tried = tuple(tell(TRIED[one]) for one in Tried if one in test.tried - test.found)
    found = tuple(tell(TRIED[one]) for one in Tried if one in test.found)
    if tried:
        yield "", tell("Fine: {what}", what=tried)
    if found:
        yield "", tell("Not as it should be: {what}", what=found)
    if test.note:
        yield "", test.note


def _listed(several: tuple[str, ...]) -> str:
    return tell("{what}", what=several)
