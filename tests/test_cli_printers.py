"""`kiosk printers` as people give it, and the presses of a role that print what they asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from zxingcpp import read_barcodes

from kiosk.app.places import Places
from kiosk.app.printing import presses, print_queue
from kiosk.app.slip_printing import tickets_of
from kiosk.cli import DEVICE, DONE, PROBLEMS
from kiosk.config.load import load_site
from kiosk.hw.clock import SystemClock
from kiosk.ledger.store import open_ledger
from kiosk.rules.people.person import Right
from kiosk.rules.printing.jobs import Event, Stage
from tests.app.test_slip_printing import DEPOSIT, LOCKER, SLIP
from tests.audio.waiting import eventually
from tests.desks.lockers.tag_books import RememberedTags
from tests.hw.thermal import Thermal, at_network, codes
from tests.ledger.values import SHANGHAI, TEN
from tests.rules.lockers.tags import NOW
from tests.store_desk import StoreDesk

PATIENCE_S = 30.0
PEOPLE = {"mei": Right.BAGS, "lead": Right.SUPERVISOR}
PRINTER = '\n[[printers]]\nid = "desk"\nnetwork = "127.0.0.1:{port}"\n'
LOCKERS = """
[lockers]
tags = "ticket"
slip_printer = "desk"
[[lockers.rows]]
size = "small"
lockers = "1-20"
place = "left wall"
"""

Desk = Callable[[str], StoreDesk]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return lambda site: StoreDesk(tmp_path, capsys, monkeypatch, PEOPLE, site)


@contextmanager
def at_work(desk: StoreDesk) -> Iterator[list[str]]:
    """The front role's presses."""
    told: list[str] = []
    site = load_site(desk.site)
    with (
        open_ledger(desk.path) as ledger,
        presses(site, Places(desk.site, desk.state), lambda: ledger, SystemClock(SHANGHAI), told.append),
    ):
        yield told


def test_what_staff_ask_for_is_printed_by_the_role_and_can_be_printed_again_as_a_copy(desk: Desk) -> None:
    thermal = Thermal()
    with at_network(thermal) as port:
        counter = desk(PRINTER.format(port=port))
        asked = counter.say("mei", "printers", "test")
        with at_work(counter) as told:
            eventually(lambda: len(thermal.cuts) == 1, within_s=PATIENCE_S, what="a sheet")
            eventually(
                lambda: counter.say("mei", "printers", "reprint", "1") == DONE, within_s=PATIENCE_S, what="a copy"
            )
            eventually(lambda: len(thermal.cuts) == 2, within_s=PATIENCE_S, what="its copy")
            eventually(lambda: counter.say("", "printers", "status") == DONE, within_s=PATIENCE_S, what="done")

    assert (asked, told) == (DONE, [])
    assert [code.startswith("kiosk printer desk") for paper in thermal.cuts for code in codes(paper)] == [True, True]
    assert len(thermal.cuts[1]) > len(thermal.cuts[0])  # the stamp
    assert "is ready" in counter.out
    counter.say("", "printers", "status", "--all", "--json")
    jobs = json.loads(counter.out)["jobs"]
    assert [(job["stage"], job["copy_of"]) for job in jobs] == [("printed", None), ("printed", 1)]


def test_a_printer_without_paper_is_told_by_its_status_and_the_job_waits(desk: Desk) -> None:
    thermal = Thermal(rows_left=0)
    with at_network(thermal) as port:
        counter = desk(PRINTER.format(port=port))
        counter.say("mei", "printers", "test", "desk")
        with at_work(counter):
            eventually(lambda: counter.say("", "printers", "status") == DEVICE, within_s=PATIENCE_S, what="told")
            told = counter.out
            thermal.reload()
            eventually(lambda: len(thermal.cuts) == 1, within_s=PATIENCE_S, what="a sheet")

    assert "put in a new roll" in told.replace("\n", "")
    assert "waiting" in told


def test_an_unsure_job_is_shown_until_somebody_says_what_became_of_it(desk: Desk) -> None:
    counter = desk(PRINTER.format(port=1))
    for _ in range(2):
        counter.say("mei", "printers", "test")
    with open_ledger(counter.path) as ledger:
        queue = print_queue(Places(counter.site, counter.state), lambda: ledger, SHANGHAI)
        for _ in range(2):
            taken = queue.begin("desk", TEN)
            assert taken is not None
            queue.note(taken[0].n, Event.LOST_SIGHT, TEN)

    shown = counter.say("", "printers", "status")
    seen = counter.say("mei", "printers", "seen", "1")
    dropped = counter.say("lead", "printers", "withdraw", "2")

    assert (shown, seen, dropped) == (PROBLEMS, DONE, DONE)
    assert counter.say("", "printers", "status") == DONE
    assert counter.say("lead", "printers", "withdraw", "2") == PROBLEMS
    assert counter.say("lead", "printers", "reprint", "2") == PROBLEMS
    assert "cannot be printed again" in counter.err


