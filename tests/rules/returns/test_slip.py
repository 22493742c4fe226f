from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.people.person import Person, Right
from kiosk.rules.returns.credit import Scanned, code_of, genuine, scanned
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.slip import (
    TRANSITIONS,
    Event,
    Filling,
    Goods,
    Kind,
    Refused,
    Slip,
    SlipField,
    Stage,
    fill,
    numbered,
)
from kiosk.rules.returns.slip_deeds import (
    EVENT,
    RIGHT,
    Approve,
    Check,
    Deed,
    Pay,
    Redeem,
    ShopperSigns,
    Stamp,
    Void,
    after,
    lost_fen,
)
from kiosk.rules.returns.slip_rights import RIGHTS, may
from kiosk.rules.returns.slip_rights import Deed as Right_
from tests.depth import examples
from tests.rules.returns.slips import (
    BAGS,
    DOOR,
    EXCHANGE,
    FILLING,
    KETTLE,
    KEY,
    LAN,
    LOOKED_AT,
    MEI,
    NOW,
    RECEIPT,
    TAO,
    TILL,
    TO_CHECKED,
    TO_PAID,
    TO_REDEEMED,
    TO_STAMPED,
    done,
    filled,
)


@pytest.mark.rule("R09")
def test_a_slip_has_every_field_of_the_receipt_and_of_the_clerk() -> None:
    slip = filled()

    assert (slip.receipt, slip.bought, slip.member) == (RECEIPT.number, RECEIPT.bought, RECEIPT.member)
    assert (slip.item, slip.name, slip.unit_price_fen) == (KETTLE.item, KETTLE.name, KETTLE.unit_price_fen)
    assert (slip.quantity_milli, slip.amount_fen) == (1000, 12900)
    assert (slip.phone, slip.reason, slip.clerk, slip.kind) == ("138-0013-8000", "不加热", "mei", Kind.RETURN)


def test_what_was_weighed_comes_back_by_weight_for_what_it_cost() -> None:
    slip = filled(replace(FILLING, line=2, quantity_milli=535, scanned="20001"))

    assert slip.amount_fen == 3199  # 0.535 x 59.80 = 31.993


def test_spoiled_goods_go_back_to_no_shelf() -> None:
    assert filled(replace(FILLING, spoiled=True, goods=Goods.FLOOR)).goods is Goods.SCRAP


@pytest.mark.rule("R07")
@pytest.mark.parametrize(
    ("filling", "why"),
    [
        (replace(FILLING, line=9), "has no line 9"),
        (replace(FILLING, member="999"), "not the one of the receipt"),
        (replace(FILLING, member=""), "not the one of the receipt"),
        (replace(FILLING, scanned="6900000000000"), "not what line 1 of the receipt says"),
        (replace(FILLING, scanned=""), "not what line 1 of the receipt says"),
        (replace(FILLING, line=2, scanned=""), "not what line 2 of the receipt says"),
        (replace(FILLING, quantity_milli=0), "more than 0"),
        (replace(FILLING, quantity_milli=-1000), "more than 0"),
        (replace(FILLING, quantity_milli=4000), "more comes back than was bought"),
        (replace(FILLING, quantity_milli=500), "whole number"),
        (replace(FILLING, reason="  "), "needs its reason"),
        (replace(FILLING, phone="12"), "needs the shopper's phone"),
        (replace(FILLING, phone="call me"), "needs the shopper's phone"),
        (replace(FILLING, phone="1" * 21), "needs the shopper's phone"),
    ],
)
def test_what_is_not_on_the_receipt_gets_no_slip(filling: Filling, why: str) -> None:
    refused = fill(RECEIPT, filling, "mei", NOW)

    assert isinstance(refused, Refused)
    assert why in refused.why


