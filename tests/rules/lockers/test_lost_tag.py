from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.lockers.lost_tag import (
    ABANDONED,
    TRANSITIONS,
    Case,
    Event,
    LostTagChoices,
    LostTagWarrant,
    Step,
    after,
    event_of,
    lacks,
    passed,
    purge_before,
    report,
    warrant,
)
from kiosk.rules.lockers.lost_tag_deeds import (
    Approve,
    Deed,
    Describe,
    FileAway,
    HandOver,
    HoldBack,
    Identify,
    Match,
    OrderOpen,
    Refused,
    SeeNote,
    Sign,
    TakeFee,
    Withdraw,
)
from kiosk.rules.people.person import Person, Right
from tests.rules.lockers.lost_tag_people import (
    ANNA,
    CARD,
    DESCRIBED,
    GONE,
    IDENTIFIED,
    MEI,
    PROCEDURE,
    SEVEN,
    TAO,
    TEN,
    done,
    gone_through,
    kept,
    later,
    refusal,
    reported,
)

EXAMPLES = 2000 if os.environ.get("KIOSK_DEEP") else 150
ONE_OF_EACH: tuple[Deed, ...] = (
    DESCRIBED,
    SeeNote(),
    Match(fits=True),
    Match(fits=False, why="里面是笔记本电脑"),
    IDENTIFIED,
    TakeFee(500),
    Sign(),
    Approve(),
    OrderOpen(),
    HandOver("第二抽屉"),
    HoldBack("there is a suitcase"),
    Withdraw("the tag was found", tag_found=True),
    FileAway("A-0193"),
)
TO_APPROVAL = 7  # deeds of the procedure up to the supervisor's


@pytest.mark.rule("L07")
def test_the_table_is_total_and_ends_in_steps_that_nothing_leaves() -> None:
    assert set(TRANSITIONS) == set(Step)
    assert all(set(row) == set(Event) for row in TRANSITIONS.values())
    assert {event_of(deed) for deed in ONE_OF_EACH} == set(Event)
    assert [step for step in Step if not any(TRANSITIONS[step].values())] == [Step.FILED, Step.DIFFERS]


@pytest.mark.rule("L07")
def test_a_lost_tag_goes_from_the_book_to_the_cash_office_one_step_after_another() -> None:
    steps = [gone_through(deeds).step for deeds in range(len(PROCEDURE) + 1)]

    assert steps == [
        Step.REPORTED,
        Step.DESCRIBED,
        Step.COMPARING,
        Step.MATCHED,
        Step.IDENTIFIED,
        Step.PAID,
        Step.SIGNED,
        Step.APPROVED,
        Step.OPENED,
        Step.HANDED_OVER,
        Step.FILED,
    ]
    closed = gone_through(len(PROCEDURE))
    assert (closed.approved_by, closed.handed_by, closed.cashier) == ("tao", "mei", "mei")
    assert (closed.kept, closed.official, closed.receipt, closed.is_over) == ("第二抽屉", "A-0193", 31, True)


@pytest.mark.rule("L07")
@pytest.mark.parametrize("step", range(len(PROCEDURE)))
def test_no_step_can_be_left_out(step: int) -> None:
    case = gone_through(step)

    for deed, by in PROCEDURE[step + 1 :]:
        assert case.following in refusal(after(case, deed, by, later(3600)))


@pytest.mark.rule("L07")
def test_the_door_opens_for_the_whole_procedure_and_for_no_part_of_it() -> None:
    authorised = [
        deeds
        for deeds in range(len(PROCEDURE) + 1)
        if isinstance(warrant(case := gone_through(deeds), case.since), LostTagWarrant)
    ]

    assert authorised == [TO_APPROVAL]
    leave = warrant(gone_through(TO_APPROVAL), later(60 * TO_APPROVAL))
    assert isinstance(leave, LostTagWarrant)
    assert (leave.locker, leave.deposit) == (SEVEN, 41)