def test_nobody_prints_without_a_pin_nor_without_a_printer(desk: Desk) -> None:
    counter = desk("")

    assert counter.say("mei", "printers", "test") == PROBLEMS
    assert "has no [[printers]]" in counter.err
    assert counter.say("", "printers", "status") == DONE
    assert "site.toml names no [[printers]]: nothing goes onto paper" in counter.out
    assert counter.say("thief", "printers", "test") == PROBLEMS
    assert "refused" in counter.err
    assert counter.say("", "printers", "test") == PROBLEMS
    assert "say who you are" in counter.err


def test_a_sheet_can_be_looked_at_without_paper(desk: Desk, tmp_path: Path) -> None:
    counter = desk(PRINTER.format(port=1))

    assert counter.say("mei", "printers", "test", "--png", str(tmp_path / "test.png")) == DONE

    (code,) = read_barcodes(Image.open(tmp_path / "test.png"))
    assert code.text.startswith("kiosk printer desk")
    counter.say("", "printers", "status", "--all", "--json")
    assert json.loads(counter.out)["jobs"] == []


def test_a_printer_that_does_not_exist_is_told_with_those_that_do(desk: Desk) -> None:
    counter = desk(PRINTER.format(port=1))

    assert counter.say("mei", "printers", "test", "bar") == PROBLEMS
    assert "the printers are desk" in counter.err
    assert counter.say("", "printers", "status") == DONE
    assert "nobody has looked yet" in counter.out.replace("\n", "")


@pytest.mark.rule("L01")
def test_a_ticket_of_the_lockers_comes_out_of_the_receipt_printer_and_is_nowhere_afterwards(desk: Desk) -> None:
    thermal = Thermal(width=576)
    with at_network(thermal) as port:
        counter = desk(PRINTER.format(port=port) + LOCKERS)
        site = load_site(counter.site)
        told: list[str] = []
        with open_ledger(counter.path) as ledger:
            queue = print_queue(Places(counter.site, counter.state), lambda: ledger, SHANGHAI)
            with tickets_of(site, RememberedTags(), told.append, None, queue) as hand_out:
                hand_out(LOCKER, DEPOSIT, NOW)
                waiting = queue.document(1)
            with at_work(counter):
                eventually(lambda: not queue.open_jobs(), within_s=PATIENCE_S, what="the ticket")
            kept = queue.document(1)
            copied = queue.copy(1, NOW, by="mei", stamp="x")

    assert told == []
    assert waiting is not None
    assert (kept, copied) == (None, None)
    assert codes(thermal.cuts[0]) == [SLIP.text]
    everything = b"".join(file.read_bytes() for file in counter.state.iterdir() if file.is_file())
    assert SLIP.text.encode() not in everything


def test_a_ticket_that_cannot_be_queued_is_told_with_its_locker(desk: Desk) -> None:
    counter = desk(PRINTER.format(port=1) + LOCKERS)
    told: list[str] = []
    ledger = open_ledger(counter.path)
    ledger.close()
    queue = print_queue(Places(counter.site, counter.state), lambda: ledger, SHANGHAI)

    with tickets_of(load_site(counter.site), RememberedTags(), told.append, None, queue) as hand_out:
        hand_out(LOCKER, DEPOSIT, NOW)

    assert [text.startswith("the ticket of locker 17 is not printed") for text in told] == [True]


def test_what_was_printed_yesterday_is_forgotten(desk: Desk) -> None:
    counter = desk(PRINTER.format(port=1))
    with open_ledger(counter.path) as ledger:
        queue = print_queue(Places(counter.site, counter.state), lambda: ledger, SHANGHAI)
        counter.say("mei", "printers", "test")
        taken = queue.begin("desk", TEN)
        assert taken is not None
        queue.note(1, Event.DONE, TEN)
        with at_work(counter):
            eventually(lambda: queue.document(1) is None, within_s=PATIENCE_S, what="forgotten")

        assert queue.recent(TEN)[0].stage is Stage.PRINTED
