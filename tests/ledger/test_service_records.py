"""The service desk's book in a real file: killed at any moment, two processes at once, the card in another's reader."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.service import Beside
from kiosk.rules.service.record import Done, Record
from tests.ledger.service_children import KEY
from tests.ledger.shop import ROOT, ask, by_hand, fill_disk, free_disk, fresh_ledger
from tests.ledger.test_durability import output_of
from tests.ledger.test_durability import together as go
from tests.ledger.values import SHANGHAI
from tests.rules.service.services import TEN, begun


def book_in(ledger: Ledger, key: bytes = KEY) -> LedgerServiceRecords:
    return LedgerServiceRecords(lambda: ledger, SHANGHAI, key)


def child(path: Path, name: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ledger.service_children", str(path), name, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_desk_killed_at_any_moment_has_lost_nothing_and_its_numbers_have_no_gap(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    fresh_ledger(path).close()
    said: list[str] = []
    for lines in (1, 6, 15):  # killed after each kind of step
        with child(path, "one", 0) as desk:
            said += islice(output_of(desk), lines)
            desk.send_signal(signal.SIGKILL)
            said += [line for line in output_of(desk) if line.endswith("\n")]

    with open_ledger(path) as ledger:
        records = {one.number: one for one in book_in(ledger).waiting()}
        verdict = verify(ledger)
    told = [line.split() for line in said]
    assert list(records) == list(range(1, len(records) + 1))
    for what, number, n in told:
        record = records[int(number)]
        assert record.answers["phone"] == n
        if what == "kept":
            assert (record.stage, record.history[-1].told) == ("taken", {"why": n})
    assert all(len(one.history) == (one.stage == "taken") for one in records.values())
    assert isinstance(verdict, Intact)


def test_two_processes_at_once_share_one_row_of_numbers_and_one_of_them_says_what_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    fresh_ledger(path).close()
    with child(path, "one", 40) as one, child(path, "two", 40) as two:
        said = go(one, two)

    with open_ledger(path) as ledger:
        records = book_in(ledger).waiting()
        verdict = verify(ledger)
    assert said == ["done\n", "done\n"]
    assert [record.number for record in records] == list(range(1, 121))
    assert ask(path, "SELECT count(*), count(DISTINCT once) FROM service_record WHERE once IS NOT NULL") == [(40, 40)]
    assert isinstance(verdict, Intact)


@pytest.mark.rule("S20")
def test_nothing_personal_can_be_read_in_the_file_and_nothing_at_all_without_the_key(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with fresh_ledger(path) as ledger:
        book = book_in(ledger)
        record = book.enter(begun(), over=False, beside=Beside(None, TEN, once="13800138000"))
        assert isinstance(record, Record)
        done = Done(TEN, "wang", "note", {"why": "王芳 calls back"})
        assert book.keep(replace(record, history=(done,)), was=record, over=False, once="13800138000")
        on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())

        with pytest.raises(LedgerFault, match="does not open"):
            book_in(ledger, b"x" * 32).record("repair", 1)
    assert b"13800138000" not in on_disk
    assert "王芳".encode() not in on_disk


@pytest.mark.rule("S20")
def test_an_answer_put_into_another_line_does_not_open_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with fresh_ledger(path) as ledger:
        book = book_in(ledger)
        book.enter(begun(), over=False)
        book.enter(begun(phone="2"), over=False)
    by_hand(path, "UPDATE service_record SET sealed = (SELECT sealed FROM service_record WHERE n = 1) WHERE n = 2")

    with open_ledger(path) as ledger, pytest.raises(LedgerFault, match="repair 2 does not open"):
        book_in(ledger).record("repair", 2)


@pytest.mark.rule("S20")
def test_who_looked_stands_in_the_audit_chain_without_what_they_saw(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with fresh_ledger(path) as ledger:
        book_in(ledger).looked(TEN, "wang", "repair 1")

    assert ask(path, "SELECT actor, action, subject, details FROM audit") == [
        ("wang", "has looked at", "repair 1", "{}")
    ]


def test_numbers_are_taken_in_order_and_lines_stay_whoever_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with fresh_ledger(path) as ledger:
        book_in(ledger).enter(begun(), over=True)
    copy = (
        "INSERT INTO service_record (service, number, at, by, stage, since, owner, deeds)"
        " SELECT service, 7, at, by, stage, since, owner, 0 FROM service_record"
    )

    for statement, why in (
        (copy, "numbered in order"),
        ("DELETE FROM service_record", "keeps its number"),
        ("UPDATE service_record SET over = NULL, stage = 'open'", "stays over"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=why):
            by_hand(path, statement)


def test_a_full_disk_writes_nothing_and_takes_no_number(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        book = book_in(ledger)
        book.enter(begun(), over=False)
        fill_disk(ledger)
        with pytest.raises(LedgerFault):
            book.enter(replace(begun(), answers={"why": "x" * 100_000}), over=False)
        free_disk(ledger)

        record = book.enter(begun(), over=False)

    assert isinstance(record, Record)
    assert record.number == 2


@pytest.mark.rule("S08")
@pytest.mark.rule("S20")
def test_cards_from_before_there_was_a_mark_of_them_are_found_bit_by_bit_and_stand_nowhere_in_the_file(
    tmp_path: Path,
) -> None:
    def card(record: Record) -> str:
        return record.history[-1].told.get("card", "")

    path = tmp_path / "ledger.sqlite"
    with closing(fresh_ledger(path)) as ledger:
        book = LedgerServiceRecords(lambda: ledger, SHANGHAI, b"k" * 32)
        for number in (1, 2, 3):
            begun = Record("member", 0, TEN, "mei", "applied", TEN, {"phone": f"1380013800{number}"})
            record = book.enter(begun, over=False)
            assert isinstance(record, Record)
            told = {"card": f"CARD-{number}-OF-LI"} if number < 3 else {}
            issued = replace(record, stage="issued", history=(Done(TEN, "mei", "issue", told),))
            assert book.keep(issued, was=record, over=False, has=card(issued))
        by_hand(path, "UPDATE service_record SET has = NULL")
        assert book.that_has("member", "CARD-2-OF-LI") == 0

        assert [book.learn("member", ("issued",), card, 2) for _ in range(3)] == [2, 1, 0]

        assert [book.that_has("member", f"CARD-{number}-OF-LI") for number in (1, 2, 3)] == [1, 2, 0]
        assert book.learn("member", ("applied",), card, 2) == 0
        left = book.record("member", 2)
        assert left is not None
        gone = replace(left, stage="left", history=(*left.history, Done(TEN, "mei", "leave")))
        assert book.keep(gone, was=left, over=True, has="CARD-2-OF-LI")
        book.purge("member", TEN + timedelta(days=1))
        assert book.that_has("member", "CARD-2-OF-LI") == 0, "the mark went with what is personal"
    assert all(b"OF-LI" not in one.read_bytes() for one in tmp_path.iterdir() if one.is_file())
