from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.selfchecks import SelfChecks
from kiosk.ledger.store import Ledger
from kiosk.ledger.verify import Broken, Flaw, Intact, verify
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.selfcheck import Occasion, Report, fault, ok, report_of
from kiosk.sentences import tell, to_wire
from tests.ledger.shop import by_hand, fresh_ledger, log_songs, unguarded
from tests.ledger.values import SHANGHAI, TEN

TUESDAY = TEN + timedelta(days=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as one:
        yield one


@pytest.fixture
def pages(ledger: Ledger) -> SelfChecks:
    return SelfChecks(ledger, SHANGHAI)


def a_report(at: object = TEN, what: str = "歌 3.wav: it is missing") -> Report:
    assert isinstance(at, type(TEN))
    findings = (fault(Topic.FILES, what), ok(Topic.DISK, "20 GB free"))
    return report_of(at.date(), Occasion.BEFORE_OPENING, at, at + timedelta(seconds=26), findings)


@pytest.mark.rule("B01")
def test_the_report_is_there_for_the_front_and_for_tomorrow(pages: SelfChecks) -> None:
    pages.keep(a_report())
    pages.keep(a_report(TUESDAY, "all but song 4"))

    assert pages.latest() == a_report(TUESDAY, "all but song 4")
    assert pages.of_day(TEN.date()) == (a_report(),)


def test_what_was_found_is_still_the_sentence_that_the_check_made(pages: SelfChecks) -> None:
    found = tell("only {size} MB free", size="12")
    report = report_of(TEN.date(), Occasion.ASKED, TEN, TEN, [fault(Topic.DISK, found), fault(Topic.FILES, "plain")])

    pages.keep(report)

    latest = pages.latest()
    assert latest is not None
    assert [to_wire(one.what) for one in latest.faults] == ["plain", to_wire(found)]


def test_before_the_first_check_there_is_none(pages: SelfChecks) -> None:
    assert pages.latest() is None
    assert pages.of_day(TEN.date()) == ()


@pytest.mark.rule("B01")
def test_the_audit_chain_vouches_for_every_report(ledger: Ledger, pages: SelfChecks) -> None:
    log_songs(AsRunPages(ledger, SHANGHAI), 2)
    pages.keep(a_report())

    with ledger.read() as connection:
        *_, line = audit.lines(connection, SHANGHAI)
    assert (line.actor, line.action, line.subject) == ("self-check", "finds", f"{TEN.date()} before opening")
    assert line.details == {"faults": "1", "unchecked": "10", "verdict": "fault"}
    assert isinstance(verify(ledger), Intact)


def test_a_report_is_neither_rewritten_nor_deleted(ledger: Ledger, pages: SelfChecks) -> None:
    pages.keep(a_report())

    with pytest.raises(sqlite3.IntegrityError, match="not rewritten"):
        by_hand(ledger.path, "UPDATE self_check SET verdict = 'ok'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        by_hand(ledger.path, "DELETE FROM self_check")


@pytest.mark.parametrize(
    ("crime", "flaw"),
    [
        ("UPDATE self_check SET verdict = 'ok'", Flaw.RECORD_ALTERED),
        ("DELETE FROM self_check", Flaw.RECORD_MISSING),
    ],
)
def test_a_report_that_was_made_finer_by_hand_shows(ledger: Ledger, pages: SelfChecks, crime: str, flaw: Flaw) -> None:
    pages.keep(a_report())
    by_hand(unguarded(ledger.path), crime)

    verdict = verify(ledger)

    assert isinstance(verdict, Broken)
    assert (verdict.flaw, verdict.line) == (flaw, 1)


@pytest.mark.parametrize("findings", ["[[1]]", "nonsense", '[["files", "great", "x"]]', '[["weather", "ok", "x"]]'])
def test_a_report_that_makes_no_sense_is_told_with_its_line(ledger: Ledger, pages: SelfChecks, findings: str) -> None:
    pages.keep(a_report())
    by_hand(unguarded(ledger.path), f"UPDATE self_check SET findings = '{findings}'")

    with pytest.raises(LedgerFault, match="line 1 of self_check makes no sense"):
        pages.latest()


def test_the_audit_of_a_stretch_of_time_has_its_first_moment_and_not_its_last(
    ledger: Ledger, pages: SelfChecks
) -> None:
    for hours in range(3):
        AsRunPages(ledger, SHANGHAI).note(TEN + timedelta(hours=hours), "anna", "presses", str(hours), {})

    with ledger.read() as connection:
        found = list(audit.between(connection, SHANGHAI, TEN, TEN + timedelta(hours=2)))

    assert [line.subject for line in found] == ["0", "1"]
