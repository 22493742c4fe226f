from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from kiosk.errors import LedgerFault
from kiosk.ledger import migrate as migrating
from kiosk.ledger import schema
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.files import schema_version
from kiosk.ledger.migrate import alembic_config, migrate
from kiosk.ledger.store import engine_at, open_ledger
from kiosk.ledger.verify import Intact, verify
from tests.ledger.shop import ask, by_hand, ledger_of_revision_1
from tests.ledger.values import SHANGHAI, TEN

OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def as_declared(tmp_path: Path) -> Path:
    """A file made from schema.py alone."""
    declared = tmp_path / "declared.sqlite"
    engine = create_engine(f"sqlite:///{declared}")
    schema.metadata.create_all(engine)
    engine.dispose()
    by_hand(declared, *schema.GUARDS.values())
    return declared


def objects_of(path: Path) -> set[tuple[str, ...]]:
    return {tuple("".join(str(part).split()) for part in row) for row in ask(path, OBJECTS)}


def test_the_migrated_schema_is_the_declared_one(path: Path, as_declared: Path) -> None:
    migrate(path)

    assert objects_of(path) == objects_of(as_declared)


def test_alembic_finds_nothing_left_to_migrate(path: Path) -> None:
    migrate(path)
    engine = engine_at(path)

    with engine.connect() as connection:
        left = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    engine.dispose()

    assert left == []


def test_the_known_revisions_are_the_packaged_ones() -> None:
    packaged = [step.revision for step in ScriptDirectory.from_config(alembic_config()).walk_revisions()]

    assert tuple(reversed(packaged)) == schema.REVISIONS


def test_every_folder_of_the_ledger_is_a_package_so_that_an_installed_kiosk_has_it() -> None:
    folders = {module.parent for module in Path(migrating.__file__).parent.rglob("*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


# the start migrates in a child: half a second
def test_an_old_ledger_is_copied_and_brought_up_to_date_at_the_start(path: Path) -> None:
    ledger_of_revision_1(path, notes=3)

    with open_ledger(path) as ledger:
        (song,) = AsRunPages(ledger, SHANGHAI).of_day(TEN.date())
        verdict = verify(ledger)

    (copy,) = path.parent.glob(f"ledger.sqlite.before-{schema.NEWEST}-*")
    assert song.key == "0001:music/x"
    assert isinstance(verdict, Intact)
    assert verdict.lines == 4  # the three there were, and one that tells of the upgrade
    assert ask(path, "SELECT action, subject FROM audit WHERE n = 4") == [("ledger upgraded", copy.name)]
    assert schema_version(path) == schema.NEWEST
    assert schema_version(copy) == "0001"
    assert ask(copy, "SELECT count(*) FROM audit") == [(3,)]


def test_an_old_ledger_without_a_line_can_be_upgraded(path: Path) -> None:
    ledger_of_revision_1(path, notes=0)

    migrate(path)

    with open_ledger(path) as ledger:
        assert isinstance(verify(ledger), Intact)


def test_a_ledger_that_is_up_to_date_is_neither_copied_nor_changed(path: Path) -> None:
    migrate(path)
    before = ask(path, "SELECT * FROM sqlite_master")

    assert migrate(path) is None

    assert ask(path, "SELECT * FROM sqlite_master") == before
    assert list(path.parent.glob("*.before-*")) == []


def test_an_upgrade_that_fails_leaves_the_old_ledger_as_it_was(path: Path) -> None:
    ledger_of_revision_1(path, notes=3)
    by_hand(path, "CREATE TRIGGER audit_head_no_delete DELETE ON audit BEGIN SELECT 1; END")  # in the last step's way
    before = objects_of(path)

    with pytest.raises(LedgerFault, match="already exists"):
        migrate(path)

    assert objects_of(path) == before
    assert schema_version(path) == "0001"


# the start tries in a child: half a second
def test_a_start_says_why_an_old_ledger_cannot_be_brought_up_to_date(path: Path) -> None:
    ledger_of_revision_1(path, notes=1)
    by_hand(path, "CREATE TABLE audit_head (n)")

    with pytest.raises(LedgerFault, match=r"ledger.sqlite could not be brought up to date: .*already exists"):
        open_ledger(path)


def test_a_ledger_of_a_newer_program_is_refused_and_left_alone(path: Path) -> None:
    migrate(path)
    by_hand(path, f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'")

    told = rf"newer program \(its schema is 9999, this program knows {schema.NEWEST}\): install"
    with pytest.raises(LedgerFault, match=told):
        open_ledger(path, replace_damaged=True)

    assert ask(path, f"SELECT version_num FROM {schema.VERSION_TABLE}") == [("9999",)]


def test_a_database_that_is_no_ledger_is_refused_and_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (n)")

    with pytest.raises(LedgerFault, match="is a database but not a ledger"):
        open_ledger(path, replace_damaged=True)

    assert ask(path, "SELECT name FROM sqlite_master") == [("recipes",)]


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["a", "b"], 2)])
def test_wrong_usage_of_the_migration_is_told_apart(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert migrating.main(arguments) == code
    assert "usage" in capsys.readouterr().err


def test_the_migration_says_what_is_wrong(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(b"garbage" * 1000)

    assert migrating.main([str(path)]) == 1
    assert "restore the last backup" in capsys.readouterr().err
