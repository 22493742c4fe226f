"""Printers in staff mode: what ails them, what waits, and what somebody says of a sheet once they have looked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desks.printing.press import CRASHED, NOTICES, Press
from kiosk.desks.staff.board_corner import NoticeCorner
from kiosk.desks.staff.printer_corner import LONG, PrinterCorner, offered_for
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ports.staff_view import Matter
from kiosk.rules.printing.document import Document, Line
from kiosk.rules.printing.jobs import Condition, Event, Stage, after
from tests.ledger.shop import ask, fresh_ledger
from tests.ledger.values import SHANGHAI, TEN
from tests.rules.lockers.lost_tag_people import MEI

SHEET = Document("ticket of locker 3", (Line("3"),))


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[LedgerPrintQueue]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        yield LedgerPrintQueue(lambda: ledger, SHANGHAI, lambda: bytes(32))


@pytest.fixture
def corner(queue: LedgerPrintQueue) -> PrinterCorner:
    return PrinterCorner(queue, ("bags",))


def unsure(queue: LedgerPrintQueue) -> int:
    n = queue.add("bags", SHEET, TEN, by="lockers")
    queue.begin("bags", TEN)
    queue.note(n, Event.LOST_SIGHT, TEN, why=CRASHED)
    return n


def keys(corner: PrinterCorner, minutes: float = 0) -> list[str]:
    return [one.key for one in corner.matters(MEI, TEN + timedelta(minutes=minutes))]


def told(matter: Matter | None) -> dict[str, str]:
    assert matter is not None
    return dict(matter.told)


@pytest.mark.parametrize("condition", [Condition.PAPER_OUT, Condition.COVER_OPEN, Condition.OFFLINE])
def test_a_printer_that_cannot_print_presses_with_what_to_do_and_what_waits_for_it(
    queue: LedgerPrintQueue, corner: PrinterCorner, condition: Condition
) -> None:
    queue.report("bags", condition, TEN)
    n = queue.add("bags", SHEET, TEN, by="lockers")

    assert keys(corner) == ["print printer bags", f"print job {n}"]
    shown = corner.opened("printer bags", MEI, TEN)
    assert shown is not None
    assert (shown.line, shown.at, shown.pressing) == (condition.value, TEN, True)
    assert told(shown) == {"Waits to be printed": f"{n} · ticket of locker 3".replace("ticket of", "Ticket of")}


def test_little_paper_is_told_and_presses_nobody(queue: LedgerPrintQueue, corner: PrinterCorner) -> None:
    queue.report("bags", Condition.PAPER_LOW, TEN)

    [low] = corner.matters(MEI, TEN)
    assert not low.pressing


def test_printers_that_are_well_and_sheets_that_are_about_to_come_out_are_no_matter(
    queue: LedgerPrintQueue, corner: PrinterCorner
) -> None:
    queue.report("bags", Condition.READY, TEN)
    queue.report("elsewhere", Condition.OFFLINE, TEN)
    n = queue.add("bags", SHEET, TEN, by="lockers")

    assert keys(corner) == []
    assert keys(corner, LONG.total_seconds() / 60) == [f"print job {n}"], "it should have come out by now"


def test_a_sheet_of_which_nobody_knows_waits_for_somebody_who_looked(
    queue: LedgerPrintQueue, corner: PrinterCorner
) -> None:
    n = unsure(queue)

    [matter] = corner.matters(MEI, TEN)

    assert matter.key == f"print job {n}"
    assert [one.deed for one in matter.deeds] == ["seen", "reprint", "withdraw"]
    assert told(corner.opened(f"job {n}", MEI, TEN))["Why"] == CRASHED


def test_a_sheet_that_broke_off_says_why(queue: LedgerPrintQueue, corner: PrinterCorner) -> None:
    n = queue.add("bags", Document("Handover 2026-11-23", (Line("3"),)), TEN, by="lockers")
    queue.begin("bags", TEN)
    queue.note(n, Event.BROKE_OFF, TEN, why=f"broke off: the printer {Condition.PAPER_OUT.value}")

    matter = corner.opened(f"job {n}", MEI, TEN)

    assert told(matter)["Why"] == f"broke off: the printer {Condition.PAPER_OUT.value}"
    assert matter is not None
    assert matter.title == f"{n} · Handover 2026-11-23"


@pytest.mark.parametrize(("deed", "stage"), [("seen", "printed"), ("withdraw", "withdrawn")])
def test_whoever_looked_settles_it_under_their_name(
    queue: LedgerPrintQueue, corner: PrinterCorner, deed: str, stage: str
) -> None:
    n = unsure(queue)

    assert not corner.do(f"job {n}", deed, {"why": "written by hand"}, MEI, TEN).refused

    [job] = [one for one in queue.recent(TEN) if one.n == n]
    assert job.stage.value == stage
    assert keys(corner) == []
    [(actor, details)] = ask(queue._ledger().path, "SELECT actor, details FROM audit ORDER BY n DESC LIMIT 1")
    assert actor == MEI.id
    assert ("written by hand" in str(details)) or deed == "seen"


def test_it_is_printed_again_as_a_copy_once_and_not_by_the_second_who_looks(
    queue: LedgerPrintQueue, corner: PrinterCorner
) -> None:
    n = unsure(queue)

    assert str(corner.do(f"job {n}", "reprint", {}, MEI, TEN).text) == f"Job {n + 1} prints it again, marked as a copy"
    assert corner.do(f"job {n}", "reprint", {}, MEI, TEN).refused

    assert [(one.n, one.copy_of) for one in queue.open_jobs()] == [(n + 1, n)]


def test_what_is_forgotten_cannot_be_printed_again(queue: LedgerPrintQueue, corner: PrinterCorner) -> None:
    n = unsure(queue)
    with queue._ledger().write() as connection:
        connection.exec_driver_sql("UPDATE print_job SET content = NULL")

    assert "cannot be printed again" in corner.do(f"job {n}", "reprint", {}, MEI, TEN).text


def test_somebody_who_is_quicker_leaves_nothing_to_say(
    queue: LedgerPrintQueue, corner: PrinterCorner, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = unsure(queue)
    monkeypatch.setattr(queue, "note", lambda *_, **__: None)

    assert corner.do(f"job {n}", "seen", {}, MEI, TEN).refused


@pytest.mark.parametrize("thing", ["job 99", "job x", "printer bags", "printer other", "nothing"])
def test_what_is_not_there_is_neither_shown_nor_settled(corner: PrinterCorner, thing: str) -> None:
    assert corner.opened(thing, MEI, TEN) is None
    assert corner.do(thing, "seen", {}, MEI, TEN).refused


@pytest.mark.parametrize("stage", Stage)
def test_only_what_the_table_of_jobs_allows_is_offered(stage: Stage) -> None:
    events = {"seen": Event.SEEN, "reprint": Event.COPIED, "withdraw": Event.WITHDRAWN}

    assert {one.deed for one in offered_for(stage)} == {
        deed for deed, event in events.items() if after(stage, event) is not None
    }


def test_what_the_press_hangs_on_the_board_is_not_told_twice(queue: LedgerPrintQueue) -> None:
    class Empty:
        def look(self) -> Condition:
            return Condition.PAPER_OUT

    board = LedgerNotices(queue._ledger, SHANGHAI)
    Press("bags", Empty(), queue, board, lambda: TEN, lambda text: None).look()  # type: ignore[arg-type] # it prints nothing

    assert board.hanging() != ()
    assert NoticeCorner(board, (NOTICES,)).matters(MEI, TEN) == ()