def test_a_card_that_was_not_used_is_not_written_on_the_slip() -> None:
    anonymous = Receipt(RECEIPT.number, RECEIPT.bought, RECEIPT.till, RECEIPT.lines)

    refused = fill(anonymous, FILLING, "mei", NOW)

    assert isinstance(refused, Refused)
    assert "no member card was used" in refused.why
    assert isinstance(fill(anonymous, replace(FILLING, member=""), "mei", NOW), Slip)


@pytest.mark.parametrize("scanned_", [KETTLE.barcode, KETTLE.item])
def test_barcode_and_item_number_both_tell_the_article(scanned_: str) -> None:
    assert filled(replace(FILLING, scanned=scanned_)).item == KETTLE.item


@pytest.mark.rule("R07")
def test_a_return_goes_its_way_from_the_clerk_to_the_cashier() -> None:
    slip = done(filled(), *TO_PAID)

    assert (slip.stage, slip.approver, slip.cashier, slip.deeds) == (Stage.SETTLED, "tao", "till", 4)
    assert slip.is_over


@pytest.mark.rule("R12")
def test_a_dearer_choice_is_topped_up() -> None:
    slip = done(filled(EXCHANGE), *TO_CHECKED)

    assert (slip.stage, slip.top_up_fen, lost_fen(slip), slip.auditor) == (Stage.CHECKED, 2100, 0, "door")
    assert slip.is_over


@pytest.mark.rule("R12")
def test_a_cheaper_choice_gives_no_change() -> None:
    slip = done(filled(EXCHANGE), *TO_STAMPED, (Redeem(10000), TILL))

    assert (slip.top_up_fen, lost_fen(slip)) == (0, 2900)
    assert not slip.is_over


@pytest.mark.rule("R12")
def test_a_slip_counts_as_cash_once() -> None:
    refused = after(done(filled(EXCHANGE), *TO_REDEEMED), Redeem(15000), TILL, NOW)

    assert isinstance(refused, Refused)


@pytest.mark.rule("R12")
def test_a_price_below_nothing_is_none() -> None:
    refused = after(done(filled(EXCHANGE), *TO_STAMPED), Redeem(-1), TILL, NOW)

    assert refused == Refused("a price is 0.00 or more")


@pytest.mark.rule("R12")
def test_at_the_door_other_goods_than_those_of_the_till_are_noticed() -> None:
    refused = after(done(filled(EXCHANGE), *TO_REDEEMED), Check(14900), DOOR, NOW)

    assert isinstance(refused, Refused)
    assert "not those that the till took the slip for" in refused.why


@pytest.mark.rule("R10")
@pytest.mark.parametrize("missing", SlipField)
def test_no_slip_is_approved_with_a_field_that_nobody_looked_at(missing: SlipField) -> None:
    slip = done(filled(), (ShopperSigns(), MEI))
    checked = tuple(field for field in SlipField if field is not missing)

    refused = after(slip, Approve(checked), TAO, NOW)

    assert isinstance(refused, Refused)
    assert missing.value in refused.why


@pytest.mark.rule("R10")
def test_the_amount_and_the_receipt_are_looked_at_first() -> None:
    slip = done(filled(), (ShopperSigns(), MEI))

    refused = after(slip, Approve(tuple(reversed(LOOKED_AT))), TAO, NOW)

    assert refused == Refused("the amount and the original receipt are looked at first")


@pytest.mark.rule("R10")
def test_nobody_approves_what_they_filled_themselves() -> None:
    slip = done(replace(filled(), clerk="tao"), (ShopperSigns(), TAO))

    refused = after(slip, Approve(LOOKED_AT), TAO, NOW)

    assert isinstance(refused, Refused)
    assert "does not approve it" in refused.why


@pytest.mark.rule("R11")
@pytest.mark.parametrize("steps", range(4))
def test_a_slip_becomes_void_with_two_signatures_as_long_as_no_money_moved(steps: int) -> None:
    slip = done(filled(), *TO_STAMPED[:steps], (Void(MEI, "写错数量"), TAO))

    assert (slip.stage, slip.voided_by, slip.void_why) == (Stage.VOID, ("mei", "tao"), "写错数量")
    assert not slip.counts
    assert slip.is_over
    assert slip.number == 1


