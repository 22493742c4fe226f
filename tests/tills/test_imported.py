from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.errors import DeviceFault
from kiosk.tills.export import BadExport, CutOff
from kiosk.tills.imported import ImportedReceipts, Taken
from tests.tills.exports import CUPS, FIRST, KETTLE, MEAT, NOW, READING, SECOND, ZONE, OpenVeil, export, receipts_at


def test_an_export_is_taken_once_however_often_it_is_brought(tmp_path: Path) -> None:
    receipts = receipts_at(tmp_path)
    day = export(tmp_path, KETTLE, CUPS, MEAT)

    assert receipts.take(day, READING) == Taken(2, 3)
    assert receipts.take(day, READING) == Taken(2, 3, 2, NOW)
    assert receipts.take(day.rename(tmp_path / "other name.csv"), READING).before == NOW
    assert receipts.find("R0100000001") == FIRST
    assert receipts.find("R0100000003") is None
    assert receipts.latest(5) == ("R0100000002", "R0100000001")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_till_may_write_gbk(tmp_path: Path, encoding: str) -> None:
    receipts = receipts_at(tmp_path)

    receipts.take(export(tmp_path, KETTLE, CUPS, encoding=encoding), READING)

    assert receipts.find("R0100000001") == FIRST


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("单号\n".encode("utf-16"), "line 1: is UTF-16 text"),
        (b"number\n\xff\xff\xff\n", "line 2: is neither UTF-8 nor GB18030 text"),
        (b"number\n\n\x00\n", "line 3: is neither UTF-8 nor GB18030 text"),
    ],
)
def test_another_encoding_is_told_clearly(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "day.csv"
    path.write_bytes(content)

    with pytest.raises(BadExport, match=says):
        receipts_at(tmp_path).take(path, READING)


@pytest.mark.parametrize("keep", [0, 30, -1, -30, -60])
def test_a_file_that_is_cut_in_the_middle_waits_and_nothing_of_it_is_taken(tmp_path: Path, keep: int) -> None:
    day = export(tmp_path, MEAT, KETTLE, CUPS.replace("1,0,", "1,0,杯"))
    whole = day.read_bytes()
    day.write_bytes(whole[:keep])
    receipts = receipts_at(tmp_path)

    with pytest.raises(CutOff):
        receipts.take(day, READING)

    assert receipts.find("R0100000002") is None
    day.write_bytes(whole.replace("杯\n".encode(), b"\n"))
    assert receipts.take(day, READING).receipts == 2


def test_a_file_with_one_mistake_is_not_taken_at_all(tmp_path: Path) -> None:
    receipts = receipts_at(tmp_path)

    with pytest.raises(BadExport, match="line 4: quantity is 0"):
        receipts.take(export(tmp_path, KETTLE, CUPS, MEAT.replace("0.535", "0")), READING)

    assert receipts.find("R0100000001") is None


def test_exports_that_overlap_are_taken_and_those_that_contradict_are_not(tmp_path: Path) -> None:
    receipts = receipts_at(tmp_path)
    receipts.take(export(tmp_path, KETTLE, CUPS), READING)

    assert receipts.take(export(tmp_path, KETTLE, CUPS, MEAT), READING) == Taken(2, 3, 1)
    with pytest.raises(BadExport, match="line 2: receipt R0100000001 came with other lines before"):
        receipts.take(export(tmp_path, KETTLE.replace("129.90", "1299.00"), CUPS), READING)
    assert receipts.find("R0100000001") == FIRST
    assert receipts.find("R0100000002") == SECOND


@pytest.mark.parametrize("between", [0, 600])
def test_a_receipt_that_stands_in_two_places_is_refused(tmp_path: Path, between: int) -> None:
    others = [MEAT.replace("R0100000002", f"R010001{n:04}") for n in range(between)]

    with pytest.raises(BadExport, match=f"line {between + 4}: receipt R0100000001 stands in two places"):
        receipts_at(tmp_path).take(export(tmp_path, KETTLE, MEAT, *others, CUPS), READING)


@pytest.mark.rule("S20")
def test_receipts_are_deleted_once_no_period_can_run_any_more(tmp_path: Path) -> None:
    receipts = receipts_at(tmp_path)
    receipts.take(export(tmp_path, KETTLE, CUPS, MEAT), READING)

    assert receipts.purge(FIRST.bought + timedelta(seconds=1)) == 1
    assert receipts.find("R0100000001") is None
    assert receipts.find("R0100000002") == SECOND
    with sqlite3.connect(tmp_path / "receipts.sqlite") as file:
        assert file.execute("SELECT count(*) FROM line").fetchone() == (1,)


@pytest.mark.rule("S20")
def test_a_members_number_stands_hidden_in_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    receipts_at(tmp_path).take(export(tmp_path / "..", KETTLE, name=f"{tmp_path.name}.csv"), READING)

    assert all(b"88001234" not in file.read_bytes() for file in tmp_path.iterdir())
    assert (tmp_path / "receipts.sqlite").stat().st_mode & 0o077 == 0


def test_whoever_asks_while_an_export_is_taken_is_answered(tmp_path: Path) -> None:
    receipts = receipts_at(tmp_path)
    receipts.take(export(tmp_path, KETTLE, CUPS), READING)
    big = export(tmp_path, *(MEAT.replace("R0100000002", f"R011{n:07}") for n in range(5_000)), name="big.csv")
    found = []
    asking = threading.Thread(target=lambda: found.append(receipts.find("R0100000001")))

    def progress(share: float) -> None:
        if share > 0.5 and not found:
            asking.start()
            asking.join(5)
            asking.start = lambda: None  # type: ignore[method-assign]

    assert receipts.take(big, READING, progress).lines == 5_000
    assert found[0] == FIRST


def test_a_power_cut_while_an_export_is_taken_leaves_nothing_of_it(tmp_path: Path) -> None:
    receipts_at(tmp_path).take(export(tmp_path, KETTLE, CUPS), READING)
    big = export(tmp_path, *(MEAT.replace("R0100000002", f"R011{n:07}") for n in range(5_000)), name="big.csv")
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom tests.tills.exports import READING, receipts_at\n"
        "receipts_at(Path(sys.argv[1])).take(Path(sys.argv[2]), READING, lambda share: share > 0.5 and os._exit(9))\n"
    )

    done = subprocess.run([sys.executable, "-c", script, tmp_path, big], check=False)

    assert done.returncode == 9
    assert receipts_at(tmp_path).find("R0110000001") is None
    assert receipts_at(tmp_path).take(big, READING).receipts == 5_000


