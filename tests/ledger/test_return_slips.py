"""The book of return slips: numbers, quantities, signatures; with two clerks at once and the power going."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.errors import LedgerFault
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.return_stock import LedgerStock
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Broken, Flaw, Intact, verify
from kiosk.ports.bag_day import ForWhom, Notice
from kiosk.ports.return_slips import ToPrint
from kiosk.rules.printing.document import Document, Line
from kiosk.rules.returns.slip import Event, Refused, Slip, Stage
from kiosk.rules.returns.slip_deeds import EVENT, Deed, Pay, ShopperSigns, Void
from kiosk.rules.returns.stock import StockTold
from tests.depth import examples
from tests.ledger.shop import ROOT, ask, by_hand, fill_disk, free_disk, fresh_ledger, unguarded
from tests.rules.returns.slips import (
    EXCHANGE,
    FILLING,
    KEY,
    MEI,
    NOW,
    SHANGHAI,
    SOCKS,
    TAO,
    TILL,
    TO_PAID,
    TO_REDEEMED,
    TO_STAMPED,
    done,
    filled,
)

DAY = date(2026, 11, 23)
REST = (
    "item, barcode, name, department, quantity_milli, unit_price_fen, amount_fen, reason, goods, fresh, spoiled, clerk"
    " FROM return_slip"
)
TEN_SOCKS = replace(FILLING, line=3, quantity_milli=10_000, scanned=SOCKS.item)
ONE_SOCK = replace(TEN_SOCKS, quantity_milli=1000)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def queue(ledger: Ledger) -> LedgerPrintQueue:
    return LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: KEY)


@pytest.fixture
def book(ledger: Ledger, queue: LedgerPrintQueue) -> LedgerReturnSlips:
    return LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY, lambda: queue)


def entered(book: LedgerReturnSlips, slip: Slip) -> Slip:
    kept = book.fill(replace(slip, number=0))
    assert isinstance(kept, Slip), kept
    return kept


def go_on(book: LedgerReturnSlips, slip: Slip, *steps: tuple[Deed, object]) -> Slip:
    for deed, by in steps:
        after = done(slip, (deed, by))  # type: ignore[arg-type]
        assert book.keep(after, was=slip, by=by.id, event=EVENT[type(deed)])  # type: ignore[attr-defined]
        slip = after
    return slip


@pytest.mark.rule("R08")
def test_slips_are_numbered_one_after_another_and_read_back_as_they_were_written(book: LedgerReturnSlips) -> None:
    first, second = entered(book, filled()), entered(book, filled(EXCHANGE))

    assert (first.number, second.number) == (1, 2)
    assert book.slip(1) == first
    assert book.of_day(DAY) == (first, second)
    assert book.slip(3) is None


@pytest.mark.rule("R07")
def test_no_more_comes_back_of_a_line_than_was_bought_over_all_its_slips(book: LedgerReturnSlips) -> None:
    for _ in range(3):
        entered(book, filled())

    refused = book.fill(replace(filled(), number=0))

    assert refused == Refused("line 1 of receipt R20261120000123 has 0 left to come back, 1 are asked for")
    assert book.come_back("R20261120000123", 1) == 3000
    assert isinstance(book.fill(replace(filled(ONE_SOCK), number=0)), Slip)  # another line
    assert isinstance(book.fill(replace(filled(), number=0, receipt="R2")), Slip)  # another receipt


@pytest.mark.rule("R11")
def test_a_void_slip_keeps_its_number_and_gives_its_goods_back_to_the_line(book: LedgerReturnSlips) -> None:
    slip = entered(book, filled(TEN_SOCKS))
    assert isinstance(book.fill(filled(ONE_SOCK)), Refused)

    go_on(book, slip, (Void(MEI, "写错"), TAO))

    assert entered(book, filled(ONE_SOCK)).number == 2
    again = book.slip(1)
    assert again is not None
    assert (again.stage, again.voided_by, again.void_why) == (Stage.VOID, ("mei", "tao"), "写错")


@pytest.mark.rule("R07")
def test_what_two_people_do_at_once_is_done_once(book: LedgerReturnSlips) -> None:
    slip = go_on(book, entered(book, filled()), *TO_STAMPED)
    paid = done(slip, (Pay(), TILL))

    assert book.keep(paid, was=slip, by="till", event=Event.PAY)
    assert not book.keep(paid, was=slip, by="till", event=Event.PAY)
    assert not book.keep(done(slip, (Void(MEI, "x"), TAO)), was=slip, by="tao", event=Event.VOID)
    assert book.slip(1) == paid


@pytest.mark.rule("R12")
def test_an_exchange_slip_stands_as_redeemed_with_what_was_topped_up(book: LedgerReturnSlips) -> None:
    slip = go_on(book, entered(book, filled(EXCHANGE)), *TO_REDEEMED)

    assert book.slip(1) == slip
    assert slip.top_up_fen == 2100
    assert [one.number for one in book.waiting()] == [1]


@pytest.mark.rule("R08")
def test_copies_are_queued_with_the_step_they_belong_to_or_neither_is(
    book: LedgerReturnSlips, queue: LedgerPrintQueue, ledger: Ledger
) -> None:
    slip = go_on(book, entered(book, filled()), TO_STAMPED[0])
    approved = done(slip, TO_STAMPED[1])
    sheets = ToPrint("desk", tuple(Document(f"slip {copy}", (Line("x" * 3000),)) for copy in range(3)))

    fill_disk(ledger)
    with pytest.raises(LedgerFault):
        book.keep(approved, was=slip, by="tao", event=Event.APPROVE, to_print=sheets)
    free_disk(ledger)
    before = (book.slip(1), queue.open_jobs())
    book.keep(approved, was=slip, by="tao", event=Event.APPROVE, to_print=sheets)

    assert before == (slip, ())
    assert [job.subject for job in queue.open_jobs()] == ["slip 0", "slip 1", "slip 2"]


@pytest.mark.rule("R14")
def test_a_notice_hangs_as_soon_as_the_slip_has_its_number(book: LedgerReturnSlips, ledger: Ledger) -> None:
    book.fill(filled(), (Notice("returned fresh", ForWhom.STAFF, "fetch it", NOW),))

    (notice,) = LedgerNotices(lambda: ledger, SHANGHAI).hanging()

    assert (notice.key, notice.text) == ("returned fresh 000001", "fetch it")


def test_a_day_is_the_stores_own_from_midnight_to_midnight(book: LedgerReturnSlips) -> None:
    late = NOW.replace(hour=23, minute=59, second=59)
    entered(book, filled(at=late - timedelta(days=1)))
    entered(book, filled(at=NOW.replace(hour=0, minute=0)))
    entered(book, filled(at=late))

    assert [slip.number for slip in book.of_day(DAY)] == [2, 3]
    assert (book.last_before(DAY), book.last_before(DAY - timedelta(days=1))) == (1, 0)


@pytest.mark.rule("R13")
def test_a_register_is_signed_once_for_each_last_number(book: LedgerReturnSlips) -> None:
    content = {"slips": 2}

    assert book.sign_register(DAY, "tao", NOW, 2, content)
    assert not book.sign_register(DAY, "tao", NOW, 2, content)
    assert book.sign_register(DAY, "tao", NOW, 3, content)
    assert [(one.by, one.last) for one in book.registers(DAY)] == [("tao", 2), ("tao", 3)]
    assert book.registers(DAY - timedelta(days=1)) == ()


@pytest.mark.rule("R13")
def test_a_department_signs_for_its_goods_once(book: LedgerReturnSlips) -> None:
    assert book.sign_handover(DAY, "家电", "floor", NOW, (1, 3))
    assert not book.sign_handover(DAY, "家电", "floor", NOW, (1, 3))

    (signed,) = book.handovers(DAY)

    assert (signed.department, signed.by, signed.slips) == ("家电", "floor", (1, 3))


@pytest.mark.rule("R07")
def test_the_audit_chain_vouches_for_slips_registers_and_handovers(book: LedgerReturnSlips, ledger: Ledger) -> None:
    entered(book, filled())
    book.sign_register(DAY, "tao", NOW, 1, {})
    book.sign_handover(DAY, "家电", "floor", NOW, (1,))
    whole = verify(ledger)
    by_hand(unguarded(ledger.path), "UPDATE return_slip SET amount_fen = 1")

    broken = verify(ledger)

    assert isinstance(whole, Intact)
    assert isinstance(broken, Broken)
    assert broken.flaw is Flaw.RECORD_ALTERED


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM return_slip",
        "UPDATE return_slip SET amount_fen = 1",
        "DELETE FROM return_slip_progress",
        "UPDATE return_slip_progress SET stage = 'filled' WHERE stage = 'void'",
        f"INSERT INTO return_slip SELECT n + 2, filled, kind, receipt, bought, line, bought_milli, {REST}",
        f"INSERT INTO return_slip SELECT 2, filled, kind, 'R9', bought, line, 999, {REST}",
        "DELETE FROM return_register_signed",
        "UPDATE return_handover_signed SET person = 'x'",
        "UPDATE return_stock_told SET person = 'x'",
        "DELETE FROM return_stock_told",
    ],
)
@pytest.mark.rule("R08")
def test_no_hand_rewrites_a_slip_skips_a_number_or_takes_more_back(
    book: LedgerReturnSlips, ledger: Ledger, statement: str
) -> None:
    go_on(book, entered(book, filled()), (Void(MEI, "x"), TAO))
    book.sign_register(DAY, "tao", NOW, 1, {})
    book.sign_handover(DAY, "家电", "floor", NOW, (1,))
    LedgerStock(lambda: ledger, SHANGHAI).tell(StockTold(0, DAY, NOW, "mei", (1,)), 0)

    with pytest.raises(sqlite3.IntegrityError):
        by_hand(ledger.path, statement)


@pytest.mark.rule("S20")
def test_phone_card_and_note_are_nowhere_in_the_file_and_go_after_a_while(
    book: LedgerReturnSlips, ledger: Ledger
) -> None:
    slip = go_on(book, entered(book, filled()), *TO_PAID)
    exchanged = go_on(book, entered(book, filled(EXCHANGE)), *TO_REDEEMED)
    waiting = go_on(book, entered(book, filled()), (ShopperSigns(), MEI))
    everything = b"".join(file.read_bytes() for file in ledger.path.parent.iterdir() if file.is_file())

    gone = book.purge(NOW + timedelta(days=1))

    personal = (slip.phone, slip.member, slip.note)
    assert not [text for text in personal if text.encode() in everything]
    assert gone == 2
    assert book.purge(NOW + timedelta(days=1)) == 0
    assert book.slip(1) == replace(slip, phone="", member="", note="")
    assert book.slip(2) == replace(exchanged, phone="", member="", note="")
    assert book.slip(3) == waiting


def test_a_slip_that_makes_no_sense_is_told(book: LedgerReturnSlips, ledger: Ledger) -> None:
    entered(book, filled())
    by_hand(unguarded(ledger.path), "UPDATE return_slip SET kind = 'gift'")

    with pytest.raises(LedgerFault, match="return slip 1 makes no sense"):
        book.slip(1)


def clerk(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ledger.slip_children", str(path), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def begin(*clerks: subprocess.Popen[str]) -> None:
    for one in clerks:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in clerks:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()


@pytest.mark.rule("R08")
@pytest.mark.rule("R07")
def test_two_clerks_at_once_leave_no_gap_and_take_no_piece_back_twice(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    fresh_ledger(path).close()
    clerks = [clerk(path, name, 16) for name in ("mei", "lan")]

    begin(*clerks)
    said = [one.communicate()[0].splitlines() for one in clerks]

    numbers = sorted(int(line.split()[0]) for lines in said for line in lines if line not in ("refused", "done"))
    assert numbers == list(range(1, len(numbers) + 1))
    shared = [line for lines in said for line in lines if line.endswith("R20261120000123")]
    assert len(shared) == 10  # of ten socks, though both asked for eight
    assert sum(line == "refused" for lines in said for line in lines) == 6
    with open_ledger(path) as ledger:
        assert isinstance(verify(ledger), Intact)


@pytest.mark.rule("R08")
@pytest.mark.parametrize("after", [1, 3, 6, 9])
def test_a_clerk_who_is_killed_at_any_moment_leaves_no_gap_and_nothing_that_was_said_is_lost(
    tmp_path: Path, after: int
) -> None:
    path = tmp_path / "ledger.sqlite"
    fresh_ledger(path).close()
    killed = clerk(path, "mei", 100_000)
    begin(killed)
    assert killed.stdout is not None
    said = [killed.stdout.readline() for _ in range(after)]

    killed.kill()
    said += killed.communicate()[0].splitlines(keepends=True)

    told = [int(line.split()[0]) for line in said if line.endswith("\n") and line[0].isdigit()]
    used = [n for (n,) in ask(path, "SELECT n FROM return_slip ORDER BY n")]
    assert used == list(range(1, len(used) + 1))
    assert set(told) <= set(used)
    assert ask(path, "SELECT count(*) FROM return_slip_progress") == [(len(used),)]
    with open_ledger(path) as ledger:
        assert isinstance(verify(ledger), Intact)
        book = LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY)
        assert entered(book, replace(filled(), receipt="R2")).number == len(used) + 1


class AnyDayAtTheDesk(RuleBasedStateMachine):
    """Slips filled, gone on with and made void in any order: numbers and quantities always add up."""

    @initialize()
    def open(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.ledger = fresh_ledger(Path(self.folder.name) / "ledger.sqlite")
        self.book = LedgerReturnSlips(lambda: self.ledger, SHANGHAI, KEY)
        self.count = 0

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    @rule(pieces=st.integers(1, 6))
    def fill(self, pieces: int) -> None:
        left = 10_000 - self.book.come_back(filled().receipt, 3)
        kept = self.book.fill(filled(replace(ONE_SOCK, quantity_milli=pieces * 1000)))
        assert isinstance(kept, Slip) == (pieces * 1000 <= left)
        self.count += isinstance(kept, Slip)

    @rule(number=st.integers(1, 6), steps=st.integers(1, 4))
    def step(self, number: int, steps: int) -> None:
        slip = self.book.slip(number)
        for deed, by in TO_PAID[:steps]:
            if slip is None or slip.deeds >= len(TO_PAID) or TO_PAID[slip.deeds] != (deed, by) or slip.is_over:
                continue
            after = done(slip, (deed, by))
            assert self.book.keep(after, was=slip, by=by.id, event=EVENT[type(deed)])
            slip = after

    @rule(number=st.integers(1, 6))
    def void(self, number: int) -> None:
        slip = self.book.slip(number)
        if slip is not None and not slip.is_over:
            after = done(slip, (Void(MEI, "x"), TAO))
            assert self.book.keep(after, was=slip, by="tao", event=Event.VOID)

    @invariant()
    def it_adds_up(self) -> None:
        if not hasattr(self, "ledger"):
            return
        slips = self.book.of_day(DAY)
        assert [slip.number for slip in slips] == list(range(1, self.count + 1))
        assert sum(slip.quantity_milli for slip in slips if slip.counts) <= 10_000


AnyDayAtTheDesk.TestCase.settings = settings(max_examples=examples(6), stateful_step_count=20, deadline=None)
TestAnyDayAtTheDesk = AnyDayAtTheDesk.TestCase
