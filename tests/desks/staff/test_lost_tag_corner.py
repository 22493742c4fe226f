"""The lost-tag corner asked directly, on a real ledger: every step, who may, and what is seen of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desks.lockers.messages import LostSlipAsked, Message, StaffAsked
from kiosk.desks.staff.corner import Said
from kiosk.ledger.store import Ledger
from kiosk.ports.staff_view import Matter
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.lockers.lost_tag import Step
from kiosk.rules.people.person import Person
from kiosk.units import LockerId
from tests.app.staffed_screen import StaffedScreen
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import ANNA, MEI, TAO
from tests.stories.test_counting_at_the_reader import CountedRoom

BAG = "wang's bag"
SHOWN = {
    "document": "identity-card",
    "number": "11010519491231002X",
    "name": "王小明",
    "address": "南京路1号",
    "copied": "yes",
}
PERSONAL = ("王小明", "11010519491231002X", "南京路")
ONE = "case 1"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> StaffedScreen:
    room = CountedRoom(ledger)
    room.in_service()
    desk = StaffedScreen(room, ledger=ledger, people=(MEI, TAO, ANNA))
    room.leaves_a_bag(BAG)
    return desk


def does(desk: StaffedScreen, deed: str, thing: str = ONE, by: Person = MEI, /, **told: str) -> Said:
    said = desk.lost.do(thing, deed, told, by, desk.now())
    desk.room.passes(1.5)
    return said


def signs(desk: StaffedScreen, signer: Person, who: Person = MEI) -> Said:
    return desk.lost.sign(ONE, "approve", {}, who, signer, desk.now())


def opened(desk: StaffedScreen, by: Person = MEI) -> Matter:
    matter = desk.lost.opened(ONE, by, desk.now())
    assert matter is not None
    return matter


def offered(desk: StaffedScreen, by: Person = MEI) -> list[str]:
    return [one.deed for one in opened(desk, by).deeds]


def told(desk: StaffedScreen) -> str:
    return " | ".join(said for _, said in opened(desk).told)


STEPS: tuple[Callable[[StaffedScreen], Said], ...] = (
    lambda desk: does(desk, "report", "desk", locker="1"),
    lambda desk: does(desk, "describe", what="黑色双肩包，一把红伞"),
    lambda desk: does(desk, "compare"),
    lambda desk: does(desk, "fits"),
    lambda desk: does(desk, "identify", **SHOWN),
    lambda desk: does(desk, "fee", given="1000"),
    lambda desk: does(desk, "signed"),
    lambda desk: signs(desk, TAO),
    lambda desk: does(desk, "open"),
)


def goes_to(desk: StaffedScreen, step: Step) -> None:
    for one in STEPS:
        said = one(desk)
        assert not said.refused, said.text
        case = desk.counted.lost.case(1)
        assert case is not None
        if case.step is step:
            return
    raise AssertionError(step)


@pytest.mark.rule("L07")
@pytest.mark.rule("L08")
@pytest.mark.rule("L09")
def test_the_whole_procedure_from_the_report_to_the_cash_office(desk: StaffedScreen) -> None:
    desk.counted.lost.note(1, "backpack, black", desk.now())
    assert does(desk, "report", "desk", locker="1") == Said(
        "Lost tag 1: reported; now the shopper describes what is inside", opens="lost case 1"
    )
    assert offered(desk) == ["describe", "withdraw"]
    assert "backpack" not in told(desk)
    does(desk, "describe", what="黑色双肩包，一把红伞")
    assert offered(desk) == ["compare", "describe", "withdraw"]
    assert opened(desk).done == (2, 11)
    assert "backpack" not in told(desk), "nobody sees the note before"
    does(desk, "compare")
    assert offered(desk) == ["fits", "differs", "withdraw"]
    assert "黑色双肩包，一把红伞 | backpack, black" in told(desk)
    does(desk, "fits")
    assert offered(desk) == ["identify", "withdraw"]
    does(desk, "identify", **SHOWN)
    assert offered(desk) == ["fee", "identify", "withdraw"]
    assert "王•• · 11**************2X" in told(desk)
    assert not any(word in told(desk) for word in PERSONAL)
    assert does(desk, "fee", given="1000").text == "Lost tag 1: paid; now the slip is printed twice and signed"
    assert "10.00 yuan · receipt 000001 · 李梅" in told(desk)
    assert offered(desk) == ["signed", "withdraw", "print"]
    does(desk, "signed")
    assert offered(desk) == ["approve", "withdraw"]
    assert signs(desk, TAO).text == "Lost tag 1: approved; now the door is opened"

    assert not does(desk, "open").refused

    assert desk.room.cells[LockerId(1)].open
    assert offered(desk) == ["hand-over", "hold-back", "approve"]
    assert desk.room.takes_out(LockerId(1)) == BAG
    desk.room.shuts(LockerId(1))
    does(desk, "hand-over", kept="at the desk")
    assert offered(desk) == ["file"]
    assert opened(desk).done == (10, 11), "filing is what is left"
    assert "双肩包" not in told(desk), "what it was is nobody's business any more"
    does(desk, "file", official="A-0193")
    assert opened(desk).deeds == ()
    assert (opened(desk).line, opened(desk).done) == ("Closed: everything is at the cash office", None)
    assert desk.lost.matters(MEI, desk.now()) == ()

    case = desk.counted.lost.case(1)
    assert case is not None
    assert (case.step, case.approved_by, case.handed_by, case.received_fen) == (Step.FILED, "tao", "mei", 1000)
    assert desk.counted.memory.all_deposits[1].outcome is Outcome.HANDED_OUT
    assert [kept.place for kept in desk.counted.lost.kept_tags()] == ["at the desk"]
    assert not any(word in str(desk.room.entries) for word in PERSONAL)


@pytest.mark.rule("L09")
def test_the_page_of_a_locker_says_where_the_tags_of_its_lost_pairs_are(desk: StaffedScreen) -> None:
    def page(n: int) -> tuple[tuple[str, str], ...]:
        matter = desk.staff.lockers.opened(str(n), MEI, desk.now())
        assert matter is not None
        return matter.told

    goes_to(desk, Step.OPENED)
    assert page(1) == ()
    desk.room.takes_out(LockerId(1))
    desk.room.shuts(LockerId(1))

    does(desk, "hand-over", kept="at the desk")

    assert page(1) == (("The tag that is left of pair 1", "at the desk · since 2026-11-23 · 李梅"),)
    assert page(2) == (), "nothing was ever lost there"


@pytest.mark.rule("L07")
@pytest.mark.parametrize("step", [step for step in Step if step.value in "reported described comparing matched"])
def test_a_step_is_offered_in_its_turn_alone_and_done_in_its_turn_alone(desk: StaffedScreen, step: Step) -> None:
    goes_to(desk, step)
    orders = len(desk.room.unlocked)

    for deed, answers in (("fee", {"given": "500"}), ("signed", {}), ("hand-over", {"kept": "none"}), ("open", {})):
        said = does(desk, deed, ONE, MEI, **answers)
        assert said.refused, deed
        assert "; now" in said.text or "stays shut" in said.text
    assert signs(desk, TAO).refused
    assert len(desk.room.unlocked) == orders


@pytest.mark.rule("L07")
def test_who_took_the_fee_does_not_approve_and_who_may_not_approve_does_not_either(desk: StaffedScreen) -> None:
    goes_to(desk, Step.IDENTIFIED)
    does(desk, "fee", ONE, TAO, given="500")
    does(desk, "signed", ONE, TAO)

    assert [one.signer for one in opened(desk, TAO).deeds if one.signs] == [""]
    assert signs(desk, TAO).text == "陈涛 took the fee: another supervisor approves"
    assert "may not have things handed out without their tag" in signs(desk, MEI).text
    assert desk.noted()[-1] == ("mei", "is refused", "lost tag 1")
    assert desk.counted.case(1).step is Step.SIGNED
    assert desk.lost.sign("case 9", "approve", {}, MEI, TAO, desk.now()).refused
    assert desk.lost.sign(ONE, "fits", {}, MEI, TAO, desk.now()).refused
    assert desk.lost.sign(ONE, "approve", {}, ANNA, TAO, desk.now()).refused


@pytest.mark.rule("L07")
def test_a_case_that_waits_for_the_supervisor_presses_for_them_and_one_with_an_open_door_for_everybody(
    desk: StaffedScreen,
) -> None:
    goes_to(desk, Step.SIGNED)
    assert [[one.pressing for one in desk.lost.matters(who, desk.now())] for who in (TAO, MEI, ANNA)] == [
        [True],
        [False],
        [],
    ]
    assert [one.signer for one in opened(desk, TAO).deeds if one.signs] == ["tao"]
    assert [one.signer for one in opened(desk, MEI).deeds if one.signs] == [""]

    signs(desk, TAO)
    does(desk, "open")

    [matter] = desk.lost.matters(MEI, desk.now())
    assert matter.pressing
    assert (matter.key, matter.title) == ("lost case 1", "Lost tag 1 · locker 1")


@pytest.mark.rule("L07")
def test_things_that_differ_are_not_handed_out(desk: StaffedScreen) -> None:
    goes_to(desk, Step.COMPARING)

    assert does(desk, "differs", ONE, MEI, why="other", words="里面是笔记本电脑").text.startswith("It does not fit")

    assert opened(desk).line == "It does not fit: nothing is handed out, and the supervisor decides"
    assert opened(desk).deeds == ()
    assert "笔记本" not in told(desk)
    assert desk.room.locker(LockerId(1)).assignment is Assignment.QUARANTINED


@pytest.mark.rule("L07")
def test_what_lies_behind_the_open_door_and_is_another_s_is_held_back(desk: StaffedScreen) -> None:
    goes_to(desk, Step.OPENED)
    desk.room.shuts(LockerId(1))

    assert does(desk, "hold-back", ONE, MEI, why="Other things are inside").text.startswith("Lost tag 1: held back")

    assert offered(desk) == ["file"]
    assert "Other things are inside" in told(desk)
    assert desk.counted.memory.all_deposits[1].over is None


@pytest.mark.rule("L07")
@pytest.mark.rule("L09")
@pytest.mark.parametrize(("text", "trusted"), [("P1.1", True), ("P2.1", False), ("", False)])
def test_a_tag_that_was_found_is_shown_before_it_counts_again(desk: StaffedScreen, text: str, trusted: bool) -> None:
    goes_to(desk, Step.MATCHED)

    said = does(desk, "withdraw", ONE, MEI, why="found", tag=text)

    assert said.refused is not trusted
    if text and not trusted:
        assert said.text == "This is not the tag of this locker"
    expected = Assignment.OCCUPIED if trusted else Assignment.QUARANTINED
    assert desk.room.locker(LockerId(1)).assignment is expected


@pytest.mark.parametrize(("way", "kept"), [("back", "given back to the shopper"), ("office", "A-7")])
def test_a_fee_that_was_taken_goes_to_the_cash_office_or_back(desk: StaffedScreen, way: str, kept: str) -> None:
    goes_to(desk, Step.PAID)
    assert not does(desk, "withdraw", ONE, MEI, why="The shopper gave it up").refused
    assert offered(desk) == ["file"]

    does(desk, "file", ONE, MEI, **({"way": way} | ({"official": "A-7"} if way == "office" else {})))

    assert desk.counted.case(1).official == kept
    assert desk.counted.case(1).is_over


def test_one_that_was_left_before_any_money_was_given_is_closed_at_once(desk: StaffedScreen) -> None:
    goes_to(desk, Step.DESCRIBED)
    does(desk, "withdraw", ONE, MEI, why="The shopper comes another time")

    assert opened(desk).line == "Closed: the procedure was given up"
    again = does(desk, "report", "locker 1")
    assert again.opens == "lost case 2", "the shopper comes again"


def test_it_is_taken_up_at_the_locker_or_by_its_number_and_once_only(desk: StaffedScreen) -> None:
    now = desk.now()
    [begins] = desk.lost.taken_up(MEI, now)
    assert (begins.about, begins.words) == ("lost desk", "A tag is lost")
    assert desk.lost.taken_up(ANNA, now) == ()
    [lockers] = [one for one in desk.corners if one.name == "locker"]
    matter = lockers.opened("1", MEI, now)
    assert matter is not None
    assert [one.about for one in matter.deeds if one.deed == "report"] == ["lost locker 1"]
    free = lockers.opened("2", MEI, now)
    assert free is not None
    assert "report" not in [one.deed for one in free.deeds]

    for thing, answers in (("desk", {"locker": "2"}), ("locker 99", {}), ("locker x", {}), ("desk", {})):
        said = does(desk, "report", thing, MEI, **answers)
        assert said == Said("Nothing is stored there: see under Lockers which are taken", refused=True)
    assert does(desk, "report", "locker 1").opens == "lost case 1"
    assert does(desk, "report", "desk", MEI, locker="1").opens == "lost case 1"
    assert len(desk.counted.lost.waiting()) == 1


@pytest.mark.rule("S20")
def test_who_may_not_take_up_lost_tags_sees_and_does_nothing_and_who_looks_is_written_down(desk: StaffedScreen) -> None:
    goes_to(desk, Step.IDENTIFIED)

    desk.lost.looked(ONE, ANNA, desk.now())
    desk.lost.looked("case 9", MEI, desk.now())
    assert not [line for line in desk.noted() if line[1] == "looks at"]
    assert desk.lost.opened(ONE, ANNA, desk.now()) is None
    refused = does(desk, "fee", ONE, ANNA, given="500")
    assert "may not take up a lost tag" in refused.text
    assert desk.noted()[-1] == ("anna", "is refused", "lost tags")
    desk.lost.looked(ONE, MEI, desk.now())
    assert desk.noted()[-1] == ("mei", "looks at", "lost tag 1")
    assert desk.lost.opened("locker 1", MEI, desk.now()) is None
    again = desk.lost.opened("desk", MEI, desk.now())
    assert again is not None
    assert [one.deed for one in again.deeds] == ["report"], "another number, please"


@pytest.mark.parametrize(
    ("step", "deed", "answers", "why"),
    [
        (Step.REPORTED, "describe", {"what": " "}, "Please write something here"),
        (Step.REPORTED, "withdraw", {"why": "sing"}, "Please choose one of these"),
        (Step.MATCHED, "identify", SHOWN | {"number": "110105194912310021"}, "a digit of the identity card is not"),
        (Step.MATCHED, "identify", SHOWN | {"copied": "no"}, "a copy of the document is kept with the slip"),
        (Step.IDENTIFIED, "fee", {"given": "100"}, "Please choose one of these"),
    ],
)
def test_what_is_not_complete_changes_nothing_and_says_what_is_missing(
    desk: StaffedScreen, step: Step, deed: str, answers: dict[str, str], why: str
) -> None:
    goes_to(desk, step)

    said = does(desk, deed, ONE, MEI, **answers)

    assert said.refused
    assert why in said.text
    assert desk.counted.case(1).step is step


def test_another_screen_that_was_faster_is_told(desk: StaffedScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_to(desk, Step.COMPARING)
    monkeypatch.setattr(desk.counted.lost, "keep", lambda *_, **__: None)

    assert does(desk, "fits").text == "somebody else went on with case 1: look again"
    assert does(desk, "fits", "case 9") == Said("Somebody has seen to it", refused=True)
    monkeypatch.setattr(desk.counted.lost, "of_deposit", lambda n: None)
    monkeypatch.setattr(desk.counted.lost, "enter", lambda case: None)
    assert does(desk, "report", "locker 1") == Said("Somebody has seen to it", refused=True)


def test_an_approval_that_is_too_old_is_given_once_more(desk: StaffedScreen) -> None:
    goes_to(desk, Step.APPROVED)
    desk.counted.wall += timedelta(minutes=16)
    assert "the approval is too old" in does(desk, "open").text

    assert offered(desk) == ["open", "approve", "withdraw"]
    assert not signs(desk, TAO).refused
    assert not does(desk, "open").refused


def test_the_slip_is_printed_once_more_by_the_desk_that_prints_it(desk: StaffedScreen) -> None:
    goes_to(desk, Step.PAID)
    asked: list[Message] = []
    desk.lost.handle = asked.append

    assert does(desk, "print") == Said("the desk is busy", refused=True)
    [wanted] = [one.wanted for one in asked if isinstance(one, StaffAsked)]
    assert (type(wanted), wanted.operator) == (LostSlipAsked, "mei")

    desk.lost.prints = False
    assert "print" not in offered(desk)
    assert "print it with kiosk lockers lost slip 1" in told(desk)


def test_without_a_note_the_open_door_is_where_it_is_compared(desk: StaffedScreen) -> None:
    goes_to(desk, Step.COMPARING)
    assert "Nothing was noted: compare at the open door" in told(desk)
    desk.room.desk.cabinet.deposits.clear()
    desk.lost.places = {LockerId(1): "left wall"}
    assert "1 · left wall" in told(desk)
    assert "Left at" not in [heading for heading, _ in opened(desk).told]


def test_what_was_purged_is_not_shown(desk: StaffedScreen) -> None:
    goes_to(desk, Step.DESCRIBED)
    case = desk.counted.case(1)
    desk.counted.lost.keep(replace(case, description=""), was=case, by="test", action="purges")

    assert "The shopper says" not in [heading for heading, _ in opened(desk).told]