@pytest.mark.rule("R11")
@pytest.mark.parametrize(
    ("deed", "by", "why"),
    [
        (Void(TAO, "x"), TAO, "two people sign"),
        (Void(BAGS, "x"), TAO, "may not fill a slip"),
        (Void(MEI, " "), TAO, "say why"),
        (Void(LAN, "x"), MEI, "may not approve a slip"),
    ],
)
def test_one_signature_or_a_wrong_one_makes_nothing_void(deed: Deed, by: Person, why: str) -> None:
    refused = after(filled(), deed, by, NOW)

    assert isinstance(refused, Refused)
    assert why in refused.why


@pytest.mark.rule("R11")
def test_once_money_has_moved_no_slip_becomes_void() -> None:
    for slip in (done(filled(), *TO_PAID), done(filled(EXCHANGE), *TO_REDEEMED), done(filled(EXCHANGE), *TO_CHECKED)):
        assert isinstance(after(slip, Void(MEI, "x"), TAO, NOW), Refused)


@pytest.mark.rule("R07")
def test_steps_are_done_in_their_order_only() -> None:
    deeds: tuple[tuple[Deed, Person], ...] = (
        (ShopperSigns(), MEI),
        (Approve(LOOKED_AT), TAO),
        (Stamp(), MEI),
        (Pay(), TILL),
        (Redeem(100), TILL),
        (Check(100), DOOR),
    )
    for kind, stage, (deed, by) in product(Kind, Stage, deeds):
        slip = replace(filled(), kind=kind, stage=stage, till_fen=100)
        found = after(slip, deed, by, NOW)
        wanted = TRANSITIONS.get((kind, stage, EVENT[type(deed)]))
        if wanted is None:
            assert isinstance(found, Refused)
            assert "next" in found.why
        else:
            assert isinstance(found, Slip)
            assert found.stage is wanted


def test_every_stage_is_reached_and_void_is_the_end() -> None:
    assert set(TRANSITIONS.values()) == set(Stage) - {Stage.FILLED}
    assert not [stage for _, stage, _ in TRANSITIONS if stage is Stage.VOID]
    assert {event for _, _, event in TRANSITIONS} == set(Event)
    assert set(EVENT.values()) == set(RIGHT) == set(Event)


def test_each_right_has_its_deeds_and_each_deed_somebody() -> None:
    assert set(RIGHTS) == set(Right)
    assert set().union(*RIGHTS.values()) == set(Right_)


def test_who_may_not_is_told_who_may() -> None:
    today = NOW.date()

    assert may(BAGS, Right_.SETTLE, today) == "吴包 may not settle a slip at the till: a cashier who is trained may"
    assert "the training is missing" in may(replace(MEI, trained_on=None), Right_.FILL, today)
    assert may(replace(TAO, removed=True), Right_.APPROVE, today)
    assert may(TAO, Right_.APPROVE, today) == ""


@pytest.mark.rule("R12")
def test_the_code_on_a_slip_is_the_stores_own_and_of_that_amount() -> None:
    slip = filled(EXCHANGE, number=7)
    code = scanned(f" {code_of(slip, KEY).lower()}\n")
    assert code is not None

    assert genuine(code, slip, KEY)
    assert not genuine(code, replace(slip, amount_fen=99900), KEY)
    assert not genuine(code, replace(slip, number=8), KEY)
    assert not genuine(code, slip, bytes(32))
    assert not genuine(Scanned(7, "AAAAAAAA"), slip, KEY)


@settings(max_examples=examples(100))
@given(st.text(max_size=40))
def test_any_other_code_is_no_slips(text: str) -> None:
    assert scanned(text) is None


def test_numbers_are_printed_with_six_digits_and_more_once_they_need_them() -> None:
    assert [numbered(7), numbered(1234567)] == ["000007", "1234567"]
