"""The return desk from the counter to the door, on a real ledger with its print queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kiosk.desks.returns.slip_desk import Paper, SlipDesk, unpersonal
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.store import Ledger
from kiosk.rules.printing.document import Code, Stamp, words_of
from kiosk.rules.returns.credit import Scanned, scanned
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.slip import Event, Refused, Slip, Stage
from kiosk.rules.returns.slip_deeds import Approve, Check, Pay, Redeem, ShopperSigns, Void
from kiosk.units import Language
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.slips import (
    BAGS,
    DOOR,
    EXCHANGE,
    FILLING,
    KEY,
    LOOKED_AT,
    MEI,
    NOW,
    RECEIPT,
    SHANGHAI,
    TAO,
    TILL,
    TO_STAMPED,
)


@dataclass
class Counter:
    ledger: Ledger
    queue: LedgerPrintQueue
    book: LedgerReturnSlips
    desk: SlipDesk

    def filled(self, filling: object = FILLING) -> Slip:
        slip = self.desk.fill(RECEIPT.number, filling, MEI, NOW)  # type: ignore[arg-type]
        assert isinstance(slip, Slip), slip
        return slip

    def to_stamped(self, slip: Slip) -> Slip:
        for deed, by in TO_STAMPED:
            done = self.desk.do(slip.number, deed, by, NOW)
            assert isinstance(done, Slip), done
            slip = done
        return slip


def counter_of(ledger: Ledger, printer: str) -> Counter:
    queue = LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: KEY)
    book = LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY, lambda: queue)
    receipts: dict[str, Receipt] = {RECEIPT.number: RECEIPT}
    paper = Paper("和风百货", Language("zh-CN"), printer, lambda: {"mei": "李梅", "tao": "陈涛"})
    return Counter(ledger, queue, book, SlipDesk(book, receipts.get, KEY, paper))


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield counter_of(ledger, "desk")


@pytest.mark.rule("R07")
def test_a_return_is_lived_through_and_its_three_copies_are_queued_once(counter: Counter) -> None:
    slip = counter.to_stamped(counter.filled())

    paid = counter.desk.do(slip.number, Pay(), TILL, NOW)

    assert isinstance(paid, Slip)
    assert paid.stage is Stage.SETTLED
    assert [job.subject for job in counter.queue.open_jobs()] == [f"退货单 000001 ({n}/3)" for n in (1, 2, 3)]


@pytest.mark.rule("R12")
def test_an_exchange_slip_counts_at_the_till_by_its_own_code_once(counter: Counter) -> None:
    slip = counter.to_stamped(counter.filled(EXCHANGE))
    (text,) = {
        part.text for sheet in counter.desk.sheets(slip).sheets for part in sheet.parts if isinstance(part, Code)
    }
    code = scanned(text)
    forged = Scanned(1, "AAAAAAAA")

    wrong = counter.desk.do(1, Redeem(15000), TILL, NOW, forged)
    first = counter.desk.do(1, Redeem(15000), TILL, NOW, code)
    second = counter.desk.do(1, Redeem(15000), TILL, NOW, code)
    checked = counter.desk.do(1, Check(15000), DOOR, NOW, code)

    assert isinstance(wrong, Refused)
    assert "not what slip 000001 was printed with" in wrong.why
    assert isinstance(first, Slip)
    assert isinstance(second, Refused)
    assert isinstance(checked, Slip)


@pytest.mark.rule("R11")
def test_a_void_slip_is_printed_void_on_all_three_copies(counter: Counter) -> None:
    counter.to_stamped(counter.filled(EXCHANGE))

    counter.desk.do(1, Void(MEI, "写错"), TAO, NOW)

    sheets = [counter.queue.document(n) for n in (4, 5, 6)]
    assert all(sheet is not None and sheet.parts[0] == Stamp("作废") for sheet in sheets)
    assert sum(job.stage.value == "waiting" for job in counter.queue.open_jobs()) == 6


@pytest.mark.rule("R14")
def test_fresh_goods_are_told_to_their_department_and_spoiled_ones_to_the_floor_supervisor_at_once(
    counter: Counter,
) -> None:
    meat = replace(FILLING, line=2, quantity_milli=535, scanned="20001", fresh=True)
    counter.filled(meat)
    counter.desk.do(1, Void(MEI, "x"), TAO, NOW)
    counter.filled(replace(meat, spoiled=True))

    hanging = [(one.for_whom.value, one.text) for one in LedgerNotices(lambda: counter.ledger, SHANGHAI).hanging()]

    assert hanging == [
        ("staff", "生鲜: fetch fresh or frozen goods from the return desk now: 0.535 × 五花肉 (20001)"),
        (
            "manager",
            "URGENT, floor supervisor: spoiled or expired goods came back to the return desk: 0.535 × 五花肉 (20001)",
        ),
    ]


@pytest.mark.rule("R01")
def test_a_receipt_that_this_store_does_not_have_gets_no_slip(counter: Counter) -> None:
    refused = counter.desk.fill("R9", FILLING, MEI, NOW)

    assert isinstance(refused, Refused)
    assert "there is no receipt R9 of this store" in refused.why


def test_who_may_not_fill_a_slip_uses_up_no_number(counter: Counter) -> None:
    refused = [
        counter.desk.fill(RECEIPT.number, FILLING, BAGS, NOW),
        counter.desk.fill(RECEIPT.number, replace(FILLING, scanned="x"), MEI, NOW),
    ]

    assert all(isinstance(one, Refused) for one in refused)
    assert counter.filled().number == 1


def test_a_slip_that_does_not_exist_is_told(counter: Counter) -> None:
    assert counter.desk.do(9, Pay(), TILL, NOW) == Refused("there is no slip 000009")


@pytest.mark.rule("R07")
def test_who_was_slower_is_told_so(counter: Counter) -> None:
    class Slower(LedgerReturnSlips):
        def slip(self, number: int) -> Slip | None:
            found = super().slip(number)
            if found is not None and found.deeds == 0:
                faster = counter.desk.do(number, ShopperSigns(), MEI, NOW)
                assert isinstance(faster, Slip)
            return found

    slip = counter.filled()
    book = Slower(lambda: counter.ledger, SHANGHAI, KEY)
    desk = SlipDesk(book, lambda number: None, KEY, Paper("", Language("en"), "", dict))

    late = desk.do(slip.number, ShopperSigns(), MEI, NOW)

    assert late == Refused("somebody else went on with slip 000001: look at it again")


@pytest.mark.rule("R10")
def test_a_refused_approval_prints_nothing(counter: Counter) -> None:
    counter.filled()
    counter.desk.do(1, ShopperSigns(), MEI, NOW)

    refused = counter.desk.do(1, Approve(LOOKED_AT[:3]), TAO, NOW)

    assert isinstance(refused, Refused)
    assert counter.queue.open_jobs() == ()


def test_a_store_without_a_printer_prints_from_pdf(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        counter = counter_of(ledger, "")

        slip = counter.to_stamped(counter.filled())

        assert counter.queue.open_jobs() == ()
        assert len(counter.desk.sheets(slip).sheets) == 3


@pytest.mark.rule("S20")
def test_whoever_needs_no_phone_number_sees_its_end_only(counter: Counter) -> None:
    slip = unpersonal(counter.filled())

    assert (slip.phone, slip.member, slip.note) == ("…8000", "", "")
    assert unpersonal(replace(slip, phone="")).phone == ""
    text = "\n".join(words_of(counter.desk.sheets(slip).sheets[0]))
    assert "138-0013" not in text


def test_every_event_has_words_for_the_audit() -> None:
    assert all(event.value for event in Event)
