from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.rules.returns.clause import Answer, Clause, Effect, Paper, Question, Reason, Remedy
from kiosk.rules.returns.decision import Decision, Outcome, Tell, decide
from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.receipt import BadReceipt
from tests.rules.returns.policies import BOUGHT, EVERY_PAPER, FLAWLESS, article, case, demo_book

ACCEPT, REFUSE, PERSON = Outcome.ACCEPT, Outcome.REFUSE, Outcome.PERSON
REFUND, EXCHANGE, REPAIR = Remedy.REFUND, Remedy.EXCHANGE, Remedy.REPAIR
BOOK = demo_book()


def decided(goods: str = "other", age: int = 3, **changes: Any) -> Decision:
    return decide(BOOK, case(goods, age, **changes))


def by(decision: Decision) -> str:
    assert decision.deciding is not None
    return decision.deciding.id


@pytest.mark.rule("R02")
@pytest.mark.parametrize(
    ("age", "wish", "outcome", "remedy"),
    [
        (0, REFUND, ACCEPT, REFUND),
        (7, REFUND, ACCEPT, REFUND),
        (7, EXCHANGE, ACCEPT, EXCHANGE),
        (7, REPAIR, ACCEPT, REPAIR),
        (8, REFUND, REFUSE, EXCHANGE),
        (8, EXCHANGE, ACCEPT, EXCHANGE),
        (15, REPAIR, ACCEPT, REPAIR),
        (15, REFUND, REFUSE, EXCHANGE),
        (16, EXCHANGE, REFUSE, None),
        (16, REPAIR, REFUSE, None),
        (16, REFUND, REFUSE, None),
    ],
)
@pytest.mark.parametrize("goods", ["appliance", "appliance by its mark", "audio"])
def test_a_faulty_appliance_is_refunded_for_7_days_and_exchanged_or_repaired_for_15(
    goods: str, age: int, wish: Remedy, outcome: Outcome, remedy: Remedy | None
) -> None:
    decision = decided(goods, age, wish=wish)

    assert (decision.outcome, decision.remedy) == (outcome, remedy)
    assert by(decision) == ("R02-7-days" if age <= 7 else "R02-15-days" if age <= 15 else "R02-after-15")


@pytest.mark.rule("R02")
def test_an_appliance_comes_back_for_a_fault_alone() -> None:
    assert by(decided("appliance", reason=Reason.UNWANTED, wish=EXCHANGE)) == "R02-fault-only"
    assert by(decided("appliance", answers={**FLAWLESS, Question.FAULT: Answer.NO})) == "R02-no-fault"


@pytest.mark.rule("R03")
@pytest.mark.parametrize(
    ("cause", "clause"),
    [(Answer.USE, "R03-use"), (Answer.OPENED, "R03-opened"), (Answer.DISASTER, "R03-disaster")],
)
@pytest.mark.parametrize("wish", list(Remedy))
def test_an_appliance_that_was_harmed_is_refused_whatever_is_wished(cause: Answer, clause: str, wish: Remedy) -> None:
    decision = decided("appliance", answers={**FLAWLESS, Question.CAUSE: cause}, wish=wish)

    assert (decision.outcome, decision.remedy, by(decision)) == (REFUSE, None, clause)


@pytest.mark.rule("R03")
@pytest.mark.rule("R17")
@pytest.mark.parametrize(
    ("paper", "clause"), [(Paper.TEST_RECORD, "R03-test-record"), (Paper.WARRANTY_CARD, "R03-warranty-card")]
)
def test_an_appliance_needs_its_test_record_and_its_warranty_card(paper: Paper, clause: str) -> None:
    decision = decided("appliance", papers=EVERY_PAPER - {paper})

    assert (decision.outcome, by(decision)) == (REFUSE, clause)
    assert decision.until == BOUGHT + timedelta(days=7), "until then it helps to bring it"
    assert decided("other", papers=EVERY_PAPER - {paper}).outcome is ACCEPT


