"""The page on security: every line of it is proven by tests that are there, and some of them are here."""

from __future__ import annotations

import ast
import re
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app.backup import back_up
from kiosk.app.commands.return_register import _csv
from kiosk.app.places import Places
from kiosk.app.sealing_key import sealing_key
from kiosk.errors import DeviceFault
from kiosk.ledger.store import open_ledger
from kiosk.rules.service.printed import table
from kiosk.rules.service.record import Record

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def names_in(file: Path) -> set[str]:
    return {
        node.name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


def test_every_line_of_the_page_names_tests_that_are_there() -> None:
    assert len(rows()) >= 15
    for row in rows():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row[-1])
        assert named, row[0]
        for file, name in named:
            assert name in names_in(ROOT / file), (row[0], file, name)


FORMULAS = ('=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3")


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    record = Record("complaint", 1, NOW, "anna", "open", NOW, {"what": cell}, owner="lina")

    told = _csv(("reason",), [(cell,)]).decode("utf-8-sig")
    answer = table([record])[1][-1]

    assert told.splitlines()[1].strip('"').startswith("'")
    assert answer == f"'{cell}"


def test_a_card_without_the_place_of_its_keys_tells_nothing_nor_do_its_backups(tmp_path: Path) -> None:
    where = Places(tmp_path / "site", tmp_path / "card")
    wall = tmp_path / "wall"
    wall.mkdir()
    where.site.mkdir()
    open_ledger(where.ledger).close()
    key = sealing_key(where.service_key)
    where.service_key.rename(wall / "service.key")
    where.service_key.symlink_to(wall / "service.key")

    again = sealing_key(where.service_key)
    backup = back_up(where, where.state / "backups", NOW)
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    on_the_card = [file for file in where.state.rglob("*") if file.is_file() and not file.is_symlink()]
    (wall / "service.key").unlink()

    assert again == key
    assert not any("service.key" in name for name in names)
    assert not any(key in file.read_bytes() for file in on_the_card)
    with pytest.raises(DeviceFault, match=r"its book cannot be worked on.*let the kiosk's user read and write it"):
        sealing_key(where.service_key)
