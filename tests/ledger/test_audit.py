from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.schema import NO_HASH
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of
from kiosk.ledger.verify import Broken, Flaw, Intact, verify
from tests.ledger.shop import ask, by_hand, fresh_ledger, log_songs, unguarded
from tests.ledger.values import SHANGHAI, TEN, a_song, played, skipped

# line  1..3: notes, 4..6: what songs 1..3 came to, 7: a note; rows 1..3 of as_run
NOTE, SONG, LAST = 2, 5, 7


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as one:
        pages = AsRunPages(one, SHANGHAI)
        for n in range(1, 4):
            pages.note(TEN, "anna", "page", "guest", {"n": str(n)})
        log_songs(pages, 3)
        pages.note(TEN, "ben", "reset", "evacuation", {})
        yield one


def tampered(ledger: Ledger, *statements: str) -> tuple[int, Flaw]:
    """Where and what verify finds once somebody took the guards away and did that."""
    by_hand(unguarded(ledger.path), *statements)
    verdict = verify(ledger)
    assert isinstance(verdict, Broken), "nobody noticed"
    assert verdict.detail
    return verdict.line, verdict.flaw


def move(line: int, to: int) -> str:
    return f"UPDATE audit SET n = {to} WHERE n = {line}"


def drop(line: int) -> str:
    return f"DELETE FROM audit WHERE n = {line}"


def sealed_again(ledger: Ledger, line: int, **content: object) -> str:
    """A statement of somebody who knows how lines are sealed."""
    with ledger.read() as connection:
        row = dict(connection.exec_driver_sql(f"SELECT * FROM audit WHERE n = {line}").mappings().one())
    changed = {**row, **content}
    changed["hash"] = audit.seal(changed)
    values = ", ".join(f"{name} = '{changed[name]}'" for name in (*content, "hash"))
    return f"UPDATE audit SET {values} WHERE n = {line}"


def test_an_untouched_chain_is_intact_up_to_its_head(ledger: Ledger) -> None:
    with ledger.read() as connection:
        head = audit.head(connection)

    assert verify(ledger) == Intact(LAST, head.hash)
    assert head.lines == LAST


def test_a_new_ledger_is_intact(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "new.sqlite") as ledger:
        assert verify(ledger) == Intact(0, NO_HASH)


def test_the_lines_can_be_read_on_from_any_number(ledger: Ledger) -> None:
    with ledger.read() as connection:
        found = list(audit.lines(connection, SHANGHAI, after=4))

    assert [line.n for line in found] == [5, 6, 7]
    assert found[0].subject == a_song(2).key
    assert (found[-1].at, found[-1].actor, found[-1].action) == (TEN, "ben", "reset")


