"""A role whose ledger is damaged goes on without it, and has it brought back meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app.backup import back_up, bring_back, ledgers_of
from kiosk.app.mending import AGAIN_S, IN_VAIN, LATER, LateLedger, mend_in_child
from kiosk.app.places import Places
from kiosk.errors import LedgerFault
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.units import LockerId
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI, TEN

NOW = datetime(2026, 10, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def where(tmp_path: Path) -> Places:
    """A store with one free locker, and its backup of last night."""
    (tmp_path / "site").mkdir()
    places = Places(tmp_path / "site", tmp_path / "state")
    with fresh_ledger(places.ledger) as ledger:
        stands(ledger, Assignment.FREE)
    back_up(places, places.state / "backups", NOW)
    return places


def stands(ledger: Ledger, assignment: Assignment) -> None:
    one = Locker(LockerId(1), Size.SMALL, 1, 1, assignment, Door.CLOSED, TEN)
    LedgerLockers(lambda: ledger, SHANGHAI).write(Entry(TEN, (one,)))


def locker(ledger: Ledger) -> Locker:
    return LedgerLockers(lambda: ledger, SHANGHAI).lockers()[0]


def settled(late: LateLedger) -> None:
    """The mending is over."""
    assert late._mending is not None
    late._mending.join()


def test_the_role_hears_at_once_that_it_has_no_ledger_and_gets_it_back(
    where: Places, caplog: pytest.LogCaptureFixture
) -> None:
    where.ledger.write_bytes(b"garbage" * 3000)
    goes_on = threading.Event()

    def mend(state: Path) -> int:
        goes_on.wait()
        return mend_in_child(state)

    with closing(LateLedger(where.ledger, mend)) as late:
        for _ in range(2):
            with pytest.raises(LedgerFault, match="is being brought back"):
                late()
        goes_on.set()
        settled(late)

        assert locker(late()).unconfirmed
        assert late() is late()
    assert "is damaged" in caplog.text


def test_a_ledger_that_is_gone_is_not_begun_anew_while_there_is_a_backup(where: Places) -> None:
    where.ledger.unlink()

    with closing(LateLedger(where.ledger, mend_in_child)) as late:
        with pytest.raises(LedgerFault, match="is being brought back"):
            late()
        settled(late)

        assert locker(late()).unconfirmed


def test_only_where_nothing_can_be_made_of_it_a_fresh_one_is_begun(
    where: Places, caplog: pytest.LogCaptureFixture
) -> None:
    where.ledger.write_bytes(b"garbage" * 3000)
    for one in (where.state / "backups").iterdir():
        one.write_bytes(b"no tar")

    with closing(LateLedger(where.ledger, mend_in_child)) as late:
        with pytest.raises(LedgerFault):
            late()
        settled(late)

        assert LedgerLockers(lambda: late(), SHANGHAI).lockers() == ()
    assert "cannot be brought back: a fresh one is begun" in caplog.text
    assert len(list(where.state.glob("ledger.sqlite.damaged-*"))) == 1


def test_a_mending_that_the_disk_does_not_allow_is_tried_again_after_a_while(where: Places) -> None:
    where.ledger.write_bytes(b"garbage" * 3000)
    now_s, tried = [0.0], [0]

    def mend(state: Path) -> int:
        tried[0] += 1
        return LATER if tried[0] == 1 else mend_in_child(state)

    with closing(LateLedger(where.ledger, mend, lambda: now_s[0])) as late:
        for _ in range(3):
            with pytest.raises(LedgerFault):
                late()
            if late._mending is not None:
                settled(late)
        assert tried[0] == 1
        assert where.ledger.read_bytes().startswith(b"garbage")
        now_s[0] = AGAIN_S
        with pytest.raises(LedgerFault):
            late()
        settled(late)
        assert locker(late()).unconfirmed


def test_the_child_says_by_its_exit_code_whether_the_ledger_is_whole(where: Places) -> None:
    assert mend_in_child(where.state) == 0
    for one in (where.state / "backups").iterdir():
        one.unlink()
    where.ledger.write_bytes(b"garbage" * 3000)
    assert mend_in_child(where.state) == IN_VAIN


def test_the_newest_backup_that_is_whole_comes_first(where: Places, tmp_path: Path) -> None:
    back_up(where, where.state / "backups", NOW.replace(hour=5))
    newest = back_up(where, where.state / "backups", NOW.replace(hour=6))
    newest.write_bytes(newest.read_bytes()[:9000])

    names = [name for name, _ in ledgers_of(where.state / "backups", tmp_path)]

    assert names == ["kiosk-20261024T050000Z.tar", "kiosk-20261024T030000Z.tar"]


@pytest.mark.parametrize(
    ("since", "doubtful"),
    [(lambda ledger: None, False), (lambda ledger: stands(ledger, Assignment.OCCUPIED), True)],
    ids=["nothing changed", "a bag was left"],
)
def test_a_restored_backup_opens_no_door_by_a_guess(
    where: Places, since: Callable[[Ledger], None], doubtful: bool
) -> None:
    (made,) = (where.state / "backups").iterdir()
    with open_ledger(where.ledger) as ledger:
        since(ledger)

    bring_back(made, where, NOW)

    with open_ledger(where.ledger) as ledger:
        assert locker(ledger).unconfirmed is doubtful
