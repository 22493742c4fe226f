"""The pick-up area's corner asked directly, on a real ledger: cards, tests, papers, and who may."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desks.staff.corner import Said
from kiosk.ledger.store import Ledger
from kiosk.ports.staff_view import Matter
from kiosk.rules.people.person import Person
from kiosk.rules.printing.document import Code
from kiosk.rules.returns.clause import Answer, Paper, Question
from kiosk.rules.returns.pickup import Stage, Tried, evidence
from tests.app.return_desk import BOUGHT, CUP, NUMBER, ReturnDesk
from tests.desks.service.returns_room import Window
from tests.ledger.shop import ask, fresh_ledger
from tests.rules.returns.slips import BAGS, DOOR, FLOOR, MEI, PEOPLE, TAO, TILL
from tests.stories.test_counting_at_the_reader import CountedRoom

GONE = "Somebody has seen to it"
RECEIPT = f"receipt {NUMBER}"
WELL = {"serial": "SN-77", "whole": "well"}
DEAD = {**dict.fromkeys((one.value for one in Tried), "fine"), "power": "wrong", "quiet": "untried"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> ReturnDesk:
    room = CountedRoom(ledger)
    room.in_service()
    return ReturnDesk(room, ledger=ledger, people=PEOPLE)


def does(desk: ReturnDesk, deed: str, thing: str = "card 1", by: Person = FLOOR, /, **told: str) -> Said:
    return desk.area.do(thing, deed, {name.replace("_", "-"): said for name, said in told.items()}, by, desk.now())


def opened(desk: ReturnDesk, thing: str = "card 1", by: Person = FLOOR) -> Matter:
    desk.area.looked(thing, by, desk.now())
    matter = desk.area.opened(thing, by, desk.now())
    assert matter is not None, thing
    return matter


def offered(desk: ReturnDesk, thing: str = "card 1", by: Person = FLOOR) -> list[str]:
    return [one.deed for one in opened(desk, thing, by).deeds]


def issues(desk: ReturnDesk, line: str = "2") -> Said:
    said = does(desk, "new", "desk", receipt=NUMBER)
    assert said.opens == f"pickup {RECEIPT}"
    return does(desk, "issue", RECEIPT, line=line)


@pytest.mark.rule("R17")
def test_from_the_receipt_to_the_shopper_s_hands(desk: ReturnDesk) -> None:
    assert issues(desk) == Said("Pick-up card 000001 is issued", opens="pickup card 1")
    assert offered(desk) == ["test", "print", "void"]
    [shelf] = desk.area.shelf(FLOOR, desk.now())
    assert (shelf.title, shelf.line, shelf.at) == (
        "Pick-up card 000001",
        "电水壶 × 1 · Next: it is tested",
        desk.now(),
    )

    assert does(desk, "test", serial="SN-77", whole="each", note="stays dark", **DEAD).text == (
        "Test record 000001: it is defective"
    )
    assert offered(desk)[:2] == ["test", "hand-out"]
    early = does(desk, "hand-out", paper_receipt="yes")
    assert (early.refused, early.text) == (True, "0 of 1 were tested and work: test the others first")
    assert does(desk, "test", **WELL) == Said("Test record 000002: it works")
    assert offered(desk)[:2] == ["hand-out", "test"]
    without = does(desk, "hand-out", paper_receipt="no")
    assert (without.refused, without.text) == (True, "nothing is handed out without these papers: the receipt")

    assert does(desk, "hand-out", paper_receipt="yes").text == "Pick-up card 000001 is collected"

    card = desk.pickups.card(1)
    assert card is not None
    assert (card.stage, card.papers, card.handed_by) == (Stage.COLLECTED, frozenset({Paper.RECEIPT}), "floor")
    assert desk.area.shelf(FLOOR, desk.now()) == ()
    assert offered(desk) == ["print"]
    told = [said for _, said in opened(desk).told]
    for words in (
        "1, of which 1 were tested and work", "SN-77: it is defective", "stays dark", "孙楼",
        "Not as it should be: switching on and off", "Fine: the casing, its parts, what it is for",
    ):  # fmt: skip
        assert any(words in one for one in told), words
    assert [job.subject for job in desk.prints.open_jobs()] == [
        *("提货卡 000001", "商品检测记录 000001", "商品检测记录 000002")
    ]


@pytest.mark.rule("R17")
@pytest.mark.rule("S20")
def test_only_those_who_mind_what_is_picked_up_see_it_and_do_it(desk: ReturnDesk) -> None:
    issues(desk)
    now = desk.now()

    for who in (TILL, DOOR, BAGS):
        assert not desk.area.sees(who, now)
        assert desk.area.shelf(who, now) == ()
        assert desk.area.begins(who, now) == ()
        assert desk.area.opened("card 1", who, now) is None
        refused = does(desk, "void", "card 1", who, why="the wrong line")
        assert refused.refused
        assert "may not mind what is picked up" in refused.text
    for who in (MEI, TAO, FLOOR):
        assert desk.area.matters(who, now) == ()  # a card waits for its shopper
        assert [one.about for one in desk.area.begins(who, now)] == ["pickup desk"] * 2
    assert offered(desk, RECEIPT, FLOOR) == ["issue"]
    assert offered(desk, RECEIPT, MEI) == ["issue", "test-return"]
    assert offered(desk, "desk") == ["new", "shown"]
    assert desk.pickups.card(1) == desk.pickups.waiting()[0]


@pytest.mark.rule("R17")
def test_whoever_brings_a_card_is_found_by_its_square_or_its_number(desk: ReturnDesk) -> None:
    issues(desk)
    card = desk.pickups.card(1)
    assert card is not None
    [sheet] = desk.pickup.card_sheet(card).sheets
    [code] = [part.text for part in sheet.parts if isinstance(part, Code)]

    assert [does(desk, "shown", "desk", code=text).opens for text in (code, "1")] == ["pickup card 1"] * 2
    for text in (f"{code[:-8]}AAAAAAAA", "2"):
        assert does(desk, "shown", "desk", code=text) == Said("This is no pick-up card of this store", refused=True)


@pytest.mark.rule("R03")
@pytest.mark.rule("R17")
def test_what_comes_back_is_tested_at_the_return_desk_and_answers_whether_there_is_a_fault(desk: ReturnDesk) -> None:
    desk.corner.looked(RECEIPT, MEI, desk.now())
    matter = desk.corner.opened(RECEIPT, MEI, desk.now())
    assert matter is not None
    assert [one.deed for one in matter.deeds] == ["fill", "test-return"]

    told = {"line": "2", "serial": "SN-77", "whole": "each", "note": "", **DEAD}
    said = desk.corner.do(RECEIPT, "test-return", told, MEI, desk.now())
    again = does(desk, "test-return", RECEIPT, MEI, line="2", **WELL)

    assert said == Said("Test record 000001: it is defective")
    assert again == Said("Test record 000002: it works")
    first, second = desk.pickups.tests(NUMBER, 2)
    assert dict(evidence([first], "SN-77").answers) == {Question.FAULT: Answer.YES}
    assert dict(evidence([first, second], "SN-77").answers) == {Question.FAULT: Answer.NO}
    assert desk.corner.do("record 9", "test-return", told, MEI, desk.now()) == Said(GONE, refused=True)
    short = desk.corner.do(RECEIPT, "test-return", {"line": "2"}, MEI, desk.now())
    assert (short.refused, short.text) == (True, "Please write something here")


def test_a_receipt_of_what_was_weighed_has_nothing_to_collect(desk: ReturnDesk) -> None:
    meat = replace(CUP, quantity_milli=535)
    window = desk.receipts.window
    assert isinstance(window, Window)
    window.receipts = {NUMBER: replace(BOUGHT, lines=(meat,))}

    assert offered(desk, RECEIPT, MEI) == []


@pytest.mark.rule("R17")
def test_of_an_article_without_a_serial_number_on_the_receipt_any_piece_is_tested(desk: ReturnDesk) -> None:
    issues(desk, line="1")
    bad = dict.fromkeys((one.value for one in Tried), "wrong")

    said = does(desk, "test", serial="x-1", whole="each", note="", **bad)

    assert said.text == "Test record 000001: it is defective"
    headings = [heading for heading, _ in opened(desk).told]
    assert "Serial number" not in headings
    assert not any(words.startswith("Fine") for _, words in opened(desk).told)


@pytest.mark.rule("R17")
def test_a_void_card_keeps_its_number_and_the_audit_says_why(desk: ReturnDesk, tmp_path: Path) -> None:
    issues(desk)

    said = does(desk, "void", why="the wrong line")

    assert said.text == "Pick-up card 000001 is void"
    assert (offered(desk), opened(desk).line) == (["print"], "电水壶 × 1 · Void")
    assert ("Void", "It is for the wrong article") in opened(desk).told
    assert issues(desk).text == "Pick-up card 000002 is issued"
    assert issues(desk) == Said("pick-up card 000002 was issued for it already", refused=True)
    assert does(desk, "void", "card 2", why="李女士").text == "Please choose one of these"
    [(details,)] = ask(tmp_path / "ledger.sqlite", "SELECT details FROM audit WHERE action = 'makes void'")
    assert json.loads(str(details)) == {"stage": "void", "why": "the wrong line"}


def test_a_card_is_printed_once_more_with_its_tests_or_it_is_said_why_not(desk: ReturnDesk) -> None:
    issues(desk)
    does(desk, "test", **WELL)

    assert does(desk, "print") == Said("The copies wait for the printer")
    desk.printer = ""
    assert does(desk, "print") == Said("no printer", refused=True)
    assert desk.cards_again == [1, 1]
    card = desk.pickups.card(1)
    assert card is not None
    assert [one.title for one in desk.pickup.again(card).sheets] == ["提货卡 000001", "商品检测记录 000001"]


def test_a_receipt_is_waited_for_and_what_is_none_of_ours_says_so(desk: ReturnDesk) -> None:
    window = desk.receipts.window
    assert isinstance(window, Window)

    assert does(desk, "new", "desk", receipt="R0200000009").text == "This receipt is from another of our stores"
    window.slow = True
    waits = opened(desk, RECEIPT)
    assert (waits.line, waits.deeds) == ("The receipt is looked for", ())
    assert does(desk, "issue", RECEIPT, line="2") == Said(GONE, refused=True)
    window.slow = False
    assert [head for head, _ in opened(desk, RECEIPT).told] == ["Line 1", "Line 2", "Line 3"]
    window.receipts = {NUMBER: replace(BOUGHT, lines=(CUP,))}
    assert [head for head, _ in opened(desk, RECEIPT).told] == ["Line 1"]  # it is asked for whenever it is opened
    unknown = opened(desk, "receipt R0100000077")
    assert unknown.line == "No till knows this number: look at it again"
    assert [one.deed for one in unknown.deeds] == ["new"]
    window.away = "the till is off"
    assert opened(desk, "receipt R0100000078").line == "the till is off"


def test_what_nobody_offered_or_somebody_did_before_is_refused(desk: ReturnDesk) -> None:
    issues(desk)

    for thing in ("card 9", "card x", "nothing", "receipt "):
        assert desk.area.opened(thing, FLOOR, desk.now()) is None
        assert does(desk, "print", thing) == Said(GONE, refused=True)
    assert does(desk, "hand-out", paper_receipt="yes") == Said(GONE, refused=True)  # nothing is tested
    desk.area.looked("receipt ", FLOOR, desk.now())
    assert does(desk, "test", **WELL, lie="yes").text == "This was not asked"
