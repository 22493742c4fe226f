"""The services that staff alone use: invoices, change, gifts, consumables, trolleys, handover, members, bulk orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.rules.forms.form import problems
from kiosk.rules.service import change, consumable, gift, invoice, member, trolley
from kiosk.rules.service.asking import a_number, some
from kiosk.rules.service.bulk_order import SERVICE as BULK
from kiosk.rules.service.bulk_order import a_day, lines, lines_of, sheet
from kiosk.rules.service.choices import Campaign, ChangeLimits, Consumable
from kiosk.rules.service.handover import SERVICE as HANDOVER
from kiosk.rules.service.handover import began, figures
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Around, Refused, Service
from kiosk.rules.service.stock import level
from kiosk.units import LANGUAGES
from tests.rules.service.services import LEAD, TEN, WANG

DAY = timedelta(days=1)
COUPON = Consumable("coupon", {LANGUAGES[2]: "Parking coupon"}, 50)
AUTUMN = Campaign("autumn", {LANGUAGES[2]: "Autumn"}, "Mizuno", date(2026, 11, 20), date(2026, 11, 24))
STOCK = consumable.kept_here(consumable.SERVICE, (COUPON,))
GIFTS = gift.given_here(gift.SERVICE, (AUTUMN,))
CHANGE = change.within(change.SERVICE, ChangeLimits(daily=50, each=20))


def written(service: Service, told: Mapping[str, str], *, days: int = 0, stage: str = "") -> Record:
    begun = service.begun(told, "wang", TEN + days * DAY)
    assert isinstance(begun, Record), begun
    return replace(begun, stage=stage or begun.stage)


def done(service: Service, record: Record, deed: str, told: Mapping[str, str] | None = None) -> Record:
    moved = service.after(record, Done(TEN, "zhao", deed, told or {}), LEAD)
    assert isinstance(moved, Record), moved
    return moved


def bill(receipt: str, number: int, book: str = "goes-on", stage: str = "") -> Record:
    told = {"receipt": receipt, "invoice": str(number), "book": book, "amount": "12.50", "buyer": "和风公司"}
    return written(invoice.SERVICE, told, stage=stage)


@pytest.mark.rule("S12")
def test_an_invoice_has_the_next_number_of_its_book_and_a_void_one_stays_used() -> None:
    issued = (bill("r1", 41), bill("r2", 42, stage="void"))

    assert invoice.objects(bill("r3", 43), issued) is None
    assert invoice.objects(bill("r3", 44), issued) == Refused("the next invoice of the book is 43")
    assert invoice.objects(bill("r3", 42), issued) == Refused("invoice 42 is used already")
    assert invoice.objects(bill("r3", 9001, "new"), issued) is None
    assert invoice.objects(bill("r3", 7), ()) is None


@pytest.mark.rule("S12")
def test_there_is_one_invoice_for_each_receipt_unless_it_was_made_void() -> None:
    assert invoice.SERVICE.once(bill("r1", 41)) == "r1"
    assert invoice.SERVICE.stays

    void = done(invoice.SERVICE, bill("r1", 41), "void", {"remark": "抬头写错"})

    assert invoice.SERVICE.once(void) == ""
    assert isinstance(invoice.SERVICE.after(bill("r1", 41), Done(TEN, "wang", "void", {"remark": "x"}), WANG), Refused)
    assert done(invoice.SERVICE, bill("r1", 41), "file").stage == "filed"


@pytest.mark.rule("S12")
@pytest.mark.parametrize("amount", ["0", "0.00", "-1", "1.234", "a", ".5", ""])
def test_no_invoice_is_made_out_for_what_is_no_amount(amount: str) -> None:
    told = bill("r1", 1).answers

    assert isinstance(invoice.SERVICE.begun({**told, "amount": amount}, "wang", TEN), Refused)


def coins(yuan: float, whose: str = "till 3", wanted: str = "coins", days: int = 0) -> Record:
    return written(CHANGE, {"wanted": wanted, "yuan": str(yuan), "whose": whose}, days=days)


@pytest.mark.rule("S13")
def test_change_is_given_up_to_the_limit_of_a_person_and_of_the_day() -> None:
    given = (coins(15), coins(10, "a"), coins(15, "b"), replace(coins(1), answers={}))

    assert CHANGE.objects(coins(5), given) is None
    assert CHANGE.objects(coins(6), given) == Refused("5.00 yuan more for this person today, of 20.00")
    assert CHANGE.objects(coins(11, "c"), given) == Refused("10.00 yuan of change are left for today, of 50.00")
    assert CHANGE.objects(coins(20, days=1), given) is None
    assert CHANGE.objects(coins(5.01), given) == Refused("5.00 yuan more for this person today, of 20.00")
    assert CHANGE.objects(coins(0.5, "b"), (coins(19.5, "b"),)) is None


@pytest.mark.rule("S13")
def test_notes_are_not_changed_into_notes_and_that_is_said_politely() -> None:
    refused = CHANGE.objects(coins(1, wanted="notes"), ())

    assert refused is not None
    assert refused.why.startswith("please say: ")


def moved(thing: str, move: str, quantity: int, **told: str) -> Record:
    return Record("x", 1, TEN, "wang", "closed", TEN, {"thing": thing, "move": move, "quantity": str(quantity)} | told)


@pytest.mark.rule("S11")
def test_a_stock_is_what_was_counted_last_and_what_has_come_and_gone_since() -> None:
    moves = (moved("coupon", "out", 3), moved("coupon", "count", 60), moved("leaflet", "out", 9))
    assert level(moves[:1], "coupon") is None

    there = (*moves, moved("coupon", "out", 12), moved("coupon", "in", 4), replace(moves[0], answers={}))

    assert level(there, "coupon") == 52
    assert consumable.low_of(COUPON, there) == ""
    assert consumable.low_of(COUPON, (*there, moved("coupon", "out", 3))) == "49 of coupon are left: order more"
    assert consumable.low_of(COUPON, ()) == ""


@pytest.mark.rule("S11")
def test_no_more_is_handed_out_than_is_there_as_far_as_anybody_knows() -> None:
    asked = written(STOCK, {"thing": "coupon", "move": "out", "quantity": "5"})
    there = (moved("coupon", "count", 4),)

    assert STOCK.objects(asked, there) == Refused("4 of coupon are there: count them again if that is not so")
    assert STOCK.objects(asked, ()) is None
    assert STOCK.objects(written(STOCK, {"thing": "coupon", "move": "in", "quantity": "5"}), there) is None
    assert problems(STOCK.form, {"thing": "coupon", "move": "out", "quantity": "0"}).keys() == {"quantity"}


def present(receipt: str = "r1", *, days: int = 0, move: str = "out", quantity: str = "1") -> Record:
    told = {"thing": "autumn", "move": move, "quantity": quantity}
    return written(GIFTS, told | ({"receipt": receipt} if move == "out" else {}), days=days)


@pytest.mark.rule("S14")
def test_a_gift_is_given_once_for_a_receipt_in_the_announced_days_while_there_are_any() -> None:
    counted = (moved("autumn", "count", 1),)

    assert GIFTS.once(present()) == "autumn r1"
    assert GIFTS.once(present(move="in")) == ""
    assert GIFTS.stays
    assert GIFTS.objects(present(), counted) is None
    assert GIFTS.objects(present(), ()) is None
    assert GIFTS.objects(present(), (*counted, moved("autumn", "out", 1))) == Refused("0 gifts of Mizuno are there")
    assert GIFTS.objects(present(move="back", quantity="2"), counted) == Refused("1 gifts of Mizuno are there")
    for days in (-4, 2):
        assert GIFTS.objects(present(days=days), counted) == Refused(
            "the gifts of autumn are given from 2026-11-20 to 2026-11-24"
        )
    assert GIFTS.objects(present(days=2, move="in"), counted) is None


@pytest.mark.rule("S14")
def test_what_is_left_after_a_campaign_is_settled_with_the_vendor_within_three_days() -> None:
    counted = moved("autumn", "count", 5)
    after = replace(moved("autumn", "back", 5), at=TEN + 2 * DAY)
    short = replace(moved("autumn", "back", 4), at=TEN + 2 * DAY)

    assert gift.to_reconcile(AUTUMN, (counted,), date(2026, 11, 24)) == ""
    assert gift.to_reconcile(AUTUMN, (counted,), date(2026, 11, 25)) == (
        "gifts of autumn: nobody has counted what is left; settle with Mizuno by 2026-11-27"
    )
    assert gift.to_reconcile(AUTUMN, (counted, short), date(2026, 11, 25)) == (
        "gifts of autumn: 1 are left; settle with Mizuno by 2026-11-27"
    )
    assert gift.to_reconcile(AUTUMN, (counted, after), date(2026, 11, 25)) == ""


def counted(trolleys: int, baskets: int, damaged: int, days: int = 0) -> Record:
    told = {"trolleys": str(trolleys), "baskets": str(baskets), "damaged": str(damaged), "remark": ""}
    return written(trolley.SERVICE, told, days=days)


@pytest.mark.rule("S16")
def test_a_count_of_trolleys_is_compared_with_the_one_before() -> None:
    first, second = counted(200, 300, 0), counted(188, 301, 2, days=7)

    assert trolley.compared(None, first) == ""
    assert trolley.compared(first, second) == "12 trolleys fewer than on 2026-11-23, 2 damaged"
    assert trolley.reports((), TEN) == ()
    assert trolley.reports((first,), TEN) == (("count", ""), ("week", ""))
    assert trolley.reports((first, second), TEN + 14 * DAY) == (
        ("count", "12 trolleys fewer than on 2026-11-23, 2 damaged"),
        ("week", "trolleys and baskets were last counted on 2026-11-30"),
    )


@pytest.mark.rule("S17")
def test_a_shift_is_handed_over_with_its_figures_and_signed_by_another_person() -> None:
    early = replace(written(HANDOVER, {"shift": "early", "remarks": "柜 3 坏了"}), at=TEN.replace(hour=17))
    assert began(early) == TEN.replace(hour=8, minute=30)
    assert began(replace(early, answers={"shift": "late"})) == TEN.replace(hour=12, minute=30)
    others = (
        replace(coins(1), at=TEN.replace(hour=8)),
        coins(1),
        coins(2),
        bill("r1", 1),
        early,
        replace(coins(1), at=TEN.replace(hour=18)),
    )

    assert figures(early, others) == (("change", 2), ("invoice", 1))
    assert HANDOVER.after(early, Done(TEN, "wang", "sign"), WANG) == Refused(
        "sign takes another person than wang, who wrote handover 0"
    )
    signed = done(HANDOVER, early, "sign")
    assert (signed.stage, signed.owner) == ("signed", "zhao")


APPLIED = {"name": "李娜", "phone": "13800138000", "birthday": "0229", "greetings": "yes"}


def a_member() -> Record:
    return done(member.SERVICE, written(member.SERVICE, APPLIED), "issue", {"card": "M1", "level": "member"})


@pytest.mark.rule("S08")
def test_a_member_applies_once_has_a_card_points_and_a_hint_when_the_next_level_is_near() -> None:
    assert member.SERVICE.once(written(member.SERVICE, APPLIED)) == "13800138000"
    record = a_member()
    assert member.standing(record) == member.Standing("member", "M1", 0, 0)

    record = done(member.SERVICE, record, "points", {"points": "4600"})
    assert member.standing(record) == member.Standing("member", "M1", 4600, 400)

    record = done(member.SERVICE, done(member.SERVICE, record, "upgrade", {"level": "gold"}), "replace", {"card": "G1"})
    assert member.standing(record) == member.Standing("gold", "G1", 4600, 0)
    record = done(member.SERVICE, record, "points", {"points": "99999"})
    record = done(member.SERVICE, record, "upgrade", {"level": "diamond"})
    assert member.standing(record) == member.Standing("diamond", "G1", 104599, 0)


@pytest.mark.rule("S08")
def test_a_gift_is_redeemed_once_in_a_campaign() -> None:
    record = a_member()
    assert not member.redeemed(record, "autumn")
    record = done(member.SERVICE, record, "points", {"points": "300"})

    record = done(member.SERVICE, record, "redeem", {"campaign": "autumn", "points": "200"})

    assert member.standing(record).points == 100
    assert member.redeemed(record, "autumn")
    assert member.SERVICE.after(record, Done(TEN, "zhao", "redeem", {"campaign": "autumn", "points": "50"}), LEAD) == (
        Refused("member 0 has had the gift of autumn")
    )
    assert member.SERVICE.after(record, Done(TEN, "zhao", "redeem", {"campaign": "w", "points": "101"}), LEAD) == (
        Refused("member 0 has 100 points")
    )


@pytest.mark.rule("S08")
def test_birthdays_are_wished_on_their_day_also_those_of_leap_days() -> None:
    record, applied = a_member(), written(member.SERVICE, APPLIED)

    assert member.to_wish((record, applied), date(2028, 2, 29)) == (record,)
    assert member.to_wish((record,), date(2027, 2, 28)) == (record,)
    assert member.to_wish((record,), date(2028, 2, 28)) == member.to_wish((record,), date(2027, 3, 1)) == ()
    assert member.birthday("0229") == member.birthday("1231") == ""
    assert member.birthday("0230") == member.birthday("31") == member.birthday("ab01") != ""


ORDER = {
    "customer": "和风公司",
    "contact": "李娜",
    "contact_phone": "13800138000",
    "store_contact": "王芳",
    "store_phone": "02188888888",
    "payment": "transfer",
    "planned": "2026-12-01",
    "lines": "12345 可乐 大瓶 24 3.50; 12346 米 10 45;",
}


@pytest.mark.rule("S15")
def test_a_bulk_orders_form_has_its_lines_and_its_total() -> None:
    rows = sheet(written(BULK, ORDER))

    assert ("12345", "可乐 大瓶  24 x 3.50 = 84.00") in rows
    assert dict(rows)["Total"] == "534.00"
    assert dict(rows)["The customer, as its account is named"] == "和风公司"
    assert [name for name, said in rows if not said] == ["Signature of the customer", "Signature of the store"]
    assert lines_of(ORDER["lines"])[1].amount_fen == 45_000


@pytest.mark.rule("S15")
@pytest.mark.parametrize(
    "line",
    [
        "1234 可乐 24 3.50",
        "12345 24 3.50",
        "12345 可乐 0 3.50",
        "12345 可乐 x 3.50",
        "12345 可乐 24 3.505",
        "abcde 可乐 1 1",
        "",
    ],
)
def test_a_line_that_cannot_be_ordered_is_not_taken(line: str) -> None:
    assert (lines(f"12345 可乐 24 3.50; {line}") == "") is (line == "")
    assert a_day("2026-12-01") == ""
    assert a_day("tomorrow") != ""


@pytest.mark.rule("S15")
def test_a_bulk_order_is_signed_then_delivered() -> None:
    order = written(BULK, ORDER)

    assert isinstance(BULK.after(order, Done(TEN, "zhao", "deliver"), LEAD), Refused)
    assert done(BULK, done(BULK, order, "confirm"), "deliver").stage in BULK.over


@pytest.mark.parametrize(
    ("answer", "number", "more"), [("0", True, False), ("7", True, True), ("", False, False), ("²", False, False)]
)
def test_a_number_of_things_is_a_number(answer: str, number: bool, more: bool) -> None:
    assert (a_number(answer) == "", some(answer) == "") == (number, more)


def around(*others: Record, days: int = 0) -> Around:
    titles = {"complaint": "Complaint", "handover": "Shift handover"}
    return Around(TEN + days * DAY, lambda moment: (one for one in others if one.at >= moment), lambda: others, titles)


@pytest.mark.rule("S08")
def test_a_members_card_shows_level_points_the_next_level_and_gifts_that_are_open() -> None:
    service = member.in_campaigns(member.SERVICE, (AUTUMN,))
    record = done(service, written(service, APPLIED), "issue", {"card": "M1", "level": "member"})
    assert dict(service.computed(written(service, APPLIED), around())) == {"card": "member ", "points": "0"}

    record = done(service, record, "points", {"points": "4600"})
    assert dict(service.computed(record, around())) == {
        "card": "member M1",
        "points": "4600",
        "near the next level": "400 points are missing",
        "gift of autumn": "Autumn, until 2026-11-24",
    }

    record = done(service, record, "redeem", {"campaign": "autumn", "points": "600"})
    assert dict(service.computed(record, around())) == {"card": "member M1", "points": "4000"}
    assert "gift of autumn" not in dict(service.computed(record, around(days=3)))
    assert member.SERVICE.computed(record, around()) == service.computed(record, around())


@pytest.mark.rule("S08")
def test_a_gift_is_redeemed_in_the_announced_days_of_a_campaign_of_the_store_and_once() -> None:
    service = member.in_campaigns(member.SERVICE, (AUTUMN,))
    record = done(service, written(service, APPLIED), "issue", {"card": "M1", "level": "member"})
    record = done(service, record, "points", {"points": "300"})
    told = {"campaign": "autumn", "points": "100"}

    late = service.after(record, Done(TEN + 9 * DAY, "zhao", "redeem", told), LEAD)
    other = service.after(record, Done(TEN, "zhao", "redeem", told | {"campaign": "spring"}), LEAD)
    dear = service.after(record, Done(TEN, "zhao", "redeem", told | {"points": "301"}), LEAD)
    again = service.after(done(service, record, "redeem", told), Done(TEN, "zhao", "redeem", told), LEAD)

    assert late == Refused("the gifts of autumn are given from 2026-11-20 to 2026-11-24")
    assert other == Refused("campaign: Please choose one of these")
    assert dear == Refused("member 0 has 300 points")
    assert again == Refused("member 0 has had the gift of autumn")


@pytest.mark.rule("S17")
def test_a_handover_computes_what_the_shift_wrote_and_leaves_open() -> None:
    record = written(HANDOVER, {"shift": "early", "remarks": "-"})
    before, during = (
        Record("complaint", n, TEN - hours * timedelta(hours=1), "wang", "open", TEN) for n, hours in ((1, 9), (2, 1))
    )

    assert dict(HANDOVER.computed(record, around(before, during, record))) == {"complaint": "1", "open": "2"}
    assert HANDOVER.computed(record, around(before, during, record))[0][0].key == "Complaint"  # type: ignore[attr-defined]
    signed = done(HANDOVER, record, "sign")
    assert dict(HANDOVER.computed(signed, around(before, during)))["open"] == "2"
