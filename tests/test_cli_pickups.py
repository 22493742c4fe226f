"""`kiosk returns pickup`: a card, its tests, the hand-over, from a terminal; the card is read off the PDF."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from zxingcpp import read_barcodes

from kiosk.cli import DONE, PROBLEMS
from kiosk.rules.people.person import Right
from tests.store_desk import StoreDesk
from tests.test_cli_return_slips import PRINTER, PROJECT, RECEIPT, RETURNS
from tests.tills.exports import export

PEOPLE = {"mei": Right.CLERK, "floor": Right.FLOOR, "bags": Right.BAGS}
PICKUP = ("returns", "pickup")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> StoreDesk:
    monkeypatch.setenv("COLUMNS", "200")
    made = StoreDesk(tmp_path, capsys, monkeypatch, PEOPLE, RETURNS + PRINTER)
    shutil.copy(PROJECT / "schedules/returns.toml", made.site / "schedules/returns.toml")
    assert made.say("", "returns", "import", str(export(tmp_path, *RECEIPT))) == DONE, made.err
    return made


@pytest.mark.rule("R17")
def test_a_kettle_is_collected_with_a_card_after_it_was_tested(desk: StoreDesk, tmp_path: Path) -> None:
    assert desk.say("mei", *PICKUP, "issue", "R01 0000 0001", "1") == DONE, desk.err
    early = desk.say("floor", *PICKUP, "hand-out", "1", "--receipt")
    for serial in ("SN-1", "SN-2"):
        assert desk.say("floor", *PICKUP, "test", "1", "--serial", serial) == DONE, desk.err
    desk.say("floor", *PICKUP, "list", "--json")
    waits = json.loads(desk.out)
    handed = desk.say("floor", *PICKUP, "hand-out", "1", "--receipt", "--invoice")

    assert (early, handed) == (PROBLEMS, DONE)
    assert [(one["card"], one["stage"]) for one in waits] == [(1, "tested")]
    assert desk.say("floor", *PICKUP, "show", "1") == DONE
    assert "collected" in desk.out
    desk.say("floor", *PICKUP, "show", "1", "--json")
    assert [one["result"] for one in json.loads(desk.out)["tests"]] == ["works", "works"]
    desk.say("", "printers", "status", "--json")
    assert len(json.loads(desk.out)["jobs"]) == 3

    assert desk.say("mei", *PICKUP, "print", "1", "--pdf", str(tmp_path / "card.pdf")) == DONE, desk.err
    pages = pypdfium2.PdfDocument(tmp_path / "card.pdf")
    (code,) = read_barcodes(pages[0].render(scale=3).to_pil())
    assert code.text.startswith("PC000001-")
    assert len(pages) == 3


@pytest.mark.rule("R03")
def test_a_test_at_the_return_desk_is_written_down_and_what_nobody_may_is_refused(desk: StoreDesk) -> None:
    test = (*PICKUP, "test-return", "R0100000001", "1", "--serial", "SN-9", "--found", "power")

    assert desk.say("mei", *test) == DONE, desk.err
    assert desk.out == "test record 000001: defective\n"
    assert desk.say("bags", *test) == PROBLEMS
    assert desk.say("mei", *PICKUP, "test-return", "R0100000009", "1", "--serial", "x") != DONE
    assert desk.say("bags", *PICKUP, "list") != DONE
    assert desk.say("mei", *PICKUP, "show", "7") != DONE
    assert "there is no pick-up card 000007" in desk.err
    desk.say("mei", *PICKUP, "issue", "R0100000001", "1")
    assert desk.say("mei", *PICKUP, "void", "1", "--why", " ") == PROBLEMS
    assert desk.err.endswith("say why the pick-up card is void, in 80 characters at most\n")
    assert desk.say("mei", *PICKUP, "void", "1", "--why", "water in the box") == DONE
    desk.say("mei", *PICKUP, "show", "1", "--json")
    assert json.loads(desk.out)["void_why"] == "water in the box"
    assert desk.say("mei", *PICKUP, "list") == DONE
