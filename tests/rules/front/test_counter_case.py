"""What a return clerk is asked, and what the policy says to it: with the demo store's policy, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.form import Choice, problem, problems
from kiosk.rules.front.counter_case import CounterCase, forget_case
from kiosk.rules.returns.clause import Reason, Remedy
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.pickup import Occasion, Trial, Tried
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.slip import Goods, Kind, Slip, fill
from kiosk.rules.returns.slip_words import WORDS
from kiosk.units import LANGUAGES
from tests.depth import examples
from tests.rules.returns.policies import article, demo_book
from tests.rules.returns.slips import NOW

MEMBER = "880012345"
CUP = article(n=1, item="30112", barcode="6901234500112", name="茶杯", quantity_milli=3000)
KETTLE = article("appliance", n=2, item="20417", barcode="6901", name="电水壶", quantity_milli=1000, serial="SN-77")
SOCKS = article("hygiene", n=3, item="70001", barcode="", name="棉袜", quantity_milli=1000)
BEEF = article("fresh", n=4, item="50001", barcode="", name="牛腩", quantity_milli=535)
SPEAKERS = article("audio", n=5, item="60001", barcode="6905", name="音箱", quantity_milli=2000, serial="SN-5")
BOUGHT = Receipt("R0100000009", NOW - timedelta(days=5), "03", (CUP, KETTLE, SOCKS, BEEF, SPEAKERS), MEMBER, True)
CASE = CounterCase(demo_book(), BOUGHT, BOUGHT.bought.date(), NOW.date())
SAID = (("receipt", BOUGHT.number), ("line", "1"), ("quantity", "2"), ("wish", "refund"), ("reason", "fault"),
        ("outcome", "person"), ("remedy", "refund"))  # fmt: skip
TOLD = {
    **{"scanned": "6901234500112", "member": MEMBER, "quantity": "1", "wish": "refund", "reason": "fault"},
    **{"paper-invoice": "yes", "paper-test-record": "yes", "paper-warranty-card": "yes", "as-said": "yes"},
    **{"whole": "yes", "worn": "no", "cause": "nothing", "fault": "yes", "granted": "refund", "goods": "floor"},
    **{"note": "", "phone": "13800138000", "serial": "SN-77"},
}


def asked(case: CounterCase, **told: str) -> dict[str, str]:
    """The answers, page by page, as somebody gives them; up to a page that nobody answers."""
    wanted = {**TOLD, **told}
    answers: dict[str, str] = {}
    while left := [page for page in case(answers) if page.id not in answers]:
        if wanted.get(left[0].id, "?") == "?" or problem(left[0], wanted[left[0].id]):
            return answers
        answers[left[0].id] = wanted[left[0].id]
    return answers


def wrong(case: CounterCase, page: str, **told: str) -> str:
    """What is said of an answer that does not fit."""
    answers = asked(case, **{**told, page: "?"})
    asks = next(one for one in case(answers) if one.id == page)
    return problem(asks, told[page])


@pytest.mark.rule("R07")
@pytest.mark.rule("R09")
def test_a_receipt_without_the_kiosk_becomes_a_slip_by_scanner_and_finger() -> None:
    told = asked(CASE)

    filling, judged = CASE.filling(told, WORDS[LANGUAGES[0]].reasons), CASE.judged(told)

    assert problems(CASE.form, told) == {}
    assert filling is not None
    assert judged is not None
    slip = fill(BOUGHT, filling, "mei", NOW)
    assert isinstance(slip, Slip), slip
    assert (slip.line, slip.quantity_milli, slip.kind, slip.reason) == (1, 1000, Kind.RETURN, "有质量问题")
    assert (slip.goods, slip.member, slip.phone) == (Goods.FLOOR, MEMBER, "13800138000")
    assert (judged.outcome, judged.remedy, judged.record, judged.differs) == (Outcome.ACCEPT, Remedy.REFUND, 0, False)
    assert {"member", "phone", "note"} & dict(judged.said).keys() == set()


@pytest.mark.rule("R07")
def test_what_the_shopper_said_at_the_kiosk_is_not_asked_again_and_may_be_taken_back() -> None:
    case = replace(CASE, said=SAID, record=7)

    as_said = asked(case)
    anew = asked(case, **{"as-said": "no", "wish": "exchange"})
    undecided = asked(case, **{"as-said": "?"})

    assert {"quantity", "wish", "reason"} & as_said.keys() == set()
    filling = case.filling(as_said, WORDS[LANGUAGES[0]].reasons)
    assert filling is not None
    assert filling.quantity_milli == 2000
    judged = case.judged(as_said)
    assert judged is not None
    assert (judged.record, judged.kiosk, judged.differs) == (7, Outcome.PERSON, True)
    assert anew["wish"] == "exchange"
    assert case.case(undecided) is None
    assert case.judged(undecided) is None
    assert case.decision(undecided) is None


@pytest.mark.rule("R07")
@pytest.mark.parametrize(
    ("page", "told", "said"),
    [
        ("scanned", {"scanned": "1"}, "this is on no line of the receipt"),
        ("member", {"member": "99"}, "the member card is not the one of the receipt"),
        ("serial", {"scanned": "6901", "serial": "SN-78"}, "the receipt names serial number SN-77"),
        ("quantity", {"quantity": "4"}, "only 3 can come back"),
        ("quantity", {"quantity": "x"}, "write a number"),
        ("phone", {"phone": "12"}, "a slip needs the shopper's phone"),
        ("granted", {"granted": "refund", "worn": "yes"}, "Please choose one of these"),
    ],
)
def test_what_does_not_fit_the_receipt_is_said_on_its_page(page: str, told: dict[str, str], said: str) -> None:
    assert said in wrong(CASE, page, **told)


@pytest.mark.rule("R07")
def test_another_article_than_the_one_that_was_chosen_and_one_that_came_back_are_told() -> None:
    chosen = replace(CASE, said=SAID)
    spent = replace(CASE, back=((2, 1000),))

    assert "this is not what line 1 of the receipt says (茶杯)" in wrong(chosen, "scanned", scanned="6901")
    assert wrong(spent, "scanned", scanned="6901") == "all of it has come back already"
    assert CASE.line({"scanned": " 20417 "}) == KETTLE


@pytest.mark.rule("R06")
def test_in_doubt_the_clerk_decides_with_our_advice_first_and_may_grant_something_else() -> None:
    told = asked(CASE, fault="unsure", granted="?")

    (granted,) = (page for page in CASE(told) if page.id == "granted")

    assert isinstance(granted, Choice)
    assert [one.id for one in granted.options] == ["refund", "exchange", "repair", "nothing"]
    done = asked(CASE, fault="unsure", granted="exchange")
    filling = CASE.filling(done, WORDS[LANGUAGES[0]].reasons)
    assert filling is not None
    assert filling.kind is Kind.EXCHANGE


@pytest.mark.rule("R04")
def test_what_the_policy_refuses_fills_no_slip() -> None:
    told = asked(CASE, worn="yes", granted="nothing")
    socks = asked(CASE, scanned="70001", granted="nothing")

    for answers in (told, socks):
        judged = CASE.judged(answers)
        assert judged is not None
        assert judged.outcome is Outcome.REFUSE
        assert CASE.filling(answers, WORDS[LANGUAGES[0]].reasons) is None
        assert problems(CASE.form, answers) == {}
    assert CASE.filling({}, {}) is None


@pytest.mark.rule("R03")
def test_a_test_of_ours_stands_for_the_paper_and_for_the_fault_it_found() -> None:
    dead = Trial(1, 0, BOUGHT.number, 2, NOW, "mei", Occasion.RETURN, "SN-77", frozenset(Tried), frozenset(Tried))
    pair = replace(dead, line=5, serial="SN-5")

    usual = asked(CASE, scanned="6901")
    tested = asked(replace(CASE, tests=(dead,)), scanned="6901")
    named = asked(replace(CASE, tests=(pair,)), scanned="6905", serial="SN-5")
    another = asked(replace(CASE, tests=(pair,)), scanned="6905", serial="SN-6")

    assert {"paper-test-record", "fault"} <= usual.keys()
    assert {"paper-test-record", "fault"} & tested.keys() == set()
    judged = replace(CASE, tests=(dead,)).judged(tested)
    assert judged is not None
    assert judged.outcome is Outcome.ACCEPT
    assert "paper-test-record" not in named
    assert "paper-test-record" in another


@pytest.mark.rule("R14")
def test_fresh_goods_come_back_whole_and_spoiled_ones_are_scrapped_unasked() -> None:
    told = asked(CASE, scanned="50001", reason="spoiled")

    filling = CASE.filling(told, WORDS[LANGUAGES[0]].reasons)

    assert filling is not None
    assert (filling.quantity_milli, filling.fresh, filling.spoiled) == (535, True, True)
    assert filling.goods is Goods.SCRAP
    assert "goods" not in told


def test_a_receipt_without_a_member_asks_for_no_card_and_a_till_ahead_of_us_is_no_matter() -> None:
    case = replace(CASE, receipt=replace(BOUGHT, member=""), today=CASE.bought_on - timedelta(days=1))

    told = asked(case)

    assert "member" not in told
    assert case.decision(told) is not None


@pytest.mark.rule("R07")
@settings(max_examples=examples(10))
@given(st.data())
def test_whatever_is_answered_ends_in_a_slip_that_the_rule_takes_or_in_none(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(["6901234500112", "6901", "70001", "50001", "6905"]))
    case = data.draw(st.sampled_from([CASE, replace(CASE, said=SAID)]))
    answers: dict[str, str] = {}
    forget_case()
    while left := [page for page in case(answers) if page.id not in answers]:
        page = left[0]
        if isinstance(page, Choice):
            answers[page.id] = data.draw(st.sampled_from([one.id for one in page.options]))
        elif page.id == "scanned":
            answers[page.id] = "6901234500112" if case.said else lines
        else:
            answers[page.id] = "SN-77" if page.id == "serial" else TOLD[page.id]
        assert len(answers) < 25

    filling = case.filling(answers, {reason: reason.value for reason in Reason})

    assert problems(case.form, answers) == {}
    if filling is not None:
        assert isinstance(fill(BOUGHT, filling, "mei", NOW), Slip)
    else:
        assert answers["granted"] in ("nothing", "repair")
