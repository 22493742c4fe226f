"""The book of pick-up cards and test records on a real ledger, and the desk that writes into it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desks.returns.pickup_desk import PickupDesk
from kiosk.desks.returns.slip_desk import Paper as OnPaper
from kiosk.errors import LedgerFault
from kiosk.ledger.pickups import LedgerPickups
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.store import Ledger
from kiosk.ledger.verify import Broken, Intact, verify
from kiosk.rules.printing.document import Code
from kiosk.rules.returns.clause import Paper
from kiosk.rules.returns.pickup import Card, Event, Stage, Trial, Tried, Trying
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.slip import Refused
from kiosk.units import LANGUAGES
from tests.ledger.shop import ask, by_hand, fill_disk, free_disk, fresh_ledger, unguarded
from tests.rules.returns.slips import BAGS, FLOOR, KEY, MEI, NOW, RECEIPT, SHANGHAI

BOTH = frozenset({Paper.RECEIPT, Paper.INVOICE})
FINE = Trying("SN-1", frozenset(Tried))
DEAD = replace(FINE, found=frozenset({Tried.POWER}), note="stays dark")
LATE = "somebody else went on with pick-up card 000001: look at it again"


class Area:
    """A pick-up area. printer: "" for none."""

    def __init__(self, ledger: Ledger, printer: str = "desk") -> None:
        self.ledger = ledger
        self.queue = LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: KEY)
        self.book = LedgerPickups(lambda: ledger, SHANGHAI, lambda: self.queue)
        receipts: dict[str, Receipt] = {RECEIPT.number: RECEIPT}
        paper = OnPaper("和风百货", LANGUAGES[0], printer, dict)
        self.desk = PickupDesk(self.book, receipts.get, KEY, paper)

    def issued(self) -> Card:
        card = self.desk.issue(RECEIPT.number, 1, FLOOR, NOW)
        assert isinstance(card, Card), card
        return card

    def tested(self, said: Trying = FINE) -> Trial:
        record = self.desk.test(1, said, FLOOR, NOW)
        assert isinstance(record, Trial), record
        return record


@pytest.fixture
def area(tmp_path: Path) -> Iterator[Area]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Area(ledger)


@pytest.mark.rule("R17")
def test_goods_are_collected_after_each_piece_was_tested_and_every_sheet_waits_for_the_printer(area: Area) -> None:
    card = area.issued()
    for serial in ("SN-1", "SN-2", "SN-3"):
        area.tested(replace(FINE, serial=serial))

    done = area.desk.hand_out(1, BOTH, FLOOR, NOW)

    assert isinstance(done, Card)
    assert area.book.card(1) == done
    assert (done.stage, done.papers, area.book.waiting()) == (Stage.COLLECTED, BOTH, ())
    assert [job.subject for job in area.queue.open_jobs()] == [
        "提货卡 000001",
        *(f"商品检测记录 00000{n}" for n in (1, 2, 3)),
    ]
    (code,) = [part.text for part in area.desk.card_sheet(card).sheets[0].parts if isinstance(part, Code)]
    assert (area.desk.card_of(code), area.desk.card_of(code[:-8] + "AAAAAAAA"), area.desk.card_of("SN-1")) == (1, 0, 0)


def test_why_a_card_is_void_is_kept_printed_and_stands_in_the_audit(area: Area) -> None:
    area.issued()
    unsaid = area.desk.void(1, " ", MEI, NOW)
    done = area.desk.void(1, " the wrong line ", MEI, NOW)

    assert isinstance(unsaid, Refused)
    assert isinstance(done, Card)
    assert area.book.card(1) == done
    assert done.void_why == "the wrong line"
    [(details,)] = ask(area.ledger.path, "SELECT details FROM audit WHERE action = 'makes void'")
    assert json.loads(str(details)) == {"stage": "void", "why": "the wrong line"}
    assert [job.subject for job in area.queue.open_jobs()] == [
        "提货卡 000001",
        "提货卡 000001",
    ]  # once issued, once void
    assert isinstance(verify(area.ledger), Intact)


@pytest.mark.rule("R17")
def test_what_is_printed_once_more_is_the_card_and_each_of_its_tests(area: Area) -> None:
    card = area.issued()
    area.tested()

    assert [one.title for one in area.desk.again(card).sheets] == ["提货卡 000001", "商品检测记录 000001"]
    assert (area.desk.card(1), area.desk.waiting()) == (area.book.card(1), area.book.waiting())


@pytest.mark.rule("R17")
def test_a_line_has_one_card_and_numbers_run_on_through_void_ones(area: Area) -> None:
    area.issued()

    again = area.desk.issue(RECEIPT.number, 1, FLOOR, NOW)
    area.desk.void(1, "the wrong line", MEI, NOW)

    assert again == Refused("pick-up card 000001 was issued for it already")
    assert area.issued().number == 2
    assert [one.number for one in area.book.waiting()] == [2]


def test_what_is_refused_writes_nothing(area: Area) -> None:
    area.issued()

    refused = [
        area.desk.issue("R9", 1, FLOOR, NOW),
        area.desk.issue(RECEIPT.number, 9, FLOOR, NOW),
        area.desk.test(1, FINE, BAGS, NOW),
        area.desk.test(9, FINE, FLOOR, NOW),
        area.desk.hand_out(1, BOTH, FLOOR, NOW),
        area.desk.hand_out(9, BOTH, FLOOR, NOW),
        area.desk.void(9, "the wrong line", FLOOR, NOW),
        area.desk.test_here(RECEIPT, 1, FINE, BAGS, NOW),
    ]

    assert all(isinstance(one, Refused) for one in refused)
    assert area.book.tests(RECEIPT.number) == ()
    assert len(area.queue.open_jobs()) == 1


def test_what_two_people_do_at_once_is_done_once(area: Area) -> None:
    card = area.issued()
    stale = LedgerPickups(lambda: area.ledger, SHANGHAI)
    stale.card = lambda number: card  # type: ignore[method-assign]  # as it was read before the other one was faster
    slower = PickupDesk(stale, lambda _: None, KEY, OnPaper("", LANGUAGES[0], "", dict))
    area.tested()

    late = [slower.test(1, FINE, FLOOR, NOW), slower.void(1, "the wrong line", FLOOR, NOW)]

    assert late == [Refused(LATE), Refused(LATE)]
    assert len(area.book.tests(RECEIPT.number, 1)) == 1
    assert not area.book.keep(card, was=card, by="floor", event=Event.VOID)


@pytest.mark.rule("R03")
def test_what_comes_back_is_tested_at_the_return_desk_too(area: Area) -> None:
    record = area.desk.test_here(RECEIPT, 1, DEAD, MEI, NOW)

    assert isinstance(record, Trial)
    assert area.book.record(1) == record
    assert area.book.record(2) is None
    assert area.book.tests(RECEIPT.number, 2) == ()
    assert [job.subject for job in area.queue.open_jobs()] == ["商品检测记录 000001"]
    nameless = area.desk.test_here(RECEIPT, 77, DEAD, MEI, NOW)
    assert isinstance(nameless, Trial)


def issues_and_voids(area: Area, times: int) -> None:
    for _ in range(times):
        area.desk.void(area.issued().number, "the wrong line", FLOOR, NOW)


@pytest.mark.rule("R17")
def test_a_card_and_its_sheet_are_written_together_or_neither_is(area: Area) -> None:
    fill_disk(area.ledger)

    with pytest.raises(LedgerFault):
        issues_and_voids(area, 50)
    cards = len(ask(area.ledger.path, "SELECT n FROM pickup_card"))
    void = len(ask(area.ledger.path, "SELECT card FROM pickup_progress WHERE stage = 'void'"))
    jobs = len(area.queue.open_jobs())
    free_disk(area.ledger)

    assert cards + void == jobs  # each is printed when it is issued, and once more when it is void


def test_a_store_without_a_printer_prints_from_pdf(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        area = Area(ledger, "")
        area.issued()

        assert area.queue.open_jobs() == ()


@pytest.mark.rule("R17")
def test_the_audit_chain_vouches_for_cards_and_records(area: Area) -> None:
    area.issued()
    area.tested()
    whole = verify(area.ledger)
    by_hand(unguarded(area.ledger.path), "UPDATE test_record SET found = '[\"power\"]'")

    assert isinstance(whole, Intact)
    assert isinstance(verify(area.ledger), Broken)


BY_HAND = (
    "DELETE FROM pickup_card",
    "UPDATE pickup_card SET pieces = 9",
    "DELETE FROM pickup_progress",
    "UPDATE pickup_progress SET stage = 'issued'",
    "DELETE FROM test_record",
    "UPDATE test_record SET found = '[]'",
    "INSERT INTO pickup_card SELECT n + 2, at, person, 'R9', bought, line, item, name, pieces, invoiced, serial"
    " FROM pickup_card",
)


@pytest.mark.rule("R17")
def test_no_hand_rewrites_a_card_or_a_record_or_skips_a_number(area: Area) -> None:
    area.issued()
    area.tested()
    area.desk.void(1, "the wrong line", FLOOR, NOW)

    for statement in BY_HAND:
        with pytest.raises(sqlite3.IntegrityError):
            by_hand(area.ledger.path, statement)


def test_what_makes_no_sense_is_told(area: Area) -> None:
    area.issued()
    area.tested()
    wrong = ("UPDATE pickup_progress SET stage = 'x'", "UPDATE test_record SET occasion = 'x'")
    by_hand(unguarded(area.ledger.path), *wrong)

    with pytest.raises(LedgerFault, match="pick-up card 1 makes no sense"):
        area.book.card(1)
    with pytest.raises(LedgerFault, match="test record 1 makes no sense"):
        area.book.tests(RECEIPT.number)
