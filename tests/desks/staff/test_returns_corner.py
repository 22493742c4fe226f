"""The return desk's corner asked directly: what it shows to whom, what it refuses, what two people sign."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from kiosk.desks.returns.slip_desk import Paper, SlipDesk
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.messages import Did, Looked, ProofAsked, Signed
from kiosk.desks.staff.return_records import ReturnRecords
from kiosk.desks.staff.staff_desk import LATER
from kiosk.errors import LedgerFault
from kiosk.ports.staff_view import StaffView
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.returns.credit import code_of
from kiosk.rules.returns.pickup import Tried, Trying
from kiosk.rules.returns.slip import Slip, Stage
from kiosk.rules.returns.slip_deeds import lost_fen
from kiosk.sentences import said_in
from kiosk.units import LANGUAGES
from tests.app.return_desk import MEMBER, NUMBER, TAKEN, ReturnDesk, answered, fills
from tests.app.staffed_screen import PIN
from tests.desks.service.returns_room import Window
from tests.desks.staff.returns_staff import CUP_BACK, EVERY, GONE, does, signs, slip_of, to_stamped, visit
from tests.rules.returns.slips import BAGS, DOOR, KEY, LAN, MEI, TAO, TILL


@dataclass(slots=True)
class Moves(ReturnRecords):
    """Records that do not move. why: said instead."""

    why: str = ""

    def move(self, *_: object) -> str:
        return self.why


@pytest.mark.rule("S20")
def test_each_sees_what_concerns_them(desk: ReturnDesk) -> None:
    visit(desk)
    visit(desk, line="", wish="", reason="", quantity="", remedy="", article="")
    slip_of(desk)
    does(desk, "sign")
    now = desk.now()

    assert [len(desk.corner.shelf(who, now)) for who in (MEI, TAO, TILL, DOOR, BAGS)] == [3, 3, 1, 0, 0]
    assert [one.key for one in desk.corner.matters(TAO, now)] == ["returns slip 1"]
    assert desk.corner.matters(MEI, now) == ()
    desk.calls(MEI)
    assert [one.key for one in desk.corner.matters(MEI, now)] == ["returns record 1"]
    assert [desk.corner.sees(who, now) for who in (MEI, DOOR, BAGS)] == [True, True, False]
    begins = [[one.deed for one in desk.corner.begins(who, now)] for who in (MEI, TILL, DOOR)]
    assert begins == [["scan"], ["redeem"], ["check"]]
    for thing in ("slip 1", "record 1", f"receipt {NUMBER}", "desk"):
        assert desk.corner.opened(thing, BAGS, now) is None
    assert desk.corner.opened("desk", MEI, now) is not None
    assert desk.corner.opened("slip 9", MEI, now) is None
    assert desk.corner.opened("record 9", MEI, now) is None
    assert desk.corner.opened("nothing", MEI, now) is None


@pytest.mark.rule("S20")
def test_whoever_opens_a_slip_or_a_ticket_stands_in_the_audit_and_nobody_reads_a_telephone_there(
    desk: ReturnDesk,
) -> None:
    visit(desk)
    slip_of(desk)
    for thing in ("slip 1", "record 1", "record 9", "record x", "receipt ", "slip x"):
        desk.corner.looked(thing, MEI, desk.now())

    opened = desk.corner.opened("slip 1", MEI, desk.now())

    assert ("mei", "looks at", "return slip 000001") in desk.noted()
    assert ("mei", "looks at", "return 1") in desk.noted()
    assert opened is not None
    assert "13800138000" not in repr(opened.told)
    assert MEMBER not in repr(opened.told)


def test_a_receipt_is_waited_for_and_what_the_tills_say_of_it_is_shown(desk: ReturnDesk) -> None:
    visit(desk)
    visit(desk, receipt="R0100000077")
    visit(desk, line="", wish="", reason="", quantity="", remedy="", receipt="", article="")
    window, now = desk.receipts.window, desk.now()
    assert isinstance(window, Window)

    def line(thing: str) -> tuple[str, list[str]]:
        desk.corner.looked(thing, MEI, now)
        found = desk.corner.opened(thing, MEI, now)
        assert found is not None
        return found.line, [one.deed for one in found.deeds]

    window.slow = True
    assert line("record 1") == ("The receipt is looked for", ["leaves"])
    assert line(f"receipt {NUMBER}") == ("The receipt is looked for", [])
    window.slow = False
    assert line("record 1")[1] == ["fill", "test-return", "leaves"]
    assert line("record 2") == ("No till knows this number: look at it again", ["scan", "leaves"])
    assert line("record 3")[1] == ["scan", "leaves"]
    assert line(f"receipt {NUMBER}")[1] == ["fill", "test-return"]
    window.away = "the till is away"
    assert line("record 1") == ("the till is away", ["scan", "leaves"])


@pytest.mark.rule("R07")
def test_what_was_chosen_at_the_kiosk_makes_one_slip_whoever_fills_it(desk: ReturnDesk) -> None:
    visit(desk)

    first = fills(desk.corner, "record 1", MEI, desk.now(), **TAKEN)

    assert isinstance(first, Slip)
    assert desk.book.records["return", 1].stage == "seen"
    desk.receipts.seen(NUMBER, desk.now())
    desk.receipts.seen(NUMBER, desk.now())
    again = desk.desk.fill(NUMBER, CUP_BACK, LAN, desk.now(), desk.slips.judged(1))
    assert "slip 000001 was filled for that ticket" in getattr(again, "why", "")
    assert does(desk, "fill", thing="record 1", **TAKEN) == Said(GONE, refused=True)


@pytest.mark.rule("R07")
def test_a_role_that_ended_between_slip_and_ticket_shows_the_slip_and_no_second_one(desk: ReturnDesk) -> None:
    visit(desk)
    desk.corner.records = Moves(desk.services, desk.queue)  # the power goes here

    assert isinstance(fills(desk.corner, "record 1", MEI, desk.now(), **TAKEN), Slip)

    assert desk.book.records["return", 1].stage == "waits"
    assert [one.key for one in desk.corner.shelf(MEI, desk.now())] == ["returns slip 1"]
    second = fills(desk.corner, "record 1", LAN, desk.now(), **TAKEN)
    assert second == "slip 000001 was filled for that ticket: go on with that one"


@pytest.mark.rule("R07")
def test_two_clerks_at_once_take_no_more_of_a_line_than_is_left(desk: ReturnDesk) -> None:
    cups = answered(desk.corner, f"receipt {NUMBER}", MEI, desk.now(), quantity="2")
    assert isinstance(cups, dict)
    ledger_says = desk.slips.slip(1)
    first = does(desk, "fill", MEI, f"receipt {NUMBER}", **cups)
    second = does(desk, "fill", LAN, f"receipt {NUMBER}", **cups)

    assert ledger_says is None
    assert not first.refused, first.text
    assert second == Said(f"line 1 of receipt {NUMBER} has 1 left to come back, 2 are asked for", refused=True)


@pytest.mark.rule("R03")
@pytest.mark.rule("R17")
def test_a_test_at_the_desk_that_found_the_kettle_dead_confirms_the_fault_unasked(desk: ReturnDesk) -> None:
    receipt = desk.till.receipts[NUMBER]
    dead = Trying("SN-77", frozenset(Tried), frozenset({Tried.POWER}))
    desk.pickup.test_here(receipt, 2, dead, MEI, desk.now())

    told = {"scanned": "20417", "serial": "SN-77", "wish": "refund", "granted": "refund", "paper-warranty-card": "yes"}
    slip = slip_of(desk, **told)

    judged = desk.slips.judged(slip.number)
    assert judged is not None
    assert {"fault", "paper-test-record"} & dict(judged.said).keys() == set()
    assert judged.clauses[0].startswith("R02")


def test_what_is_not_so_any_more_or_never_was_is_refused(desk: ReturnDesk) -> None:
    visit(desk)
    slip_of(desk)
    refused = [
        does(desk, "scan", BAGS, "desk", receipt=NUMBER),
        does(desk, "scan", MEI, "desk", receipt="6901"),
        does(desk, "fill", MEI, "receipt R0100000077"),
        does(desk, "fill", MEI, "record 9"),
        does(desk, "fill", MEI, f"receipt {NUMBER}", scanned="1"),
        does(desk, "fill", MEI, "record x"),
        does(desk, "leaves", BAGS, "record 1"),
        does(desk, "redeem", TILL, "desk", code="hello", price="100"),
        does(desk, "redeem", TILL, "desk", code="RS000001-AAAAAAAA", price="x"),
        does(desk, "redeem", TILL, "desk", code="RS000001-AAAAAAAA", price="12.505"),
        does(desk, "redeem", TILL, "desk", code="RS000001-AAAAAAAA", price="-1"),
        does(desk, "check", DOOR, "desk", code="RS000001-AAAAAAAA", price="1"),
        does(desk, "stamp"),
        does(desk, "sign", BAGS),
        does(desk, "print"),
        does(desk, "print", MEI, "slip 9"),
        does(desk, "dance"),
        signs(desk, "approve", MEI, LAN, **EVERY),
        signs(desk, "dance", MEI, TAO),
        signs(desk, "approve", MEI, TAO, "record 1"),
        signs(desk, "void", MEI, MEI, why="a field is wrong"),
    ]

    assert [one.text for one in refused if not one.refused] == []
    assert all(one.text for one in refused)
    assert desk.slips.slip(1).stage is Stage.FILLED  # type: ignore[union-attr]  # it is there


@pytest.mark.rule("R11")
@pytest.mark.parametrize("pair", [(MEI, TAO), (TAO, MEI)])
def test_clerk_and_supervisor_make_it_void_at_whosever_screen(desk: ReturnDesk, pair: tuple[object, object]) -> None:
    slip_of(desk)

    said = signs(desk, "void", *pair, why="other", words="写错")

    slip = desk.slips.slip(1)
    assert slip is not None
    assert not said.refused, said.text
    assert (slip.voided_by, slip.void_why) == (("mei", "tao"), "写错")
    opened = desk.corner.opened("slip 1", MEI, desk.now())
    assert opened is not None
    assert opened.deeds == ()


@pytest.mark.rule("R12")
def test_an_exchange_is_redeemed_and_checked_by_its_code_and_what_is_lost_is_said(desk: ReturnDesk) -> None:
    slip_of(desk)
    to_stamped(desk)
    code = code_of(desk.slips.slip(1), KEY)  # type: ignore[arg-type]  # it is there

    taken = does(desk, "redeem", TILL, "desk", code=code, price="50")
    again = does(desk, "redeem", TILL, "desk", code=code, price="50")
    checked = does(desk, "check", DOOR, "slip 1", code=code, price="50")

    assert taken.text == "Worth 99.00: the shopper pays 0.00 more; 49.00 is lost, there is no change"
    assert (taken.refused, again.refused, checked.refused) == (False, True, False)
    assert lost_fen(desk.slips.slip(1)) == 4900  # type: ignore[arg-type]  # it is there
    opened = desk.corner.opened("slip 1", TILL, desk.now())
    assert opened is not None
    assert ("Topped up", "0.00") in opened.told


@pytest.mark.rule("R10")
def test_deeds_are_offered_by_the_table_of_rights(desk: ReturnDesk) -> None:
    slip_of(desk, wish="refund", granted="refund")

    def offered(who: object) -> list[tuple[str, str]]:
        found = desk.corner.opened("slip 1", who, desk.now())  # type: ignore[arg-type]  # a person
        assert found is not None
        return [(one.deed, one.signer) for one in found.deeds]

    assert offered(TILL) == []
    does(desk, "sign")
    assert offered(MEI) == [("approve", ""), ("void", "")]
    assert offered(TAO) == [("approve", "tao"), ("void", "")]
    signs(desk, "approve", MEI, TAO, **EVERY)
    assert offered(MEI) == [("stamp", ""), ("print", ""), ("void", "")]
    does(desk, "stamp")
    assert offered(MEI) == [("pay", ""), ("print", ""), ("void", "")]
    assert offered(TILL) == [("pay", "till")]
    assert not signs(desk, "pay", MEI, TILL).refused
    assert offered(MEI) == [("print", "")]
    assert not does(desk, "print").refused
    desk.corner.prints = lambda *_: "no printer is named"
    assert does(desk, "print") == Said("no printer is named", refused=True)


@pytest.mark.rule("R06")
def test_what_takes_no_slip_is_written_down_all_the_same(desk: ReturnDesk) -> None:
    visit(desk)
    told = {**TAKEN, "worn": "yes", "granted": "nothing"}

    assert fills(desk.corner, "record 1", MEI, desk.now(), **told) == "It is noted: no slip is needed"
    assert fills(desk.corner, f"receipt {NUMBER}", MEI, desk.now(), **told) == "It is noted: no slip is needed"

    answers = answered(desk.corner, f"receipt {NUMBER}", MEI, desk.now(), **told)
    assert isinstance(answers, dict)
    assert does(desk, "fill", BAGS, f"receipt {NUMBER}", **answers).refused
    assert ("mei", "settles", f"receipt {NUMBER}, line 1") in desk.noted()
    visit(desk)
    desk.corner.records = Moves(desk.services, desk.queue, why="somebody else did")
    assert fills(desk.corner, "record 2", MEI, desk.now(), **told) == "somebody else did"


def test_the_shopper_who_left_is_let_go(desk: ReturnDesk) -> None:
    visit(desk)

    assert not does(desk, "leaves", MEI, "record 1").refused
    assert desk.book.records["return", 1].stage == "left"


def view(desk: ReturnDesk) -> StaffView:
    [found] = desk.staff.facts("screen")
    assert isinstance(found, StaffView)
    return found


def test_a_signature_is_looked_at_before_anything_is_done_and_a_wrong_one_does_nothing(desk: ReturnDesk) -> None:
    slip_of(desk)
    desk.staff.handle(ProofAsked("screen", "mei", PIN))
    desk.staff.handle(Looked("screen", Room.RETURNS, "returns slip 1"))
    void = Signed("screen", "returns slip 1", "void", {"why": "a field is wrong"}, "tao", PIN)
    assert PIN not in repr(void)

    desk.staff.handle(replace(void, pin="111111"))
    assert (view(desk).signatures, view(desk).unsigned) == (1, "wrong PIN")
    desk.staff.handle(replace(void, id="nobody"))
    assert view(desk).unsigned == "nobody is registered so"
    desk.staff.handle(replace(void, seat="elsewhere"))
    desk.staff.handle(void)

    assert (view(desk).signatures, view(desk).unsigned, view(desk).refused) == (3, "", False)
    assert desk.slips.slip(1).stage is Stage.VOID  # type: ignore[union-attr]  # it is there
    desk.staff.handle(replace(void, about="locker 1"))
    assert view(desk).said == GONE


def test_a_ledger_that_fails_under_a_signature_is_told_in_the_language_of_the_screen(desk: ReturnDesk) -> None:
    slip_of(desk)
    desk.staff.handle(ProofAsked("screen", "mei", PIN))
    void = Signed("screen", "returns slip 1", "void", {"why": "a field is wrong"}, "tao", PIN)

    def fails(*_: object) -> Said:
        raise LedgerFault("the disk is full")

    desk.corner.slips = SlipDesk(desk.slips, desk.receipts.find, KEY, Paper("", LANGUAGES[0], "", dict))
    desk.slips.slip = fails  # type: ignore[method-assign,assignment]
    desk.staff.handle(void)
    assert said_in({LATER: "帐: {fault}"}.__getitem__, view(desk).said) == "帐: the disk is full"
    everybody = desk.staff.house.everybody
    object.__setattr__(desk.staff.house, "everybody", fails)
    desk.staff.handle(void)
    object.__setattr__(desk.staff.house, "everybody", everybody)
    assert said_in({LATER: "帐: {fault}"}.__getitem__, view(desk).unsigned) == "帐: the disk is full"


def test_the_room_shows_what_is_in_hand_and_what_a_deed_was_asked_about_stays_open(desk: ReturnDesk) -> None:
    slip_of(desk)
    desk.staff.handle(ProofAsked("screen", "mei", PIN))
    assert view(desk).returns == ()
    desk.staff.handle(Looked("screen", Room.RETURNS))

    assert [one.key for one in view(desk).returns or ()] == ["returns slip 1"]
    assert [one.deed for one in view(desk).counter] == ["scan", "new", "shown"]
    desk.staff.handle(Did("screen", "returns desk", "scan", {"receipt": "6901"}))
    opened = view(desk).opened
    assert opened is not None
    assert opened.key == "returns desk"
    desk.staff.handle(Did("screen", "returns desk", "scan", {"receipt": NUMBER}))
    opened = view(desk).opened
    assert opened is not None
    assert opened.key == f"returns receipt {NUMBER}"