@pytest.mark.rule("L07")
def test_a_warrant_cannot_be_made_by_hand_either() -> None:
    approved = gone_through(TO_APPROVAL)

    with pytest.raises(ValueError, match="case 12 opens no door: the fee was not taken"):
        LostTagWarrant(replace(approved, receipt=0), approved.since)
    assert "the door stays shut" in refusal(warrant(gone_through(3), TEN))


@pytest.mark.rule("L07")
def test_a_door_opens_once_for_an_approval_and_again_only_for_another() -> None:
    opened = gone_through(TO_APPROVAL + 1)

    assert opened.openings == 1
    assert refusal(after(opened, OrderOpen(), MEI, later(600)))
    assert refusal(warrant(opened, opened.since))
    anew = done(opened, Approve(), TAO, later(700))
    assert isinstance(warrant(anew, later(700)), LostTagWarrant)
    assert done(anew, OrderOpen(), MEI, later(710)).openings == 2


@pytest.mark.parametrize("shift", [timedelta(minutes=16), timedelta(hours=14), timedelta(hours=-14)])
def test_an_approval_does_not_stand_over_night_nor_over_a_clock_that_was_set(shift: timedelta) -> None:
    approved = gone_through(TO_APPROVAL)

    assert "the approval is too old" in lacks(approved, approved.since + shift)
    assert "too old" in refusal(after(approved, OrderOpen(), MEI, approved.since + shift))
    assert isinstance(warrant(done(approved, Approve(), TAO, TEN + shift), TEN + shift), LostTagWarrant)


@pytest.mark.rule("L07")
def test_the_contents_are_described_before_anybody_sees_the_note_and_not_after() -> None:
    assert "the shopper describes what is inside" in refusal(after(reported(), SeeNote(), MEI, later(1)))
    described = done(gone_through(1), Describe("黑色双肩包"), MEI, later(70))

    assert described.description == "黑色双肩包"
    seen = done(described, SeeNote(), MEI, later(80))
    assert refusal(after(seen, DESCRIBED, MEI, later(90))).startswith("case 12 is comparing; now somebody decides")
    assert done(seen, SeeNote(), MEI, later(95)).note_seen == later(80)


@pytest.mark.rule("L07")
def test_a_description_that_does_not_match_ends_the_case_with_the_reason() -> None:
    case = done(gone_through(2), Match(fits=False, why="里面是笔记本电脑"), MEI, later(200))

    assert (case.step, case.why, case.is_over, case.holds_the_door) == (Step.DIFFERS, "里面是笔记本电脑", True, False)
    assert refusal(after(case, Match(fits=True), TAO, later(300))).endswith("now nothing: the case is closed")


@pytest.mark.rule("L04")
@pytest.mark.rule("L07")
def test_only_the_supervisor_approves_and_not_for_a_fee_taken_in_person() -> None:
    signed = gone_through(TO_APPROVAL - 1)
    alone = replace(signed, cashier="tao")

    assert refusal(after(signed, Approve(), MEI, later(500))) == (
        "李梅 may not have things handed out without their tag: the supervisor may"
    )
    assert refusal(after(alone, Approve(), TAO, later(500))) == "陈涛 took the fee: another supervisor approves"
    small = LostTagChoices(two_people=False)
    assert isinstance(warrant(done(alone, Approve(), TAO, later(500), small), later(500), small), LostTagWarrant)


@pytest.mark.parametrize("by", [ANNA, GONE])
def test_nobody_else_works_on_lost_tags(by: Person) -> None:
    assert by.name in refusal(report(SEVEN, 7, 2, 41, by, TEN))
    assert by.name in refusal(after(reported(), DESCRIBED, by, TEN))


def test_an_empty_locker_has_nothing_to_hand_out() -> None:
    assert refusal(report(SEVEN, 7, 2, 0, MEI, TEN)) == "locker 7 is empty: there is nothing to hand out"