def test_a_file_of_another_version_or_none_at_all_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "receipts.sqlite") as file:
        file.execute("PRAGMA user_version = 7")
    with pytest.raises(DeviceFault, match="another version of the kiosk"):
        receipts_at(tmp_path)

    (tmp_path / "receipts.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(DeviceFault, match="receipts cannot be kept"):
        receipts_at(tmp_path)


def test_a_receipt_that_was_damaged_by_hand_is_told_and_not_believed(tmp_path: Path) -> None:
    receipts = receipts_at(tmp_path)
    receipts.take(export(tmp_path, KETTLE), READING)
    with sqlite3.connect(tmp_path / "receipts.sqlite") as file:
        file.execute("UPDATE line SET quantity_milli = -1000")

    with pytest.raises(DeviceFault, match="receipt R0100000001 is damaged"):
        receipts.find("R0100000001")


def test_an_export_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceFault, match="cannot be read"):
        receipts_at(tmp_path).take(tmp_path, READING)


def test_two_exports_are_not_taken_at_the_same_time(tmp_path: Path) -> None:
    receipts = receipts_at(tmp_path)
    day = export(tmp_path, KETTLE)
    with sqlite3.connect(tmp_path / "receipts.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(DeviceFault, match="another export is being taken: try again"):
            ImportedReceipts(tmp_path / "receipts.sqlite", ZONE, OpenVeil(), patience_s=0.01).take(day, READING)

        other.execute("ROLLBACK")
    other.close()
    assert receipts.take(day, READING).receipts == 1