@pytest.mark.rule("R01")
def test_a_return_needs_the_receipt_and_the_invoice_where_one_was_issued() -> None:
    assert by(decided(papers=frozenset())) == "R01-receipt"
    assert by(decided(papers=frozenset({Paper.RECEIPT}), invoiced=True)) == "R01-invoice"
    assert decided(papers=frozenset({Paper.RECEIPT})).outcome is ACCEPT


@pytest.mark.rule("R01")
@pytest.mark.rule("R05")
@pytest.mark.parametrize("wish", [REFUND, EXCHANGE])
@pytest.mark.parametrize("goods", ["other", "fresh", "cosmetics"])
def test_other_goods_come_back_within_30_days(goods: str, wish: Remedy) -> None:
    assert decided(goods, 30, wish=wish).outcome is ACCEPT
    late = decided(goods, 31, wish=wish)
    assert (late.outcome, late.remedy, by(late), late.until) == (REFUSE, None, "R05-30-days", None)


@pytest.mark.rule("R04")
def test_a_refund_needs_a_fault_that_the_return_desk_has_confirmed() -> None:
    open_fault = {**FLAWLESS, Question.FAULT: Answer.UNSURE}

    assert decided().outcome is ACCEPT
    assert decided(answers=open_fault).outcome is PERSON
    refused = decided(answers={**FLAWLESS, Question.FAULT: Answer.NO})
    assert (refused.outcome, refused.remedy, by(refused)) == (REFUSE, EXCHANGE, "R04-no-fault")


@pytest.mark.rule("R04")
def test_what_just_does_not_please_is_exchanged_and_not_refunded() -> None:
    refused = decided(reason=Reason.UNWANTED)

    assert (refused.outcome, refused.remedy, by(refused)) == (REFUSE, EXCHANGE, "R04-fault-only")
    assert decided(reason=Reason.UNWANTED, wish=EXCHANGE).outcome is ACCEPT


@pytest.mark.rule("R04")
def test_traces_of_use_and_wrong_use_are_refused() -> None:
    worn = decided(answers={**FLAWLESS, Question.WORN: Answer.YES})
    misused = decided(answers={**FLAWLESS, Question.CAUSE: Answer.USE})

    assert (worn.outcome, by(worn)) == (REFUSE, "R04-worn")
    assert (misused.outcome, misused.remedy, by(misused)) == (REFUSE, None, "R04-wrong-use")


@pytest.mark.rule("R05")
@pytest.mark.parametrize(
    ("goods", "clause"),
    [
        ("clearance", "R05-clearance"),
        ("clearance appliance", "R05-clearance"),
        ("hygiene", "R05-hygiene"),
        ("consumable", "R05-consumable"),
    ],
)
@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("wish", list(Remedy))
def test_what_is_never_taken_back_is_refused_for_any_reason(
    goods: str, clause: str, reason: Reason, wish: Remedy
) -> None:
    decision = decided(goods, wish=wish, reason=reason)

    assert (decision.outcome, decision.remedy, by(decision)) == (REFUSE, None, clause)


@pytest.mark.rule("R05")
def test_tobacco_and_alcohol_stay_sold_except_as_the_law_demands() -> None:
    unwanted = decided("tobacco-alcohol", reason=Reason.UNWANTED, wish=EXCHANGE)
    false = decided("tobacco-alcohol", reason=Reason.MISTAKE)

    assert (unwanted.outcome, by(unwanted)) == (REFUSE, "R05-tobacco-alcohol")
    assert (false.outcome, false.remedy, by(false)) == (PERSON, REFUND, "R05-law")


@pytest.mark.rule("R05")
@pytest.mark.parametrize("goods", ["other", "appliance"])
def test_what_lacks_its_packaging_or_parts_is_refused(goods: str) -> None:
    decision = decided(goods, answers={**FLAWLESS, Question.WHOLE: Answer.NO})

    assert (decision.outcome, by(decision)) == (REFUSE, "R05-packaging")


