from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.rules.returns.clause import Clause, Effect, Reason, Remedy
from kiosk.rules.returns.goods import Trait, folded
from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.soundness import kinds_of_goods, unsound
from kiosk.units import Language
from tests.rules.returns.policies import demo_book

BOOK = demo_book()
EN = Language("en")


def without(*ids: str) -> PolicyBook:
    return replace(BOOK, clauses=tuple(clause for clause in BOOK.clauses if clause.id not in ids))


@pytest.mark.rule("R05")
def test_the_demo_stores_policy_leaves_nothing_open_and_no_clause_idle() -> None:
    found = unsound(BOOK)

    assert (found.gaps, found.silent, found.endless) == ((), (), ())


def test_a_period_that_nobody_closed_is_found_with_its_first_day() -> None:
    gaps = unsound(without("R02-after-15")).gaps

    assert {gap.day for gap in gaps} == {16, 31}
    assert {gap.traits & {Trait.APPLIANCE} for gap in gaps} == {frozenset({Trait.APPLIANCE})}
    assert Reason.FAULT in {gap.reason for gap in gaps}


def test_a_change_of_the_policy_that_leaves_a_day_between_is_found() -> None:
    ended = tuple(
        replace(clause, valid_until=date(2026, 12, 31)) if clause.id == "R04-fault" else clause
        for clause in BOOK.clauses
    )

    gaps = unsound(replace(BOOK, clauses=ended)).gaps

    assert {gap.since for gap in gaps} == {date(2027, 1, 1)}
    assert {gap.day for gap in gaps} == {0, 8, 16}


def test_a_clause_that_nothing_can_reach_is_found() -> None:
    idle = Clause(
        "X", ("R05",), Effect.REFUSE, {EN: "x"}, {EN: "x"},
        goods=frozenset({Trait.HYGIENE}), not_goods=frozenset({Trait.HYGIENE}),
    )  # fmt: skip

    assert unsound(replace(BOOK, clauses=(*BOOK.clauses, idle))).silent == (idle,)


def test_a_last_day_that_there_cannot_be_is_found() -> None:
    hygiene = next(clause for clause in BOOK.clauses if clause.id == "R05-hygiene")
    promising = replace(hygiene, next_step={EN: "Come back by {until}."})
    clauses = tuple(promising if clause is hygiene else clause for clause in without("R05-clearance").clauses)

    found = unsound(replace(BOOK, clauses=(*clauses[:1], promising)))

    assert found.endless == (promising,)


def test_a_till_marks_appliances_and_clearance_whatever_the_category() -> None:
    kinds = kinds_of_goods(BOOK)

    assert frozenset() in kinds
    assert frozenset({Trait.HYGIENE, Trait.CLEARANCE, Trait.APPLIANCE}) in kinds


def test_a_category_is_known_however_the_till_writes_it() -> None:
    policy = BOOK.on(date(2026, 11, 1))

    assert policy.categories[folded(" ＡＵＤＩＯ-Video ")] == policy.categories["影音数码"]


def test_remedies_are_offered_in_one_order() -> None:
    assert list(Remedy) == [Remedy.REFUND, Remedy.EXCHANGE, Remedy.REPAIR]


def test_a_grant_that_never_ends_names_no_last_day() -> None:
    for_ever = Clause("X", ("R01",), Effect.GRANT, {EN: "x"}, {EN: "By {until}."}, remedies=frozenset({Remedy.REFUND}))
    papers = next(clause for clause in BOOK.clauses if clause.id == "R01-receipt")
    period = next(clause for clause in BOOK.clauses if clause.id == "R05-30-days")

    assert unsound(PolicyBook((papers, period, for_ever), (), BOOK.phrases)).endless == (papers, for_ever)
    assert unsound(PolicyBook((papers, period), (), BOOK.phrases)).endless == (), "the papers are told last"
