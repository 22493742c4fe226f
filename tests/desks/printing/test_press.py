"""The press on a real ledger with a printer that shops maltreat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from hypothesis.strategies import sampled_from

from kiosk.desks.printing.press import BEGUN_ANEW, Press
from kiosk.errors import LedgerFault
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.sealed import KEY_BYTES
from kiosk.ledger.store import Ledger
from kiosk.ports.printer import Outcome
from kiosk.rules.printing.document import Document, Line, Stamp, words_of
from kiosk.rules.printing.jobs import Condition, Event, Job, Stage
from tests.depth import examples
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI, TEN
from tests.printing import FakeBoard, FakePrinter

BROKE_OFF = Outcome(Event.BROKE_OFF, Condition.PAPER_OUT)
LOST = Outcome(Event.LOST_SIGHT, Condition.OFFLINE)


def a_sheet(text: str) -> Document:
    return Document(f"sheet {text}", (Line(text),))


@dataclass
class Office:
    queue: LedgerPrintQueue
    printer: FakePrinter
    board: FakeBoard
    press: Press
    told: list[str]
    ledger: Ledger

    def restarted(self) -> Press:
        """The role died, and begins again."""
        return Press("desk", self.printer, self.queue, self.board, lambda: TEN, self.told.append)

    def print_all(self) -> None:
        while self.press.turn():
            pass

    def stages(self) -> list[Stage]:
        return [job.stage for job in self.queue.recent(TEN - timedelta(days=1))]

    def printed(self) -> list[str]:
        return ["/".join(words_of(sheet)) for sheet in self.printer.paper]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield office_of(ledger)


def office_of(ledger: Ledger) -> Office:
    queue = LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: bytes(range(KEY_BYTES)))
    printer, board, told = FakePrinter(), FakeBoard(), list[str]()
    return Office(queue, printer, board, Press("desk", printer, queue, board, lambda: TEN, told.append), told, ledger)


def test_sheets_come_out_in_the_order_in_which_they_were_asked_for(office: Office) -> None:
    for text in "abc":
        office.queue.add("desk", a_sheet(text), TEN, by="p1")

    office.print_all()

    assert office.printed() == ["a", "b", "c"]
    assert office.stages() == [Stage.PRINTED] * 3


def test_another_printers_sheets_are_left_alone(office: Office) -> None:
    office.queue.add("lockers", a_sheet("a"), TEN, by="p1")

    assert not office.press.turn()
    assert office.stages() == [Stage.WAITING]


def test_without_paper_a_sheet_waits_and_staff_are_told_until_there_is_paper(office: Office) -> None:
    office.printer.condition = Condition.PAPER_OUT
    office.queue.add("desk", a_sheet("a"), TEN, by="p1")

    office.print_all()
    told = office.board.texts
    office.printer.condition = Condition.READY
    office.print_all()

    assert told == ["The printer desk has no paper: put in a new roll."]
    assert office.printed() == ["a"]
    assert office.board.texts == []
    assert office.queue.conditions()["desk"][0] is Condition.READY


def test_one_trouble_after_another_is_news(office: Office) -> None:
    office.printer.condition = Condition.PAPER_OUT
    office.press.look()
    office.printer.condition = Condition.COVER_OPEN

    office.press.look()

    assert office.board.texts == ["The printer desk has its cover open: close it."]


def test_what_broke_off_in_the_middle_is_printed_again_whole_and_says_so(office: Office) -> None:
    office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    office.printer.fails = BROKE_OFF

    office.print_all()
    assert office.stages() == [Stage.WAITING]
    office.printer.condition = Condition.READY
    office.print_all()

    assert [len(office.printer.pieces), office.printed()] == [1, [f"{BEGUN_ANEW}/a"]]
    assert office.stages() == [Stage.PRINTED]


def test_that_it_once_broke_off_is_not_forgotten_over_an_attempt_that_printed_nothing(office: Office) -> None:
    office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    for failed in (BROKE_OFF, Outcome(Event.NOT_BEGUN, Condition.OFFLINE)):
        office.printer.fails = failed
        office.print_all()
        office.printer.condition = Condition.READY

    office.print_all()

    assert office.printed() == [f"{BEGUN_ANEW}/a"]


def test_a_sheet_whose_end_nobody_saw_is_shown_to_staff_and_not_printed_again(office: Office) -> None:
    n = office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    office.printer.fails = LOST

    office.print_all()
    office.printer.condition = Condition.READY
    office.print_all()

    assert office.stages() == [Stage.UNSURE]
    assert len(office.printer.paper) == 1
    unsure = next(text for text in office.board.texts if "Perhaps" in text)
    assert f"job {n} (sheet a)" in unsure


def test_a_person_has_it_printed_again_as_a_copy(office: Office) -> None:
    n = office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    office.printer.fails = LOST
    office.print_all()
    office.printer.condition = Condition.READY

    copied = office.queue.copy(n, TEN, by="p1", stamp="副本 COPY")
    office.print_all()

    assert copied is not None
    assert copied.copy_of == n
    assert office.printer.paper[-1].parts[0] == Stamp("副本 COPY")
    assert office.stages() == [Stage.PRINTED, Stage.PRINTED]
    assert office.board.texts == []


def test_a_crash_in_the_middle_of_a_sheet_leaves_it_to_a_person(office: Office) -> None:
    office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    office.queue.begin("desk", TEN)

    office.press = office.restarted()
    office.print_all()

    assert office.stages() == [Stage.UNSURE]
    assert office.printed() == []


def test_a_crash_between_two_sheets_loses_none_and_prints_none_twice(office: Office) -> None:
    office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    office.queue.add("desk", a_sheet("b"), TEN, by="p1")
    office.press.turn()

    office.press = office.restarted()
    office.print_all()

    assert office.printed() == ["a", "b"]


class FullUnderTheSheet(LedgerPrintQueue):
    """The disk fills up while a sheet comes out of the printer."""

    full = False

    def note(self, n: int, event: Event, at: datetime, *, by: str = "", why: str = "") -> Job | None:
        if self.full:
            raise LedgerFault("the disk is full")
        return super().note(n, event, at, by=by, why=why)


def test_a_disk_that_fills_up_under_a_sheet_prints_nothing_else_until_its_end_is_written(office: Office) -> None:
    queue = FullUnderTheSheet(lambda: office.ledger, SHANGHAI, lambda: bytes(range(KEY_BYTES)))
    office.queue, office.press = (
        queue,
        Press("desk", office.printer, queue, office.board, lambda: TEN, office.told.append),
    )
    for text in "ab":
        queue.add("desk", a_sheet(text), TEN, by="p1")

    queue.full = True
    office.print_all()
    office.print_all()
    printed_meanwhile = office.printed()
    queue.full = False
    office.print_all()

    assert printed_meanwhile == ["a"]
    assert office.printed() == ["a", "b"]
    assert office.stages() == [Stage.PRINTED, Stage.PRINTED]


def test_a_ledger_that_is_away_is_told_and_nothing_is_printed(office: Office) -> None:
    office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    office.ledger.close()

    assert not office.press.turn()
    office.press.look()

    assert office.printed() == []
    assert "closed" in office.told[0]


def test_what_another_key_has_locked_up_is_told_and_holds_up_nobody(office: Office) -> None:
    other = LedgerPrintQueue(lambda: office.ledger, SHANGHAI, lambda: bytes(KEY_BYTES))
    other.add("desk", a_sheet("a"), TEN, by="p1")
    office.queue.add("desk", a_sheet("b"), TEN, by="p1")

    office.print_all()

    assert office.printed() == ["b"]
    assert office.stages() == [Stage.UNSURE, Stage.PRINTED]


def test_a_sheet_that_vanishes_between_two_looks_is_no_trouble(office: Office) -> None:
    n = office.queue.add("desk", a_sheet("a"), TEN, by="p1")
    office.printer.look = lambda: withdrawn(n)  # type: ignore[method-assign]

    def withdrawn(job: int) -> Condition:
        office.queue.note(job, Event.WITHDRAWN, TEN, by="p1")
        return Condition.READY

    assert not office.press.turn()
    assert office.stages() == [Stage.WITHDRAWN]


class AnyDayAtThePrinter(RuleBasedStateMachine):
    """However paper, cables and power behave: each sheet is on paper once, or somebody is told to look."""

    sheets = Bundle("sheets")

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.office = office_of(fresh_ledger(Path(self.folder.name) / "ledger.sqlite"))
        self.asked = 0
        self.copies = 0

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.office.ledger.close()
            self.folder.cleanup()

    @rule(target=sheets)
    def ask(self) -> int:
        self.asked += 1
        return self.office.queue.add("desk", a_sheet(f"s{self.asked}"), TEN, by="p1")

    @rule(condition=sampled_from(Condition))
    def change(self, condition: Condition) -> None:
        self.office.printer.condition = condition

    @rule(end=sampled_from([Event.BROKE_OFF, Event.NOT_BEGUN, Event.LOST_SIGHT]), how=sampled_from(Condition))
    def fail_next(self, end: Event, how: Condition) -> None:
        self.office.printer.fails = Outcome(end, how)

    @rule()
    def turn(self) -> None:
        self.office.press.turn()

    @rule(before=sampled_from([True, False]))
    def power_cut(self, before: bool) -> None:
        if before:
            self.office.queue.begin("desk", TEN)
        self.office.press = self.office.restarted()

    @rule(n=sheets)
    def copy(self, n: int) -> None:
        if self.office.queue.copy(n, TEN, by="p1", stamp="COPY") is not None:
            self.copies += 1

    @rule(target=sheets)
    def nothing(self) -> object:
        return multiple()

    @invariant()
    def each_is_on_paper_once_or_waits_or_is_asked_about(self) -> None:
        if not hasattr(self, "office"):
            return
        jobs = self.office.queue.recent(TEN - timedelta(days=1))
        assert len(jobs) == self.asked + self.copies
        originals = [sheet for sheet in self.office.printer.paper if not any(isinstance(p, Stamp) for p in sheet.parts)]
        titles = [sheet.title for sheet in originals]
        assert len(titles) == len(set(titles))
        settled_by_people = {job.copy_of for job in jobs if job.copy_of}
        for job in jobs:
            if job.stage is Stage.PRINTED and not job.copy_of and job.n not in settled_by_people:
                assert job.subject in titles


AnyDayAtThePrinter.TestCase.settings = settings(max_examples=examples(8), stateful_step_count=25, deadline=None)
TestAnyDayAtThePrinter = AnyDayAtThePrinter.TestCase


def test_times_are_the_stores(office: Office) -> None:
    office.queue.add("desk", a_sheet("a"), TEN, by="p1")

    job = office.queue.open_jobs()[0]

    assert job.at == TEN
    assert isinstance(job.at, datetime)
    assert job.at.tzinfo is SHANGHAI