@pytest.mark.rule("R06")
@pytest.mark.parametrize("question", list(Question))
@pytest.mark.parametrize("wish", [REFUND, EXCHANGE])
def test_what_nobody_is_sure_of_goes_to_a_person_with_the_shoppers_wish_as_our_advice(
    question: Question, wish: Remedy
) -> None:
    for goods in ("other", "appliance"):
        decision = decided(goods, wish=wish, answers={**FLAWLESS, question: Answer.UNSURE})

        matters = decided(goods, wish=wish, answers={**FLAWLESS, question: Answer.NO}).outcome is REFUSE or (
            decided(goods, wish=wish, answers={**FLAWLESS, question: Answer.YES}).outcome is REFUSE
        )
        if question is Question.CAUSE or matters:
            assert (decision.outcome, decision.remedy) == (PERSON, wish), goods
            assert decision.deciding in decision.open
        else:
            assert decision.outcome is ACCEPT, goods


@pytest.mark.rule("R06")
@pytest.mark.parametrize("wish", list(Remedy))
@pytest.mark.parametrize("goods", ["other", "appliance", "hygiene"])
def test_a_case_in_doubt_goes_to_a_person_and_what_is_wished_is_our_advice(goods: str, wish: Remedy) -> None:
    for changes in ({}, {"answers": {**FLAWLESS, Question.CAUSE: Answer.USE}}, {"reason": Reason.UNWANTED}):
        decision = decided(goods, wish=wish, doubt=True, **changes)

        assert (decision.outcome, decision.remedy) == (PERSON, wish)


@pytest.mark.rule("R06")
def test_what_the_store_did_wrong_goes_to_a_person_who_puts_it_right() -> None:
    for goods, age in (("other", 30), ("appliance", 15)):
        decision = decided(goods, age, reason=Reason.MISTAKE)
        assert (decision.outcome, decision.remedy) == (PERSON, REFUND)
        assert by(decision).startswith("R06-mistake")
        assert decided(goods, age + 1, reason=Reason.MISTAKE).outcome is REFUSE
    repair = decided(reason=Reason.MISTAKE, wish=REPAIR)
    assert (repair.outcome, repair.remedy) == (REFUSE, REFUND)


@pytest.mark.rule("R06")
def test_where_the_wish_cannot_be_had_but_another_may_be_that_is_offered() -> None:
    unsure = decided("appliance", 10, answers={**FLAWLESS, Question.CAUSE: Answer.UNSURE})

    assert (unsure.outcome, unsure.remedy, unsure.until) == (REFUSE, EXCHANGE, BOUGHT + timedelta(days=15))


@pytest.mark.rule("R14")
def test_fresh_goods_call_their_department_and_spoiled_ones_the_supervisor() -> None:
    assert decided("fresh").tell == {Tell.DEPARTMENT_AT_ONCE}
    assert decided("fresh", reason=Reason.SPOILED).tell == {Tell.DEPARTMENT_AT_ONCE, Tell.SUPERVISOR_URGENTLY}
    assert decided("fresh", 31, reason=Reason.SPOILED).tell == {Tell.SUPERVISOR_URGENTLY}, "it stays, they must know"
    assert decided("other", reason=Reason.SPOILED).tell == {Tell.SUPERVISOR_URGENTLY}
    assert decided("fresh", 31).tell == frozenset()


@pytest.mark.rule("R15")
def test_goods_of_a_vendor_with_staff_in_the_house_may_be_handled_with_them() -> None:
    assert decided("cosmetics").tell == {Tell.VENDOR_STAFF}
    assert decided("cosmetics", 31).tell == frozenset()


@pytest.mark.rule("R02")
def test_a_period_that_ends_while_the_store_is_shut_runs_to_the_next_open_day() -> None:
    shut = {BOUGHT + timedelta(days=7), BOUGHT + timedelta(days=8), BOUGHT + timedelta(days=30)}
    book = replace(BOOK, shut=shut.__contains__)

    assert decide(book, case("appliance", 9)).outcome is ACCEPT
    assert by(decide(book, case("appliance", 9))) == "R02-7-days"
    assert by(decide(book, case("appliance", 10))) == "R02-15-days"
    assert decide(book, case("other", 31)).outcome is ACCEPT
    assert decide(book, case("other", 31)).until == BOUGHT + timedelta(days=31)
    assert decide(book, case("other", 32)).outcome is REFUSE


def test_a_store_that_is_shut_for_good_has_periods_that_end() -> None:
    assert decide(replace(BOOK, shut=lambda _: True), case("other", 400)).outcome is REFUSE


