from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import DeviceFault
from kiosk.tills.drop_folder import DropFolder, Handled
from kiosk.tills.export import Reading
from kiosk.tills.imported import Taken
from tests.tills.exports import CUPS, KETTLE, MEAT, READING, ZONE, export, receipts_at


@pytest.fixture
def later() -> Reading:
    """So long after now that the till has finished writing."""
    return Reading(READING.form, ZONE, datetime.now(ZONE) + timedelta(seconds=60))


def folder(tmp_path: Path) -> DropFolder:
    drop = DropFolder(tmp_path / "till", receipts_at(tmp_path))
    assert drop.waiting() == ()
    return drop


def names(path: Path) -> list[str]:
    return sorted(str(one.relative_to(path)) for one in path.rglob("*") if one.is_file())


def test_a_whole_export_is_taken_and_put_aside(tmp_path: Path, later: Reading) -> None:
    drop = folder(tmp_path)
    export(drop.path, KETTLE, CUPS)

    assert list(drop.take(later)) == [Handled("day.csv", Taken(1, 2))]
    assert names(drop.path) == ["taken/day.csv"]
    assert list(drop.take(later)) == []


def test_an_export_with_mistakes_goes_into_quarantine_with_a_note_and_the_next_one_is_taken(
    tmp_path: Path, later: Reading
) -> None:
    drop = folder(tmp_path)
    os.utime(export(drop.path, KETTLE.replace(",1,129", ",0,129"), name="a.csv"), (1, 1))
    export(drop.path, MEAT, name="b.CSV")

    bad, good = drop.take(later)

    assert str(bad.mistakes[0]).startswith("line 2: quantity is 0")
    assert good.taken == Taken(1, 1)
    assert names(drop.path) == ["quarantine/a.csv", "quarantine/a.csv.txt", "taken/b.CSV"]
    assert "line 2: quantity is 0" in (drop.path / "quarantine/a.csv.txt").read_text(encoding="utf-8")


def test_what_the_till_still_writes_waits(tmp_path: Path) -> None:
    drop = folder(tmp_path)
    export(drop.path, KETTLE)

    [handled] = drop.take(Reading(READING.form, ZONE, datetime.now(ZONE)))

    assert handled == Handled("day.csv", waits="it was written a moment ago")
    assert names(drop.path) == ["day.csv"]


def test_what_is_cut_off_waits_until_it_is_whole_and_after_half_an_hour_a_person_is_told(
    tmp_path: Path, later: Reading
) -> None:
    drop = folder(tmp_path)
    day = export(drop.path, KETTLE, CUPS)
    whole = day.read_bytes()
    day.write_bytes(whole[:-5])
    late = Reading(READING.form, ZONE, later.now + timedelta(minutes=30))

    assert [one.overdue for one in drop.take(later)] == [False]
    assert [(one.overdue, one.waits) for one in drop.take(late)] == [(True, "the last line does not end")]
    day.write_bytes(whole)
    assert [one.taken for one in drop.take(later)] == [Taken(1, 2)]


def test_two_exports_of_one_name_are_both_kept(tmp_path: Path, later: Reading) -> None:
    drop = folder(tmp_path)
    for row in (KETTLE, MEAT):
        export(drop.path, row)
        assert [one.taken is not None for one in drop.take(later)] == [True]

    assert names(drop.path) == ["taken/day-2.csv", "taken/day.csv"]


@pytest.mark.rule("S20")
def test_exports_are_deleted_after_their_time(tmp_path: Path, later: Reading) -> None:
    drop = folder(tmp_path)
    export(drop.path, KETTLE, name="good.csv")
    export(drop.path, CUPS.replace(",4,", ",-4,"), name="bad.csv")
    list(drop.take(later))

    assert drop.tidy(later.now) == 0
    assert drop.tidy(later.now + timedelta(days=8)) == 1
    assert drop.tidy(later.now + timedelta(days=31)) == 2
    assert names(drop.path) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "till").write_text("a file")

    with pytest.raises(DeviceFault, match="exports cannot be looked for"):
        DropFolder(tmp_path / "till", receipts_at(tmp_path)).waiting()


def test_an_old_export_is_kept_as_long_as_a_new_one(tmp_path: Path, later: Reading) -> None:
    drop = folder(tmp_path)
    os.utime(export(drop.path, KETTLE), (1, 1))

    list(drop.take(later))

    assert drop.tidy(later.now) == 0
    assert names(drop.path) == ["taken/day.csv"]


def test_a_folder_in_which_nothing_can_be_put_is_told(tmp_path: Path, later: Reading) -> None:
    drop = folder(tmp_path)
    os.utime(export(drop.path, KETTLE), (1, 1))
    (drop.path / "taken").write_text("a file")

    with pytest.raises(DeviceFault, match=r"day\.csv cannot be put there"):
        list(drop.take(later))
