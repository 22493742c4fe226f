"""`kiosk export`: the store takes away what it knows, and what is personal only where somebody answers for it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from kiosk.app.takeout import take_out
from kiosk.cli import main
from kiosk.errors import KioskError, LedgerFault
from kiosk.ledger import audit, secrets
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.metadata import metadata
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.takeout import SHEETS, left_inside
from kiosk.rules.broadcast.page_watch import Origin, Page
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.rules.people.person import Person, Right
from tests import sites
from tests.ledger.shop import fresh_ledger, log_songs
from tests.ledger.values import SHANGHAI, TEN

PIN = "482913"
NOW = datetime(2026, 11, 23, 22, 0, tzinfo=SHANGHAI)
SECRET = {"pin", "badge", "sealed", "pin_sha256", "badge_sha256", "chip", "mark", "content", "secret"}


class Store:
    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.site, self.state, self.root = sites.write_site(root / "site"), root / "state", root
        self.ledger = self.state / "ledger.sqlite"
        self._capsys = capsys
        (root / "pin").write_text(PIN + "\n")
        with fresh_ledger(self.ledger) as ledger:
            log_songs(AsRunPages(ledger, SHANGHAI), 3)
            people = PeoplePages(ledger, b"")
            people.add(Person("tao", "陈涛", frozenset({Right.SUPERVISOR})), "test", TEN, pin=PIN)
            people.add(Person("mei", "=李梅", frozenset({Right.BAGS})), "test", TEN, pin=PIN)
            request = PageRequest(Whom.GUEST, Title.MR, "王小明")
            LedgerPages(lambda: ledger, SHANGHAI).enter(Page(request, TEN, Origin.FRONT, "front", TEN))

    def exports(self, target: Path, *words: str) -> int:
        where = ("--site", str(self.site), "--state", str(self.state), "--as-pin-file", str(self.root / "pin"))
        code = main(["export", str(target), *words, *where])
        self.out, self.err = self._capsys.readouterr()
        return code

    def audited(self) -> list[tuple[str, str, str]]:
        with open_ledger(self.ledger) as ledger, ledger.read() as connection:
            lines = list(audit.lines(connection, SHANGHAI))
        return [(line.actor, line.action, line.subject) for line in lines if line.action in ("exports", "is refused")]


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # quick
    return Store(tmp_path, capsys)


def table(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


@pytest.mark.rule("S20")
def test_an_export_is_whole_told_by_its_manifest_and_names_nobody(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out"

    assert store.exports(target) == 0

    manifest: dict[str, Any] = json.loads((target / "manifest.json").read_text())
    assert {path.name for path in target.iterdir()} == {*manifest["files"], "manifest.json"}
    for name, told in manifest["files"].items():
        raw = (target / name).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == told["sha256"]
        assert len(table(raw)) == told["rows"]
    assert manifest["files"]["as_run.csv"]["rows"] == 3
    assert manifest["left_in_the_ledger"]["credentials"] == ["person", "pin", "badge", "wrong", "paused_until"]
    everything = b"".join(path.read_bytes() for path in target.iterdir()).decode()
    assert "王小明" not in everything
    assert "李梅" not in everything
    assert (target.stat().st_mode & 0o777, (target / "page.csv").stat().st_mode & 0o777) == (0o700, 0o600)
    assert [line[1:] for line in store.audited()] == [("exports", str(target))]


@pytest.mark.rule("S20")
def test_what_is_personal_goes_along_upon_the_supervisors_word(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out.zip"
    assert store.exports(target, "--personal", "--as", "mei") == 1
    assert "may not take out what is personal: the supervisor or the head may" in store.err
    assert not target.exists()

    assert store.exports(target, "--personal", "--as", "tao", "--json") == 0

    assert json.loads(store.out)["rows"]["people"] == 2
    with zipfile.ZipFile(target) as packed:
        assert table(packed.read("page.csv"))[0]["name"] == "王小明"
        assert [row["name"] for row in table(packed.read("people.csv"))] == ["陈涛", "'=李梅"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert store.audited() == [
        ("mei", "is refused", "an export of what is personal"),
        ("tao", "exports", str(target)),
    ]
    assert "delete it" not in store.out
    assert store.exports(tmp_path / "again", "--personal", "--as", "tao", "--lines") == 0
    assert "delete it" in store.out
    assert json.loads((tmp_path / "again" / "people.jsonl").read_text().splitlines()[1])["name"] == "=李梅"


def test_nothing_is_written_over_and_nothing_half(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert store.exports(tmp_path / "there") == 1
    assert "is there already" in store.err

    assert store.exports(tmp_path / "nowhere" / "out") == 3
    assert "name a folder that exists" in store.err


def test_an_export_that_breaks_off_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def breaks(ledger: Ledger) -> Callable[[], object]:
        def read() -> object:
            raise KioskError("the ledger went away")

        return read

    with open_ledger(store.ledger) as ledger:
        ledger.read = breaks(ledger)  # type: ignore[method-assign,assignment]
        for target in (tmp_path / "out", tmp_path / "out.zip"):
            with pytest.raises(KioskError, match="went away"):
                take_out(ledger, target, NOW, "test", personal=False, as_json=False)
            assert not target.exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []


def test_every_column_that_is_named_is_there_and_no_secret_is_among_them() -> None:
    for sheet in SHEETS:
        columns = {column.name for column in metadata.tables[sheet.table].c}
        assert {*sheet.plain, *sheet.personal} <= columns, sheet.table
        signed = {"content"} if sheet.table.endswith("_signed") else set()  # a sheet that was signed is for the file
        assert not {*sheet.plain, *sheet.personal} & (SECRET - signed), sheet.table
    assert "name" in left_inside(personal=False)["page"]
    assert "page" not in left_inside(personal=True)


def test_a_ledger_that_cannot_be_read_is_not_told_as_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    ledger = fresh_ledger(tmp_path / "ledger.sqlite")
    ledger.close()

    with pytest.raises(LedgerFault, match=r"ledger\.sqlite was closed"):
        take_out(ledger, tmp_path / "store.zip", NOW, "tao", personal=False, as_json=False)

    assert [one.name for one in tmp_path.glob("*store*")] == []