@pytest.mark.parametrize(
    ("deeds", "deed", "why"),
    [
        (0, Describe("  "), "the description is missing"),
        (0, Describe("x" * 401), "the description is longer than 400 characters"),
        (2, Match(fits=False), "what differs is missing"),
        (3, replace(IDENTIFIED, copied=False), "a copy of the document is kept with the slip: make it first"),
        (3, replace(IDENTIFIED, name=""), "the name is missing"),
        (3, replace(IDENTIFIED, address=""), "the address is missing"),
        (4, TakeFee(499), "the fee is 5.00 yuan, and 4.99 was given"),
        (5, Sign(1), "the slip is signed in 2 copies"),
        (8, HoldBack(""), "the reason is missing"),
        (4, Withdraw(""), "the reason is missing"),
        (9, FileAway(""), "the cash office's receipt is missing"),
    ],
)
def test_a_step_that_is_not_complete_is_not_done(deeds: int, deed: Deed, why: str) -> None:
    assert refusal(after(gone_through(deeds), deed, MEI, later(900))) == why


def test_what_was_entered_can_be_put_right_until_something_was_built_upon_it() -> None:
    moved = done(gone_through(4), replace(IDENTIFIED, address="上海市西藏路2号"), MEI, later(290))

    assert moved.address == "上海市西藏路2号"
    assert refusal(after(gone_through(5), IDENTIFIED, MEI, later(900)))


@pytest.mark.rule("L08")
def test_a_fee_that_was_taken_is_accounted_for_whatever_becomes_of_the_case() -> None:
    unpaid = done(gone_through(4), Withdraw("the tag was found", tag_found=True), MEI, later(400))
    paid = done(gone_through(6), Withdraw("the tag was found", tag_found=True), MEI, later(400))
    kept_back = done(gone_through(8), HoldBack("there is a suitcase"), MEI, later(900))

    assert (unpaid.is_over, paid.is_over, kept_back.is_over) == (True, False, False)
    assert paid.tag_found
    assert "closed" in refusal(after(unpaid, FileAway("given back"), MEI, later(950)))
    for case in (paid, kept_back):
        assert done(case, FileAway("given back"), MEI, later(950)).step is Step.FILED


def test_a_case_on_which_nobody_goes_on_is_withdrawn_unless_its_door_may_be_open() -> None:
    days = timedelta(days=4)
    forgotten = {deeds: passed(case := gone_through(deeds), case.since + days) for deeds in range(11)}

    assert [deeds for deeds, case in forgotten.items() if case.step is Step.WITHDRAWN] == list(range(8))
    assert {case.why for case in forgotten.values() if case.step is Step.WITHDRAWN} == {ABANDONED}
    assert passed(gone_through(3), later(600)) == gone_through(3)


def test_personal_data_stay_for_a_month() -> None:
    assert purge_before(TEN) == datetime(2026, 10, 24, 10, 0, tzinfo=TEN.tzinfo)


@dataclass
class Witness:
    """Somebody who watches the whole procedure and knows nothing of steps: only who did what, in which order."""

    done: list[tuple[Event, str]] = field(default_factory=list)

    def saw(self, *wanted: Event) -> bool:
        """Whether these were done, each after the one before."""
        at = 0
        for event, _ in self.done:
            if at < len(wanted) and event is wanted[at]:
                at += 1
        return at == len(wanted)

    def last(self, event: Event) -> str:
        return next(by for one, by in reversed(self.done) if one is event)

    def authorises(self) -> bool:
        order = (Event.DESCRIBED, Event.NOTE_SEEN, Event.MATCHED, Event.IDENTIFIED, Event.PAID, Event.SIGNED)
        return (
            self.saw(*order, Event.APPROVED)
            and not any(event in (Event.DIFFERED, Event.HELD_BACK, Event.WITHDRAWN) for event, _ in self.done)
            and self.done[-1][0] is Event.APPROVED
            and self.last(Event.APPROVED) == "tao"
            and self.last(Event.PAID) != "tao"
        )