@pytest.mark.rule("R01")
def test_the_policy_of_the_day_of_purchase_decides_and_not_todays() -> None:
    new_year = date(2027, 1, 1)
    old = tuple(
        replace(clause, valid_until=new_year - timedelta(days=1)) if clause.id == "R04-fault" else clause
        for clause in BOOK.clauses
    )
    generous = replace(
        next(one for one in BOOK.clauses if one.id == "R04-fault"),
        id="R04-fault-2027", to_day=60, valid_from=new_year,
    )  # fmt: skip
    longer = tuple(
        replace(clause, from_day=61, id="R05-60-days", valid_from=new_year)
        for clause in BOOK.clauses
        if clause.id == "R05-30-days"
    )
    first = tuple(
        replace(one, valid_until=new_year - timedelta(days=1)) if one.id == "R05-30-days" else one for one in old
    )
    book = PolicyBook((*first, generous, *longer), BOOK.categories, BOOK.phrases)

    bought_before = replace(case(), bought_on=date(2026, 12, 31), today=date(2027, 2, 1))
    bought_after = replace(case(), bought_on=new_year, today=date(2027, 2, 1))

    assert by(decide(book, bought_before)) == "R05-30-days"
    assert by(decide(book, bought_after)) == "R04-fault-2027"
    assert book.changes() == (date.min, new_year)


def test_a_category_may_change_and_old_receipts_are_read_as_they_were_sold() -> None:
    cosmetics = next(one for one in BOOK.categories if one.id == "cosmetics")
    stricter = replace(cosmetics, id="c2", traits=frozenset({*cosmetics.traits}), valid_from=date(2027, 1, 1))
    book = replace(BOOK, categories=(replace(cosmetics, valid_until=date(2026, 11, 1)), stricter))

    assert decide(book, case("cosmetics")).tell == frozenset(), "in November 2026 it was in no category"
    assert decide(book, replace(case("cosmetics"), bought_on=date(2026, 11, 1))).tell == {Tell.VENDOR_STAFF}


def test_a_policy_that_says_nothing_leaves_it_to_a_person_and_to_the_shoppers_wish() -> None:
    silent = PolicyBook((), (), BOOK.phrases)

    decision = decide(silent, case(wish=EXCHANGE))

    assert (decision.outcome, decision.remedy, decision.hits, decision.deciding) == (PERSON, EXCHANGE, (), None)


def test_every_clause_that_speaks_is_named_and_the_deciding_one_comes_first() -> None:
    decision = decided("other", 31, wish=REFUND, papers=frozenset(), answers={**FLAWLESS, Question.WORN: Answer.YES})

    assert [clause.id for clause in decision.hits] == ["R05-30-days", "R04-worn", "R01-receipt"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity_milli": 0}, "quantity"),
        ({"quantity_milli": -1000}, "quantity"),
        ({"quantity_milli": 3000}, "quantity"),
        ({"quantity_milli": 1500}, "quantity"),
        ({"today": BOUGHT - timedelta(days=1)}, "bought"),
    ],
)
def test_a_case_that_cannot_be_is_refused_with_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadReceipt) as refused:
        case(**changes)

    assert refused.value.field == field


def test_what_was_weighed_comes_back_by_weight() -> None:
    meat = article("fresh", quantity_milli=1535)

    assert case(line=meat, quantity_milli=535).quantity_milli == 535


@pytest.mark.parametrize(
    "wrong",
    [
        {"effect": Effect.REFUSE, "remedies": frozenset({REFUND})},
        {"effect": Effect.GRANT},
        {"effect": Effect.GRANT, "remedies": frozenset({REFUND}), "missing": frozenset({Paper.RECEIPT})},
    ],
)
def test_a_clause_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^X: "):
        Clause("X", ("R01",), text={}, next_step={}, **wrong)


def test_a_book_crosses_to_another_process_as_it_is() -> None:
    decided()  # what was picked from it stays behind

    there = pickle.loads(pickle.dumps(BOOK))

    assert there == BOOK
    assert decide(there, case("appliance", 8)).hits == decided("appliance", 8).hits