@pytest.mark.parametrize("statement", [drop(NOTE), "UPDATE audit SET actor = 'eve'", "DELETE FROM audit_head"])
def test_the_chain_can_only_grow(ledger: Ledger, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|stays"):
        by_hand(ledger.path, statement)

    assert isinstance(verify(ledger), Intact)


@pytest.mark.parametrize("statement", ["UPDATE as_run SET reason = 'x' WHERE n = 1", "DELETE FROM as_run WHERE n = 1"])
def test_what_is_over_on_the_air_is_not_rewritten(ledger: Ledger, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"not rewritten|append-only"):
        by_hand(ledger.path, statement)


@pytest.mark.parametrize(("n", "prev"), [(LAST + 2, "hash"), (LAST + 1, "'0'"), (LAST, "hash")])
def test_the_file_itself_refuses_a_line_that_does_not_follow_the_head(ledger: Ledger, n: int, prev: str) -> None:
    columns = "at, actor, action, subject, details, prev, hash"

    with pytest.raises(sqlite3.IntegrityError):
        by_hand(
            ledger.path,
            f"INSERT INTO audit (n, {columns}) SELECT {n}, '', '', '', '', '', {prev}, 'x' FROM audit_head",
        )


@pytest.mark.parametrize(
    "change", ["actor = 'eve'", "details = '{}'", "at = '1999'", "hash = 'beef'", "prev = 'beef'", "record_n = 9"]
)
def test_an_altered_line_is_found(ledger: Ledger, change: str) -> None:
    assert tampered(ledger, f"UPDATE audit SET {change} WHERE n = {NOTE}") == (NOTE, Flaw.ALTERED)


def test_an_altered_line_is_found_though_it_was_sealed_again(ledger: Ledger) -> None:
    statement = sealed_again(ledger, NOTE, actor="eve")

    assert tampered(ledger, statement) == (NOTE, Flaw.ALTERED)


def test_an_altered_last_line_is_found_though_it_was_sealed_again(ledger: Ledger) -> None:
    statement = sealed_again(ledger, LAST, actor="eve")

    assert tampered(ledger, statement) == (LAST, Flaw.ALTERED)


def test_a_missing_line_is_found(ledger: Ledger) -> None:
    assert tampered(ledger, drop(NOTE)) == (NOTE, Flaw.MISSING)


def test_a_missing_line_is_found_though_the_others_were_counted_anew(ledger: Ledger) -> None:
    counted = [move(n, n - 1) for n in range(NOTE + 1, LAST + 1)]

    assert tampered(ledger, drop(NOTE), *counted) == (NOTE, Flaw.MISSING)


def test_lines_that_changed_places_are_found(ledger: Ledger) -> None:
    assert tampered(ledger, move(2, 99), move(3, 2), move(99, 3)) == (2, Flaw.ORDER)


def test_a_line_moved_to_the_front_is_found(ledger: Ledger) -> None:
    assert tampered(ledger, move(1, 99), move(2, 1), move(99, 2)) == (1, Flaw.ORDER)


def test_a_tail_cut_off_is_found_by_the_recorded_head(ledger: Ledger) -> None:
    assert tampered(ledger, drop(LAST)) == (LAST, Flaw.TRUNCATED)


def test_a_chain_cut_off_as_a_whole_is_found(ledger: Ledger) -> None:
    assert tampered(ledger, "DELETE FROM audit") == (1, Flaw.TRUNCATED)


def test_a_line_added_behind_the_recorded_head_is_found(ledger: Ledger) -> None:
    unguarded(ledger.path)
    with ledger.write() as connection:
        audit.append(connection, audit.Fact(TEN, "eve", "page", "guest", {}))
        connection.exec_driver_sql(
            f"UPDATE audit_head SET lines = {LAST}, hash = (SELECT hash FROM audit WHERE n = {LAST})"
        )

    assert tampered(ledger) == (LAST + 1, Flaw.ADDED)


def test_a_lost_head_is_found(ledger: Ledger) -> None:
    assert tampered(ledger, "DELETE FROM audit_head") == (LAST + 1, Flaw.NO_HEAD)


def test_without_a_head_nothing_is_added(ledger: Ledger) -> None:
    by_hand(unguarded(ledger.path), "DELETE FROM audit_head")

    with pytest.raises(LedgerFault, match="head of the audit chain is gone"):
        AsRunPages(ledger, SHANGHAI).note(TEN, "anna", "page", "guest", {})


def test_a_line_that_makes_no_sense_is_a_fault_when_read(ledger: Ledger) -> None:
    by_hand(unguarded(ledger.path), f"UPDATE audit SET details = '{{' WHERE n = {NOTE}")

    with pytest.raises(LedgerFault, match="line 2 of the audit makes no sense"), ledger.read() as connection:
        list(audit.lines(connection, SHANGHAI))


def test_a_tail_cut_off_with_its_head_is_found_by_a_head_noted_elsewhere(ledger: Ledger) -> None:
    with ledger.read() as connection:
        noted = audit.head(connection)
    back = f"UPDATE audit_head SET lines = {LAST - 1}, hash = (SELECT hash FROM audit WHERE n = {LAST - 1})"
    by_hand(unguarded(ledger.path), drop(LAST), back)

    verdict = verify(ledger, noted=noted)

    assert isinstance(verify(ledger), Intact)
    assert isinstance(verdict, Broken)
    assert (verdict.line, verdict.flaw) == (LAST, Flaw.TRUNCATED)


def test_a_chain_that_grew_since_its_head_was_noted_is_intact(ledger: Ledger) -> None:
    with ledger.read() as connection:
        noted = audit.head(connection)
    AsRunPages(ledger, SHANGHAI).note(TEN, "anna", "page", "guest", {})

    assert isinstance(verify(ledger, noted=noted), Intact)
    assert isinstance(verify(ledger, noted=audit.Head(noted.lines, NO_HASH)), Broken)


@pytest.mark.parametrize("change", ["level_dbfs = -10", "reason = 'x'", "real_end = NULL", "operator = ''", "id = 'y'"])
def test_an_as_run_line_changed_afterwards_is_found(ledger: Ledger, change: str) -> None:
    assert tampered(ledger, f"UPDATE as_run SET {change} WHERE n = 2") == (SONG, Flaw.RECORD_ALTERED)


def test_an_as_run_line_put_back_on_the_air_is_found(ledger: Ledger) -> None:
    assert tampered(ledger, "UPDATE as_run SET outcome = 'on air' WHERE n = 2") == (SONG, Flaw.RECORD_ALTERED)


def test_an_as_run_line_that_is_gone_is_found(ledger: Ledger) -> None:
    assert tampered(ledger, "DELETE FROM as_run WHERE n = 2") == (SONG, Flaw.RECORD_MISSING)


def test_an_as_run_line_that_nobody_vouches_for_is_found(ledger: Ledger) -> None:
    copy = "INSERT INTO as_run SELECT 99, day, 'forged', kind, id, air_class, zones, due, planned_start, planned_end, "
    copy += "real_start, real_end, phase, outcome, reason, operator, level_dbfs FROM as_run WHERE n = 1"

    assert tampered(ledger, copy) == (LAST, Flaw.RECORD_UNKNOWN)


def test_the_first_of_two_flaws_is_reported(ledger: Ledger) -> None:
    later = f"UPDATE audit SET actor = 'eve' WHERE n = {LAST}"

    assert tampered(ledger, later, "UPDATE as_run SET id = 'y' WHERE n = 2") == (SONG, Flaw.RECORD_ALTERED)
    assert tampered(ledger, f"UPDATE audit SET actor = 'eve' WHERE n = {NOTE}") == (NOTE, Flaw.ALTERED)


def test_an_item_on_the_air_does_not_trouble_the_verification(ledger: Ledger) -> None:
    pages = AsRunPages(ledger, SHANGHAI)
    pages.started(a_song(9))
    on_air = verify(ledger)
    pages.ended(played(a_song(9)))
    pages.ended(skipped(a_song(10)))

    over = verify(ledger)

    assert isinstance(on_air, Intact)
    assert isinstance(over, Intact)
    assert (on_air.lines, over.lines) == (LAST, LAST + 2)


def test_an_end_that_cannot_be_vouched_for_is_not_kept(ledger: Ledger) -> None:
    by_hand(ledger.path, "CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
    pages = AsRunPages(ledger, SHANGHAI)
    pages.started(a_song(9))

    with pytest.raises(OSError, match="no"):
        pages.ended(played(a_song(9)))

    assert pages.adrift() == (a_song(9),)


def test_a_column_that_a_later_version_adds_leaves_old_digests_as_they_are() -> None:
    row = {"n": 1, "key": "0001:music/x"}

    assert digest_of({**row, "added_later": None}) == digest_of(row)
    assert digest_of({**row, "added_later": ""}) != digest_of(row)


def test_a_line_of_the_as_run_log_has_one_line_that_vouches_for_it(ledger: Ledger) -> None:
    pages = AsRunPages(ledger, SHANGHAI)
    pages.ended(played(a_song(1)))

    assert ask(ledger.path, "SELECT record, record_n FROM audit WHERE record_n IS NOT NULL ORDER BY n") == [
        ("as_run", 1),
        ("as_run", 2),
        ("as_run", 3),
    ]