PEOPLE = st.sampled_from((MEI, MEI, MEI, TAO, ANNA, GONE))
DEEDS = st.sampled_from((*ONE_OF_EACH, Describe(""), TakeFee(100), Sign(1), replace(IDENTIFIED, copied=False)))


@pytest.mark.rule("L07")
@settings(max_examples=EXAMPLES, deadline=None)
@given(
    before=st.integers(0, TO_APPROVAL),
    turns=st.lists(st.tuples(DEEDS, PEOPLE, st.integers(-600, 600)), max_size=25),
)
def test_no_path_through_the_procedure_opens_a_door_without_every_one_of_its_conditions(
    before: int, turns: list[tuple[Deed, Person, int]]
) -> None:
    case, witness, now = reported(), Witness(), TEN
    path = [(deed, by, 60) for deed, by in PROCEDURE[:before]] + turns
    for deed, by, seconds in path:
        now += timedelta(seconds=seconds)
        outcome = after(case, deed, by, now)
        if not isinstance(outcome, Refused):
            if isinstance(deed, OrderOpen):
                assert witness.authorises(), witness.done
            witness.done.append((event_of(deed), by.id))
            case = kept(outcome)
        assert isinstance(warrant(case, now), LostTagWarrant) == (
            witness.authorises() and abs((now - case.since).total_seconds()) <= 900
        )


SPOILT: tuple[tuple[str, object], ...] = (
    *(("step", step) for step in Step if step is not Step.APPROVED),
    ("n", 0),
    ("deposit", 0),
    ("description", ""),
    ("description", " "),
    ("described", None),
    ("note_seen", None),
    ("matched_by", ""),
    ("name", ""),
    ("address", ""),
    ("document", None),
    ("fee_fen", 0),
    ("fee_fen", 600),
    ("received_fen", 499),
    ("receipt", 0),
    ("cashier", ""),
    ("cashier", "tao"),
    ("copies", 1),
    ("signed_by", ""),
    ("approved_by", ""),
    ("since", TEN - timedelta(minutes=16)),
)


@pytest.mark.rule("L07")
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.sampled_from(SPOILT), max_size=3))
def test_whatever_stands_in_the_ledger_a_case_that_lacks_anything_opens_no_door(
    spoilt: list[tuple[str, object]],
) -> None:
    case = replace(gone_through(TO_APPROVAL), **{"since": TEN, **dict(spoilt)})  # type: ignore[arg-type] # a field and its value

    assert isinstance(warrant(case, TEN), LostTagWarrant) == (not spoilt)


def test_a_store_that_asks_no_fee_still_writes_the_taking_down() -> None:
    free = LostTagChoices(fee_fen=0)
    case = reported()
    for deed, by in PROCEDURE[:TO_APPROVAL]:
        case = done(case, TakeFee(0) if isinstance(deed, TakeFee) else deed, by, TEN, free)

    assert isinstance(warrant(case, TEN, free), LostTagWarrant)


def test_a_supervisor_who_is_a_bag_attendant_too_may_do_everything_but_both() -> None:
    both = Person("min", "周敏", frozenset({Right.BAGS, Right.SUPERVISOR}))
    case = reported()
    for deed, _ in PROCEDURE[: TO_APPROVAL - 1]:
        case = done(case, deed, both, TEN)

    assert refusal(after(case, Approve(), both, TEN)) == "周敏 took the fee: another supervisor approves"
    assert isinstance(after(case, Approve(), TAO, TEN), Case)


def test_a_document_is_entered_with_what_it_says() -> None:
    case = done(gone_through(3), Identify(" 王小明 ", " 南京路 ", CARD, copied=True), MEI, later(250))

    assert (case.name, case.address, case.document) == ("王小明", "南京路", CARD)
